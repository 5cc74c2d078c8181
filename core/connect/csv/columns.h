// From indexed CSV to columns.
#pragma once
#include <string>
#include <vector>

#include "core/connect/csv/index.h"
#include "core/data/column.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

/// One column of a file as it is to be read.
struct CsvColumn {
    std::string name;
    Type type;
    std::size_t field = 0;  ///< place in the rows of the file
    bool wanted = true;     ///< else its fields are only checked
};

/// Part of the good rows of a piece of CSV.
struct CsvRange {
    std::size_t from, count;
};

/// Reads a column of the rows of `range`. Fields without quotes that hold nothing are NULL; so are fields
/// that are not of the type, which are added to `bad` (rows from the start of the range). Long strings point
/// into `bytes`, which `owner` keeps alive. Null when the column is not wanted.
ColumnRef readCsvColumn(std::string_view bytes, const CsvIndex& index, const CsvFormat& format,
                        CsvRange range, const CsvColumn& column, const BytesRef& owner, sql::RowErrors& bad);

}  // namespace rw
