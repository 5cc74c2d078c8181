// Values to text.
#include <algorithm>
#include <array>

#include "core/data/text.h"
#include "core/data/time_text.h"

namespace rw {

namespace {

/// What `put` writes to raw memory.
template <class Put>
void appendPut(std::string& out, Put&& put) {
    std::array<char, kNumberRoom> buffer;
    out.append(buffer.data(), put(buffer.data()));
}

void appendBoolean(std::string& out, bool value) {
    out += value ? "true" : "false";
}

void appendInteger(std::string& out, std::int64_t value) {
    appendPut(out, [value](char* at) { return putInteger(at, value); });
}

/// One of the types whose memory type is std::int64_t.
void appendLong(std::string& out, std::int64_t value, TypeId type) {
    if (type == TypeId::Timestamp) return appendTimestamp(out, value);
    if (type == TypeId::IntervalDay) {
        out += formatDuration(value);
        return;
    }
    appendInteger(out, value);
}

}  // namespace

void appendDouble(std::string& out, double value) {
    appendPut(out, [value](char* at) { return putDouble(at, value); });
}

void appendDecimal(std::string& out, Int128 unscaled, int scale) {
    appendPut(out, [unscaled, scale](char* at) { return putDecimalOf(scale)(at, unscaled); });
}

void appendDate(std::string& out, std::int32_t days) {
    appendPut(out, [days](char* at) { return DateText().write(at, days); });
}

void appendTimestamp(std::string& out, Instant millis) {
    appendPut(out, [millis](char* at) { return TimestampText().write(at, millis); });
}

void appendCell(std::string& out, const Column& column, std::size_t row) {
    if (column.isNull(row)) return;
    switch (column.type().id) {
        case TypeId::Boolean:
            return appendBoolean(out, column.at<std::uint8_t>(row) != 0);
        case TypeId::Int:
            return appendInteger(out, column.at<std::int32_t>(row));
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
                appendInteger(out, std::get<std::int32_t>(value));
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
