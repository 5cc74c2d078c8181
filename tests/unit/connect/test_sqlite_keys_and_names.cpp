// Resuming from an older checkpoint where values of keys look alike, and where columns and tables have the names
// of the sink's own records.
#include <QtTest/QtTest>
#include <cmath>

#include "tests/unit/connect/fixtures/sqlite_sinking.h"

using namespace rw;
using namespace rw::test;

namespace {
using Mode = SqliteTarget::Mode;
}

class TestSqliteKeysAndNames : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// To SQLite NaN is NULL, and two NULLs are two keys.
    void keysThatAreNoNumbersAreOne() {
        const EpochFiles files;
        const SchemaRef schema = schemaOf({{"n", Type::of(TypeId::Double)}, {"s", Type::of(TypeId::String)}});
        const auto rows = [&](const char* text) {
            return batchOf(schema, {{std::nan(""), std::string(text)}, {1.5, std::string(text)}});
        };
        const SqliteTarget target{files.path(), "t", Mode::Upsert, schema, {0}};
        std::string first;
        {
            Sinking sinking(target);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, rows("a"));
            QVERIFY(!first.empty() && !sinking.epoch(2, rows("b")).empty());
            QCOMPARE(sinking.writer().nanCount(), std::uint64_t{2});
        }
        QCOMPARE(found(files.path(), "t", "s"), QStringLiteral("b b"));
        Sinking next(target);
        QVERIFY(next.goOn(first).ok());
        QCOMPARE(found(files.path(), "t", "s"), QStringLiteral("a a"));
    }

    /// To SQLite, and to GROUP BY, −0.0 is 0.0: the second one has changed the row of the first
    /// one.
    void zeroWithASignIsTheSameKey() {
        const EpochFiles files;
        const SchemaRef schema = schemaOf({{"n", Type::of(TypeId::Double)}, {"s", Type::of(TypeId::String)}});
        const auto rows = [&](double first, double second, const std::string& text) {
            return batchOf(schema, {{first, text + "1"}, {second, text + "2"}});
        };
        const SqliteTarget target{files.path(), "t", Mode::Upsert, schema, {0}};
        for (const double sign : {1.0, -1.0}) {
            const std::string line = sign > 0 ? "plus first" : "minus first";
            std::string first;
            {
                Sinking sinking(target, false, line);
                QVERIFY(sinking.open().ok());
                first = sinking.epoch(1, rows(sign * 0.0, 1.5, "a"));
                QVERIFY(!first.empty() && !sinking.epoch(2, rows(sign * 0.0, -sign * 0.0, "b")).empty());
            }
            QCOMPARE(found(files.path(), "t", "s"), QStringLiteral("b2 a2"));
            Sinking next(target, false, line);
            const Status open = next.goOn(first);
            QVERIFY2(open.ok(), said(open).c_str());
            QCOMPARE(found(files.path(), "t", "s"), QStringLiteral("a1 a2"));
        }
    }

    /// A table that the user has made may take more for one key than a stream does.
    void keysThatOnlyTheTableTakesForOne() {
        const EpochFiles files;
        execIn(files, "CREATE TABLE t (n TEXT COLLATE NOCASE PRIMARY KEY, s TEXT)");
        const SchemaRef schema = schemaOf({{"n", Type::of(TypeId::String)}, {"s", Type::of(TypeId::String)}});
        const auto rows = [&](std::string first, std::string second, std::string text) {
            return batchOf(schema, Rows{{first, text + "1"}, {second, text + "2"}});
        };
        const SqliteTarget target{files.path(), "t", Mode::Upsert, schema, {0}};
        std::string first;
        {
            Sinking sinking(target);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, rows("a", "b", "x"));
            QVERIFY(!first.empty() && !sinking.epoch(2, rows("A", "a", "y")).empty());
            QVERIFY(!sinking.epoch(3, rows("B", "c", "z")).empty());
        }
        QCOMPARE(found(files.path(), "t", "n || s"), QStringLiteral("ay2 Bz1 cz2"));
        Sinking next(target);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(found(files.path(), "t", "n || s"), QStringLiteral("ax1 bx2"));
    }

    void namesThatTheUndoUsesAreNames_data() {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QStringList>("columns");
        QTest::newRow("the epoch") << QStringLiteral("t") << QStringList{"_rill_epoch", "s"};
        QTest::newRow("the row") << QStringLiteral("t") << QStringList{"n", "_Rill_There"};
        QTest::newRow("both and more")
            << QStringLiteral("t") << QStringList{"_rill_epoch", "_rill_there", "_RILL_EPOCH_"};
        QTest::newRow("a table within") << QStringLiteral("changed") << QStringList{"was", "older"};
        QTest::newRow("the other one") << QStringLiteral("Upserted") << QStringList{"earliest", "s"};
    }

    void namesThatTheUndoUsesAreNames() {
        QFETCH(QString, table);
        QFETCH(QStringList, columns);
        const EpochFiles files;
        SqliteTarget target{files.path(), table.toStdString(), Mode::Upsert, nullptr, {0}};
        Schema schema;
        for (const QString& column : columns)
            schema.fields.push_back({column.toStdString(), Type::of(TypeId::Bigint)});
        target.schema = std::make_shared<const Schema>(schema);
        const auto rows = [&](std::int64_t first, std::int64_t last, std::int64_t value) {
            Rows all;
            for (std::int64_t n = first; n <= last; ++n) {
                all.emplace_back(target.schema->size(), Value(value));
                all.back().front() = n;
            }
            return batchOf(target.schema, all);
        };
        std::string first;
        {
            Sinking sinking(target);
            const Status open = sinking.open();
            QVERIFY2(open.ok(), said(open).c_str());
            first = sinking.epoch(1, rows(1, 3, 7));
            QVERIFY(!first.empty() && !sinking.epoch(2, rows(2, 4, 8)).empty());
            KeptEpochs::of(sinking.context())->set({1, 3});
            QVERIFY(!sinking.epoch(3, rows(3, 5, 9)).empty());
        }
        Sinking next(target);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        SQLite::Database database(files.path(), SQLite::OPEN_READONLY);
        const std::string key = sqliteName(target.schema->fields.front().name);
        const std::string value = sqliteName(target.schema->fields.back().name);
        QCOMPARE(database
                     .execAndGet("SELECT group_concat(one, ' ') FROM (SELECT " + key + " || ':' || " + value +
                                 " AS one FROM " + sqliteName(target.table) + " ORDER BY " + key + ")")
                     .getString(),
                 std::string("1:7 2:7 3:7"));
    }

    void aColumnCalledAsRowIdsAreIsNone() {
        const EpochFiles files;
        const SchemaRef schema =
            schemaOf({{"_ROWID_", Type::of(TypeId::Bigint)}, {"n", Type::of(TypeId::Bigint)}});
        // A sink that took the column for the row id would take the first rows.
        const auto row = [&](std::int64_t n) { return batchOf(schema, Rows{std::vector<Value>{5 - n, n}}); };
        const SqliteTarget target{files.path(), "t", Mode::Append, schema, {}};
        std::string second;
        {
            Sinking sinking(target);
            QVERIFY(sinking.open().ok() && !sinking.epoch(1, row(1)).empty());
            second = sinking.epoch(2, row(2));
            QVERIFY(!second.empty() && !sinking.epoch(3, row(3)).empty());
        }
        Sinking next(target);
        const Status open = next.goOn(second);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
    }
};

QTEST_APPLESS_MAIN(TestSqliteKeysAndNames)
#include "test_sqlite_keys_and_names.moc"
