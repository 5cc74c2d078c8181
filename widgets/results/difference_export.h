// The rows that differ, as a file: how each differs, and its values here and there.
#pragma once
#include "core/connect/sqlite/table_difference.h"
#include "widgets/results/result_export.h"

namespace rw::ui {

/// A table of its own: “difference” with “only here”, “only there” or “changed”, the columns of the key, and
/// each other column twice, the second time with “(there)” behind its name. A side that has no such row has
/// NULL.
struct DifferenceTable {
    std::vector<SqliteColumn> columns{};
    std::vector<SqliteRow> rows{};
};
/// `kind`: only such rows; nothing: all.
DifferenceTable differenceTable(const TableDifference& difference, std::optional<RowDiffering::Kind> kind);

/// Blocking, as writeRows().
Result<UnreadRows> writeDifference(const TableDifference& difference, std::optional<RowDiffering::Kind> kind,
                                   const QString& path, ResultFormat format, CancelFlag cancel);

}  // namespace rw::ui
