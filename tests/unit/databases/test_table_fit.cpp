// Names of tables, whether rows fit into one, and which rows of a batch an upsert writes.
#include "core/connect/databases/table_fit.h"

#include <QtTest/QtTest>
#include <algorithm>
#include <limits>
#include <utility>

#include "core/base/random.h"
#include "core/connect/databases/table_writer.h"
#include "core/connect/postgresql/postgresql_client.h"
#include "core/connect/postgresql/postgresql_types.h"
#include "tests/support/batch_of.h"

using namespace rw;
using rw::test::batchOf;

namespace {

const Type kBigint = Type::of(TypeId::Bigint), kText = Type::of(TypeId::String);

TableTarget target(std::vector<Field> fields, std::vector<int> key = {}) {
    TableTarget made;
    made.table = {{}, "t"};
    made.mode = key.empty() ? TableTarget::Mode::Append : TableTarget::Mode::Upsert;
    made.schema = test::schemaOf(std::move(fields));
    made.key = std::move(key);
    return made;
}

DatabaseTable table() {
    DatabaseTable made;
    made.name = {"public", "t"};
    DatabaseColumn id, name, price, sum;
    id.name = "id";
    id.declared = "bigint";
    id.type = kBigint;
    id.wireType = 20;
    id.nullable = false;
    name.name = "name";
    name.declared = "text";
    name.type = kText;
    name.wireType = 25;
    price.name = "price";
    price.declared = "numeric(10,2)";
    price.type = Type::decimal(10, 2);
    price.wireType = 1700;
    sum.name = "sum";
    sum.declared = "bigint";
    sum.type = kBigint;
    sum.wireType = 20;
    sum.isGenerated = true;
    made.columns = {id, name, price, sum};
    made.primaryKey = {"id"};
    made.uniqueKeys = {{"id"}};
    return made;
}

bool takesAsPostgresql(Type type, const DatabaseColumn& column) {
    return postgresqlSent(type, column.wireType).has_value();
}

Result<std::vector<std::size_t>> fit(const TableTarget& to) {
    return fittingColumns(table(), to, takesAsPostgresql);
}

QString told(const Result<std::vector<std::size_t>>& result) {
    return result.ok() ? QString() : QString::fromStdString(english(result.error()));
}

}  // namespace

class TestTableFit : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void namesAreReadAndWritten() {
        for (const char* text : {"orders", "sales.orders", "\"Sales 2024\".orders", "\"a.b\".\"c\"\"d\""}) {
            const Result<TableName> name = parseTableName(text);
            QVERIFY2(name.ok(), text);
            const Result<TableName> again = parseTableName(toString(*name));
            QVERIFY2(again.ok() && *again == *name, text);
        }
        QCOMPARE(parseTableName("\"a.b\".\"c\"\"d\"")->table, std::string("c\"d"));
        for (const char* text : {"", ".", "a.", ".b", "a.b.c", "\"a", "a\"b", "\"a\"b", "\"\""})
            QVERIFY2(!parseTableName(text).ok(), text);
    }

    void columnsAreFoundByName() {
        const auto places = fit(target({{"price", Type::decimal(10, 2)}, {"id", kBigint}}));
        QVERIFY2(places.ok(), qPrintable(told(places)));
        QVERIFY(*places == (std::vector<std::size_t>{2, 0}));
    }

    void whatDoesNotFitIsNamed() {
        QVERIFY(told(fit(target({{"id", kBigint}, {"colour", kText}}))).contains("lacks columns: colour"));
        QVERIFY(told(fit(target({{"name", kText}}))).contains("needs columns that the rows lack: id"));
        QVERIFY(told(fit(target({{"id", kBigint}, {"sum", kBigint}}))).contains("computed by the server"));
        QVERIFY(told(fit(target({{"id", kText}}))).contains("declared bigint; the rows hold STRING"));
        QVERIFY(told(fit(target({{"id", Type::of(TypeId::Double)}}))).contains("declared bigint"));
        QVERIFY(
            told(fit(target({{"id", kBigint}, {"price", Type::decimal(10, 4)}}))).contains("numeric(10,2)"));
        QVERIFY(told(fit(target({{"id", kBigint}, {"name", kText}}, {1}))).contains("unique index on name"));
        QVERIFY(fit(target({{"id", kBigint}, {"name", kText}}, {0})).ok());
    }

    void aTableIsMadeOfTheRows() {
        const auto none = std::make_shared<const Connections>(std::vector<Connection>(), environmentSecret);
        const PostgresqlClient client(NodeConnection(Connection{"c", "postgresql", {}, {}}, none), {});
        const TableTarget to = target({{"id", kBigint}, {"say \"x\"", kText}}, {0});
        QCOMPARE(
            createStatement(client, to),
            std::string("CREATE TABLE IF NOT EXISTS \"t\" (\"id\" bigint NOT NULL, \"say \"\"x\"\"\" text, "
                        "PRIMARY KEY (\"id\"))"));
    }

    void ofEachKeyTheLastRowCounts() {
        const SchemaRef schema = test::schemaOf({{"id", kBigint}, {"name", kText}});
        const Batch batch = batchOf(schema,
                                    {{std::int64_t{1}, std::string("a")},
                                     {std::int64_t{2}, std::string("b")},
                                     {std::int64_t{1}, std::string("a")},
                                     {std::int64_t{1}, std::string("c")},
                                     {std::int64_t{2}, std::string("b")},
                                     {Value(), std::string("d")}},
                                    {RowKind::Insert, RowKind::Insert, RowKind::UpdateBefore,
                                     RowKind::UpdateAfter, RowKind::Delete, RowKind::Insert});
        const KeyedRows rows = keyedRows(batch, {0}, {});
        QVERIFY(rows.put == (std::vector<std::uint32_t>{3}));
        QVERIFY(rows.removed == (std::vector<std::uint32_t>{4}));
        QVERIFY(rows.nullKeys == (std::vector<std::uint32_t>{5}));
        // A row that the table has not taken leaves the one before it.
        QVERIFY(keyedRows(batch, {0}, {3}).put == (std::vector<std::uint32_t>{0}));
        QVERIFY(keyedRows(batch, {0}, {3, 4}).put == (std::vector<std::uint32_t>{0, 1}));
        // Without a key all rows are one.
        QVERIFY(keyedRows(batch, {}, {}).put == (std::vector<std::uint32_t>{5}));
    }

    void keysAreEqualAsInAnIndex() {
        const SchemaRef schema = test::schemaOf({{"x", Type(TypeId::Double)}, {"name", kText}});
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const std::string longText(40, 'a');
        const Batch batch = batchOf(schema, {{0.0, longText},
                                             {nan, longText},
                                             {-0.0, longText},
                                             {-nan, longText},
                                             {0.0, longText + "b"},
                                             {1.0, longText}});
        QVERIFY(keyedRows(batch, {0, 1}, {}).put == (std::vector<std::uint32_t>{2, 3, 4, 5}));
        QVERIFY(keyedRows(batch, {1}, {}).put == (std::vector<std::uint32_t>{4, 5}));
    }

    /// Beside a plain search: many keys, few of them, and rows that are taken back.
    void theLastRowsAreThoseOfASearch() {
        const SchemaRef schema = test::schemaOf({{"id", kBigint}, {"name", kText}});
        for (const int kinds : {1, 3, 200, 100'000}) {
            std::uint64_t state = static_cast<std::uint64_t>(kinds);
            std::vector<std::pair<std::int64_t, std::string>> keys;
            test::Rows rows;
            std::vector<RowKind> changes;
            for (int i = 0; i < 500; ++i) {
                state = splitMix64(state, 1);
                keys.emplace_back(state % static_cast<std::uint64_t>(kinds), std::to_string(state % 2));
                rows.push_back({keys.back().first, keys.back().second});
                changes.push_back(state % 7 == 0 ? RowKind::Delete : RowKind::UpdateAfter);
            }
            const Batch batch = batchOf(schema, rows, changes);
            const KeyedRows found = keyedRows(batch, {0, 1}, {});
            std::vector<std::uint32_t> put, removed;
            for (std::uint32_t row = 0; row < rows.size(); ++row) {
                const bool isLast = std::find(keys.begin() + row + 1, keys.end(), keys[row]) == keys.end();
                if (isLast) (changes[row] == RowKind::Delete ? removed : put).push_back(row);
            }
            QVERIFY(found.put == put);
            QVERIFY(found.removed == removed);
        }
    }
};

QTEST_GUILESS_MAIN(TestTableFit)
#include "test_table_fit.moc"
