#include "core/connect/csv/rows.h"

namespace rw {

std::size_t CsvFraming::rowEnd(CsvQuotes& quotes, std::string_view bytes, std::size_t start,
                               bool atEnd) const {
    const std::size_t open = atEnd ? bytes.size() : start;  // where a row without a line end ends
    const auto lineEnd = [&](std::size_t from) {
        const std::size_t end = bytes.find('\n', from);
        return end == std::string_view::npos ? open : end + 1;
    };
    quotes.startRow();
    std::size_t at = start;  // outside quotes
    for (;;) {
        const std::size_t end = lineEnd(at);
        if (!m_format.quoting()) return end;
        const std::string_view line = bytes.substr(0, end == start ? bytes.size() : end);
        std::size_t quote = line.find(m_format.quote, at);
        while (quote != std::string_view::npos && quote != start && bytes[quote - 1] != m_format.delimiter) {
            quote = line.find(m_format.quote, quote + 1);
        }
        if (quote == std::string_view::npos) return end;
        switch (quotes.close(quote)) {
            case CsvQuotes::End::Closed:
                at = quotes.after();
                break;
            case CsvQuotes::End::Broken:
                return lineEnd(start);
            case CsvQuotes::End::More:
                return start;
        }
    }
}

std::size_t CsvFraming::completeRows(std::string_view bytes, bool atEnd) const {
    if (atEnd) return bytes.size();
    if (!m_format.quoting() || bytes.find(m_format.quote) == std::string_view::npos) {
        return bytes.rfind('\n') + 1;  // npos + 1 is 0
    }
    CsvQuotes quotes(bytes, m_format, m_limits, atEnd);
    std::size_t complete = 0;
    while (complete < bytes.size()) {
        const std::size_t end = rowEnd(quotes, bytes, complete, atEnd);
        if (end == complete) break;
        complete = end;
    }
    return complete;
}

std::size_t CsvFraming::firstRow(std::string_view bytes, bool atEnd) const {
    CsvQuotes quotes(bytes, m_format, m_limits, atEnd);
    return rowEnd(quotes, bytes, 0, atEnd);
}

std::optional<std::vector<CsvField>> splitRow(std::string_view row, const CsvFormat& format) {
    row = withoutLineEnd(row);
    std::vector<CsvField> fields;
    for (std::size_t at = 0;; ++at) {
        CsvField field;
        field.quoted = format.quoting() && at < row.size() && row[at] == format.quote;
        if (field.quoted) {
            for (++at;; ++at) {
                at = std::min(at, row.size());
                const std::size_t quote = row.find(format.quote, at);
                if (quote == std::string_view::npos) return std::nullopt;
                field.text += row.substr(at, quote - at);
                at = quote + 1;
                if (at >= row.size() || row[at] != format.quote) break;
                field.text += format.quote;
            }
            if (at < row.size() && row[at] != format.delimiter) return std::nullopt;
        } else {
            const std::size_t end = std::min(row.find(format.delimiter, at), row.size());
            field.text = row.substr(at, end - at);
            at = end;
        }
        fields.push_back(std::move(field));
        if (at >= row.size()) return fields;
    }
}

}  // namespace rw
