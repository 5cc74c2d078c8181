// VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP.
//
// Of integers and DECIMALs the sums of x and of x² are kept exactly, and rounding begins with the division.
// Of DOUBLEs they are kept in about 106 bits each. That survives the subtraction that makes a plain
// Σx² − (Σx)²/n useless, and unlike Welford's recurrence it does not depend on the order of rows. Values
// whose squares could overflow are summed apart, scaled down.
#include "core/sql/aggregates/accumulate.h"
#include "core/sql/aggregates/accumulators.h"
#include "core/sql/aggregates/double_sum.h"
#include "core/sql/aggregates/exact_sum.h"
#include "core/sql/aggregates/int384.h"

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
    if (sum.low == 0 && squares.low == 0) {
        // Few digits, as whole numbers have: of n Σx² − (Σx)² nothing is rounded before the division.
        const double all = n * squares.high, square = sum.high * sum.high;
        const double rest = std::fma(n, squares.high, -all) - std::fma(sum.high, sum.high, -square);
        const double difference = (all - square) + rest;
        return difference < 0 ? 0 : difference / n;
    }
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

/// Of integers and DECIMALs. Squares is Int192Sum for integers, Int384 for DECIMALs; Earlier is the state of
/// older versions, Moments of the values as DOUBLEs.
template <class T, class Squares, class Earlier>
struct ExactMoments {
    static constexpr bool kOnHeap = false;
    Int192Sum sum{};
    Squares squares{};
    std::int64_t count = 0;
    int scale = 0;           ///< of the values
    bool sample = false;     ///< divide by n − 1
    bool deviation = false;  ///< the square root of it

    void add(const T& value) { change(value, 1); }
    void change(const T& value, std::int64_t by) {
        count += by;
        sum.add(by < 0 ? -Int128{value} : Int128{value});
        if constexpr (std::is_same_v<Squares, Int192Sum>) {
            const Int128 square = Int128{value} * value;
            squares.add(by < 0 ? -square : square);
        } else {
            squares.addSquare(value, by < 0);
        }
    }
    void merge(const ExactMoments& other) {
        sum.merge(other.sum);
        squares.merge(other.squares);
        count += other.count;
    }
    void finish(Results& out) const {
        if (count < (sample ? 2 : 1)) return out.null();
        // n Σx² − (Σx)², which is never negative
        Int384 deviations = Int384(squares).times(static_cast<std::uint64_t>(count));
        deviations.subtract(Int384(sum).squared());
        const auto n = static_cast<long double>(count), divisor = sample ? n - 1 : n;
        long double unit = 1;
        for (int i = 0; i < 2 * scale; ++i) unit *= 10;
        const long double variance = deviations.negative() ? 0 : deviations.rounded() / (n * divisor * unit);
        out.value(static_cast<double>(deviation ? std::sqrt(variance) : variance));
    }
    template <class Fields>
    static void fields(auto& self, Fields& fields) {
        if constexpr (Fields::kReads) {
            if (!fields.has("exactSum")) {
                Earlier earlier;
                Earlier::fields(earlier, fields);
                self.takeOver(earlier);
                return;
            }
        }
        fields("exactSum", self.sum);
        fields("exactSquares", self.squares);
        fields("count", self.count);
    }
    std::size_t heapBytes() const { return 0; }

 private:
    void takeOver(const Earlier& earlier) {
        const auto whole = [](SumParts parts, int exponent) {
            Int384 out = Int384::nearest(parts.high, exponent);
            out.add(Int384::nearest(parts.low, exponent));
            return out;
        };
        count = earlier.count;
        sum = whole(earlier.sum.parts(), scale).narrow();
        const Int384 all = whole(earlier.squares.parts(), 2 * scale);
        if constexpr (std::is_same_v<Squares, Int192Sum>) {
            squares = all.narrow();
        } else {
            squares = all;
        }
    }
};

template <class State>
State emptyMoments(const BoundAggregate& bound) {
    State empty;
    empty.sample = bound.function.ends_with("_SAMP");
    empty.deviation = bound.function.starts_with("STDDEV");
    if constexpr (requires { empty.scale; }) empty.scale = bound.argument->type.scale;
    return empty;
}

/// For the argument's type. Interface is Accumulator with the States of inserts, or the other two.
template <class Sum, class Interface, template <class, class, bool> class States>
std::unique_ptr<Interface> makeMoments(const BoundAggregate& bound) {
    const auto make = [&bound]<class State, class T>(std::type_identity<State>, T) {
        return std::unique_ptr<Interface>(
            std::make_unique<States<State, T, false>>(bound.type, emptyMoments<State>(bound)));
    };
    return visitAmount(
        bound.argument->type.id,
        Overloaded{
            [&](OfMemory<double>) { return make(std::type_identity<Moments<Sum>>(), double()); },
            [&](OfMemory<Int128>) {
                return make(std::type_identity<ExactMoments<Int128, Int384, Moments<Sum>>>(), Int128());
            },
            [&]<class Integer>(OfMemory<Integer>) {
                return make(std::type_identity<ExactMoments<Integer, Int192Sum, Moments<Sum>>>(), Integer());
            }});
}

}  // namespace

std::unique_ptr<Accumulator> makeVariance(const BoundAggregate& bound) {
    return makeMoments<DoubleSum, Accumulator, StateAccumulator>(bound);
}

std::unique_ptr<RetractingAccumulator> makeRetractingVariance(const BoundAggregate& bound) {
    return makeMoments<ExactSum, RetractingAccumulator, RetractingStates>(bound);
}

}  // namespace rw::sql
