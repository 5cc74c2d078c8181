#include "core/connect/sqlite/profile.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <cmath>

#include "core/connect/sqlite/reading.h"
#include "core/connect/sqlite/statements.h"
#include "core/connect/sqlite/values.h"
#include "core/data/text.h"

namespace rw {
namespace {

std::string exactText(const SQLite::Column& value) {
    if (value.isInteger()) return std::to_string(value.getInt64());
    if (!value.isFloat()) return value.getString();
    std::string text;
    appendDouble(text, value.getDouble());
    return text;
}

class Profiler {
 public:
    Profiler(SQLite::Database& database, const SqliteQuery& query, int column)
        : m_database(database),
          m_query(query),
          m_column(query.table.columns.at(static_cast<std::size_t>(column))),
          m_name(sqliteName(m_column.name)),
          m_number(numberOf(m_column)),
          m_text(textOf(m_column)) {}

    SqliteProfile read() {
        SqliteProfile profile;
        SQLite::Statement ends = statement("COUNT(*), COUNT(" + m_name + "), SUM(typeof(" + m_number +
                                           ") IN ('integer', 'real')), MIN(" + m_number + "), MAX(" +
                                           m_number + "), SUM(typeof(" + m_name + ") = 'text')");
        ends.executeStep();
        profile.rows = ends.getColumn(0).getInt64();
        const std::int64_t values = ends.getColumn(1).getInt64();
        profile.empty = profile.rows - values;
        profile.numeric =
            values > 0 && ends.getColumn(2).getInt64() == values && m_column.values != TypeId::Boolean;
        if (profile.numeric) {
            const bool time = m_column.values == TypeId::Date || m_column.values == TypeId::Timestamp;
            profile.times = time && ends.getColumn(5).getInt64() == values;
            profile.least = ends.getColumn(3).getDouble();
            profile.most = ends.getColumn(4).getDouble();
            readLeast(profile);
            readBins(profile);
            readMedian(profile, values);
        } else if (values > 0) {
            readTop(profile);
        }
        return profile;
    }

 private:
    SQLite::Statement statement(const std::string& what, const std::string& rest = {}) {
        SQLite::Statement made(m_database, "SELECT " + what + sqliteFrom(m_query) + rest);
        bindFilter(made, m_query);
        return made;
    }
    std::string given() const {
        return (m_query.filter.empty() ? " WHERE " : " AND ") + m_name + " IS NOT NULL";
    }

    // Beside a MIN() a column has the value of the row that it is of.
    void readLeast(SqliteProfile& profile) {
        SQLite::Statement least = statement(m_name + ", MIN(" + sortKeyOf(m_column) + ")", given());
        if (least.executeStep()) profile.leastText = exactText(least.getColumn(0));
    }
    void readBins(SqliteProfile& profile) {
        double width = (profile.most - profile.least) / SqliteProfile::kBins;
        if (!std::isfinite(width)) width = 0;  // an infinite end: everything in one part
        profile.bins.assign(width > 0 ? SqliteProfile::kBins : 1, 0);
        const std::string bin = width > 0
                                    ? fmt::format("MIN(CAST(({} - ({:.17g})) / {:.17g} AS INTEGER), {})",
                                                  m_number, profile.least, width, SqliteProfile::kBins - 1)
                                    : std::string("0");
        SQLite::Statement bins = statement(bin + ", COUNT(*)", given() + " GROUP BY 1");
        while (bins.executeStep()) {
            const auto at = std::clamp<std::int64_t>(bins.getColumn(0).getInt64(), 0,
                                                     static_cast<std::int64_t>(profile.bins.size()) - 1);
            profile.bins[static_cast<std::size_t>(at)] += bins.getColumn(1).getInt64();
        }
    }
    void readMedian(SqliteProfile& profile, std::int64_t values) {
        SQLite::Statement middle =
            statement(m_number, given() + " ORDER BY " + m_number +
                                    fmt::format(" LIMIT 1 OFFSET {}", (values - 1) / 2));
        if (middle.executeStep()) profile.median = middle.getColumn(0).getDouble();
    }
    void readTop(SqliteProfile& profile) {
        SQLite::Statement distinct = statement("COUNT(DISTINCT " + m_text + ")");
        distinct.executeStep();
        profile.distinct = distinct.getColumn(0).getInt64();
        SQLite::Statement top =
            statement(m_text + ", COUNT(*)",
                      given() + fmt::format(" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {}", SqliteProfile::kTop));
        while (top.executeStep())
            profile.top.emplace_back(top.getColumn(0).getString(), top.getColumn(1).getInt64());
    }

    SQLite::Database& m_database;
    const SqliteQuery& m_query;
    const SqliteColumn& m_column;
    const std::string m_name, m_number, m_text;
};

}  // namespace

Result<SqliteProfile> profileColumn(const SqliteQuery& query, int column, CancelFlag cancel) {
    return readingSqlite<SqliteProfile>(query.path, cancel,
                                        [&](SQLite::Database& database) -> Result<SqliteProfile> {
                                            const SQLite::Transaction moment(database);
                                            return Profiler(database, query, column).read();
                                        });
}

}  // namespace rw
