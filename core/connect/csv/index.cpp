#include "core/connect/csv/index.h"

#include "core/connect/messages/lines.h"

namespace rw {

namespace {

/// The error of a line with broken quotes. Decided by the line alone: the text behind it must not matter.
Text quoteReason(std::string_view line, const CsvFormat& format) {
    std::size_t field = 1;
    for (std::size_t at = 0; at < line.size(); ++at, ++field) {
        if (line[at] == format.quote) {
            std::size_t close = line.find(format.quote, at + 1);
            while (close != std::string_view::npos && line.substr(close + 1, 1) == line.substr(at, 1)) {
                close = line.find(format.quote, close + 2);
            }
            if (close == std::string_view::npos) {
                return RW_TEXT("csv", "The quote that opens field %1 is not closed.").with(field);
            }
            at = close + 1;
            if (at < line.size() && line[at] != format.delimiter) {
                return RW_TEXT("csv", "Text follows the closing quote of field %1.").with(field);
            }
        } else {
            at = std::min(line.find(format.delimiter, at), line.size());
        }
    }
    return RW_TEXT("csv", "The quotes of this line do not match.");
}

/// Judges rows one by one, in order; keeps the good ones.
class Judge {
 public:
    Judge(std::string_view bytes, const CsvFormat& format, std::size_t fields, CsvIndex& index)
        : m_bytes(bytes), m_format(format), m_fields(fields), m_index(index) {}

    /// The row from `begin`, its `fields` separators from `first` on. Cuts off a CR before the line end.
    void row(std::uint32_t begin, const std::uint32_t* first, std::size_t fields) {
        std::uint32_t end = first[fields - 1];
        if (end > begin && m_bytes[end - 1] == '\r') --end;
        if (end == begin && m_fields > 1) return;  // an empty line is no row, unless it is NULL alone
        if (m_index.separators.unusual || fields != m_fields) {
            const std::string_view text = m_bytes.substr(begin, end - begin);
            if (Text reason = unsoundReason(text); !reason.empty())
                return broken(begin, end, std::move(reason));
            if (fields != m_fields) {
                return broken(begin, end, RW_TEXT("csv", "Fields: %1 instead of %2.").with(fields, m_fields));
            }
        }
        if (!m_index.broken.empty()) m_index.numbers.push_back(m_index.rowsRead);
        m_index.goodRows.push_back(begin - 1);
        m_index.goodRows.insert(m_index.goodRows.end(), first, first + fields - 1);
        m_index.goodRows.push_back(end);
        ++m_index.rows;
        ++m_index.rowsRead;
    }
    void brokenLine(std::uint32_t begin, std::uint32_t size) {
        const std::string_view line = m_bytes.substr(begin, size);
        Text reason = unsoundReason(line);
        broken(begin, begin + size, reason.empty() ? quoteReason(line, m_format) : std::move(reason));
    }

 private:
    void broken(std::uint32_t begin, std::uint32_t end, Text reason) {
        if (m_index.broken.empty()) {  // from now on rows and numbers part
            m_index.numbers.resize(m_index.rows);
            for (std::uint32_t i = 0; i < m_index.numbers.size(); ++i) m_index.numbers[i] = i;
        }
        m_index.broken.push_back({m_index.rowsRead++, begin, end, std::move(reason)});
    }

    std::string_view m_bytes;
    CsvFormat m_format;
    std::size_t m_fields;
    CsvIndex& m_index;
};

/// Whether all lines have so many fields: as many line ends as there are rows then, each the last of a row.
bool haveFields(std::string_view bytes, const CsvSeparators& found, std::size_t fields) {
    if (!found.broken.empty() || found.lines * fields != found.count) return false;
    bool all = true;
    const std::uint32_t* last = found.offsets.data() + fields;
    for (std::size_t line = 0; line < found.lines; ++line, last += fields) all &= bytes[*last] == '\n';
    return all;
}

/// The rows as they were found: none has to be looked at.
void takeAll(std::size_t fields, CsvIndex& index) {
    index.ends = index.separators.offsets.data();
    index.stride = fields;
    index.mayEndWithCr = true;
    index.rows = index.separators.lines;
    index.rowsRead = static_cast<std::uint32_t>(index.rows);
}

void judgeEach(std::string_view bytes, const CsvFormat& format, std::size_t fields, CsvIndex& index) {
    const CsvSeparators& found = index.separators;
    index.goodRows.reserve(found.lines * (fields + 1));
    Judge judge(bytes, format, fields, index);
    std::uint32_t begin = 0;
    auto broken = found.broken.begin();
    const auto skipBroken = [&] {
        for (; broken != found.broken.end() && broken->first == begin; ++broken) {
            judge.brokenLine(broken->first, broken->second);
            begin += broken->second + 1;
        }
    };
    const std::uint32_t* first = found.offsets.data() + 1;
    const std::uint32_t* const behind = first + found.count;
    for (const std::uint32_t* last = first; last != behind; ++last) {
        if (bytes[*last] != '\n') continue;
        skipBroken();
        judge.row(begin, first, static_cast<std::size_t>(last - first) + 1);
        begin = *last + 1;
        first = last + 1;
    }
    skipBroken();
    index.ends = index.goodRows.data();
    index.stride = fields + 1;
}

}  // namespace

void indexCsv(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits, std::size_t fields,
              CsvIndex& index) {
    index.goodRows.clear();
    index.numbers.clear();
    index.broken.clear();
    index.rows = 0;
    index.rowsRead = 0;
    index.mayEndWithCr = false;
    CsvSeparators& found = index.separators;
    findSeparators(bytes, format, found);
    index.quoted = found.quoted;
    if (index.quoted) findQuotedSeparators(bytes, format, limits, found);
    if (found.unusual)
        found.unusual = !unsoundReason(bytes).empty();  // nearly always all of it is plain UTF-8
    if (!found.unusual && haveFields(bytes, found, fields)) {
        takeAll(fields, index);
    } else {
        judgeEach(bytes, format, fields, index);
    }
}

}  // namespace rw
