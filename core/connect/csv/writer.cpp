#include "core/connect/csv/writer.h"

#include "core/data/text.h"
#include "core/data/trim.h"

namespace rw {

void appendCsvText(std::string& out, std::string_view text, const CsvFormat& format) {
    const auto has = [text](char c) { return text.find(c) != std::string_view::npos; };
    const bool quoted = text.empty() || isBlank(text.front()) || isBlank(text.back()) ||
                        has(format.delimiter) || has(format.quote) || has('\n') || has('\r');
    if (!quoted) {
        out += text;
        return;
    }
    out += format.quote;
    for (const char c : text) {
        if (c == format.quote) out += c;
        out += c;
    }
    out += format.quote;
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
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (m_updating) out += toString(batch.kind(row));
        for (std::size_t i = 0; i < batch.columns.size(); ++i) {
            if (i > 0 || m_updating) out += m_format.delimiter;
            const Column& column = *batch.columns[i];
            if (!column.type().is(TypeId::String)) {
                appendCell(out, column, row);
            } else if (!column.isNull(row)) {
                appendCsvText(out, column.string(row), m_format);
            }
        }
        out += '\n';
    }
}

}  // namespace rw
