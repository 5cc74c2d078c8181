// Upserts into tables made elsewhere, whose unique indexes remove other rows than those with the key: going
// back to an older checkpoint puts them back too, or is refused where it is not known which they were.
#include <SQLiteCpp/Statement.h>

#include <QtTest/QtTest>
#include <algorithm>

#include "core/base/random.h"
#include "tests/unit/connect/fixtures/sqlite_sinking.h"

using namespace rw;
using namespace rw::test;

namespace {

using Mode = SqliteTarget::Mode;

const SchemaRef kWords = schemaOf({{"n", Type::of(TypeId::String)}, {"s", Type::of(TypeId::String)}});

Batch numbered(const std::vector<std::pair<std::int64_t, std::string>>& rows) {
    Rows all;
    for (const auto& [n, s] : rows) all.push_back({n, s});
    return batchOf(kNumbers, all);
}

Batch words(const std::vector<std::pair<std::string, std::string>>& rows) {
    Rows all;
    for (const auto& [n, s] : rows) all.push_back({n, s});
    return batchOf(kWords, all);
}

QString rowsIn(const EpochFiles& files) {
    return found(files.path(), "t", "coalesce(n, '-') || coalesce(s, '-')");
}

bool says(const Status& status, const QString& part) {
    return QString::fromStdString(said(status)).contains(part);
}

}  // namespace

class TestSqliteUniqueIndexes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsThatAnotherIndexTookAwayAreThereAgain_data() {
        QTest::addColumn<QString>("made");
        QTest::addColumn<QString>("b");  // as the rows that take away have it
        QTest::newRow("a second index") << "CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT UNIQUE)"
                                        << "b";
        QTest::newRow("the primary key is the other one")
            << "CREATE TABLE t (n BIGINT NOT NULL UNIQUE, s TEXT PRIMARY KEY)"
            << "b";
        QTest::newRow("without row ids")
            << "CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT UNIQUE) WITHOUT ROWID"
            << "b";
        QTest::newRow("the primary key is the other one, without row ids")
            << "CREATE TABLE t (n BIGINT UNIQUE, s TEXT PRIMARY KEY) WITHOUT ROWID"
            << "b";
        QTest::newRow("that column compares without case")
            << "CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT COLLATE NOCASE UNIQUE)"
            << "B";
        QTest::newRow("that index compares without case")
            << "CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT); CREATE UNIQUE INDEX u ON t (s COLLATE NOCASE)"
            << "B";
    }

    void rowsThatAnotherIndexTookAwayAreThereAgain() {
        QFETCH(QString, made);
        QFETCH(QString, b);
        const EpochFiles files;
        execIn(files, qPrintable(made));
        std::string first, second;
        {
            Sinking sinking(files.path(), Mode::Upsert);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, numbered({{1, "a"}, {2, "b"}, {3, "c"}}));
            // One key takes away two others.
            second = sinking.epoch(2, numbered({{4, b.toStdString()}, {4, "a"}}));
            QVERIFY(!first.empty() && !second.empty());
            QCOMPARE(rowsIn(files), QStringLiteral("3c 4a"));
            // A removed row comes again under its own key.
            QVERIFY(!sinking.epoch(3, numbered({{2, "a"}, {4, "c"}})).empty());
            QCOMPARE(rowsIn(files), QStringLiteral("2a 4c"));
            QVERIFY(sinking.writer().takeNotes().empty());
        }
        {
            Sinking next(files.path(), Mode::Upsert);
            const Status open = next.goOn(second);
            QVERIFY2(open.ok(), said(open).c_str());
            QCOMPARE(rowsIn(files), QStringLiteral("3c 4a"));
        }
        Sinking next(files.path(), Mode::Upsert);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(rowsIn(files), QStringLiteral("1a 2b 3c"));
    }

    void rowsThatARowIdTookAwayAreThereAgain() {
        const EpochFiles files;
        execIn(files, "CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT UNIQUE)");
        SqliteTarget byText = Sinking::targetOf(files.path(), Mode::Upsert);
        byText.key = {1};
        std::string first;
        {
            Sinking sinking(byText);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, numbered({{1, "a"}, {2, "b"}}));
            QVERIFY(!first.empty() && !sinking.epoch(2, numbered({{1, "c"}, {3, "b"}})).empty());
            QCOMPARE(rowsIn(files), QStringLiteral("1c 3b"));
        }
        Sinking next(byText);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(rowsIn(files), QStringLiteral("1a 2b"));
    }

    /// The row id is another column: a key that is NULL is one like any other.
    void aKeyBesideTheRowIdCanBeNull() {
        const EpochFiles files;
        execIn(files, "CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT UNIQUE)");
        SqliteTarget byText = Sinking::targetOf(files.path(), Mode::Upsert);
        byText.key = {1};
        Sinking sinking(byText);
        QVERIFY(sinking.open().ok());
        const Rows rows = {{std::int64_t{1}, Value{}}, {std::int64_t{2}, Value{}}};
        QVERIFY(!sinking.epoch(1, batchOf(kNumbers, rows)).empty());
        QCOMPARE(rowsIn(files), QStringLiteral("2-"));
    }

    void theIndexOfTheKeyComparesOtherwiseThanItsColumn_data() {
        QTest::addColumn<QString>("made");
        QTest::newRow("an index") << "CREATE TABLE t (n TEXT, s TEXT, UNIQUE (n COLLATE NOCASE))";
        QTest::newRow("the primary key") << "CREATE TABLE t (n TEXT, s TEXT, PRIMARY KEY (n COLLATE NOCASE))";
        QTest::newRow("without row ids")
            << "CREATE TABLE t (n TEXT, s TEXT, PRIMARY KEY (n COLLATE NOCASE)) WITHOUT ROWID";
    }

    void theIndexOfTheKeyComparesOtherwiseThanItsColumn() {
        QFETCH(QString, made);
        const EpochFiles files;
        execIn(files, qPrintable(made));
        const SqliteTarget target{files.path(), "t", Mode::Upsert, kWords, {0}};
        std::string first, second;
        {
            Sinking sinking(target);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, words({{"a", "1"}, {"b", "2"}}));
            second = sinking.epoch(2, words({{"A", "3"}, {"c", "4"}}));
            QVERIFY(!first.empty() && !second.empty());
            QVERIFY(!sinking.epoch(3, words({{"B", "5"}, {"b", "6"}, {"a", "7"}})).empty());
            QCOMPARE(rowsIn(files), QStringLiteral("a7 b6 c4"));
        }
        {
            Sinking next(target);
            const Status open = next.goOn(second);
            QVERIFY2(open.ok(), said(open).c_str());
            QCOMPARE(rowsIn(files), QStringLiteral("A3 b2 c4"));
        }
        Sinking next(target);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(rowsIn(files), QStringLiteral("a1 b2"));
    }

    /// The other way round: the table has rows of keys that the column takes for one.
    void theColumnOfTheKeyComparesOtherwiseThanItsIndex() {
        const EpochFiles files;
        execIn(files, "CREATE TABLE t (n TEXT COLLATE NOCASE, s TEXT, UNIQUE (n COLLATE BINARY))");
        const SqliteTarget target{files.path(), "t", Mode::Upsert, kWords, {0}};
        const std::string bothRows = "SELECT group_concat(n || s, ' ') FROM (SELECT n, s FROM t ORDER BY s)";
        std::string first;
        {
            Sinking sinking(target);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, words({{"a", "1"}, {"A", "2"}}));
            QVERIFY(!first.empty() && !sinking.epoch(2, words({{"A", "3"}, {"b", "4"}})).empty());
        }
        Sinking next(target);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        SQLite::Database database(files.path(), SQLite::OPEN_READONLY);
        QCOMPARE(database.execAndGet(bothRows).getString(), std::string("a1 A2"));
    }

    /// To an index two NULLs are two keys: none of the rows stays behind when one is taken away.
    void allRowsOfAKeyAreThereAgain() {
        const EpochFiles files;
        execIn(files,
               "CREATE TABLE t (n BIGINT UNIQUE, s TEXT UNIQUE); INSERT INTO t VALUES (NULL, 'p'), (NULL, "
               "'q')");
        std::string first;
        {
            Sinking sinking(files.path(), Mode::Upsert);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, numbered({{1, "a"}}));
            QVERIFY(!first.empty() && !sinking.epoch(2, numbered({{1, "p"}})).empty());
        }
        Sinking next(files.path(), Mode::Upsert);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QStringList rows = rowsIn(files).split(QLatin1Char(' '));
        std::sort(rows.begin(), rows.end());
        QCOMPARE(rows.join(QLatin1Char(' ')), QStringLiteral("-p -q 1a"));
    }

    void whateverIsUpsertedIsTakenBack_data() {
        QTest::addColumn<QString>("made");
        QTest::newRow("two indexes") << "CREATE TABLE t (n TEXT PRIMARY KEY, s TEXT UNIQUE)";
        QTest::newRow("an index without case")
            << "CREATE TABLE t (n TEXT, s TEXT UNIQUE, UNIQUE (n COLLATE NOCASE))";
        QTest::newRow("columns without case")
            << "CREATE TABLE t (n TEXT COLLATE NOCASE PRIMARY KEY, s TEXT COLLATE NOCASE UNIQUE)";
    }

    /// Few letters in both cases, and NULL; every other checkpoint is forgotten on the way.
    void whateverIsUpsertedIsTakenBack() {
        QFETCH(QString, made);
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            const EpochFiles files;
            execIn(files, qPrintable(made));
            const SqliteTarget target{files.path(), "t", Mode::Upsert, kWords, {0}};
            std::uint64_t drawn = 0;
            const auto draw = [&](std::uint64_t most) { return splitMix64(seed, drawn++) % most; };
            const auto cell = [&]() -> Value {
                const std::uint64_t letter = draw(8);
                return letter < 6 ? Value(std::string(1, "aAbBcC"[letter])) : Value();
            };
            std::vector<std::string> states;
            QStringList tables;
            {
                Sinking sinking(target);
                QVERIFY(sinking.open().ok());
                std::vector<Epoch> odd;
                for (Epoch epoch = 1; epoch <= 6; ++epoch) {
                    Rows rows;
                    std::vector<RowKind> kinds;
                    for (int i = 0; i < 5; ++i) {
                        rows.push_back({cell(), cell()});
                        kinds.push_back(draw(4) == 0 ? RowKind::Delete : RowKind::Insert);
                    }
                    states.push_back(sinking.epoch(epoch, batchOf(kWords, rows, kinds)));
                    QVERIFY(!states.back().empty());
                    tables << rowsIn(files);
                    std::vector<Epoch> kept = odd;
                    kept.push_back(epoch);
                    KeptEpochs::of(sinking.context())->set(kept);
                    if (epoch % 2 == 1) odd = kept;
                }
            }
            for (const int epoch : {5, 3, 1}) {
                Sinking next(target);
                const Status open = next.goOn(states[static_cast<std::size_t>(epoch) - 1]);
                QVERIFY2(open.ok(), said(open).c_str());
                QCOMPARE(rowsIn(files), tables[epoch - 1]);
            }
        }
    }

    void anIndexThatComesWhileTheRunGoesOnCounts() {
        const EpochFiles files;
        std::string first;
        {
            Sinking sinking(files.path(), Mode::Upsert);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, numbered({{1, "a"}, {2, "b"}}));
            execIn(files, "CREATE UNIQUE INDEX u ON t (s)");
            QVERIFY(!first.empty() && !sinking.epoch(2, numbered({{3, "a"}})).empty());
            QCOMPARE(rowsIn(files), QStringLiteral("2b 3a"));
        }
        Sinking next(files.path(), Mode::Upsert);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(rowsIn(files), QStringLiteral("1a 2b"));
    }

    /// With any further columns, they take no two rows for one that the key does not.
    void indexesThatHaveTheKeyInThemAreNotInTheWay() {
        const EpochFiles files;
        execIn(files,
               "CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT); CREATE UNIQUE INDEX u ON t (s, n); CREATE "
               "UNIQUE INDEX v ON t (n) WHERE s = 'x'; CREATE UNIQUE INDEX w ON t (upper(s), n)");
        const std::string first = twoEpochs(files, Mode::Upsert);
        Sinking next(files.path(), Mode::Upsert);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QVERIFY(next.writer().takeNotes().empty());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
    }

    void whatOnlySqliteKnowsIsNotTakenBack_data() {
        QTest::addColumn<QString>("made");
        QTest::addColumn<QString>("why");
        const QString plain = QStringLiteral("CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT); ");
        QTest::newRow("a part of the rows")
            << plain + "CREATE UNIQUE INDEX lone ON t (s) WHERE n < 0"
            << "Unique index “lone” of table “t” counts only some of its rows.";
        QTest::newRow("an expression") << plain + "CREATE UNIQUE INDEX sums ON t (n + length(s))"
                                       << "Unique index “sums” of table “t” is over values that SQLite "
                                          "computes.";
        QTest::newRow("a computed column")
            << "CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT, twice BIGINT AS (n * 2)); CREATE UNIQUE INDEX "
               "doubles ON t (twice)"
            << "Unique index “doubles” of table “t” is over values that SQLite computes.";
        QTest::newRow("a default") << "CREATE TABLE t (n BIGINT NOT NULL DEFAULT 0 PRIMARY KEY, s TEXT)"
                                   << "Column “n” of table “t”, which a unique index is over, turns NULL "
                                      "into its default.";
        QTest::newRow("a trigger") << plain + "CREATE TRIGGER mine AFTER INSERT ON t BEGIN SELECT 1; END"
                                   << "Trigger “mine” may change rows of table “t” by itself.";
        QTest::newRow("a trigger of another table")
            << plain +
                   "CREATE TABLE u (n); CREATE TRIGGER far AFTER INSERT ON u BEGIN DELETE FROM \"T\" "
                   "WHERE n = NEW.n; END"
            << "Trigger “far” may change rows of table “t” by itself.";
    }

    void whatOnlySqliteKnowsIsNotTakenBack() {
        QFETCH(QString, made);
        QFETCH(QString, why);
        const EpochFiles files;
        execIn(files, made.toUtf8().constData());
        std::string second;
        const std::string first = twoEpochs(files, Mode::Upsert, false, &second);
        QVERIFY(!first.empty());
        {
            Sinking older(files.path(), Mode::Upsert);
            const Status open = older.open(first);
            QVERIFY2(says(open, why), said(open).c_str());
        }
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4"));
        // It is said beforehand, and nothing else changes.
        Sinking newest(files.path(), Mode::Upsert);
        const Status open = newest.open(second);
        QVERIFY2(open.ok(), said(open).c_str());
        const std::vector<Text> notes = newest.writer().takeNotes();
        QCOMPARE(notes.size(), std::size_t{1});
        QVERIFY2(english(notes.front()).starts_with(why.toStdString()), english(notes.front()).c_str());
        QVERIFY(!newest.epoch(3, numbers(4, 5)).empty());
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4 5"));
    }

    void triggersOfOthersAreNotInTheWay() {
        const EpochFiles files;
        execIn(
            files,
            "CREATE TABLE u (n); CREATE TABLE at (n); CREATE TRIGGER theirs AFTER INSERT ON u BEGIN DELETE "
            "FROM at; END");
        const std::string first = twoEpochs(files, Mode::Upsert);
        Sinking next(files.path(), Mode::Upsert);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
    }

    /// Changes made while the index was there stay unknown when it has gone.
    void beyondAnIndexThatHasGoneNobodyGoesBack() {
        const EpochFiles files;
        execIn(files,
               "CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT); CREATE UNIQUE INDEX lone ON t (s) WHERE n < "
               "0");
        std::string second, third;
        const std::string first = twoEpochs(files, Mode::Upsert, false, &second);
        execIn(files, "DROP INDEX lone");
        {
            Sinking older(files.path(), Mode::Upsert);
            const Status open = older.open(first);
            QVERIFY2(says(open, QStringLiteral("can't be told any more")), said(open).c_str());
        }
        {
            Sinking newest(files.path(), Mode::Upsert);
            QVERIFY(newest.open(second).ok() && newest.writer().takeNotes().empty());
            third = newest.epoch(3, numbers(4, 5, "y"));
            QVERIFY(!third.empty() && !newest.epoch(4, numbers(5, 6, "z")).empty());
        }
        {
            Sinking back(files.path(), Mode::Upsert);
            const Status open = back.goOn(third);
            QVERIFY2(open.ok(), said(open).c_str());
            QCOMPARE(rowsIn(files), QStringLiteral("1x 2x 3x 4y 5y"));
        }
        {
            Sinking back(files.path(), Mode::Upsert);
            const Status open = back.goOn(second);
            QVERIFY2(open.ok(), said(open).c_str());
            QCOMPARE(rowsIn(files), QStringLiteral("1x 2x 3x 4x"));
        }
        Sinking beyond(files.path(), Mode::Upsert);
        QVERIFY(!beyond.open(first).ok());
    }

    /// A table that has one row at most is emptied for each: no index takes away more than that.
    void aTableWithoutKeyIsAsItWas() {
        const EpochFiles files;
        execIn(files,
               "CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT UNIQUE); CREATE UNIQUE INDEX lone ON t (s) "
               "WHERE n < 0; INSERT INTO t VALUES (7, 'old'), (8, 'older')");
        SqliteTarget keyless = Sinking::targetOf(files.path(), Mode::Upsert);
        keyless.key = {};
        std::string first;
        {
            Sinking sinking(keyless);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, numbers(1, 2));
            QVERIFY(!first.empty() && !sinking.epoch(2, numbers(3, 5)).empty());
        }
        QCOMPARE(rowsIn(files), QStringLiteral("5x"));
        Sinking next(keyless);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(rowsIn(files), QStringLiteral("2x"));
    }

    void rowsOfOthersDoNotGiveWay() {
        const EpochFiles files;
        execIn(files, "CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT UNIQUE)");
        std::string first, second;
        {
            Sinking sinking(files.path(), Mode::Upsert);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, numbered({{1, "a"}}));
            second = sinking.epoch(2, numbered({{1, "b"}}));
            QVERIFY(!first.empty() && !second.empty());
        }
        execIn(files, "INSERT INTO t VALUES (9, 'a')");
        {
            Sinking older(files.path(), Mode::Upsert);
            const Status open = older.open(first);
            QVERIFY2(says(open, QStringLiteral("rows that the run has not written are in its place")),
                     said(open).c_str());
            QVERIFY2(says(open, QStringLiteral("t.s")), said(open).c_str());
        }
        QCOMPARE(rowsIn(files), QStringLiteral("1b 9a"));
        {
            Sinking newest(files.path(), Mode::Upsert);
            QVERIFY(newest.open(second).ok());
        }
        execIn(files, "DELETE FROM t WHERE n = 9");
        Sinking next(files.path(), Mode::Upsert);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(rowsIn(files), QStringLiteral("1a"));
    }
};

QTEST_APPLESS_MAIN(TestSqliteUniqueIndexes)
#include "test_sqlite_unique_indexes.moc"
