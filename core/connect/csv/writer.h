// Rows as CSV text.
#pragma once
#include <string>

#include "core/connect/csv/format.h"
#include "core/data/batch.h"

namespace rw {

/// Writes RFC 4180 with LF line ends; quotes only where they are needed to read the same field again. NULL is
/// an empty field, the empty string `""`. Rows of an updating stream begin with the column `op`: +I, -U, +U,
/// -D.
class CsvWriter {
 public:
    CsvWriter(CsvFormat format, bool updating) : m_format(format), m_updating(updating) {}

    void appendHeader(std::string& out, const Schema& schema) const;
    void appendRows(std::string& out, const Batch& batch) const;

 private:
    void appendText(std::string& out, std::string_view text) const;

    CsvFormat m_format;
    bool m_updating;
};

}  // namespace rw
