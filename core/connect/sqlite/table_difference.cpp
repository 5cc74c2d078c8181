#include "core/connect/sqlite/table_difference.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstring>

#include "core/connect/sqlite/reading.h"

namespace rw {

namespace {

constexpr double kRelative = 1e-9, kAbsolute = 1e-12;
constexpr std::size_t kMostInKey = 10'000;  // rows of one key that wait for their pairs
constexpr std::size_t kMostKeyColumns = 4;  // of a key that is looked for
constexpr std::int64_t kMostTried = 1'000'000;

/// A value as SQLite has it, in SQLite's order of values.
struct Stored {
    int type = SQLITE_NULL;
    std::int64_t whole = 0;
    double number = 0;
    std::string bytes{};

    void take(const SQLite::Column& column) {
        type = column.getType();
        if (type == SQLITE_INTEGER) whole = column.getInt64();
        if (type == SQLITE_FLOAT) number = column.getDouble();
        if (type != SQLITE_TEXT && type != SQLITE_BLOB) return;
        const auto size = static_cast<std::size_t>(column.getBytes());
        const void* const from = column.getBlob();
        bytes.assign(static_cast<const char*>(from), from == nullptr ? 0 : size);
    }
    bool isNumber() const { return type == SQLITE_INTEGER || type == SQLITE_FLOAT; }
    /// Holds every INTEGER and every REAL.
    long double wide() const {
        return type == SQLITE_INTEGER ? static_cast<long double>(whole) : static_cast<long double>(number);
    }
    /// NULL, numbers, texts, bytes.
    int rank() const { return type == SQLITE_NULL ? 0 : isNumber() ? 1 : type == SQLITE_TEXT ? 2 : 3; }
};

std::strong_ordering orderOfStored(const Stored& a, const Stored& b) {
    if (a.rank() != b.rank()) return a.rank() <=> b.rank();
    if (a.isNumber()) {
        if (a.type == SQLITE_INTEGER && b.type == SQLITE_INTEGER) return a.whole <=> b.whole;
        return a.wide() < b.wide()   ? std::strong_ordering::less
               : a.wide() > b.wide() ? std::strong_ordering::greater
                                     : std::strong_ordering::equal;
    }
    return a.bytes.compare(b.bytes) <=> 0;
}

bool isClose(const Stored& a, const Stored& b) {
    if (!a.isNumber() || !b.isNumber() || (a.type != SQLITE_FLOAT && b.type != SQLITE_FLOAT)) return false;
    const auto x = static_cast<double>(a.wide()), y = static_cast<double>(b.wide());
    return std::abs(x - y) <= std::max(kRelative * std::max(std::abs(x), std::abs(y)), kAbsolute);
}

using StoredRow = std::vector<Stored>;

std::strong_ordering orderOfRows(const StoredRow& a, const StoredRow& b, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
        if (const auto order = orderOfStored(a[i], b[i]); order != 0) return order;
    return std::strong_ordering::equal;
}

/// By which the values of a column are sorted and compared; one that is no value of its type as it is stored.
std::string comparedAs(const SqliteColumn& column) {
    if (column.values == TypeId::Null) return sqliteName(column.name);
    return fmt::format("coalesce({}, {})", sortKeyOf(column), sqliteName(column.name));
}

/// The rows of one table in the order of their values.
class SortedRows {
 public:
    SortedRows(SQLite::Database& database, const std::string& table, const std::vector<SqliteColumn>& columns)
        : m_columns(columns), m_statement(database, sqlFor(table, columns)), m_now(columns.size()) {
        std::size_t next = columns.size();
        for (std::size_t i = 0; i < columns.size(); ++i)
            m_places.push_back(columns[i].values == TypeId::Null ? i : next++);
        step();
    }
    bool there() const { return m_there; }
    const StoredRow& now() const { return m_now; }
    SqliteRow shown() const {
        SqliteRow row;
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            row.push_back(sqliteCell(m_statement.getColumn(static_cast<int>(i)), m_columns[i].values));
        return row;
    }
    void step() {
        m_there = m_statement.executeStep();
        if (!m_there) return;
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            m_now[i].take(m_statement.getColumn(static_cast<int>(m_places[i])));
    }

 private:
    static std::string sqlFor(const std::string& table, const std::vector<SqliteColumn>& columns) {
        std::vector<std::string> selected, order;
        for (const SqliteColumn& column : columns) {
            selected.push_back(sqliteName(column.name));
            order.push_back(comparedAs(column) + " COLLATE BINARY");
        }
        for (const SqliteColumn& column : columns)
            if (column.values != TypeId::Null) selected.push_back(comparedAs(column));
        return fmt::format("SELECT {} FROM {} ORDER BY {}", fmt::join(selected, ", "), sqliteName(table),
                           fmt::join(order, ", "));
    }

    const std::vector<SqliteColumn>& m_columns;
    mutable SQLite::Statement m_statement;
    std::vector<std::size_t> m_places{};  ///< of the values that are compared
    StoredRow m_now;
    bool m_there = false;
};

class Comparing {
 public:
    Comparing(TableDifference& out, std::size_t most) : m_out(out), m_most(most) {}

    void compare(SortedRows& here, SortedRows& there) {
        const std::size_t all = m_out.columns.size(), keys = m_out.keys > 0 ? m_out.keys : all;
        while (here.there() || there.there()) {
            const auto order = !there.there()  ? std::strong_ordering::less
                               : !here.there() ? std::strong_ordering::greater
                                               : orderOfRows(here.now(), there.now(), 0, keys);
            if (order < 0) {
                const StoredRow key = here.now();
                std::size_t rows = 0;
                for (; isOf(here, key, keys); here.step(), ++rows) only(Kind::OnlyHere, here.shown());
                if (rows > 1 && m_out.keys > 0) ++m_out.repeated;
            } else if (order > 0) {
                const StoredRow key = there.now();
                std::size_t rows = 0;
                for (; isOf(there, key, keys); there.step(), ++rows) only(Kind::OnlyThere, there.shown());
                if (rows > 1 && m_out.keys > 0) ++m_out.repeated;
            } else {
                compareKey(here, there, keys);
            }
        }
    }

 private:
    using Kind = RowDiffering::Kind;
    struct Left {
        StoredRow values{};
        SqliteRow shown{};
    };

    static bool isOf(const SortedRows& side, const StoredRow& key, std::size_t keys) {
        return side.there() && orderOfRows(side.now(), key, 0, keys) == 0;
    }

    /// Rows of one key: those that are equal are the same, and of those left each is a row that changed.
    void compareKey(SortedRows& here, SortedRows& there, std::size_t keys) {
        const std::size_t all = m_out.columns.size();
        const StoredRow key = here.now();
        std::vector<Left> leftHere, leftThere;
        std::size_t rowsHere = 0, rowsThere = 0;
        for (;;) {
            const bool a = isOf(here, key, keys), b = isOf(there, key, keys);
            if (!a && !b) break;
            const auto order = !b   ? std::strong_ordering::less
                               : !a ? std::strong_ordering::greater
                                    : orderOfRows(here.now(), there.now(), keys, all);
            if (order == 0) ++m_out.same;
            if (order < 0) leave(leftHere, here, Kind::OnlyHere);
            if (order > 0) leave(leftThere, there, Kind::OnlyThere);
            if (order <= 0) {
                here.step();
                ++rowsHere;
            }
            if (order >= 0) {
                there.step();
                ++rowsThere;
            }
        }
        if (m_out.keys > 0 && std::max(rowsHere, rowsThere) > 1) ++m_out.repeated;
        const std::size_t pairs = m_out.keys > 0 ? std::min(leftHere.size(), leftThere.size()) : 0;
        for (std::size_t i = 0; i < pairs; ++i) pair(std::move(leftHere[i]), std::move(leftThere[i]));
        for (std::size_t i = pairs; i < leftHere.size(); ++i)
            only(Kind::OnlyHere, std::move(leftHere[i].shown));
        for (std::size_t i = pairs; i < leftThere.size(); ++i)
            only(Kind::OnlyThere, std::move(leftThere[i].shown));
    }

    void leave(std::vector<Left>& left, const SortedRows& side, Kind kind) {
        if (left.size() < kMostInKey) {
            left.push_back({side.now(), side.shown()});
        } else {
            only(kind, side.shown());
        }
    }

    void pair(Left here, Left there) {
        RowDiffering row{Kind::Changed};
        for (std::size_t i = 0; i < here.values.size(); ++i)
            row.changed.push_back(orderOfStored(here.values[i], there.values[i]) != 0 &&
                                  !isClose(here.values[i], there.values[i]));
        if (std::find(row.changed.begin(), row.changed.end(), true) == row.changed.end()) {
            ++m_out.same;
            ++m_out.close;
            return;
        }
        if (m_out.changed++ >= m_most) return;
        row.here = std::move(here.shown);
        row.there = std::move(there.shown);
        m_out.rows.push_back(std::move(row));
    }

    void only(Kind kind, SqliteRow shown) {
        std::uint64_t& count = kind == Kind::OnlyHere ? m_out.onlyHere : m_out.onlyThere;
        if (count++ >= m_most) return;
        RowDiffering row{kind};
        (kind == Kind::OnlyHere ? row.here : row.there) = std::move(shown);
        m_out.rows.push_back(std::move(row));
    }

    TableDifference& m_out;
    const std::size_t m_most;
};

const SqliteColumn* columnOf(const std::vector<SqliteColumn>& columns, const std::string& name) {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const SqliteColumn& column) {
        return sameSqliteName(column.name, name);
    });
    return found == columns.end() ? nullptr : &*found;
}

bool haveAll(const std::vector<SqliteColumn>& columns, const std::vector<std::string>& names) {
    return !names.empty() && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return columnOf(columns, name) != nullptr;
    });
}

bool isUnique(SQLite::Database& database, const SqliteEntry& table, const std::vector<std::string>& names) {
    std::vector<std::string> quoted;
    for (const std::string& name : names) quoted.push_back(sqliteName(name));
    SQLite::Statement twice(database, fmt::format("SELECT 1 FROM {} GROUP BY {} HAVING COUNT(*) > 1 LIMIT 1",
                                                  sqliteName(table.name), fmt::join(quoted, ", ")));
    return !twice.executeStep();
}

/// The columns that name a row, where nobody says which: none, if there are no such.
std::vector<std::string> keyFor(const TableComparison& asked, const std::vector<SqliteColumn>& common,
                                SQLite::Database& here, SQLite::Database& there) {
    if (haveAll(common, asked.proposed)) return asked.proposed;
    for (const auto& key : describeTable(here, asked.here.table.name).uniqueKeys)
        if (haveAll(common, key)) return key;
    if (std::max(asked.here.table.rows, asked.there.table.rows) > kMostTried) return {};
    std::vector<std::string> names;
    for (const SqliteColumn& column : common) {
        // All columns would name a row, too, but then none ever changes.
        if (names.size() == kMostKeyColumns || names.size() + 1 >= common.size()) break;
        names.push_back(column.name);
        if (isUnique(here, asked.here.table, names) && isUnique(there, asked.there.table, names))
            return names;
    }
    return {};
}

/// The columns of both tables, in the order of the first; of a type of ours where either declares one.
std::vector<SqliteColumn> commonColumns(const TableComparison& asked, TableDifference& out) {
    std::vector<SqliteColumn> common;
    for (const SqliteColumn& column : asked.here.table.columns) {
        const SqliteColumn* const other = columnOf(asked.there.table.columns, column.name);
        if (other == nullptr) {
            out.onlyHereColumns.push_back(column.name);
        } else {
            common.push_back(column);
            if (column.values == TypeId::Null) common.back().values = other->values;
        }
    }
    for (const SqliteColumn& column : asked.there.table.columns)
        if (columnOf(asked.here.table.columns, column.name) == nullptr)
            out.onlyThereColumns.push_back(column.name);
    return common;
}

Status arrange(TableDifference& out, const std::vector<std::string>& key, std::vector<SqliteColumn> common) {
    for (const std::string& name : key) {
        const SqliteColumn* const column = columnOf(common, name);
        if (column == nullptr)
            return {ErrorCode::Invalid, RW_TEXT("sqlite", "Not both tables have the column “%1”.").with(name),
                    RW_TEXT("sqlite", "Choose other columns for the key.")};
        if (columnOf(out.columns, name) == nullptr) out.columns.push_back(*column);
    }
    out.keys = out.columns.size();
    for (SqliteColumn& column : common)
        if (columnOf(out.columns, column.name) == nullptr) out.columns.push_back(std::move(column));
    return {};
}

Status findColumns(SQLite::Database& database, ComparedTable& compared) {
    if (!compared.table.columns.empty()) return {};
    compared.table.columns = describeTable(database, compared.table.name).columns;
    if (!compared.table.columns.empty()) return {};
    return {ErrorCode::NotFound,
            RW_TEXT("sqlite", "There is no table “%1” in “%2”.").with(compared.table.name, compared.path),
            RW_TEXT("sqlite", "Choose another table.")};
}

}  // namespace

Result<TableDifference> compareTables(const TableComparison& comparison, CancelFlag cancel) {
    using Difference = Result<TableDifference>;
    TableComparison asked = comparison;
    return readingSqlite<TableDifference>(asked.here.path, cancel, [&](SQLite::Database& here) -> Difference {
        return readingSqlite<TableDifference>(
            asked.there.path, cancel, [&](SQLite::Database& there) -> Difference {
                const SQLite::Transaction momentHere(here), momentThere(there);
                RW_TRY(findColumns(here, asked.here));
                RW_TRY(findColumns(there, asked.there));
                TableDifference out;
                std::vector<SqliteColumn> common = commonColumns(asked, out);
                if (common.empty())
                    return Status(ErrorCode::Invalid,
                                  RW_TEXT("sqlite", "“%1” and “%2” have no column of the same name.")
                                      .with(asked.here.table.name, asked.there.table.name),
                                  RW_TEXT("sqlite", "Choose another table."));
                const std::vector<std::string> key =
                    asked.key ? *asked.key : keyFor(asked, common, here, there);
                RW_TRY(arrange(out, key, std::move(common)));
                SortedRows rowsHere(here, asked.here.table.name, out.columns);
                SortedRows rowsThere(there, asked.there.table.name, out.columns);
                Comparing(out, asked.most).compare(rowsHere, rowsThere);
                return out;
            });
    });
}

}  // namespace rw
