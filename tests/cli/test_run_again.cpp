// Outputs that can't be written for a while: the run waits, goes on by itself, and reports that.
#include <signal.h>

#include <QDir>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"
#include "tests/support/patience.h"

using namespace rw::testing;

namespace {

/// A process with all of its standard error, also the part that was looked at before its end.
class Said {
 public:
    explicit Said(std::unique_ptr<QProcess> process) : m_process(std::move(process)) {}
    QProcess& process() { return *m_process; }
    bool says(const char* words) {
        m_err += m_process->readAllStandardError();
        return m_err.contains(words);
    }
    Ended ended() {
        Ended end = SinkFixture::ended(*m_process);
        end.err = m_err + end.err;
        return end;
    }

 private:
    std::unique_ptr<QProcess> m_process;
    QByteArray m_err;
};

/// Rows 0 … into a file of a folder, put in place at the end.
void writeIntoFolder(const SinkFixture& fixture, int rows) {
    QVERIFY(QDir(fixture.path(QStringLiteral("."))).mkpath(QStringLiteral("out")));
    fixture.pipeline({numbers(rows, 1000), csv("out/x.csv")}, {wire("numbers", "out")});
}

QByteArray rowsTo(int rows) {
    QByteArray text = "n\n";
    for (int n = 0; n < rows; ++n) text += QByteArray::number(n) + '\n';
    return text;
}

}  // namespace

class TestRunAgain : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// Longer than a run waits for a lock.
    void aDatabaseThatAnotherProgramLocks() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(3000, 1000), table("db", "t", "append")}, {wire("numbers", "db")});
        Said run(fixture.beginIt(
            {"--checkpoint-every", "100ms", "--restart", "exponential:200ms:1s:30", "--metrics", "m.json"}));
        Database database(fixture);
        QTRY_VERIFY(database.query("SELECT COUNT(*) FROM t").toInt() > 10);
        QVERIFY(database.exec("BEGIN EXCLUSIVE"));
        QTRY_VERIFY_WITH_TIMEOUT(run.says("Try 1 of 30 begins in "), 60'000);
        QVERIFY(database.exec("ROLLBACK"));
        const Ended ended = run.ended();
        QVERIFY2(ended.status == 0 && ended.err.contains("locked") &&
                     ended.err.contains("The run resumes from checkpoint "),
                 describe(ended).constData());
        QCOMPARE(database.query("SELECT COUNT(*) || ' ' || COUNT(DISTINCT n) || ' ' || MAX(n) FROM t"),
                 QByteArray("3000 3000 2999"));
        const QByteArray metrics = fixture.read("m.json");
        QVERIFY2(metrics.contains("\"restart\": {") && metrics.contains("\"rows\": 3000,"),
                 metrics.constData());
    }

    void aFolderThatIsAwayForAWhile() {
        const SinkFixture fixture;
        writeIntoFolder(fixture, 2000);
        Said run(fixture.beginIt({"--restart", "fixed:100ms:1000"}));
        QVERIFY(fixture.comes("out/.x.csv.rill-new", 10));
        QDir home(fixture.path("."));
        QVERIFY(home.rename("out", "away"));
        QTRY_VERIFY_WITH_TIMEOUT(run.says("Try 3 of 1000 begins in "), 60'000);
        QVERIFY(home.rename("away", "out"));
        const Ended ended = run.ended();
        QVERIFY2(ended.status == 0 && ended.err.contains("The run begins again: there is no checkpoint yet."),
                 describe(ended).constData());
        QCOMPARE(fixture.read("out/x.csv"), rowsTo(2000));
        QCOMPARE(QDir(fixture.path("out")).entryList(QDir::Files | QDir::Hidden), QStringList{"x.csv"});
    }

    void aStopInTheWaitEndsItAtOnce() {
        const SinkFixture fixture;
        writeIntoFolder(fixture, 2000);
        Said run(fixture.beginIt({"--restart", "fixed:1h:3"}));
        QVERIFY(fixture.comes("out/.x.csv.rill-new", 10));
        QVERIFY(QDir(fixture.path(".")).rename("out", "away"));
        QTRY_VERIFY_WITH_TIMEOUT(run.says("Try 1 of 3 begins in 1h"), 60'000);
        kill(static_cast<pid_t>(run.process().processId()), SIGINT);
        const Ended ended = run.ended();
        // Nothing is in place, and there is no checkpoint: that is no success.
        QVERIFY2(ended.status == 1 && ended.err.contains("error: out: "), describe(ended).constData());
    }

    void withoutCheckpointsNothingIsTriedUnasked() {
        const SinkFixture fixture;
        writeIntoFolder(fixture, 2000);
        Said run(fixture.beginIt());
        QVERIFY(fixture.comes("out/.x.csv.rill-new", 10));
        QVERIFY(QDir(fixture.path(".")).rename("out", "away"));
        const Ended ended = run.ended();
        QVERIFY2(ended.status == 1 && !ended.err.contains("begins in"), describe(ended).constData());
    }

    void wrongWordsAreRefused() {
        const SinkFixture fixture;
        fixture.pipeline({numbers(3), csv()}, {wire("numbers", "out")});
        const Ended word = fixture.runIt({"--restart", "fixd"});
        QVERIFY2(word.status == 2 && word.err.contains("Is “fixed” meant?"), describe(word).constData());
        fixture.write("t.rill",
                      R"({ "rill": 1, "name": "t", "settings": { "restart": "whenever" }, "nodes": [)" +
                          numbers(3) + ',' + csv() + R"(], "wires": [)" + wire("numbers", "out") + "] }");
        const Ended setting = fixture.run({"validate", "t.rill"});
        QVERIFY2(
            setting.status == 2 && (setting.out + setting.err).contains("no restart strategy “whenever”"),
            describe(setting).constData());
    }
};

QTEST_GUILESS_MAIN(TestRunAgain)
#include "test_run_again.moc"
