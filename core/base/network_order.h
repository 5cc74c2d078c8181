// Numbers in the order of the network: the most significant byte first.
#pragma once
#include <endian.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace rw {

namespace detail {

template <std::size_t bytes>
using Word =
    std::conditional_t<bytes == 1, std::uint8_t,
                       std::conditional_t<bytes == 2, std::uint16_t,
                                          std::conditional_t<bytes == 4, std::uint32_t, std::uint64_t>>>;

/// To the other order and back.
template <class Number>
Number swapped(Number value) {
    using W = Word<sizeof(Number)>;
    static_assert(sizeof(Number) == sizeof(W));
    const W word = std::bit_cast<W>(value);
    if constexpr (sizeof(W) == 1) return value;
    if constexpr (sizeof(W) == 2) return std::bit_cast<Number>(static_cast<W>(htobe16(word)));
    if constexpr (sizeof(W) == 4) return std::bit_cast<Number>(static_cast<W>(htobe32(word)));
    if constexpr (sizeof(W) == 8) return std::bit_cast<Number>(static_cast<W>(htobe64(word)));
}

}  // namespace detail

/// Of the sizeof(Number) bytes at `bytes`. Number: an integer or a floating-point number.
template <class Number>
Number readNetworkOrder(const char* bytes) {
    detail::Word<sizeof(Number)> word;
    std::memcpy(&word, bytes, sizeof word);
    return std::bit_cast<Number>(detail::swapped(word));
}

/// Into the sizeof(Number) bytes at `bytes`.
template <class Number>
void writeNetworkOrder(char* bytes, Number value) {
    const auto word = detail::swapped(value);
    std::memcpy(bytes, &word, sizeof word);
}

}  // namespace rw
