// Resuming from a checkpoint on the command line: messages, questions, and refusals.
#include <QDir>
#include <QFileInfo>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"
#include "tests/support/patience.h"

using namespace rw::testing;

namespace {

/// An endless run of 1 000 rows a second into table t.
void writeLive(const SinkFixture& fixture, const QByteArray& mode = "append") {
    fixture.pipeline({numbers(0, 1000), table("db", "t", mode)}, {wire("numbers", "db")});
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
                     ended.err.contains("resume: rillwright run t.rill --resume resumes from checkpoint "),
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
        QVERIFY2(ended.status == 0 && ended.err.contains("--resume resumes from checkpoint 1"),
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

    /// It had no checkpoint yet, and the run that ended well is not the last one any more.
    void aKilledRunBehindOneThatEndedWellStartsAnew() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(500, 2000), table("db", "t")}, {wire("numbers", "db")});
        Ended ended = fixture.runIt({"--checkpoint-every", "20ms"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const char* const kKept = "SELECT count(*) FROM _rill_checkpoints";
        QCOMPARE(Database(fixture).query(kKept), QByteArray("1"));
        fixture.pipeline({numbers(2000, 1000), table("db", "t")}, {wire("numbers", "db")});
        const auto process = fixture.beginIt({"--checkpoint-every", "1h"});
        QTRY_COMPARE(Database(fixture).query(kKept), QByteArray("0"));
        process->kill();
        QVERIFY(process->waitForFinished());
        ended = fixture.runIt({"--resume", "--checkpoint-every", "1h"});
        QVERIFY2(ended.status == 0 && ended.err.contains("there is no checkpoint yet"),
                 describe(ended).constData());
        QCOMPARE(Database(fixture).query("SELECT count(*) FROM t"), QByteArray("2000"));
    }

    void aFileGoesOn() {
        const SinkFixture fixture;
        fixture.write("out.csv", "old\n");
        fixture.pipeline({numbers(0, 1000), csv()}, {wire("numbers", "out")});
        const QStringList kept{"--checkpoint-dir", "kept"};
        QByteArray expected = "n\n";
        int rows = 0;
        for (int turn = 0; turn < 3; ++turn) {
            const Ended ended = fixture.runIt((turn == 0 ? kShort : kGoOn) + kept);
            QVERIFY2(ended.status == 0, describe(ended).constData());
            const QByteArray found = fixture.read("out.csv");
            const int now = static_cast<int>(found.count('\n')) - 1;
            QVERIFY(now > rows + 100);
            for (; rows < now; ++rows) expected += QByteArray::number(rows) + '\n';
            QCOMPARE(found, expected);
        }
        QVERIFY(QFileInfo::exists(fixture.path("kept/t.checkpoints.sqlite")));
    }

    void whatSomebodyAddedToAFileStays() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(0, 1000), csv()}, {wire("numbers", "out")});
        const QStringList kept{"--checkpoint-dir", "kept"};
        QVERIFY(fixture.runIt(kShort + kept).status == 0);
        const QByteArray whole = fixture.read("out.csv");
        fixture.write("out.csv", whole + "mine\n");
        Ended ended = fixture.runIt(kGoOn + kept);
        QVERIFY2(ended.status == 1 && ended.err.contains("error: out: “") &&
                     ended.err.contains("are not known as the run's"),
                 describe(ended).constData());
        QCOMPARE(fixture.read("out.csv"), whole + "mine\n");
        QVERIFY(QFile::remove(fixture.path("out.csv")));
        ended = fixture.runIt(kGoOn + kept);
        QVERIFY2(ended.status == 1 && ended.err.contains("is not there any more"),
                 describe(ended).constData());
        fixture.write("out.csv", whole);
        ended = fixture.runIt(kGoOn + kept);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY(fixture.read("out.csv").startsWith(whole) && fixture.read("out.csv").size() > whole.size());
    }

    void aSavepointCutsAFileBack() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(0, 1000), csv()}, {wire("numbers", "out")});
        const QStringList kept{"--checkpoint-dir", "kept"};
        QVERIFY(fixture.runIt(kShort + kept).status == 0);
        Ended ended = fixture.run(QStringList{"checkpoints", "t.rill", "--save", "before"} + kept);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY(fixture.runIt(kGoOn + kept).status == 0);
        ended = fixture.runIt(QStringList{"--savepoint", "before"} + kShort + kept);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QByteArray expected = "n\n";
        const QByteArray found = fixture.read("out.csv");
        for (int n = 0; n < found.count('\n') - 1; ++n) expected += QByteArray::number(n) + '\n';
        QCOMPARE(found, expected);
    }

    void standardOutputSaysThatRowsComeAgain() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(0, 1000), csv("-")}, {wire("numbers", "out")});
        const QStringList kept{"--checkpoint-dir", "kept"};
        Ended ended = fixture.runIt(kShort + kept);
        QVERIFY2(ended.status == 0 && ended.out.startsWith("n\n0\n1\n"), describe(ended).constData());
        const int rows = static_cast<int>(ended.out.count('\n')) - 1;
        ended = fixture.runIt(kGoOn + kept);
        QVERIFY2(ended.status == 0 && ended.err.contains("can't be undone"), describe(ended).constData());
        QCOMPARE(ended.out.left(ended.out.indexOf('\n')), QByteArray::number(rows));
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
        QVERIFY2(ended.status == 1 && ended.err.contains("was removed while the run wrote it") &&
                     !ended.err.contains("resumes from checkpoint"),
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

    /// The database may be a stranger's.
    void namesOfSavepointsCannotPlayWithTheTerminal() {
        const SinkFixture fixture;
        writeLive(fixture);
        QVERIFY(fixture.runIt(kShort).status == 0);
        const Ended ended =
            fixture.run({"checkpoints", "t.rill", "--save", QString::fromUtf8("a\u009b31m\u202eb")});
        QVERIFY2(ended.status == 0 && ended.out.contains("a\uFFFD31m\uFFFDb") &&
                     !ended.out.contains("\u009b") && !ended.out.contains("\u202e"),
                 describe(ended).constData());
    }

    void aSavepointOutlivesTheEndOfItsRun() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(1'000, 1'000), table("db", "t", "replace")}, {wire("numbers", "db")});
        Ended ended = fixture.runIt({"--checkpoint-every", "50ms", "--for", "300ms"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        ended = fixture.run({"checkpoints", "t.rill", "--save", "half"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const char* const rows = "SELECT count(*) || ' ' || count(DISTINCT n) FROM t";
        for (const QStringList& words : {QStringList{"--resume"}, QStringList{"--savepoint", "half"},
                                         QStringList{"--savepoint", "half"}}) {
            ended = fixture.runIt(words);
            QVERIFY2(ended.status == 0, describe(ended).constData());
            QCOMPARE(Database(fixture).query(rows), QByteArray("1000 1000"));
        }
    }

    void anotherDatabaseBeforeItHidesNoCheckpoint() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(0, 1000), table("db", "t", "append")}, {wire("numbers", "db")});
        QVERIFY(fixture.runIt(kShort).status == 0);
        fixture.pipeline(
            {numbers(0, 1000), table("first", "f", "append", "a.db"), table("db", "t", "append")},
            {wire("numbers", "db"), wire("numbers", "first")});
        const Ended ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 0 && ended.err.contains("resuming: from checkpoint "),
                 describe(ended).constData());
        QCOMPARE(Database(fixture).query("SELECT count(*) - max(n) - 1 FROM t"), QByteArray("0"));
    }

    void savepointsBehindNeedConsent() {
        const SinkFixture fixture;
        writeLive(fixture);
        QVERIFY(fixture.runIt(kShort).status == 0);
        QVERIFY(fixture.run({"checkpoints", "t.rill", "--save", "early"}).status == 0);
        QVERIFY(fixture.runIt(kGoOn).status == 0);
        QVERIFY(fixture.run({"checkpoints", "t.rill", "--save", "late"}).status == 0);
        const QStringList early = QStringList{"--savepoint", "early"} + kShort;
        Ended ended = fixture.runIt(early);
        QVERIFY2(ended.status == 2 && ended.err.contains("savepoint “late” (checkpoint ") &&
                     ended.err.contains("--allow-lost-state agrees"),
                 describe(ended).constData());
        ended = fixture.runIt(early + QStringList{"--allow-lost-state"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        ended = fixture.run({"checkpoints", "t.rill"});
        QVERIFY2(ended.out.contains("left-behind"), describe(ended).constData());
        ended = fixture.runIt(QStringList{"--savepoint", "late"} + kShort);
        QVERIFY2(ended.status == 1 && ended.err.contains("can't be resumed from any more"),
                 describe(ended).constData());
        QCOMPARE(Database(fixture).query(
                     "SELECT (count(*) - max(n) - 1) || ' ' || (count(*) - count(DISTINCT n)) FROM t"),
                 QByteArray("0 0"));
    }

    void aRenamedPipelineIsTold() {
        const SinkFixture fixture;
        writeLive(fixture);
        QVERIFY(fixture.runIt(kShort).status == 0);
        QVERIFY(QFile::rename(fixture.path("t.rill"), fixture.path("u.rill")));
        const Ended ended = fixture.run(QStringList{"run", "u.rill"} + kGoOn);
        QVERIFY2(ended.status == 0 && ended.err.contains("has checkpoints of “t.rill”"),
                 describe(ended).constData());
    }

    /// As the pipeline says, and the command line over it; a savepoint does not count.
    void asManyAreKeptAsIsSaid() {
        const SinkFixture fixture;
        writeLive(fixture);
        const auto kept = [&fixture] {
            return Database(fixture).query("SELECT count(*) FROM _rill_checkpoints WHERE name IS NULL");
        };
        const QStringList often{"--checkpoint-every", "20ms", "--for", "1500ms"};
        Ended ended = fixture.runIt(often);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(kept(), QByteArray("3"));
        QByteArray file = fixture.read("t.rill");
        file.replace("\"rill\": 1,", "\"rill\": 1, \"settings\": { \"checkpoints_kept\": 5 },");
        fixture.write("t.rill", file);
        const QStringList goesOn = QStringList{"--resume"} + often;
        ended = fixture.runIt(goesOn);
        QVERIFY2(ended.status == 0 && ended.err.contains("resuming: from checkpoint "),
                 describe(ended).constData());
        QCOMPARE(kept(), QByteArray("5"));
        QVERIFY(fixture.run({"checkpoints", "t.rill", "--save", "before"}).status == 0);
        ended = fixture.runIt(goesOn + QStringList{"--checkpoints-kept", "1"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(kept(), QByteArray("1"));
        QCOMPARE(Database(fixture).query("SELECT count(*) FROM _rill_checkpoints"), QByteArray("2"));
        QCOMPARE(
            Database(fixture).query("SELECT (count(*) - max(n) - 1) || ' ' || (count(*) - count(DISTINCT n)) "
                                    "FROM t"),
            QByteArray("0 0"));
        file.replace("kept\": 5", "kept\": 500");
        fixture.write("t.rill", file);
        ended = fixture.runIt(goesOn);
        QVERIFY2(ended.status == 2 && (ended.out + ended.err).contains("a whole number from 1 to 100"),
                 describe(ended).constData());
    }

    void wrongWordsAreRefused() {
        const SinkFixture fixture;
        writeLive(fixture);
        QCOMPARE(fixture.runIt({"--resume", "--checkpoint-every", "0s"}).status, 2);
        QCOMPARE(fixture.runIt({"--resume", "--savepoint", "x"}).status, 2);
        QCOMPARE(fixture.runIt({"--checkpoint-every", "soon"}).status, 2);
        for (const char* kept : {"0", "101", "-1", "many"})
            QCOMPARE(fixture.runIt({"--checkpoints-kept", QString::fromUtf8(kept)}).status, 2);
        // As where a variable of a script has no value: the run would start from the beginning.
        for (const char* option : {"--savepoint", "--checkpoint-dir", "--record", "--replay"}) {
            const Ended ended = fixture.runIt(QStringList{QString::fromUtf8(option), QString()} + kShort);
            QVERIFY2(ended.status == 2 && ended.err.contains("empty"), describe(ended).constData());
        }
        for (const char* option : {"--save", "--remove"})
            QCOMPARE(fixture.run({"checkpoints", "t.rill", QString::fromUtf8(option), QString()}).status, 2);
        QVERIFY(!QFile::exists(fixture.path("x.db")));
    }

    void theWordsThatGoOnAreWholeOnes() {
        const SinkFixture fixture;
        writeLive(fixture);
        QVERIFY(QFile::rename(fixture.path("t.rill"), fixture.path("of today.rill")));
        const QStringList words{"run",   "of today.rill", "--checkpoint-dir", "in here", "--set", "a=it's",
                                "--for", "300ms"};
        const Ended ended = fixture.run(words);
        QVERIFY2(ended.err.contains("resume: rillwright run 'of today.rill' --resume --checkpoint-dir 'in "
                                    "here' --set 'a=it'\\''s' resumes from checkpoint "),
                 describe(ended).constData());
    }

    void pipelinesOfOneNameDoNotShareAFolder() {
        const SinkFixture fixture;
        QVERIFY(QDir(fixture.path(".")).mkdir("other"));
        writeLive(fixture);
        fixture.pipeline({numbers(0, 1000), csv()}, {wire("numbers", "out")}, "other/t.rill");
        const QStringList kept{"--checkpoint-dir", "kept"};
        QVERIFY(fixture.runIt(kShort + kept).status == 0);
        for (const QStringList& words : {kShort + kept, kGoOn + kept}) {
            const Ended ended = fixture.run(QStringList{"run", "other/t.rill"} + words);
            QVERIFY2(
                ended.status == 2 && ended.err.contains("Pipelines of one name need folders of their own"),
                describe(ended).constData());
        }
        Ended ended = fixture.runIt(kGoOn + kept);
        QVERIFY2(ended.status == 0 && ended.err.contains("resuming: from checkpoint "),
                 describe(ended).constData());
        // One that was moved is the same.
        QVERIFY(QFile::remove(fixture.path("other/t.rill")) &&
                QFile::rename(fixture.path("t.rill"), fixture.path("other/t.rill")));
        ended = fixture.run(QStringList{"run", "other/t.rill"} + kGoOn + kept);
        QVERIFY2(!ended.err.contains("need folders of their own"), describe(ended).constData());
    }

    void aSavepointKeepsItsName() {
        const SinkFixture fixture;
        writeLive(fixture);
        QVERIFY(fixture.runIt(kShort).status == 0);
        const auto save = [&fixture](const char* name) {
            return fixture.run({"checkpoints", "t.rill", "--save", QString::fromUtf8(name)});
        };
        QVERIFY(save("before").status == 0 && save("before").status == 0);
        Ended ended = save("after");
        QVERIFY2(ended.status == 1 && ended.err.contains("is the savepoint “before”"),
                 describe(ended).constData());
        QVERIFY(fixture.runIt(kGoOn).status == 0);
        ended = save("before");
        QVERIFY2(ended.status == 0 && ended.err.contains("savepoint: “before” was checkpoint ") &&
                     ended.err.contains(", which is kept no longer"),
                 describe(ended).constData());
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
