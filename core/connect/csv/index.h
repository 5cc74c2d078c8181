// The structure of a piece of CSV: where its rows and fields lie, before any value is read.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/connect/csv/separators.h"
#include "core/connect/files/workspace_pool.h"

namespace rw {

/// Used again and again, so that memory is asked for once.
struct CsvIndex {
    /// A row of the right number of fields: field f ends before separators[first + f] and begins behind the
    /// one before (field 0: at begin). A quoted field includes its quotes.
    struct Row {
        std::uint32_t begin, first;
    };
    /// A row of another form.
    struct Broken {
        std::uint32_t number, begin, end;
        Text reason;
    };
    CsvSeparators separators;
    std::vector<Row> rows;
    /// Number of each of `rows` among all rows, skipped empty lines not counted; empty when `broken` is.
    std::vector<std::uint32_t> numbers;
    std::vector<Broken> broken;
    std::uint32_t rowsRead = 0;  ///< good and broken
    bool quoted = false;         ///< whether there may be quoted fields
};

/// Indexes complete rows, the last of which ends with LF too; kReadAhead bytes behind them can be read. Rows
/// that are not UTF-8, hold a NUL byte, have broken quotes or not `fields` fields are broken. Empty lines
/// are skipped where rows have several fields; where they have one, an empty line is a row that is NULL.
void indexCsv(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits, std::size_t fields,
              CsvIndex& index);

using CsvIndexPool = WorkspacePool<CsvIndex>;

}  // namespace rw
