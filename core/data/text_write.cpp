// Values to text.
#include <algorithm>
#include <array>

#include "core/base/byte_size.h"
#include "core/data/base64.h"
#include "core/data/text.h"
#include "core/data/time_text.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

/// Appends the text that `put` writes to raw memory.
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
void appendLong(std::string& out, std::int64_t value, Type type) {
    if (type.is(TypeId::Timestamp)) return appendTimestamp(out, value);
    if (type.is(TypeId::IntervalDay)) {
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
    visitType(column.type().id,
              Overloaded{
                  [&](types::Boolean) { appendBoolean(out, column.at<std::uint8_t>(row) != 0); },
                  [&](types::Double) { appendDouble(out, column.at<double>(row)); },
                  [&](types::Decimal) { appendDecimal(out, column.at<Int128>(row), column.type().scale); },
                  [&](types::Date) { appendDate(out, column.at<std::int32_t>(row)); },
                  [&](types::Int) { appendInteger(out, column.at<std::int32_t>(row)); },
                  [&](AnyOf<types::Bigint, types::Timestamp, types::IntervalDay, types::IntervalMonth> auto) {
                      appendLong(out, column.at<std::int64_t>(row), column.type());
                  },
                  [&](types::String) { out += column.string(row); },
                  [&](types::Bytes) { appendBase64(out, column.string(row)); }, [](types::Null) {}});
}

std::string toText(const Value& value, Type type) {
    std::string out;
    std::visit(Overloaded{[](std::monostate) {}, [&](bool truth) { appendBoolean(out, truth); },
                          [&](std::int32_t number) {
                              if (type.is(TypeId::Date)) return appendDate(out, number);
                              appendInteger(out, number);
                          },
                          [&](std::int64_t number) { appendLong(out, number, type); },
                          [&](double number) { appendDouble(out, number); },
                          [&](Int128 unscaled) { appendDecimal(out, unscaled, type.scale); },
                          [&](const std::string& text) {
                              if (type.is(TypeId::Bytes)) return appendBase64(out, text);
                              out = text;
                          }},
               value);
    return out;
}

void appendHex(std::string& out, std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 0xFU];
    }
}

void appendShownBytes(std::string& out, std::string_view bytes, std::size_t most) {
    constexpr std::size_t kShown = 16;
    out += "x'";
    appendHex(out, bytes.substr(0, kShown));
    if (bytes.size() <= kShown) {
        out += '\'';
        return;
    }
    out += "…' (";
    if (bytes.size() > most) out += "> ";
    out += byteSizeText(std::min(bytes.size(), most));
    out += ')';
}

std::optional<Value> parseValue(std::string_view text, Type type) {
    using Read = std::optional<Value>;
    const auto read = [](const auto& value) { return value ? Read(*value) : std::nullopt; };
    return visitType(
        type.id,
        Overloaded{[&](types::Boolean) { return read(parseBoolean(text)); },
                   [&](types::Int) { return read(parseInt(text)); },
                   [&](types::Bigint) { return read(parseBigint(text)); },
                   [&](types::Double) { return read(parseDouble(text)); },
                   [&](types::Decimal) { return read(parseDecimal(text, type.precision, type.scale)); },
                   [&](types::String) { return Read(std::string(text)); },
                   [&](types::Bytes) { return read(parseBytes(text)); },
                   [&](types::Date) { return read(parseDate(text)); },
                   [&](types::Timestamp) { return read(parseTimestamp(text)); },
                   [](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) { return Read(); }});
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
        } else if (column->type().is(TypeId::Bytes)) {
            appendShownBytes(out, column->string(row));
        } else {
            appendCell(out, *column, row);
        }
    }
    return out;
}

}  // namespace rw
