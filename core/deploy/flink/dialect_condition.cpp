// Comparisons, logic and choices in Flink's words.
#include "core/deploy/flink/dialect.h"

namespace rw {

namespace {

/// Flink orders no BOOLEANs; as numbers false is below true, too.
bool ordersBooleans(const CallForm& call) {
    return call.typed(0).as.is(TypeId::Boolean);
}

/// Flink takes `x = x` for true without a look at the value; NaN is not equal to itself.
void flinkNotNaN(const CallForm& call) {
    const auto computed = [&call](std::size_t i) {
        return call.typed(i).type.is(TypeId::Double) && call.argument(i).kind != sql::Expr::Kind::Literal;
    };
    if (computed(0) && computed(1)) call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no value is NaN"));
}

Written flinkEqual(CallForm& call) {
    flinkNotNaN(call);
    return call.filled(call.call().name == "=" ? "$1 = $2" : "$1 <> $2", Binding::Compare);
}

Written flinkOrder(CallForm& call) {
    flinkNotNaN(call);
    const std::string symbol = " " + call.call().name + " ";
    const std::string plain = "$1" + symbol + "$2";
    const std::string numbers = "CAST($1 AS INT)" + symbol + "CAST($2 AS INT)";
    return call.filled(ordersBooleans(call) ? numbers : plain, Binding::Compare);
}

/// Texts among the operands that are converted to another type: here a comparison that is decided before
/// does not look at them.
bool flinkReadsTexts(const CallForm& call) {
    bool any = false;
    for (std::size_t i = 0; i < call.count(); ++i) {
        const sql::TypedPart& part = call.typed(i);
        const bool read = part.type.is(TypeId::String) && part.as != part.type &&
                          (call.argument(i).kind != sql::Expr::Kind::Literal || call.hasVariables(i));
        if (read && !any)
            call.find(Verdict::Exact, {},
                      RW_TEXT("deploy", "every text can be read as %1").with(toString(part.as)));
        any = any || read;
    }
    return any;
}

/// With a text among numbers of several types all are made one type: Flink's planner does not.
Written flinkIn(CallForm& call) {
    call.refuseMixture(RW_TEXT("deploy", "Write comparisons with OR between them."));
    if (!flinkReadsTexts(call)) return call.filled("$1 IN ($2*)", Binding::Compare);
    const Type as = call.typed(0).as;
    const auto made = [&call, as](std::size_t i) {
        const Type type = call.typed(i).type;
        const bool number = type.isNumeric() && as.isNumeric();
        return number ? flinkConversion(call.plain(i), type, as, false) : call.written(i);
    };
    std::string list;
    for (std::size_t i = 1; i < call.count(); ++i) list += (i == 1 ? "" : ", ") + made(i).text;
    return {made(0).in(Binding::Add) + " IN (" + list + ")", Binding::Compare};
}

Written flinkBetween(CallForm& call) {
    call.refuseMixture(RW_TEXT("deploy", "Write two comparisons with AND between them."));
    flinkReadsTexts(call);
    return call.filled(ordersBooleans(call) ? "CAST($1 AS INT) BETWEEN CAST($2 AS INT) AND CAST($3 AS INT)"
                                            : "$1 BETWEEN $2 AND $3",
                       Binding::Compare);
}

Written flinkExtreme(CallForm& call) {
    if (call.part().type.is(TypeId::Bytes)) {
        call.find(Verdict::Refused,
                  RW_TEXT("deploy", "%1 of BYTES has no counterpart in Flink.").with(call.call().name), {},
                  RW_TEXT("deploy", "Write CASE WHEN a > b THEN a ELSE b END."));
    }
    std::string pattern = call.call().name + "($*)";
    if (call.part().type.is(TypeId::Boolean)) {
        pattern = "CAST(" + call.call().name + "(";
        for (std::size_t i = 0; i < call.count(); ++i) {
            pattern += (i == 0 ? "CAST(" : ", CAST(") + call.text(i) + " AS INT)";
        }
        return {pattern + ") AS BOOLEAN)"};
    }
    return call.filled(pattern);
}

/// The result is the first argument as it is, also where it was made another type to be compared.
Written flinkNullIf(CallForm& call) {
    const Type own = call.typed(0).type, as = call.typed(0).as;
    const bool same = own == as || (own.isNumeric() && as.isNumeric());
    if (same) return call.filled("NULLIF($*)");
    return {"CASE WHEN " + call.in(0, Binding::Add) + " = " + call.in(1, Binding::Add) + " THEN " +
            call.dialect().words().literal({}, own) + " ELSE " + call.plain(0).text + " END"};
}

}  // namespace

void addFlinkConditions(std::vector<FunctionForm>& rows) {
    const auto add = [&rows](std::string_view name, std::string_view pattern, Binding binding) {
        FunctionForm row = flinkSame(name, pattern);
        row.binding = binding;
        row.mixesNumbers = true;
        rows.push_back(std::move(row));
    };
    const auto written = [&rows](std::string_view name, Written (*write)(CallForm&)) {
        rows.push_back(flinkWritten(name, write));
        rows.back().mixesNumbers = true;
    };
    add("OR", "$1 OR $2", Binding::Or);
    add("AND", "$1 AND $2", Binding::And);
    add("NOT", "NOT $1", Binding::Not);
    written("=", flinkEqual);
    written("<>", flinkEqual);
    written("<", flinkOrder);
    written("<=", flinkOrder);
    written(">", flinkOrder);
    written(">=", flinkOrder);
    add("IS DISTINCT FROM", "$1 IS DISTINCT FROM $2", Binding::Compare);
    add("IS NOT DISTINCT FROM", "$1 IS NOT DISTINCT FROM $2", Binding::Compare);
    add("IS NULL", "$1 IS NULL", Binding::Compare);
    add("IS NOT NULL", "$1 IS NOT NULL", Binding::Compare);
    add("IS TRUE", "$1 IS TRUE", Binding::Compare);
    add("IS NOT TRUE", "$1 IS NOT TRUE", Binding::Compare);
    add("IS FALSE", "$1 IS FALSE", Binding::Compare);
    add("IS NOT FALSE", "$1 IS NOT FALSE", Binding::Compare);
    add("IS UNKNOWN", "$1 IS UNKNOWN", Binding::Compare);
    add("IS NOT UNKNOWN", "$1 IS NOT UNKNOWN", Binding::Compare);
    written("BETWEEN", flinkBetween);
    written("IN", flinkIn);

    add("COALESCE", "COALESCE($*)", Binding::Call);
    written("NULLIF", flinkNullIf);
    rows.push_back(flinkSame("IF", "IF($*)"));
    // With a NULL among numbers of several types these end the job: all are made one type before.
    rows.push_back(flinkWritten("GREATEST", flinkExtreme));
    rows.push_back(flinkWritten("LEAST", flinkExtreme));
}

}  // namespace rw
