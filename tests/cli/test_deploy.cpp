// deploy, jobs, cancel and targets without a cluster: refusals before anything is sent, and messages on
// clusters that do not answer. tests/cluster has the tests with a real one.
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/small_server.h"

using rw::testing::deadAddress;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;
using rw::testing::SmallServer;

namespace {

const QByteArray kSource = R"({ "id": "numbers", "type": "csv_source", "params": { "path": "in.csv",
    "columns": ["n INT", "name STRING"] } })";
const QByteArray kMade = R"({ "id": "made", "type": "generator", "params": { "rows": 5,
    "columns": ["n BIGINT = i"] } })";
const QByteArray kSink = R"({ "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } })";
const QByteArray kTable = R"({ "id": "out", "type": "table_view" })";

QByteArray pipeline(const QByteArray& source, const QByteArray& sink, const QByteArray& from) {
    return R"({ "rill": 1, "name": "Numbers", "nodes": [)" + source + "," + sink +
           R"(], "wires": [{ "from": ")" + from + R"(", "to": "out" }] })";
}

/// job.rill can be on Flink; made.rill is refused there, charts.rill has nothing that writes, broken.rill is
/// no good anywhere.
void writePipelines(const ProgramFixture& fixture) {
    fixture.write("in.csv", "n,name\n1,a\n2,b\n");
    fixture.write("job.rill", pipeline(kSource, kSink, "numbers"));
    fixture.write("made.rill", pipeline(kMade, kSink, "made"));
    fixture.write("charts.rill", pipeline(kSource, kTable, "numbers"));
    fixture.write("broken.rill", pipeline(kSource, kSink, "nobody"));
}

QByteArray flink(const QByteArray& name, const QString& address, const QByteArray& more = {}) {
    return R"({ "name": ")" + name + R"(", "engine": "flink", "flink": { "gateway": ")" + address.toUtf8() +
           R"(", "job_manager": ")" + address.toUtf8() + R"(")" + more + " } }";
}

const QByteArray kSpark = R"({ "name": "spark", "engine": "spark", "spark": { "submit": "no-such-submit",
    "master": "local[*]" } })";

/// The record of a job, on the target that is called like its engine.
QByteArray recordOf(const QByteArray& job, const QByteArray& engine, const QByteArray& state,
                    const QByteArray& ended) {
    return R"({ "deployment": 1, "started": 5, "job": ")" + job + R"(", "target": ")" + engine +
           R"(", "engine": ")" + engine + R"(", "state": ")" + state + R"(", "ended": )" + ended +
           R"(, "pipeline": { "rill": 1, "nodes": [] } })";
}

void writeTargets(const ProgramFixture& fixture, const QByteArray& targets) {
    QDir(fixture.path(".config")).mkpath("rillwright");
    fixture.write(".config/rillwright/targets.json", R"({ "targets": [)" + targets + "] }");
}

QStringList deployed(const QString& file, const QString& target, const QStringList& more = {}) {
    return QStringList{"deploy", file, "--target", target} + more;
}

QJsonObject entryOf(const QByteArray& list, const QString& name) {
    for (const QJsonValue& entry : QJsonDocument::fromJson(list).array()) {
        if (entry.toObject()["name"].toString() == name) return entry.toObject();
    }
    return {};
}

}  // namespace

class TestDeploy : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void anUnknownTargetListsThoseThatThereAre() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        writeTargets(fixture, flink("prod", deadAddress()) + "," + kSpark);
        const Ended ended = fixture.run(deployed("job.rill", "nowhere"));
        QVERIFY2(ended.status == 2 && ended.out.isEmpty(), describe(ended).constData());
        for (const char* name : {"“nowhere”", "“prod”", "“spark”"})
            QVERIFY2(ended.err.contains(name), describe(ended).constData());
    }

    void whatIsRefusedIsNotSent_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("refused") << "made.rill" << QByteArray("refused: made: ");
        QTest::newRow("charts alone") << "charts.rill" << QByteArray("No node writes rows on the cluster");
        QTest::newRow("invalid") << "broken.rill" << QByteArray("error: ");
        QTest::newRow("no file") << "nothing.rill" << QByteArray("error: ");
    }

    void whatIsRefusedIsNotSent() {
        QFETCH(QString, file);
        QFETCH(QByteArray, says);
        const ProgramFixture fixture;
        writePipelines(fixture);
        const SmallServer server;
        writeTargets(fixture, flink("prod", server.address()));
        for (const QStringList& more : {QStringList(), QStringList{"--dry-run"}}) {
            const Ended ended = fixture.run(deployed(file, "prod", more));
            QVERIFY2(ended.status == 2 && ended.out.isEmpty(), describe(ended).constData());
            QVERIFY2(ended.err.contains(says), describe(ended).constData());
        }
        QCOMPARE(server.requests(), 0);
    }

    void aRefusalAsJson() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        const SmallServer server;
        writeTargets(fixture, flink("prod", server.address()));
        const Ended ended = fixture.run(deployed("made.rill", "prod", {"--json"}));
        QCOMPARE(ended.status, 2);
        const QJsonObject all = QJsonDocument::fromJson(ended.out).object();
        QVERIFY2(all["job"].isNull() && all["target"] == "prod" && all["state"] == "refused" &&
                     all["verdict"] == "refused",
                 describe(ended).constData());
        QCOMPARE(all["nodes"].toArray().size(), 2);
        QVERIFY(all["issues"].isArray() && !all["error"].toString().isEmpty());
        QCOMPARE(server.requests(), 0);
    }

    void aClusterThatIsAwayIsToldOf() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        const QString address = deadAddress();
        writeTargets(fixture, flink("prod", address));
        for (const QStringList& more :
             {QStringList(), QStringList{"--wait"}, QStringList{"--dry-run"}, QStringList{"--json"}}) {
            const Ended ended = fixture.run(deployed("job.rill", "prod", more));
            QVERIFY2(ended.status == 1 && ended.err.contains(address.toUtf8()), describe(ended).constData());
            if (!more.contains("--json")) {
                QVERIFY2(ended.out.isEmpty(), describe(ended).constData());
                continue;
            }
            const QJsonObject all = QJsonDocument::fromJson(ended.out).object();
            QVERIFY(all["job"].isNull() && all["error"].toString().contains(address));
            QCOMPARE(all["nodes"].toArray().size(), 2);
        }
    }

    void somethingElseThatAnswersIsToldOf() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        const SmallServer server(R"({ "hello": "world" })");
        writeTargets(fixture, flink("prod", server.address()));
        const Ended ended = fixture.run(deployed("job.rill", "prod"));
        QVERIFY2(ended.status == 1 && ended.err.contains(server.address().toUtf8()),
                 describe(ended).constData());
        QVERIFY(server.requests() > 0);
    }

    void aSecretThatIsNotThereIsToldOf() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        writeTargets(fixture, flink("prod", "https://127.0.0.1:1",
                                    R"(, "token": { "environment": "RILLWRIGHT_NO_SUCH_TOKEN" })"));
        const Ended ended = fixture.run(deployed("job.rill", "prod"));
        QVERIFY2(ended.status == 1 && ended.err.contains("RILLWRIGHT_NO_SUCH_TOKEN"),
                 describe(ended).constData());
    }

    void aSparkThatIsNotThere() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        writeTargets(fixture, kSpark);
        const Ended ended = fixture.run(deployed("job.rill", "spark"));
        QVERIFY2(ended.status == 1 && ended.err.contains("no-such-submit"), describe(ended).constData());
    }

    void targetsAreChecked() {
        const ProgramFixture fixture;
        const SmallServer server;
        writeTargets(fixture,
                     flink("odd", server.address()) + "," + flink("away", deadAddress()) + "," + kSpark);
        const Ended ended = fixture.run({"targets", "--json"});
        QVERIFY2(ended.status == 1, describe(ended).constData());
        for (const char* name : {"odd", "away", "spark"}) {
            const QJsonObject entry = entryOf(ended.out, name);
            QVERIFY2(!entry["answers"].toBool(true) && !entry["error"].toString().isEmpty(),
                     describe(ended).constData());
        }
        QVERIFY(server.requests() > 0);
        const Ended table = fixture.run({"targets"});
        QCOMPARE(table.status, 1);
        QVERIFY2(table.out.startsWith("NAME ") && table.out.contains("\naway ") &&
                     table.err.contains("error: away: "),
                 describe(table).constData());
    }

    void aBrokenFileOfTargetsIsToldOf() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        writeTargets(fixture, R"({ "name": "prod" })");
        for (const QStringList& words : {QStringList{"targets"}, QStringList{"jobs"},
                                         deployed("job.rill", "prod"), QStringList{"cancel", "1"}}) {
            const Ended ended = fixture.run(words);
            QVERIFY2(ended.status == 2 && ended.err.contains("targets.json"), describe(ended).constData());
        }
    }

    void noJobs() {
        const ProgramFixture fixture;
        const Ended table = fixture.run({"jobs"});
        QVERIFY2(table.status == 0 && table.out.isEmpty() && table.err.contains("no pipeline was given"),
                 describe(table).constData());
        const Ended json = fixture.run({"jobs", "--json"});
        QVERIFY2(json.status == 0 && json.out == "[]\n", describe(json).constData());
        QDir(fixture.path(".data")).mkpath("rillwright/deployments");
        fixture.write(".data/rillwright/deployments/noise.json", "{");
        const Ended noise = fixture.run({"jobs"});
        QVERIFY2(noise.status == 0 && noise.err.contains("noise"), describe(noise).constData());
    }

    void aJobThatIsNotThereIsNotCancelled() {
        const ProgramFixture fixture;
        const Ended ended = fixture.run({"cancel", "0123abcd", "--savepoint"});
        QVERIFY2(ended.status == 2 && ended.out.isEmpty() && ended.err.contains("“0123abcd”") &&
                     ended.err.contains("rillwright jobs"),
                 describe(ended).constData());
    }

    void jobsWhoseEndNobodySawAreAskedFor() {
        const ProgramFixture fixture;
        writeTargets(fixture, flink("flink", deadAddress()));
        QDir(fixture.path(".data")).mkpath("rillwright/deployments");
        fixture.write(".data/rillwright/deployments/aa01.json", recordOf("aa01", "flink", "RUNNING", "9"));
        fixture.write(".data/rillwright/deployments/bb02.json", recordOf("bb02", "flink", "FINISHED", "9"));
        const Ended gone = fixture.run({"cancel", "aa01"});
        QVERIFY2(gone.status == 1 && gone.err.contains("Nothing answers"), describe(gone).constData());
        const Ended over = fixture.run({"cancel", "bb02"});
        QVERIFY2(over.status == 0 && over.err.contains("over already: FINISHED"), describe(over).constData());
        const Ended list = fixture.run({"jobs"});
        QVERIFY2(list.status == 0 && list.out.contains("aa01  GONE"), describe(list).constData());
    }

    /// A savepoint that a job on a cluster left is listed where checkpoints of runs here are, unless a job
    /// resumed from it.
    void whatJobsLeftIsToldWithTheWayOn() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        writeTargets(fixture, flink("flink", deadAddress()));
        QDir(fixture.path(".data")).mkpath("rillwright/deployments");
        const QByteArray file = fixture.path("job.rill").toUtf8();
        const auto record = [&](const QByteArray& job, const QByteArray& state, const QByteArray& ended,
                                const QByteArray& more) {
            QByteArray text = recordOf(job, "flink", state, ended);
            text.insert(1, R"( "file": ")" + file + R"(", )" + more);
            fixture.write(".data/rillwright/deployments/" + job + ".json", text);
        };
        record("aa01", "CANCELED", "9",
               R"("savepoints": [{ "path": "/data/sp 1", "at": 60000 },
                                 { "path": "/data/chk-7", "at": 120000, "checkpoint": true }],)");
        record("bb02", "FAILED", "9", R"("savepoints": [{ "path": "/data/chk-8", "at": 5, "checkpoint": true }],)");
        record("cc03", "FINISHED", "9", R"("resumed_from": "/data/chk-8",)");
        record("dd04", "FINISHED", "9", R"("savepoints": [{ "path": "/data/sp 2", "at": 180000 }],)");
        const QByteArray words = "rillwright deploy " + file + " --target flink --savepoint ";
        for (const QStringList& command :
             {QStringList{"jobs"}, QStringList{"checkpoints", "job.rill"}, QStringList{"checkpoints", "./job.rill"}}) {
            const Ended ended = fixture.run(command);
            QVERIFY2(ended.status == 0, describe(ended).constData());
            QVERIFY2(ended.err.contains("kept: aa01 left a checkpoint at 1970-01-01 00:02:00 UTC, to go on: " + words +
                                        "/data/chk-7\n"),
                     describe(ended).constData());
            QVERIFY2(ended.err.contains("kept: dd04 left a savepoint at 1970-01-01 00:03:00 UTC, to go on: " + words +
                                        "'/data/sp 2'\n"),
                     describe(ended).constData());
            QVERIFY2(ended.err.count("kept: ") == 2, describe(ended).constData());
        }
        QVERIFY(fixture.run({"checkpoints", "job.rill", "--json"}).err.isEmpty());
        QVERIFY(!fixture.run({"checkpoints", "made.rill"}).err.contains("kept: "));
    }

    void aFullDiskIsToldOf() {
        if (!QFile::exists("/dev/full")) QSKIP("there is no /dev/full");
        const ProgramFixture fixture;
        const Ended ended =
            fixture.runProgram("/bin/sh", {"-c", "\"$RILLWRIGHT_PROGRAM\" jobs --json > /dev/full"});
        QVERIFY2(ended.status == 1 && ended.err.contains("error: Standard output could not be written"),
                 describe(ended).constData());
    }

    void wrongUsage_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no target") << QStringList{"deploy", "job.rill"} << QByteArray("--target is required");
        QTest::newRow("no pipeline") << QStringList{"deploy", "--target", "prod"}
                                     << QByteArray("FILE is required");
        QTest::newRow("two ends") << deployed("job.rill", "prod", {"--wait", "--dry-run"})
                                  << QByteArray("excludes");
        QTest::newRow("state of nothing")
            << deployed("job.rill", "prod", {"--allow-lost-state"}) << QByteArray("requires");
        QTest::newRow("no value") << deployed("job.rill", "prod", {"--set", "name"})
                                  << QByteArray("--set: write it as name=value");
        QTest::newRow("no job") << QStringList{"cancel"} << QByteArray("JOB is required");
        QTest::newRow("no such target")
            << QStringList{"jobs", "--target", "nobody"} << QByteArray("“nobody”");
    }

    void wrongUsage() {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, says);
        const ProgramFixture fixture;
        writePipelines(fixture);
        writeTargets(fixture, flink("prod", deadAddress()));
        const Ended ended = fixture.run(words);
        QVERIFY2(ended.status == 2 && ended.err.contains(says), describe(ended).constData());
    }
};

QTEST_APPLESS_MAIN(TestDeploy)
#include "test_deploy.moc"
