// Exact arithmetic on unscaled DECIMAL values. A half is rounded away from zero; an answer that has more than
// 38 digits, or more than the asked precision, is none.
#pragma once
#include <algorithm>
#include <array>
#include <compare>
#include <optional>

#include "core/data/type.h"

namespace rw::sql {

inline constexpr std::array<UInt128, kMaxPrecision + 1> kPowersOfTen = [] {
    std::array<UInt128, kMaxPrecision + 1> powers{};
    powers[0] = 1;
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
}();

/// 10^exponent, exponent 0 … 38.
inline UInt128 powerOfTen(int exponent) {
    return kPowersOfTen[static_cast<std::size_t>(exponent)];
}

/// Whether `value` has at most `precision` digits.
inline bool fitsPrecision(Int128 value, int precision) {
    const auto limit = static_cast<Int128>(powerOfTen(precision));
    return value < limit && value > -limit;
}

/// `value` at another scale.
std::optional<Int128> rescale(Int128 value, int scale, Type to);

// decimalAdd and decimalMultiply where 128 bits are not enough on the way, or digits are dropped.
std::optional<Int128> decimalAdd256(Int128 a, Type typeA, Int128 b, Type typeB, Type result);
std::optional<Int128> decimalMultiply256(Int128 a, Type typeA, Int128 b, Type typeB, Type result);

// Operands with their types, and the type of the result.
inline std::optional<Int128> decimalAdd(Int128 a, Type typeA, Int128 b, Type typeB, Type result) {
    const int scale = std::max(typeA.scale, typeB.scale);
    Int128 near = 0, far = 0;
    if (scale == result.scale &&
        !__builtin_mul_overflow(a, static_cast<Int128>(powerOfTen(scale - typeA.scale)), &near) &&
        !__builtin_mul_overflow(b, static_cast<Int128>(powerOfTen(scale - typeB.scale)), &far) &&
        !__builtin_add_overflow(near, far, &near)) {
        return fitsPrecision(near, result.precision) ? std::optional(near) : std::nullopt;
    }
    return decimalAdd256(a, typeA, b, typeB, result);
}
inline std::optional<Int128> decimalMultiply(Int128 a, Type typeA, Int128 b, Type typeB, Type result) {
    Int128 small = 0;
    if (typeA.scale + typeB.scale == result.scale && !__builtin_mul_overflow(a, b, &small)) {
        return fitsPrecision(small, result.precision) ? std::optional(small) : std::nullopt;
    }
    return decimalMultiply256(a, typeA, b, typeB, result);
}
/// b is not 0.
std::optional<Int128> decimalDivide(Int128 a, Type typeA, Int128 b, Type typeB, Type result);
/// b is not 0; the sign is that of a.
std::optional<Int128> decimalModulo(Int128 a, Type typeA, Int128 b, Type typeB, Type result);

/// Compares values of any scales.
std::strong_ordering decimalCompare(Int128 a, int scaleA, Int128 b, int scaleB);

/// The largest whole number not above (smallest not below) the value, at scale 0.
Int128 decimalFloor(Int128 value, int scale);
Int128 decimalCeil(Int128 value, int scale);
/// Drops digits beyond `digits` after the point (before it when negative); the scale stays.
Int128 decimalTruncate(Int128 value, int scale, int digits);

/// The nearest DOUBLE.
double decimalToDouble(Int128 value, int scale);
/// The shortest decimal text of `value`, rounded to the scale of `type`; none for NaN and infinities.
std::optional<Int128> decimalFromDouble(double value, Type type);

}  // namespace rw::sql
