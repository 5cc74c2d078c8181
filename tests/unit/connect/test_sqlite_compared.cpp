// Tables that are compared row by row, copied into other files, and kept to be compared with later.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <QtTest/QtTest>

#include "core/connect/sqlite/kept_results.h"
#include "core/connect/sqlite/table_copy.h"
#include "core/connect/sqlite/table_difference.h"

using namespace rw;

namespace {

struct Databases {
    QTemporaryDir folder;
    std::string path = file("here.db");
    SQLite::Database database{path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};

    std::string file(const char* name) const {
        return folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    static SqliteEntry entry(const std::string& path, const std::string& name) {
        const auto listing = listSqlite(path, nullptr);
        if (!listing.ok()) return {};
        for (const SqliteEntry& each : listing->entries)
            if (each.name == name) return each;
        return {};
    }
    TableComparison asked(const char* here, const char* there) const {
        return {{path, entry(path, here)}, {path, entry(path, there)}};
    }
    SqliteMatch match(const std::string& table) const {
        return *findRows({path, entry(path, table)}, nullptr);
    }
};

/// “+k,v” only here, “-k,v” only there, “k,[there>here]” changed.
QString written(const TableDifference& difference) {
    QStringList rows;
    for (const RowDiffering& each : difference.rows) {
        const bool changed = each.kind == RowDiffering::Kind::Changed;
        const SqliteRow& row = each.here.empty() ? each.there : each.here;
        QStringList cells;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const QString now = QString::fromStdString(row[i].text);
            cells << (changed && each.changed[i]
                          ? QStringLiteral("[%1>%2]").arg(QString::fromStdString(each.there[i].text), now)
                          : now);
        }
        rows << (changed             ? QString()
                 : each.here.empty() ? QStringLiteral("-")
                                     : QStringLiteral("+")) +
                    cells.join(u',');
    }
    return rows.join(u'|');
}

std::string onlyText(const std::string& path, const std::string& sql) {
    SQLite::Database database(path, SQLite::OPEN_READONLY);
    SQLite::Statement statement(database, sql);
    return statement.executeStep() ? statement.getColumn(0).getString() : std::string("no row");
}

}  // namespace

class TestSqliteCompared : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { QVERIFY(qEnvironmentVariableIsSet("XDG_DATA_HOME")); }  // kept results go there

    void rowsOfOneKeyChange() {
        Databases files;
        files.database.exec("CREATE TABLE a (v REAL, k TEXT PRIMARY KEY, at TEXT)");
        files.database.exec("CREATE TABLE b (k TEXT, at TEXT, v REAL)");
        files.database.exec(
            "INSERT INTO a VALUES (1, 'x', 't'), (2, 'y', 't'), (3, 'z', NULL), (0.1 + 0.2, 'c', 't')");
        files.database.exec(
            "INSERT INTO b VALUES ('y', 't', 2), ('z', 't', 3.5), ('w', 't', 9), ('c', 't', 0.3)");
        const auto found = compareTables(files.asked("a", "b"), nullptr);
        QVERIFY(found.ok());
        QCOMPARE(found->keys, 1u);  // the primary key
        QCOMPARE(QString::fromStdString(found->columns.front().name), QStringLiteral("k"));
        QCOMPARE(written(*found), QStringLiteral("-w,9,t|+x,1,t|z,[3.5>3],[t>]"));
        QCOMPARE(found->onlyHere, 1u);
        QCOMPARE(found->onlyThere, 1u);
        QCOMPARE(found->changed, 1u);
        QCOMPARE(found->same, 2u);
        QCOMPARE(found->close, 1u);
        QCOMPARE(found->repeated, 0u);
    }

    /// Nobody says what names a row: the first columns that do, and never all.
    void aKeyIsFound() {
        Databases files;
        for (const char* name : {"a", "b"})
            files.database.exec(std::string("CREATE TABLE ") + name + " (w TEXT, k TEXT, n INTEGER, v REAL)");
        files.database.exec("INSERT INTO a VALUES ('1', 'x', 5, 1), ('1', 'y', 5, 1), ('2', 'x', 5, 1)");
        files.database.exec("INSERT INTO b VALUES ('1', 'x', 5, 1), ('1', 'y', 5, 2), ('2', 'x', 6, 1)");
        const auto found = compareTables(files.asked("a", "b"), nullptr);
        QVERIFY(found.ok());
        QCOMPARE(found->keys, 2u);
        QCOMPARE(written(*found), QStringLiteral("1,y,5,[2>1]|2,x,[6>5],1"));
    }

    /// By no key rows are there or not, as often as they are.
    void withoutAKeyRowsAreCounted() {
        Databases files;
        for (const char* name : {"a", "b"})
            files.database.exec(std::string("CREATE TABLE ") + name + " (k TEXT, v INTEGER)");
        files.database.exec("INSERT INTO a VALUES ('x', 1), ('x', 1), ('x', 1), ('y', 2)");
        files.database.exec("INSERT INTO b VALUES ('x', 1), ('y', 3)");
        TableComparison asked = files.asked("a", "b");
        const auto found = compareTables(asked, nullptr);
        QVERIFY(found.ok());
        QCOMPARE(found->keys, 0u);
        QCOMPARE(written(*found), QStringLiteral("+x,1|+x,1|+y,2|-y,3"));
        asked.key = std::vector<std::string>{"k"};
        const auto byKey = compareTables(asked, nullptr);
        QVERIFY(byKey.ok());
        QCOMPARE(byKey->repeated, 1u);
        QCOMPARE(written(*byKey), QStringLiteral("+x,1|+x,1|y,[3>2]"));
    }

    void valuesCompareByTheirTypes() {
        Databases files;
        files.database.exec("CREATE TABLE a (k INTEGER, d TEXT DECIMAL(10,2), n INTEGER)");
        files.database.exec("CREATE TABLE b (k INTEGER, d TEXT DECIMAL(10,1), n REAL)");
        files.database.exec("INSERT INTO a VALUES (1, '1.50', 9007199254740993), (2, '100.00', 3)");
        files.database.exec("INSERT INTO b VALUES (1, '1.5', 9007199254740993), (2, '99.9', 3.0)");
        const auto found = compareTables(files.asked("a", "b"), nullptr);
        QVERIFY(found.ok());
        QCOMPARE(found->changed, 1u);  // the REAL lost the last digit of the first, which is close
        QCOMPARE(written(*found), QStringLiteral("2,[99.9>100.00],3"));
    }

    void columnsThatOneSideHasAreNamed() {
        Databases files;
        files.database.exec("CREATE TABLE a (k TEXT, old INTEGER)");
        files.database.exec("CREATE TABLE b (K TEXT, new INTEGER)");
        files.database.exec("CREATE TABLE c (z INTEGER)");
        files.database.exec("INSERT INTO a VALUES ('x', 1)");
        files.database.exec("INSERT INTO b VALUES ('x', 2)");
        const auto found = compareTables(files.asked("a", "b"), nullptr);
        QVERIFY(found.ok());
        QVERIFY(found->isSame());
        QCOMPARE(found->onlyHereColumns, std::vector<std::string>{"old"});
        QCOMPARE(found->onlyThereColumns, std::vector<std::string>{"new"});
        QCOMPARE(compareTables(files.asked("a", "c"), nullptr).error().code, ErrorCode::Invalid);
        TableComparison asked = files.asked("a", "b");
        asked.key = std::vector<std::string>{"old"};
        QCOMPARE(compareTables(asked, nullptr).error().code, ErrorCode::Invalid);
    }

    /// All are counted, and so many of each kind kept.
    void veryManyDifferencesAreCut() {
        Databases files;
        files.database.exec("CREATE TABLE a (k INTEGER, v INTEGER)");
        files.database.exec("CREATE TABLE b (k INTEGER, v INTEGER)");
        files.database.exec(
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29999)"
            " INSERT INTO a SELECT i, i FROM n");
        files.database.exec("INSERT INTO b SELECT k + 10000, k FROM a");
        TableComparison asked = files.asked("a", "b");
        asked.most = 100;
        const auto found = compareTables(asked, nullptr);
        QVERIFY(found.ok());
        QCOMPARE(found->onlyHere, 10'000u);
        QCOMPARE(found->onlyThere, 10'000u);
        QCOMPARE(found->changed, 20'000u);
        QCOMPARE(found->rows.size(), 300u);
        const std::atomic<bool> cancelled{true};
        QCOMPARE(compareTables(asked, &cancelled).error().code, ErrorCode::Cancelled);
    }

    void aCopyHasWhatIsStored() {
        Databases files;
        files.database.exec("CREATE TABLE a (k TEXT DECIMAL(10,2), b \"x) evil\", v INTEGER BOOLEAN)");
        files.database.exec("INSERT INTO a VALUES ('1.50', X'00FF', 1), (NULL, 'text', 0)");
        const std::string to = files.file("copy.db");
        const auto copied = copyRows(files.match("a"), {to, "a copy"}, nullptr);
        QVERIFY2(copied.ok(), copied.ok() ? "" : english(copied.error()).c_str());
        QCOMPARE(*copied, 2);
        QCOMPARE(onlyText(to, "SELECT hex(b) || k || v FROM \"a copy\" WHERE v = 1"),
                 std::string("00FF1.501"));
        QCOMPARE(Databases::entry(to, "a copy").columns.front().type, std::string("TEXT DECIMAL(10,2)"));
        QCOMPARE(copyRows(files.match("a"), {to, "A Copy"}, nullptr).error().code, ErrorCode::Refused);
        QCOMPARE(*copyRows(files.match("a"), {to, "A Copy", true}, nullptr), 2);
        QCOMPARE(*copyRows(files.match("a"), {to, "another"}, nullptr), 2);
        QCOMPARE(onlyText(to, "SELECT COUNT(*) FROM sqlite_master"), std::string("2"));
        QCOMPARE(copyRows(files.match("a"), {to, "_rill_x"}, nullptr).error().code, ErrorCode::Invalid);
    }

    /// Nothing is left of one that failed, and a file that is no database stays as it is.
    void aCopyThatFailsLeavesNothing() {
        Databases files;
        files.database.exec("CREATE TABLE a AS SELECT 1 AS k");
        const SqliteMatch match = files.match("a");
        const std::string text = files.file("notes.txt");
        QFile notes(QString::fromStdString(text));
        QVERIFY(notes.open(QIODevice::WriteOnly) &&
                notes.write("Not a database, but long enough to look at.") > 0);
        notes.close();
        QVERIFY(!copyRows(match, {text, "a"}, nullptr).ok());
        QVERIFY(notes.open(QIODevice::ReadOnly));
        QVERIFY(notes.readAll().startsWith("Not a database"));
        const std::atomic<bool> cancelled{true};
        QVERIFY(!copyRows(match, {files.file("new.db"), "a"}, &cancelled).ok());
        QVERIFY(!copyRows(match, {files.file("no/such/folder.db"), "a"}, nullptr).ok());
        QCOMPARE(QDir(files.folder.path()).entryList(QDir::Files).join(u'|'),
                 QStringLiteral("here.db|notes.txt"));
    }

    void whatIsKeptStays() {
        Databases files;
        files.database.exec("CREATE TABLE a (k TEXT, v INTEGER)");
        files.database.exec("INSERT INTO a VALUES ('x', 1)");
        QVERIFY(keptResults(files.path, nullptr).empty());
        const auto first = keepResult(files.path, Databases::entry(files.path, "a"), 1'000, nullptr);
        QVERIFY2(first.ok(), first.ok() ? "" : english(first.error()).c_str());
        files.database.exec("UPDATE a SET v = 2");
        const KeptRun run{"4f2a", true, "night.tape"};
        const auto second = keepResult(files.path, Databases::entry(files.path, "a"), 1'000, nullptr, run);
        QVERIFY(second.ok());  // in the same millisecond
        QVERIFY(renameKept(first->file, "  before  ").ok());
        const auto kept = keptResults(files.path, nullptr);
        QCOMPARE(kept.size(), 2u);
        QCOMPARE(kept.back().name, std::string("before"));
        QCOMPARE(kept.back().rows, 1);
        QVERIFY(kept.front().run == run && kept.back().run == KeptRun());
        // One that an earlier version has kept says nothing of a replay, or nothing of its run.
        SQLite::Database(second->file, SQLite::OPEN_READWRITE)
            .exec("ALTER TABLE _rill_kept DROP COLUMN replay");
        QVERIFY(keptResults(files.path, nullptr).front().run == (KeptRun{"4f2a", true}));
        SQLite::Database(second->file, SQLite::OPEN_READWRITE)
            .exec(
                "CREATE TABLE old AS SELECT name, result, kept, rows FROM _rill_kept; DROP TABLE _rill_kept;"
                "ALTER TABLE old RENAME TO _rill_kept");
        const auto older = keptResults(files.path, nullptr);
        QCOMPARE(older.size(), 2u);
        QVERIFY(older.front().file == second->file && older.front().run == KeptRun());
        const SqliteListing inside = *listSqlite(first->file, nullptr);
        QCOMPARE(inside.entries.size(), 1u);  // what it is of is no table of it
        const auto found = compareTables({{files.path, Databases::entry(files.path, "a")},
                                          {first->file, inside.entries.front()},
                                          std::vector<std::string>{"k"}},
                                         nullptr);
        QVERIFY(found.ok());
        QCOMPARE(written(*found), QStringLiteral("x,[1>2]"));
        QVERIFY(dropKept(first->file).ok());
        QCOMPARE(keptResults(files.path, nullptr).size(), 1u);
        QVERIFY(dropKept(second->file).ok());
    }
};

QTEST_APPLESS_MAIN(TestSqliteCompared)
#include "test_sqlite_compared.moc"
