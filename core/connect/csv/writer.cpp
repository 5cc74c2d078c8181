#include "core/connect/csv/writer.h"

#include "core/data/cell_writer.h"
#include "core/data/find_bytes.h"
#include "core/data/text_block.h"
#include "core/data/trim.h"

namespace rw {

namespace {

bool needsQuotes(std::string_view text, const CsvFormat& format) {
    if (text.empty() || isBlank(text.front()) || isBlank(text.back())) return true;
    const auto delimiter = static_cast<signed char>(format.delimiter);
    const auto quote = static_cast<signed char>(format.quote);
    return hasBytes(text, [=](const SixteenBytes& bytes) {
        return (bytes == delimiter) | (bytes == quote) | (bytes == '\n') | (bytes == '\r');
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

char* putText(TextBlock& block, char* at, std::string_view text, const CsvFormat& format) {
    if (!needsQuotes(text, format)) return block.put(at, text);
    appendQuoted(block.flush(at), text, format.quote);
    return block.begin();
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

void CsvWriter::appendRows(std::string& out, const Batch& batch) const {
    if (batch.rows == 0) return;  // columns may be missing
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
            at = cell.isText() ? putText(block, at, cell.text(row), m_format) : cell.write(at, row);
        }
        at = block.room(at, 1);
        *at++ = '\n';
    }
    block.flush(at);
}

}  // namespace rw
