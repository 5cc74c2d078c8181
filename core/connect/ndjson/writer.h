// Rows as JSON text, an object a line.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/data/batch.h"

namespace rw {

/// Appends a text as a string of JSON, in quotes. What is not UTF-8 becomes U+FFFD.
void appendJsonString(std::string& out, std::string_view text);

/// Writes the columns in their order: numbers with all their digits, dates and times as strings in their text
/// forms, NULL as null; NaN and the infinities, which JSON has no numbers for, as strings, as Flink does.
/// Rows of an updating stream begin with the member `op`: +I, -U, +U, -D.
class NdjsonWriter {
 public:
    NdjsonWriter(const Schema& schema, bool updating);

    void appendRows(std::string& out, const Batch& batch) const;

 private:
    std::vector<std::string> m_names;  ///< what stands before each value
    bool m_updating;
};

}  // namespace rw
