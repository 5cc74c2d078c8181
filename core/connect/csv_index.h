// The structure of a piece of CSV: where its rows and fields lie, before any value is read.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/connect/csv_format.h"

namespace rw {

/// Bytes that may be read (not used) behind a piece of input, so that values can be loaded eight bytes at a
/// time.
inline constexpr std::size_t kReadAhead = 64;

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
    std::vector<std::uint32_t> separators;
    std::vector<Row> rows;
    /// Number of each of `rows` among all rows, empty lines not counted; empty when `broken` is.
    std::vector<std::uint32_t> numbers;
    std::vector<Broken> broken;
    std::uint32_t rowsRead = 0;  ///< good and broken
    bool quoted = false;         ///< whether there may be quoted fields
};

/// Indexes complete rows, the last of which ends with '\n' too; kReadAhead bytes behind them can be read.
/// Rows that are not UTF-8, hold a NUL byte, have broken quotes or not `fields` fields are broken.
CsvIndex indexCsv(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits,
                  std::size_t fields);

}  // namespace rw
