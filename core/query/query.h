// A statement of SQL over databases and live rows, which only reads, and its answer.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/connect/sqlite/browser.h"
#include "core/query/live_rows.h"
#include "core/query/query_plan.h"

namespace rw {

/// A file, and the name before its tables.
struct QueryDatabase {
    std::string path, schema;
    bool operator==(const QueryDatabase&) const = default;
};

struct QueryLimits {
    Millis time = 10'000;
    Millis lock = 1'000;                         ///< the wait for another program's lock
    std::size_t bytes = std::size_t{200} << 20;  ///< of the rows kept, and of what SQLite sorts and groups
    std::size_t value = std::size_t{16} << 20;   ///< bytes of one value
};

struct Query {
    std::string sql;  ///< one statement
    std::vector<QueryDatabase> databases{};
    std::vector<LiveRows> live{};
    QueryLimits limits{};
};

/// How many databases a query can have; further ones are left out. SQLite attaches ten, of which two are for
/// live rows and for the tape.
inline constexpr std::size_t kMostQueryDatabases = 8;

struct QueryBlob {
    std::string bytes;
    bool operator==(const QueryBlob&) const = default;
};
/// As SQLite has it; NULL is monostate.
using QueryValue = std::variant<std::monostate, std::int64_t, double, std::string, QueryBlob>;

/// A table or view that a statement read.
struct QueryTable {
    std::string schema, name;
    auto operator<=>(const QueryTable&) const = default;
};

struct QueryResult {
    /// Why rows are missing at the end.
    enum class Cut { None, Time, Bytes };

    /// Those of expressions have the type of their values: INTEGER, REAL, TEXT or BLOB; none where they
    /// differ.
    std::vector<SqliteColumn> columns{};
    std::vector<std::vector<QueryValue>> rows{};
    Cut cut = Cut::None;
    Millis took = 0;
    std::vector<QueryTable> tables{};  ///< that it read, without those behind views
    /// SqliteListing::placed of the databases that it read, by schema, or of a moment before.
    std::map<std::string, std::string> placed{};
    QueryPlan plan{};
};

/// The part of the statement that an error is about, in bytes. No length: the statement as a whole.
struct QueryPlace {
    std::size_t at = 0, length = 0;
};

struct QueryAnswer {
    Status status{};  ///< ErrorCode::Cancelled: by the flag
    QueryPlace place{};
    QueryResult result{};
};

/// A limit that is reached while rows come keeps those that came (QueryResult::cut); before the first row it
/// is an error. A database that can't be opened is an error where the statement needs it. `cancel` may be
/// null.
QueryAnswer runQuery(const Query& query, CancelFlag cancel);

}  // namespace rw
