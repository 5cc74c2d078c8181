// 256-bit magnitudes, for products and quotients of DECIMALs that 128 bits can't hold on the way.
#pragma once
#include <optional>

#include "core/data/type.h"

namespace rw::sql {

struct Wide {
    UInt128 high = 0, low = 0;
    friend bool operator==(const Wide& a, const Wide& b) { return a.high == b.high && a.low == b.low; }
    friend bool operator<(const Wide& a, const Wide& b) {
        return a.high != b.high ? a.high < b.high : a.low < b.low;
    }
};

/// The exact product.
Wide multiply(UInt128 a, UInt128 b);
/// a + b; both well below 2^255, as all sums of scaled DECIMALs are.
Wide add(Wide a, Wide b);
/// a - b; a is not the smaller one.
Wide subtract(Wide a, Wide b);

struct WideQuotient {
    Wide quotient;
    UInt128 remainder = 0;
};
/// Division by a divisor that is not 0 and below 2^127.
WideQuotient divide(Wide dividend, UInt128 divisor);

/// dividend / divisor, a half rounded up; none when the quotient does not fit 127 bits.
std::optional<UInt128> divideRounded(Wide dividend, UInt128 divisor);

}  // namespace rw::sql
