// Rows of two batches of one schema as one.
#pragma once
#include <cstdint>
#include <span>

#include "core/data/batch.h"

namespace rw {

/// The rows of both by their numbers, of equal ones those of `a` first; `numbersOfA` and `numbersOfB` do not
/// fall. Both were made of rows of one batch.
Batch joinedInOrder(const Batch& a, std::span<const std::uint32_t> numbersOfA, const Batch& b,
                    std::span<const std::uint32_t> numbersOfB);

}  // namespace rw
