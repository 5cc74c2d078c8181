// What the authorizer lets through: reading, and functions that change nothing.
#include "core/query/read_only.h"

#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <algorithm>

#include "core/query/query_words.h"
#include "tests/unit/query/asked.h"

using namespace rw;

namespace {

QByteArray contentOf(const std::string& path) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TestReadOnly : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void allElseIsRefused_data() {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("word");
        const auto row = [](const char* sql, const char* word) {
            QTest::newRow(sql) << QByteArray(sql) << QString::fromUtf8(word);
        };
        row("INSERT INTO t VALUES (2)", "INSERT belongs into a sink.");
        row("insert into t select * from t", "INSERT belongs into a sink.");
        row("INSERT INTO t VALUES (2) RETURNING n", "INSERT belongs into a sink.");
        row("WITH x(n) AS (SELECT 2) INSERT INTO t SELECT n FROM x", "INSERT belongs into a sink.");
        row("EXPLAIN INSERT INTO t VALUES (2)", "INSERT belongs into a sink.");
        row("REPLACE INTO t VALUES (2)", "REPLACE belongs into a sink.");
        row("UPDATE t SET n = 2", "UPDATE belongs into a sink.");
        row("DELETE FROM t", "DELETE belongs into a sink.");
        row("DELETE FROM results.sqlite_master", "DELETE belongs into a sink.");
        row("CREATE TABLE u (n)", "CREATE has no place here.");
        row("CREATE TABLE results.u (n)", "CREATE has no place here.");
        row("CREATE TEMP TABLE u (n)", "CREATE has no place here.");
        row("CREATE TABLE u AS SELECT * FROM t", "CREATE has no place here.");
        row("CREATE VIEW u AS SELECT 1", "CREATE has no place here.");
        row("CREATE INDEX results.i ON t (n)", "CREATE has no place here.");
        row("CREATE TRIGGER results.g AFTER INSERT ON t BEGIN SELECT 1; END", "CREATE has no place here.");
        row("WITH x(n) AS (SELECT 1) UPDATE t SET n = (SELECT n FROM x)", "UPDATE belongs into a sink.");
        row("WITH x(n) AS (SELECT 1) DELETE FROM t WHERE n IN x", "DELETE belongs into a sink.");
        row("EXPLAIN DROP TABLE t", "DROP has no place here.");
        row("EXPLAIN CREATE TABLE u (n)", "CREATE has no place here.");
        row("CREATE VIRTUAL TABLE u USING fts5(a)", "CREATE has no place here.");
        row("DROP TABLE t", "DROP has no place here.");
        row("DROP VIEW v", "DROP has no place here.");
        row("ALTER TABLE t RENAME TO u", "ALTER has no place here.");
        row("ALTER TABLE t ADD COLUMN m", "ALTER has no place here.");
        row("ATTACH '/tmp/other.db' AS other", "ATTACH has no place here.");
        row("DETACH results", "DETACH has no place here.");
        row("PRAGMA query_only = OFF", "PRAGMA has no place here.");
        row("PRAGMA results.user_version = 5", "PRAGMA has no place here.");
        row("PRAGMA table_info(t)", "PRAGMA has no place here.");
        row("SELECT * FROM pragma_table_info('t')", "Virtual tables can't be asked here");
        row("SELECT * FROM pragma_journal_mode('delete')", "Virtual tables can't be asked here");
        row("SELECT * FROM dbstat", "Virtual tables can't be asked here");
        row("BEGIN", "BEGIN has no place here.");
        row("COMMIT", "COMMIT has no place here.");
        row("ROLLBACK", "ROLLBACK has no place here.");
        row("SAVEPOINT s", "SAVEPOINT has no place here.");
        row("RELEASE s", "RELEASE has no place here.");
        row("VACUUM", "VACUUM has no place here.");
        row("VACUUM results INTO '/tmp/rw_copy.db'", "VACUUM has no place here.");
        row("ANALYZE", "ANALYZE has no place here.");
        row("REINDEX", "REINDEX has no place here.");
        row("SELECT load_extension('x')", "The function “load_extension” can't be called here.");
        row("SELECT fts3_tokenizer('simple')", "The function “fts3_tokenizer” can't be called here.");
        row("SELECT sqlite_log(1, 'x')", "The function “sqlite_log” can't be called here.");
        row("SELECT n FROM t WHERE randomblob(n) IS NULL", "The function “randomblob” can't be called here.");
    }
    void allElseIsRefused() {
        QFETCH(QByteArray, sql);
        QFETCH(QString, word);
        Asked asked;
        const std::string path = asked.make(
            "results.db",
            "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1); CREATE VIEW v AS SELECT n FROM t");
        const QByteArray before = contentOf(path);
        const QueryAnswer answer = asked.ask(sql.constData());
        QVERIFY(!answer.status.ok());
        QCOMPARE(answer.status.error().code, ErrorCode::Invalid);
        QVERIFY2(told(answer).contains(word), qPrintable(told(answer)));
        QVERIFY(!answer.status.error().fix.empty());
        QVERIFY(answer.result.rows.empty());
        QVERIFY(contentOf(path) == before);
        QCOMPARE(asked.folder.isValid() ? QDir(asked.folder.path()).entryList(QDir::Files).size() : 0, 1);
        QVERIFY(!QFile::exists(QStringLiteral("/tmp/rw_copy.db")));
    }

    // A view of a stranger is no way around it.
    void viewsDoNoMore() {
        Asked asked;
        asked.make("results.db",
                   "CREATE VIEW v AS SELECT load_extension('x') AS n; CREATE TABLE t (n INTEGER);"
                   "CREATE VIEW w AS SELECT * FROM pragma_table_info('t')");
        QVERIFY(told(asked.ask("SELECT * FROM v")).contains(QLatin1String("can't be called here")));
        QVERIFY(!asked.ask("SELECT * FROM w").status.ok());
    }

    void readingIsLetThrough_data() {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("rows");
        const auto row = [](const char* sql, const char* rows) {
            QTest::newRow(sql) << QByteArray(sql) << QString::fromUtf8(rows);
        };
        row("SELECT upper('a') || lower('B')", "Ab");
        row("SELECT n, row_number() OVER (ORDER BY n) FROM t", "1|1");
        row("WITH c AS (SELECT * FROM t) SELECT count(*) FROM c", "1");
        row("SELECT (SELECT max(n) FROM t) FROM t WHERE EXISTS (SELECT 1 FROM v)", "1");
        row("SELECT value FROM json_each('[1,2]')", "1;2");
        row("SELECT '{\"a\":1}' ->> 'a'", "1");
        row("SELECT n FROM t WHERE 'abc' LIKE 'A%' AND 'abc' GLOB 'a*'", "1");
        row("SELECT CAST(n AS REAL), round(sqrt(2), 3), iif(n, 'y', 'n') FROM t", "1|1.414|y");
        row("SELECT strftime('%H', '2024-03-01 12:00:00'), coalesce(NULL, 2)", "12|2");
        row("SELECT group_concat(n) FILTER (WHERE n > 0) FROM t GROUP BY n HAVING count(*) = 1", "1");
        row("SELECT name FROM results.sqlite_schema ORDER BY name", "t;v");
    }
    void readingIsLetThrough() {
        QFETCH(QByteArray, sql);
        QFETCH(QString, rows);
        Asked asked;
        asked.make("results.db",
                   "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1); CREATE VIEW v AS SELECT n FROM t");
        QCOMPARE(told(asked.ask(sql.constData())), rows);
    }

    void functionsAreFound() {
        QVERIFY(
            std::is_sorted(queryFunctions().begin(), queryFunctions().end(),
                           [](const QueryFunction& a, const QueryFunction& b) { return a.name < b.name; }));
        for (const QueryFunction& each : queryFunctions()) QCOMPARE(queryFunction(each.name), &each);
        QVERIFY(queryFunction("SUM") != nullptr && queryFunction("load_extension") == nullptr);
        QVERIFY(isSqliteKeyword("select") && !isSqliteKeyword("orders"));
    }
};

QTEST_GUILESS_MAIN(TestReadOnly)
#include "test_read_only.moc"
