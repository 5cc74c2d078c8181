#include "core/connect/csv/writer.h"

#include <algorithm>
#include <type_traits>

#include "core/data/cell_writer.h"
#include "core/data/find_bytes.h"
#include "core/data/text.h"
#include "core/data/text_block.h"
#include "core/data/trim.h"
#include "core/sql/time_math.h"

namespace rw {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Also true of texts with a NUL byte, which no quotes help.
bool needsQuotes(std::string_view text, const CsvFormat& format) {
    if (text.empty() || isBlank(text.front()) || isBlank(text.back())) return true;
    if (text.starts_with(kByteOrderMark)) return true;  // at the start of a file it would be that
    const auto delimiter = static_cast<signed char>(format.delimiter);
    const auto quote = static_cast<signed char>(format.quote);
    return hasBytes(text, [=](const SixteenBytes& bytes) {
        return (bytes == delimiter) | (bytes == quote) | (bytes == '\n') | (bytes == '\r') | (bytes == 0);
    });
}

void appendQuoted(std::string& out, std::string_view text, char quote) {
    out += quote;
    for (std::size_t at = text.find(quote); at != std::string_view::npos; at = text.find(quote)) {
        out += text.substr(0, at + 1);
        out += quote;
        text.remove_prefix(at + 1);
    }
    out += text;
    out += quote;
}

bool hasNul(std::string_view text) {
    return text.find('\0') != std::string_view::npos;
}

/// `fine` becomes false where the text can't be written.
char* putText(TextBlock& block, char* at, std::string_view text, const CsvFormat& format, bool& fine) {
    if (!needsQuotes(text, format)) return block.put(at, text);
    fine = fine && !hasNul(text);
    appendQuoted(block.flush(at), text, format.quote);
    return block.begin();
}

/// Days or milliseconds that files may have; the others say “+10000-01-01”, or a year before the first.
template <class T>
bool inYears(T value) {
    constexpr std::int64_t kUnit = std::is_same_v<T, Instant> ? sql::kMillisPerDay : 1;
    constexpr std::int64_t kFirst = -719'162 * kUnit, kEnd = 2'932'897 * kUnit;  // 0001-01-01, 10000-01-01
    return value >= kFirst && value < kEnd;
}

template <class T>
bool allInYears(const Column& column) {
    bool all = true;
    for (const T value : column.values<T>()) all &= inYears(value);
    return all;
}

/// Whether no date or time of the batch is outside; NULLs are 1970.
bool datesFit(const Batch& batch) {
    return std::all_of(batch.columns.begin(), batch.columns.end(), [](const ColumnRef& column) {
        const TypeId type = column->type().id;
        if (type == TypeId::Date) return allInYears<std::int32_t>(*column);
        return type != TypeId::Timestamp || allInYears<Instant>(*column);
    });
}

/// Why a cell can't be written; empty: it can.
Text cellReason(const Field& field, const Column& column, std::size_t row) {
    const auto year = [&](bool fits) {
        if (fits) return Text{};
        return RW_TEXT("csv", "“%1” is %2: dates in CSV files have years from 0001 to 9999.")
            .with(field.name, toText(valueAt(column, row), field.type));
    };
    switch (field.type.id) {
        case TypeId::String:
            if (!hasNul(column.string(row))) return {};
            return RW_TEXT("csv", "“%1” holds a NUL byte, which CSV files can't have.").with(field.name);
        case TypeId::Date:
            return year(inYears(column.at<std::int32_t>(row)));
        case TypeId::Timestamp:
            return year(inYears(column.at<Instant>(row)));
        default:
            return {};
    }
}

sql::RowErrors unwritableRows(const Batch& batch) {
    sql::RowErrors errors;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        for (std::size_t i = 0; i < batch.columns.size(); ++i) {
            Text reason = cellReason(batch.schema->fields[i], *batch.columns[i], row);
            if (reason.empty()) continue;
            errors.push_back({row, std::move(reason)});
            break;
        }
    }
    return errors;
}

/// The rows of the batch that are not among `errors`.
Batch without(const Batch& batch, const sql::RowErrors& errors) {
    std::vector<std::uint32_t> rows;
    auto error = errors.begin();
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (error != errors.end() && error->row == row) {
            ++error;
        } else {
            rows.push_back(row);
        }
    }
    return batch.select(rows);
}

}  // namespace

void appendCsvText(std::string& out, std::string_view text, const CsvFormat& format) {
    if (needsQuotes(text, format)) return appendQuoted(out, text, format.quote);
    out += text;
}

void CsvWriter::appendHeader(std::string& out, const Schema& schema) const {
    if (m_updating) out += "op";
    for (std::size_t i = 0; i < schema.size(); ++i) {
        if (i > 0 || m_updating) out += m_format.delimiter;
        appendCsvText(out, schema.fields[i].name, m_format);
    }
    out += '\n';
}

sql::RowErrors CsvWriter::appendRows(std::string& out, const Batch& batch) const {
    if (batch.rows == 0) return {};  // columns may be missing
    const std::size_t before = out.size();
    if (append(out, batch) && datesFit(batch)) return {};
    out.resize(before);
    sql::RowErrors errors = unwritableRows(batch);
    append(out, without(batch, errors));
    return errors;
}

/// Whether all texts could be written.
bool CsvWriter::append(std::string& out, const Batch& batch) const {
    bool fine = true;
    std::vector<CellWriter> cells;
    cells.reserve(batch.columns.size());
    for (const ColumnRef& column : batch.columns) cells.emplace_back(*column);
    TextBlock block(out);
    char* at = block.begin();
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (m_updating) at = block.put(at, toString(batch.kind(row)));
        bool separated = m_updating;
        for (CellWriter& cell : cells) {
            at = block.room(at, CellWriter::kRoom + 1);  // with the delimiter
            *at = m_format.delimiter;
            at += separated ? 1 : 0;
            separated = true;
            if (cell.isNull(row)) continue;
            at = cell.isText() ? putText(block, at, cell.text(row), m_format, fine) : cell.write(at, row);
        }
        at = block.room(at, 1);
        *at++ = '\n';
    }
    block.flush(at);
    return fine;
}

}  // namespace rw
