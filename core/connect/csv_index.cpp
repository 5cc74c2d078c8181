#include "core/connect/csv_index.h"

#include "core/connect/csv_masks.h"
#include "core/connect/csv_quotes.h"
#include "core/connect/utf8.h"

namespace rw {

namespace {

/// Rows before they are judged: the separators of row r are those up to and including lasts[r].
struct Separators {
    std::vector<std::uint32_t> offsets;
    std::vector<std::uint32_t> lasts;
    std::vector<std::pair<std::uint32_t, std::uint32_t>>
        broken;  ///< lines with broken quotes: offset and size
};

/// Without quotes every delimiter and every LF separates.
Separators findPlain(std::string_view bytes, char delimiter) {
    Separators found;
    std::size_t count = 0;
    for (std::size_t at = 0; at < bytes.size(); at += 64) {
        std::uint64_t lineEnds = maskOf(bytes.data() + at, '\n');
        std::uint64_t all = lineEnds | maskOf(bytes.data() + at, delimiter);
        if (const std::size_t left = bytes.size() - at; left < 64) {
            all &= (std::uint64_t{1} << left) - 1;
            lineEnds &= all;
        }
        for (std::uint64_t rest = lineEnds; rest != 0; rest &= rest - 1) {
            const std::uint64_t before = (rest & -rest) - 1;
            found.lasts.push_back(static_cast<std::uint32_t>(count) +
                                  static_cast<std::uint32_t>(std::popcount(all & before)));
        }
        if (count + 64 > found.offsets.size())
            found.offsets.resize(std::max(found.offsets.size() * 2, count + 4096));
        for (; all != 0; all &= all - 1) {
            found.offsets[count++] =
                static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(all));
        }
    }
    found.offsets.resize(count);
    return found;
}

Separators findQuoted(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits) {
    Separators found;
    CsvQuotes quotes(bytes, format, limits, true);
    for (std::size_t start = 0; start < bytes.size();) {
        const std::size_t first = found.offsets.size();
        quotes.startRow();
        for (std::size_t at = start;; ++at) {
            if (bytes[at] == format.quote) {
                if (quotes.close(at) != CsvQuotes::End::Closed) {
                    found.offsets.resize(first);
                    at = bytes.find('\n', start);
                    found.broken.emplace_back(start, at - start);
                    start = at + 1;
                    break;
                }
                at = quotes.after();
                if (bytes[at] == '\r') ++at;
            } else {
                at += findEither(bytes.data() + at, format.delimiter, '\n');
            }
            found.offsets.push_back(static_cast<std::uint32_t>(at));
            if (bytes[at] == '\n') {
                found.lasts.push_back(static_cast<std::uint32_t>(found.offsets.size() - 1));
                start = at + 1;
                break;
            }
        }
    }
    return found;
}

/// What a line with broken quotes has wrong. Decided by the line alone: what follows it must not show.
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
        : m_bytes(bytes), m_format(format), m_fields(fields), m_index(index) {
        m_unusual = hasUnusual(bytes.data(), bytes.size());
    }

    void row(std::uint32_t begin, std::uint32_t first, std::uint32_t last) {
        std::uint32_t& end = m_index.separators[last];
        if (end > begin && m_bytes[end - 1] == '\r') --end;
        if (end == begin) return;  // an empty line is no row
        const std::string_view bytes = m_bytes.substr(begin, end - begin);
        const std::size_t fields = last - first + 1;
        if (m_unusual && !sound(bytes)) return broken(begin, end, unsoundReason(bytes));
        if (fields != m_fields) {
            return broken(begin, end, RW_TEXT("csv", "%1 fields instead of %2.").with(fields, m_fields));
        }
        if (!m_index.broken.empty()) m_index.numbers.push_back(m_index.rowsRead);
        m_index.rows.push_back({begin, first});
        ++m_index.rowsRead;
    }
    void brokenLine(std::uint32_t begin, std::uint32_t size) {
        const std::string_view line = m_bytes.substr(begin, size);
        broken(begin, begin + size,
               m_unusual && !sound(line) ? unsoundReason(line) : quoteReason(line, m_format));
    }

 private:
    static bool sound(std::string_view row) {
        return row.find('\0') == std::string_view::npos && validUtf8Prefix(row) == row.size();
    }
    static Text unsoundReason(std::string_view row) {
        if (row.find('\0') != std::string_view::npos) return RW_TEXT("csv", "The row holds a NUL byte.");
        return RW_TEXT("csv", "The row is not UTF-8 from byte %1 on.").with(validUtf8Prefix(row) + 1);
    }
    void broken(std::uint32_t begin, std::uint32_t end, Text reason) {
        if (m_index.broken.empty()) {  // from now on rows and numbers part
            m_index.numbers.resize(m_index.rows.size());
            for (std::uint32_t i = 0; i < m_index.numbers.size(); ++i) m_index.numbers[i] = i;
        }
        m_index.broken.push_back({m_index.rowsRead++, begin, end, std::move(reason)});
    }

    std::string_view m_bytes;
    CsvFormat m_format;
    std::size_t m_fields;
    CsvIndex& m_index;
    bool m_unusual = false;
};

}  // namespace

CsvIndex indexCsv(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits,
                  std::size_t fields) {
    CsvIndex index;
    index.quoted = format.quoting() && bytes.find(format.quote) != std::string_view::npos;
    Separators found = index.quoted ? findQuoted(bytes, format, limits) : findPlain(bytes, format.delimiter);
    index.separators = std::move(found.offsets);
    index.rows.reserve(found.lasts.size());

    Judge judge(bytes, format, fields, index);
    std::uint32_t begin = 0, first = 0;
    auto broken = found.broken.begin();
    const auto skipBroken = [&] {
        for (; broken != found.broken.end() && broken->first == begin; ++broken) {
            judge.brokenLine(broken->first, broken->second);
            begin += broken->second + 1;
        }
    };
    for (const std::uint32_t last : found.lasts) {
        skipBroken();
        const std::uint32_t next = index.separators[last] + 1;  // before a CR is cut off
        judge.row(begin, first, last);
        begin = next;
        first = last + 1;
    }
    skipBroken();
    return index;
}

}  // namespace rw
