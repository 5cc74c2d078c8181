// CAST and TRY_CAST in Flink's words.
#include "core/deploy/flink/dialect.h"
#include "core/sql/coercion.h"

namespace rw {

namespace {

/// Where Flink's TRY_CAST gives a value and ours NULL.
Text flinkReadsToo(Type to) {
    if (to.isInteger()) return RW_TEXT("deploy", "no text is a point alone");
    if (to.is(TypeId::Decimal))
        return RW_TEXT("deploy", "every text that begins like a number is one that fits %1")
            .with(toString(to));
    if (to.is(TypeId::Date)) return RW_TEXT("deploy", "no text is a number alone");
    if (to.is(TypeId::Timestamp)) return RW_TEXT("deploy", "every text that looks like a day names one");
    return {};
}

/// Whether a CAST may fail: with today's value of a variable it may not, with tomorrow's it may.
bool flinkCastFails(const CallForm& call) {
    const bool later = !call.call().tryCast && call.hasVariables(0) &&
                       sql::castCanFail(call.typed(0).type, call.call().castType);
    return call.part().canFail || later;
}

void flinkFindCast(const CallForm& call, bool tries) {
    const Type from = call.typed(0).type, to = call.call().castType;
    const bool known = call.argument(0).kind == sql::Expr::Kind::Literal && !call.hasVariables(0);
    if (known || !sql::castCanFail(from, to)) return;
    if (from.is(TypeId::String)) {
        if (flinkCastFails(call)) call.findFailing();
        if (tries && !flinkReadsToo(to).empty()) call.find(Verdict::Exact, {}, flinkReadsToo(to));
    } else if (tries && from.is(TypeId::Double) && to.is(TypeId::Decimal)) {
        flinkFiniteOnly(call, from);
    } else if (from.isNumeric() && (to.isInteger() || !tries)) {
        // Integers wrap around, with either word; a DECIMAL that does not fit is NULL.
        call.find(Verdict::Exact, {}, RW_TEXT("deploy", "no value overflows %1").with(toString(to)));
    }
}

/// Flink ends the job where a text is no Base64; no word of it gives NULL.
Written flinkBytesOfBase64(const CallForm& call) {
    const CallForm text = call.inner(0);
    text.findFailing(true);
    return {"CAST(FROM_BASE64(" + text.text(0) + ") AS BYTES)"};
}

Written flinkCastCall(CallForm& call) {
    if (call.makesBytesOfBase64()) return flinkBytesOfBase64(call);
    const bool tries = call.call().tryCast || (call.nullOnError() && flinkCastFails(call));
    flinkFindCast(call, tries);
    return flinkConversion(call.written(0), call.typed(0).type, call.call().castType, tries);
}

}  // namespace

Written flinkConversion(const Written& value, Type from, Type to, bool orNull) {
    if (from == to) return value;
    const std::string cast = (orNull ? "TRY_CAST(" : "CAST(") + value.text + " AS " + flinkType(to) + ")";
    // Flink writes TRUE.
    const bool truth = from.is(TypeId::Boolean) && to.is(TypeId::String);
    return {truth ? "LOWER(" + cast + ")" : cast};
}

void addFlinkCasts(std::vector<FunctionForm>& rows) {
    rows.push_back(flinkWritten("CAST", flinkCastCall));
}

}  // namespace rw
