// Comparisons and conditions in Spark SQL. To Spark NaN is a number like others, the largest of all.
#include <fmt/format.h>

#include "core/deploy/spark/dialect.h"
#include "core/sql/coercion.h"

namespace rw {

namespace {

bool isFixed(const CallForm& call, std::size_t i) {
    return call.argument(i).kind == sql::Expr::Kind::Literal;
}

/// Says that NaN would compare otherwise, where a value may be one.
void sparkSeesNaN(const CallForm& call) {
    if (call.typed(0).as.is(TypeId::Double)) {
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no value that is compared is NaN"));
    }
}

/// NaN beside a literal is not equal to it, nor, being the largest, below it: only > and >= differ.
bool nanMatters(const CallForm& call) {
    const std::string& name = call.call().name;
    if (isFixed(call, 1)) return name == ">" || name == ">=";
    if (isFixed(call, 0)) return name == "<" || name == "<=";
    return true;
}

/// DECIMALs meet in a type of 38 digits at most, before they are compared.
void checkDigits(const CallForm& call) {
    const Type a = call.typed(0).as, b = call.typed(1).as;
    if (!a.is(TypeId::Decimal) || !b.is(TypeId::Decimal)) return;
    if (std::max(a.precision - a.scale, b.precision - b.scale) + std::max(a.scale, b.scale) > kMaxPrecision) {
        call.find(Verdict::Approximated,
                  RW_TEXT("deploy", "Spark compares these DECIMALs without their last digits."), {},
                  RW_TEXT("deploy", "Convert both to one DECIMAL type with CAST."));
    }
}

Written writeSparkComparison(CallForm& call) {
    if (nanMatters(call)) sparkSeesNaN(call);
    checkDigits(call);
    return {fmt::format("{} {} {}", call.in(0, Binding::Add), call.call().name, call.in(1, Binding::Add)),
            Binding::Compare};
}

Written writeSparkBetween(CallForm& call) {
    call.refuseMixture(RW_TEXT("deploy", "Write two comparisons with AND between them."));
    if (!isFixed(call, 1) || !isFixed(call, 2)) sparkSeesNaN(call);
    return {fmt::format("{} BETWEEN {} AND {}", call.in(0, Binding::Add), call.in(1, Binding::Add),
                        call.in(2, Binding::Add)),
            Binding::Compare};
}

Written writeSparkIn(CallForm& call) {
    call.refuseMixture(RW_TEXT("deploy", "Write comparisons with OR between them."));
    std::string list;
    bool fixed = true;
    for (std::size_t i = 1; i < call.count(); ++i) {
        fixed = fixed && isFixed(call, i);
        list += (i > 1 ? ", " : "") + call.text(i);
    }
    if (!fixed) sparkSeesNaN(call);
    return {fmt::format("{} IN ({})", call.in(0, Binding::Add), list), Binding::Compare};
}

/// IS NULL, IS NOT TRUE …
Written writeSparkTest(CallForm& call) {
    return {fmt::format("{} {}", call.in(0, Binding::Add), call.call().name), Binding::Compare};
}

Written writeSparkNot(CallForm& call) {
    return {"NOT " + call.in(0, Binding::Not), Binding::Not};
}

Written writeSparkChain(CallForm& call) {
    const Binding binding = call.call().name == "AND" ? Binding::And : Binding::Or;
    std::string chain = call.in(0, binding);
    for (std::size_t i = 1; i < call.count(); ++i)
        chain += " " + call.call().name + " " + call.in(i, binding);
    return {std::move(chain), binding};
}

}  // namespace

void addSparkComparisons(std::vector<FunctionForm>& forms) {
    // Spark widens numbers that are compared as we do.
    const auto add = [&forms](std::string_view name, Written (*write)(CallForm&)) {
        forms.push_back({.name = name, .write = write, .mixesNumbers = true});
    };
    for (const char* const name :
         {"=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"}) {
        add(name, writeSparkComparison);
    }
    for (const char* const name : {"IS NULL", "IS NOT NULL", "IS TRUE", "IS NOT TRUE", "IS FALSE",
                                   "IS NOT FALSE", "IS UNKNOWN", "IS NOT UNKNOWN"}) {
        add(name, writeSparkTest);
    }
    add("NOT", writeSparkNot);
    add("AND", writeSparkChain);
    add("OR", writeSparkChain);
    add("BETWEEN", writeSparkBetween);
    add("IN", writeSparkIn);
}

}  // namespace rw
