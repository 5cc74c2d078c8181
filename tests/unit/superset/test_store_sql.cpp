// StoreSql: the words of PostgreSQL, which no table here can try, and names of all kinds.
#include "core/superset/store_sql.h"

#include <QtTest/QtTest>

using namespace rw;

namespace {

SchemaRef someColumns() {
    auto schema = std::make_shared<Schema>();
    schema->fields = {{"t", Type::of(TypeId::Timestamp)}, {"d", Type::decimal(10, 2)},
                      {"b", Type::of(TypeId::Boolean)},   {"y", Type::of(TypeId::Bytes)},
                      {"day", Type::of(TypeId::Date)},    {"a\"b", Type::of(TypeId::Bigint)}};
    return schema;
}

}  // namespace

class TestStoreSql : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void postgresqlHasItsOwnWords() {
        const StoreSql sql({{}, "pg", "Sales 24", "orders", false}, someColumns());
        QVERIFY(!sql.isSqlite());
        QCOMPARE(sql.table(), std::string("\"Sales 24\".\"orders\""));
        QCOMPARE(
            sql.newest("t", 300'000),
            std::string("\"t\" > (SELECT MAX(\"t\") - INTERVAL '300 seconds' FROM \"Sales 24\".\"orders\")"));
        QCOMPARE(sql.allShown(), std::string("\"t\", \"d\", \"b\", \"day\", \"a\"\"b\""));
        QCOMPARE(sql.number("d"), std::string("CAST(\"d\" AS DOUBLE PRECISION)"));
        QCOMPARE(sql.allTold().front(), (DatasetColumn{"t", "TIMESTAMP WITHOUT TIME ZONE", true}));
        QCOMPARE(sql.allTold()[3], (DatasetColumn{"day", "DATE", true}));
        QVERIFY(sql.cameLast().empty());
    }

    void sqliteKeepsDecimalsAsTexts() {
        const StoreSql sql({"/x.sqlite", {}, {}, "orders", false}, someColumns());
        QCOMPARE(sql.allShown(),
                 std::string("\"t\", CAST(\"d\" AS REAL) AS \"d\", CASE \"b\" WHEN 1 THEN 'TRUE' WHEN 0 THEN "
                             "'FALSE' END AS \"b\", \"day\", \"a\"\"b\""));
        QCOMPARE(sql.allTold().front(), (DatasetColumn{"t", "TEXT", true}));
        QCOMPARE(sql.allTold()[3], (DatasetColumn{"day", "TEXT", false}));
        QCOMPARE(sql.newest("t", 1'500),
                 std::string("\"t\" > (SELECT strftime('%Y-%m-%d %H:%M:%f', MAX(\"t\"), '-1.5 seconds') FROM "
                             "\"orders\")"));
        QVERIFY(sql.newest("t", 0).empty());
    }

    /// NaN and infinities are no values of our charts; in a sum of PostgreSQL they would be all of it.
    void whatIsNoNumberIsNull() {
        auto schema = std::make_shared<Schema>();
        schema->fields = {{"v", Type::of(TypeId::Double)}, {"n", Type::of(TypeId::Bigint)}};
        for (const StoreSql& sql : {StoreSql({{}, "pg", "", "t", false}, schema),
                                    StoreSql({"/x.sqlite", {}, {}, "t", false}, schema)}) {
            const std::string within = "\"v\" BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308";
            QCOMPARE(sql.isNumber("v"), within);
            QCOMPARE(sql.isNumber("n"), std::string("\"n\" IS NOT NULL"));
            QCOMPARE(sql.allShown(), "CASE WHEN " + within + " THEN \"v\" END AS \"v\", \"n\"");
        }
    }

    void nullIsTheSmallestValue() {
        const StoreSql server({{}, "pg", "", "t", false}, someColumns());
        QCOMPARE(server.sortedBy("d", true), std::string("\"d\" DESC NULLS LAST"));
        QCOMPARE(server.sortedBy("d", false), std::string("\"d\" NULLS FIRST"));
        const StoreSql file({"/x.sqlite", {}, {}, "t", false}, someColumns());
        QCOMPARE(file.sortedBy("d", true), std::string("\"d\" DESC"));  // as SQLite has it
    }

    void theNumberOfARowMayBeAColumn() {
        auto schema = std::make_shared<Schema>();
        schema->fields = {{"ROWID", Type::of(TypeId::Int)}};
        QCOMPARE(StoreSql({"/x", {}, {}, "t", false}, schema).cameLast(), std::string("_rowid_ DESC"));
        QCOMPARE(StoreSql({"/x", {}, {}, "t", false}, someColumns()).cameLast(), std::string("rowid DESC"));
        // A row that takes the place of another has that one's number.
        QVERIFY(StoreSql({"/x", {}, {}, "t", true}, schema).cameLast().empty());
    }

    void queriesHaveTheirPartsInOrder() {
        const StoreSql sql({"/x", {}, {}, "t", false}, someColumns());
        QCOMPARE(sql.select("a", "b", "c", 3), std::string("SELECT a FROM \"t\" WHERE b ORDER BY c LIMIT 3"));
        QCOMPARE(sql.select("a", {}), std::string("SELECT a FROM \"t\""));
    }
};

QTEST_APPLESS_MAIN(TestStoreSql)
#include "test_store_sql.moc"
