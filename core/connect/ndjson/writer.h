// Rows as JSON text, an object a line.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/messages/framing.h"
#include "core/data/batch.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

/// Appends a text as a string of JSON, in quotes. Invalid UTF-8 becomes U+FFFD.
void appendJsonString(std::string& out, std::string_view text);

/// Writes the columns in their order: numbers with all their digits, dates and times as strings in their text
/// forms, NULL as null; NaN and the infinities, which JSON has no numbers for, as strings, as Flink does.
/// Rows of an updating stream begin with the member `op`: +I, -U, +U, -D.
class NdjsonWriter {
 public:
    NdjsonWriter(const Schema& schema, bool updating);

    /// Leaves out rows that would not be read back, and says why: dates and times outside the years 1 to
    /// 9999, and rows that are longer than `longest` bytes with their line end.
    sql::RowErrors appendRows(std::string& out, const Batch& batch, std::size_t longest = kLongestRow) const;

 private:
    void append(std::string& out, const Batch& batch) const;

    std::vector<std::string> m_names;  ///< the text before each value
    bool m_updating;
};

}  // namespace rw
