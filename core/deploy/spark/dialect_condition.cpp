// Functions that choose among their arguments, and CASE, in Spark SQL.
#include <fmt/format.h>

#include "core/deploy/spark/dialect.h"

namespace rw {

namespace {

void sparkMeetsNaN(const CallForm& call, std::size_t i) {
    if (call.typed(i).as.is(TypeId::Double)) {
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no value that is compared is NaN"));
    }
}

/// The result is the first argument as it is, also where it was made another type to be compared.
Written writeSparkNullIf(CallForm& call) {
    sparkMeetsNaN(call, 0);
    const sql::TypedPart& value = call.typed(0);
    if (value.as == value.type) return sparkCall("NULLIF", {call.text(0), call.text(1)});
    return {fmt::format("IF({} = {}, NULL, {})", call.in(0, Binding::Add), call.in(1, Binding::Add),
                        call.plain(0).text)};
}

/// Spark's own skip NULL.
Written writeSparkExtreme(CallForm& call) {
    if (call.count() == 1) return call.written(0);
    std::string list, anyNull;
    for (std::size_t i = 0; i < call.count(); ++i) {
        const Written value = call.written(i);
        list += (i > 0 ? ", " : "") + value.text;
        const bool fixed =
            call.argument(i).kind == sql::Expr::Kind::Literal && !isNull(call.argument(i).value);
        if (!fixed) anyNull += (anyNull.empty() ? "" : " OR ") + value.in(Binding::Add) + " IS NULL";
    }
    const std::string extreme = fmt::format("{}({})", call.call().name, list);
    return {anyNull.empty() ? extreme : fmt::format("IF({}, NULL, {})", anyNull, extreme)};
}

Written writeSparkCase(CallForm& call) {
    std::string text = "CASE";
    std::size_t next = 0;
    if (call.call().simple) {
        call.refuseMixture(RW_TEXT("deploy", "Write conditions after WHEN instead of values."));
        sparkMeetsNaN(call, 0);
        text += " " + call.text(next++);
    }
    for (; next + 1 < call.count(); next += 2) {
        text += " WHEN " + call.text(next) + " THEN " + call.text(next + 1);
    }
    return {text + " ELSE " + call.text(next) + " END"};
}

}  // namespace

void addSparkConditions(std::vector<FunctionForm>& forms) {
    forms.push_back({.name = "CASE", .write = writeSparkCase});
    forms.push_back({.name = "COALESCE", .pattern = "COALESCE($*)"});
    forms.push_back({.name = "NULLIF", .write = writeSparkNullIf});
    forms.push_back({.name = "IF", .pattern = "IF($1, $2, $3)"});
    forms.push_back({.name = "GREATEST", .write = writeSparkExtreme});
    forms.push_back({.name = "LEAST", .write = writeSparkExtreme});
}

}  // namespace rw
