#include "core/sql/aggregates/registry.h"

#include <algorithm>

namespace rw::sql {

namespace {

constexpr int kAverageScale = 6;  // digits after the point that AVG of a DECIMAL has at least, as in Flink

Type bigint(Type) {
    return Type::of(TypeId::Bigint);
}
Type floating(Type) {
    return Type::of(TypeId::Double);
}
Type text(Type) {
    return Type::of(TypeId::String);
}
Type same(Type argument) {
    return argument;
}
Type sumOf(Type argument) {
    if (argument.isInteger()) return Type::of(TypeId::Bigint);
    return argument.is(TypeId::Decimal) ? Type::decimal(kMaxPrecision, argument.scale) : argument;
}
Type averageOf(Type argument) {
    if (!argument.is(TypeId::Decimal)) return Type::of(TypeId::Double);
    return Type::decimal(kMaxPrecision, std::max<int>(kAverageScale, argument.scale));
}

bool always(Type) {
    return true;
}
/// High and low parts of a DOUBLE sum round otherwise when sums of parts are added.
bool unlessDouble(Type argument) {
    return !argument.is(TypeId::Double);
}

std::vector<AggregateFunction> table() {
    using F = AggregateFunction;
    using Accepts = F::Accepts;
    using Distinct = F::Distinct;
    std::vector<F> functions;
    const auto add = [&](std::string_view name, std::string_view signature, Text help) -> F& {
        functions.push_back({.info = {name, signature, std::move(help)}});
        return functions.back();
    };
    const auto spread = [&](std::string_view name, std::string_view signature, Text help) {
        F& f = add(name, signature, std::move(help));
        f.accepts = Accepts::Numbers, f.asDouble = f.exact = true, f.result = floating;
        f.make = makeVariance, f.makeRetracting = makeRetractingVariance;
    };

    F& count = add("COUNT", "COUNT(*), COUNT(x), COUNT(DISTINCT x)",
                   RW_TEXT("sql",
                           "COUNT(*) counts rows, COUNT(x) values that are not NULL, "
                           "COUNT(DISTINCT x) different values."));
    count.result = bigint, count.make = makeCount, count.makeRetracting = makeRetractingCount,
    count.minArgs = 0, count.folds = always;

    F& sum = add("SUM", "SUM(x)", RW_TEXT("sql", "Sum of the numbers; NULL when there is none."));
    sum.accepts = Accepts::Numbers, sum.result = sumOf, sum.make = makeSum;
    sum.makeRetracting = makeRetractingSum, sum.folds = unlessDouble;

    F& average = add("AVG", "AVG(x)", RW_TEXT("sql", "Mean of the numbers; of integers a DOUBLE."));
    average.accepts = Accepts::Numbers, average.result = averageOf, average.make = makeAverage;
    average.makeRetracting = makeRetractingAverage, average.folds = unlessDouble;

    F& min = add("MIN", "MIN(x)", RW_TEXT("sql", "Smallest value; texts compare bytewise."));
    min.result = same, min.make = makeMin, min.makeRetracting = makeRetractingMin,
    min.distinct = Distinct::Meaningless, min.folds = always;

    F& max = add("MAX", "MAX(x)", RW_TEXT("sql", "Largest value; texts compare bytewise."));
    max.result = same, max.make = makeMax, max.makeRetracting = makeRetractingMax,
    max.distinct = Distinct::Meaningless, max.folds = always;

    spread("STDDEV_POP", "STDDEV_POP(x)", RW_TEXT("sql", "Standard deviation of all the values."));
    spread("STDDEV_SAMP", "STDDEV_SAMP(x)",
           RW_TEXT("sql", "Standard deviation estimated from a sample; NULL for fewer than two values."));
    spread("VAR_POP", "VAR_POP(x)", RW_TEXT("sql", "Variance of all the values."));
    spread("VAR_SAMP", "VAR_SAMP(x)",
           RW_TEXT("sql", "Variance estimated from a sample; NULL for fewer than two values."));

    F& first = add("FIRST_VALUE", "FIRST_VALUE(x)",
                   RW_TEXT("sql", "The first value that is not NULL, in the order of the source."));
    first.result = same, first.make = makeFirstValue, first.makeRetracting = makeRetractingFirstValue;
    first.distinct = Distinct::Meaningless, first.ordered = true;

    F& last = add("LAST_VALUE", "LAST_VALUE(x)",
                  RW_TEXT("sql", "The last value that is not NULL, in the order of the source."));
    last.result = same, last.make = makeLastValue, last.makeRetracting = makeRetractingLastValue;
    last.distinct = Distinct::Meaningless, last.ordered = true;

    F& list =
        add("LISTAGG", "LISTAGG(x [, separator])",
            RW_TEXT("sql", "The texts in the order of the source, with a comma or the separator between."));
    list.accepts = Accepts::Text, list.result = text, list.make = makeListAgg;
    list.makeRetracting = makeRetractingListAgg;
    list.distinct = Distinct::Own, list.ordered = list.scans = true, list.maxArgs = 2;

    F& percentile = add(
        "PERCENTILE", "PERCENTILE(x, p)",
        RW_TEXT("sql", "The value below which the share p (0 to 1) of the values lie; 0.5 is the median."));
    percentile.accepts = Accepts::Numbers, percentile.asDouble = true, percentile.result = floating;
    percentile.make = makePercentile, percentile.makeRetracting = makeRetractingPercentile,
    percentile.minArgs = percentile.maxArgs = 2, percentile.scans = true;

    F& approximate = add(
        "APPROX_COUNT_DISTINCT", "APPROX_COUNT_DISTINCT(x)",
        RW_TEXT(
            "sql",
            "Number of different values in little memory: exact up to 512, then within about one percent. Of "
            "rows that can be retracted it is exact, and the memory grows."));
    approximate.result = bigint, approximate.make = makeApproxCountDistinct;
    approximate.makeRetracting = makeRetractingCountDistinct;
    approximate.distinct = Distinct::Meaningless;
    return functions;
}

}  // namespace

const std::vector<AggregateFunction>& aggregateTable() {
    static const std::vector<AggregateFunction> functions = table();
    return functions;
}

const AggregateFunction* findAggregate(std::string_view name) {
    const auto& functions = aggregateTable();
    const auto found = std::find_if(functions.begin(), functions.end(),
                                    [&](const AggregateFunction& f) { return f.info.name == name; });
    return found == functions.end() ? nullptr : &*found;
}

const std::vector<AggregateInfo>& aggregateFunctions() {
    static const std::vector<AggregateInfo> infos = [] {
        std::vector<AggregateInfo> all;
        for (const AggregateFunction& function : aggregateTable()) all.push_back(function.info);
        return all;
    }();
    return infos;
}

}  // namespace rw::sql
