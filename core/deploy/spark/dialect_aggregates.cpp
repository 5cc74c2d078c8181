// Aggregates in Spark SQL, as streams can have them: DISTINCT they refuse, so different values are collected.
#include <algorithm>

#include "core/deploy/spark/dialect.h"

namespace rw {

namespace {

Type sparkDoubles(Type argument) {
    return argument.is(TypeId::Double) ? Type{} : Type::of(TypeId::Double);
}

/// Spark adds ten digits in a sum; ours has all that there are.
Type widestSum(Type argument) {
    constexpr int kEnough = kMaxPrecision - 10;
    if (!argument.is(TypeId::Decimal) || argument.precision >= kEnough) return {};
    return Type::decimal(kEnough, argument.scale);
}

void collects(AggregateForm& row, std::string_view pattern) {
    row.pattern = pattern;
    row.castTo = nullptr;
    row.keepsDistinct = row.filters = false;
    row.verdict = Verdict::Equivalent;
    row.what = RW_TEXT("deploy", "Spark collects the different values, which takes memory.");
}

AggregateForm sparkCount(const AggregateForm& row, const sql::TypedAggregate& aggregate) {
    AggregateForm chosen = row;
    if (aggregate.distinct) collects(chosen, "CAST(SIZE(COLLECT_SET($1)) AS BIGINT)");
    return chosen;
}

/// In Spark the order in which parts of a sum are added shows.
void lastDigits(AggregateForm& row) {
    row.verdict = Verdict::Equivalent;
    row.what = RW_TEXT("deploy", "The last digits of the result may differ.");
}

AggregateForm sparkSum(const AggregateForm& row, const sql::TypedAggregate& aggregate) {
    AggregateForm chosen = row;
    if (aggregate.distinct) {
        collects(
            chosen,
            "AGGREGATE(COLLECT_SET(CAST($1 AS $t)), CAST(NULL AS $t), (sum, value) -> CAST(COALESCE(sum + "
            "value, value) AS $t))");
    }
    if (aggregate.type.is(TypeId::Double)) {
        lastDigits(chosen);
    } else {
        chosen.condition = RW_TEXT("deploy", "no sum overflows");
    }
    return chosen;
}

/// Of DECIMALs Spark's own has other digits.
AggregateForm sparkMean(const AggregateForm& row, const sql::TypedAggregate& aggregate) {
    AggregateForm chosen = row;
    const bool decimal = aggregate.type.is(TypeId::Decimal);
    if (aggregate.distinct) {
        collects(
            chosen,
            "CAST(AGGREGATE(COLLECT_SET(CAST($1 AS $t)), CAST(NULL AS $t), (sum, value) -> CAST(COALESCE(sum "
            "+ value, value) AS $t)) / SIZE(COLLECT_SET($1)) AS $t)");
    } else if (decimal) {
        chosen.pattern = "CAST(SUM($1) / COUNT($1) AS $t)";
        chosen.filters = false;
    }
    if (decimal) {
        chosen.condition = RW_TEXT("deploy", "no sum overflows");
    } else {
        lastDigits(chosen);
        // Spark adds DOUBLEs.
        if (aggregate.argument.type().is(TypeId::Bigint)) {
            chosen.condition = RW_TEXT("deploy", "sums are smaller than 2 to the power of 53");
        }
    }
    return chosen;
}

AggregateForm withoutDistinct(const AggregateForm& row, const sql::TypedAggregate& aggregate) {
    AggregateForm chosen = row;
    if (aggregate.distinct) {
        chosen.pattern = {};
        chosen.what = RW_TEXT("deploy", "Spark's streams know no DISTINCT here.");
        chosen.fix = RW_TEXT("deploy", "Group by the value before, which leaves each value once.");
    }
    return chosen;
}

AggregateForm sparkList(const AggregateForm& row, const sql::TypedAggregate& aggregate) {
    AggregateForm chosen = row;
    if (aggregate.distinct) {
        chosen.pattern = "CASE WHEN COUNT($1) > 0 THEN ARRAY_JOIN(COLLECT_SET($1), $s) END";
        chosen.keepsDistinct = chosen.filters = false;
    }
    return chosen;
}

}  // namespace

std::vector<AggregateForm> sparkAggregateForms() {
    std::vector<AggregateForm> rows;
    const auto byOrder = [&rows](std::string_view name, std::string_view pattern) -> AggregateForm& {
        AggregateForm& row = addRow(rows, name, pattern);
        row.verdict = Verdict::Approximated;
        row.what =
            RW_TEXT("deploy", "In Spark the rows of a batch have no order, which shows in the result.");
        row.fix = RW_TEXT("deploy", "Use MIN or MAX where they will do.");
        return row;
    };
    addRow(rows, "COUNT", "COUNT($1)").of = sparkCount;
    AggregateForm& sum = addRow(rows, "SUM", "SUM($1)");
    sum.castTo = widestSum, sum.of = sparkSum;
    AggregateForm& mean = addRow(rows, "AVG", "AVG($1)");
    mean.castTo = widestSum, mean.of = sparkMean;
    addRow(rows, "MIN", "MIN($1)").keepsDistinct = false;
    addRow(rows, "MAX", "MAX($1)").keepsDistinct = false;
    for (const auto& [name, pattern] :
         {std::pair{"STDDEV_POP", "STDDEV_POP($1)"}, std::pair{"STDDEV_SAMP", "STDDEV_SAMP($1)"},
          std::pair{"VAR_POP", "VAR_POP($1)"}, std::pair{"VAR_SAMP", "VAR_SAMP($1)"}}) {
        AggregateForm& spread = addRow(rows, name, pattern);
        lastDigits(spread);
        spread.castTo = sparkDoubles, spread.of = withoutDistinct;
    }
    byOrder("FIRST_VALUE", "FIRST_VALUE($1, TRUE)").keepsDistinct = false;
    byOrder("LAST_VALUE", "LAST_VALUE($1, TRUE)").keepsDistinct = false;
    byOrder("LISTAGG", "LISTAGG($1, $s)").of = sparkList;
    AggregateForm& percentile = addRow(rows, "PERCENTILE", "PERCENTILE($1, $p)");
    percentile.castTo = sparkDoubles, percentile.of = withoutDistinct;
    collects(addRow(rows, "APPROX_COUNT_DISTINCT", ""), "CAST(SIZE(COLLECT_SET($1)) AS BIGINT)");
    return rows;
}

}  // namespace rw
