// Columns of a CSV file that are text only because of some of their values, and what those are.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/base/text.h"
#include "core/connect/csv/format.h"
#include "core/data/type.h"

namespace rw {

struct CsvTextColumn {
    static constexpr std::size_t kExamples = 3;

    std::string name{};
    std::uint64_t values = 0;             ///< that are not empty
    std::uint64_t odd = 0;                ///< those of them that are no numbers
    std::vector<std::string> examples{};  ///< the first of these, each once; kExamples at most
    Type numbers{};                       ///< what the column would be without them
    /// All of these are numbers with a decimal comma: “12,50”, “1.234,50”.
    bool decimalComma = false;

    /// “unit_price is text: 1 105 of 200 000 values are no numbers (12,50 …).”
    Text text() const;
};

struct CsvTextColumns {
    std::uint64_t rows = 0;  ///< that were looked at, without the header
    bool whole = true;       ///< the file has no others
    std::vector<CsvTextColumn> columns{};
};

/// Looks at the first `mostRows` rows of the first file at `path` (as inputFiles() takes it). Columns are
/// told of which at least half of the values are numbers, with a point or a comma; those with values that are
/// names in digits (isDigitCode()) are not. ErrorCode::Cancelled once `cancel` (may be null) is set. Takes
/// about a second a million rows: for a worker thread.
Result<CsvTextColumns> csvTextColumns(const std::string& path, const CsvFormat& format,
                                      std::uint64_t mostRows = 1'000'000,
                                      const std::atomic<bool>* cancel = nullptr);

}  // namespace rw
