// How SQLite answers a statement: the steps of its plan, and what it did of them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace rw {

struct QueryStep {
    enum class Kind {
        Scan,    ///< of all rows of a table
        Search,  ///< of some rows, by an index or the row's number
        Sort,    ///< with a table in memory
        Other
    };
    Kind kind = Kind::Other;
    int depth = 0;          ///< 0: not part of another step
    std::string text{};     ///< as SQLite writes it: “SCAN orders”
    std::string table{};    ///< of Scan and Search: the table, or the name that the statement gives it
    bool repeated = false;  ///< a Scan that is done anew for each row of the step before it
    bool operator==(const QueryStep&) const = default;
};

/// No steps: of a statement that is itself one of EXPLAIN there is no plan.
struct QueryPlan {
    std::vector<QueryStep> steps{};  ///< each behind the one that it is part of
    std::int64_t scanned = 0;        ///< rows that scans went over
    std::int64_t sorts = 0;
    std::int64_t indexes = 0;  ///< that were made for this statement alone
    bool operator==(const QueryPlan&) const = default;
};

/// The plan of the statement that `statement` was prepared from, which has run. The connection still reads.
QueryPlan planOf(sqlite3* database, const std::string& sql, sqlite3_stmt* statement);

}  // namespace rw
