// VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP.
//
// The sums of x and of x² are kept in about 106 bits each. That survives the subtraction that makes a plain
// Σx² − (Σx)²/n useless, and unlike Welford's recurrence it does not depend on the order of rows. Values
// whose squares could overflow are summed apart, scaled down.
#include "core/sql/accumulate.h"
#include "core/sql/accumulators.h"
#include "core/sql/double_sum.h"

namespace rw::sql {

namespace {

struct Moments {
    DoubleSum sum, squares;        ///< of values up to kFar, and of those that are not finite
    DoubleSum farSum, farSquares;  ///< of finite values beyond it, times 2^-kShift
    std::int64_t count = 0;
    bool sample = false;     ///< divide by n − 1
    bool deviation = false;  ///< the square root of it
    bool far = false;        ///< whether there is anything in farSum

    void add(double value) {
        ++count;
        if (!(std::abs(value) <= kFar) && std::isfinite(value)) return addFar(std::ldexp(value, -kShift));
        sum.add(value);
        squares.addSquare(value);
    }
    void merge(const Moments& other) {
        sum.merge(other.sum);
        squares.merge(other.squares);
        farSum.merge(other.farSum);
        farSquares.merge(other.farSquares);
        count += other.count;
        far = far || other.far;
    }
    void finish(Results& out) const {
        if (count < (sample ? 2 : 1)) return out.null();
        const auto divisor = static_cast<double>(sample ? count - 1 : count);
        if (!far) {
            const double variance = squaredDeviations(sum, squares) / divisor;
            return out.value(deviation ? std::sqrt(variance) : variance);
        }
        // The root is taken of the scaled variance: it fits even where the variance does not.
        DoubleSum all = sum.scaled(-kShift), allSquares = squares.scaled(-2 * kShift);
        all.merge(farSum);
        allSquares.merge(farSquares);
        double deviations = squaredDeviations(all, allSquares);
        // Rounding of the sums, at this size no small number: equal values have no variance.
        if (deviations < allSquares.high() * 0x1p-98) deviations = 0;
        const double variance = deviations / divisor;
        out.value(deviation ? std::ldexp(std::sqrt(variance), kShift) : std::ldexp(variance, 2 * kShift));
    }
    std::size_t heapBytes() const { return 0; }

 private:
    static constexpr double kFar = 0x1p480;  // 2^63 squares of values up to it still sum up
    static constexpr int kShift = 600;

    void addFar(double scaled) {
        farSum.add(scaled);
        farSquares.addSquare(scaled);
        far = true;
    }

    /// Σx² − (Σx)² / n
    double squaredDeviations(const DoubleSum& values, const DoubleSum& ofSquares) const {
        if (!values.finite() || !ofSquares.finite()) return std::numeric_limits<double>::quiet_NaN();
        const auto n = static_cast<double>(count);
        const double total = values.high() + values.low();
        const double rest = values.low() - (total - values.high());
        // (total + rest)² / n as high + low
        const double square = total * total;
        const double squareRest = std::fma(total, total, -square) + 2 * total * rest;
        const double high = square / n;
        const double low = (std::fma(-high, n, square) + squareRest) / n;
        const double difference = (ofSquares.high() - high) + (ofSquares.low() - low);
        return difference < 0 ? 0 : difference;
    }
};

}  // namespace

std::unique_ptr<Accumulator> makeVariance(const BoundAggregate& bound) {
    Moments empty;
    empty.sample = bound.function.ends_with("_SAMP");
    empty.deviation = bound.function.starts_with("STDDEV");
    return std::make_unique<StateAccumulator<Moments, double>>(bound.type, empty);
}

}  // namespace rw::sql
