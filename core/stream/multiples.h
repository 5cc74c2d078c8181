// The multiples of a length, counted from an offset: where windows begin and end.
#pragma once
#include <algorithm>
#include <bit>

#include "core/base/time.h"
#include "core/data/type.h"

namespace rw {

/// Divides by multiplying with the length's reciprocal, as Granlund and Montgomery have it (“Division by
/// invariant integers using multiplication”): a division would cost as much as all else that is done to find
/// the window of a row.
class Multiples {
 public:
    /// A length of at least 1; a smaller one counts as 1, for plans that have none.
    Multiples(Millis length, Millis offset)
        : m_length(static_cast<std::uint64_t>(std::max<Millis>(length, 1))), m_offset(offset) {
        const auto bits = static_cast<int>(std::bit_width(m_length - 1));
        const UInt128 rest = (UInt128{1} << bits) - m_length;
        m_reciprocal = static_cast<std::uint64_t>((rest << 64) / m_length) + 1;
        m_firstShift = std::min(bits, 1);
        m_secondShift = std::max(bits - 1, 0);
        m_bias = kHalf / m_length * m_length;
    }

    /// The largest multiple that is at most `time`; before the epoch too.
    Instant upTo(Instant time) const {
        // A multiple of the length more makes all times count from 0.
        const std::uint64_t number =
            static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(m_offset) + m_bias;
        const auto high = static_cast<std::uint64_t>((UInt128{m_reciprocal} * number) >> 64);
        const std::uint64_t quotient = (high + ((number - high) >> m_firstShift)) >> m_secondShift;
        return time - static_cast<Instant>(number - quotient * m_length);
    }
    /// The smallest that is at least `time`.
    Instant from(Instant time) const {
        const Instant before = upTo(time);
        return before == time ? time : before + static_cast<Instant>(m_length);
    }

 private:
    static constexpr std::uint64_t kHalf = std::uint64_t{1} << 63;
    std::uint64_t m_length, m_reciprocal = 0, m_bias = 0;
    int m_firstShift = 0, m_secondShift = 0;
    Millis m_offset;
};

}  // namespace rw
