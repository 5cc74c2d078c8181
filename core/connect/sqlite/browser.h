// Looking into an SQLite file that others may be writing: which tables there are, which of their rows match,
// and those rows. Every function opens the file read-only, reads in short transactions and closes it again;
// no statement is ever left open, or the write-ahead log could not be emptied. Blocking: call from a worker
// thread.
#pragma once
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/sqlite/file.h"

namespace rw {

/// Set from another thread, it ends the query under way with ErrorCode::Cancelled. May be null.
using CancelFlag = const std::atomic<bool>*;

struct SqliteEntry {
    std::string name;
    bool view = false;
    std::vector<SqliteColumn> columns{};
    std::string rowId{};     ///< by which name the row id can be had; empty: views and tables without one
    std::int64_t rows = -1;  ///< -1: could not be counted, as in a view that refers to a missing table

    bool operator==(const SqliteEntry& other) const { return name == other.name && view == other.view; }
};

struct SqliteListing {
    /// Tables, then views, each by name. Tables of SQLite and of this program are left out, but for staging
    /// tables that a run is filling: see stagedTable().
    std::vector<SqliteEntry> entries;
    std::uint64_t bytes = 0;  ///< of the file and its write-ahead log
    std::string stamp;        ///< differs when something was written
    /// Differs when a sink has put the rows of another checkpoint into its table; empty: none has any.
    std::string placed{};
};

/// A stamp of the files, without opening them; empty when there is no file.
std::string sqliteStamp(const std::string& path);
Result<SqliteListing> listSqlite(const std::string& path, CancelFlag cancel);

/// `column` compares so with `value`.
struct SqliteCondition {
    std::string column, comparison, value;
    bool quoted = false;  ///< the value was written in quotes: it is text even where it reads as a number
    bool operator==(const SqliteCondition&) const = default;
};

/// Which rows: those that hold `words` in any column, or that meet all `conditions`.
struct SqliteFilter {
    std::string words{};
    std::vector<SqliteCondition> conditions{};
    bool empty() const { return words.empty() && conditions.empty(); }
    bool operator==(const SqliteFilter&) const = default;
};
/// Reads `max_load > 0.5 and host = 'a'` as conditions where there are such columns, and text without any
/// condition as words. `and`, in any case, separates conditions except between quotes; a quote within quotes
/// is doubled. Invalid: one part is a condition and another is none.
Result<SqliteFilter> parseSqliteFilter(std::string_view text, const std::vector<SqliteColumn>& columns);

struct SqliteQuery {
    std::string path;
    SqliteEntry table;
    SqliteFilter filter{};
    int sortColumn = -1;  ///< -1: the order of the table
    bool descending = false;
};

/// The rows of a query as they were at one moment. They are named by their row ids, so that a page is found
/// at once and rows do not move under the reader while others are added.
struct SqliteMatch {
    SqliteQuery query;
    std::vector<std::int64_t> ids{};  ///< in order; empty where the table has none: `rows` are counted then
    std::int64_t rows = 0;
    bool cut = false;                       ///< there are more, which are not listed
    std::optional<double> least{}, most{};  ///< of the sorted column's numbers
};
inline constexpr std::int64_t kMostListedRows = 5'000'000;

Result<SqliteMatch> findRows(const SqliteQuery& query, CancelFlag cancel);

struct SqliteCell {
    enum class Kind : std::uint8_t { Null, Number, Text, Blob } kind = Kind::Null;
    double number = 0;
    std::string
        text{};  ///< also of numbers, exact; of a blob as a literal: X'00FF'; of a BOOLEAN true or false
};
using SqliteRow = std::vector<SqliteCell>;

/// `count` rows from number `first`; a row deleted since is there without cells.
Result<std::vector<SqliteRow>> readRows(const SqliteMatch& match, std::int64_t first, std::int64_t count,
                                        CancelFlag cancel);

}  // namespace rw
