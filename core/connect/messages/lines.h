// Rows that are lines.
#pragma once
#include <string_view>

#include "core/base/text.h"
#include "core/connect/messages/framing.h"

namespace rw {

/// The row without its line end, LF or CR LF.
inline std::string_view withoutLineEnd(std::string_view row) {
    if (!row.empty() && row.back() == '\n') row.remove_suffix(1);
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    return row;
}

/// The reason why a row is no text: NUL bytes, or invalid UTF-8. Empty: it is text.
Text unsoundReason(std::string_view row);

/// Every line is a row, whatever its content.
class LineFraming final : public Framing {
 public:
    explicit LineFraming(std::size_t longest = kLongestRow) : m_longest(longest) {}

    std::size_t completeRows(std::string_view bytes, bool atEnd) const override {
        return atEnd ? bytes.size() : bytes.rfind('\n') + 1;  // npos + 1 is 0
    }
    std::size_t firstRow(std::string_view bytes, bool atEnd) const override {
        const std::size_t end = bytes.find('\n');
        if (end != std::string_view::npos) return end + 1;
        return atEnd ? bytes.size() : 0;
    }
    std::string_view messageOf(std::string_view row) const override { return withoutLineEnd(row); }
    std::size_t longestRow() const override { return m_longest; }

 private:
    std::size_t m_longest;
};

}  // namespace rw
