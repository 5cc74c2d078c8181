// How the rows of two tables differ, by the columns that name a row.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/sqlite/browser.h"

namespace rw {

struct ComparedTable {
    std::string path;
    SqliteEntry table;  ///< without columns: they are looked up
};

struct TableComparison {
    ComparedTable here, there;
    /// The columns that name a row. None: rows are there on one side alone, or on both as often. Nothing:
    /// `proposed` where both tables have these columns, else a unique key of the first table, else the
    /// shortest run of first columns that is unique on both sides.
    std::optional<std::vector<std::string>> key{};
    std::vector<std::string> proposed{};
    std::size_t most = 50'000;  ///< rows kept of each kind of difference; all are counted
};

/// A row that one side alone has, or that both have with other values.
struct RowDiffering {
    enum class Kind : std::uint8_t { OnlyHere, OnlyThere, Changed } kind = Kind::Changed;
    SqliteRow here{}, there{};    ///< without cells where the side does not have it
    std::vector<bool> changed{};  ///< of each column, where both have it
};

struct TableDifference {
    std::vector<SqliteColumn> columns{};  ///< that both tables have, those of the key first
    std::size_t keys = 0;
    std::vector<std::string> onlyHereColumns{}, onlyThereColumns{};  ///< which are not compared
    std::uint64_t onlyHere = 0, onlyThere = 0, changed = 0, same = 0;
    std::uint64_t close = 0;     ///< of `same`: but for the last digits of a floating-point number
    std::uint64_t repeated = 0;  ///< keys that several rows of one side have: which became which is a guess
    std::vector<RowDiffering> rows{};  ///< by their keys
    bool isSame() const { return onlyHere == 0 && onlyThere == 0 && changed == 0; }
    std::uint64_t count() const { return onlyHere + onlyThere + changed; }
};

/// Reads both tables once, sorted, each as it is at one moment. Values compare by the types that the columns
/// declare: a DECIMAL 1.5 is 1.50. Floating-point numbers of one key are the same to 1e-9 of the larger one.
/// An error where the tables have no column in common, or a column of the key is not in both.
Result<TableDifference> compareTables(const TableComparison& comparison, CancelFlag cancel);

}  // namespace rw
