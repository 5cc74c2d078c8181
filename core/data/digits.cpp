#include "core/data/digits.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace rw {

namespace {

constexpr int kDigitsOf64Bits = 19;  // so many fit with any digits

constexpr std::uint64_t tenToThe(int power) {
    return power == 0 ? 1 : 10 * tenToThe(power - 1);
}

/// Beyond 64 bits, or with more digits after the point than they hold.
char* putWideDecimal(char* at, UInt128 magnitude, int scale) {
    constexpr int kAll = 40;  // 2^127 has 39
    constexpr UInt128 kSixteen = tenToThe(16);
    std::array<char, kAll> digits;
    const UInt128 high = magnitude / kSixteen, highest = high / kSixteen;
    char* next = putPadded<8>(digits.data(), static_cast<std::uint64_t>(highest));
    next = putPadded<16>(next, static_cast<std::uint64_t>(high - highest * kSixteen));
    putPadded<16>(next, static_cast<std::uint64_t>(magnitude - high * kSixteen));

    const char* const point = digits.data() + kAll - scale;
    const char* first = digits.data();
    while (first < point - 1 && *first == '0') ++first;
    const auto whole = static_cast<std::size_t>(point - first), fraction = static_cast<std::size_t>(scale);
    std::memcpy(at, first, whole);
    at += whole;
    if (scale == 0) return at;
    *at++ = '.';
    std::memcpy(at, point, fraction);
    return at + fraction;
}

template <int Scale>
char* putDecimal(char* at, Int128 unscaled) {
    const bool negative = unscaled < 0;
    const UInt128 magnitude = negative ? -static_cast<UInt128>(unscaled) : static_cast<UInt128>(unscaled);
    *at = '-';
    at += negative ? 1 : 0;
    if constexpr (Scale <= kDigitsOf64Bits) {
        const auto value = static_cast<std::uint64_t>(magnitude);
        if (value == magnitude) {
            if constexpr (Scale == 0) {
                return putNumber(at, value);
            } else {
                constexpr std::uint64_t kOne = tenToThe(Scale);
                at = putNumber(at, value / kOne);
                *at = '.';
                return putPadded<Scale>(at + 1, value % kOne);
            }
        }
    }
    return putWideDecimal(at, magnitude, Scale);
}

template <int... Scales>
constexpr std::array<PutDecimal, sizeof...(Scales)> putDecimals(std::integer_sequence<int, Scales...>) {
    return {putDecimal<Scales>...};
}

char* putWord(char* at, std::string_view word) {
    std::memcpy(at, word.data(), word.size());
    return at + word.size();
}

/// The common case: a number of at most four digits after the point. Null where it is none, or where the
/// shortest text may have an exponent.
///
/// That the text is the shortest that reads back needs no search: dividing rounds once, as reading does, and
/// of numbers with at most 15 digits no two are the same double.
char* putCommonDouble(char* at, double value) {
    constexpr std::uint64_t kParts = 10'000, kManyZeros = 100'000;
    constexpr double kLeast = 0.001, kTooLarge = 1e11;  // 15 digits of parts
    const double magnitude = std::abs(value);
    if (!(magnitude >= kLeast && magnitude < kTooLarge)) return nullptr;
    const auto parts = static_cast<std::uint64_t>(magnitude * kParts + 0.5);
    if (static_cast<double>(parts) / kParts != magnitude) return nullptr;
    const std::uint64_t whole = parts / kParts, fraction = parts % kParts;
    if (fraction == 0 && whole % kManyZeros == 0) return nullptr;  // 1e+05
    *at = '-';
    at = putNumber(at + (value < 0 ? 1 : 0), whole);
    if (fraction == 0) return at;
    *at = '.';
    const auto four = static_cast<std::uint32_t>(eightDigits(fraction) >> 32);
    const int zeros = std::countl_zero(four) / 8;
    return putBytes(at + 1, four | kZeros, static_cast<std::size_t>(4 - zeros));
}

}  // namespace

char* putDouble(char* at, double value) {
    if (char* const end = putCommonDouble(at, value)) return end;
    if (std::isnan(value)) return putWord(at, "NaN");
    if (std::isinf(value)) return putWord(at, value < 0 ? "-Infinity" : "Infinity");
    return std::to_chars(at, at + kNumberRoom, value).ptr;
}

PutDecimal putDecimalOf(int scale) {
    static constexpr auto kByScale = putDecimals(std::make_integer_sequence<int, kMaxPrecision + 1>());
    return kByScale[static_cast<std::size_t>(scale)];
}

}  // namespace rw
