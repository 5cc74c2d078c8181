#include "core/connect/sqlite_profile.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <cmath>

#include "core/connect/sqlite_reading.h"
#include "core/connect/sqlite_sql.h"

namespace rw {
namespace {

class Profiler {
 public:
    Profiler(SQLite::Database& database, const SqliteQuery& query, int column)
        : m_database(database),
          m_query(query),
          m_name(sqliteName(query.table.columns.at(static_cast<std::size_t>(column)).name)) {}

    SqliteProfile read() {
        SqliteProfile profile;
        SQLite::Statement ends =
            statement("COUNT(*), COUNT(" + m_name + "), SUM(typeof(" + m_name +
                      ") IN ('integer', 'real')), MIN(" + m_name + "), MAX(" + m_name + ")");
        ends.executeStep();
        profile.rows = ends.getColumn(0).getInt64();
        const std::int64_t values = ends.getColumn(1).getInt64();
        profile.empty = profile.rows - values;
        profile.numeric = values > 0 && ends.getColumn(2).getInt64() == values;
        if (profile.numeric) {
            profile.least = ends.getColumn(3).getDouble();
            profile.most = ends.getColumn(4).getDouble();
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
        bindFilter(made, m_query.filter);
        return made;
    }
    std::string given() const {
        return (m_query.filter.empty() ? " WHERE " : " AND ") + m_name + " IS NOT NULL";
    }

    void readBins(SqliteProfile& profile) {
        double width = (profile.most - profile.least) / SqliteProfile::kBins;
        if (!std::isfinite(width)) width = 0;  // an infinite end: everything in one part
        profile.bins.assign(width > 0 ? SqliteProfile::kBins : 1, 0);
        const std::string bin = width > 0
                                    ? fmt::format("MIN(CAST(({} - ({:.17g})) / {:.17g} AS INTEGER), {})",
                                                  m_name, profile.least, width, SqliteProfile::kBins - 1)
                                    : std::string("0");
        SQLite::Statement bins = statement(bin + " AS bin, COUNT(*)", given() + " GROUP BY bin");
        while (bins.executeStep()) {
            const auto at = std::clamp<std::int64_t>(bins.getColumn(0).getInt64(), 0,
                                                     static_cast<std::int64_t>(profile.bins.size()) - 1);
            profile.bins[static_cast<std::size_t>(at)] += bins.getColumn(1).getInt64();
        }
    }
    void readMedian(SqliteProfile& profile, std::int64_t values) {
        SQLite::Statement middle = statement(
            m_name, given() + " ORDER BY " + m_name + fmt::format(" LIMIT 1 OFFSET {}", (values - 1) / 2));
        if (middle.executeStep()) profile.median = middle.getColumn(0).getDouble();
    }
    void readTop(SqliteProfile& profile) {
        SQLite::Statement distinct = statement("COUNT(DISTINCT " + m_name + ")");
        distinct.executeStep();
        profile.distinct = distinct.getColumn(0).getInt64();
        SQLite::Statement top = statement(m_name + " AS value, COUNT(*) AS found",
                                          given() + " GROUP BY value ORDER BY found DESC, value" +
                                              fmt::format(" LIMIT {}", SqliteProfile::kTop));
        while (top.executeStep())
            profile.top.emplace_back(top.getColumn(0).getString(), top.getColumn(1).getInt64());
    }

    SQLite::Database& m_database;
    const SqliteQuery& m_query;
    std::string m_name;
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
