// With checkpoints: rows wait for one, are there once whenever the run dies, and a run that goes on replaces
// nothing.
#include <SQLiteCpp/Statement.h>

#include <QtTest/QtTest>
#include <memory>

#include "core/connect/sqlite/file.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/connect/fixtures/sqlite_sinking.h"

using namespace rw;
using namespace rw::test;

class TestSqliteEpochs : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsWaitForTheirCheckpoint() {
        const EpochFiles files;
        Sinking sinking(files.path());
        QVERIFY(sinking.open().ok());
        QVERIFY(sinking.writer().write(numbers(1, 2)).ok() && sinking.writer().flush().ok());
        QCOMPARE(found(files.path()), QStringLiteral("none"));
        QVERIFY(!sinking.prepared(1).empty());
        QVERIFY(sinking.writer().write(numbers(3, 3)).ok());
        QCOMPARE(found(files.path()), QStringLiteral("none"));
        QVERIFY(sinking.writer().commit(1).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
        QVERIFY(!sinking.prepared(2).empty() && sinking.writer().commit(2).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3"));
    }

    void inTheFileOfTheCheckpointsTheyAreThereWithIt() {
        const EpochFiles files;
        Sinking sinking(files.path());
        Keeper keeper(files.path(), sinking.context());
        QVERIFY(keeper.joined().ok() && sinking.open().ok());
        QVERIFY(sinking.writer().write(numbers(1, 2)).ok() && !sinking.prepared(1).empty());
        QVERIFY(sinking.writer().write(numbers(3, 3)).ok());
        QVERIFY(keeper.decide(1).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
        QVERIFY(sinking.writer().commit(1).ok());
        // A checkpoint that failed: its rows are there with the next one.
        QVERIFY(!sinking.prepared(2).empty() && sinking.writer().write(numbers(4, 4)).ok());
        QVERIFY(!sinking.prepared(3).empty() && keeper.decide(3).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4"));
    }

    void aDecisionIsCarriedOutByTheRunThatGoesOn() {
        const EpochFiles files;
        const std::string state = killedBeforeCommit(files);
        QVERIFY(!state.empty());
        QCOMPARE(found(files.path()), QStringLiteral("none"));
        for (int again = 0; again < 2; ++again) {
            Sinking next(files.path());
            const Status open = next.open(state);
            QVERIFY2(open.ok(), said(open).c_str());
            QVERIFY(next.writer().commit(1).ok() && next.writer().commit(1).ok());
            QCOMPARE(found(files.path()), QStringLiteral("1 2"));
        }
    }

    void whatWasNotDecidedIsGivenUp() {
        const EpochFiles files;
        std::string state;
        {
            Sinking killed(files.path());
            QVERIFY(killed.open().ok() && killed.writer().write(numbers(1, 2)).ok());
            state = killed.prepared(1);
            QVERIFY(killed.writer().commit(1).ok() && killed.writer().write(numbers(3, 4)).ok());
            QVERIFY(!killed.prepared(2).empty());
        }
        Sinking next(files.path());
        QVERIFY(next.open(state).ok() && next.writer().commit(1).ok());
        QVERIFY(next.writer().write(numbers(3, 5)).ok() && !next.prepared(2).empty());
        QVERIFY(next.writer().commit(2).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4 5"));
    }

    void aBarrierThatCameToNothingIsNoGap() {
        const EpochFiles files;
        std::string state;
        {
            Sinking killed(files.path());
            QVERIFY(killed.open().ok() && killed.writer().write(numbers(1, 1)).ok());
            QVERIFY(!killed.prepared(1).empty() && killed.writer().commit(1).ok());
            // The barrier of 2 was under way when the run ended: its last epoch is 3.
            QVERIFY(killed.writer().write(numbers(2, 2)).ok());
            state = killed.prepared(3);
        }
        Sinking next(files.path());
        const Status open = next.open(state);
        QVERIFY2(open.ok(), said(open).c_str());
        QVERIFY(next.writer().commit(3).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2"));
    }

    void aRunThatEndsCanBecomeOneWithoutEnd() {
        const EpochFiles files;
        makeOld(files);
        std::string state, later;
        {
            Sinking stopped(files.path(), SqliteTarget::Mode::Replace, true);
            QVERIFY(stopped.open().ok() && stopped.writer().write(numbers(1, 2)).ok());
            state = stopped.prepared(1);
            QVERIFY(stopped.writer().commit(1).ok());
        }
        {
            Sinking live(files.path(), SqliteTarget::Mode::Replace);
            const Status open = live.open(state);
            QVERIFY2(open.ok(), said(open).c_str());
            QVERIFY(live.writer().commit(1).ok() && live.writer().write(numbers(3, 3)).ok());
            later = live.prepared(2);
            QVERIFY(live.writer().commit(2).ok());
            QCOMPARE(found(files.path()), QStringLiteral("1 2 3"));
        }
        // And one that ends again: its rows are where they were.
        Sinking bounded(files.path(), SqliteTarget::Mode::Replace, true);
        const Status open = bounded.open(later);
        QVERIFY2(open.ok(), said(open).c_str());
        QVERIFY(bounded.writer().commit(2).ok() && bounded.writer().write(numbers(4, 4)).ok());
        bounded.writer().setLast();
        QVERIFY(!bounded.prepared(3).empty() && bounded.writer().commit(3).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4"));
    }

    void whatWasToReplaceIsNotAppended() {
        const EpochFiles files;
        makeOld(files);
        const std::string first = twoEpochs(files, SqliteTarget::Mode::Replace, true);
        Sinking next(files.path(), SqliteTarget::Mode::Append, true);
        const Status open = next.open(first);
        QVERIFY2(said(open).find("the mode is another now") != std::string::npos, said(open).c_str());
        QCOMPARE(found(files.path()), QStringLiteral("0"));
    }

    void onlyANewRunReplaces() {
        const EpochFiles files;
        execIn(files, "CREATE TABLE t (old TEXT)");
        const std::string first = twoEpochs(files, SqliteTarget::Mode::Replace);
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4"));
        {
            Sinking anew(files.path(), SqliteTarget::Mode::Replace, false, "another line");
            QVERIFY(anew.open().ok());
            QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4"));
            QVERIFY(anew.writer().write(numbers(7, 7)).ok() && !anew.prepared(1).empty());
            QVERIFY(anew.writer().commit(1).ok());
            QCOMPARE(found(files.path()), QStringLiteral("7"));
        }
        // Now the table is not as the first lineage left it.
        Sinking late(files.path(), SqliteTarget::Mode::Replace);
        const Status open = late.open(first);
        QVERIFY2(said(open).find("is not what it was when the checkpoint was taken") != std::string::npos,
                 said(open).c_str());
        QCOMPARE(found(files.path()), QStringLiteral("7"));
    }

    void aRunWithoutCheckpointsMakesTheTableAnewForAll() {
        const EpochFiles files;
        std::string state;
        {
            Sinking killed(files.path(), SqliteTarget::Mode::Replace);
            QVERIFY(killed.open().ok() && killed.writer().write(numbers(1, 1)).ok());
            QVERIFY(!killed.prepared(1).empty() && killed.writer().commit(1).ok());
            state = killed.prepared(2);
            QVERIFY(killed.writer().commit(2).ok());
        }
        {
            Sinking plain(files.path(), SqliteTarget::Mode::Replace, false, {});
            QVERIFY(plain.open().ok() && plain.writer().write(numbers(8, 8)).ok());
            QVERIFY(plain.writer().prepare().ok() && plain.writer().commit().ok());
        }
        Sinking next(files.path(), SqliteTarget::Mode::Replace);
        const Status open = next.open(state);
        QVERIFY2(said(open).find("is not what it was when the checkpoint was taken") != std::string::npos,
                 said(open).c_str());
        QCOMPARE(found(files.path()), QStringLiteral("8"));
    }

    void aStagedTableWaitsForTheEndOfTheLastRun() {
        const EpochFiles files;
        makeOld(files);
        std::string state;
        {
            Sinking stopped(files.path(), SqliteTarget::Mode::Replace, true);
            QVERIFY(stopped.open().ok() && stopped.writer().write(numbers(1, 2)).ok());
            state = stopped.prepared(1);
            QVERIFY(stopped.writer().commit(1).ok());
            stopped.writer().abort();
            stopped.writer().close();
        }
        QCOMPARE(found(files.path()), QStringLiteral("0"));
        std::string last;
        {
            Sinking next(files.path(), SqliteTarget::Mode::Replace, true);
            const Status open = next.open(state);
            QVERIFY2(open.ok(), said(open).c_str());
            QVERIFY(next.writer().commit(1).ok() && next.writer().write(numbers(3, 3)).ok());
            next.writer().setLast();
            last = next.prepared(2);
            QVERIFY(next.writer().commit(2).ok());
            QCOMPARE(found(files.path()), QStringLiteral("1 2 3"));
        }
        // Killed before it was over: the last one is committed again.
        Sinking over(files.path(), SqliteTarget::Mode::Replace, true);
        over.writer().setLast();
        QVERIFY(over.open(last).ok() && over.writer().commit(2).ok());
        over.writer().close();
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3"));
        SQLite::Database database(files.path(), SQLite::OPEN_READONLY);
        QCOMPARE(database.execAndGet("SELECT count(*) FROM _rill_sinks").getInt(), 0);
    }

    void whatIsTooMuchForMemoryKeepsItsOrder_data() {
        QTest::addColumn<bool>("sameFile");
        QTest::newRow("with the checkpoints") << true;
        QTest::newRow("elsewhere") << false;
    }

    void whatIsTooMuchForMemoryKeepsItsOrder() {
        QFETCH(bool, sameFile);
        const EpochFiles files;
        Sinking sinking(files.path(), SqliteTarget::Mode::Upsert);
        std::unique_ptr<Keeper> keeper;
        if (sameFile) keeper = std::make_unique<Keeper>(files.path(), sinking.context());
        QVERIFY(sinking.open().ok());
        // The last text of each key counts; some wait in memory, some on disk, over two epochs.
        for (Epoch epoch = 1; epoch <= 2; ++epoch) {
            for (int round = 0; round < 9; ++round) {
                const char letter = static_cast<char>('a' + round + (epoch == 2 ? 10 : 0));
                QVERIFY(sinking.writer().write(numbers(1, 3, std::string(1 << 20, letter))).ok());
            }
            QVERIFY(!sinking.prepared(epoch).empty());
        }
        QVERIFY(sameFile ? keeper->decide(2).ok() : sinking.writer().commit(2).ok());
        QCOMPARE(found(files.path(), "t", "substr(s, 1, 1)"), QStringLiteral("s s s"));
    }

    void aBatchOfAnySizeIsKept() {
        const EpochFiles files;
        Sinking sinking(files.path());
        QVERIFY(sinking.open().ok());
        QVERIFY(sinking.writer().write(numbers(1, 40, std::string(1 << 20, 'x'))).ok());
        {
            SQLite::Database database(files.path(), SQLite::OPEN_READONLY);
            QVERIFY(database.execAndGet("SELECT max(length(batch)) FROM _rill_sink_rows").getInt() <
                    33 << 20);
        }
        QVERIFY(!sinking.prepared(1).empty() && sinking.writer().commit(1).ok());
        QCOMPARE(found(files.path(), "t", "n").count(QLatin1Char(' ')), 39);
        QVERIFY(found(files.path()).startsWith(QStringLiteral("1 2 3 4 5 ")));
    }

    void rowsOfOtherColumnsAreNotGuessedAt() {
        const EpochFiles files;
        const std::string state = killedBeforeCommit(files);
        QVERIFY(!state.empty());
        MakeContext context;
        context.clock = systemClock();
        context.node = "out";
        context.checkpoints = "line";
        const SqliteTarget other{
            files.path(), "t", SqliteTarget::Mode::Append, schemaOf({{"m", Type::of(TypeId::Bigint)}}), {}};
        SqliteWriter writer(other, context);
        const Result<StateReader> reader = StateReader::open(state);
        QVERIFY(reader.ok() && writer.restore(*reader).ok() && writer.open().ok());
        QVERIFY(!writer.commit(1).ok());
        QCOMPARE(found(files.path()), QStringLiteral("none"));
    }

    void aLockedFileIsWaitedForOnce_data() {
        QTest::addColumn<bool>("log");
        QTest::newRow("with a log") << true;
        QTest::newRow("with a journal") << false;
    }
    /// Each step of opening it meets the lock.
    void aLockedFileIsWaitedForOnce() {
        QFETCH(bool, log);
        const EpochFiles files;
        makeOld(files);
        if (log) execIn(files, "PRAGMA journal_mode = WAL");
        SQLite::Database other(files.path(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN EXCLUSIVE");
        MakeContext context;
        context.clock = std::make_shared<SimulatedClock>();  // does not wait in earnest
        context.node = "out";
        context.checkpoints = "line";
        SqliteWriter writer(Sinking::targetOf(files.path(), SqliteTarget::Mode::Append), context);
        const Status opened = writer.open();
        const std::string text = said(opened);
        QVERIFY(!opened.ok() && opened.error().code == ErrorCode::Locked);
        QVERIFY2(text.find("locked; waited 5") != std::string::npos, text.c_str());
        const std::int64_t waited = context.clock->steadyMillis();
        QVERIFY2(waited >= kSqliteWaitMillis && waited < kSqliteWaitMillis + 1'000,
                 qPrintable(QString::number(waited)));
    }
};

QTEST_APPLESS_MAIN(TestSqliteEpochs)
#include "test_sqlite_epochs.moc"
