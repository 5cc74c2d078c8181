#include "tests/golden/compare.h"

namespace rw::golden {

namespace {

/// Collects the records of a text, a character at a time.
class Parser {
 public:
    explicit Parser(std::string_view text) : m_text(text) {}

    std::vector<Row> records() {
        for (m_at = 0; m_at < m_text.size(); ++m_at) {
            if (m_inQuotes) {
                takeQuoted(m_text[m_at]);
            } else {
                takeBare(m_text[m_at]);
            }
        }
        if (m_any || !m_cell.empty()) {
            endCell();
            m_records.push_back(std::move(m_row));
        }
        return std::move(m_records);
    }

 private:
    void takeQuoted(char c) {
        if (c != '"') {
            m_cell += c;
        } else if (m_at + 1 < m_text.size() && m_text[m_at + 1] == '"') {
            m_cell += '"';
            ++m_at;
        } else {
            m_inQuotes = false;
        }
    }

    void takeBare(char c) {
        switch (c) {
            case '"':
                m_inQuotes = m_quoted = m_any = true;
                break;
            case ',':
                endCell();
                m_any = true;
                break;
            case '\n':
                if (m_any || !m_cell.empty() || !m_row.empty()) endCell();
                if (!m_row.empty()) m_records.push_back(std::move(m_row));
                m_row.clear();
                m_any = false;
                break;
            case '\r':
                break;
            default:
                m_cell += c;
                m_any = true;
        }
    }

    void endCell() {
        m_row.push_back(m_quoted || !m_cell.empty() ? Cell(m_cell) : std::nullopt);
        m_cell.clear();
        m_quoted = false;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Row> m_records;
    Row m_row;
    std::string m_cell;
    bool m_quoted = false;  ///< the cell had quotes: it is "" rather than NULL when empty
    bool m_inQuotes = false;
    bool m_any = false;  ///< the record has something, be it one comma
};

}  // namespace

std::vector<Row> parseCsv(std::string_view text) {
    return Parser(text).records();
}

}  // namespace rw::golden
