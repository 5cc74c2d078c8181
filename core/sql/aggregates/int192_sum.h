// Sums of 128-bit integers in 192 bits: partial sums never overflow, so the order of rows can't matter.
#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "core/data/type.h"

namespace rw::sql {

class Int192Sum {
 public:
    using Words = std::array<std::uint64_t, 3>;  ///< in two's complement, the lowest first

    Int192Sum() = default;
    explicit Int192Sum(const Words& words)
        : m_low(UInt128{words[1]} << 64 | words[0]), m_high(static_cast<std::int64_t>(words[2])) {}

    void add(Int128 value) { addWords(static_cast<UInt128>(value), value < 0 ? -1 : 0); }
    void merge(const Int192Sum& other) { addWords(other.m_low, other.m_high); }

    /// The sum when it fits in 128 bits.
    std::optional<Int128> narrow() const {
        const auto low = static_cast<Int128>(m_low);
        if (m_high != (low < 0 ? -1 : 0)) return std::nullopt;
        return low;
    }

    struct Quotient {
        Int128 quotient;          ///< rounded towards zero
        std::uint64_t remainder;  ///< of the magnitudes
        bool negative;
    };
    /// The sum divided by the number of values in it: always fits.
    Quotient dividedBy(std::uint64_t count) const;
    Words words() const {
        return {static_cast<std::uint64_t>(m_low), static_cast<std::uint64_t>(m_low >> 64),
                static_cast<std::uint64_t>(m_high)};
    }
    static void cells(auto& self, auto& cells) { cells(self.m_low, self.m_high); }

 private:
    void addWords(UInt128 low, std::int64_t high) {
        m_high += high + (__builtin_add_overflow(m_low, low, &m_low) ? 1 : 0);
    }

    UInt128 m_low = 0;
    std::int64_t m_high = 0;
};

}  // namespace rw::sql
