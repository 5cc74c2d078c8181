// Going on from a checkpoint on the command line: what is said, what is asked for, and what is refused.
#include <QFileInfo>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"

using rw::testing::csv;
using rw::testing::Database;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::numbers;
using rw::testing::SinkFixture;
using rw::testing::table;
using rw::testing::wire;

namespace {

/// An endless run of 1 000 rows a second into table t.
void writeLive(const SinkFixture& fixture, const QByteArray& mode = "append") {
    fixture.pipeline({numbers(0, 1000), table("db", "t", mode)}, {wire("numbers", "db")});
}

/// The same, with an aggregate per number.
void writeCounted(const SinkFixture& fixture, const QByteArray& aggregate) {
    fixture.pipeline({numbers(0, 1000),
                      R"({ "id": "sums", "type": "group_aggregate", "params": { "keys": ["n"],
                          "aggregates": [")" +
                          aggregate + R"( AS c"] } })",
                      table("db", "t", "upsert")},
                     {wire("numbers", "sums"), wire("sums", "db")});
}

const QStringList kShort{"--checkpoint-every", "50ms", "--for", "400ms"};
const QStringList kGoOn = QStringList{"--resume"} + kShort;

}  // namespace

class TestResume : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aStoppedRunGoesOn() {
        const SinkFixture fixture;
        writeLive(fixture, "replace");
        Ended ended = fixture.runIt(kShort);
        QVERIFY2(ended.status == 0 &&
                     ended.err.contains("resume: rillwright run t.rill --resume goes on from checkpoint "),
                 describe(ended).constData());
        const int first = Database(fixture).query("SELECT count(*) FROM t").toInt();
        QVERIFY(first > 100);
        ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 0 && ended.err.contains("resuming: from checkpoint ") &&
                     ended.err.contains(" ago (") && ended.err.contains(" of state"),
                 describe(ended).constData());
        Database database(fixture);
        QVERIFY(database.query("SELECT count(*) FROM t").toInt() > first + 100);
        QCOMPARE(
            database.query("SELECT (count(*) - max(n) - 1) || ' ' || (count(*) - count(DISTINCT n)) FROM t"),
            QByteArray("0 0"));
    }

    void aRunWithoutEndTakesThemUnasked() {
        const SinkFixture fixture;
        writeLive(fixture);
        Ended ended = fixture.runIt({"--for", "300ms"});
        QVERIFY2(ended.status == 0 && ended.err.contains("--resume goes on from checkpoint 1"),
                 describe(ended).constData());
        QVERIFY(Database(fixture).query("SELECT count(*) FROM t").toInt() > 100);
        const SinkFixture bounded;
        bounded.pipeline({numbers(100), table("db", "t")}, {wire("numbers", "db")});
        ended = bounded.runIt();
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(Database(bounded).query("SELECT count(*) FROM sqlite_master WHERE name LIKE '%rill%'"),
                 QByteArray("0"));
    }

    void whatHasEndedWellIsNotRunAgain() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(500, 2000), table("db", "t", "append")}, {wire("numbers", "db")});
        const QStringList words{"--resume", "--checkpoint-every", "20ms"};
        Ended ended = fixture.runIt(words);
        QVERIFY2(ended.status == 0 && ended.err.contains("there is no checkpoint yet"),
                 describe(ended).constData());
        ended = fixture.runIt(words);
        QVERIFY2(ended.status == 0 && ended.err.contains("the last run ended well"),
                 describe(ended).constData());
        QCOMPARE(Database(fixture).query("SELECT count(*) FROM t"), QByteArray("500"));
    }

    void anEditThatLosesStateNeedsConsent() {
        const SinkFixture fixture;
        writeCounted(fixture, "COUNT(*)");
        Ended ended = fixture.runIt(kShort);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        writeCounted(fixture, "MAX(n)");
        ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 2 && ended.err.contains("resume: sums: starts anew") &&
                     ended.err.contains("--allow-lost-state agrees"),
                 describe(ended).constData());
        writeCounted(fixture, "COUNT(*)");
        ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 0 && !ended.err.contains("starts anew"), describe(ended).constData());
    }

    void aFileThatBeginsAnewNeedsConsent() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(0, 1000), csv()}, {wire("numbers", "out")});
        const QStringList kept{"--checkpoint-dir", "kept"};
        Ended ended = fixture.runIt(kShort + kept);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY(QFileInfo::exists(fixture.path("kept/t.checkpoints.sqlite")));
        const QByteArray before = fixture.read("out.csv");
        ended = fixture.runIt(kGoOn + kept);
        QVERIFY2(ended.status == 2 && ended.err.contains("out: begins anew"), describe(ended).constData());
        QCOMPARE(fixture.read("out.csv"), before);
        ended = fixture.runIt(kGoOn + kept + QStringList{"--allow-lost-state"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY(!fixture.read("out.csv").startsWith("n\n0\n"));
    }

    void aDamagedCheckpointIsPassedOver() {
        const SinkFixture fixture;
        writeLive(fixture);
        QVERIFY(fixture.runIt(kShort).status == 0);
        QVERIFY(
            Database(fixture).exec("UPDATE _rill_checkpoints SET sum = sum + 1 WHERE id = (SELECT max(id) "
                                   "FROM _rill_checkpoints)"));
        const Ended ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 0 && ended.err.contains("warning: Checkpoint ") &&
                     ended.err.contains(" is damaged. ") && ended.err.contains(", is used."),
                 describe(ended).constData());
        QCOMPARE(Database(fixture).query(
                     "SELECT (count(*) - max(n) - 1) || ' ' || (count(*) - count(DISTINCT n)) FROM t"),
                 QByteArray("0 0"));
    }

    void aNewerVersionIsRefused() {
        const SinkFixture fixture;
        writeLive(fixture);
        QVERIFY(fixture.runIt(kShort).status == 0);
        QVERIFY(Database(fixture).exec("UPDATE _rill_checkpoints SET version = 99"));
        const QByteArray before = Database(fixture).query("SELECT count(*) FROM t");
        const Ended ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 1 && ended.err.contains("was written by a newer version"),
                 describe(ended).constData());
        QCOMPARE(Database(fixture).query("SELECT count(*) FROM t"), before);
    }

    void aRemovedDatabaseEndsTheRun() {
        const SinkFixture fixture;
        writeLive(fixture);
        const auto process = fixture.beginIt({"--checkpoint-every", "50ms"});
        QTRY_VERIFY(Database(fixture).query("SELECT count(*) FROM t").toInt() > 10);
        for (const char* name : {"x.db", "x.db-wal", "x.db-shm"}) QFile::remove(fixture.path(name));
        const Ended ended = SinkFixture::ended(*process);
        QVERIFY2(ended.status == 1 && ended.err.contains("was removed while the run wrote it"),
                 describe(ended).constData());
    }

    void savepointsAreKeptByName() {
        const SinkFixture fixture;
        writeLive(fixture);
        QVERIFY(fixture.runIt(kShort).status == 0);
        const QByteArray then = Database(fixture).query("SELECT count(*) FROM t");
        Ended ended = fixture.run({"checkpoints", "t.rill", "--save", "before"});
        QVERIFY2(ended.status == 0 && ended.out.contains("savepoint") && ended.out.contains("before"),
                 describe(ended).constData());
        QVERIFY(fixture.runIt(kGoOn).status == 0);
        QVERIFY(Database(fixture).query("SELECT count(*) FROM t").toInt() > then.toInt());
        ended = fixture.runIt(QStringList{"--savepoint", "before"} + kShort);
        QVERIFY2(ended.status == 0 && ended.err.contains("resuming: from savepoint “before”"),
                 describe(ended).constData());
        QCOMPARE(Database(fixture).query(
                     "SELECT (count(*) - max(n) - 1) || ' ' || (count(*) - count(DISTINCT n)) FROM t"),
                 QByteArray("0 0"));
        ended = fixture.run({"checkpoints", "t.rill", "--remove", "before", "--json"});
        QVERIFY2(ended.status == 0 && !ended.out.contains("before") &&
                     ended.out.contains("\"kind\": \"checkpoint\""),
                 describe(ended).constData());
        ended = fixture.runIt(QStringList{"--savepoint", "before"} + kShort);
        QVERIFY2(ended.status == 1 && ended.err.contains("There is no savepoint “before”"),
                 describe(ended).constData());
    }

    void wrongWordsAreRefused() {
        const SinkFixture fixture;
        writeLive(fixture);
        QCOMPARE(fixture.runIt({"--resume", "--checkpoint-every", "0s"}).status, 2);
        QCOMPARE(fixture.runIt({"--resume", "--savepoint", "x"}).status, 2);
        QCOMPARE(fixture.runIt({"--checkpoint-every", "soon"}).status, 2);
    }

    void metricsTellOfThem() {
        const SinkFixture fixture;
        writeLive(fixture);
        QVERIFY(fixture.runIt(kShort + QStringList{"--metrics", "m.json"}).status == 0);
        const QByteArray metrics = fixture.read("m.json");
        QVERIFY2(metrics.contains("\"checkpoints\": {") && metrics.contains("\"align_seconds\""),
                 metrics.constData());
    }
};

QTEST_GUILESS_MAIN(TestResume)
#include "test_resume.moc"
