// Whether a table was changed since it was looked at last.
#include <SQLiteCpp/Database.h>

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <set>

#include "core/connect/sqlite/table_state.h"

using namespace rw;

class TestSqliteTableState : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    const std::string m_path = m_folder.filePath(QStringLiteral("d.sqlite")).toStdString();
    std::unique_ptr<SQLite::Database> m_database;

    std::string state() const { return sqliteTableState(m_path, "t").value_or("none"); }

 private Q_SLOTS:
    void init() {
        m_database = std::make_unique<SQLite::Database>(m_path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        m_database->exec("DROP TABLE IF EXISTS t; CREATE TABLE t (n INTEGER, x REAL, s TEXT, b BLOB)");
        m_database->exec("INSERT INTO t VALUES (1, 0.5, 'a', x'00ff'), (2, NULL, '', x'')");
    }

    void everyChangeIsAnotherState() {
        std::set<std::string> states{state()};
        for (const char* change :
             {"UPDATE t SET n = 3 WHERE n = 1", "UPDATE t SET x = 0.25 WHERE x = 0.5",
              "UPDATE t SET s = NULL WHERE s = ''", "UPDATE t SET b = x'00fe' WHERE n = 3",
              "UPDATE t SET s = '3' WHERE n = 3", "UPDATE t SET s = 3, b = NULL WHERE n = 3",
              "INSERT INTO t VALUES (1, 2, 3, 4)", "DELETE FROM t", "ALTER TABLE t ADD COLUMN more"}) {
            m_database->exec(change);
            QVERIFY2(states.insert(state()).second, change);
            QCOMPARE(state(), state());
        }
    }

    void ofALargeTableTheFirstRowsAreReadAndTheLastIsFound() {
        m_database->exec("DROP TABLE t; CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB)");
        m_database->exec(
            "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 300) "
            "INSERT INTO t SELECT n, randomblob(100000) FROM i");
        std::set<std::string> states{state()};
        QVERIFY2(state().find("more than ") != std::string::npos, state().c_str());
        m_database->exec("UPDATE t SET b = NULL WHERE n = 200");
        QVERIFY(states.contains(state()));  // too far behind
        for (const char* change : {"UPDATE t SET b = x'00' WHERE n = 20", "INSERT INTO t VALUES (301, NULL)",
                                   "DELETE FROM t WHERE n = 1", "DELETE FROM t WHERE n > 30"}) {
            m_database->exec(change);
            QVERIFY2(states.insert(state()).second, change);
            QCOMPARE(state(), state());
        }
        QVERIFY2(state().find("more than ") == std::string::npos, state().c_str());
    }

    void aCellThatIsTooLargeIsNotRead() {
        m_database->exec("INSERT INTO t VALUES (3, 0, zeroblob(64000000), NULL), (4, 0, NULL, NULL)");
        const std::string before = state();
        QVERIFY2(before.find("more than 2 rows") != std::string::npos, before.c_str());
        m_database->exec("INSERT INTO t (n) VALUES (5)");
        QVERIFY(state() != before);
    }

    void rowsWithoutNumbersAreLookedAt() {
        m_database->exec("DROP TABLE t; CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB) WITHOUT ROWID");
        m_database->exec("INSERT INTO t VALUES (1, NULL), (2, zeroblob(64000000))");
        QVERIFY2(state().find("more than 1 rows") != std::string::npos, state().c_str());
    }

    void otherTablesMakeNoDifference() {
        const std::string before = state();
        m_database->exec("DROP TABLE IF EXISTS u; CREATE TABLE u AS SELECT * FROM t; VACUUM");
        QCOMPARE(state(), before);
        QCOMPARE(*sqliteTableState(m_path, "T"), before);  // names are the same in any case
    }

    void whatIsNotThereHasNone() {
        QVERIFY(!sqliteTableState(m_path, "nothing"));
        QVERIFY(!sqliteTableState(m_path + ".none", "t"));
        QVERIFY(!sqliteTableState(m_folder.path().toStdString(), "t"));
    }

    void whatIsLockedIsNotKnown() {
        m_database->exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
        QCOMPARE(sqliteTableState(m_path, "t"), std::optional<std::string>(""));
        m_database->exec("COMMIT");
        QVERIFY(state().starts_with("table "));
    }
};

QTEST_APPLESS_MAIN(TestSqliteTableState)
#include "test_sqlite_table_state.moc"
