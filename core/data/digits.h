// Numbers written to raw memory, eight digits at a time: swar.h the other way. Each function gives the end of
// the text and may write up to 8 bytes behind it.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "core/data/type.h"

namespace rw {

inline constexpr std::size_t kNumberRoom = 56;  ///< bytes that any number or time touches at most

inline constexpr std::uint64_t kEightDigits = 100'000'000;    ///< the first number that has more
inline constexpr std::uint64_t kZeros = 0x3030303030303030U;  ///< eight times the digit 0

/// Two numbers of four digits as eight bytes 0 … 9, in the order of writing from the lowest byte up. Each
/// step halves all groups of digits at once; its division is a multiplication that is exact for so few
/// digits.
inline std::uint64_t digitsOf(std::uint64_t firstFour, std::uint64_t lastFour) {
    const std::uint64_t fours = firstFour | lastFour << 32;
    const std::uint64_t hundreds = (fours * 10'486 >> 20) & 0x0000007F0000007FU;
    const std::uint64_t pairs = hundreds | (fours - hundreds * 100) << 16;
    const std::uint64_t tens = (pairs * 103 >> 10) & 0x000F000F000F000FU;
    return tens | (pairs - tens * 10) << 8;
}

/// The same for a number below 10^8.
inline std::uint64_t eightDigits(std::uint64_t value) {
    return digitsOf(value / 10'000, value % 10'000);
}

/// All eight bytes are touched, `size` of them count.
inline char* putBytes(char* at, std::uint64_t bytes, std::size_t size) {
    std::memcpy(at, &bytes, 8);
    return at + size;
}

/// The last `Count` digits of a number that has no more.
template <int Count>
char* putPadded(char* at, std::uint64_t value) {
    if constexpr (Count > 8) {
        at = putPadded<Count - 8>(at, value / kEightDigits);
        return putPadded<8>(at, value % kEightDigits);
    } else {
        return putBytes(at, (eightDigits(value) | kZeros) >> (8 * (8 - Count)), Count);
    }
}

/// All digits of a number, without zeros before them.
inline char* putNumber(char* at, std::uint64_t value) {
    if (value >= kEightDigits) {
        at = putNumber(at, value / kEightDigits);
        return putPadded<8>(at, value % kEightDigits);
    }
    const std::uint64_t digits = eightDigits(value);
    // The last digit is written also where it is 0.
    const int zeros = std::countr_zero(digits | std::uint64_t{1} << 56) / 8;
    return putBytes(at, (digits | kZeros) >> (8 * zeros), static_cast<std::size_t>(8 - zeros));
}

inline char* putInteger(char* at, std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    *at = '-';
    return value < 0 ? putNumber(at + 1, 0 - bits) : putNumber(at, bits);
}

/// “true”, “false”.
inline char* putBoolean(char* at, bool value) {
    std::memcpy(at, value ? "true\0\0\0" : "false\0\0", 8);
    return at + (value ? 4 : 5);
}

char* putDouble(char* at, double value);  ///< as appendDouble()

/// Writes decimals of one scale. Dividing by a power of ten that the compiler knows is a multiplication.
using PutDecimal = char* (*)(char* at, Int128 unscaled);
PutDecimal putDecimalOf(int scale);  ///< 0 … 38

}  // namespace rw
