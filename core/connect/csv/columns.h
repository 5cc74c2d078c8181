// From indexed CSV to columns.
#pragma once
#include <string>
#include <vector>

#include "core/connect/csv/index.h"
#include "core/data/column.h"

namespace rw {

/// One column of a file as it is to be read.
struct CsvColumn {
    std::string name;
    Type type;
    std::size_t field = 0;  ///< place in the rows of the file
};

/// Part of the good rows of a piece of CSV.
struct CsvRange {
    std::size_t from, count;
};

/// A field that is not of its column's type.
struct CsvBadValue {
    std::uint32_t row;  ///< from the start of the range
    Text reason;
};

/// Reads a column of the rows of `range`. Fields without quotes that hold nothing are NULL; so are fields
/// that are not of the type, which are listed in `bad`, in order. Long strings point into `bytes`, which
/// `owner` keeps alive.
ColumnRef readCsvColumn(std::string_view bytes, const CsvIndex& index, char quote, CsvRange range,
                        const CsvColumn& column, const BytesRef& owner, std::vector<CsvBadValue>& bad);

}  // namespace rw
