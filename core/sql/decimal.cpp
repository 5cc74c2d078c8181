#include "core/sql/decimal.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/data/text.h"
#include "core/sql/uint256.h"

namespace rw::sql {

namespace {

UInt128 magnitude(Int128 value) {
    return value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value);
}

std::optional<Int128> signedResult(std::optional<UInt128> value, bool negative, Type type) {
    if (!value || *value >= powerOfTen(type.precision)) return std::nullopt;
    const auto result = static_cast<Int128>(*value);
    return negative ? -result : result;
}

/// The magnitude of a value at scale `from`, brought to a scale that is not smaller.
UInt256 scaledUp(Int128 value, int from, int to) {
    return multiply(magnitude(value), powerOfTen(to - from));
}

/// value × 10^exponent / divisor, rounded. Digits are made in portions whose products fit a UInt256.
std::optional<UInt128> scaledQuotient(UInt128 value, int exponent, UInt128 divisor) {
    UInt128 quotient = value / divisor;
    UInt128 rest = value % divisor;
    while (exponent > 0) {
        const int step = std::min(exponent, kMaxPrecision);
        const UInt256 shifted = multiply(quotient, powerOfTen(step));
        const UInt256Quotient part = divide(multiply(rest, powerOfTen(step)), divisor);
        const UInt256 sum = add(shifted, part.quotient);
        if (sum.high != 0 || sum.low >= powerOfTen(kMaxPrecision)) return std::nullopt;
        quotient = sum.low;
        rest = part.remainder;
        exponent -= step;
    }
    return rest >= divisor - rest ? quotient + 1 : quotient;
}

}  // namespace

std::optional<Int128> rescale(Int128 value, int scale, Type to) {
    if (to.scale == scale) return fitsPrecision(value, to.precision) ? std::optional(value) : std::nullopt;
    if (to.scale > scale) {
        const UInt256 up = scaledUp(value, scale, to.scale);
        return up.high != 0 ? std::nullopt : signedResult(up.low, value < 0, to);
    }
    return signedResult(divideRounded({0, magnitude(value)}, powerOfTen(scale - to.scale)), value < 0, to);
}

std::optional<Int128> decimalAdd256(Int128 a, Type typeA, Int128 b, Type typeB, Type result) {
    const int scale = std::max(typeA.scale, typeB.scale);
    const UInt256 x = scaledUp(a, typeA.scale, scale), y = scaledUp(b, typeB.scale, scale);
    const bool sameSign = (a < 0) == (b < 0);
    const bool firstLarger = !(x < y);
    const UInt256 sum = sameSign ? add(x, y) : firstLarger ? subtract(x, y) : subtract(y, x);
    const bool negative = sameSign || firstLarger ? a < 0 : b < 0;
    return signedResult(divideRounded(sum, powerOfTen(scale - result.scale)), negative, result);
}

std::optional<Int128> decimalMultiply256(Int128 a, Type typeA, Int128 b, Type typeB, Type result) {
    const int drop = typeA.scale + typeB.scale - result.scale;
    const UInt256 product = multiply(magnitude(a), magnitude(b));
    const bool negative = (a < 0) != (b < 0);
    if (drop <= kMaxPrecision)
        return signedResult(divideRounded(product, powerOfTen(drop)), negative, result);
    // Digits dropped first can only matter to the rounding when they stand at a half exactly; keep a sticky
    // bit.
    const UInt256Quotient first = divide(product, powerOfTen(drop - kMaxPrecision));
    UInt256 rest = first.quotient;
    if (first.remainder != 0) rest.low |= 1;
    return signedResult(divideRounded(rest, powerOfTen(kMaxPrecision)), negative, result);
}

std::optional<Int128> decimalDivide(Int128 a, Type typeA, Int128 b, Type typeB, Type result) {
    const int exponent = result.scale - typeA.scale + typeB.scale;
    const bool negative = (a < 0) != (b < 0);
    if (exponent < 0) {
        const UInt256 divisor = multiply(magnitude(b), powerOfTen(-exponent));
        // The quotient of a number of 38 digits by so large a one is less than a half.
        if (divisor.high != 0 || divisor.low > 2 * powerOfTen(kMaxPrecision)) return Int128{0};
        // A divisor in between is too large for divide(), but twice it is more than any dividend.
        if (divisor.low >= powerOfTen(kMaxPrecision))
            return signedResult(magnitude(a) >= divisor.low - magnitude(a) ? 1 : 0, negative, result);
        return signedResult(divideRounded({0, magnitude(a)}, divisor.low), negative, result);
    }
    return signedResult(scaledQuotient(magnitude(a), exponent, magnitude(b)), negative, result);
}

std::optional<Int128> decimalModulo(Int128 a, Type typeA, Int128 b, Type typeB, Type result) {
    const int scale = std::max(typeA.scale, typeB.scale);
    const UInt256 x = scaledUp(a, typeA.scale, scale), y = scaledUp(b, typeB.scale, scale);
    if (y.high != 0 || y.low >= powerOfTen(kMaxPrecision)) {
        // The divisor has grown beyond 38 digits, so a was not scaled and is the smaller one.
        return signedResult(divideRounded(x, powerOfTen(scale - result.scale)), a < 0, result);
    }
    const UInt256 rest{0, divide(x, y.low).remainder};
    return signedResult(divideRounded(rest, powerOfTen(scale - result.scale)), a < 0, result);
}

std::strong_ordering decimalCompare(Int128 a, int scaleA, Int128 b, int scaleB) {
    if (scaleA == scaleB || (a < 0) != (b < 0)) return a <=> b;
    const int scale = std::max(scaleA, scaleB);
    const UInt256 x = scaledUp(a, scaleA, scale), y = scaledUp(b, scaleB, scale);
    if (x == y) return std::strong_ordering::equal;
    return (x < y) == (a >= 0) ? std::strong_ordering::less : std::strong_ordering::greater;
}

Int128 decimalFloor(Int128 value, int scale) {
    const auto one = static_cast<Int128>(powerOfTen(scale));
    return value / one - (value % one < 0 ? 1 : 0);
}

Int128 decimalCeil(Int128 value, int scale) {
    const auto one = static_cast<Int128>(powerOfTen(scale));
    return value / one + (value % one > 0 ? 1 : 0);
}

Int128 decimalTruncate(Int128 value, int scale, int digits) {
    if (digits >= scale) return value;
    if (scale - digits > kMaxPrecision) return 0;
    const auto unit = static_cast<Int128>(powerOfTen(scale - digits));
    return value / unit * unit;
}

double decimalToDouble(Int128 value, int scale) {
    // Both exact in a DOUBLE: one division rounds once.
    constexpr Int128 kExact = Int128{1} << 53;
    constexpr int kExactPower = 22;
    if (value < kExact && value > -kExact && scale <= kExactPower) {
        return static_cast<double>(value) / static_cast<double>(powerOfTen(scale));
    }
    std::string text;
    appendDecimal(text, value, scale);
    return parseDouble(text).value_or(0);
}

std::optional<Int128> decimalFromDouble(double value, Type type) {
    if (!std::isfinite(value)) return std::nullopt;
    // The fewest digits that say the number, at any size: 1e23 is 10^23 here, as CAST to STRING has it.
    std::array<char, 40> text{};
    const char* const end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific).ptr;
    return parseDecimal({text.data(), static_cast<std::size_t>(end - text.data())}, type.precision,
                        type.scale);
}

}  // namespace rw::sql
