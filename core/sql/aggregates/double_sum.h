// Sums of DOUBLE that do not depend on the order of the rows, short of absurd cancellation.
#pragma once
#include <cmath>
#include <cstdint>
#include <limits>

namespace rw::sql {

/// A number of about 106 bits: high + low.
struct SumParts {
    double high = 0, low = 0;
};

/// A sum kept as high + low, about 106 bits. Infinities and NaN are remembered apart: added in, they would
/// spoil the low part and make ∞ − ∞ depend on the order.
class DoubleSum {
 public:
    void add(double value) {
        if (!(std::abs(value) <= std::numeric_limits<double>::max())) return addSpecial(value);
        addFinite(value);
    }
    void addSquare(double value) {
        const double square = value * value;
        add(square);
        if (std::isfinite(square)) addFinite(std::fma(value, value, -square));
    }
    void merge(const DoubleSum& other) {
        addFinite(other.m_high);
        m_low += other.m_low;
        m_specials = static_cast<std::uint8_t>(m_specials | other.m_specials);
    }

    bool finite() const { return m_specials == 0; }
    /// The exact sum, rounded as IEEE 754 does.
    double value() const {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double infinity = std::numeric_limits<double>::infinity();
        if (m_specials == 0) return std::isfinite(m_high) ? m_high + m_low : m_high;  // it may overflow
        if (m_specials == kPlusInfinity) return infinity;
        return m_specials == kMinusInfinity ? -infinity : nan;
    }
    SumParts parts() const { return {m_high, m_low}; }
    static void cells(auto& self, auto& cells) { cells(self.m_high, self.m_low, self.m_specials); }

 private:
    static constexpr std::uint8_t kPlusInfinity = 1, kMinusInfinity = 2, kNaN = 4;

    void addFinite(double value) {
        const double sum = m_high + value;
        const double back = sum - m_high;
        m_low += (m_high - (sum - back)) + (value - back);
        m_high = sum;
    }
    void addSpecial(double value) {
        const std::uint8_t kind = std::isnan(value) ? kNaN : value > 0 ? kPlusInfinity : kMinusInfinity;
        m_specials = static_cast<std::uint8_t>(m_specials | kind);
    }

    double m_high = 0, m_low = 0;
    std::uint8_t m_specials = 0;
};

}  // namespace rw::sql
