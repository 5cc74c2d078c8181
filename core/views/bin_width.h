// Round widths of bins: which bin a value falls into, and which bins merge when they grow wider.
#pragma once
#include <cmath>
#include <cstdint>

namespace rw {

class StateFields;

/// A round bin width: mantissa × 10^exponent with mantissa 1, 2 or 5.
struct BinWidth {
    static constexpr int kLeastExponent = -290;  ///< 10^290 is still a double
    static constexpr int kGreatestExponent = 308;

    int mantissa = 1;
    int exponent = 0;
    double value() const;
    /// The edge number `index`: index × width, without the rounding errors of adding widths up.
    double edge(std::int64_t index) const;
    /// The next wider one of 1, 2, 5 × 10^k.
    BinWidth next() const;
    /// The narrowest that tells `value` from its neighbours, for where all values are equal.
    static BinWidth around(double value);
    bool operator==(const BinWidth&) const = default;
};

bool narrower(BinWidth a, BinWidth b);
/// Whether bins of `kept` (1 or 2 × 10^k) fit into bins of `shown` without a remainder.
bool divides(BinWidth kept, BinWidth shown);
/// How many bins of `kept` one of `shown` has, which it divides; of more than an int64 tells, the largest.
std::int64_t binsWithin(BinWidth shown, BinWidth kept);
/// a / b towards minus infinity.
std::int64_t floorDiv(std::int64_t a, std::int64_t b);

/// Bins of width 1 or 2 × 10^k, each of which is a multiple of the one before, so that bins merge without
/// loss.
class BinScale {
 public:
    static constexpr double kFarthestBin = 4e18;  ///< two bins are no more than an int64 apart

    BinScale() { set({}); }
    explicit BinScale(BinWidth width) { set(width); }
    /// So fine that the range of the data decides the width, not their first value.
    static BinScale startingAt(double value);

    BinWidth width() const { return m_width; }
    /// That comes after it.
    BinWidth nextWidth() const;
    /// Where `value` falls; nothing near the limits of int64.
    bool place(double value, std::int64_t& bin) const {
        // A decimal fraction on an edge must not fall below it by the rounding of this product.
        const double exact = value * m_multiplier / m_divisor;
        const double at = std::floor(exact + std::abs(exact) * 1e-15);
        if (!(std::abs(at) < kFarthestBin)) return false;
        bin = static_cast<std::int64_t>(at);
        return true;
    }
    /// Takes nextWidth(). Bin b of before is in floorDiv(b, result).
    std::int64_t widen();

    void fields(StateFields& state);
    /// Of a width that was read somewhere: whether it is one that scales have.
    static bool has(BinWidth width);

 private:
    void set(BinWidth width);

    BinWidth m_width{};
    double m_multiplier = 1,
           m_divisor = 1;  ///< bin = value × multiplier / divisor: exact for decimal fractions
};

}  // namespace rw
