// VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP.
//
// The sums of x and of x² are kept in about 106 bits each. That survives the subtraction that makes a plain
// Σx² − (Σx)²/n useless, and unlike Welford's recurrence it does not depend on the order of rows. Values
// whose squares could overflow are summed apart, scaled down.
#include "core/sql/aggregates/accumulate.h"
#include "core/sql/aggregates/accumulators.h"
#include "core/sql/aggregates/double_sum.h"
#include "core/sql/aggregates/exact_sum.h"

namespace rw::sql {

namespace {

SumParts scaled(SumParts sum, int exponent) {
    return {std::ldexp(sum.high, exponent), std::ldexp(sum.low, exponent)};
}

SumParts added(SumParts a, SumParts b) {
    DoubleSum sum;
    for (const double part : {a.high, b.high, a.low, b.low}) sum.add(part);
    return sum.parts();
}

/// Σx² − (Σx)² / n
double squaredDeviations(SumParts sum, SumParts squares, double n) {
    const double total = sum.high + sum.low;
    const double rest = sum.low - (total - sum.high);
    // (total + rest)² / n as high + low
    const double square = total * total;
    const double squareRest = std::fma(total, total, -square) + 2 * total * rest;
    const double high = square / n;
    const double low = (std::fma(-high, n, square) + squareRest) / n;
    const double difference = (squares.high - high) + (squares.low - low);
    return difference < 0 ? 0 : difference;
}

/// Sum is DoubleSum for rows that come only, ExactSum where they can be taken back.
template <class Sum>
struct Moments {
    static constexpr bool kOnHeap = std::is_same_v<Sum, ExactSum>;
    Sum sum, squares;        ///< of values up to kFar, and of those that are not finite
    Sum farSum, farSquares;  ///< of finite values beyond it, times 2^-kShift
    std::int64_t count = 0, farCount = 0;
    bool sample = false;     ///< divide by n − 1
    bool deviation = false;  ///< the square root of it

    void add(double value) { change(value); }
    /// By: nothing, or how many rows of the value come.
    template <class... By>
    void change(double value, By... by) {
        count += (1 * ... * by);
        if (!(std::abs(value) <= kFar) && std::isfinite(value)) {
            farCount += (1 * ... * by);
            const double less = std::ldexp(value, -kShift);
            farSum.add(less, by...);
            return farSquares.addSquare(less, by...);
        }
        sum.add(value, by...);
        squares.addSquare(value, by...);
    }
    void merge(const Moments& other) {
        sum.merge(other.sum);
        squares.merge(other.squares);
        farSum.merge(other.farSum);
        farSquares.merge(other.farSquares);
        count += other.count;
        farCount += other.farCount;
    }
    void finish(Results& out) const {
        if (count < (sample ? 2 : 1)) return out.null();
        if (!sum.finite()) return out.value(std::numeric_limits<double>::quiet_NaN());
        const auto n = static_cast<double>(count), divisor = sample ? n - 1 : n;
        if (farCount <= 0) {
            const double variance = squaredDeviations(sum.parts(), squares.parts(), n) / divisor;
            return out.value(deviation ? std::sqrt(variance) : variance);
        }
        // The root is taken of the scaled variance: it fits even where the variance does not.
        const SumParts all = added(farSum.parts(), scaled(sum.parts(), -kShift));
        const SumParts allSquares = added(farSquares.parts(), scaled(squares.parts(), -2 * kShift));
        double deviations = squaredDeviations(all, allSquares, n);
        // Rounding of the sums, at this size no small number: equal values have no variance.
        if (deviations < allSquares.high * 0x1p-98) deviations = 0;
        const double variance = deviations / divisor;
        out.value(deviation ? std::ldexp(std::sqrt(variance), kShift) : std::ldexp(variance, 2 * kShift));
    }
    static void fields(auto& self, auto& fields) {
        fields("sum", self.sum);
        fields("squares", self.squares);
        fields("farSum", self.farSum);
        fields("farSquares", self.farSquares);
        fields("count", self.count);
        fields("farCount", self.farCount);
    }
    std::size_t heapBytes() const {
        if constexpr (kOnHeap) {
            return sum.heapBytes() + squares.heapBytes() + farSum.heapBytes() + farSquares.heapBytes();
        }
        return 0;
    }

 private:
    static constexpr double kFar = 0x1p480;  // 2^63 squares of values up to it still sum up
    static constexpr int kShift = 600;
};

template <class Sum>
Moments<Sum> emptyMoments(const BoundAggregate& bound) {
    Moments<Sum> empty;
    empty.sample = bound.function.ends_with("_SAMP");
    empty.deviation = bound.function.starts_with("STDDEV");
    return empty;
}

}  // namespace

std::unique_ptr<Accumulator> makeVariance(const BoundAggregate& bound) {
    using State = Moments<DoubleSum>;
    return std::make_unique<StateAccumulator<State, double>>(bound.type, emptyMoments<DoubleSum>(bound));
}

std::unique_ptr<RetractingAccumulator> makeRetractingVariance(const BoundAggregate& bound) {
    using State = Moments<ExactSum>;
    return std::make_unique<RetractingStates<State, double>>(bound.type, emptyMoments<ExactSum>(bound));
}

}  // namespace rw::sql
