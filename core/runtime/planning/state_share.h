// How the memory for state is shared out among those that can have the rest in files (BoundNode::spills).
#pragma once
#include "core/runtime/planning/plan.h"

namespace rw {

/// What an instance may always keep, of `all` bytes for the whole run: each the same. It may keep more while
/// others keep less (StateMemory). 0: there is no bound.
std::uint64_t shareOfMemory(std::uint64_t all, const Plan& plan);

/// The bytes for the whole run of which an instance may always keep `share`.
std::uint64_t memoryForShare(std::uint64_t share, const Plan& plan);

}  // namespace rw
