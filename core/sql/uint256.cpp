#include "core/sql/uint256.h"

namespace rw::sql {

UInt256 multiply(UInt128 a, UInt128 b) {
    constexpr UInt128 kHalf = (UInt128{1} << 64) - 1;
    const UInt128 a0 = a & kHalf, a1 = a >> 64, b0 = b & kHalf, b1 = b >> 64;
    const UInt128 low = a0 * b0, middle1 = a1 * b0, middle2 = a0 * b1;
    const UInt128 carry = (low >> 64) + (middle1 & kHalf) + (middle2 & kHalf);
    return {a1 * b1 + (middle1 >> 64) + (middle2 >> 64) + (carry >> 64), (carry << 64) | (low & kHalf)};
}

UInt256 add(UInt256 a, UInt256 b) {
    const UInt128 low = a.low + b.low;
    return {a.high + b.high + (low < a.low ? 1 : 0), low};
}

UInt256 subtract(UInt256 a, UInt256 b) {
    return {a.high - b.high - (a.low < b.low ? 1 : 0), a.low - b.low};
}

UInt256Quotient divide(UInt256 dividend, UInt128 divisor) {
    UInt256Quotient result;
    result.quotient.high = dividend.high / divisor;
    UInt128 rest = dividend.high % divisor;
    if (rest == 0) {
        result.quotient.low = dividend.low / divisor;
        result.remainder = dividend.low % divisor;
        return result;
    }
    // Schoolbook division, a bit at a time; rest stays below divisor < 2^127, so shifting it loses nothing.
    for (int bit = 127; bit >= 0; --bit) {
        rest = (rest << 1) | ((dividend.low >> bit) & 1);
        if (rest >= divisor) {
            rest -= divisor;
            result.quotient.low |= UInt128{1} << bit;
        }
    }
    result.remainder = rest;
    return result;
}

std::optional<UInt128> divideRounded(UInt256 dividend, UInt128 divisor) {
    UInt256Quotient result = divide(dividend, divisor);
    if (result.quotient.high != 0 || (result.quotient.low >> 127) != 0) return std::nullopt;
    if (result.remainder >= divisor - result.remainder) ++result.quotient.low;
    return result.quotient.low;
}

}  // namespace rw::sql
