#include "core/connect/csv/writer.h"

#include <algorithm>

#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/connect/files/readable_rows.h"
#include "core/data/cell_writer.h"
#include "core/data/find_bytes.h"
#include "core/data/text_block.h"
#include "core/data/trim.h"

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

/// `fine` becomes false where it may be that the text can't be written: it holds a NUL byte, or has more than
/// `sure` bytes in quotes.
char* putText(TextBlock& block, char* at, std::string_view text, const CsvFormat& format, std::size_t sure,
              bool& fine) {
    if (!needsQuotes(text, format)) return block.put(at, text);
    fine = fine && text.size() <= sure && !hasNul(text);
    appendQuoted(block.flush(at), text, format.quote);
    return block.begin();
}

/// How many bytes the text has between its quotes.
std::size_t quotedSize(std::string_view text, char quote) {
    return text.size() + static_cast<std::size_t>(std::count(text.begin(), text.end(), quote));
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

/// Why a cell can't be written; empty: it can.
Text CsvWriter::cellReason(const Field& field, const Column& column, std::size_t row) const {
    if (!field.type.is(TypeId::String)) return unfitDate(field, column, row);
    const std::string_view text = column.string(row);
    if (hasNul(text))
        return RW_TEXT("csv", "“%1” holds a NUL byte, which CSV files can't have.").with(field.name);
    // The closing quote must be among the bytes that are searched for it.
    if (!m_limits || text.size() < m_limits->quoted / 2 || !needsQuotes(text, m_format) ||
        quotedSize(text, m_format.quote) < m_limits->quoted)
        return {};
    return RW_TEXT("csv", "“%1” has %2 bytes in quotes: sources read no more than %3.")
        .with(field.name, figures::count(quotedSize(text, m_format.quote)), byteSizeText(m_limits->quoted));
}

Text CsvWriter::rowReason(const Batch& batch, std::uint32_t row) const {
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
        Text reason = cellReason(batch.schema->fields[i], *batch.columns[i], row);
        if (!reason.empty()) return reason;
    }
    if (!m_limits) return {};
    std::string alone;
    append(alone, batch.select(std::vector<std::uint32_t>{row}));
    if (alone.size() <= m_limits->row) return {};
    return RW_TEXT("csv", "The row has %1 bytes: sources read no more than %2.")
        .with(figures::count(alone.size()), byteSizeText(m_limits->row));
}

sql::RowErrors CsvWriter::unreadRows(const Batch& batch) const {
    sql::RowErrors errors;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        Text reason = rowReason(batch, row);
        if (!reason.empty()) errors.push_back({row, std::move(reason)});
    }
    return errors;
}

sql::RowErrors CsvWriter::appendRows(std::string& out, const Batch& batch,
                                     std::vector<std::size_t>* ends) const {
    if (batch.rows == 0) return {};  // columns may be missing
    const std::size_t before = out.size(), endsBefore = ends != nullptr ? ends->size() : 0;
    const bool fine = append(out, batch, ends);
    const bool rowsFit = !m_limits || out.size() - before <= m_limits->row;  // all of them together
    if (fine && rowsFit && datesFit(batch)) return {};
    out.resize(before);
    if (ends != nullptr) ends->resize(endsBefore);
    sql::RowErrors errors = unreadRows(batch);
    append(out, errors.empty() ? batch : rowsWithout(batch, errors), ends);
    return errors;
}

sql::RowErrors CsvWriter::appendEveryRow(std::string& out, const Batch& batch) const {
    if (batch.rows == 0) return {};  // columns may be missing
    const bool fine = append(out, batch);
    return fine && !m_limits && datesFit(batch) ? sql::RowErrors() : unreadRows(batch);
}

/// Whether all texts could be written, for sure.
bool CsvWriter::append(std::string& out, const Batch& batch, std::vector<std::size_t>* ends) const {
    bool fine = true;
    const std::size_t sure = m_limits ? (m_limits->quoted - 1) / 2 : std::string_view::npos;
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
            at = cell.isText() ? putText(block, at, cell.text(row), m_format, sure, fine)
                               : cell.write(at, row);
        }
        at = block.room(at, 1);
        *at++ = '\n';
        if (ends != nullptr) ends->push_back(out.size() + static_cast<std::size_t>(at - block.begin()));
    }
    block.flush(at);
    return fine;
}

}  // namespace rw
