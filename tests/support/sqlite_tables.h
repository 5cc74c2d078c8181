// Tables in SQLite's memory, so that SQL itself says what a query over some rows gives.
#pragma once
#include <SQLiteCpp/Database.h>

#include <string>
#include <vector>

#include "core/data/value.h"

namespace rw::test {

/// Single-threaded; what SQLite refuses is thrown.
class SqliteTables {
 public:
    SqliteTables();

    /// A table of rows. BOOLEAN is 0 or 1, TIMESTAMP milliseconds; there are no DECIMALs.
    void add(const std::string& name, const Schema& schema, const std::vector<std::vector<Value>>& rows);
    /// The rows of a query of whole numbers and texts, each as rowText() writes it, sorted.
    std::vector<std::string> rows(const std::string& query);

 private:
    SQLite::Database m_database;
};

}  // namespace rw::test
