// How connections of each kind are tested, with all protocols that this version speaks.
#pragma once
#include "core/connect/connections/connection_tester.h"

namespace rw {

/// reachTesters(), where nothing knows more of a kind.
ConnectionTesters allConnectionTesters();

}  // namespace rw
