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
    /// A row of another form.
    struct Broken {
        std::uint32_t number, begin, end;
        Text reason;
    };
    CsvSeparators separators;
    std::vector<std::uint32_t> goodRows;  ///< where `separators` cannot serve as they are

    /// Field f of good row r is between ends[r * stride + f], a separator or the byte before the row, and
    /// ends[r * stride + f + 1]; a quoted field includes its quotes. Where every row is good, as in nearly
    /// all pieces, these are the separators as they were found, and a row begins where the one before ends.
    const std::uint32_t* ends = nullptr;
    std::size_t stride = 0;
    bool mayEndWithCr = false;  ///< the last field of a row may have a CR at its end, which is not of it
    std::size_t rows = 0;       ///< good ones
    /// Number of each good row among all rows, skipped empty lines not counted; empty when `broken` is.
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
