#include "core/connect/csv/writer.h"

#include "core/data/text.h"
#include "core/data/trim.h"

namespace rw {

void CsvWriter::appendText(std::string& out, std::string_view text) const {
    const auto has = [text](char c) { return text.find(c) != std::string_view::npos; };
    const bool quoted = text.empty() || isBlank(text.front()) || isBlank(text.back()) ||
                        has(m_format.delimiter) || has(m_format.quote) || has('\n') || has('\r');
    if (!quoted) {
        out += text;
        return;
    }
    out += m_format.quote;
    for (const char c : text) {
        if (c == m_format.quote) out += c;
        out += c;
    }
    out += m_format.quote;
}

void CsvWriter::appendHeader(std::string& out, const Schema& schema) const {
    if (m_updating) out += "op";
    for (std::size_t i = 0; i < schema.size(); ++i) {
        if (i > 0 || m_updating) out += m_format.delimiter;
        appendText(out, schema.fields[i].name);
    }
    out += '\n';
}

void CsvWriter::appendRows(std::string& out, const Batch& batch) const {
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (m_updating) out += toString(batch.kind(row));
        for (std::size_t i = 0; i < batch.columns.size(); ++i) {
            if (i > 0 || m_updating) out += m_format.delimiter;
            const Column& column = *batch.columns[i];
            if (!column.type().is(TypeId::String)) {
                appendCell(out, column, row);
            } else if (!column.isNull(row)) {
                appendText(out, column.string(row));
            }
        }
        out += '\n';
    }
}

}  // namespace rw
