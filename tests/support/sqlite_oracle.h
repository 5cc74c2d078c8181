// SQL by an independent engine: rows in an SQLite in memory, and the results of queries on them. The reference
// for operators where SQL defines their result.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/data/value.h"

namespace SQLite {
class Database;
}

namespace rw::test {

/// INT, BIGINT, DATE, TIMESTAMP and BOOLEAN are integers in it, DOUBLE is REAL and STRING is TEXT, which
/// compares bytewise; NaN becomes NULL, and there is no DECIMAL.
class SqliteOracle {
 public:
    SqliteOracle();
    ~SqliteOracle();

    /// Makes the table `name`, or replaces it, with these rows.
    void load(const std::string& name, const Schema& schema, const std::vector<std::vector<Value>>& rows);
    /// The rows of the query, sorted, written as rowText() does: “k=a, n=2, best=NULL”. A query that can't be
    /// run ends the program.
    std::vector<std::string> rows(const std::string& query) const;

 private:
    std::unique_ptr<SQLite::Database> m_database;
};

}  // namespace rw::test
