#include "core/launch/connection_testers.h"

#include "core/connect/kafka/kafka_topics.h"

namespace rw {

/// A system with a tester of its own adds a line.
ConnectionTesters allConnectionTesters() {
    ConnectionTesters testers = reachTesters();
    testers["kafka"] = kafkaTester();
    return testers;
}

}  // namespace rw
