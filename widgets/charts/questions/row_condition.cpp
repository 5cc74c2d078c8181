#include "widgets/charts/questions/row_condition.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "core/data/text.h"
#include "core/sql/parse/ast.h"

namespace rw::ui {

namespace {

constexpr double kMostExact = 9'007'199'254'740'992;  // 2^53: whole numbers up to there are all DOUBLEs
// A cut text ends with an ellipsis, and may be shorter by a letter.
constexpr std::size_t kCutRoom = 8;

std::string textLiteral(std::string_view text) {
    std::string out = "'";
    for (const char each : text) {
        if (each == '\'') out += '\'';
        out += each;
    }
    return out + '\'';
}

std::string timeLiteral(Instant at) {
    std::string text;
    appendTimestamp(text, at);
    return textLiteral(text);
}

/// A DOUBLE, not a DECIMAL, which would be compared in another way.
std::string doubleLiteral(double value) {
    std::string text;
    appendDouble(text, value);
    return text.find('e') == std::string::npos ? text + "E0" : text;
}

/// How a value of that type stands in SQL, of the text that toText() gives; empty: it can't.
std::string literal(Type type, const std::string& text) {
    if (type.is(TypeId::String) || type.is(TypeId::Timestamp)) return textLiteral(text);
    if (type.is(TypeId::Date)) return "DATE " + textLiteral(text);
    if (type.is(TypeId::Double)) {
        const auto value = parseDouble(text);
        return value && std::isfinite(*value) ? doubleLiteral(*value) : std::string();
    }
    // The smallest is no literal: it would be a larger one with a minus.
    if (type.is(TypeId::Bigint) && parseBigint(text) == std::numeric_limits<std::int64_t>::min()) return {};
    return type.isNumeric() || type.is(TypeId::Boolean) ? text : std::string();
}

}  // namespace

RowCondition& RowCondition::add(const ChartColumn& column, const std::string& rest) {
    if (!m_sql.empty()) m_sql += " AND ";
    m_sql += sql::quoteIdentifier(column.name) + ' ' + rest;
    return *this;
}

RowCondition& RowCondition::time(const ChartColumn& column, Instant at) {
    return column.present() ? add(column, "= " + timeLiteral(at)) : *this;
}

RowCondition& RowCondition::number(const ChartColumn& column, double value) {
    if (!column.present() || !std::isfinite(value)) return *this;
    if (column.type.is(TypeId::Double)) return add(column, "= " + doubleLiteral(value));
    const int scale = column.type.is(TypeId::Decimal) ? column.type.scale : 0;
    if (std::fabs(value) * std::pow(10.0, scale) >= kMostExact) return *this;
    return add(column, fmt::format("= {:.{}f}", value, scale));
}

RowCondition& RowCondition::label(const ChartColumn& column, const std::string& label) {
    if (!column.present()) return *this;
    if (label == "NULL" && !column.type.is(TypeId::String)) return add(column, "IS NULL");
    if (label == "NULL") {
        const std::string name = sql::quoteIdentifier(column.name);
        m_sql += (m_sql.empty() ? "(" : " AND (") + name + " IS NULL OR " + name + " = 'NULL')";
        return *this;
    }
    if (label.size() >= kLongestLabel) return *this;
    const std::string value = literal(column.type, label);
    return value.empty() ? *this : add(column, "= " + value);
}

RowCondition& RowCondition::value(const ChartColumn& column, const Value& value, std::size_t longest) {
    if (!column.present()) return *this;
    if (isNull(value)) return add(column, "IS NULL");
    const std::string text = toText(value, column.type);
    if (column.type.is(TypeId::String) && text.size() + kCutRoom >= longest) return *this;
    const std::string written = literal(column.type, text);
    return written.empty() ? *this : add(column, "= " + written);
}

RowCondition& RowCondition::within(const ChartColumn& column, const Range& range) {
    if (!column.present()) return *this;
    const bool times = column.type.is(TypeId::Timestamp);
    const auto edge = [times](double value) {
        return times ? timeLiteral(static_cast<Instant>(std::ceil(value))) : doubleLiteral(value);
    };
    return add(column, ">= " + edge(range.from)).add(column, "< " + edge(range.to));
}

RowCondition& RowCondition::open(const ChartColumn& column) {
    return column.present() && column.type.is(TypeId::String) ? add(column, "= ''") : *this;
}

}  // namespace rw::ui
