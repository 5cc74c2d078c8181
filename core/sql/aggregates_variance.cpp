// VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP.
//
// The sums of x and of x² are kept in about 106 bits each. That survives the subtraction that makes a plain
// Σx² − (Σx)²/n useless, and unlike Welford's recurrence it does not depend on the order of rows.
#include "core/sql/accumulate.h"
#include "core/sql/accumulators.h"
#include "core/sql/double_sum.h"

namespace rw::sql {

namespace {

struct Moments {
    DoubleSum sum, squares;
    std::int64_t count = 0;
    bool sample = false;     ///< divide by n − 1
    bool deviation = false;  ///< the square root of it

    void add(double value) {
        sum.add(value);
        squares.addSquare(value);
        ++count;
    }
    void merge(const Moments& other) {
        sum.merge(other.sum);
        squares.merge(other.squares);
        count += other.count;
    }
    void finish(Results& out) const {
        if (count < (sample ? 2 : 1)) return out.null();
        const double variance = squaredDeviations() / static_cast<double>(sample ? count - 1 : count);
        out.value(deviation ? std::sqrt(variance) : variance);
    }
    std::size_t heapBytes() const { return 0; }

 private:
    /// Σx² − (Σx)² / n
    double squaredDeviations() const {
        if (!sum.finite() || !squares.finite()) return std::numeric_limits<double>::quiet_NaN();
        const auto n = static_cast<double>(count);
        const double total = sum.high() + sum.low();
        const double rest = sum.low() - (total - sum.high());
        // (total + rest)² / n as high + low
        const double square = total * total;
        const double squareRest = std::fma(total, total, -square) + 2 * total * rest;
        const double high = square / n;
        const double low = (std::fma(-high, n, square) + squareRest) / n;
        const double difference = (squares.high() - high) + (squares.low() - low);
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
