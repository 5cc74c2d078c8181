#include "widgets/results/difference_export.h"

#include <algorithm>

namespace rw::ui {

namespace {

// As in the program's own files: the same in every language.
std::string kindWords(RowDiffering::Kind kind) {
    switch (kind) {
        case RowDiffering::Kind::OnlyHere:
            return "only here";
        case RowDiffering::Kind::OnlyThere:
            return "only there";
        case RowDiffering::Kind::Changed:
            break;
    }
    return "changed";
}

/// The name, or the next one that no column has.
std::string freeName(std::string name, const std::vector<SqliteColumn>& taken) {
    const auto isTaken = [&] {
        return std::any_of(taken.begin(), taken.end(),
                           [&](const SqliteColumn& column) { return sameSqliteName(column.name, name); });
    };
    while (isTaken()) name += '_';
    return name;
}

SqliteCell cellOf(const SqliteRow& row, std::size_t column) {
    return row.empty() ? SqliteCell() : row[column];
}

}  // namespace

DifferenceTable differenceTable(const TableDifference& difference, std::optional<RowDiffering::Kind> kind) {
    DifferenceTable table;
    table.columns.push_back({freeName("difference", difference.columns), "TEXT"});
    for (std::size_t i = 0; i < difference.columns.size(); ++i) {
        table.columns.push_back(difference.columns[i]);
        if (i < difference.keys) continue;
        SqliteColumn there = difference.columns[i];
        there.name = freeName(there.name + " (there)", difference.columns);
        table.columns.push_back(std::move(there));
    }
    for (const RowDiffering& each : difference.rows) {
        if (kind && each.kind != *kind) continue;
        SqliteRow& row = table.rows.emplace_back();
        row.push_back({SqliteCell::Kind::Text, 0, kindWords(each.kind)});
        for (std::size_t i = 0; i < difference.columns.size(); ++i) {
            if (i < difference.keys) {
                row.push_back(cellOf(each.here.empty() ? each.there : each.here, i));
                continue;
            }
            row.push_back(cellOf(each.here, i));
            row.push_back(cellOf(each.there, i));
        }
    }
    return table;
}

Result<UnreadRows> writeDifference(const TableDifference& difference, std::optional<RowDiffering::Kind> kind,
                                   const QString& path, ResultFormat format, CancelFlag cancel) {
    const DifferenceTable table = differenceTable(difference, kind);
    const auto rows = [&](std::int64_t first, std::int64_t count) -> Result<std::vector<SqliteRow>> {
        if (cancel != nullptr && *cancel)
            return Status(ErrorCode::Cancelled, RW_TEXT("results", "Writing was cancelled."));
        const auto begin = table.rows.begin() + first;
        const auto left = static_cast<std::int64_t>(table.rows.end() - begin);
        return std::vector<SqliteRow>(begin, begin + std::min(count, left));
    };
    return writeTable(table.columns, static_cast<std::int64_t>(table.rows.size()), rows, path, format);
}

}  // namespace rw::ui
