#include "core/sql/aggregates/int192_sum.h"

namespace rw::sql {

Int192Sum::Quotient Int192Sum::dividedBy(std::uint64_t count) const {
    const bool negative = m_high < 0;
    UInt128 low = m_low;
    auto high = static_cast<std::uint64_t>(m_high);
    if (negative) {
        low = ~low + 1;
        high = ~high + (low == 0 ? 1 : 0);
    }
    // Long division by 64-bit digits; each step's remainder is below `count`.
    UInt128 remainder = high % count;
    UInt128 quotient = 0;
    for (const int shift : {64, 0}) {
        const UInt128 part = (remainder << 64) | static_cast<std::uint64_t>(low >> shift);
        quotient = (quotient << 64) | static_cast<std::uint64_t>(part / count);
        remainder = part % count;
    }
    const auto magnitude = static_cast<Int128>(quotient);
    return {negative ? -magnitude : magnitude, static_cast<std::uint64_t>(remainder), negative};
}

}  // namespace rw::sql
