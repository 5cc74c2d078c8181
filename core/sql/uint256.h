// 256-bit magnitudes, for products and quotients of DECIMALs that 128 bits can't hold on the way.
#pragma once
#include <optional>

#include "core/data/type.h"

namespace rw::sql {

struct UInt256 {
    UInt128 high = 0, low = 0;
    friend bool operator==(const UInt256& a, const UInt256& b) { return a.high == b.high && a.low == b.low; }
    friend bool operator<(const UInt256& a, const UInt256& b) {
        return a.high != b.high ? a.high < b.high : a.low < b.low;
    }
};

/// The exact product.
UInt256 multiply(UInt128 a, UInt128 b);
/// a + b; both well below 2^255, as all sums of scaled DECIMALs are.
UInt256 add(UInt256 a, UInt256 b);
/// a - b; a is not the smaller one.
UInt256 subtract(UInt256 a, UInt256 b);

struct UInt256Quotient {
    UInt256 quotient;
    UInt128 remainder = 0;
};
/// Division by a divisor that is not 0 and below 2^127.
UInt256Quotient divide(UInt256 dividend, UInt128 divisor);

/// dividend / divisor, a half rounded up; none when the quotient does not fit 127 bits.
std::optional<UInt128> divideRounded(UInt256 dividend, UInt128 divisor);

}  // namespace rw::sql
