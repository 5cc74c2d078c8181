// The profile of a column of matching rows: the distribution of its values, its minimum, median and maximum,
// and the number of empty ones.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/sqlite/browser.h"

namespace rw {

struct SqliteProfile {
    static constexpr int kBins = 24, kTop = 3;

    std::int64_t rows = 0;
    std::int64_t empty = 0;  ///< NULL
    bool numeric = false;    ///< every value is a number: bins and ends; otherwise the most frequent values
    bool times = false;      ///< numeric, and the numbers are milliseconds since the epoch
    double least = 0, most = 0, median = 0;
    std::string leastText{};  ///< numeric: `least` to the last digit, which a double may not have
    std::vector<std::int64_t>
        bins{};                 ///< rows in kBins equal parts of least … most; one part when they are equal
    std::int64_t distinct = 0;  ///< of texts
    std::vector<std::pair<std::string, std::int64_t>> top{};  ///< the most frequent values with their rows
};

/// Reads the column once or twice; blocking.
Result<SqliteProfile> profileColumn(const SqliteQuery& query, int column, CancelFlag cancel);

}  // namespace rw
