// Numbers in Flink's words: arithmetic, rounding, roots and angles.
#include "core/deploy/flink/dialect.h"

namespace rw {

namespace {

bool givesInterval(Type type) {
    return type.is(TypeId::IntervalDay) || type.is(TypeId::IntervalMonth);
}

/// Flink's integers go round where they overflow, its DECIMALs become NULL. Times are not said to: they reach
/// 292 million years.
void flinkOverflow(const CallForm& call) {
    const Type type = call.part().type;
    const bool narrow = type.is(TypeId::Decimal) && type.precision == kMaxPrecision && !call.nullOnError();
    bool fails = call.part().canFail;
    for (std::size_t i = 0; i < call.count(); ++i) fails = fails || call.hasVariables(i);
    if (!fails || (!type.isInteger() && !narrow)) return;
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no value overflows %1").with(toString(type)));
}

Written flinkSum(CallForm& call) {
    flinkOverflow(call);
    flinkYears(call);
    // Flink takes the time first.
    return call.filled(givesInterval(call.typed(0).as) ? "$2 + $1" : "$1 + $2", Binding::Add);
}

Written flinkDifference(CallForm& call) {
    flinkOverflow(call);
    flinkYears(call);
    return call.filled("$1 - $2", Binding::Add);
}

Written flinkProduct(CallForm& call) {
    flinkOverflow(call);
    // Flink takes the interval first.
    return call.filled(givesInterval(call.typed(1).as) ? "$2 * $1" : "$1 * $2", Binding::Multiply);
}

Written flinkNegative(CallForm& call) {
    flinkOverflow(call);
    return call.filled("-$1", Binding::Unary);
}

Written flinkAbsolute(CallForm& call) {
    if (call.part().type.isInteger()) flinkOverflow(call);
    return call.filled("ABS($1)");
}

/// A variable's value is that of one run.
bool isDivisorNotZero(const CallForm& call) {
    const sql::Expr& divisor = call.argument(1);
    if (divisor.kind != sql::Expr::Kind::Literal || call.hasVariables(1)) return false;
    if (const auto* const value = std::get_if<std::int32_t>(&divisor.value)) return *value != 0;
    if (const auto* const value = std::get_if<std::int64_t>(&divisor.value)) return *value != 0;
    const auto* const value = std::get_if<Int128>(&divisor.value);
    return value != nullptr && *value != 0;
}

/// Whether the call divides by a value that may be zero, which ends a job of Flink's.
bool flinkMayDivideByZero(const CallForm& call) {
    const bool mayFail = call.part().canFail || call.hasVariables(1);
    const bool mayBe = mayFail && !call.part().type.is(TypeId::Double) && !isDivisorNotZero(call);
    if (mayBe) call.findFailing();
    return mayBe && call.nullOnError();
}

Written flinkQuotient(CallForm& call) {
    const bool guarded = flinkMayDivideByZero(call);
    if (guarded || isDivisorNotZero(call)) flinkOverflow(call);
    return call.filled(guarded ? "$1 / NULLIF($2, 0)" : "$1 / $2", Binding::Multiply);
}

void flinkRefuseDoubles(const CallForm& call) {
    if (!call.typed(0).as.is(TypeId::Double)) return;
    call.find(Verdict::Refused, RW_TEXT("deploy", "Flink's remainder takes no DOUBLE."), {},
              RW_TEXT("deploy", "Cast both sides to a DECIMAL, CAST(x AS DECIMAL(18, 6))."));
}

Written flinkRemainder(CallForm& call) {
    flinkRefuseDoubles(call);
    const bool guarded = flinkMayDivideByZero(call);
    return call.filled(guarded ? "$1 % NULLIF($2, 0)" : "$1 % $2", Binding::Multiply);
}

Written flinkMod(CallForm& call) {
    flinkRefuseDoubles(call);
    return call.filled(flinkMayDivideByZero(call) ? "MOD($1, NULLIF($2, 0))" : "MOD($*)");
}

/// Of a DECIMAL that is rounded to a number of digits, which Flink keeps for its scale.
void flinkWantDigits(const CallForm& call) {
    const bool told = call.count() < 2 || call.argument(1).kind == sql::Expr::Kind::Literal;
    if (told || !call.typed(0).type.is(TypeId::Decimal)) return;
    call.find(Verdict::Refused,
              RW_TEXT("deploy", "Flink moves the point of a DECIMAL where the number of digits is computed."),
              {}, RW_TEXT("deploy", "Write the number of digits, or cast the value to DOUBLE."));
}

/// An integer overflows only where it is rounded up before the point.
Written flinkRound(CallForm& call) {
    if (call.count() > 1) {
        const auto* const digits = std::get_if<std::int32_t>(&call.argument(1).value);
        const bool literal = call.argument(1).kind == sql::Expr::Kind::Literal && !call.hasVariables(1);
        const bool before = !literal || digits == nullptr || *digits < 0;
        if (before) flinkOverflow(call);
    }
    flinkFiniteOnly(call, call.typed(0).type);
    flinkWantDigits(call);
    return call.filled("ROUND($*)");
}

/// Java's power, which makes Infinity of -Infinity.
Written flinkSqrt(CallForm& call) {
    if (call.typed(0).type.is(TypeId::Double))
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no value is infinite"));
    return call.filled("SQRT($1)");
}

Written flinkTruncate(CallForm& call) {
    flinkFiniteOnly(call, call.typed(0).type);
    flinkWantDigits(call);
    return call.filled("TRUNCATE($*)");
}

}  // namespace

void flinkYears(const CallForm& call) {
    const Type type = call.part().type;
    if (!type.is(TypeId::Timestamp) && !type.is(TypeId::Date)) return;
    call.find(Verdict::Exact, {}, RW_TEXT("deploy", "all years lie between 1 and 9999"));
}

void flinkFiniteOnly(const CallForm& call, Type type) {
    if (type.is(TypeId::Double))
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no value is NaN or infinite"));
}

void addFlinkMath(std::vector<FunctionForm>& rows) {
    const auto written = [&rows](std::string_view name, Written (*write)(CallForm&)) {
        rows.push_back(flinkWritten(name, write));
        rows.back().mixesNumbers = true;
    };
    written("+", flinkSum);
    written("-", flinkDifference);
    written("*", flinkProduct);
    written("/", flinkQuotient);
    written("%", flinkRemainder);
    written("MOD", flinkMod);
    written("NEG", flinkNegative);
    FunctionForm positive = flinkSame("POS", "+$1");
    positive.binding = Binding::Unary;
    rows.push_back(positive);
    written("ABS", flinkAbsolute);
    written("ROUND", flinkRound);
    written("TRUNCATE", flinkTruncate);
    rows.push_back(flinkSame("SIGN", "SIGN($1)"));
    rows.push_back(flinkSame("CEIL", "CEIL($1)"));
    rows.push_back(flinkSame("FLOOR", "FLOOR($1)"));
    rows.push_back(flinkWritten("SQRT", flinkSqrt));
    rows.push_back(flinkSame("PI", "PI()"));

    // Java computes these by functions of its own.
    const auto real = [&rows](std::string_view name, std::string_view pattern) {
        FunctionForm row = flinkSame(name, pattern);
        row.verdict = Verdict::Equivalent;
        row.what = RW_TEXT("deploy", "The last digits of the result may differ.");
        rows.push_back(std::move(row));
    };
    real("POWER", "POWER($*)");
    real("EXP", "EXP($1)");
    real("LN", "LN($1)");
    real("LOG10", "LOG10($1)");
    real("LOG2", "LOG2($1)");
    real("SIN", "SIN($1)");
    real("COS", "COS($1)");
    real("TAN", "TAN($1)");
    real("ASIN", "ASIN($1)");
    real("ACOS", "ACOS($1)");
    real("ATAN", "ATAN($1)");
    real("ATAN2", "ATAN2($*)");
}

}  // namespace rw
