// A run that resumes from an older checkpoint than its table has: rows behind it are taken back, or the
// run does not begin.
#include <SQLiteCpp/Statement.h>

#include <QtTest/QtTest>

#include "tests/unit/connect/fixtures/sqlite_sinking.h"

using namespace rw;
using namespace rw::test;

namespace {

using Mode = SqliteTarget::Mode;

bool says(const Status& status, const char* part) {
    return said(status).find(part) != std::string::npos;
}

}  // namespace

class TestSqliteGoingBack : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void anOlderCheckpointTakesRowsBack_data() {
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("taken");
        QTest::newRow("append") << int(Mode::Append) << QStringLiteral("1 2");
        QTest::newRow("replace") << int(Mode::Replace) << QStringLiteral("1 2");
        QTest::newRow("upsert") << int(Mode::Upsert) << QStringLiteral("1 2");
    }

    void anOlderCheckpointTakesRowsBack() {
        QFETCH(int, mode);
        QFETCH(QString, taken);
        const EpochFiles files;
        const auto way = static_cast<SqliteTarget::Mode>(mode);
        const std::string first = twoEpochs(files, way);
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4"));
        Sinking next(files.path(), way);
        const Status open = next.open(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QVERIFY(next.writer().commit(1).ok());
        QCOMPARE(found(files.path()), taken);
        QVERIFY(next.writer().write(numbers(3, 5)).ok() && !next.prepared(2).empty());
        QVERIFY(next.writer().commit(2).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4 5"));
    }

    void whatWasUpsertedIsAsItWas() {
        const EpochFiles files;
        const auto mode = Mode::Upsert;
        std::string first;
        {
            Sinking sinking(files.path(), mode);
            QVERIFY(sinking.open().ok() && sinking.writer().write(numbers(1, 3, "a")).ok());
            first = sinking.prepared(1);
            QVERIFY(sinking.writer().commit(1).ok());
            for (const Epoch epoch : {Epoch{2}, Epoch{3}}) {
                QVERIFY(sinking.writer().write(numbers(2, 4, epoch == 2 ? "b" : "c")).ok());
                QVERIFY(!sinking.prepared(epoch).empty() && sinking.writer().commit(epoch).ok());
            }
        }
        QCOMPARE(found(files.path(), "t", "n || s"), QStringLiteral("1a 2c 3c 4c"));
        Sinking next(files.path(), mode);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(found(files.path(), "t", "n || s"), QStringLiteral("1a 2a 3a"));
    }

    void rowsOfOthersStay() {
        const EpochFiles files;
        const std::string first = twoEpochs(files, Mode::Append);
        execIn(files, "INSERT INTO t VALUES (99, 'mine')");
        Sinking next(files.path());
        QVERIFY(next.goOn(first).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2 99"));
    }

    /// The table numbers its rows by one of their columns: rows of others lie between them.
    void rowsWithNumbersOfTheirOwnAreNotGuessedAt() {
        const EpochFiles files;
        execIn(files, "CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT)");
        std::string first;
        {
            Sinking sinking(files.path());
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, numbers(1, 2));
            const Batch apart = batchOf(kNumbers, {{std::int64_t{10}, "x"}, {std::int64_t{20}, "x"}});
            QVERIFY(!first.empty() && !sinking.epoch(2, apart).empty());
        }
        execIn(files, "INSERT INTO t VALUES (15, 'mine')");
        Sinking next(files.path());
        const Status open = next.open(first);
        QVERIFY2(said(open).find("can't be told any more") != std::string::npos, said(open).c_str());
        QCOMPARE(found(files.path()), QStringLiteral("1 2 10 15 20"));
    }

    void afterAVacuumRowsAreNotGuessedAt() {
        const EpochFiles files;
        const std::string first = twoEpochs(files, Mode::Append);
        execIn(files, "DELETE FROM t WHERE n = 1");
        execIn(files, "VACUUM");  // row 3 has the id of row 4 now, and row 2 that of none
        Sinking next(files.path());
        const Status open = next.open(first);
        QVERIFY2(said(open).find("can't be told any more") != std::string::npos, said(open).c_str());
        QCOMPARE(found(files.path()), QStringLiteral("2 3 4"));
    }

    void afterAVacuumTheNewestIsGoneOnFrom() {
        const EpochFiles files;
        std::string state;
        {
            Sinking stopped(files.path());
            QVERIFY(stopped.open().ok() && stopped.writer().write(numbers(1, 2)).ok());
            state = stopped.prepared(1);
            QVERIFY(stopped.writer().commit(1).ok());
        }
        execIn(files, "VACUUM");
        std::string later;
        {
            Sinking next(files.path());
            QVERIFY(next.open(state).ok() && next.writer().commit(1).ok());
            QVERIFY(next.writer().write(numbers(3, 3)).ok());
            later = next.prepared(2);
            QVERIFY(next.writer().commit(2).ok() && next.writer().write(numbers(4, 4)).ok());
            QVERIFY(!next.prepared(3).empty() && next.writer().commit(3).ok());
        }
        // Later rows are told apart again.
        Sinking last(files.path());
        QVERIFY(last.open(later).ok() && last.writer().commit(2).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3"));
    }

    void whatIsForgottenIsNotGuessedAt() {
        const EpochFiles files;
        std::string first, near;
        {
            Sinking long_(files.path());
            QVERIFY(long_.open().ok());
            for (Epoch epoch = 1; epoch < 3; ++epoch) {
                const auto n = static_cast<std::int64_t>(epoch);
                QVERIFY(long_.writer().write(numbers(n, n)).ok());
                (epoch == 1 ? first : near) = long_.prepared(epoch);
                QVERIFY(long_.writer().commit(epoch).ok());
            }
            QVERIFY(long_.writer().write(numbers(3, 3)).ok() &&
                    !long_.prepared(kEpochsRemembered + 2).empty());
            QVERIFY(long_.writer().commit(kEpochsRemembered + 2).ok());
        }
        {
            Sinking old(files.path());
            const Status open = old.open(first);
            QVERIFY2(said(open).find("can't be told any more") != std::string::npos, said(open).c_str());
            QCOMPARE(found(files.path()), QStringLiteral("1 2 3"));
        }
        Sinking next(files.path());
        QVERIFY(next.goOn(near).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
    }

    void aStartThatComesToNothingTakesNothingBack_data() {
        QTest::addColumn<int>("mode");
        QTest::newRow("append") << int(Mode::Append);
        QTest::newRow("replace") << int(Mode::Replace);
        QTest::newRow("upsert") << int(Mode::Upsert);
    }

    /// Another sink of that run could not be opened, or it was stopped before it began.
    void aStartThatComesToNothingTakesNothingBack() {
        QFETCH(int, mode);
        const EpochFiles files;
        std::string second;
        const std::string first = twoEpochs(files, static_cast<Mode>(mode), false, &second);
        {
            Sinking older(files.path(), static_cast<Mode>(mode));
            QVERIFY(older.open(first).ok());
            older.writer().abort();
            older.writer().close();
        }
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4"));
        Sinking newest(files.path(), static_cast<Mode>(mode));
        const Status open = newest.open(second);
        QVERIFY2(open.ok(), said(open).c_str());
        QVERIFY(newest.writer().commit(2).ok() && !newest.epoch(3, numbers(5, 5)).empty());
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4 5"));
    }

    /// Such as an older copy, or the remains of failed starts of earlier versions.
    void aTableOfAnOlderCheckpointSaysWhich() {
        const EpochFiles files;
        std::string second;
        const std::string first = twoEpochs(files, Mode::Append, false, &second);
        {
            Sinking older(files.path());
            QVERIFY(older.goOn(first).ok());
        }
        {
            Sinking newest(files.path());
            const Status open = newest.open(second);
            QVERIFY2(says(open, "has the rows up to checkpoint 1, and none behind it") &&
                         says(open, "Resume from checkpoint 1"),
                     said(open).c_str());
        }
        Sinking older(files.path());
        QVERIFY(older.goOn(first).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
    }

    void sinksOfAFileTakeBackTogetherOrNotAtAll_data() {
        QTest::addColumn<bool>("begins");
        QTest::addColumn<QString>("rows");
        QTest::newRow("the store can't say so") << false << QStringLiteral("1 2 3 4|1 2 3 4");
        QTest::newRow("the run begins") << true << QStringLiteral("1 2|1 2");
    }

    void sinksOfAFileTakeBackTogetherOrNotAtAll() {
        QFETCH(bool, begins);
        QFETCH(QString, rows);
        const EpochFiles files;
        SqliteTarget target = Sinking::targetOf(files.path(), Mode::Append);
        std::string first, other;
        for (std::string* const state : {&first, &other}) {
            target.table = state == &first ? "t" : "u";
            Sinking sinking(target);
            QVERIFY(sinking.open().ok());
            *state = sinking.epoch(1, numbers(1, 2));
            QVERIFY(!sinking.epoch(2, numbers(3, 4)).empty());
        }
        Sinking one(files.path());
        SqliteWriter two(target, one.context());
        QVERIFY(one.open(first).ok());
        const Result<StateReader> state = StateReader::open(other);
        QVERIFY(state.ok() && two.restore(*state).ok() && two.open().ok());
        struct Store : SqliteParticipant {
            void forget() override {}
        } store;
        const auto session = SqliteSession::of(one.context(), files.path());
        const Status begun = session->begin(store, [begins](SQLite::Database&) {
            return begins ? Status() : Status(ErrorCode::Io, RW_TEXT("test", "It can't be written."), {});
        });
        QCOMPARE(begun.ok(), begins);
        QCOMPARE(found(files.path()) + '|' + found(files.path(), "u"), rows);
    }

    void anEpochWithoutRowsIsNotMissed() {
        const EpochFiles files;
        std::string state;
        {
            Sinking killed(files.path());
            QVERIFY(killed.open().ok() && !killed.epoch(1, numbers(1, 2)).empty());
            state = killed.prepared(2);
        }
        Sinking next(files.path());
        const Status open = next.open(state);
        QVERIFY2(open.ok(), said(open).c_str());
        QVERIFY(next.writer().commit(2).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
    }

    /// A new run that does not come to its first checkpoint changes nothing, and forgets nothing.
    void aStartAnewThatFailedForgetsNothing() {
        const EpochFiles files;
        const std::string first = twoEpochs(files, Mode::Upsert);
        {
            Sinking anew(files.path(), Mode::Upsert, false, "another line");
            QVERIFY(anew.open().ok() && anew.writer().write(numbers(1, 9)).ok());
        }
        Sinking next(files.path(), Mode::Upsert);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
    }

    void whatAnotherRunHasUpsertedIsNotTakenForItsOwn() {
        const EpochFiles files;
        std::string second;
        const std::string first = twoEpochs(files, Mode::Upsert, false, &second);
        {
            Sinking anew(files.path(), Mode::Upsert, false, "another line");
            QVERIFY(anew.open().ok() && !anew.epoch(1, numbers(2, 3, "other")).empty());
            QVERIFY(!anew.epoch(2, numbers(8, 8, "other")).empty());
        }
        {
            Sinking older(files.path(), Mode::Upsert);
            const Status open = older.open(first);
            QVERIFY2(says(open, "can't be told any more"), said(open).c_str());
        }
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4 8"));
        std::string third;
        {
            Sinking newest(files.path(), Mode::Upsert);
            const Status open = newest.open(second);
            QVERIFY2(open.ok(), said(open).c_str());
            third = newest.epoch(3, numbers(5, 5));
            QVERIFY(!third.empty() && !newest.epoch(4, numbers(5, 6, "again")).empty());
        }
        // Its own changes since it can take back.
        Sinking back(files.path(), Mode::Upsert);
        QVERIFY(back.goOn(third).ok());
        QCOMPARE(found(files.path(), "t", "n || s"), QStringLiteral("1x 2other 3other 4x 5x 8other"));
        SQLite::Database database(files.path(), SQLite::OPEN_READONLY);
        QCOMPARE(database
                     .execAndGet("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name LIKE "
                                 "'_rill_undo%'")
                     .getInt(),
                 1);
    }

    /// A checkpoint that the store of the run does not have: a copy from before, or in another file.
    void whatNoCheckpointNeedsIsForgotten() {
        const EpochFiles files;
        std::string first, second;
        {
            Sinking sinking(files.path(), Mode::Upsert);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, numbers(1, 2));
            second = sinking.epoch(2, numbers(2, 3, "b"));
            KeptEpochs::of(sinking.context())->set({2});
            QVERIFY(!first.empty() && !second.empty() && !sinking.epoch(3, numbers(3, 4, "c")).empty());
        }
        {
            Sinking older(files.path(), Mode::Upsert);
            const Status open = older.open(first);
            QVERIFY2(says(open, "can't be told any more"), said(open).c_str());
        }
        Sinking next(files.path(), Mode::Upsert);
        const Status open = next.goOn(second);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(found(files.path(), "t", "n || s"), QStringLiteral("1x 2b 3b"));
    }

    void aTableMadeAnewTakesWithItWhatItsRowsWere() {
        const EpochFiles files;
        (void)twoEpochs(files, Mode::Upsert);
        Sinking anew(files.path(), Mode::Replace, false, "another line");
        QVERIFY(anew.open().ok() && !anew.epoch(1, numbers(7, 7)).empty());
        SQLite::Database database(files.path(), SQLite::OPEN_READONLY);
        QCOMPARE(
            database.execAndGet("SELECT count(*) FROM sqlite_master WHERE name LIKE '_rill_undo%'").getInt(),
            0);
    }

    void aNameInOtherLettersIsTheSameTable() {
        const EpochFiles files;
        const std::string first = twoEpochs(files, Mode::Upsert);
        SqliteTarget capital = Sinking::targetOf(files.path(), Mode::Upsert);
        capital.table = "T";
        Sinking next(capital);
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
    }

    void quotesInNamesAreNames() {
        const EpochFiles files;
        SqliteTarget odd = Sinking::targetOf(files.path(), Mode::Upsert);
        odd.table = "it's \"t\"";
        std::string first;
        {
            Sinking sinking(odd, false, "li'ne \"1\"");
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, numbers(1, 2));
            QVERIFY(!sinking.epoch(2, numbers(2, 3)).empty());
        }
        Sinking next(odd, false, "li'ne \"1\"");
        const Status open = next.goOn(first);
        QVERIFY2(open.ok(), said(open).c_str());
        SQLite::Database database(files.path(), SQLite::OPEN_READONLY);
        QCOMPARE(database.execAndGet("SELECT count(*) FROM \"it's \"\"t\"\"\"").getInt(), 2);
    }

    void beyondAnEditOfTheModeNobodyGoesBack_data() {
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("now");
        QTest::newRow("append, then upsert") << int(Mode::Append) << int(Mode::Upsert);
        QTest::newRow("upsert, then append") << int(Mode::Upsert) << int(Mode::Append);
    }

    void beyondAnEditOfTheModeNobodyGoesBack() {
        QFETCH(int, before);
        QFETCH(int, now);
        const EpochFiles files;
        execIn(files, "CREATE TABLE t (n BIGINT PRIMARY KEY, s TEXT)");
        std::string second;
        const std::string first = twoEpochs(files, static_cast<Mode>(before), false, &second);
        {
            Sinking older(files.path(), static_cast<Mode>(now));
            const Status open = older.open(first);
            QVERIFY2(says(open, "can't be told any more"), said(open).c_str());
        }
        std::string third;
        {
            Sinking newest(files.path(), static_cast<Mode>(now));
            const Status open = newest.open(second);
            QVERIFY2(open.ok(), said(open).c_str());
            third = newest.epoch(3, numbers(5, 5));
            QVERIFY(!third.empty() && !newest.epoch(4, numbers(6, 6)).empty());
        }
        {
            Sinking back(files.path(), static_cast<Mode>(now));
            QVERIFY(back.goOn(third).ok());
            QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4 5"));
        }
        Sinking beyond(files.path(), static_cast<Mode>(now));
        QVERIFY(!beyond.open(first).ok());
    }

    void rowsThatWaitForATableAreNotLeftBehind() {
        const EpochFiles files;
        const std::string state = killedBeforeCommit(files);
        QVERIFY(!state.empty());
        SqliteTarget renamed = Sinking::targetOf(files.path(), Mode::Append);
        renamed.table = "u";
        {
            Sinking elsewhere(renamed);
            const Status open = elsewhere.open(state);
            QVERIFY2(says(open, "have still to be put into “t”"), said(open).c_str());
        }
        {
            Sinking back(files.path());
            QVERIFY(back.open(state).ok() && back.writer().commit(1).ok());
        }
        Sinking elsewhere(renamed);
        QVERIFY(elsewhere.open(state).ok() && !elsewhere.epoch(2, numbers(3, 3)).empty());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
        QCOMPARE(found(files.path(), "u"), QStringLiteral("3"));
    }

    /// Such a table has one row, with any older content.
    void aTableWithoutKeyIsAsItWas() {
        const EpochFiles files;
        SqliteTarget keyless = Sinking::targetOf(files.path(), Mode::Upsert);
        keyless.key = {};
        std::string first;
        {
            Sinking sinking(keyless);
            QVERIFY(sinking.open().ok());
            first = sinking.epoch(1, numbers(1, 2));
            QVERIFY(!first.empty() && !sinking.epoch(2, numbers(3, 5)).empty());
            QVERIFY(!sinking.epoch(3, numbers(6, 6)).empty());
        }
        QCOMPARE(found(files.path()), QStringLiteral("6"));
        Sinking next(keyless);
        QVERIFY(next.goOn(first).ok());
        QCOMPARE(found(files.path()), QStringLiteral("2"));
    }
};

QTEST_APPLESS_MAIN(TestSqliteGoingBack)
#include "test_sqlite_going_back.moc"
