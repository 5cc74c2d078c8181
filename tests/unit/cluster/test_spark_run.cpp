// A run of Spark as a child process: the effects of its lines, its end, and its remains when it is ended.
// Its spark-submit is a script of the test's.
#include <QtTest/QtTest>

#include "core/cluster/engine_backend.h"
#include "core/cluster/spark/spark_program.h"
#include "core/cluster/standing_output.h"
#include "core/views/table_view.h"
#include "tests/unit/cluster/spark_bench.h"

using namespace rw;
using namespace rw::test;

namespace fs = std::filesystem;

class TestSparkRun : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void changesOfAKey();
    void wholeBatchesAreCompared();
    void runsAndIsStopped();
    void finishes();
    void isToldWhatFailed();
    void missingProgram();
    void killedProgram();
    void refusedBeforeAnythingStarts();
    void resultsOfBeforeAreNotReplacedUnasked();
    void resultsAreReplacedAlone();
    void checksOnly();
    void goesOnFromACheckpoint();
    void theEndOfTheRunIsTheEndOfTheProgram();
};

void TestSparkRun::changesOfAKey() {
    SparkRows rows("t", {0});
    const auto event = [](const char* key, const char* value) {
        Json made{{"mode", "update"}, {"first", true}};
        made["rows"] = Json::array({Json::array({key, value})});
        return made;
    };
    QCOMPARE(rows.take(event("a", "1")).size(), std::size_t{1});
    const std::vector<ChangeRow> changed = rows.take(event("a", "2"));
    QCOMPARE(changed.size(), std::size_t{2});
    QVERIFY(changed[0].kind == RowKind::UpdateBefore);
    QCOMPARE(changed[0].cells[2].value_or(""), std::string("1"));
    QVERIFY(changed[1].kind == RowKind::UpdateAfter);
    QCOMPARE(changed[1].cells[0].value_or(""), std::string("t"));
    QVERIFY(rows.take(event("a", "2")).empty());
}

void TestSparkRun::wholeBatchesAreCompared() {
    SparkRows rows("t", {0});
    using Rows = std::vector<std::vector<std::string>>;
    const auto event = [](const Rows& all, bool first) {
        Json made{{"mode", "complete"}, {"first", first}};
        made["rows"] = Json(all);
        return made;
    };
    QVERIFY(rows.take(event({{"a", "1"}}, true)).empty());
    QVERIFY(rows.take(event({{"b", "1"}}, false)).empty());
    QCOMPARE(rows.endBatch().size(), std::size_t{2});
    QVERIFY(rows.endBatch().empty());
    QVERIFY(rows.take(event({{"b", "1"}, {"c", "1"}}, true)).empty());
    const std::vector<ChangeRow> changed = rows.endBatch();
    QCOMPARE(changed.size(), std::size_t{2});
    QVERIFY(changed[0].kind == RowKind::Delete);
    QVERIFY(changed[1].kind == RowKind::Insert);
    // The end of that batch is not told: the begin of the next one tells it.
    QVERIFY(rows.take(event({}, true)).empty());
    QCOMPARE(rows.take(event({{"d", "1"}}, true)).size(), std::size_t{2});
}

void TestSparkRun::runsAndIsStopped() {
    Submit submit(std::string(kRuns) + "while :; do sleep 0.1; done");
    const auto run = runOnSpark(submit.request);
    QVERIFY2(reaches(*run, ClusterState::Running), wordsOf(run->look().failure).c_str());
    QTRY_VERIFY(run->look().figures.sourceRows.has_value());
    const ClusterStatus look = run->look();
    QCOMPARE(look.job, std::string("local-1"));
    QCOMPARE(*look.figures.sourceRows, std::uint64_t{7});
    QCOMPARE(look.figures.nodes.at("shown").watermark.value_or(0), Instant{1704067201000});
    QVERIFY(!look.figures.nodes.at("bids").rowsIn.has_value());
    const auto view = std::dynamic_pointer_cast<TableView>(run->view("shown"));
    QVERIFY(view != nullptr);
    QTRY_COMPARE(view->rows(), std::uint64_t{1});
    QVERIFY(run->view("out") == nullptr);
    run->stop({});
    QVERIFY(reaches(*run, ClusterState::Stopped));
    QVERIFY(!run->look().savepoint.empty());
    const std::vector<Deployment> kept = submit.remembered();
    QCOMPARE(kept.size(), std::size_t{1});
    QCOMPARE(kept[0].savepoints.size(), std::size_t{1});
    QVERIFY(kept[0].ended > 0);
}

void TestSparkRun::finishes() {
    Submit submit(std::string(kRuns) + "echo '{\"event\": \"ended\", \"good\": true}'");
    const auto run = runOnSpark(submit.request);
    QVERIFY2(reaches(*run, ClusterState::Finished), wordsOf(run->look().failure).c_str());
    QCOMPARE(submit.remembered().at(0).state, std::string("FINISHED"));
    QVERIFY(run->look().noteCount > 0);  // that the last windows stay open
}

void TestSparkRun::isToldWhatFailed() {
    Submit submit(std::string(kRuns) +
                  "echo '{\"event\": \"failed\", \"node\": \"out\", \"error\": \"[DIVIDE_BY_ZERO] no\\n at "
                  "java\"}'\nexit 1");
    const auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Failed));
    const Status failure = run->look().failure;
    QCOMPARE(failure.error().node, std::string("out"));
    QVERIFY(wordsOf(failure).find("[DIVIDE_BY_ZERO] no") != std::string::npos);
    QVERIFY(wordsOf(failure).find("java") == std::string::npos);
}

void TestSparkRun::missingProgram() {
    Submit submit("");
    submit.request.target.spark.submit = "no-such-spark-submit";
    const auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Failed));
    QVERIFY(wordsOf(run->look().failure).find("no-such-spark-submit") != std::string::npos);
}

void TestSparkRun::killedProgram() {
    Submit submit(std::string(kRuns) + "echo 'out of memory' >&2\nkill -9 $$");
    const auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Failed));
    const std::string words = wordsOf(run->look().failure);
    QVERIFY2(words.find("137") != std::string::npos && words.find("out of memory") != std::string::npos,
             words.c_str());
}

void TestSparkRun::refusedBeforeAnythingStarts() {
    Submit submit("touch started");
    submit.request.pipeline.nodes[0] = node("bids", "this_computer");
    const auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Refused));
    QCOMPARE(run->look().issues.at(0).node, std::string("bids"));
    QVERIFY(!fs::exists(submit.folder() + "/started"));
    QVERIFY(submit.remembered().empty());
}

namespace {

/// The results of an earlier run in the folder of the sink.
void leaveResults(const Submit& submit) {
    const fs::path parts = fs::path(submit.folder()) / "out.csv.parts";
    fs::create_directories(parts);
    std::ofstream(parts / "_rillwright") << R"({"pipeline": "bids", "node": "out"})";
    std::ofstream(parts / "part-0.csv") << "k,v,ts\n";
}

}  // namespace

void TestSparkRun::resultsOfBeforeAreNotReplacedUnasked() {
    Submit submit(std::string(kRuns) + kForever);
    QVERIFY(backendOf(Engine::Spark).standingOutputs(submit.request).empty());
    leaveResults(submit);
    const std::vector<StandingOutput> found = backendOf(Engine::Spark).standingOutputs(submit.request);
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(found.front().onlyReplaced && found.front().replaceable());
    QCOMPARE(found.front().files, std::size_t{1});
    const auto refused = runOnSpark(submit.request);
    QVERIFY(reaches(*refused, ClusterState::Refused));
    QCOMPARE(refused->look().issues.at(0).node, std::string("out"));
    const std::string words = english(refused->look().issues.at(0));
    QVERIFY2(words.find("would replace them") != std::string::npos, words.c_str());
    submit.request.outputs.all = OutputChoice::Replace;
    const auto run = runOnSpark(submit.request);
    QVERIFY2(reaches(*run, ClusterState::Running), wordsOf(run->look().failure).c_str());
}

void TestSparkRun::resultsAreReplacedAlone() {
    for (const OutputChoice choice : {OutputChoice::Append, OutputChoice::NewFolder}) {
        Submit submit("touch started");
        submit.request.outputs.all = choice;
        const auto run = runOnSpark(submit.request);
        QVERIFY(reaches(*run, ClusterState::Refused));
        const std::string words = english(run->look().issues.at(0));
        QVERIFY2(words.find("can't add rows to them") != std::string::npos, words.c_str());
        QVERIFY(!fs::exists(submit.folder() + "/started"));
    }
}

void TestSparkRun::checksOnly() {
    Submit good("echo \"$@\" > " + std::string("\"$(dirname \"$0\")/asked\"") +
                "\necho '{\"event\": \"checked\", \"node\": \"out\"}'");
    good.request.checkOnly = true;
    const auto run = runOnSpark(good.request);
    QVERIFY2(reaches(*run, ClusterState::Finished), wordsOf(run->look().failure).c_str());
    std::ifstream file(good.folder() + "/asked");
    std::string asked;
    std::getline(file, asked);
    QVERIFY2(asked.find("--dry-run") != std::string::npos, asked.c_str());
    Submit bad("echo '{\"event\": \"failed\", \"node\": \"out\", \"error\": \"no\"}'; exit 1");
    bad.request.checkOnly = true;
    const auto refused = runOnSpark(bad.request);
    QVERIFY(reaches(*refused, ClusterState::Refused));
    QCOMPARE(refused->look().issues.at(0).node, std::string("out"));
}

void TestSparkRun::goesOnFromACheckpoint() {
    Submit submit("");
    submit.request.savepoint = "/data/checkpoint";
    const auto program = sparkProgramOf(submit.request);
    QVERIFY2(program.ok(), wordsOf(program.status()).c_str());
    QVERIFY(program->bounded);
    const auto words = sparkCommand(submit.request, *program, "p.py", submit.request.savepoint);
    const auto at = std::find(words.begin(), words.end(), "--checkpoint");
    QVERIFY(at != words.end() && *std::next(at) == "/data/checkpoint");
    QCOMPARE(words[0], submit.request.target.spark.submit);
    QCOMPARE(words[1], std::string("--master"));
}

void TestSparkRun::theEndOfTheRunIsTheEndOfTheProgram() {
    Submit submit("echo $$ > \"$(dirname \"$0\")/pid\"\n" + std::string(kRuns) +
                  "while :; do sleep 0.1; done");
    auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Running));
    std::ifstream file(submit.folder() + "/pid");
    std::string pid;
    QVERIFY(std::getline(file, pid));
    run.reset();
    QVERIFY(!fs::exists("/proc/" + pid));
}

QTEST_GUILESS_MAIN(TestSparkRun)
#include "test_spark_run.moc"
