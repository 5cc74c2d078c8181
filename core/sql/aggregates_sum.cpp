// SUM and AVG. Integers add up in 128 bits and DECIMAL in 192, so only a result can overflow, never a partial
// sum; DOUBLE adds up as high + low.
#include "core/sql/accumulate.h"
#include "core/sql/accumulators.h"
#include "core/sql/decimal.h"
#include "core/sql/double_sum.h"
#include "core/sql/wide_sum.h"

namespace rw::sql {

namespace {

struct IntegerTotal {
    Int128 sum = 0;
    std::int64_t count = 0;

    void add(std::int64_t value) {
        sum += value;
        ++count;
    }
    void merge(const IntegerTotal& other) {
        sum += other.sum;
        count += other.count;
    }
    std::size_t heapBytes() const { return 0; }
};

struct IntegerSum : IntegerTotal {
    void finish(Results& out) const {
        if (count == 0) return out.null();
        const auto narrow = static_cast<std::int64_t>(sum);
        if (narrow != sum) return out.error(RW_TEXT("sql", "SUM overflows BIGINT."));
        out.value(narrow);
    }
};

struct IntegerAverage : IntegerTotal {
    void finish(Results& out) const {
        if (count == 0) return out.null();
        out.value(static_cast<double>(sum) / static_cast<double>(count));
    }
};

struct DecimalTotal {
    WideSum sum;
    std::int64_t count = 0;

    void add(const Int128& value) {
        sum.add(value);
        ++count;
    }
    void merge(const DecimalTotal& other) {
        sum.merge(other.sum);
        count += other.count;
    }
    std::size_t heapBytes() const { return 0; }
};

struct DecimalSum : DecimalTotal {
    void finish(Results& out) const {
        if (count == 0) return out.null();
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
        if (count == 0) return out.null();
        const auto divisor = static_cast<std::uint64_t>(count);
        const WideSum::Quotient whole = sum.dividedBy(divisor);
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
    std::size_t heapBytes() const { return 0; }
};

struct FloatingSum : DoubleTotal {
    void finish(Results& out) const {
        if (count == 0) return out.null();
        out.value(sum.value());
    }
};

struct FloatingAverage : DoubleTotal {
    void finish(Results& out) const {
        if (count == 0) return out.null();
        out.value(sum.value() / static_cast<double>(count));
    }
};

template <class OfInteger, class OfDecimal, class OfDouble>
std::unique_ptr<Accumulator> makeTotal(const BoundAggregate& bound, OfDecimal emptyDecimal) {
    switch (bound.argument->type.id) {
        case TypeId::Int:
            return std::make_unique<StateAccumulator<OfInteger, std::int32_t>>(bound.type);
        case TypeId::Bigint:
            return std::make_unique<StateAccumulator<OfInteger, std::int64_t>>(bound.type);
        case TypeId::Decimal:
            return std::make_unique<StateAccumulator<OfDecimal, Int128>>(bound.type, emptyDecimal);
        default:
            return std::make_unique<StateAccumulator<OfDouble, double>>(bound.type);
    }
}

}  // namespace

std::unique_ptr<Accumulator> makeSum(const BoundAggregate& bound) {
    return makeTotal<IntegerSum, DecimalSum, FloatingSum>(bound, {});
}

std::unique_ptr<Accumulator> makeAverage(const BoundAggregate& bound) {
    DecimalAverage empty;
    empty.addedDigits = bound.type.scale - bound.argument->type.scale;
    return makeTotal<IntegerAverage, DecimalAverage, FloatingAverage>(bound, empty);
}

}  // namespace rw::sql
