// Truths of eight rows in one word, for decisions about all of them at once.
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

namespace rw::sql {

/// Truths of eight rows, one a byte and each 0 or 1, in the order of the rows in memory.
using Eight = std::uint64_t;
static_assert(std::endian::native == std::endian::little, "byte i is the one that i bytes follow in memory");
inline constexpr Eight kAllTrue = 0x0101010101010101;

/// Bit i of `bits` in byte i.
inline Eight spread(std::uint64_t bits) {
    return (((bits & 0x7F) * 0x0002040810204081) & kAllTrue) | ((bits & 0x80) << 49);
}

/// Byte i in bit i.
inline std::uint64_t gather(Eight bytes) {
    return (bytes * 0x0102040810204080) >> 56;
}

/// How many of them hold.
inline std::size_t countOf(Eight bytes) {
    return (bytes * kAllTrue) >> 56;
}

/// Where the rows from `row`, a multiple of 8, have a value.
inline Eight knownFrom(const std::vector<std::uint64_t>& validity, std::size_t row) {
    return validity.empty() ? kAllTrue : spread((validity[row / 64] >> (row % 64)) & 0xFF);
}

/// The truths at `from`, of which `count` are there, 8 at most; none behind them.
inline Eight loadEight(const std::uint8_t* from, std::size_t count) {
    Eight eight = 0;
    std::memcpy(&eight, from, count);
    return eight;
}

}  // namespace rw::sql
