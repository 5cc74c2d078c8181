// deploy, jobs, cancel, targets, compare and test of the built program on a real Flink.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest/QtTest>
#include <csignal>

#include "tests/cli/program_fixture.h"
#include "tests/cluster/disordered_bids.h"
#include "tests/cluster/raw_files.h"

using namespace rw::cluster;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

constexpr int kHashes = 60;  ///< it must still run when the next command looks

void writeTargets(const ProgramFixture& fixture) {
    QDir(fixture.path(".config")).mkpath("rillwright");
    const QJsonObject place{{"gateway", qEnvironmentVariable("RILLWRIGHT_FLINK_GATEWAY")},
                            {"job_manager", qEnvironmentVariable("RILLWRIGHT_FLINK_REST")}};
    const QJsonObject target{{"name", "tests"}, {"engine", "flink"}, {"flink", place}};
    const QJsonObject all{{"targets", QJsonArray{target}}};
    fixture.write(".config/rillwright/targets.json", QJsonDocument(all).toJson());
}

/// quick.rill ends by itself soon, slow.rill later.
void writeFiles(const ProgramFixture& fixture) {
    writeTargets(fixture);
    writeDisorderedBids(fixture.path("bids.csv").toStdString(), {300'000, true});
    BidPipeline words;
    fixture.write("quick.rill", QByteArray::fromStdString(bidPipeline(words)));
    words.hashes = kHashes;
    fixture.write("slow.rill", QByteArray::fromStdString(bidPipeline(words)));
}

void writeCase(const ProgramFixture& fixture, const RawCase& raw) {
    for (const auto& [name, text] : raw.files)
        fixture.write(QString::fromStdString(name), QByteArray::fromStdString(text));
    fixture.write("case.rill", QByteArray::fromStdString(raw.pipeline));
}

QStringList deployed(const QString& file, const QStringList& more = {}) {
    return QStringList{"deploy", file, "--target", "tests"} + more;
}

bool isJobId(const QByteArray& out) {
    static const QRegularExpression pattern(QStringLiteral("^[0-9a-f]{32}\n$"));
    return pattern.match(QString::fromLatin1(out)).hasMatch();
}

const QByteArray kTested = R"json({ "rill": 1, "name": "t", "nodes": [
  { "id": "orders", "type": "kafka_source", "params": { "connection": "shop", "topic": "orders",
    "columns": ["n INT", "k STRING", "amount DOUBLE", "ts TIMESTAMP(3)"], "event_time": "ts",
    "watermark_delay": "5s" } },
  { "id": "per_key", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s", "keys": ["k"],
    "aggregates": ["SUM(amount) AS total"] } },
  { "id": "counted", "type": "group_aggregate", "params": { "keys": ["k"], "aggregates": ["COUNT(*) AS n"] } },
  { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
  "wires": [ { "from": "orders", "to": "per_key" }, { "from": "per_key", "to": "out" },
             { "from": "orders", "to": "counted" } ] })json";

/// The first one has late rows and is the same there; the second is not asked; the third fails.
const QByteArray kTests = R"json({ "rilltest": 1, "pipeline": "p.rill", "tests": [
  { "name": "same", "steps": [
    { "rows": "orders", "values": [[1, "x", 10.5, "2024-03-01 12:00:00"], [2, "a, b", 3, "2024-03-01 12:00:07"]] },
    { "expect": "out", "rows": [] },
    { "rows": "orders", "values": [[3, "x", 0.1, "2024-03-01 12:00:30"], [4, "x", 9, "2024-03-01 12:00:04"]] },
    { "expect": "out", "columns": ["k", "total"], "rows": [["x", 10.5], ["a, b", 3]] },
    { "expect_watermark": "orders", "is": "2024-03-01 12:00:25" },
    { "end": true },
    { "expect": "out", "columns": ["k", "total"], "rows": [["x", 0.1]] },
    { "expect_late": "per_key", "columns": ["n", "k"], "rows": [[4, "x"]] },
    { "expect_table": "counted", "rows": [["x", 3], ["a, b", 1]] } ] },
  { "name": "open", "steps": [
    { "rows": "orders", "values": [[1, "x", 10.5, "2024-03-01 12:00:00"]] }, { "expect": "out", "rows": [] } ] },
  { "name": "other", "steps": [
    { "rows": "orders", "values": [[1, "x", 10.5, "2024-03-01 12:00:00"]] }, { "end": true },
    { "expect": "out", "columns": ["k", "total"], "rows": [["x", 11]] } ] } ] })json";

/// “passed”, “failed”, “skipped” or “not_run” of each test.
QStringList statesOf(const Ended& tests) {
    QStringList out;
    const QJsonObject all = QJsonDocument::fromJson(tests.out).object();
    const QJsonArray list = all["files"].toArray().at(0).toObject()["tests"].toArray();
    for (const QJsonValue& test : list) out += test.toObject()["state"].toString();
    return out;
}

/// Of the newest job.
QString stateOf(const Ended& jobs) {
    return QJsonDocument::fromJson(jobs.out).array().at(0).toObject()["state"].toString();
}

}  // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_FLINK_REST"), "run it by tests/run --cluster");
    }

    void theTargetAnswers() {
        const ProgramFixture fixture;
        writeTargets(fixture);
        const Ended ended = fixture.run({"targets"});
        QVERIFY2(ended.status == 0 && ended.out.contains("tests") && ended.out.contains("slots free"),
                 describe(ended).constData());
    }

    void aDryRunStartsNothing() {
        const ProgramFixture fixture;
        writeFiles(fixture);
        const Ended ended = fixture.run(deployed("quick.rill", {"--dry-run"}));
        QVERIFY2(ended.status == 0 && ended.out.isEmpty() && ended.err.contains("nothing was started"),
                 describe(ended).constData());
        QCOMPARE(fixture.run({"jobs", "--json"}).out, QByteArray("[]\n"));
    }

    void aJobIsWaitedFor() {
        const ProgramFixture fixture;
        writeFiles(fixture);
        const Ended ended = fixture.run(deployed("quick.rill", {"--wait"}));
        QVERIFY2(ended.status == 0 && isJobId(ended.out), describe(ended).constData());
        QVERIFY2(ended.err.contains("per_minute: exact") && ended.err.contains("done: "),
                 describe(ended).constData());
        QVERIFY(QDir(fixture.path("results.csv.parts")).exists());
        const Ended jobs = fixture.run({"jobs", "--json"});
        QVERIFY2(jobs.status == 0 && stateOf(jobs) == "FINISHED", describe(jobs).constData());
        const Ended again = fixture.run({"cancel", ended.out.trimmed()});
        QVERIFY2(again.status == 0 && again.err.contains("over already"), describe(again).constData());
    }

    /// Of all parts together; how many there are is Flink's business.
    static qsizetype linesIn(const QString& folder) {
        qsizetype lines = 0;
        for (const QString& name : QDir(folder).entryList(QDir::Files)) {
            QFile part(QDir(folder).filePath(name));
            if (part.open(QIODevice::ReadOnly)) lines += part.readAll().count('\n');
        }
        return lines;
    }

    /// Its rows would be there twice.
    void aSecondJobIsToldWhereToWrite() {
        const ProgramFixture fixture;
        writeFiles(fixture);
        const auto parts = [&fixture] {
            return QDir(fixture.path("results.csv.parts")).entryList(QDir::Files, QDir::Name);
        };
        QCOMPARE(fixture.run(deployed("quick.rill", {"--wait"})).status, 0);
        const QStringList before = parts();
        QVERIFY(!before.isEmpty());
        const qsizetype rows = linesIn(fixture.path("results.csv.parts"));
        QVERIFY(rows > 0);
        const Ended refused = fixture.run(deployed("quick.rill", {"--wait"}));
        QVERIFY2(refused.status == 2 && refused.out.isEmpty() && refused.err.contains("--outputs"),
                 describe(refused).constData());
        const Ended beside = fixture.run(deployed("quick.rill", {"--wait", "--outputs", "new-folder"}));
        QVERIFY2(beside.status == 0, describe(beside).constData());
        QCOMPARE(parts(), before);
        const QStringList folders = QDir(fixture.path(".")).entryList({"results.csv-*.parts"}, QDir::Dirs);
        QCOMPARE(folders.size(), 1);
        QCOMPARE(linesIn(fixture.path(folders.front())), rows);
        const Ended replaced = fixture.run(deployed("quick.rill", {"--wait", "--outputs", "replace"}));
        QVERIFY2(replaced.status == 0, describe(replaced).constData());
        QCOMPARE(linesIn(fixture.path("results.csv.parts")), rows);
        QVERIFY(parts() != before);  // parts have names of their own in each job
        const Ended wrong = fixture.run(deployed("quick.rill", {"--outputs", "overwrite"}));
        QVERIFY2(wrong.status == 2 && wrong.err.contains("overwrite"), describe(wrong).constData());
    }

    void stoppedWithASavepointAndGoneOnWith() {
        const ProgramFixture fixture;
        writeFiles(fixture);
        const Ended first = fixture.run(deployed("slow.rill"));
        QVERIFY2(first.status == 0 && isJobId(first.out), describe(first).constData());
        const Ended jobs = fixture.run({"jobs", "--target", "tests"});
        QVERIFY2(jobs.status == 0 && jobs.out.contains(first.out.trimmed()) && jobs.out.contains("RUNNING") &&
                     jobs.out.contains("slow.rill"),
                 describe(jobs).constData());
        // An id is long: its beginning is enough.
        const Ended stopped = fixture.run({"cancel", first.out.left(12), "--savepoint"});
        QVERIFY2(stopped.status == 0 && stopped.out.trimmed().contains('/'), describe(stopped).constData());
        const Ended second =
            fixture.run(deployed("slow.rill", {"--savepoint", stopped.out.trimmed(), "--json"}));
        QVERIFY2(second.status == 0, describe(second).constData());
        const QJsonObject told = QJsonDocument::fromJson(second.out).object();
        QVERIFY2(told["state"] == "running" && told["verdict"] == "approximated" &&
                     told["nodes"].toArray().size() == 6,
                 describe(second).constData());
        const Ended cancelled = fixture.run({"cancel", told["job"].toString()});
        QVERIFY2(cancelled.status == 0 && cancelled.out.isEmpty(), describe(cancelled).constData());
        QCOMPARE(stateOf(fixture.run({"jobs", "--json"})), QStringLiteral("CANCELED"));
    }

    /// A user who no longer wants to wait has not ended the job.
    void aSignalLeavesTheJob() {
        const ProgramFixture fixture;
        writeFiles(fixture);
        const std::unique_ptr<QProcess> process = fixture.begin(deployed("slow.rill", {"--wait"}));
        QTRY_VERIFY_WITH_TIMEOUT(process->waitForReadyRead(100) || process->bytesAvailable() > 0, 120'000);
        QCOMPARE(kill(static_cast<pid_t>(process->processId()), SIGINT), 0);
        const Ended ended = ProgramFixture::ended(*process);
        const QByteArray job = ended.out.trimmed();
        QVERIFY2(ended.status == 1 && isJobId(ended.out) && ended.err.contains("rillwright cancel " + job),
                 describe(ended).constData());
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(fixture.run({"jobs", "--json"})), QStringLiteral("RUNNING"),
                                  120'000);
        QCOMPARE(fixture.run({"cancel", job}).status, 0);
    }

    void aPipelineIsTheSameOnFlink() {
        const ProgramFixture fixture;
        writeTargets(fixture);
        for (const RawCase& raw : rawCases()) {
            if (raw.name == "late rows") writeCase(fixture, raw);
        }
        const Ended ended = fixture.run({"compare", "case.rill", "--targets", "embedded,tests", "--json"});
        const QJsonObject told = QJsonDocument::fromJson(ended.out).object();
        QVERIFY2(ended.status == 0 && told["same"].toBool(), describe(ended).constData());
        QCOMPARE(told["nodes"].toArray().size(), 3);
        for (const QJsonValue& node : told["nodes"].toArray())
            QVERIFY2(node.toObject()["rows_b"].toInt() > 0, describe(ended).constData());
        QVERIFY2(!QFile::exists(fixture.path("tumbled.csv")), "sinks write nothing");
    }

    void rowsThatDifferHaveACause() {
        const ProgramFixture fixture;
        writeTargets(fixture);
        writeCase(fixture, lateByTheirOwnFile());
        const QStringList words{"compare", "case.rill", "--targets", "embedded,tests"};
        const Ended ended = fixture.run(words);
        QVERIFY2(ended.status == 1 && ended.out.contains("cause: late. ") &&
                     ended.out.contains("per_minute (2)") && ended.out.contains("all: the same, 3 rows"),
                 describe(ended).constData());
    }

    void testsOfAPipelineHaveTheSameOutcome() {
        const ProgramFixture fixture;
        writeTargets(fixture);
        fixture.write("p.rill", kTested);
        fixture.write("p.rilltest", kTests);
        const Ended here = fixture.run({"test", "p.rill", "--json"});
        QVERIFY2(statesOf(here) == QStringList({"passed", "passed", "failed"}), describe(here).constData());
        const Ended there = fixture.run({"test", "p.rill", "--json", "--on", "flink", "--target", "tests"});
        QVERIFY2(there.status == 1, describe(there).constData());
        QVERIFY2(statesOf(there) == QStringList({"passed", "skipped", "failed"}),
                 describe(there).constData());
        const QJsonArray tests =
            QJsonDocument::fromJson(there.out).object()["files"].toArray().at(0)["tests"].toArray();
        const QJsonValue left = tests.at(0)["not_asked"];
        QVERIFY2(left.toArray().size() == 1 && left.toArray().at(0)["step"] == 5,
                 describe(there).constData());
        QVERIFY(!QFile::exists(fixture.path("out.csv")));
        QCOMPARE(fixture.run({"jobs", "--json"}).out, QByteArray("[]\n"));
    }

    /// Only the cluster can know that it does not accept the savepoint.
    void aSavepointThatIsNotThereIsToldOf() {
        const ProgramFixture fixture;
        writeFiles(fixture);
        const Ended ended = fixture.run(deployed("slow.rill", {"--savepoint", "/no/such/savepoint"}));
        QVERIFY2(ended.status == 1 && ended.err.contains("/no/such/savepoint"), describe(ended).constData());
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "test_command_line.moc"
