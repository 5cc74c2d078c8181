// Resuming an edited pipeline on the command line: what is carried over, closed first, recomputed, or lost.
#include <signal.h>

#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"
#include "tests/support/patience.h"

using namespace rw::testing;

namespace {

/// An endless run of 1 000 rows a second into table t, with an aggregate per number.
void writeCounted(const SinkFixture& fixture, const QByteArray& aggregate) {
    fixture.pipeline({numbers(0, 1000),
                      R"({ "id": "sums", "type": "group_aggregate", "params": { "keys": ["n"],
                          "aggregates": [")" +
                          aggregate + R"( AS c"] } })",
                      table("db", "t", "upsert")},
                     {wire("numbers", "sums"), wire("sums", "db")});
}
/// So many rows a second (0: as fast as they come), a second apart in event time, counted by windows into
/// table t.
void writeWindows(const SinkFixture& fixture, const char* size, int rate = 1000) {
    QByteArray sums =
        R"json({ "id": "sums", "type": "window_aggregate", "params": { "window": "tumble",
        "size": "SIZE", "aggregates": ["COUNT(*) AS c"] } })json";
    sums.replace("SIZE", size);
    QByteArray rows = R"json({ "id": "rows", "type": "generator", "params": { "rate": RATE,
        "event_time": "ts", "columns": ["ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-01-01 00:00:00')"]
        } })json";
    rows.replace("RATE", QByteArray::number(rate));
    fixture.pipeline({rows, sums, table("db", "t", "append")}, {wire("rows", "sums"), wire("sums", "db")});
}

const QStringList kShort{"--checkpoint-every", "50ms", "--for", "400ms"};
const QStringList kGoOn = QStringList{"--resume"} + kShort;

}  // namespace

class TestResumedEdits : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void anEditThatLosesStateNeedsConsent() {
        const SinkFixture fixture;
        writeCounted(fixture, "COUNT(*)");
        Ended ended = fixture.runIt(kShort);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        writeCounted(fixture, "MAX(n)");
        ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 2 && ended.err.contains("resume: sums: lost") &&
                     ended.err.contains("--allow-lost-state agrees"),
                 describe(ended).constData());
        writeCounted(fixture, "COUNT(*)");
        ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 0 && !ended.err.contains(": lost"), describe(ended).constData());
    }

    void anAggregateThatIsAddedCountsFromThenOn() {
        const SinkFixture fixture;
        writeCounted(fixture, "COUNT(*)");
        Ended ended = fixture.runIt(kShort);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const int before = Database(fixture).query("SELECT count(*) FROM t").toInt();
        writeCounted(fixture, R"(MAX(n) AS m", "COUNT(*))");
        ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 0 &&
                     ended.err.contains("resume: sums: carried over. Kept: COUNT(*). Counts from now "
                                        "on: MAX(n).") &&
                     ended.err.contains("resume: db: carried over. The rows that are in the table "
                                        "stay. Added to it, and NULL in them: m."),
                 describe(ended).constData());
        Database database(fixture);
        QCOMPARE(database.query("SELECT count(*) FROM t WHERE m IS NULL"), QByteArray::number(before));
        QVERIFY(database.query("SELECT count(*) FROM t WHERE m = n").toInt() > 100);
        QCOMPARE(database.query("SELECT (count(*) - max(n) - 1) || ' ' || max(c) FROM t"), QByteArray("0 1"));
        // A run from the beginning adds no column, and says so before it writes anything.
        writeCounted(fixture, R"(MIN(n) AS least", "COUNT(*))");
        ended = fixture.runIt(kShort);
        QVERIFY2(ended.status != 0 && ended.err.contains("lacks columns: least"),
                 describe(ended).constData());
    }

    /// Their results so far are given at once, and each row counts once.
    void openWindowsAreClosedFirst() {
        const SinkFixture fixture;
        writeWindows(fixture, "10h");
        QCOMPARE(fixture.runIt(kShort).status, 0);
        QCOMPARE(Database(fixture).query("SELECT count(*) FROM t"), QByteArray("0"));
        writeWindows(fixture, "20h");
        Ended ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 2 && ended.err.contains("--close-windows lets open windows"),
                 describe(ended).constData());
        ended = fixture.runIt(kGoOn + QStringList{"--close-windows"});
        QVERIFY2(ended.status == 0 && ended.err.contains("resume: sums: closes its open windows first"),
                 describe(ended).constData());
        Database database(fixture);
        QCOMPARE(database.query("SELECT count(*) FROM t"), QByteArray("1"));
        QVERIFY(database.query("SELECT c FROM t").toInt() > 100);
        QCOMPARE(fixture.runIt(QStringList{"--close-windows"} + kShort).status, 2);
    }

    /// Windows of the new size have all of their rows, also those from before the edit.
    void openWindowsAreRecomputed() {
        const SinkFixture fixture;
        writeWindows(fixture, "10h");
        QCOMPARE(fixture.runIt(kShort + QStringList{"--record", "input.tape"}).status, 0);
        writeWindows(fixture, "2min");
        QCOMPARE(fixture.runIt(kGoOn + QStringList{"--recompute", "none.tape"}).status, 1);
        const Ended ended = fixture.runIt(kGoOn + QStringList{"--recompute", "input.tape"});
        QVERIFY2(ended.status == 0 && ended.err.contains("recomputing: sums from input.tape, recorded ") &&
                     ended.err.contains("resume: sums: recomputed from the tape"),
                 describe(ended).constData());
        Database database(fixture);
        QVERIFY(database.query("SELECT count(*) FROM t").toInt() > 0);
        QCOMPARE(database.query("SELECT min(c) || ' ' || max(c) FROM t"), QByteArray("120 120"));
        QCOMPARE(fixture.runIt(QStringList{"--recompute", "input.tape"} + kShort).status, 2);
    }

    /// What is lost all the same is asked about first: the replay may take long, and nobody would know why.
    void whatIsLostIsAskedBeforeTheReplay() {
        const SinkFixture fixture;
        const auto save = [&fixture](const char* name) {
            return fixture.run({"checkpoints", "t.rill", "--save", name}).status;
        };
        writeWindows(fixture, "10h");
        QCOMPARE(fixture.runIt(kShort).status, 0);
        QCOMPARE(save("one"), 0);
        QCOMPARE(fixture.runIt(kGoOn).status, 0);
        QCOMPARE(save("two"), 0);
        writeWindows(fixture, "2min");
        // The tape that is not there would be another status.
        const QStringList words = QStringList{"--savepoint", "one", "--recompute", "none.tape"} + kShort;
        Ended ended = fixture.runIt(words);
        QVERIFY2(ended.status == 2 && ended.err.contains("savepoint “two”") &&
                     ended.err.contains("--allow-lost-state agrees") && !ended.err.contains("recomputing: "),
                 describe(ended).constData());
        ended = fixture.runIt(words + QStringList{"--allow-lost-state"});
        QVERIFY2(ended.status == 1 && ended.err.contains("none.tape"), describe(ended).constData());
    }

    void aSignalEndsTheReplayOfTheTape_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }

    /// Nothing has changed, and the same words resume the run.
    void aSignalEndsTheReplayOfTheTape() {
        QFETCH(int, signal);
        const SinkFixture fixture;
        // As fast as they come: the replay takes about as long as the run, in which the signal comes.
        writeWindows(fixture, "10h", 0);
        Ended ended = fixture.runIt({"--checkpoint-every", "200ms", "--for", "3s", "--record", "input.tape"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const auto written = [&fixture] {
            return Database(fixture).query("SELECT count(*) || ' ' || sum(c) FROM t");
        };
        const auto checkpoints = [&fixture] { return fixture.run({"checkpoints", "t.rill", "--json"}).out; };
        const QByteArray rowsBefore = written(), checkpointsBefore = checkpoints();
        writeWindows(fixture, "20h", 0);
        const QStringList words = kGoOn + QStringList{"--recompute", "input.tape"};
        const std::unique_ptr<QProcess> process = fixture.beginIt(words);
        QByteArray told;
        const auto replays = [&process, &told] {
            told += process->readAllStandardError();
            return told.contains("recomputing: sums from input.tape, recorded ");
        };
        QTRY_VERIFY2_WITH_TIMEOUT(replays(), told.constData(), 30'000);
        ::kill(static_cast<pid_t>(process->processId()), signal);
        ended = SinkFixture::ended(*process);
        ended.err.prepend(told);
        QVERIFY2(ended.status == 0 && ended.err.contains("stopped: the replay of the tape") &&
                     !ended.err.contains("resuming: "),
                 describe(ended).constData());
        QCOMPARE(written(), rowsBefore);
        QCOMPARE(checkpoints(), checkpointsBefore);
        ended = fixture.runIt(words);
        QVERIFY2(ended.status == 0 && ended.err.contains("resume: sums: recomputed from the tape"),
                 describe(ended).constData());
    }

    /// There is nothing to resume from, and no tape is asked for.
    void aRunThatEndedWellIsNotRecomputed() {
        const SinkFixture fixture;
        const auto counted = [&fixture](const QByteArray& aggregate) {
            fixture.pipeline({numbers(500, 2000),
                              R"({ "id": "sums", "type": "group_aggregate", "params": { "keys": ["n"],
                                  "aggregates": [")" +
                                  aggregate + R"( AS c"] } })",
                              table("db", "t", "upsert")},
                             {wire("numbers", "sums"), wire("sums", "db")});
        };
        const QStringList words{"--resume", "--checkpoint-every", "20ms"};
        counted("COUNT(*)");
        QCOMPARE(fixture.runIt(words).status, 0);
        counted("MAX(n)");
        const Ended ended = fixture.runIt(words + QStringList{"--recompute", "none.tape"});
        QVERIFY2(ended.status == 0 && ended.err.contains("the last run ended well"),
                 describe(ended).constData());
    }
};

QTEST_GUILESS_MAIN(TestResumedEdits)
#include "test_resumed_edits.moc"
