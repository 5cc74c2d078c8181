// How the memory for state is shared out among those that can have the rest in files (BoundNode::spills).
#pragma once
#include <cstdint>
#include <vector>

#include "core/runtime/planning/plan.h"

namespace rw {

/// What an instance may always keep, of `all` bytes for the whole run: half of them are shared out, to each
/// the same. 0: there is no bound.
std::uint64_t shareOfMemory(std::uint64_t all, const Plan& plan);
/// The other half, which is there for those that need more (StateMemory).
std::uint64_t moreMemory(std::uint64_t all);

/// The bytes for the whole run with which instances that keep so many have nothing in files.
std::uint64_t memoryFor(const std::vector<std::uint64_t>& kept, const Plan& plan);

}  // namespace rw
