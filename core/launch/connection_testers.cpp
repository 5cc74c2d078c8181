#include "core/launch/connection_testers.h"

namespace rw {

/// A system with a tester of its own adds a line.
ConnectionTesters allConnectionTesters() {
    return reachTesters();
}

}  // namespace rw
