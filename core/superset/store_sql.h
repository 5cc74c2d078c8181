// The SQL by which Superset reads the table of a sink, in the words of SQLite or PostgreSQL.
#pragma once
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw {

/// A column as Superset is told of it.
struct DatasetColumn {
    std::string name{}, type{};
    bool isTime = false;
    bool operator==(const DatasetColumn&) const = default;
};

/// Of one table. The results are expressions and conditions over its columns, and whole queries; no query
/// ends with a semicolon. BYTES are left out: Superset shows none.
class StoreSql {
 public:
    StoreSql(StoredTable table, SchemaRef schema);

    bool isSqlite() const { return m_sqlite; }
    /// The table, quoted, with its schema.
    std::string table() const;
    static std::string name(const std::string& column);  ///< quoted
    /// The column as Superset shows it, under its name: SQLite has DECIMALs as texts and BOOLEANs as numbers,
    /// and what is no number a chart can draw (NaN, an infinity) is NULL.
    std::string shown(const Field& field) const;
    DatasetColumn told(const Field& field) const;
    /// All columns, as shown; with commas between.
    std::string allShown() const;
    std::vector<DatasetColumn> allTold() const;
    /// A number of the column, for sums and comparisons.
    std::string number(const std::string& column) const;
    /// The rows whose value a chart can draw: not NULL, NaN or an infinity, which would make sums of others
    /// NaN.
    std::string isNumber(const std::string& column) const;
    bool isDouble(const std::string& column) const;
    DatasetColumn toldNumber(const std::string& column) const;
    std::string wholeNumberType() const;

    /// The rows of the last `span` of a TIMESTAMP; 0: all, and the condition is empty.
    std::string newest(const std::string& time, Millis span) const;
    /// The rows with the largest value of a column.
    std::string last(const std::string& column) const;
    /// Sorts by a column as our tables do, NULL as the smallest value.
    std::string sortedBy(const std::string& column, bool descending) const;
    /// Sorts the rows that came last to the front; empty: the table does not know.
    std::string cameLast() const;

    /// SELECT `columns` FROM the table, with what is not empty of the rest.
    std::string select(const std::string& columns, const std::string& where, const std::string& order = {},
                       std::size_t limit = 0) const;

 private:
    StoredTable m_table;
    SchemaRef m_schema;
    bool m_sqlite;
};

}  // namespace rw
