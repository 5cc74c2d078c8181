// Spark SQL's words for names, literals, types and conversions; the tables stand in the other spark_*.cpp.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/data/text.h"
#include "core/data/visit_type.h"
#include "core/deploy/spark/dialect.h"

namespace rw {

namespace {

std::string sparkIdentifier(std::string_view name) {
    std::string quoted = "`";
    for (const char c : name) quoted.append(c == '`' ? 2 : 1, c);
    return quoted + "`";
}

std::string sparkDecimal(const Value& value, Type type) {
    const std::string text = toText(value, type);
    // Spark's literal has the precision of its digits without zeros in front; ours counts them as written.
    std::string_view digits = text;
    digits.remove_prefix(std::min(digits.find_first_not_of("-0."), digits.size()));
    const auto significant = static_cast<int>(digits.size() - (digits.find('.') < digits.size() ? 1 : 0));
    const std::string literal = text + "BD";
    if (std::max<int>({significant, type.scale, 1}) == type.precision) return literal;
    return fmt::format("CAST({} AS {})", literal, sparkType(type));
}

/// The largest unit that the interval is whole numbers of: a DATE plus days must stay a DATE.
std::string sparkInterval(std::int64_t millis) {
    struct Unit {
        std::int64_t millis;
        const char* name;
    };
    for (const Unit& unit : {Unit{86'400'000, "DAY"}, Unit{3'600'000, "HOUR"}, Unit{60'000, "MINUTE"}}) {
        if (millis % unit.millis == 0)
            return fmt::format("INTERVAL '{}' {}", millis / unit.millis, unit.name);
    }
    const std::uint64_t size =
        millis < 0 ? -static_cast<std::uint64_t>(millis) : static_cast<std::uint64_t>(millis);
    const std::string fraction = size % 1'000 == 0 ? "" : fmt::format(".{:03}", size % 1'000);
    return fmt::format("INTERVAL '{}{}{}' SECOND", millis < 0 ? "-" : "", size / 1'000, fraction);
}

std::string sparkLiteral(const Value& value, Type type) {
    if (isNull(value))
        return type.is(TypeId::Null) ? "NULL" : fmt::format("CAST(NULL AS {})", sparkType(type));
    using Literal = std::string;
    return visitType(
        type.id,
        Overloaded{[&](types::Boolean) { return Literal(std::get<bool>(value) ? "TRUE" : "FALSE"); },
                   [&](types::Bigint) { return toText(value, type) + "L"; },
                   [&](types::Double) { return toText(value, type) + "D"; },
                   [&](types::Decimal) { return sparkDecimal(value, type); },
                   [&](types::String) { return sparkText(std::get<std::string>(value)); },
                   [&](types::Bytes) {
                       Literal literal = "X'";
                       appendHex(literal, std::get<std::string>(value));
                       return literal + "'";
                   },
                   [&](types::Date) { return fmt::format("DATE '{}'", toText(value, type)); },
                   [&](types::Timestamp) { return fmt::format("TIMESTAMP '{}'", toText(value, type)); },
                   [&](types::IntervalDay) { return sparkInterval(std::get<std::int64_t>(value)); },
                   [&](types::IntervalMonth) {
                       return fmt::format("INTERVAL '{}' MONTH", std::get<std::int64_t>(value));
                   },
                   [&](AnyOf<types::Int, types::Null> auto) { return toText(value, type); }});
}

}  // namespace

std::string sparkText(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        switch (c) {
            case '\n':
                quoted += "\\n";
                break;
            case '\r':
                quoted += "\\r";
                break;
            case '\t':
                quoted += "\\t";
                break;
            case '\0':
                quoted += "\\u0000";
                break;
            case '\'':
            case '\\':
                quoted += '\\';
                [[fallthrough]];
            default:
                quoted += c;
        }
    }
    return quoted + "'";
}

std::string sparkType(Type type) {
    return visitType(
        type.id,
        Overloaded{
            [](types::Timestamp) { return std::string("TIMESTAMP"); },  // microseconds, the session's zone
            [](types::Null) { return std::string("VOID"); },
            [](types::Bytes) { return std::string("BINARY"); },
            [type](AnyOf<types::Boolean, types::Int, types::Bigint, types::Double, types::Decimal,
                         types::String, types::Date, types::IntervalDay, types::IntervalMonth> auto) {
                return toString(type);
            }});
}

Written sparkCall(std::string_view name, std::initializer_list<std::string_view> arguments) {
    return {fmt::format("{}({})", name, fmt::join(arguments, ", "))};
}

void sparkMayFail(const CallForm& call) {
    if (call.part().canFail) call.findFailing();
}

const Dialect& sparkDialect() {
    // Spark types a DECIMAL by its digits without zeros in front, as sparkDecimal() says.
    constexpr bool kDecimalsByCast = true;
    static const Dialect dialect = [] {
        std::vector<FunctionForm> forms;
        addSparkArithmetic(forms);
        addSparkComparisons(forms);
        addSparkCasts(forms);
        addSparkConditions(forms);
        addSparkMath(forms);
        addSparkTexts(forms);
        addSparkPatterns(forms);
        addSparkTimes(forms);
        addSparkTimeTexts(forms);
        return Dialect(Engine::Spark, {sparkIdentifier, sparkLiteral, sparkType, sparkCast, kDecimalsByCast},
                       std::move(forms), sparkAggregateForms());
    }();
    return dialect;
}

}  // namespace rw
