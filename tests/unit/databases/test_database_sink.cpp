// Sinks of tables: what is in the table after which call, after kills of the process and of the server, and
// which rows are left out. The server is one in memory.
#include "core/connect/databases/database_sink.h"

#include <QElapsedTimer>
#include <QtTest/QtTest>
#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/unit/databases/database_sinking.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;
using Mode = TableTarget::Mode;

const std::string kMarkerOfLine = "line.world";

QString said(const Status& status) {
    return status.ok() ? QString() : QString::fromStdString(english(status.error()));
}

#define VERIFY_OK(expression)                        \
    do {                                             \
        const Status isOk = (expression);            \
        QVERIFY2(isOk.ok(), qPrintable(said(isOk))); \
    } while (false)

}  // namespace

class TestDatabaseSink : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsOfACheckpointAreThereWithItsNumber() {
        PostgresqlWorld world;
        Sinking sink(world, tableOf(Mode::Append));
        QVERIFY(sink->decides());
        VERIFY_OK(sink->open());
        VERIFY_OK(sink->onBatch(named({{1, "a"}, {2, "b"}})));
        VERIFY_OK(sink->onIdle());
        QVERIFY(world.rows("t").empty());
        VERIFY_OK(sink->prepare(1));
        QVERIFY(world.rows("t").empty());
        VERIFY_OK(sink->commit(1));
        QVERIFY(world.rows("t") == (Lines{"1|a", "2|b"}));
        QCOMPARE(world.marker(kMarkerOfLine), std::int64_t{1});
        VERIFY_OK(sink.checkpoint(2));  // without rows
        VERIFY_OK(sink->onBatch(named({{3, "c"}})));
        VERIFY_OK(sink.checkpoint(3));
        QVERIFY(world.rows("t") == (Lines{"1|a", "2|b", "3|c"}));
        sink->close();
    }

    void whoResumesAsksWhatIsCommitted_data() {
        QTest::addColumn<bool>("commits");
        QTest::newRow("committed") << true;
        QTest::newRow("prepared") << false;
    }
    void whoResumesAsksWhatIsCommitted() {
        QFETCH(const bool, commits);
        PostgresqlWorld world;
        Sinking before(world, tableOf(Mode::Append));
        VERIFY_OK(before->open());
        VERIFY_OK(before->onBatch(named({{1, "a"}})));
        const Result<std::string> state = before.prepared(1);
        VERIFY_OK(state.status());
        if (commits) VERIFY_OK(before->commit(1));
        // The process before only seems to be gone: it still has its transaction open.
        Sinking after(world, tableOf(Mode::Append));
        VERIFY_OK(after.restore(*state));
        const Result<bool> committed = after->isCommitted(1);
        VERIFY_OK(committed.status());
        QCOMPARE(*committed, commits);
        QVERIFY(!before->commit(1).ok() || commits);
        QCOMPARE(world.rows("t").size(), std::size_t{commits ? 1U : 0U});
        QCOMPARE(*after->isCommitted(1), commits);
        if (!commits) return;
        VERIFY_OK(after->open());
        VERIFY_OK(after->commit(1));
        VERIFY_OK(after->onBatch(named({{2, "b"}})));
        VERIFY_OK(after.checkpoint(2));
        QVERIFY(world.rows("t") == (Lines{"1|a", "2|b"}));
        // The one before is shut out.
        (void)before->onBatch(named({{9, "z"}}));
        QVERIFY(!before.checkpoint(2).ok());
        QVERIFY(world.rows("t") == (Lines{"1|a", "2|b"}));
    }

    void goingBackBehindTheMarkerIsRefused() {
        PostgresqlWorld world;
        Sinking before(world, tableOf(Mode::Append));
        VERIFY_OK(before->open());
        VERIFY_OK(before->onBatch(named({{1, "a"}})));
        const Result<std::string> first = before.prepared(1);
        VERIFY_OK(before->commit(1));
        VERIFY_OK(before->onBatch(named({{2, "b"}})));
        VERIFY_OK(before.checkpoint(2));
        Sinking after(world, tableOf(Mode::Append));
        VERIFY_OK(after.restore(*first));
        QVERIFY(said(after->open()).contains("can't be taken back"));
    }

    void aServerThatDiesLosesNothing() {
        PostgresqlWorld world;
        Sinking sink(world, tableOf(Mode::Append));
        VERIFY_OK(sink->open());
        VERIFY_OK(sink->onBatch(named({{1, "a"}})));
        world.killSessions();
        VERIFY_OK(sink->onBatch(named({{2, "b"}})));
        VERIFY_OK(sink->prepare(1));
        world.killSessions();
        VERIFY_OK(sink->commit(1));
        QVERIFY(world.rows("t") == (Lines{"1|a", "2|b"}));
        QCOMPARE(world.marker(kMarkerOfLine), std::int64_t{1});
    }

    void aCommitWithoutAnswerIsAskedFor_data() {
        QTest::addColumn<bool>("carriedOut");
        QTest::newRow("carried out") << true;
        QTest::newRow("not carried out") << false;
    }
    void aCommitWithoutAnswerIsAskedFor() {
        QFETCH(const bool, carriedOut);
        PostgresqlWorld world;
        Sinking sink(world, tableOf(Mode::Append));
        VERIFY_OK(sink->open());
        VERIFY_OK(sink->onBatch(named({{1, "a"}})));
        VERIFY_OK(sink->prepare(1));
        world.loseCommit(carriedOut);
        VERIFY_OK(sink->commit(1));
        QVERIFY(world.rows("t") == (Lines{"1|a"}));
        QCOMPARE(world.marker(kMarkerOfLine), std::int64_t{1});
    }

    void rowsThatTheTableDoesNotTakeAreLeftOut() {
        PostgresqlWorld world;
        world.reject("poison");
        Sinking sink(world, tableOf(Mode::Append));
        VERIFY_OK(sink->open());
        std::vector<std::pair<std::int64_t, std::string>> rows;
        for (std::int64_t i = 0; i < 100; ++i) rows.emplace_back(i, i % 40 == 7 ? "poison" : "fine");
        VERIFY_OK(sink->onBatch(named(rows)));
        const std::vector<Sink::Unwritable> left = sink->takeUnwritable();
        QCOMPARE(left.size(), std::size_t{3});
        QVERIFY(left.front().row.find("id=7") != std::string::npos);
        QVERIFY(english(left.front().reason).find("out of range") != std::string::npos);
        // Given once more, they are not told of again.
        world.killSessions();
        VERIFY_OK(sink.checkpoint(1));
        QVERIFY(sink->takeUnwritable().empty());
        QCOMPARE(world.rows("t").size(), std::size_t{97});
    }

    /// A constraint that waits for the commit names no row: those to blame are looked for, and rows that
    /// refer to later ones, also of another sink, stay.
    void constraintsThatWaitForTheCommitLeaveRowsOut_data() {
        QTest::addColumn<bool>("decides");
        QTest::newRow("with a marker") << true;
        QTest::newRow("by the commit alone") << false;
    }
    void constraintsThatWaitForTheCommitLeaveRowsOut() {
        QFETCH(const bool, decides);
        PostgresqlWorld world;
        world.createTable(R"("t" ("id" bigint, "name" text))");
        world.refer("t", "name", "t", "id");
        TableTarget target = tableOf(Mode::Append);
        target.exactlyOnce = decides;
        Sinking sink(world, target);
        QCOMPARE(sink->decides(), decides);
        VERIFY_OK(sink->open());
        // The first refers to a row of the second batch, the third to none, the last to the third. Without a
        // marker the first batch is a transaction of its own.
        VERIFY_OK(sink->onBatch(named({{1, "4"}, {2, "1"}, {3, "77"}})));
        VERIFY_OK(sink->onBatch(named({{4, "4"}, {5, "3"}})));
        VERIFY_OK(sink.checkpoint(1));
        std::string left;
        for (const Sink::Unwritable& each : sink->takeUnwritable()) {
            left += each.row.substr(0, 4) + ' ';
            QVERIFY(english(each.reason).find("not present") != std::string::npos);
        }
        QCOMPARE(left, std::string(decides ? "id=3 id=5 " : "id=1 id=2 id=3 id=5 "));
        QVERIFY(world.rows("t") == (decides ? Lines{"1|4", "2|1", "4|4"} : Lines{"4|4"}));
        QCOMPARE(world.marker(kMarkerOfLine), std::int64_t{decides ? 1 : -1});
        // The next transaction is as any.
        VERIFY_OK(sink->onBatch(named({{7, "8"}, {8, "4"}})));
        VERIFY_OK(sink.checkpoint(2));
        QVERIFY(sink->takeUnwritable().empty());
        const Lines rows = world.rows("t");
        QVERIFY(std::find(rows.begin(), rows.end(), "7|8") != rows.end());
        sink->close();
    }

    void laterRowsOfAKeyAreNotOverwrittenByThoseThatWaited() {
        PostgresqlWorld world;
        world.createTable(R"("t" ("id" bigint NOT NULL, "name" text, PRIMARY KEY ("id")))");
        world.refer("t", "name", "t", "id");
        Sinking sink(world, tableOf(Mode::Upsert, {0}), false, true);
        VERIFY_OK(sink->open());
        VERIFY_OK(sink->onBatch(named({{1, "77"}, {2, "3"}, {3, "3"}, {4, "88"}})));
        VERIFY_OK(sink->onBatch(named({{1, "2"}})));
        VERIFY_OK(sink->prepare(1));
        VERIFY_OK(sink->commit(1));
        QVERIFY(world.rows("t") == (Lines{"1|2", "2|3", "3|3"}));
        QCOMPARE(sink->takeUnwritable().size(), std::size_t{2});
    }

    void upsertsKeepTheLastRowOfAKey() {
        PostgresqlWorld world;
        Sinking sink(world, tableOf(Mode::Upsert, {0}));
        QVERIFY(!sink->decides() && sink->isTransactional());
        VERIFY_OK(sink->open());
        VERIFY_OK(sink->onBatch(named({{1, "a"}, {2, "b"}, {1, "c"}})));
        VERIFY_OK(sink->onIdle());
        QVERIFY(world.rows("t") == (Lines{"1|c", "2|b"}));
        VERIFY_OK(sink->onBatch(named({{1, "c"}, {1, "d"}, {2, "b"}},
                                      {RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete})));
        VERIFY_OK(sink.checkpoint(1));
        QVERIFY(world.rows("t") == (Lines{"1|d"}));
        QCOMPARE(world.marker(kMarkerOfLine), std::int64_t{-1});
    }

    void aTotalIsTheOnlyRow() {
        PostgresqlWorld world;
        Sinking sink(world, tableOf(Mode::Upsert));
        VERIFY_OK(sink->open());
        VERIFY_OK(sink->onBatch(named({{1, "a"}, {2, "b"}})));
        VERIFY_OK(sink->onIdle());
        VERIFY_OK(sink->onBatch(named({{2, "b"}, {3, "c"}}, {RowKind::UpdateBefore, RowKind::UpdateAfter})));
        VERIFY_OK(sink->onIdle());
        QVERIFY(world.rows("t") == (Lines{"3|c"}));
        VERIFY_OK(sink->onBatch(named({{3, "c"}}, {RowKind::Delete})));
        VERIFY_OK(sink->onIdle());
        QVERIFY(world.rows("t").empty());
    }

    void aRunThatEndsIsOneTransaction() {
        PostgresqlWorld world;
        world.createTable("\"t\" (\"id\" bigint, \"name\" text)");
        Sinking given(world, tableOf(Mode::Append), false, true);
        VERIFY_OK(given->open());
        VERIFY_OK(given->onBatch(named({{1, "a"}})));
        VERIFY_OK(given->onIdle());
        QVERIFY(!given->hasVisibleOutput());
        given->abort();
        given->close();
        QVERIFY(world.rows("t").empty());
        Sinking sink(world, tableOf(Mode::Append), false, true);
        VERIFY_OK(sink->open());
        VERIFY_OK(sink->onBatch(named({{1, "a"}})));
        VERIFY_OK(sink->prepare(1));
        QVERIFY(world.rows("t").empty());
        VERIFY_OK(sink->commit(1));
        QVERIFY(world.rows("t") == (Lines{"1|a"}));
    }

    void replacementsComeAtTheEndOfARunThatEnds() {
        PostgresqlWorld world;
        Sinking old(world, tableOf(Mode::Append), false, true);
        VERIFY_OK(old->open());
        VERIFY_OK(old->onBatch(named({{9, "old"}})));
        VERIFY_OK(old->prepare(1));
        VERIFY_OK(old->commit(1));
        Sinking sink(world, tableOf(Mode::Replace), true, true);
        VERIFY_OK(sink->open());
        VERIFY_OK(sink->onBatch(named({{1, "a"}})));
        VERIFY_OK(sink.checkpoint(1));
        QVERIFY(world.rows("t") == (Lines{"9|old"}));
        VERIFY_OK(sink->onBatch(named({{2, "b"}})));
        VERIFY_OK(sink->onEnd());
        sink->setLast();
        VERIFY_OK(sink.checkpoint(2));
        QVERIFY(world.rows("t") == (Lines{"1|a", "2|b"}));
        sink->close();
        for (const std::string& statement : world.statements())
            if (statement.starts_with("DROP TABLE")) return;
        QFAIL("the stage stays");
    }

    void aStageThatStaysIsTold_data() {
        QTest::addColumn<bool>("cut");
        QTest::newRow("refused") << false;
        QTest::newRow("the session is lost") << true;
    }
    void aStageThatStaysIsTold() {
        QFETCH(const bool, cut);
        PostgresqlWorld world;
        world.createTable("\"t\" (\"id\" bigint, \"name\" text)");
        Sinking sink(world, tableOf(Mode::Replace), true, true);
        VERIFY_OK(sink->open());
        VERIFY_OK(sink->onBatch(named({{1, "a"}})));
        VERIFY_OK(sink->onEnd());
        sink->setLast();
        VERIFY_OK(sink.checkpoint(1));
        (void)sink->takeNotes();
        if (cut) {
            world.killSessions();
        } else {
            world.fail("DROP TABLE", "42501");
        }
        sink->close();
        const std::vector<Text> notes = sink->takeNotes();
        QCOMPARE(notes.size(), cut ? std::size_t{0} : std::size_t{1});
        if (!cut) QVERIFY(english(notes.front()).find("_rill_stage_") != std::string::npos);
        // A lost session is made anew.
        const std::vector<std::string> asked = world.statements();
        QVERIFY(!cut || asked.back().starts_with("DROP TABLE"));
        QVERIFY(world.rows("t") == (Lines{"1|a"}));
    }

    void replacementsOfARunWithoutEndComeWithItsFirstRows() {
        PostgresqlWorld world;
        world.createTable("\"t\" (\"id\" bigint, \"name\" text)");
        Sinking sink(world, tableOf(Mode::Replace));
        VERIFY_OK(sink->open());
        VERIFY_OK(sink->onBatch(named({{1, "a"}})));
        VERIFY_OK(sink.checkpoint(1));
        VERIFY_OK(sink->onBatch(named({{2, "b"}})));
        const Result<std::string> state = sink.prepared(2);
        VERIFY_OK(sink->commit(2));
        QVERIFY(world.rows("t") == (Lines{"1|a", "2|b"}));
        Sinking after(world, tableOf(Mode::Replace));
        VERIFY_OK(after.restore(*state));
        QVERIFY(*after->isCommitted(2));
        VERIFY_OK(after->open());
        VERIFY_OK(after->commit(2));
        VERIFY_OK(after->onBatch(named({{3, "c"}})));
        VERIFY_OK(after.checkpoint(3));
        QVERIFY(world.rows("t") == (Lines{"1|a", "2|b", "3|c"}));
    }

    void aTableThatIsMissingIsMadeOrNamed() {
        PostgresqlWorld world;
        TableTarget strict = tableOf(Mode::Append);
        strict.create = false;
        Sinking sink(world, strict);
        QVERIFY(said(sink->open()).contains("no table “t”"));
        QVERIFY(!world.hasTable("t"));
        Sinking made(world, tableOf(Mode::Append));
        VERIFY_OK(made->open());
        QVERIFY(!world.hasTable("t"));  // another sink may refuse
        VERIFY_OK(made->onBatch(named({{1, "a"}})));
        VERIFY_OK(made.checkpoint(1));
        // Dropped in the middle: said, and not waited for.
        world.dropTable("t");
        QVERIFY(said(made->onBatch(named({{2, "b"}}))).contains("A table is missing"));
    }

    void aServerThatIsAwayDoesNotHoldAStop() {
        PostgresqlWorld world;
        Sinking sink(world, tableOf(Mode::Append));
        VERIFY_OK(sink->open());
        world.setDown(true);
        *sink.stopping = true;
        QElapsedTimer timer;
        timer.start();
        const Status status = sink->onBatch(named({{1, "a"}}));
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Cancelled);
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
        // Nor do all the calls together that follow.
        timer.restart();
        for (int i = 0; i < 10; ++i) {
            QVERIFY(!sink->onBatch(named({{1, "a"}})).ok());
            QVERIFY(!sink->prepare(1).ok());
        }
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
        sink->abort();
        sink->close();
    }

    /// The server answers, but has no space left, for one: whoever looks at the card must see it.
    void whatIsRepeatedForLongIsShown() {
        PostgresqlWorld world;
        Sinking sink(world, tableOf(Mode::Append));
        VERIFY_OK(sink->open());
        for (int i = 0; i < 7; ++i) world.fail("SAVEPOINT rill", "53100");
        std::atomic<bool> taken{false};
        std::thread other([&] { taken = sink->onBatch(named({{1, "a"}})).ok(); });
        bool shown = false;
        QElapsedTimer timer;
        timer.start();
        while (!taken && !shown && timer.elapsed() < 20'000) {
            shown = sink->standing()->state == PartitionState::Disconnected;
            QTest::qSleep(20);
        }
        other.join();
        QVERIFY(shown && taken);
        QVERIFY(sink->standing()->state == PartitionState::Live);
    }

    /// A statement that waits is not only busy: who looks at the card sees whom to ask.
    void whoHoldsAStatementUpIsShown() {
        PostgresqlWorld world;
        Sinking sink(world, tableOf(Mode::Append));
        VERIFY_OK(sink->open());
        world.hold("SAVEPOINT rill", {"4711", "anna", "psql", "65000"});
        std::atomic<bool> taken{false};
        std::thread other([&] { taken = sink->onBatch(named({{1, "a"}})).ok(); });
        const auto blocked = [&] { return sink->standing()->state == PartitionState::Blocked; };
        for (int tries = 0; tries < 1'000 && !blocked(); ++tries) QTest::qSleep(20);
        const SinkStanding standing = *sink->standing();
        world.release();
        other.join();
        QVERIFY(standing.state == PartitionState::Blocked);
        const std::string words = english(standing.reason);
        QVERIFY2(words.find("session 4711 of “anna” (psql)") != std::string::npos, words.c_str());
        QVERIFY2(words.find("has been open for 1") != std::string::npos, words.c_str());
        QVERIFY(taken);
        QVERIFY(sink->standing()->state == PartitionState::Live);
    }

    /// At the start, and where it was changed while the run went on: nothing is tried for ever.
    void aWrongPasswordIsTheEnd_data() {
        QTest::addColumn<bool>("later");
        QTest::newRow("at the start") << false;
        QTest::newRow("later") << true;
    }
    void aWrongPasswordIsTheEnd() {
        QFETCH(const bool, later);
        PostgresqlWorld world;
        Sinking sink(world, tableOf(Mode::Append));
        if (!later) world.refuseSignIn("28P01");
        Status status = sink->open();
        if (later) {
            VERIFY_OK(status);
            world.refuseSignIn("28P01");
            world.killSessions();
            status = sink->onBatch(named({{1, "a"}}));
        }
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Denied);
        QVERIFY2(said(status).contains("did not accept the password"), qPrintable(said(status)));
        QVERIFY(!status.error().fix.empty());
    }

    void aServerThatIsAwayAtTheStartIsToldOfAtOnce() {
        PostgresqlWorld world;
        world.setDown(true);
        Sinking sink(world, tableOf(Mode::Append));
        const Status status = sink->open();
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Io);
    }

    void aTransactionThatIsGivenUpIsRepeated() {
        PostgresqlWorld world;
        Sinking sink(world, tableOf(Mode::Upsert, {0}));
        VERIFY_OK(sink->open());
        VERIFY_OK(sink->onBatch(named({{1, "a"}})));
        world.fail("INSERT INTO", "40P01");
        VERIFY_OK(sink->onBatch(named({{2, "b"}})));
        VERIFY_OK(sink->onIdle());
        QVERIFY(world.rows("t") == (Lines{"1|a", "2|b"}));
    }

    void withoutTheRightToMakeTheMarkerItIsSaid() {
        PostgresqlWorld world;
        world.fail("CREATE TABLE IF NOT EXISTS _rill_sinks", "42501");
        Sinking sink(world, tableOf(Mode::Append));
        const Status status = sink->open();
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Denied);
        QVERIFY(said(status).contains("at least once"));
    }
};

QTEST_GUILESS_MAIN(TestDatabaseSink)
#include "test_database_sink.moc"
