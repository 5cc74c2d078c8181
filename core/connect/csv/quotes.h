// Quoted fields of CSV: where they close, and when they are broken.
#pragma once
#include <cstddef>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/connect/csv/format.h"

namespace rw {

/// Walks the quoted fields of rows, from front to back. A quoted field is broken when its quote does not
/// close within the limit, or when the byte after the closing quote is neither the delimiter nor the end of
/// the line.
///
/// A broken row is given up as its first line, and reading goes on at the next. The fields that were opened
/// in it are remembered: opened again, they lead to the same end, so that no input is searched more than
/// once.
class CsvQuotes {
 public:
    CsvQuotes(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits, bool atEnd)
        : m_bytes(bytes), m_format(format), m_limit(limits.quoted), m_atEnd(atEnd) {}

    enum class End {
        Closed,
        Broken,
        More  ///< not decided by these bytes
    };
    void startRow() { m_opened.clear(); }
    /// Follows the field whose opening quote is at `open`. Closed: after() is the place of the delimiter or the
    /// line end. Broken: the row is to be given up.
    End close(std::size_t open);
    std::size_t after() const { return m_after; }

 private:
    End search(std::size_t open);
    End judge(std::size_t after) const;

    std::string_view m_bytes;
    CsvFormat m_format;
    std::size_t m_limit;
    bool m_atEnd;
    std::size_t m_after = 0;
    std::vector<std::size_t> m_opened;           ///< in this row
    std::unordered_set<std::size_t> m_hopeless;  ///< opened in rows that broke
};

}  // namespace rw
