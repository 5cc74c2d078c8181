// Random starts of models, without a generator: the same for the same seed, key and index, on any machine.
#pragma once
#include <cstdint>

#include "core/base/random.h"

namespace rw::learn {

/// The seed of a key's model, from the node's seed and the key's hash.
inline std::uint64_t seedOfKey(std::uint64_t seed, std::uint64_t keyHash) {
    return splitMix64(seed ^ splitMix64(keyHash));
}

/// Number `index` of a seed, evenly spread over [0, 1).
inline double randomStart(std::uint64_t seed, std::uint64_t index) {
    return static_cast<double>(splitMix64(seed, index) >> 11U) * 0x1.0p-53;
}

}  // namespace rw::learn
