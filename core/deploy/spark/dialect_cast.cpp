// Conversions between types in Spark SQL. Of texts Spark reads more than we do and, of whole numbers, less.
#include <fmt/format.h>

#include "core/data/visit_type.h"
#include "core/deploy/spark/dialect.h"
#include "core/sql/coercion.h"

namespace rw {

namespace {

// The form of texts that we read as a type, in Java's words; the first group is the text that Spark reads.
constexpr std::string_view kDoubleForm =
    R"(^ *([+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|Infinity)) *$)";
constexpr std::string_view kDecimalForm = R"(^ *([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?) *$)";
constexpr std::string_view kBooleanForm = "^([A-Za-z01]+)$";
constexpr std::string_view kDateForm = R"((?s)^\s*((?!0000)[0-9]{4}(?:-[0-9]{1,2}){0,2})(?:[ T].*)?\s*$)";
constexpr std::string_view kTimestampForm =
    R"(^((?!0000)[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})"
    R"((?:[ T][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]{1,9})?Z?)?)$)";
/// A whole number with a fraction, which we drop and Spark does not read: the sign, digits before the point.
constexpr std::string_view kFraction = R"(^( *[+-]?)(?:([0-9]+)\.[0-9]*|\.[0-9]+)( *)$)";

std::string_view formOf(Type type) {
    using Form = std::string_view;
    return visitType(
        type.id,
        Overloaded{[](types::Boolean) { return kBooleanForm; }, [](types::Double) { return kDoubleForm; },
                   [](types::Decimal) { return kDecimalForm; }, [](types::Date) { return kDateForm; },
                   [](types::Timestamp) { return kTimestampForm; },
                   [](AnyOf<types::Int, types::Bigint, types::String, types::Bytes, types::Null,
                            types::IntervalDay, types::IntervalMonth> auto) { return Form(); }});
}

Written converted(std::string_view text, Type to, bool orNull) {
    return {fmt::format("{}({} AS {})", orNull ? "TRY_CAST" : "CAST", text, sparkType(to))};
}

Written fromText(const std::string& text, Type to, bool orNull) {
    if (to.is(TypeId::Bytes)) return converted(text, to, false);
    if (to.isInteger()) {
        return converted(sparkCall("REGEXP_REPLACE", {text, sparkText(kFraction), "'$10$2'"}).text, to,
                         orNull);
    }
    // If nothing else reveals that Spark reads texts that we do not, the form is checked first: a text without
    // it becomes empty, which is no value of any type.
    const std::string read =
        orNull ? sparkCall("REGEXP_EXTRACT", {text, sparkText(formOf(to)), "1"}).text : text;
    Written value = converted(read, to, orNull);
    return to.is(TypeId::Timestamp) ? sparkCall("DATE_TRUNC", {"'MILLISECOND'", value.text}) : value;
}

Written sparkBytesOfBase64(const CallForm& call) {
    const CallForm text = call.inner(0);
    sparkMayFail(text);
    return sparkFromBase64(text);
}

Written writeSparkCast(CallForm& call) {
    if (call.makesBytesOfBase64()) return sparkBytesOfBase64(call);
    const Type from = call.typed(0).type, to = call.call().castType;
    const bool orNull = call.call().tryCast || call.nullOnError();
    if (!call.call().tryCast) sparkMayFail(call);
    const auto when = [&call](Text condition) { call.find(Verdict::Exact, {}, std::move(condition)); };
    if (from.is(TypeId::Timestamp) && to.is(TypeId::Date)) {
        when(RW_TEXT("deploy", "no time is before 1970"));
    } else if ((from.is(TypeId::Timestamp) || from.is(TypeId::Date)) && to.is(TypeId::String)) {
        when(RW_TEXT("deploy", "years have four digits"));
    } else if (from.is(TypeId::Bytes) && to.is(TypeId::String)) {
        when(RW_TEXT("deploy", "bytes that become text are UTF-8"));
    } else if (from.is(TypeId::Double) && to.is(TypeId::String)) {
        when(RW_TEXT("deploy", "Java is 19 or newer, which writes a DOUBLE with the fewest digits"));
    } else if (from.is(TypeId::Double) && to.is(TypeId::Decimal)) {
        when(RW_TEXT("deploy", "no value is NaN or infinite"));
    } else if (from.is(TypeId::String) && to.is(TypeId::Date)) {
        when(RW_TEXT("deploy", "years have four digits"));
    } else if (from.is(TypeId::String) && to.isInteger() && orNull) {
        when(RW_TEXT("deploy", "around numbers in texts there are no blanks but spaces"));
    }
    return sparkCast(call.written(0), from, to, orNull);
}

}  // namespace

Written sparkCast(const Written& value, Type from, Type to, bool orNull) {
    if (from == to) return value;
    if (from.is(TypeId::String)) return fromText(value.text, to, orNull);
    if (from.is(TypeId::Timestamp) && to.is(TypeId::String)) {
        return sparkCall("DATE_FORMAT", {value.text, "'yyyy-MM-dd HH:mm:ss.SSS'"});
    }
    return converted(value.text, to, orNull && sql::castCanFail(from, to));
}

void addSparkCasts(std::vector<FunctionForm>& forms) {
    forms.push_back({.name = "CAST", .write = writeSparkCast});
}

}  // namespace rw
