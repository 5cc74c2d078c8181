// Read-only SQL over databases and live rows: values, limits, and what is said of mistakes.
#include "core/query/query.h"

#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <atomic>
#include <fstream>
#include <thread>

#include "core/data/text.h"
#include "tests/unit/query/asked.h"

using namespace rw;

namespace {

constexpr const char* kForEver =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

Batch batch(const Schema& schema, const std::vector<std::vector<const char*>>& rows) {
    Batch made;
    made.schema = std::make_shared<Schema>(schema);
    made.rows = rows.size();
    for (std::size_t i = 0; i < schema.size(); ++i) {
        ColumnBuilder builder(schema.fields[i].type);
        for (const auto& row : rows)
            row[i] == nullptr ? builder.appendNull()
                              : appendValue(builder, *parseValue(row[i], schema.fields[i].type));
        made.columns.push_back(builder.finish());
    }
    return made;
}

LiveRows live(const char* name, const Schema& schema, const std::vector<std::vector<const char*>>& rows) {
    return {name, std::make_shared<Schema>(schema), false, {batch(schema, rows)}};
}

}  // namespace

class TestQuery : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    // Nobody stops it, and no limit is set here.
    void aStatementForEverEndsAfterTenSeconds() {
        const QString words = told(runQuery(Query{kForEver}, nullptr));
        QVERIFY2(words.startsWith(QStringLiteral("Stopped after 10\u2009s without a row.")),
                 qPrintable(words));
    }

    // A row of ten values of one mebibyte each: twenty of these are too many.
    void aResultHasTwoHundredMebibytes() {
        const QueryAnswer answer = runQuery(Query{"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                                                  "FROM n LIMIT 40) SELECT a, a, a, a, a, "
                                                  "a, a, a, a, a FROM n, (SELECT zeroblob(1048576) AS a)"},
                                            nullptr);
        QVERIFY2(answer.status.ok(), qPrintable(told(answer)));
        QCOMPARE(answer.result.cut, QueryResult::Cut::Bytes);
        QCOMPARE(answer.result.rows.size(), std::size_t{19});
    }

    // One for which nobody says what it may take, as the SQL tab asks them.
    void sortingHasTwoHundredMebibytes() {
        const QString words = told(
            runQuery(Query{"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50000000)"
                           " SELECT hex(zeroblob(500)) || i AS t FROM n ORDER BY t"},
                     nullptr));
        QVERIFY2(words.startsWith(QStringLiteral("The statement needs more than 200\u2009MiB of memory.")),
                 qPrintable(words));
    }

    void readsTablesAndViews() {
        Asked asked;
        asked.make(
            "results.db",
            "CREATE TABLE orders (shop TEXT, n INTEGER); INSERT INTO orders VALUES ('a', 3), ('b', NULL);"
            "CREATE VIEW busy AS SELECT shop FROM orders WHERE n > 2");
        QCOMPARE(told(asked.ask("SELECT * FROM orders ORDER BY shop")), QStringLiteral("a|3;b|NULL"));
        QCOMPARE(told(asked.ask("SELECT shop FROM results.busy;")), QStringLiteral("a"));
        QCOMPARE(told(asked.ask("SELECT max(n) FROM orders -- the largest")), QStringLiteral("3"));
        QCOMPARE(told(asked.ask("VALUES (1, 'x')")), QStringLiteral("1|x"));
        QVERIFY(told(asked.ask("EXPLAIN QUERY PLAN SELECT * FROM orders"))
                    .contains(QLatin1String("SCAN orders")));
    }

    void valuesAreExact() {
        Asked asked;
        asked.make("v.db",
                   "CREATE TABLE t (big INTEGER, price TEXT DECIMAL(20,2), raw BLOB, real REAL, at TEXT "
                   "TIMESTAMP(3));"
                   "INSERT INTO t VALUES (9223372036854775807, '123456789012345678.90', x'00ff', 0.1,"
                   " '2024-03-01 12:00:00.000'), (-9223372036854775808, NULL, x'', -0.5, NULL)");
        const QueryAnswer answer = asked.ask("SELECT * FROM t ORDER BY big DESC");
        QCOMPARE(told(answer),
                 QStringLiteral("9223372036854775807|123456789012345678.90|X'00FF'|0.1|"
                                "2024-03-01 12:00:00.000;-9223372036854775808|NULL|X''|-0.5|NULL"));
        QCOMPARE(answer.result.columns[1].values, TypeId::Decimal);
        QCOMPARE(answer.result.columns[4].values, TypeId::Timestamp);
        const SchemaRef schema = schemaOf(answer.result);
        const TypeId expected[] = {TypeId::Bigint, TypeId::String, TypeId::Bytes, TypeId::Double,
                                   TypeId::String};
        for (std::size_t i = 0; i < schema->size(); ++i) QCOMPARE(schema->fields[i].type.id, expected[i]);
        const Batch rows = batchOf(answer.result, schema, 1, 5);
        QCOMPARE(rows.rows, std::size_t{1});
        QCOMPARE(rows.column(0).at<std::int64_t>(0), std::numeric_limits<std::int64_t>::min());
        QVERIFY(rows.column(1).isNull(0));
    }

    // A DOUBLE would not hold the one, a number not the other.
    void mixedColumnsLoseNothing() {
        Asked asked;
        const QueryAnswer answer =
            asked.ask("SELECT 9007199254740993 AS a, 1 AS a, 'x' AS b UNION ALL SELECT 0.5, 0.5, x'01'");
        const SchemaRef schema = schemaOf(answer.result);
        QCOMPARE(schema->fields[0].type.id, TypeId::String);
        QCOMPARE(schema->fields[1].type.id, TypeId::Double);
        QCOMPARE(schema->fields[1].name, std::string("a_2"));
        QCOMPARE(schema->fields[2].type.id, TypeId::String);
        QVERIFY(batchOf(answer.result, schema, 0, 9).column(0).string(0) == "9007199254740993" ||
                batchOf(answer.result, schema, 0, 9).column(0).string(1) == "9007199254740993");
        QCOMPARE(answer.result.columns[0].type, std::string("REAL"));
        QCOMPARE(answer.result.columns[2].type, std::string());
    }

    void liveRowsAreTables() {
        const Schema schema{{{"id", Type::of(TypeId::Bigint)},
                             {"price", Type::decimal(10, 2)},
                             {"at", Type::of(TypeId::Timestamp)},
                             {"paid", Type::of(TypeId::Boolean)}}};
        Asked asked;
        asked.make("results.db",
                   "CREATE TABLE shops (id INTEGER, name TEXT); INSERT INTO shops VALUES (7, 'x')");
        Query query =
            asked.query("SELECT s.name, o.price, o.at, o.paid FROM live.orders o JOIN shops s USING (id)");
        query.live = {live("orders", schema,
                           {{"7", "1.50", "2024-03-01 12:00:00", "true"}, {"8", nullptr, nullptr, nullptr}})};
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("x|1.50|2024-03-01 12:00:00.000|1"));
        query.sql = "SELECT id FROM live.orders WHERE price IS NULL";
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("8"));
        // The name alone leads to it, too, but for one of a database.
        query.sql = "SELECT count(*) FROM orders";
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("2"));
    }

    void liveNamesThatSqliteTakesForOne() {
        const Schema schema{{{"a", Type::of(TypeId::Bigint)},
                             {"A", Type::of(TypeId::Bigint)},
                             {"op", Type::of(TypeId::Bigint)},
                             {"x\"; DROP TABLE t; --", Type::of(TypeId::Bigint)}}};
        Query query{"SELECT * FROM live.\"say \"\"hi\"\"\""};
        query.live = {live("say \"hi\"", schema, {{"1", "2", "3", "4"}})};
        query.live.front().changes = true;
        const QueryAnswer answer = runQuery(query, nullptr);
        QCOMPARE(told(answer), QStringLiteral("+I|1|2|3|4"));
        QCOMPARE(answer.result.columns[0].name, std::string("op_2"));
        QCOMPARE(answer.result.columns[2].name, std::string("A_2"));
    }

    void namesOfDatabases() {
        const auto named = namedDatabases({"/a/results.db", "/b/Results.sqlite", "/c/main.db", "/d/live.db",
                                           "/e/2024-10.db", "/f/select.db", "/g/übersicht x.db"});
        QStringList schemas;
        for (const QueryDatabase& each : named) schemas << QString::fromStdString(each.schema);
        QCOMPARE(schemas.join(u' '),
                 QStringLiteral("results Results_2 main_db live_db _2024_10 select_db übersicht_x"));
        QCOMPARE(namedDatabases(std::vector<std::string>(20, "/a.db")).size(), kMostQueryDatabases);
        QCOMPARE(queryName("orders"), std::string("orders"));
        QCOMPARE(queryName("order"), std::string("\"order\""));
        QCOMPARE(queryName("a b\""), std::string("\"a b\"\"\""));
    }

    void aQueryForEverIsStopped() {
        Query query{kForEver};
        query.limits.time = 100;
        QCOMPARE(
            told(runQuery(query, nullptr)),
            QStringLiteral("Stopped after 100\u2009ms without a row. Read fewer rows: narrow WHERE, or add "
                           "LIMIT to a part."));
        query.limits.time = 600'000;
        std::atomic<bool> cancel{false};
        std::thread other([&cancel] {
            QTest::qSleep(100);
            cancel = true;
        });
        QElapsedTimer clock;
        clock.start();
        const QueryAnswer answer = runQuery(query, &cancel);
        other.join();
        QCOMPARE(answer.status.error().code, ErrorCode::Cancelled);
        QVERIFY2(clock.elapsed() < 5'000, qPrintable(QString::number(clock.elapsed())));
    }

    void aResultIsCutAtItsLimits() {
        Query query{"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"};
        query.limits.bytes = 1 << 20;
        QueryAnswer answer = runQuery(query, nullptr);
        QVERIFY(answer.status.ok());
        QCOMPARE(answer.result.cut, QueryResult::Cut::Bytes);
        QVERIFY(answer.result.rows.size() > 1'000 && answer.result.rows.size() < 50'000);
        query.limits = {.time = 100, .bytes = std::size_t{1} << 30};
        query.sql =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i % 1000 "
            "= 1";
        answer = runQuery(query, nullptr);
        QVERIFY2(answer.status.ok(), qPrintable(told(answer)));
        QCOMPARE(answer.result.cut, QueryResult::Cut::Time);
        QVERIFY(!answer.result.rows.empty());
    }

    // What SQLite keeps itself counts, too: sorted rows, and values.
    void memoryIsBounded() {
        Query query{
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000000)"
            " SELECT i, hex(i) || 'padding padding padding' AS t FROM n ORDER BY t"};
        query.limits.bytes = 8 << 20;
        QCOMPARE(told(runQuery(query, nullptr)),
                 QStringLiteral("The statement needs more than 8\u2009MiB of memory. Sort and group fewer "
                                "rows: narrow WHERE."));
        query.sql = "SELECT zeroblob(100000000)";
        query.limits.value = 1 << 20;
        QCOMPARE(
            told(runQuery(query, nullptr)),
            QStringLiteral("A value has more than 1\u2009MiB. Read a part of it: substr(value, 1, 1000)."));
    }

    void mistakesHaveAPlace_data() {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("place");
        const auto row = [](const char* sql, const char* words, const char* place) {
            QTest::newRow(sql) << QByteArray(sql) << QString::fromUtf8(words) << QString::fromUtf8(place);
        };
        row("SELECT shop FORM orders",
            "“orders” is not expected here. Look at the words before it: one is missing there, or misspelt.",
            "orders");
        row("SELECT shopp FROM orders", "There is no column “shopp”. Did you mean “shop”?", "shopp");
        row("SELECT * FROM oders", "There is no table “oders”. Did you mean “orders”?", "oders");
        row("SELECT * FROM live.nothing_like_it",
            "There is no table “live.nothing_like_it”. Run the pipeline: live tables have the newest rows of "
            "its run.",
            "nothing_like_it");
        row("SELECT (1", "The statement ends too early. Look for a bracket or a quote that is not closed.",
            "");
        row("SELECT nosuch(1)", "There is no function “nosuch”. Ctrl+Space lists the functions of SQLite.",
            "nosuch");
        row("SELECT shop FROM orders a, orders b",
            "Several tables have a column “shop”. Write its table before it, with a dot between.", "shop");
        row("SELECT * FROM orders WHERE shop = ?",
            "The parameter “?” has no value. Write the value in its place.", "");
        row("  -- nothing", "There is no statement to run. Write one that begins with SELECT.", "");
        row("SELECT 1; SELECT 2", "One statement runs at a time. Put the cursor into the one to run.", "");
        row("SELECT json('{')", "SQLite can't run the statement: malformed JSON.", "");
    }
    void mistakesHaveAPlace() {
        QFETCH(QByteArray, sql);
        QFETCH(QString, words);
        QFETCH(QString, place);
        Asked asked;
        asked.make("results.db",
                   "CREATE TABLE orders (shop TEXT, n INTEGER); INSERT INTO orders VALUES ('a', 1)");
        const QueryAnswer answer = asked.ask(sql.constData());
        QCOMPARE(told(answer), words);
        QCOMPARE(marked(answer, sql.toStdString()), place);
    }

    // One that is not there yet, damaged or no database is told of where the statement needs it, and only
    // there.
    void aDatabaseThatCanNotBeRead() {
        Asked asked;
        asked.make("good.db", "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)");
        asked.paths.push_back(asked.folder.filePath(QStringLiteral("later.db")).toStdString());
        asked.paths.push_back(asked.folder.filePath(QStringLiteral("text.db")).toStdString());
        std::ofstream(asked.paths.back()) << std::string(5'000, 'x');
        QCOMPARE(told(asked.ask("SELECT n FROM t")), QStringLiteral("1"));
        QVERIFY(
            told(asked.ask("SELECT * FROM text.t")).contains(QLatin1String("is not an SQLite database.")));
        QVERIFY(told(asked.ask("SELECT * FROM later.t")).startsWith(QStringLiteral("There is no file “")));
        QVERIFY(!QFile::exists(QString::fromStdString(asked.paths[1])));
    }

    void aDamagedDatabase() {
        Asked asked;
        const std::string path =
            asked.make("results.db",
                       "CREATE TABLE t (n INTEGER, s TEXT);"
                       "WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i LIMIT 5000)"
                       " INSERT INTO t SELECT n, hex(randomblob(50)) FROM i");
        {
            std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(3 * 4096);
            file << std::string(40 * 4096, '\x5a');
        }
        const QString words = told(asked.ask("SELECT sum(length(s)) FROM t"));
        QVERIFY2(words.contains(QStringLiteral("results.db” is damaged")), qPrintable(words));
    }

    void aLockedDatabase() {
        Asked asked;
        const std::string path =
            asked.make("results.db", "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)");
        SQLite::Database writer(path, SQLite::OPEN_READWRITE);
        writer.exec("BEGIN EXCLUSIVE");
        Query query = asked.query("SELECT * FROM t");
        query.limits.lock = 100;
        const QueryAnswer answer = runQuery(query, nullptr);
        QVERIFY(!answer.status.ok());
        QCOMPARE(answer.status.error().code, ErrorCode::Locked);
        writer.exec("COMMIT");
        QCOMPARE(told(asked.ask("SELECT * FROM t")), QStringLiteral("1"));
    }

    // As while a run writes.
    void readsWhileAnotherWrites() {
        Asked asked;
        const std::string path =
            asked.make("results.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER)");
        SQLite::Database writer(path, SQLite::OPEN_READWRITE);
        writer.exec("INSERT INTO t VALUES (1)");
        writer.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (2)");
        QCOMPARE(told(asked.ask("SELECT n FROM t")), QStringLiteral("1"));
        writer.exec("COMMIT");
        QCOMPARE(told(asked.ask("SELECT count(*) FROM t")), QStringLiteral("2"));
    }

    void hostileNames() {
        Asked asked;
        asked.make("a'b\"c #1%?.db",
                   "CREATE TABLE \"t\"\"; DROP TABLE x; --\" (\"select\" INTEGER, \"\" TEXT);"
                   "INSERT INTO \"t\"\"; DROP TABLE x; --\" VALUES (5, 'e')");
        const std::string sql =
            "SELECT " + queryName("select") + " FROM " + queryName("t\"; DROP TABLE x; --");
        QCOMPARE(told(asked.ask(sql.c_str())), QStringLiteral("5"));
        QVERIFY(told(asked.ask("SELECT 1 FROM nowhere"))
                    .startsWith(QStringLiteral("There is no table “nowhere”.")));
    }

    void tellsWhichTablesItRead() {
        Asked asked;
        asked.make("results.db", "CREATE TABLE t (n INTEGER); CREATE VIEW v AS SELECT n FROM t");
        QCOMPARE(asked.ask("SELECT * FROM v").result.tables, (std::vector<QueryTable>{{"results", "v"}}));
        QCOMPARE(asked.ask("SELECT count(*) FROM t").result.tables,
                 (std::vector<QueryTable>{{"results", "t"}}));
    }
};

QTEST_GUILESS_MAIN(TestQuery)
#include "test_query.moc"
