#include "tests/support/ranked_by_sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace rw::test {

namespace {

using Handle = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

Handle openInMemory() {
    sqlite3* opened = nullptr;
    sqlite3_open(":memory:", &opened);
    return {opened, sqlite3_close};
}

class Query {
 public:
    Query(sqlite3* database, const std::string& sql) {
        if (sqlite3_prepare_v2(database, sql.c_str(), -1, &m_statement, nullptr) == SQLITE_OK) return;
        std::fprintf(stderr, "%s: %s\n", sql.c_str(), sqlite3_errmsg(database));
        std::abort();
    }
    ~Query() { sqlite3_finalize(m_statement); }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    void bind(const RankedCells& cells) {
        sqlite3_reset(m_statement);
        int parameter = 0;
        for (const auto& cell : cells) {
            ++parameter;
            if (cell) {
                sqlite3_bind_text(m_statement, parameter, cell->c_str(), -1, SQLITE_TRANSIENT);
            } else {
                sqlite3_bind_null(m_statement, parameter);
            }
        }
    }
    bool next() { return sqlite3_step(m_statement) == SQLITE_ROW; }
    std::string line() const {
        std::string line;
        for (int column = 0; column < sqlite3_column_count(m_statement); ++column) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
            if (column > 0) line += '|';
            line += text ? text : "∅";
        }
        return line;
    }

 private:
    sqlite3_stmt* m_statement = nullptr;
};

}  // namespace

std::vector<std::string> rankedBySqlite(const std::vector<RankedColumn>& columns,
                                        const std::vector<RankedCells>& rows, const std::string& partitionBy,
                                        const std::string& orderBy, std::size_t limit) {
    const Handle database = openInMemory();
    std::string names, declared, places;
    for (const RankedColumn& column : columns) {
        const char* comma = names.empty() ? "" : ", ";
        names += comma + column.name;
        declared += comma + column.name + " " + column.type;
        places += std::string(comma) + "?";
    }
    Query(database.get(), "CREATE TABLE t (" + declared + ")").next();
    Query insert(database.get(), "INSERT INTO t VALUES (" + places + ")");
    for (const RankedCells& cells : rows) {
        insert.bind(cells);
        insert.next();
    }
    const std::string partition = partitionBy.empty() ? "" : "PARTITION BY " + partitionBy + " ";
    Query best(database.get(), "SELECT " + names + ", place FROM (SELECT *, ROW_NUMBER() OVER (" + partition +
                                   "ORDER BY " + orderBy +
                                   ") AS place FROM t) WHERE place <= " + std::to_string(limit));
    std::vector<std::string> lines;
    while (best.next()) lines.push_back(best.line());
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace rw::test
