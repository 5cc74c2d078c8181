// Values to text.
#include <algorithm>
#include <array>
#include <charconv>

#include "core/data/text.h"

namespace rw {

namespace {

constexpr std::int64_t kMillisPerDay = 86'400'000;

template <class Number>
void appendNumber(std::string& out, Number value) {
    std::array<char, 64> buffer;
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    out.append(buffer.data(), end);
}

/// The last digits of `value` (not negative) at buffer[0 … width).
void putDigits(char* buffer, int width, std::int64_t value) {
    for (int i = width - 1; i >= 0; --i, value /= 10) buffer[i] = static_cast<char>('0' + value % 10);
}

void appendCivil(std::string& out, std::int64_t days) {
    const CivilDate date = civilFromDays(days);
    std::array<char, 10> text{0, 0, 0, 0, '-', 0, 0, '-', 0, 0};
    putDigits(text.data() + 5, 2, date.month);
    putDigits(text.data() + 8, 2, date.day);
    if (date.year >= 0 && date.year <= 9'999) {
        putDigits(text.data(), 4, date.year);
        out.append(text.data(), text.size());
    } else {  // results of arithmetic may lie beyond what is read
        out += fmt::format("{:05}", date.year);
        out.append(text.data() + 4, text.size() - 4);
    }
}

void appendBoolean(std::string& out, bool value) {
    out += value ? "true" : "false";
}

/// One of the types whose memory type is std::int64_t.
void appendLong(std::string& out, std::int64_t value, TypeId type) {
    if (type == TypeId::Timestamp) return appendTimestamp(out, value);
    if (type == TypeId::IntervalDay) {
        out += formatDuration(value);
        return;
    }
    appendNumber(out, value);
}

}  // namespace

void appendDouble(std::string& out, double value) {
    if (std::isnan(value)) {
        out += "NaN";
    } else if (std::isinf(value)) {
        out += value < 0 ? "-Infinity" : "Infinity";
    } else {
        appendNumber(out, value);
    }
}

void appendDecimal(std::string& out, Int128 unscaled, int scale) {
    std::array<char, 48> buffer;
    char* const end = buffer.data() + buffer.size();
    char* at = end;
    UInt128 rest = unscaled < 0 ? -static_cast<UInt128>(unscaled) : static_cast<UInt128>(unscaled);
    for (int digits = 0; rest != 0 || digits <= scale; ++digits) {
        if (digits == scale && scale > 0) *--at = '.';
        *--at = static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    }
    if (unscaled < 0) *--at = '-';
    out.append(at, end);
}

void appendDate(std::string& out, std::int32_t days) {
    appendCivil(out, days);
}

void appendTimestamp(std::string& out, Instant millis) {
    std::int64_t days = millis / kMillisPerDay, time = millis % kMillisPerDay;
    if (time < 0) {  // days begin at midnight before 1970, too
        time += kMillisPerDay;
        --days;
    }
    appendCivil(out, days);
    std::array<char, 13> clock{' ', 0, 0, ':', 0, 0, ':', 0, 0, '.', 0, 0, 0};
    putDigits(clock.data() + 1, 2, time / 3'600'000);
    putDigits(clock.data() + 4, 2, time / 60'000 % 60);
    putDigits(clock.data() + 7, 2, time / 1'000 % 60);
    putDigits(clock.data() + 10, 3, time % 1'000);
    out.append(clock.data(), clock.size());
}

void appendCell(std::string& out, const Column& column, std::size_t row) {
    if (column.isNull(row)) return;
    switch (column.type().id) {
        case TypeId::Boolean:
            return appendBoolean(out, column.at<std::uint8_t>(row) != 0);
        case TypeId::Int:
            return appendNumber(out, column.at<std::int32_t>(row));
        case TypeId::Bigint:
        case TypeId::Timestamp:
        case TypeId::IntervalDay:
        case TypeId::IntervalMonth:
            return appendLong(out, column.at<std::int64_t>(row), column.type().id);
        case TypeId::Double:
            return appendDouble(out, column.at<double>(row));
        case TypeId::Decimal:
            return appendDecimal(out, column.at<Int128>(row), column.type().scale);
        case TypeId::Date:
            return appendDate(out, column.at<std::int32_t>(row));
        case TypeId::String:
            out += column.string(row);
            return;
        case TypeId::Null:
            return;
    }
}

std::string toText(const Value& value, Type type) {
    std::string out;
    switch (value.index()) {
        case 0:
            break;
        case 1:
            appendBoolean(out, std::get<bool>(value));
            break;
        case 2:
            if (type.is(TypeId::Date)) {
                appendDate(out, std::get<std::int32_t>(value));
            } else {
                appendNumber(out, std::get<std::int32_t>(value));
            }
            break;
        case 3:
            appendLong(out, std::get<std::int64_t>(value), type.id);
            break;
        case 4:
            appendDouble(out, std::get<double>(value));
            break;
        case 5:
            appendDecimal(out, std::get<Int128>(value), type.scale);
            break;
        default:
            out = std::get<std::string>(value);
    }
    return out;
}

std::optional<Value> parseValue(std::string_view text, Type type) {
    const auto wrapped = [](const auto& value) -> std::optional<Value> {
        if (!value) return std::nullopt;
        return Value(*value);
    };
    switch (type.id) {
        case TypeId::Boolean:
            return wrapped(parseBoolean(text));
        case TypeId::Int:
            return wrapped(parseInt(text));
        case TypeId::Bigint:
            return wrapped(parseBigint(text));
        case TypeId::Double:
            return wrapped(parseDouble(text));
        case TypeId::Decimal:
            return wrapped(parseDecimal(text, type.precision, type.scale));
        case TypeId::String:
            return Value(std::string(text));
        case TypeId::Date:
            return wrapped(parseDate(text));
        case TypeId::Timestamp:
            return wrapped(parseTimestamp(text));
        case TypeId::Null:
        case TypeId::IntervalDay:
        case TypeId::IntervalMonth:
            break;
    }
    return std::nullopt;
}

std::string shortened(std::string_view text, std::size_t limit) {
    constexpr std::string_view kEllipsis = "…";
    if (text.size() <= limit) return std::string(text);
    std::size_t end = limit - std::min(limit, kEllipsis.size());
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string(text.substr(0, end)).append(kEllipsis);
}

std::string rowText(const Batch& batch, std::size_t row) {
    std::string out;
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
        const ColumnRef& column = batch.columns[i];
        if (!column) continue;
        if (!out.empty()) out += ", ";
        out += batch.schema->fields[i].name;
        out += '=';
        if (column->isNull(row)) {
            out += "NULL";
        } else {
            appendCell(out, *column, row);
        }
    }
    return out;
}

}  // namespace rw
