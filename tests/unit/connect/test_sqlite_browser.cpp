// Looking into SQLite files: the tables listed, the matching rows, and that no writer is ever kept waiting.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <QtTest/QtTest>
#include <utility>

#include "core/connect/sqlite/browser.h"
#include "core/connect/sqlite/profile.h"

using namespace rw;

namespace {

struct File {
    QTemporaryDir folder;
    std::string path = folder.filePath(QStringLiteral("results.db")).toStdString();
    SQLite::Database database{path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};

    File() {
        database.exec("PRAGMA journal_mode = WAL");
        database.exec("CREATE TABLE load (core INTEGER, avg REAL, note TEXT)");
        database.exec(
            "INSERT INTO load VALUES (7, 0.75, 'a%b'), (2, 0.25, NULL), (5, 0.1, 'ab'), (2, 1e100, 'x')");
        database.exec("CREATE TABLE keyed (k TEXT PRIMARY KEY, v BLOB) WITHOUT ROWID");
        database.exec("INSERT INTO keyed VALUES ('b', X'00FF'), ('a', NULL)");
        database.exec("CREATE VIEW latest AS SELECT core, MAX(avg) AS avg FROM load GROUP BY core");
        database.exec("CREATE VIEW broken AS SELECT * FROM gone");
    }
    SqliteEntry entry(const std::string& name) const {
        const auto listing = listSqlite(path, nullptr);
        for (const SqliteEntry& each : listing->entries)
            if (each.name == name) return each;
        return {};
    }
    SqliteMatch match(const std::string& table, const std::string& filter = {}, int sort = -1,
                      bool descending = false) const {
        SqliteQuery query{path, entry(table)};
        query.filter = *parseSqliteFilter(filter, query.table.columns);
        query.sortColumn = sort;
        query.descending = descending;
        return *findRows(query, nullptr);
    }
    QString column(const SqliteMatch& found, std::size_t number) const {
        QStringList texts;
        const auto rows = readRows(found, 0, found.rows, nullptr);
        for (const SqliteRow& row : *rows)
            texts << (row.empty() ? QStringLiteral("gone") : QString::fromStdString(row[number].text));
        return texts.join(u'|');
    }
};

/// While there is one, SQL has a function lock(). Armed with a writer, its next call lets that commit: it
/// can't before the reader is done, and keeps the next one out.
class LockFunction {
 public:
    LockFunction() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(install)); }
    ~LockFunction() {
        armed = nullptr;
        sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(install));
    }
    LockFunction(const LockFunction&) = delete;
    LockFunction& operator=(const LockFunction&) = delete;
    static void arm(SQLite::Database& writer) { armed = &writer; }

 private:
    static int install(sqlite3* database, char**, const sqlite3_api_routines*) {
        return sqlite3_create_function_v2(database, "lock", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, nullptr, lock,
                                          nullptr, nullptr, nullptr);
    }
    static void lock(sqlite3_context* context, int, sqlite3_value**) {
        if (SQLite::Database* const writer = std::exchange(armed, nullptr)) {
            (void)writer->tryExec("BEGIN IMMEDIATE; INSERT INTO t VALUES (2)");
            (void)writer->tryExec("COMMIT");
        }
        sqlite3_result_int(context, 1);
    }
    static inline SQLite::Database* armed = nullptr;
};

}  // namespace

class TestSqliteBrowser : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void tablesThenViewsWithTheirRows() {
        const File file;
        const auto listing = listSqlite(file.path, nullptr);
        QVERIFY2(listing.ok(), listing.ok() ? "" : english(listing.error()).c_str());
        QStringList found;
        for (const SqliteEntry& each : listing->entries)
            found << QStringLiteral("%1:%2:%3")
                         .arg(QString::fromStdString(each.name))
                         .arg(each.view)
                         .arg(each.rows);
        QCOMPARE(found, (QStringList{QStringLiteral("keyed:0:2"), QStringLiteral("load:0:4"),
                                     QStringLiteral("broken:1:-1"), QStringLiteral("latest:1:3")}));
        QVERIFY(listing->bytes > 0);
        QCOMPARE(listing->stamp, sqliteStamp(file.path));
    }

    /// Rows that were not counted for it would never be: nothing tells that the file is free.
    void aLockWhileRowsAreCountedIsToldAsOne() {
        const LockFunction function;
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("busy.db")).toStdString();
        SQLite::Database writer(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        writer.exec("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)");
        writer.exec("CREATE VIEW a AS SELECT n FROM t WHERE lock(); CREATE VIEW b AS SELECT n FROM t");
        LockFunction::arm(writer);
        const auto locked = listSqlite(path, nullptr);
        QVERIFY(!locked.ok() && locked.error().code == ErrorCode::Locked);
        QCOMPARE(writer.tryExec("COMMIT"), SQLITE_OK);
        const auto listing = listSqlite(path, nullptr);
        QVERIFY(listing.ok());
        QCOMPARE(listing->entries.size(), std::size_t{3});
        QCOMPARE(listing->entries.back().rows, std::int64_t{2});
    }

    void aWriteChangesTheStamp() {
        File file;
        const std::string before = sqliteStamp(file.path);
        file.database.exec("INSERT INTO load VALUES (1, 1, 'new')");
        QVERIFY(sqliteStamp(file.path) != before);
    }

    void rowsAreSortedWithTheirEnds() {
        const File file;
        QCOMPARE(file.column(file.match("load"), 0), QStringLiteral("7|2|5|2"));
        const SqliteMatch sorted = file.match("load", {}, 0, true);
        QCOMPARE(file.column(sorted, 0), QStringLiteral("7|5|2|2"));
        QCOMPARE(*sorted.least, 2.0);
        QCOMPARE(*sorted.most, 7.0);
        QVERIFY(!file.match("load", {}, 2).most);  // texts have no bar
    }

    void numbersAreExact() {
        const File file;
        QCOMPARE(file.column(file.match("load"), 1), QStringLiteral("0.75|0.25|0.1|1e+100"));
    }

    void wordsAreFoundInAnyColumn() {
        const File file;
        QCOMPARE(file.match("load", "a").rows, 2);
        QCOMPARE(file.match("load", "A%").rows, 1);  // a percent sign is one, not a pattern
        QCOMPARE(file.match("load", "0.2").rows, 1);
        QCOMPARE(file.match("load", "nowhere").rows, 0);
    }

    void comparisonsAreOfAColumn() {
        const File file;
        QCOMPARE(file.column(file.match("load", "core >= 5"), 0), QStringLiteral("7|5"));
        QCOMPARE(file.match("load", "core!=2").rows, 2);
        QCOMPARE(file.column(file.match("load", "note = 'ab'"), 0), QStringLiteral("5"));
        QCOMPARE(file.match("load", "nocolumn > 1").rows, 0);  // words, then
    }

    void conditionsAreJoinedByAnd_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("cores");
        const auto row = [](const char* filter, const char* cores) {
            QTest::newRow(filter) << QString::fromUtf8(filter) << QString::fromUtf8(cores);
        };
        row("core = 2 and avg < 1", "2");
        row("core >= 2 AND core < 7 And avg < 1e6", "2|3|5");
        row("core > 1 and note = 'a%b'", "7");
        row("note = 'salt and pepper'", "1");
        row("note = 'salt and pepper' and core = 1", "1");
        row("note='it''s = and'", "3");
        row("core = 3 and note != ''", "3");
        row("core = 99 and core = 1", "");
        row("salt and pepper", "1");
        row("and", "1|3");
    }
    void conditionsAreJoinedByAnd() {
        QFETCH(QString, filter);
        File file;
        file.database.exec("INSERT INTO load VALUES (1, 10, 'salt and pepper'), (3, 30, 'it''s = and')");
        QTEST(file.column(file.match("load", filter.toStdString(), 0), 0), "cores");
    }

    // The ends of the sorted column, pages without row ids and profiles ask with the same values.
    void everyQuestionHasAllConditions() {
        const File file;
        const SqliteMatch match = file.match("load", "core <= 5 and avg < 0.2", 1);
        QCOMPARE(match.rows, 1);
        QVERIFY(match.least == 0.1 && match.most == 0.1);
        QCOMPARE(file.column(file.match("keyed", "k >= 'a' and k < 'b'"), 0), QStringLiteral("a"));
        QCOMPARE(profileColumn(match.query, 0, nullptr)->rows, std::int64_t{1});
    }

    void whatIsNoConditionIsRefused_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* filter, const char* words) {
            QTest::newRow(filter) << QString::fromUtf8(filter) << QString::fromUtf8(words);
        };
        row("core > 1 and nocolumn < 3", "The table has no column “nocolumn”.");
        row("core > 1 and pepper", "“pepper” is not a condition.");
        row("note = salt and pepper", "“pepper” is not a condition.");
        row("core > 1 and", "A condition is missing beside “and”.");
        row("core > 1 and and avg > 1", "A condition is missing beside “and”.");
        row("core > 1 and avg >", "“avg >” has no value to compare with.");
    }
    void whatIsNoConditionIsRefused() {
        QFETCH(QString, filter);
        QFETCH(QString, words);
        const File file;
        const auto read = parseSqliteFilter(filter.toStdString(), file.entry("load").columns);
        QVERIFY(!read.ok());
        const QString said = QString::fromStdString(english(read.error()));
        QVERIFY2(said.startsWith(words) && said.size() > words.size() + 10, qPrintable(said));
    }

    void tablesWithoutRowIdsAndViewsAreReadToo() {
        const File file;
        const SqliteMatch keyed = file.match("keyed");
        QVERIFY(keyed.ids.empty());
        QCOMPARE(file.column(keyed, 0), QStringLiteral("a|b"));
        QCOMPARE(file.column(keyed, 1), QStringLiteral("|X'00FF'"));
        QCOMPARE(file.column(file.match("latest", {}, 0), 0), QStringLiteral("2|5|7"));
    }

    void aColumnMayBeCalledRowid() {
        File file;
        file.database.exec("CREATE TABLE odd (rowid TEXT, \"or\"\"der\" TEXT)");
        file.database.exec("INSERT INTO odd VALUES ('z', 'one'), ('a', 'two')");
        QCOMPARE(file.column(file.match("odd", {}, 1, true), 0), QStringLiteral("a|z"));
    }

    void rowsDoNotMoveWhileOthersAreAdded() {
        File file;
        const SqliteMatch match = file.match("load", {}, 0);
        file.database.exec("INSERT INTO load VALUES (0, 0, 'new')");
        file.database.exec("DELETE FROM load WHERE core = 7");
        QCOMPARE(file.column(match, 0), QStringLiteral("2|2|5|gone"));
    }

    void aWriterIsNeverKeptWaiting() {
        File file;
        const SqliteMatch match = file.match("load");
        SQLite::Transaction write(file.database, SQLite::TransactionBehavior::IMMEDIATE);
        file.database.exec("INSERT INTO load VALUES (9, 9, 'not yet')");
        QCOMPARE(file.match("load").rows, 4);  // reading goes on while another writes
        write.commit();
        QCOMPARE(file.match("load").rows, 5);
        QCOMPARE(file.database.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt(),
                 0);  // no connection holds the log
        QCOMPARE(match.rows, 4);
    }

    void whatIsWrongIsSaid() {
        const File file;
        QCOMPARE(listSqlite(file.path + "x", nullptr).error().code, ErrorCode::NotFound);
        const QString text = file.folder.filePath(QStringLiteral("text.db"));
        QFile other(text);
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write(QByteArray(5000, 'x'));
        other.close();
        QVERIFY(english(listSqlite(text.toStdString(), nullptr).error()).find("not an SQLite database") !=
                std::string::npos);
    }

    void aColumnIsSeenAtAGlance() {
        const File file;
        SqliteQuery query{file.path, file.entry("load")};
        const auto core = profileColumn(query, 0, nullptr);
        QVERIFY(core->numeric);
        QCOMPARE(core->least, 2.0);
        QCOMPARE(core->most, 7.0);
        QCOMPARE(core->median, 2.0);
        QCOMPARE(core->bins.size(), std::size_t{SqliteProfile::kBins});
        QCOMPARE(core->bins.front(), std::int64_t{2});
        QCOMPARE(core->bins.back(), std::int64_t{1});
        const auto note = profileColumn(query, 2, nullptr);
        QVERIFY(!note->numeric);
        QCOMPARE(note->empty, std::int64_t{1});
        QCOMPARE(note->distinct, std::int64_t{3});
        QCOMPARE(note->top.front().first, std::string("a%b"));
        query.filter = *parseSqliteFilter("core = 5", query.table.columns);
        const auto one = profileColumn(query, 0, nullptr);
        QCOMPARE(one->rows, std::int64_t{1});
        QCOMPARE(one->bins, std::vector<std::int64_t>{1});  // one value has no width
        query.filter = *parseSqliteFilter("core = 50", query.table.columns);
        QCOMPARE(profileColumn(query, 0, nullptr)->rows, std::int64_t{0});
    }

    void aLongSearchCanBeCancelled() {
        File file;
        file.database.exec(
            "CREATE TABLE many AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
            " WHERE i < 100000) SELECT i FROM n");
        const std::atomic<bool> cancel{true};
        const SqliteQuery query{file.path, file.entry("many")};
        QCOMPARE(findRows(query, &cancel).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestSqliteBrowser)
#include "test_sqlite_browser.moc"
