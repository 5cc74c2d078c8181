// + - * / % and signs in Spark SQL: overflow and division by zero are errors there, also of DOUBLEs; DIV
// divides integers.
#include <fmt/format.h>

#include "core/deploy/spark/dialect.h"

namespace rw {

namespace {

Written infixNumbers(std::string_view symbol, const CallForm& call, Binding binding, Binding right) {
    return {fmt::format("{} {} {}", call.in(0, binding), symbol, call.in(1, right)), binding};
}

/// Whether the call is to be NULL where it fails.
bool failsToNull(const CallForm& call) {
    return call.nullOnError() && call.part().canFail && call.part().type.isNumeric();
}

Written writeSparkSum(CallForm& call) {
    sparkMayFail(call);
    const bool plus = call.call().name == "+";
    if (failsToNull(call)) return sparkCall(plus ? "TRY_ADD" : "TRY_SUBTRACT", {call.text(0), call.text(1)});
    Written sum = infixNumbers(plus ? "+" : "-", call, Binding::Add, Binding::Multiply);
    if (!call.part().type.is(TypeId::Date)) return sum;
    // Days that are computed are an interval with a time of day to Spark, which makes a TIMESTAMP of a DATE.
    const std::size_t interval = call.typed(0).as.is(TypeId::Date) ? 1 : 0;
    if (call.argument(interval).kind == sql::Expr::Kind::Literal) return sum;
    return {fmt::format("CAST({} AS DATE)", sum.text)};
}

Written writeSparkProduct(CallForm& call) {
    sparkMayFail(call);
    if (failsToNull(call)) return sparkCall("TRY_MULTIPLY", {call.text(0), call.text(1)});
    return infixNumbers("*", call, Binding::Multiply, Binding::Unary);
}

/// The divisor, or NULL for zero.
std::string notZero(const std::string& divisor) {
    return sparkCall("NULLIF", {divisor, "0"}).text;
}

Written quotientOfIntegers(const CallForm& call) {
    const bool orNull = failsToNull(call);
    const std::string divisor = orNull ? notZero(call.text(1)) : call.in(1, Binding::Unary);
    Written quotient{fmt::format("{} DIV {}", call.in(0, Binding::Multiply), divisor), Binding::Multiply};
    if (call.part().type.is(TypeId::Int)) {  // it gives a BIGINT
        return {fmt::format("{}({} AS INT)", orNull ? "TRY_CAST" : "CAST", quotient.text)};
    }
    if (orNull) {
        call.find(Verdict::Exact, {},
                  RW_TEXT("deploy", "no value overflows %1").with(toString(call.part().type)));
    }
    return quotient;
}

/// With the infinities and NaN that a division by zero gives; the power of -1 keeps the sign of zero.
Written quotientOfDoubles(const CallForm& call) {
    const double* const constant = sparkConstant<double>(call, 1);
    if (constant != nullptr && *constant != 0)
        return infixNumbers("/", call, Binding::Multiply, Binding::Unary);
    const std::string dividend = call.in(0, Binding::Multiply), divisor = call.text(1);
    return {fmt::format("COALESCE({0} / NULLIF({1}, 0D), {0} * POWER({1}, -1D))", dividend, divisor)};
}

Written writeSparkQuotient(CallForm& call) {
    sparkMayFail(call);
    if (call.part().type.isInteger()) return quotientOfIntegers(call);
    if (call.part().type.is(TypeId::Double)) return quotientOfDoubles(call);
    if (failsToNull(call)) return sparkCall("TRY_DIVIDE", {call.text(0), call.text(1)});
    return infixNumbers("/", call, Binding::Multiply, Binding::Unary);
}

Written writeSparkRemainder(CallForm& call) {
    sparkMayFail(call);
    const Type type = call.part().type;
    const double* const constant = sparkConstant<double>(call, 1);
    if (type.is(TypeId::Double) && (constant == nullptr || *constant == 0)) {
        const Written dividend = call.written(0), divisor = call.written(1);
        return {fmt::format("COALESCE({} % NULLIF({}, 0D), {} * {} * DOUBLE('NaN'))",
                            dividend.in(Binding::Multiply), divisor.text, dividend.in(Binding::Multiply),
                            divisor.in(Binding::Unary))};
    }
    if (failsToNull(call) && type.is(TypeId::Decimal))
        return sparkCall("TRY_MOD", {call.text(0), call.text(1)});
    Written rest = infixNumbers("%", call, Binding::Multiply, Binding::Unary);
    if (failsToNull(call)) rest = sparkCall("TRY_MOD", {call.text(0), call.text(1)});
    // The remainder is smaller than the divisor, whose type we give it.
    if (type.is(TypeId::Int) && call.typed(0).as.is(TypeId::Bigint)) {
        return {fmt::format("CAST({} AS INT)", rest.text)};
    }
    return rest;
}

Written writeSparkNegation(CallForm& call) {
    sparkMayFail(call);
    if (failsToNull(call) && call.part().type.isInteger())
        return sparkCall("TRY_SUBTRACT", {"0", call.text(0)});
    const std::string value = call.in(0, Binding::Unary);
    // Two signs would begin a comment.
    return {value.starts_with('-') ? fmt::format("-({})", value) : "-" + value, Binding::Unary};
}

Written writeSparkIdentity(CallForm& call) {
    return call.written(0);
}

}  // namespace

void addSparkArithmetic(std::vector<FunctionForm>& forms) {
    forms.push_back({.name = "+", .write = writeSparkSum});
    forms.push_back({.name = "-", .write = writeSparkSum});
    forms.push_back({.name = "*", .write = writeSparkProduct});
    forms.push_back({.name = "/", .write = writeSparkQuotient});
    forms.push_back({.name = "%", .write = writeSparkRemainder});
    forms.push_back({.name = "MOD", .write = writeSparkRemainder});
    forms.push_back({.name = "NEG", .write = writeSparkNegation});
    forms.push_back({.name = "POS", .write = writeSparkIdentity});
}

}  // namespace rw
