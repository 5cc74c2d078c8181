// Flink's words: names, literals and types; and the table, put together of its parts.
#include "core/deploy/flink/dialect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/data/text.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

std::string flinkIdentifier(std::string_view name) {
    std::string out = "`";
    for (const char c : name) out.append(c == '`' ? 2 : 1, c);
    return out + '`';
}

bool isControl(char c) {
    return (c >= 0 && c < ' ') || c == '\x7f';
}

/// In quotes, or by its numbers where it has control characters: SQL clients drop a tab or a CR of a line.
std::string flinkQuoted(std::string_view text) {
    const bool numbers = std::any_of(text.begin(), text.end(), isControl);
    std::string out = numbers ? "U&'" : "'";
    for (const char c : text) {
        if (isControl(c)) {
            out += fmt::format("\\{:04x}", static_cast<int>(c));
        } else {
            out.append(c == '\'' || (numbers && c == '\\') ? 2 : 1, c);
        }
    }
    return out + '\'';
}

// A `\` of a variable's value must stay one: control characters stand apart from variables.
std::string flinkString(std::string_view text) {
    if (std::none_of(text.begin(), text.end(), isControl) || text.find("${") == std::string_view::npos)
        return flinkQuoted(text);
    std::string out;
    while (!text.empty()) {
        const bool control = isControl(text.front());
        const auto end =
            std::find_if(text.begin(), text.end(), [control](char c) { return isControl(c) != control; });
        const auto size = static_cast<std::size_t>(end - text.begin());
        out += (out.empty() ? "(" : " || ") + flinkQuoted(text.substr(0, size));
        text.remove_prefix(size);
    }
    return out + ")";
}

std::string flinkCast(const std::string& value, Type type) {
    return "CAST(" + value + " AS " + flinkType(type) + ")";
}

/// Alone it would be a BINARY of so many bytes, which are filled up with 00 where values meet.
std::string flinkBytes(std::string_view bytes) {
    std::string literal = "X'";
    appendHex(literal, bytes);
    return flinkCast(literal + "'", Type::of(TypeId::Bytes));
}

/// With an exponent: 1.5 is a DECIMAL, 1.5E0 a DOUBLE.
std::string flinkDouble(double value) {
    const Type type = Type::of(TypeId::Double);
    if (std::isnan(value)) return flinkCast("'NaN'", type);
    if (std::isinf(value)) return flinkCast(value < 0 ? "'-Infinity'" : "'Infinity'", type);
    std::array<char, 40> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    const std::string text(buffer.data(), end.ptr);
    const std::size_t mark = text.find('e');
    return text.substr(0, mark) + "E" + std::to_string(std::stoi(text.substr(mark + 1)));
}

/// Digits count as written: 007.5 is a DECIMAL(4,1), .5 a DECIMAL(1,1).
std::string flinkDecimal(Int128 value, Type type) {
    std::string digits;
    appendDecimal(digits, value < 0 ? -value : value, type.scale);
    const std::string sign = value < 0 ? "-" : "";
    if (type.scale == 0) return flinkCast(sign + digits, type);
    const auto whole = static_cast<std::size_t>(type.precision - type.scale);
    const std::size_t point = digits.find('.');
    if (whole == 0) return sign + digits.substr(point);
    return sign + std::string(whole > point ? whole - point : 0, '0') + digits;
}

std::string flinkInteger(std::int64_t value, Type type) {
    const bool isInt = value >= std::numeric_limits<std::int32_t>::min() &&
                       value <= std::numeric_limits<std::int32_t>::max();
    const std::string text = std::to_string(value);
    // The smallest numbers would be read as the negative of one that is too large.
    if (value == std::numeric_limits<std::int64_t>::min()) return flinkCast("'" + text + "'", type);
    if (value == std::numeric_limits<std::int32_t>::min()) return flinkCast(text, type);
    return isInt == type.is(TypeId::Int) ? text : flinkCast(text, type);
}

/// In the largest unit that it is a whole number of. Flink takes two digits where no precision is told.
std::string flinkIntervalLiteral(std::int64_t amount, Type type) {
    struct Unit {
        std::int64_t size;
        const char* name;
    };
    constexpr std::array<Unit, 4> kTimes{
        {{86'400'000, "DAY"}, {3'600'000, "HOUR"}, {60'000, "MINUTE"}, {1'000, "SECOND"}}};
    constexpr std::array<Unit, 2> kMonths{{{12, "YEAR"}, {1, "MONTH"}}};
    const auto text = [amount](const auto& units) {
        std::size_t i = 0;
        while (i + 1 < units.size() && amount % units[i].size != 0) ++i;
        const Unit& unit = units[i];
        const std::uint64_t all =
            amount < 0 ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
        const auto size = static_cast<std::uint64_t>(unit.size);
        const std::string whole = std::to_string(all / size);
        const std::uint64_t rest = all % size;
        const std::string fraction = rest == 0 ? "" : "." + std::to_string(1'000 + rest).substr(1);
        const std::string precision = whole.size() > 2 ? "(" + std::to_string(whole.size()) + ")" : "";
        return std::string("INTERVAL ") + (amount < 0 ? "-'" : "'") + whole + fraction + "' " + unit.name +
               precision;
    };
    return type.is(TypeId::IntervalMonth) ? text(kMonths) : text(kTimes);
}

std::string flinkLiteral(const Value& value, Type type) {
    if (isNull(value)) return type.is(TypeId::Null) ? "NULL" : flinkCast("NULL", type);
    using Literal = std::string;
    return visitType(
        type.id, Overloaded{[&](types::Boolean) { return Literal(std::get<bool>(value) ? "TRUE" : "FALSE"); },
                            [&](types::Int) { return flinkInteger(std::get<std::int32_t>(value), type); },
                            [&](types::Bigint) { return flinkInteger(std::get<std::int64_t>(value), type); },
                            [&](types::Double) { return flinkDouble(std::get<double>(value)); },
                            [&](types::Decimal) { return flinkDecimal(std::get<Int128>(value), type); },
                            [&](types::String) { return flinkString(std::get<std::string>(value)); },
                            [&](types::Bytes) { return flinkBytes(std::get<std::string>(value)); },
                            [&](types::Date) { return "DATE '" + toText(value, type) + "'"; },
                            [&](types::Timestamp) { return "TIMESTAMP '" + toText(value, type) + "'"; },
                            [&](AnyOf<types::IntervalDay, types::IntervalMonth> auto) {
                                return flinkIntervalLiteral(std::get<std::int64_t>(value), type);
                            },
                            [](types::Null) { return Literal("NULL"); }});
}

}  // namespace

std::string flinkType(Type type) {
    return visitType(type.id,
                     [type](AnyOf<types::Boolean, types::Int, types::Bigint, types::Double, types::Decimal,
                                  types::String, types::Date, types::Timestamp, types::Bytes, types::Null,
                                  types::IntervalDay, types::IntervalMonth> auto) { return toString(type); });
}

FunctionForm flinkSame(std::string_view name, std::string_view pattern) {
    FunctionForm row;
    row.name = name;
    row.pattern = pattern;
    return row;
}

FunctionForm flinkWritten(std::string_view name, Written (*write)(CallForm& call)) {
    FunctionForm row;
    row.name = name;
    row.write = write;
    return row;
}

const Dialect& flinkDialect() {
    static const Dialect dialect = [] {
        std::vector<FunctionForm> rows;
        addFlinkMath(rows);
        addFlinkConditions(rows);
        addFlinkCasts(rows);
        addFlinkText(rows);
        addFlinkTime(rows);
        return Dialect(Engine::Flink, {flinkIdentifier, flinkLiteral, flinkType, flinkConversion},
                       std::move(rows), flinkAggregates());
    }();
    return dialect;
}

}  // namespace rw
