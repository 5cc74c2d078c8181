// SUM and AVG. Integers add up in 128 bits and DECIMAL in 192, so only a result can overflow, never a partial
// sum; DOUBLE adds up as high + low, and exactly where rows can be taken back.
#include "core/sql/aggregates/accumulate.h"
#include "core/sql/aggregates/accumulators.h"
#include "core/sql/aggregates/double_sum.h"
#include "core/sql/aggregates/exact_sum.h"
#include "core/sql/aggregates/int192_sum.h"
#include "core/sql/decimal.h"

namespace rw::sql {

namespace {

struct IntegerTotal {
    static constexpr bool kOnHeap = false;
    Int128 sum = 0;
    std::int64_t count = 0;

    void add(std::int64_t value) {
        sum += value;
        ++count;
    }
    void change(std::int64_t value, std::int64_t by) {
        sum += Int128{value} * by;
        count += by;
    }
    void merge(const IntegerTotal& other) {
        sum += other.sum;
        count += other.count;
    }
    static void fields(auto& self, auto& fields) {
        fields("sum", self.sum);
        fields("count", self.count);
    }
    std::size_t heapBytes() const { return 0; }
};

struct IntegerSum : IntegerTotal {
    void finish(Results& out) const {
        if (count <= 0) return out.null();
        const auto narrow = static_cast<std::int64_t>(sum);
        if (narrow != sum) return out.error(RW_TEXT("sql", "SUM overflows BIGINT."));
        out.value(narrow);
    }
};

struct IntegerAverage : IntegerTotal {
    void finish(Results& out) const {
        if (count <= 0) return out.null();
        out.value(static_cast<double>(sum) / static_cast<double>(count));
    }
};

struct DecimalTotal {
    static constexpr bool kOnHeap = false;
    Int192Sum sum;
    std::int64_t count = 0;

    void add(const Int128& value) {
        sum.add(value);
        ++count;
    }
    void change(const Int128& value, std::int64_t by) {
        sum.add(by < 0 ? -value : value);
        count += by;
    }
    void merge(const DecimalTotal& other) {
        sum.merge(other.sum);
        count += other.count;
    }
    static void fields(auto& self, auto& fields) {
        fields("sum", self.sum);
        fields("count", self.count);
    }
    std::size_t heapBytes() const { return 0; }
};

struct DecimalSum : DecimalTotal {
    void finish(Results& out) const {
        if (count <= 0) return out.null();
        const auto narrow = sum.narrow();
        if (!narrow || !fitsPrecision(*narrow, kMaxPrecision)) {
            return out.error(RW_TEXT("sql", "SUM overflows %1.").with(toString(out.type())));
        }
        out.value(*narrow);
    }
};

struct DecimalAverage : DecimalTotal {
    int addedDigits = 0;  ///< scale of the result less that of the argument

    void finish(Results& out) const {
        if (count <= 0) return out.null();
        const auto divisor = static_cast<std::uint64_t>(count);
        const Int192Sum::Quotient whole = sum.dividedBy(divisor);
        const auto factor = static_cast<Int128>(powerOfTen(addedDigits));
        if (!fitsPrecision(whole.quotient, kMaxPrecision - addedDigits)) {
            return out.error(RW_TEXT("sql", "AVG overflows %1.").with(toString(out.type())));
        }
        const UInt128 rest = static_cast<UInt128>(whole.remainder) * static_cast<UInt128>(factor);
        auto digits = static_cast<Int128>(rest / divisor);
        if (rest % divisor >= divisor - rest % divisor) ++digits;  // half rounds away from zero
        out.value(whole.quotient * factor + (whole.negative ? -digits : digits));
    }
};

struct DoubleTotal {
    static constexpr bool kOnHeap = false;
    DoubleSum sum;
    std::int64_t count = 0;

    void add(double value) {
        sum.add(value);
        ++count;
    }
    void merge(const DoubleTotal& other) {
        sum.merge(other.sum);
        count += other.count;
    }
    static void fields(auto& self, auto& fields) {
        fields("sum", self.sum);
        fields("count", self.count);
    }
    std::size_t heapBytes() const { return 0; }
};

/// The same of rows that can be taken back.
struct ExactTotal {
    static constexpr bool kOnHeap = true;
    ExactSum sum;
    std::int64_t count = 0;

    void change(double value, std::int64_t by) {
        sum.add(value, by);
        count += by;
    }
    void merge(const ExactTotal& other) {
        sum.merge(other.sum);
        count += other.count;
    }
    static void fields(auto& self, auto& fields) {
        fields("sum", self.sum);
        fields("count", self.count);
    }
    std::size_t heapBytes() const { return sum.heapBytes(); }
};

template <class Total>
struct FloatingSum : Total {
    void finish(Results& out) const {
        if (this->count <= 0) return out.null();
        out.value(this->sum.value());
    }
};

template <class Total>
struct FloatingAverage : Total {
    void finish(Results& out) const {
        if (this->count <= 0) return out.null();
        out.value(this->sum.value() / static_cast<double>(this->count));
    }
};

/// Base is Accumulator or RetractingAccumulator, States<State, T> the class that makes one of a state.
template <class Base, template <class, class> class States, class OfInteger, class OfDouble, class OfDecimal>
std::unique_ptr<Base> makeTotal(const BoundAggregate& bound, OfDecimal emptyDecimal) {
    using Made = std::unique_ptr<Base>;
    return visitAmount(
        bound.argument->type.id,
        Overloaded{
            [&](OfMemory<Int128>) -> Made {
                return std::make_unique<States<OfDecimal, Int128>>(bound.type, emptyDecimal);
            },
            [&](OfMemory<double>) -> Made { return std::make_unique<States<OfDouble, double>>(bound.type); },
            [&]<class Integer>(OfMemory<Integer>) -> Made {
                return std::make_unique<States<OfInteger, Integer>>(bound.type);
            }});
}

template <class State, class T>
using Inserts = StateAccumulator<State, T>;
template <class State, class T>
using Updates = RetractingStates<State, T>;

DecimalAverage emptyAverage(const BoundAggregate& bound) {
    DecimalAverage empty;
    if (bound.argument->type.is(TypeId::Decimal))
        empty.addedDigits = bound.type.scale - bound.argument->type.scale;
    return empty;
}

}  // namespace

std::unique_ptr<Accumulator> makeSum(const BoundAggregate& bound) {
    return makeTotal<Accumulator, Inserts, IntegerSum, FloatingSum<DoubleTotal>>(bound, DecimalSum{});
}

std::unique_ptr<Accumulator> makeAverage(const BoundAggregate& bound) {
    return makeTotal<Accumulator, Inserts, IntegerAverage, FloatingAverage<DoubleTotal>>(bound,
                                                                                         emptyAverage(bound));
}

std::unique_ptr<RetractingAccumulator> makeRetractingSum(const BoundAggregate& bound) {
    return makeTotal<RetractingAccumulator, Updates, IntegerSum, FloatingSum<ExactTotal>>(bound,
                                                                                          DecimalSum{});
}

std::unique_ptr<RetractingAccumulator> makeRetractingAverage(const BoundAggregate& bound) {
    return makeTotal<RetractingAccumulator, Updates, IntegerAverage, FloatingAverage<ExactTotal>>(
        bound, emptyAverage(bound));
}

}  // namespace rw::sql
