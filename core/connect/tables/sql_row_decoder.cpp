#include "core/connect/tables/sql_row_decoder.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/network_order.h"
#include "core/data/text.h"
#include "core/data/utf8.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

constexpr std::int64_t kMillennium = 946'684'800'000;  // 2000-01-01, in milliseconds
constexpr std::int32_t kMillenniumDay = 10'957;

template <class T>
std::optional<T> networkOrder(std::string_view bytes) {
    if (bytes.size() != sizeof(T)) return std::nullopt;
    return readNetworkOrder<T>(bytes.data());
}

template <class T>
bool putCell(ColumnBuilder& builder, const std::optional<T>& value) {
    if (value) builder.append(*value);
    return value.has_value();
}

/// PostgreSQL writes t and f, MariaDB 1 and 0.
std::optional<std::uint8_t> truthIn(std::string_view text) {
    if (text == "t" || text == "1") return std::uint8_t{1};
    if (text == "f" || text == "0") return std::uint8_t{0};
    const std::optional<bool> truth = parseBoolean(text);
    if (!truth) return std::nullopt;
    return *truth ? std::uint8_t{1} : std::uint8_t{0};
}

/// Sessions are in UTC: “2024-03-01 12:00:00.123+00”.
std::optional<Instant> instantIn(std::string_view text) {
    constexpr std::string_view kUtc = "+00";
    if (text.ends_with(kUtc)) text.remove_suffix(kUtc.size());
    return parseTimestamp(text);
}

std::optional<std::string> bytesIn(std::string_view text) {
    if (!text.starts_with("\\x")) return std::nullopt;
    return parseHex(text.substr(2));
}

/// Values of one column, in any of their forms.
class SqlCellReader {
 public:
    SqlCellReader(Type type, SqlCellForm form) : m_type(type), m_form(form) {}

    /// False: it is not of the type, and nothing was appended.
    bool append(std::string_view cell, ColumnBuilder& builder) const {
        switch (m_form) {
            case SqlCellForm::Text:
                return appendText(cell, builder);
            case SqlCellForm::Raw:
                return appendString(cell, builder);
            case SqlCellForm::HexText:
                return appendHexText(cell, builder);
            default:
                return appendNumber(cell, builder);
        }
    }

 private:
    bool appendText(std::string_view text, ColumnBuilder& builder) const {
        return visitType(
            m_type.id,
            Overloaded{
                [&](types::Int) { return putCell(builder, parseInt(text)); },
                [&](types::Bigint) { return putCell(builder, parseBigint(text)); },
                [&](types::Boolean) { return putCell(builder, truthIn(text)); },
                [&](types::Double) { return putCell(builder, parseDouble(text)); },
                [&](types::Decimal) {
                    return putCell(builder, parseDecimal(text, m_type.precision, m_type.scale));
                },
                [&](types::Date) { return putCell(builder, parseDate(text)); },
                [&](types::Timestamp) { return putCell(builder, instantIn(text)); },
                [&](AnyOf<types::String, types::Bytes> auto) { return appendString(text, builder); },
                // Never a stream's columns.
                [&](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) { return false; }});
    }
    bool appendString(std::string_view bytes, ColumnBuilder& builder) const {
        if (m_type.is(TypeId::String) && validUtf8Prefix(bytes) != bytes.size()) return false;
        builder.appendString(bytes);
        return true;
    }
    bool appendHexText(std::string_view text, ColumnBuilder& builder) const {
        const std::optional<std::string> bytes = bytesIn(text);
        return bytes && appendString(*bytes, builder);
    }
    bool appendNumber(std::string_view bytes, ColumnBuilder& builder) const {
        switch (m_form) {
            case SqlCellForm::OneByte: {
                const auto truth = networkOrder<std::uint8_t>(bytes);
                if (truth) builder.append(*truth == 0 ? std::uint8_t{0} : std::uint8_t{1});
                return truth.has_value();
            }
            case SqlCellForm::TwoBytes:
                return appendInteger(networkOrder<std::int16_t>(bytes), builder);
            case SqlCellForm::FourBytes:
                return appendInteger(networkOrder<std::int32_t>(bytes), builder);
            case SqlCellForm::EightBytes:
                return appendInteger(networkOrder<std::int64_t>(bytes), builder);
            case SqlCellForm::Float:
                return putCell(builder, networkOrder<double>(bytes));
            case SqlCellForm::Days:
                return appendDays(networkOrder<std::int32_t>(bytes), builder);
            default:
                return appendMicros(networkOrder<std::int64_t>(bytes), builder);
        }
    }
    template <class T>
    bool appendInteger(const std::optional<T>& value, ColumnBuilder& builder) const {
        if (!value) return false;
        if (m_type.is(TypeId::Bigint)) {
            builder.append(static_cast<std::int64_t>(*value));
            return true;
        }
        if (!m_type.is(TypeId::Int) || *value != static_cast<std::int32_t>(*value)) return false;
        builder.append(static_cast<std::int32_t>(*value));
        return true;
    }
    /// The smallest and the largest number stand for infinities, which no stream has.
    static bool appendDays(const std::optional<std::int32_t>& days, ColumnBuilder& builder) {
        constexpr std::int32_t kMost = 3'000'000;  // beyond the year 9999
        if (!days || *days < -kMost || *days > kMost) return false;
        builder.append(*days + kMillenniumDay);
        return true;
    }
    static bool appendMicros(const std::optional<std::int64_t>& micros, ColumnBuilder& builder) {
        constexpr std::int64_t kMost = std::int64_t{3'000'000} * 86'400'000'000;
        if (!micros || *micros < -kMost || *micros > kMost) return false;
        const std::int64_t rest = *micros % 1'000;
        builder.append(Instant{*micros / 1'000 - (rest < 0 ? 1 : 0) + kMillennium});
        return true;
    }

    const Type m_type;
    const SqlCellForm m_form;
};

/// A date or a time from 2000 on, of which the first and the last stand for infinities.
template <class T>
std::string shownMoment(T since, std::int64_t perDay) {
    if (since == std::numeric_limits<T>::max()) return "infinity";
    if (since == std::numeric_limits<T>::min()) return "-infinity";
    const std::int64_t rest = since % perDay, day = since / perDay - (rest < 0 ? 1 : 0);
    std::string text;
    constexpr std::int64_t kPerMilli = 1'000, kMillisPerDay = 86'400'000;
    if (perDay == 1) {
        appendDate(text, static_cast<std::int32_t>(day + kMillenniumDay));
    } else {
        const std::int64_t inDay = rest + (rest < 0 ? perDay : 0);
        appendTimestamp(text, (day + kMillenniumDay) * kMillisPerDay + inDay / kPerMilli);
    }
    return text;
}

/// A value in binary form; empty: it is none.
std::string shownNumber(std::string_view cell, SqlCellForm form) {
    std::string text;
    const auto integer = [&text](const auto& value) {
        if (value) text = std::to_string(*value);
    };
    switch (form) {
        case SqlCellForm::OneByte:
            text = cell == std::string_view("\0", 1) ? "false" : "true";
            break;
        case SqlCellForm::TwoBytes:
            integer(networkOrder<std::int16_t>(cell));
            break;
        case SqlCellForm::FourBytes:
            integer(networkOrder<std::int32_t>(cell));
            break;
        case SqlCellForm::EightBytes:
            integer(networkOrder<std::int64_t>(cell));
            break;
        case SqlCellForm::Float:
            if (const auto value = networkOrder<double>(cell)) appendDouble(text, *value);
            break;
        case SqlCellForm::Days:
            if (const auto days = networkOrder<std::int32_t>(cell)) text = shownMoment(*days, 1);
            break;
        case SqlCellForm::Micros:
            if (const auto micros = networkOrder<std::int64_t>(cell))
                text = shownMoment(*micros, 86'400'000'000);
            break;
        case SqlCellForm::Text:
        case SqlCellForm::Raw:
        case SqlCellForm::HexText:
            break;
    }
    return text;
}

/// A value for people.
std::string shownCell(std::string_view cell, SqlCellForm form, Type type) {
    if (std::string number = shownNumber(cell, form); !number.empty()) return number;
    const bool text = form == SqlCellForm::Text || form == SqlCellForm::HexText ||
                      (form == SqlCellForm::Raw && type.is(TypeId::String));
    if (text && validUtf8Prefix(cell) == cell.size()) return std::string(cell);
    std::string shown;
    appendShownBytes(shown, cell);
    return shown;
}

/// “id=1, name=a, price=NULL”, as rowText() writes rows.
std::string shownRow(const SqlRows& rows, std::size_t row, const Schema& schema) {
    std::string text;
    for (std::size_t column = 0; column < rows.columns(); ++column) {
        const auto cell = rows.cell(row, column);
        text += (column == 0 ? "" : ", ") + schema.fields[column].name + '=';
        text += cell ? shownCell(*cell, rows.form(column), schema.fields[column].type) : "NULL";
        if (text.size() > BadRow::kLongestText) break;
    }
    return text;
}

/// Of changes that have a fault the first, by the number of the change.
using Faults = std::map<std::uint32_t, std::pair<std::size_t, Text>>;  // the row, and the reason

ColumnRef readColumn(const SqlRows& rows, std::size_t column, const Field& field, bool nullOnError,
                     Faults& faults) {
    ColumnBuilder builder(field.type);
    builder.reserve(rows.size());
    const SqlCellReader reader(field.type, rows.form(column));
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto cell = rows.cell(row, column);
        if (cell && reader.append(*cell, builder)) continue;
        builder.appendNull();
        if (!cell || nullOnError) continue;
        faults.try_emplace(rows.change(row), row,
                           wrongValue(field, shownCell(*cell, rows.form(column), field.type)));
    }
    return builder.finish();
}

std::vector<std::uint32_t> soundRows(const SqlRows& rows, const Faults& faults) {
    std::vector<std::uint32_t> sound;
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        if (faults.count(rows.change(row)) == 0) sound.push_back(row);
    }
    return sound;
}

}  // namespace

ParsedChunk SqlRowDecoder::decode(const SqlRows& rows, Instant arrived) const {
    ParsedChunk out;
    out.rowsRead = rows.changes();
    if (rows.empty()) return out;
    const Schema& schema = *m_options.schema;
    Batch batch;
    batch.schema = m_options.schema;
    batch.rows = rows.size();
    batch.columns.resize(schema.size());
    batch.positions.first = 0;
    Faults faults;
    for (std::size_t column = 0; column < rows.columns(); ++column) {
        ColumnRef read = readColumn(rows, column, schema.fields[column], m_options.nullOnError, faults);
        if (m_options.wants(column)) batch.columns[column] = std::move(read);
    }
    if (!rows.isPlain()) {
        std::vector<RowKind> kinds(rows.size());
        std::vector<std::uint32_t> numbers(rows.size());
        for (std::size_t row = 0; row < rows.size(); ++row) {
            kinds[row] = rows.kind(row);
            numbers[row] = rows.change(row);
        }
        batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
        batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(std::move(numbers));
    }
    for (const auto& [change, fault] : faults)
        out.reject(change, fault.second, shownRow(rows, fault.first, schema));
    if (!faults.empty()) batch = batch.select(soundRows(rows, faults));
    for (std::size_t at = 0; at < batch.rows; at += m_options.batchRows)
        out.batches.push_back(batch.slice(at, std::min(m_options.batchRows, batch.rows - at)));
    MessageBlock block;
    block.arrived = arrived;
    m_options.addOutsideColumns(out, block);
    return out;
}

}  // namespace rw
