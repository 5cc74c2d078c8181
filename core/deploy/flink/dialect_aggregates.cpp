// Aggregates in Flink's words.
#include "core/deploy/flink/dialect.h"

namespace rw {

namespace {

/// Flink sums INT as INT.
Type flinkSumType(Type argument) {
    return argument.is(TypeId::Int) ? Type::of(TypeId::Bigint) : Type{};
}
/// Flink's mean of integers is an integer.
Type flinkMeanType(Type argument) {
    return argument.isInteger() ? Type::of(TypeId::Double) : Type{};
}
Type flinkDoubleType(Type argument) {
    return argument.is(TypeId::Double) ? Type{} : Type::of(TypeId::Double);
}

Type argumentType(const sql::TypedAggregate& aggregate) {
    return aggregate.argument ? aggregate.argument.type() : Type{};
}

/// Here the order of rows does not show in a sum of DOUBLEs.
AggregateForm flinkLastDigits(const AggregateForm& row) {
    AggregateForm out = row;
    out.verdict = Verdict::Equivalent;
    out.what = RW_TEXT("deploy", "The last digits of the result may differ.");
    return out;
}

/// Flink's sums of integers go round, those of DECIMALs become NULL.
AggregateForm flinkWhileSumFits(const AggregateForm& row) {
    AggregateForm out = row;
    out.condition = RW_TEXT("deploy", "no sum overflows");
    return out;
}

AggregateForm flinkSumRow(const AggregateForm& row, const sql::TypedAggregate& aggregate) {
    const Type type = argumentType(aggregate);
    if (type.is(TypeId::Double)) return flinkLastDigits(row);
    return type.isInteger() || type.is(TypeId::Decimal) ? flinkWhileSumFits(row) : row;
}

/// DOUBLE holds the sums of INT, but not all of BIGINT.
AggregateForm flinkMeanRow(const AggregateForm& row, const sql::TypedAggregate& aggregate) {
    const Type type = argumentType(aggregate);
    if (type.is(TypeId::Decimal)) return flinkWhileSumFits(row);
    return type.is(TypeId::Double) || type.is(TypeId::Bigint) ? flinkLastDigits(row) : row;
}

AggregateForm flinkExtremeRow(const AggregateForm& row, const sql::TypedAggregate& aggregate) {
    const Type type = argumentType(aggregate);
    AggregateForm out = row;
    // NaN is above all numbers here; there it is passed by or stays, as it comes.
    if (type.is(TypeId::Double)) out.condition = RW_TEXT("deploy", "no value is NaN");
    if (type.is(TypeId::Bytes)) {
        out.pattern = {};
        out.what = RW_TEXT("deploy", "Flink has no MIN and MAX of BYTES.");
        out.fix = RW_TEXT("deploy", "Take that of DECODE(…, 'ISO-8859-1'), which has the same order.");
    }
    if (!type.is(TypeId::Boolean)) return out;
    out.pattern = {};
    out.what = RW_TEXT("deploy", "Flink has no MIN and MAX of BOOLEAN.");
    out.fix = RW_TEXT("deploy", "Take that of CAST(… AS INT).");
    return out;
}

}  // namespace

std::vector<AggregateForm> flinkAggregates() {
    std::vector<AggregateForm> rows;
    const auto spread = [&rows](std::string_view name, std::string_view pattern) {
        AggregateForm& row = addRow(rows, name, pattern);
        row.castTo = flinkDoubleType;
        row = flinkLastDigits(row);
    };
    const auto byArrival = [&rows](std::string_view name, std::string_view pattern) -> AggregateForm& {
        AggregateForm& row = addRow(rows, name, pattern);
        row.condition = RW_TEXT("deploy", "rows arrive in the order of their source");
        return row;
    };
    addRow(rows, "COUNT", "COUNT($1)");
    AggregateForm& sum = addRow(rows, "SUM", "SUM($1)");
    sum.castTo = flinkSumType, sum.of = flinkSumRow;
    AggregateForm& mean = addRow(rows, "AVG", "AVG($1)");
    mean.castTo = flinkMeanType, mean.of = flinkMeanRow;
    addRow(rows, "MIN", "MIN($1)").of = flinkExtremeRow;
    addRow(rows, "MAX", "MAX($1)").of = flinkExtremeRow;
    spread("STDDEV_POP", "STDDEV_POP($1)");
    spread("STDDEV_SAMP", "STDDEV_SAMP($1)");
    spread("VAR_POP", "VAR_POP($1)");
    spread("VAR_SAMP", "VAR_SAMP($1)");
    byArrival("FIRST_VALUE", "FIRST_VALUE($1)").keepsDistinct = false;
    byArrival("LAST_VALUE", "LAST_VALUE($1)").keepsDistinct = false;
    byArrival("LISTAGG", "LISTAGG($1, $s)");
    addRow(rows, "PERCENTILE", "PERCENTILE($1, $p)").castTo = flinkDoubleType;
    AggregateForm& different = addRow(rows, "APPROX_COUNT_DISTINCT", "COUNT(DISTINCT $1)");
    different.keepsDistinct = false;
    different.verdict = Verdict::Equivalent;
    different.what = RW_TEXT(
        "deploy", "Flink counts the different values exactly and keeps them all, which takes memory.");
    return rows;
}

}  // namespace rw
