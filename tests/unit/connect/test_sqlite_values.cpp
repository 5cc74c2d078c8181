// DECIMALs, DATEs, TIMESTAMPs and BOOLEANs in SQLite are found, sorted and looked at by their types.
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <random>

#include "core/connect/files/output_lock.h"
#include "core/connect/sqlite/decimal_key.h"
#include "core/connect/sqlite/profile.h"
#include "core/connect/sqlite/values.h"
#include "core/connect/sqlite/writer.h"
#include "core/data/text.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"name", Type::of(TypeId::String)},
                                    {"total", Type::decimal(38, 2)},
                                    {"day", Type::of(TypeId::Date)},
                                    {"at", Type::of(TypeId::Timestamp)},
                                    {"paid", Type::of(TypeId::Boolean)}});

std::vector<Value> order(const char* name, const char* total, const char* at, bool paid) {
    const std::string_view time(at);
    return {std::string(name), *parseDecimal(total, 38, 2), *parseDate(time.substr(0, 10)),
            *parseTimestamp(time), paid};
}

/// A table that a sink has written.
struct Orders {
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("results.db")).toStdString();

    Orders() {
        SqliteWriter writer({path, "orders", SqliteTarget::Mode::Replace, kSchema, {}}, run());
        const Rows rows{order("a", "89.00", "2024-03-01 12:00:00.000", true),
                        order("b", "100.00", "2024-03-01 12:00:00.500", false),
                        order("c", "-7.50", "2024-02-29 23:59:59.999", true),
                        order("d", "123456789012345678901234567890123456.77", "2024-03-02", true),
                        order("e", "123456789012345678901234567890123456.78", "2024-03-02 06:00:00", false),
                        {std::string("f"), {}, {}, {}, {}}};
        const bool written = writer.open().ok() && writer.write(batchOf(kSchema, rows)).ok() &&
                             writer.prepare().ok() && writer.commit().ok();
        if (!written) qFatal("the table was not written");
        writer.close();
    }
    static MakeContext run() {
        MakeContext made;
        made.clock = systemClock();
        return made;
    }
    SqliteQuery query(const std::string& filter = {}, int sort = -1, bool descending = false) const {
        SqliteQuery made{path, listSqlite(path, nullptr)->entries.front()};
        made.filter = *parseSqliteFilter(filter, made.table.columns);
        made.sortColumn = sort;
        made.descending = descending;
        return made;
    }
    QString column(const SqliteQuery& query, std::size_t number) const {
        const auto match = findRows(query, nullptr);
        if (!match.ok()) return QString::fromStdString(english(match.error()));
        QStringList texts;
        const auto rows = readRows(*match, 0, match->rows, nullptr);
        for (const SqliteRow& row : *rows) texts << QString::fromStdString(row[number].text);
        return texts.join(u' ');
    }
    QString names(const std::string& filter, int sort = -1, bool descending = false) const {
        return column(query(filter, sort, descending), 0);
    }
};

}  // namespace

class TestSqliteValues : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theTableKeepsTheTypesOfTheStream() {
        const Orders orders;
        QStringList types, shown;
        for (const SqliteColumn& column : orders.query().table.columns) {
            types << QString::fromStdString(column.type);
            shown << QString::fromStdString(std::string(shownType(column)));
        }
        QCOMPARE(types.join(u'|'),
                 QStringLiteral("TEXT|TEXT DECIMAL(38,2)|TEXT DATE|TEXT TIMESTAMP(3)|INTEGER BOOLEAN"));
        QCOMPARE(shown.join(u'|'), QStringLiteral("TEXT|DECIMAL(38,2)|DATE|TIMESTAMP(3)|BOOLEAN"));
        // SQLite stores the exact text.
        QCOMPARE(orders.column(orders.query("name = d"), 1),
                 QStringLiteral("123456789012345678901234567890123456.77"));
    }

    void declarationsOfOtherProgramsAreUnderstood() {
        QCOMPARE(declaredValues("decimal(10, 2)"), TypeId::Decimal);
        QCOMPARE(declaredValues("NUMERIC"), TypeId::Decimal);
        QCOMPARE(declaredValues("DECIMAL(60,30)"), TypeId::Decimal);
        QCOMPARE(declaredValues("datetime"), TypeId::Timestamp);
        QCOMPARE(declaredValues("DATE"), TypeId::Date);
        QCOMPARE(declaredValues("bool"), TypeId::Boolean);
        for (const char* plain : {"", "TEXT", "INTEGER", "VARCHAR(10)", "REAL", "DATED", "TEXT DATED"})
            QCOMPARE(declaredValues(plain), TypeId::Null);
    }

    void decimalsAreComparedAsNumbers() {
        const Orders orders;
        QCOMPARE(orders.names("total > 100"), QStringLiteral("d e"));
        QCOMPARE(orders.names("total >= 100.0"), QStringLiteral("b d e"));
        QCOMPARE(orders.names("total < 0"), QStringLiteral("c"));
        QCOMPARE(orders.names("total = 89"), QStringLiteral("a"));
        QCOMPARE(orders.names("total == '8.9e1'"), QStringLiteral("a"));
        QCOMPARE(orders.names("total <> 89"), QStringLiteral("b c d e"));
    }

    void decimalsBeyondADoubleAreExact() {
        const Orders orders;
        QCOMPARE(orders.names("total > 123456789012345678901234567890123456.77"), QStringLiteral("e"));
        QCOMPARE(orders.names("total <= 123456789012345678901234567890123456.770"),
                 QStringLiteral("a b c d"));
        QCOMPARE(orders.names("", 1), QStringLiteral("f c a b d e"));
        QCOMPARE(orders.names("", 1, true), QStringLiteral("e d b a c f"));
    }

    void sortedDecimalsHaveEnds() {
        const Orders orders;
        const auto match = findRows(orders.query("total < 1000", 1), nullptr);
        QCOMPARE(*match->least, -7.5);
        QCOMPARE(*match->most, 100.0);
        const auto rows = readRows(*match, 0, match->rows, nullptr);
        QCOMPARE(rows->back()[1].kind, SqliteCell::Kind::Number);
        QCOMPARE(rows->back()[1].number, 100.0);
        QVERIFY(!findRows(orders.query({}, 3), nullptr)->most);  // times have no bar
    }

    void timesAreComparedAsTimes() {
        const Orders orders;
        QCOMPARE(orders.names("at > 2024-03-02"), QStringLiteral("e"));  // midnight itself is not after it
        QCOMPARE(orders.names("at = 2024-03-02"), QStringLiteral("d"));
        QCOMPARE(orders.names("at >= '2024-03-01T12:00:00Z'"), QStringLiteral("a b d e"));
        QCOMPARE(orders.names("at = 2024-03-01 12:00:00.5"), QStringLiteral("b"));
        QCOMPARE(orders.names("day = 2024-03-02 00:00:00"), QStringLiteral("d e"));
        QCOMPARE(orders.names("day < 2024-03-01"), QStringLiteral("c"));
        QCOMPARE(orders.names("at < 2024-03"), QStringLiteral("c"));  // no time: by its text, as ever
        QCOMPARE(orders.names("", 3, true), QStringLiteral("e d b a c f"));
    }

    void booleansAreTrueOrFalse() {
        const Orders orders;
        QCOMPARE(orders.column(orders.query(), 4), QStringLiteral("true false true true false "));
        QCOMPARE(orders.names("paid = true"), QStringLiteral("a c d"));
        QCOMPARE(orders.names("paid != 'TRUE'"), QStringLiteral("b e"));
        QCOMPARE(orders.names("paid = 0"), QStringLiteral("b e"));
        QCOMPARE(orders.names("fals"), QStringLiteral("b e"));
        QCOMPARE(orders.names("", 4, true), QStringLiteral("a c d b e f"));
    }

    void profilesAreOfTheValues() {
        const Orders orders;
        const SqliteQuery some = orders.query("total < 1000");
        const auto total = profileColumn(some, 1, nullptr);
        QVERIFY(total->numeric && !total->times);
        QCOMPARE(total->least, -7.5);
        QCOMPARE(total->most, 100.0);
        QCOMPARE(total->median, 89.0);
        QCOMPARE(total->bins.front(), std::int64_t{1});
        const auto at = profileColumn(orders.query(), 3, nullptr);
        QVERIFY(at->numeric && at->times);
        QCOMPARE(at->empty, std::int64_t{1});
        QCOMPARE(static_cast<Instant>(at->least), *parseTimestamp("2024-02-29 23:59:59.999"));
        QCOMPARE(static_cast<Instant>(at->most), *parseTimestamp("2024-03-02 06:00:00"));
        QVERIFY(profileColumn(orders.query(), 2, nullptr)->times);
        const auto paid = profileColumn(orders.query(), 4, nullptr);
        QVERIFY(!paid->numeric);
        QCOMPARE(paid->top.front(), (std::pair<std::string, std::int64_t>{"true", 3}));
    }

    /// The statement of a profile must not take one for its own words.
    void columnsMayBeCalledAnything() {
        const Orders orders;
        SQLite::Database database(orders.path, SQLite::OPEN_READWRITE);
        database.exec("DROP TABLE orders");
        database.exec("CREATE TABLE t (value TEXT, bin TEXT, found TEXT, n DECIMAL(5,1))");
        database.exec("INSERT INTO t VALUES ('x', 'y', 'u', 1), ('x', 'z', 'u', 2), ('x', 'z', 'v', 2.5)");
        const SqliteQuery query = orders.query();
        QCOMPARE(profileColumn(query, 1, nullptr)->top.front(),
                 (std::pair<std::string, std::int64_t>{"z", 2}));
        QCOMPARE(profileColumn(query, 3, nullptr)->bins.back(), std::int64_t{1});
    }

    /// Of tables from before, and of other programs, which store numbers as numbers.
    void mixedValuesOfADecimalColumnAreOneOrder() {
        const Orders orders;
        SQLite::Database database(orders.path, SQLite::OPEN_READWRITE);
        database.exec("DROP TABLE orders");
        database.exec("CREATE TABLE t (name TEXT, n BLOB)");
        database.exec("INSERT INTO t VALUES ('a', '9.5'), ('b', 10), ('c', 9.75), ('d', '1e1'), ('e', 'x')");
        SqliteQuery query = orders.query();
        query.table.columns[1].values = TypeId::Decimal;
        query.sortColumn = 1;
        QCOMPARE(orders.column(query, 0), QStringLiteral("e a c b d"));
        query.filter = *parseSqliteFilter("n = 10.0", query.table.columns);
        QCOMPARE(orders.column(query, 0), QStringLiteral("b d"));
    }

    /// Of tables that other programs have written: SQLite stores anything anywhere.
    void whatIsNoValueIsNeitherMoreNorLess() {
        const Orders orders;
        SQLite::Database database(orders.path, SQLite::OPEN_READWRITE);
        database.exec("DROP TABLE orders");
        database.exec("CREATE TABLE t (name TEXT, n DECIMAL(9,2), at TIMESTAMP, ok BOOLEAN)");
        database.exec(
            "INSERT INTO t VALUES ('a', 9.5, '2024-03-01', 1), ('b', 'x', 'soon', 'maybe'),"
            " ('c', x'ff', x'ff', x'ff'), ('d', 100, '2024-03-03', 0), ('e', NULL, NULL, NULL)");
        const auto listed = [&](int sort, bool descending) { return orders.names("", sort, descending); };
        QCOMPARE(orders.names("n < 1000"), QStringLiteral("a d"));
        QCOMPARE(orders.names("n > 1"), QStringLiteral("a d"));
        QCOMPARE(orders.names("n <> 9.5"), QStringLiteral("b c d"));
        QCOMPARE(orders.names("n = x"), QStringLiteral("b"));
        QCOMPARE(orders.names("at >= 2024-03-01"), QStringLiteral("a d"));
        QCOMPARE(orders.names("at < 2030-01-01"), QStringLiteral("a d"));
        QCOMPARE(orders.names("at != 2024-03-01"), QStringLiteral("b c d"));
        QCOMPARE(orders.names("ok >= false"), QStringLiteral("a d"));
        for (const int column : {1, 2, 3}) {
            const QString up = column == 3 ? QStringLiteral("e b c d a") : QStringLiteral("e b c a d");
            const QString down = column == 3 ? QStringLiteral("a d c b e") : QStringLiteral("d a c b e");
            QCOMPARE(listed(column, false), up);
            QCOMPARE(listed(column, true), down);
        }
    }

    /// A double has 17 digits, the least value may have more.
    void theLeastValueIsExact() {
        const Orders orders;
        const auto total = profileColumn(orders.query("total > 1000"), 1, nullptr);
        QCOMPARE(QString::fromStdString(total->leastText),
                 QStringLiteral("123456789012345678901234567890123456.77"));
        QCOMPARE(QString::fromStdString(profileColumn(orders.query("total < 1000"), 1, nullptr)->leastText),
                 QStringLiteral("-7.50"));
        SQLite::Database database(orders.path, SQLite::OPEN_READWRITE);
        database.exec("DROP TABLE orders");
        database.exec("CREATE TABLE t (n INTEGER, x REAL)");
        database.exec("INSERT INTO t VALUES (9007199254740995, 0.1), (9007199254741095, 7), (NULL, 1e300)");
        const SqliteQuery query = orders.query();
        QCOMPARE(profileColumn(query, 0, nullptr)->leastText, std::string("9007199254740995"));
        QCOMPARE(profileColumn(query, 1, nullptr)->leastText, std::string("0.1"));
    }

    void whatASinkWritesRefinesAnOldDeclaration() {
        SqliteColumn column{"total", "TEXT"};
        refineType(column, Type::decimal(10, 2));
        QCOMPARE(column.values, TypeId::Decimal);
        QCOMPARE(std::string(shownType(column)), std::string("DECIMAL(10,2)"));
        SqliteColumn other{"total", "INTEGER"};  // stored as something else: not from this sink
        refineType(other, Type::decimal(10, 2));
        QCOMPARE(other.values, TypeId::Null);
        SqliteColumn text{"name", "TEXT"};
        refineType(text, Type::of(TypeId::String));
        QCOMPARE(text.values, TypeId::Null);
    }

    void keysSortAsNumbersDo() {
        const std::vector<const char*> ascending{
            "-Infinity", "-1e30", "-100.5",  "-100", "-99.99", "-1",
            "-0.10",     "-0.09", "-1e-30",  "0",    "1e-30",  "0.09",
            "0.1",       "0.11",  "1",       "9.99", "10",     "10.000000000000000000000000001",
            "100",       "1e30",  "Infinity"};
        for (std::size_t i = 0; i + 1 < ascending.size(); ++i)
            QVERIFY2(*decimalKey(ascending[i]) < *decimalKey(ascending[i + 1]), ascending[i]);
        for (const char* same : {"1.5", "1.50", "+01.5", " 15e-1 ", "0.0015E+3", "1.5e0"})
            QCOMPARE(*decimalKey(same), *decimalKey("1.5"));
        QCOMPARE(*decimalKey("-0.00"), *decimalKey("0e9"));
        for (const char* none : {"", " ", "-", ".", "e5", "1e", "1.2.3", "1,5", "0x10", "abc", "1 2"})
            QVERIFY2(!decimalKey(none), none);
    }

    void keysOfRandomNumbersSortAsTheyDo() {
        std::mt19937_64 random(7);
        const auto draw = [&] {
            Int128 value = static_cast<Int128>(random()) * static_cast<Int128>(random() >> 6);
            for (auto cut = random() % 36; cut > 0; --cut) value /= 10;
            return random() % 2 == 0 ? value : -value;
        };
        for (int i = 0; i < 20'000; ++i) {
            const Int128 a = draw(), b = i % 10 == 0 ? a + 1 : draw();
            std::string first, second;
            appendDecimal(first, a, 10);
            appendDecimal(second, b, 10);
            const std::string one = *decimalKey(first), other = *decimalKey(second);
            QVERIFY2((a < b) == (one < other) && (a == b) == (one == other), (first + ' ' + second).c_str());
        }
    }

    /// A run that fills a staging table has claimed the table; a killed one has left only the file of its
    /// claim.
    void onlyStagingTablesOfRunsAreListed() {
        const Orders orders;
        SQLite::Database database(orders.path, SQLite::OPEN_READWRITE);
        database.exec("CREATE TABLE _rill_new_Orders (n INTEGER)");
        database.exec("CREATE TABLE _rill_new_ (n INTEGER)");
        database.exec("CREATE TABLE _Rill_state (n INTEGER)");
        database.exec("CREATE VIEW _rill_seen AS SELECT 1");
        database.exec("ANALYZE");
        const auto listed = [&] {
            QStringList names;
            const auto listing = listSqlite(orders.path, nullptr);
            for (const SqliteEntry& entry : listing->entries) names << QString::fromStdString(entry.name);
            return names.join(u' ');
        };
        QCOMPARE(listed(), QStringLiteral("orders"));
        {
            OutputLock lock;
            QVERIFY(lock.acquire(orders.path, claimedPart("orders"), OutputClaim::Mode::Alone).ok());
            QCOMPARE(listed(), QStringLiteral("_rill_new_Orders orders"));
            QVERIFY(OutputLock::isHeld(orders.path, claimedPart("ORDERS")));
            QVERIFY(!OutputLock::isHeld(orders.path, claimedPart("other")));
        }
        QCOMPARE(listed(), QStringLiteral("orders"));
    }
};

QTEST_APPLESS_MAIN(TestSqliteValues)
#include "test_sqlite_values.moc"
