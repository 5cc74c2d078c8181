// Which nodes gave the rows their stamps that come to an input.
#pragma once
#include "core/runtime/planning/plan.h"
#include "core/stream/disorder.h"

namespace rw {

/// For the ports of all nodes. Not of rows that come by a late port: how many these are goes by the delay
/// itself. Nor of made rows, which have no stamps.
Disorder::Ways stampWays(const Plan& plan);

}  // namespace rw
