// The testers of all kinds of connections that this program speaks with.
#pragma once
#include "core/connect/connections/connection_tester.h"

namespace rw {

/// reachTesters(), in which kinds whose protocol is known have testers of their own.
ConnectionTesters connectionTesters();

}  // namespace rw
