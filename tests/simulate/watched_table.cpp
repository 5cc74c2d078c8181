#include "tests/simulate/watched_table.h"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "tests/simulate/read_files.h"
#include "tests/simulate/sqlite_vfs.h"

namespace rw::simulated {

void WatchedTable::change() {
    try {
        SQLite::Database database(watchedFile(), SQLite::OPEN_READWRITE, 0, SqliteVfs::name());
        // Its journal is gone for good, too: a loss of power takes no version back.
        database.exec("PRAGMA synchronous = EXTRA");
        database.exec(fmt::format("UPDATE watched SET version = {0}, twice = 2 * {0}", m_version + 1));
        ++m_version;
    } catch (const SQLite::Exception& failure) {
        if (failure.getErrorCode() != SQLITE_BUSY) throw;
    }
}

std::string watchedDatabase() {
    // Over several pages, so that half a change would be seen.
    return databaseOf(
        "CREATE TABLE watched (number INTEGER, note TEXT, version INTEGER, twice INTEGER);"
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 49) "
        "INSERT INTO watched SELECT i, printf('%0200d', i), 0, 0 FROM n");
}

}  // namespace rw::simulated
