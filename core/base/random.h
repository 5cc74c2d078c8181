// Numbers that look like chance and are the same on every machine and in every run.
#pragma once
#include <cstdint>

namespace rw {

/// SplitMix64: number `number` of the sequence that `seed` begins. Every bit of either moves every bit of the
/// result.
inline std::uint64_t splitMix64(std::uint64_t seed, std::uint64_t number = 0) {
    std::uint64_t z = seed + (number + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

}  // namespace rw
