// Rows as CSV text.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/csv/format.h"
#include "core/data/batch.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

/// Appends a text as one field, in quotes only where it would not be read back without them: when it is empty
/// (an empty field without quotes is NULL), begins or ends with a blank, has the delimiter, a quote or a line
/// end inside, or begins with a byte order mark. The format must have a quote.
void appendCsvText(std::string& out, std::string_view text, const CsvFormat& format = {});

/// Writes RFC 4180 with LF line ends; texts as appendCsvText() does. NULL is an empty field. Rows of an
/// updating stream begin with the column `op`: +I, -U, +U, -D.
class CsvWriter {
 public:
    /// `limits`: those of the sources that are to read the rows; without them rows may be of any size.
    CsvWriter(CsvFormat format, bool updating, std::optional<CsvLimits> limits = {})
        : m_format(format), m_updating(updating), m_limits(limits) {}

    void appendHeader(std::string& out, const Schema& schema) const;
    /// Leaves out rows that would not be read back, and gives the reason: a text with a NUL byte, dates and
    /// times outside the years 1 to 9999, and values larger than the limits. `ends` gets the end of each row
    /// in `out`, behind its line end.
    sql::RowErrors appendRows(std::string& out, const Batch& batch,
                              std::vector<std::size_t>* ends = nullptr) const;
    /// Leaves out none: for people, and for programs that read values that our sources reject. Gives the rows
    /// that appendRows() would leave out, with the reason.
    sql::RowErrors appendEveryRow(std::string& out, const Batch& batch) const;

 private:
    bool append(std::string& out, const Batch& batch, std::vector<std::size_t>* ends = nullptr) const;
    sql::RowErrors unreadRows(const Batch& batch) const;
    Text cellReason(const Field& field, const Column& column, std::size_t row) const;
    Text rowReason(const Batch& batch, std::uint32_t row) const;

    CsvFormat m_format;
    bool m_updating;
    std::optional<CsvLimits> m_limits;
};

}  // namespace rw
