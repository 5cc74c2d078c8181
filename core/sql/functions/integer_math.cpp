#include "core/sql/functions/integer_math.h"

#include <bit>

namespace rw::sql {

// Granlund and Montgomery, “Division by invariant integers using multiplication”, the 65-bit factor of
// section 4: with l = ⌈log2 d⌉, factor = ⌊2^64 (2^l − d) / d⌋ + 1 and high = ⌊factor · n / 2^64⌋, the
// quotient is (high + (n − high) / 2) / 2^(l−1).
Remainder::Remainder(std::int64_t divisor)
    : m_divisor(divisor < 0 ? -static_cast<std::uint64_t>(divisor) : static_cast<std::uint64_t>(divisor)),
      m_power(std::has_single_bit(m_divisor)) {
    if (m_power) return;
    const auto bits = static_cast<int>(std::bit_width(m_divisor));
    const UInt128 excess = (UInt128{1} << bits) - m_divisor;
    m_factor = static_cast<std::uint64_t>((excess << 64) / m_divisor) + 1;
    m_shift = bits - 1;
}

}  // namespace rw::sql
