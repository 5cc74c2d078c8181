// Rows as SQLite ranks them: the reference for top_n.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace rw::test {

struct RankedColumn {
    std::string name;
    std::string type;  ///< as SQLite declares it: cells are given as texts and compared as that
};
using RankedCells = std::vector<std::optional<std::string>>;  ///< a row; no value: NULL

/// The rows whose ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) is at most `limit`, that number last. Cells
/// are separated by “|”, NULL is “∅”; sorted. `partitionBy` may be empty. Ends the program when SQLite fails.
std::vector<std::string> rankedBySqlite(const std::vector<RankedColumn>& columns,
                                        const std::vector<RankedCells>& rows, const std::string& partitionBy,
                                        const std::string& orderBy, std::size_t limit);

}  // namespace rw::test
