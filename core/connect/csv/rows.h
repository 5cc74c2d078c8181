// Rows of CSV: where they end, and their fields one by one where speed does not matter.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/connect/csv/quotes.h"
#include "core/connect/messages/lines.h"

namespace rw {

/// Rows end with LF or CR LF outside quotes. Quotes count only at the start of a field; elsewhere they are
/// text.
class CsvFraming final : public Framing {
 public:
    explicit CsvFraming(CsvFormat format, CsvLimits limits = {}) : m_format(format), m_limits(limits) {}

    std::size_t completeRows(std::string_view bytes, bool atEnd) const override;
    std::size_t firstRow(std::string_view bytes, bool atEnd) const override;
    std::string_view messageOf(std::string_view row) const override { return withoutLineEnd(row); }
    std::size_t longestRow() const override { return m_limits.row; }

    const CsvFormat& format() const { return m_format; }
    const CsvLimits& limits() const { return m_limits; }

 private:
    std::size_t rowEnd(CsvQuotes& quotes, std::string_view bytes, std::size_t start, bool atEnd) const;

    CsvFormat m_format;
    CsvLimits m_limits;
};

struct CsvField {
    std::string text;
    bool quoted = false;  ///< without quotes, no text is NULL
};

/// The fields of one row; nullopt when its quotes are broken.
std::optional<std::vector<CsvField>> splitRow(std::string_view row, const CsvFormat& format);

}  // namespace rw
