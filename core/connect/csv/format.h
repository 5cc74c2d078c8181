// How a CSV file is written: RFC 4180 with a choice of delimiter and quote.
#pragma once
#include <cstddef>

#include "core/connect/files/row_splitter.h"

namespace rw {

struct CsvFormat {
    char delimiter = ',';
    char quote = '"';  ///< 0: no quoting
    bool header = true;

    bool quoting() const { return quote != 0; }
};

/// What a broken file may cost. Rows beyond are rejected, whatever the size of the blocks they were read in.
struct CsvLimits {
    std::size_t row = kLongestRow;              ///< bytes of a row
    std::size_t quoted = std::size_t{1} << 20;  ///< bytes between an opening quote and its closing one
};

}  // namespace rw
