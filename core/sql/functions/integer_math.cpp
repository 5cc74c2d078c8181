#include "core/sql/functions/integer_math.h"

#include <algorithm>
#include <bit>

namespace rw::sql {

// Granlund and Montgomery, “Division by invariant integers using multiplication”, section 5: with
// l = max(⌈log2 d⌉, 1), factor = ⌊2^(63+l) / d⌋ + 1 − 2^64 and high = ⌊factor · n / 2^64⌋, the quotient is
// ⌊(n + high) / 2^(l−1)⌋, and one more for a negative n. The sign of d changes no remainder.
Remainder::Remainder(std::int64_t divisor)
    : m_divisor(static_cast<std::uint64_t>(divisor < 0 ? -divisor : divisor)) {
    const int bits = std::max(static_cast<int>(std::bit_width(m_divisor - 1)), 1);
    m_factor =
        static_cast<std::int64_t>(static_cast<std::uint64_t>((UInt128{1} << (63 + bits)) / m_divisor + 1));
    m_shift = bits - 1;
}

}  // namespace rw::sql
