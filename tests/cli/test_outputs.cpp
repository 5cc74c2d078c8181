// Outputs under attack: the content of files and tables after runs that fail, are stopped or killed, or whose
// outputs are taken away, and how soon a run lets go.
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QElapsedTimer>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"
#include "tests/support/patience.h"

using rw::testing::csv;
using rw::testing::Database;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::failsAt;
using rw::testing::numbers;
using rw::testing::SinkFixture;
using rw::testing::table;
using rw::testing::wire;

namespace {

/// The message of a run that came to the number of failsAt().
const QByteArray kFailed = "error: fails: ";

/// Rows are seen as they come, not once a checkpoint.
const QStringList kNoCheckpoints{"--checkpoint-every", "0s"};

/// Milliseconds. What waits for nobody would wait for ever else, or for as long as a locked database is
/// waited for.
constexpr qint64 kNobodyWaits = 30'000, kLockedDatabase = 5'000;

/// Whether the process comes to have the file open.
bool opens(const QProcess& process, const QString& name) {
    const QDir opened(QStringLiteral("/proc/%1/fd").arg(process.processId()));
    return QTest::qWaitFor(
        [&] {
            const QStringList all = opened.entryList(QDir::Files | QDir::System);
            return std::any_of(all.begin(), all.end(), [&](const QString& each) {
                return QFile::symLinkTarget(opened.filePath(each)).endsWith(QLatin1Char('/') + name);
            });
        },
        20'000);
}

}  // namespace

class TestOutputs : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    // Two sinks of one database
    // ------------------------------------------------------------------------------
    void sinksOfOneDatabaseFailTogether() {
        const SinkFixture fixture;
        fixture.pipeline(
            {numbers(60'000), table("a", "a"), table("b", "b"), failsAt(50'000), csv()},
            {wire("numbers", "a"), wire("numbers", "b"), wire("numbers", "fails"), wire("fails", "out")});
        for (int i = 0; i < 15; ++i) {
            const Ended ended = fixture.runIt();
            QVERIFY2(ended.status == 1 && ended.err.contains(kFailed), describe(ended).constData());
        }
    }

    void sinksOfOneDatabaseShareOneThread() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(60'000), table("a", "a"), table("b", "b")},
                         {wire("numbers", "a"), wire("numbers", "b")});
        for (const char* seed : {"1", "2", "3"}) {
            const Ended ended = fixture.runIt({"--executor", "seeded", "--seed", seed});
            QVERIFY2(ended.status == 0, describe(ended).constData());
        }
        Database database(fixture);
        QCOMPARE(database.query("SELECT (SELECT COUNT(*) FROM a) || ' ' || (SELECT COUNT(*) FROM b)"),
                 QByteArray("60000 60000"));
    }

    // Pipes and devices ------------------------------------------------------------------------------------
    void aFifoWithoutReaderLetsGo() {
        const SinkFixture fixture;
        QCOMPARE(mkfifo(qPrintable(fixture.path("pipe")), 0600), 0);
        fixture.pipeline({numbers(0, 1000), csv("pipe"), csv("seen.csv", "seen")},
                         {wire("numbers", "out"), wire("numbers", "seen")});
        QElapsedTimer clock;
        clock.start();
        Ended ended = fixture.runIt(kNoCheckpoints + QStringList{"--for", "300ms"});
        QVERIFY2(ended.status == 0 && ended.err.contains("Nobody took"), describe(ended).constData());
        QVERIFY2(clock.elapsed() < kNobodyWaits, describe(ended).constData());
        clock.restart();  // the sink has the only thread of the run
        ended = fixture.runIt(kNoCheckpoints + QStringList{"--for", "300ms", "--executor", "seeded"});
        QVERIFY2(ended.status == 0 && ended.err.contains("Nobody took"), describe(ended).constData());
        QVERIFY2(clock.elapsed() < kNobodyWaits, describe(ended).constData());
        QVERIFY(QFile::remove(fixture.path("seen.csv")));
        const auto process = fixture.beginIt(kNoCheckpoints);
        QVERIFY(fixture.comes("seen.csv"));
        clock.restart();
        kill(static_cast<pid_t>(process->processId()), SIGINT);
        ended = SinkFixture::ended(*process);
        QVERIFY2(ended.status == 0 && clock.elapsed() < kNobodyWaits, describe(ended).constData());
    }

    void aFifoWaitsForItsReader() {
        const SinkFixture fixture;
        QCOMPARE(mkfifo(qPrintable(fixture.path("pipe")), 0600), 0);
        fixture.pipeline({numbers(300'000), csv("pipe"), csv("seen.csv", "seen")},
                         {wire("numbers", "out"), wire("numbers", "seen")});
        const auto process = fixture.beginIt();
        QVERIFY(fixture.comes(".seen.csv.rill-new"));
        QFile pipe(fixture.path("pipe"));
        QVERIFY(pipe.open(QIODevice::ReadOnly));
        const QByteArray all = pipe.readAll();
        const Ended ended = SinkFixture::ended(*process);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY(all.startsWith("n\n0\n1\n"));
        QCOMPARE(all.count('\n'), 300'001);
    }

    void aFifoDoesNotHoldAFailedRun() {
        const SinkFixture fixture;
        QCOMPARE(mkfifo(qPrintable(fixture.path("pipe")), 0600), 0);
        fixture.pipeline({numbers(0, 1000), csv("pipe"), failsAt(300), csv("b.csv", "b")},
                         {wire("numbers", "out"), wire("numbers", "fails"), wire("fails", "b")});
        QElapsedTimer clock;
        clock.start();
        const Ended ended = fixture.runIt();
        QVERIFY2(ended.status == 1 && ended.err.contains(kFailed), describe(ended).constData());
        QVERIFY2(clock.elapsed() < kNobodyWaits, describe(ended).constData());
    }

    void whatCannotBeWrittenIsAnErrorAtOnce_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("rows");
        QTest::addColumn<QByteArray>("says");
        const QByteArray full = "error: out: “/dev/full” can't be written: No space left on device.";
        QTest::newRow("full device") << QByteArray("/dev/full") << 5 << full;
        QTest::newRow("full device, live") << QByteArray("/dev/full") << 0 << full;
        const QByteArray file = "/sys/out.csv";
        QTest::newRow("folder") << file << 5
                                << QByteArray("error: out: No file can be made in the folder “/sys”: ");
        QTest::newRow("folder, live")
            << file << 0 << QByteArray("error: out: “/sys/out.csv” can't be written: ");
    }

    void whatCannotBeWrittenIsAnErrorAtOnce() {
        QFETCH(QByteArray, path);
        QFETCH(int, rows);
        QFETCH(QByteArray, says);
        const SinkFixture fixture;
        fixture.pipeline({numbers(rows, 10), csv(path)}, {wire("numbers", "out")});
        QElapsedTimer clock;
        clock.start();
        const Ended ended = fixture.runIt({"--restart", "none"});
        QVERIFY2(ended.status == 1 && ended.err.contains(says), describe(ended).constData());
        QVERIFY2(clock.elapsed() < kNobodyWaits, describe(ended).constData());
    }

    // Outputs after a run
    // --------------------------------------------------------------------------------------
    void aFailedRunLeavesWhatWasThere() {
        const SinkFixture fixture;
        const QByteArrayList wires{wire("numbers", "fails"), wire("fails", "out"), wire("fails", "db"),
                                   wire("fails", "log")};
        const auto nodes = [&](int at) {
            return QByteArrayList{numbers(30'000, 20'000), failsAt(at), csv(), table("db", "t"),
                                  table("log", "log", "append")};
        };
        fixture.pipeline(nodes(-1), wires);
        QCOMPARE(fixture.runIt().status, 0);
        const QByteArray good = fixture.read("out.csv");
        fixture.pipeline(nodes(20'000), wires);
        const Ended ended = fixture.runIt();
        QVERIFY2(ended.status == 1, describe(ended).constData());
        QVERIFY(fixture.read("out.csv") == good);
        QVERIFY2(!fixture.files().join(' ').contains("rill-new"), qPrintable(fixture.files().join(' ')));
        Database database(fixture);
        QCOMPARE(database.query("SELECT COUNT(*) FROM t"), QByteArray("30000"));
        QCOMPARE(database.query("SELECT COUNT(*) FROM sqlite_master WHERE name LIKE '%rill%'"),
                 QByteArray("0"));
        // Appended rows stay, and are counted.
        const QByteArray added =
            QByteArray::number(database.query("SELECT COUNT(*) FROM log").toInt() - 30'000);
        QVERIFY2(added.toInt() > 0, "none of them was committed before the failure");
        QVERIFY2(QByteArray(ended.err)
                     .replace("\u2009", "")
                     .contains(added + " rows of table “log” were written before"),
                 describe(ended).constData());
    }

    void aStoppedRunPutsInPlace_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("--for") << 0;
        QTest::newRow("SIGINT") << SIGINT;
    }

    void aStoppedRunPutsInPlace() {
        QFETCH(int, signal);
        const SinkFixture fixture;
        fixture.write("out.csv", "old\n");
        fixture.pipeline({numbers(1'000'000, 2000), csv(), table("db", "t")},
                         {wire("numbers", "out"), wire("numbers", "db")});
        const auto process = fixture.beginIt(signal ? QStringList{} : QStringList{"--for", "2s"});
        QVERIFY(fixture.comes(".out.csv.rill-new", 100));
        QCOMPARE(fixture.read("out.csv"), QByteArray("old\n"));
        if (signal) kill(static_cast<pid_t>(process->processId()), signal);
        const Ended ended = SinkFixture::ended(*process);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QByteArray lines = fixture.read("out.csv");
        QVERIFY(lines.startsWith("n\n0\n1\n"));
        QCOMPARE(Database(fixture).query("SELECT COUNT(*) FROM t").toInt(), lines.count('\n') - 1);
    }

    void aKilledRunIsClearedUpByTheNext() {
        const SinkFixture fixture;
        fixture.writeOld();
        const QByteArrayList wires{wire("numbers", "out"), wire("numbers", "db")};
        fixture.pipeline({numbers(1'000'000, 5000), csv(), table("db", "t")}, wires);
        const auto process = fixture.beginIt();
        QVERIFY(fixture.comes(".out.csv.rill-new", 3000));
        process->kill();
        QCOMPARE(SinkFixture::ended(*process).status, -1);
        QCOMPARE(fixture.read("out.csv"), QByteArray("old\n"));
        QCOMPARE(Database(fixture).query("SELECT group_concat(n) FROM t"), QByteArray("-1"));
        QVERIFY(fixture.files().contains(".out.csv.rill-new"));
        fixture.pipeline({numbers(3), csv(), table("db", "t")}, wires);
        const Ended ended = fixture.runIt();
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.read("out.csv"), QByteArray("n\n0\n1\n2\n"));
        QVERIFY(!fixture.files().join(' ').contains("rill-new"));
        Database database(fixture);
        QCOMPARE(database.query("SELECT group_concat(n) FROM t"), QByteArray("0,1,2"));
        QCOMPARE(database.query("SELECT COUNT(*) FROM sqlite_master"), QByteArray("1"));
    }

    void stagingThatVanishedFailsTheRunForAll() {
        const SinkFixture fixture;
        fixture.writeOld();
        fixture.pipeline({numbers(1'000'000, 2000), table("db", "t"), csv()},
                         {wire("numbers", "out"), wire("numbers", "db")});
        const auto process = fixture.beginIt();
        QVERIFY(fixture.comes(".out.csv.rill-new", 100));
        QVERIFY(QFile::remove(fixture.path(".out.csv.rill-new")));
        kill(static_cast<pid_t>(process->processId()), SIGINT);
        const Ended ended = SinkFixture::ended(*process);
        QVERIFY2(ended.status == 1 && ended.err.contains("error: out: “") &&
                     ended.err.contains(".out.csv.rill-new” was removed while the run wrote it."),
                 describe(ended).constData());
        QVERIFY(fixture.isOld());
    }

    void theFileBehindALinkIsReplacedWithItsBits() {
        const SinkFixture fixture;
        QVERIFY(QDir(fixture.path(".")).mkdir("data"));
        fixture.write("data/real.csv", "old\n");
        QCOMPARE(chmod(qPrintable(fixture.path("data/real.csv")), 0640), 0);
        QVERIFY(QFile::link("data/real.csv", fixture.path("out.csv")));
        fixture.pipeline({numbers(2), csv()}, {wire("numbers", "out")});
        QCOMPARE(fixture.runIt().status, 0);
        QVERIFY(QFileInfo(fixture.path("out.csv")).isSymLink());
        QCOMPARE(fixture.read("data/real.csv"), QByteArray("n\n0\n1\n"));
        struct stat found {};
        QCOMPARE(stat(qPrintable(fixture.path("data/real.csv")), &found), 0);
        QCOMPARE(found.st_mode & 07777, mode_t{0640});
    }

    void aViewOfTheTableOutlivesTheSwap() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(3), table("db", "t")}, {wire("numbers", "db")});
        QCOMPARE(fixture.runIt().status, 0);
        QVERIFY(Database(fixture).exec("CREATE VIEW v AS SELECT MAX(n) FROM t"));
        const Ended ended = fixture.runIt();
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(Database(fixture).query("SELECT * FROM v"), QByteArray("2"));
    }

    // Outputs that are taken away
    // ----------------------------------------------------------------------------
    void aRemovedFileIsMadeAnew() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(0, 1000), csv()}, {wire("numbers", "out")});
        const auto process = fixture.beginIt(kNoCheckpoints);
        QVERIFY(fixture.comes("out.csv", 100));
        QVERIFY(QFile::remove(fixture.path("out.csv")));
        QVERIFY(fixture.comes("out.csv", 100));
        kill(static_cast<pid_t>(process->processId()), SIGINT);
        const Ended ended = SinkFixture::ended(*process);
        QVERIFY2(ended.status == 0 && ended.err.contains("note: out: ") &&
                     ended.err.contains("was removed") && ended.err.contains(" · 1 note: out: "),
                 describe(ended).constData());
        QVERIFY(fixture.read("out.csv").startsWith("n\n"));
    }

    void aRemovedDatabaseIsMadeAnew() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(0, 1000), table("db", "t")}, {wire("numbers", "db")});
        const auto process = fixture.beginIt(kNoCheckpoints);
        QTRY_VERIFY(Database(fixture).query("SELECT COUNT(*) FROM t").toInt() > 10);
        for (const char* name : {"x.db", "x.db-wal", "x.db-shm"}) QFile::remove(fixture.path(name));
        QVERIFY(fixture.comes("x.db"));
        QTRY_VERIFY(Database(fixture).query("SELECT COUNT(*) FROM t").toInt() > 0);
        kill(static_cast<pid_t>(process->processId()), SIGINT);
        const Ended ended = SinkFixture::ended(*process);
        QVERIFY2(ended.status == 0 && ended.err.contains("note: db: ") && ended.err.contains("was removed"),
                 describe(ended).constData());
        Database database(fixture);
        QVERIFY(database.query("SELECT COUNT(*) FROM t").toInt() > 0);
        QVERIFY(database.query("SELECT MIN(n) FROM t").toInt() > 0);
    }

    // Others at the same place
    // -------------------------------------------------------------------------------
    void anotherRunOnTheSameOutputIsRefused_data() {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<bool>("refused");
        QTest::newRow("file") << csv() << csv() << true;
        QTest::newRow("file, another spelling") << csv() << csv("../../../../../../../%1/out.csv") << true;
        QTest::newRow("file, hard link") << csv() << csv("hard.csv") << true;
        QTest::newRow("table") << table("out", "t") << table("out", "T") << true;
        QTest::newRow("other table") << table("out", "t") << table("out", "u") << false;
        QTest::newRow("append to replaced") << table("out", "t") << table("out", "t", "append") << true;
        QTest::newRow("append twice") << table("out", "t", "append") << table("out", "t", "append") << false;
    }

    void anotherRunOnTheSameOutputIsRefused() {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        QFETCH(bool, refused);
        const SinkFixture fixture;
        second.replace("%1", fixture.path(".").toUtf8());
        fixture.write("out.csv", "");
        QCOMPARE(link(qPrintable(fixture.path("out.csv")), qPrintable(fixture.path("hard.csv"))), 0);
        fixture.pipeline({numbers(0, 1000), first}, {wire("numbers", "out")}, "first.rill");
        fixture.pipeline({numbers(3), second}, {wire("numbers", "out")}, "second.rill");
        const auto process = fixture.begin({"run", "first.rill", "--checkpoint-every", "50ms"});
        // The file is there before the sink has claimed it: the first checkpoint comes behind that.
        if (first.contains("csv_sink")) {
            QVERIFY(fixture.comes("out.csv"));
        } else {
            QTRY_VERIFY(Database(fixture).query("SELECT COUNT(*) FROM _rill_checkpoints").toInt() > 0);
        }
        const Ended other = fixture.run({"run", "second.rill"});
        QVERIFY2(other.status == (refused ? 1 : 0), describe(other).constData());
        if (refused) {
            QVERIFY2(other.err.contains("error: out: “") &&
                         other.err.contains("” is being written by another run, process " +
                                            QByteArray::number(process->processId()) + "."),
                     describe(other).constData());
        }
        kill(static_cast<pid_t>(process->processId()), SIGINT);
        const Ended ended = SinkFixture::ended(*process);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const Ended after = fixture.run({"run", "second.rill"});
        QVERIFY2(after.status == 0, describe(after).constData());
    }

    void aDatabaseLockedInMidRunSaysWhatWasSaved() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(0, 1000), table("db", "t", "append")}, {wire("numbers", "db")});
        const auto process = fixture.beginIt(kNoCheckpoints);
        Database database(fixture);
        QTRY_VERIFY(database.query("SELECT COUNT(*) FROM t").toInt() > 10);
        QVERIFY(database.exec("BEGIN EXCLUSIVE"));
        const Ended ended = SinkFixture::ended(*process);
        QVERIFY(database.exec("ROLLBACK"));
        const QByteArray saved = database.query("SELECT COUNT(*) FROM t");
        QVERIFY2(ended.status == 1 && ended.err.contains("locked") &&
                     ended.err.contains(saved + " rows of table “t” were written before"),
                 (saved + " saved; " + describe(ended)).constData());
    }

    void aStartThatWaitsCanBeStopped_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("--for") << 0;
        QTest::newRow("SIGINT") << SIGINT;
    }

    void aStartThatWaitsCanBeStopped() {
        QFETCH(int, signal);
        const SinkFixture fixture;
        fixture.pipeline({numbers(3), table("db", "t")}, {wire("numbers", "db")});
        Database database(fixture);
        QVERIFY(database.exec("PRAGMA journal_mode = WAL; CREATE TABLE t(n INTEGER); BEGIN EXCLUSIVE"));
        QElapsedTimer clock;
        clock.start();
        const auto process = fixture.beginIt(signal ? QStringList{} : QStringList{"--for", "100ms"});
        if (signal) {
            QVERIFY(SinkFixture::catches(*process, signal) && opens(*process, "x.db"));
            clock.restart();
            kill(static_cast<pid_t>(process->processId()), signal);
        }
        const Ended ended = SinkFixture::ended(*process);
        QVERIFY2(ended.status == 0 && ended.err.contains("stopped before it began"),
                 describe(ended).constData());
        QVERIFY2(clock.elapsed() < kLockedDatabase, describe(ended).constData());
    }

    void theSecondSignalSaysWhatIsBusy() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(0, 1000), table("db", "t", "append")}, {wire("numbers", "db")});
        const auto process = fixture.beginIt(kNoCheckpoints);
        Database database(fixture);
        QTRY_VERIFY(database.query("SELECT COUNT(*) FROM t").toInt() > 10);
        QVERIFY(database.exec("BEGIN EXCLUSIVE"));
        QTest::qWait(100);
        const auto pid = static_cast<pid_t>(process->processId());
        QElapsedTimer clock;
        clock.start();
        kill(pid, SIGINT);
        QTRY_VERIFY(!SinkFixture::hasSignal(*process, "ShdPnd", SIGINT));  // else two of them are one
        QTest::qWait(150);
        kill(pid, SIGINT);
        const Ended ended = SinkFixture::ended(*process);
        QVERIFY2(ended.status == 1 && ended.err.contains("still busy: db"), describe(ended).constData());
        QVERIFY2(clock.elapsed() < kLockedDatabase, describe(ended).constData());
    }

    void twoSinksMayAppendToOneTable() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(1000), table("a", "t", "append"), table("b", "T", "append")},
                         {wire("numbers", "a"), wire("numbers", "b")});
        const Ended ended = fixture.runIt();
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(Database(fixture).query("SELECT COUNT(*) FROM t"), QByteArray("2000"));
    }
};

QTEST_GUILESS_MAIN(TestOutputs)
#include "test_outputs.moc"
