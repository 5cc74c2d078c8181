// How runs of Spark end, also badly, and their remains: processes, checkpoints, records.

#include <algorithm>

#include "core/cluster/child_environment.h"
#include "core/cluster/spark/spark_checkpoint.h"
#include "core/process/child_process.h"
#include "tests/unit/cluster/spark_bench.h"

using namespace rw;
using namespace rw::test;

namespace fs = std::filesystem;

namespace {

std::string lineOf(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

/// Runs until it was stopped, with a checkpoint that it keeps; the path of that.
std::string stopped(const Submit& submit) {
    const auto run = runOnSpark(submit.request);
    if (!reaches(*run, ClusterState::Running)) return "it never ran";
    run->stop({});
    return reaches(*run, ClusterState::Stopped) ? run->look().savepoint : "it never stopped";
}

}  // namespace

class TestSparkEnds : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void oneRunHasACheckpoint();
    void aProgramHoldsTheLockOn();
    void theEndOfTheWindowKeepsTheCheckpoint();
    void aCancelledRunLeavesNothing();
    void aFinishedRunLeavesNothing();
    void stoppedWhenAllWasDone();
    void aFailureKeepsTheCheckpoint();
    void resumesInThePlaceOfTheOldOne();
    void whereThereIsNoCheckpoint();
    void aRemoteMasterKeepsItAtTheData();
    void forgottenWithItsCheckpoint();
    void eventsAmongNoise();
    void isToldToRunTwice();
    void lateRowsAreAtLeastSoMany();
    void endsWithoutAWord();
};

void TestSparkEnds::oneRunHasACheckpoint() {
    const testing::ScratchFolder scratch("lock");
    const std::string folder = scratch.path().string();
    fs::create_directories(sparkRunsFolder(folder));
    {
        const auto lock = CheckpointLock::take(folder, "hdfs://a/b");
        QVERIFY2(lock.ok(), wordsOf(lock.status()).c_str());
        QVERIFY(CheckpointLock::isTaken(folder, "hdfs://a/b"));
        QVERIFY(!CheckpointLock::isTaken(folder, "hdfs://a/c"));
        const auto second = CheckpointLock::take(folder, "hdfs://a/b");
        QVERIFY(!second.ok());
        QVERIFY(wordsOf(second.status()).find("hdfs://a/b") != std::string::npos);
        QVERIFY(CheckpointLock::isTaken(folder, "hdfs://a/b"));
    }
    QVERIFY(!CheckpointLock::isTaken(folder, "hdfs://a/b"));
    QVERIFY(CheckpointLock::take(folder, "hdfs://a/b").ok());
    QVERIFY(fs::is_empty(sparkRunsFolder(folder)));
}

void TestSparkEnds::aProgramHoldsTheLockOn() {
    const testing::ScratchFolder scratch("lock");
    const std::string folder = scratch.path().string();
    fs::create_directories(sparkRunsFolder(folder));
    std::unique_ptr<ChildProcess> child;
    {
        const auto lock = CheckpointLock::take(folder, "here");
        QVERIFY(lock.ok());
        auto started = ChildProcess::start({{"sleep", "1000"}, childEnvironment(), lock->descriptor()});
        QVERIFY(started.ok());
        child = std::move(*started);
    }
    QVERIFY(CheckpointLock::isTaken(folder, "here"));
    child.reset();
    QVERIFY(!CheckpointLock::isTaken(folder, "here"));
}

void TestSparkEnds::theEndOfTheWindowKeepsTheCheckpoint() {
    Submit submit(std::string(kKeeps) + kRuns + kForever);
    auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Running));
    const std::vector<Deployment> running = submit.remembered();
    QCOMPARE(running.size(), std::size_t{1});
    QCOMPARE(running[0].savepoints.size(), std::size_t{1});  // this program may be gone at the end
    QVERIFY(CheckpointLock::isTaken(submit.request.deployments, running[0].savepoints[0].path));
    run.reset();
    const std::vector<Deployment> left = submit.remembered();
    QVERIFY(left[0].ended > 0);
    QCOMPARE(left[0].state, std::string("CANCELED"));
    QCOMPARE(left[0].savepoints.size(), std::size_t{1});
    const Status usable = usableCheckpoint(left[0].savepoints[0].path);
    QVERIFY2(usable.ok(), wordsOf(usable).c_str());
    QVERIFY(!CheckpointLock::isTaken(submit.request.deployments, left[0].savepoints[0].path));
    std::vector<std::string> unreadable;
    QCOMPARE(DeploymentStore(submit.request.deployments).all(&unreadable).size(), std::size_t{1});
    QVERIFY(unreadable.empty());  // files that runs leave beside records are none
}

void TestSparkEnds::aCancelledRunLeavesNothing() {
    Submit submit(std::string(kKeeps) + kRuns + kForever);
    const auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Running));
    run->cancel();
    run->stop({});  // too late for the checkpoint
    QVERIFY(reaches(*run, ClusterState::Stopped));
    QVERIFY(run->look().savepoint.empty());
    QVERIFY(submit.remembered().at(0).savepoints.empty());
    QCOMPARE(submit.foldersLeft(), std::size_t{0});
}

void TestSparkEnds::aFinishedRunLeavesNothing() {
    Submit submit(std::string(kKeeps) + kRuns + "echo '{\"event\": \"ended\", \"good\": true}'");
    const auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Finished));
    QVERIFY(submit.remembered().at(0).savepoints.empty());
    QCOMPARE(submit.foldersLeft(), std::size_t{0});
}

void TestSparkEnds::stoppedWhenAllWasDone() {
    Submit submit(std::string(kKeeps) + kRuns +
                  "trap 'echo \"{\\\"event\\\": \\\"ended\\\", \\\"good\\\": true}\"; exit 0' TERM\n" +
                  kForever);
    const auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Running));
    run->stop({});
    QVERIFY(reaches(*run, ClusterState::Finished));
}

void TestSparkEnds::aFailureKeepsTheCheckpoint() {
    Submit submit(std::string(kKeeps) + kRuns +
                  "echo '{\"event\": \"failed\", \"node\": \"out\", \"error\": \"[STREAM_FAILED] Query "
                  "[id = 1] ended: [DIVIDE_BY_ZERO] no\\n at java\"}'\nexit 1");
    const auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Failed));
    const ClusterStatus look = run->look();
    QVERIFY(wordsOf(look.failure).find("Spark says: [DIVIDE_BY_ZERO] no") != std::string::npos);
    QVERIFY(wordsOf(look.failure).find("resume") != std::string::npos);
    QVERIFY(!look.savepoint.empty());
    QCOMPARE(submit.remembered().at(0).savepoints.at(0).path, look.savepoint);
    QCOMPARE(submit.foldersLeft(), std::size_t{1});
}

void TestSparkEnds::resumesInThePlaceOfTheOldOne() {
    Submit submit("echo \"$@\" > \"$(dirname \"$0\")/asked\"\nnumber=$(date +%s%N)\n" + std::string(kKeeps) +
                  "trap 'exit 0' TERM\n"
                  "echo \"{\\\"event\\\": \\\"running\\\", \\\"application\\\": \\\"local-$number\\\"}\"\n" +
                  kForever);
    submit.request.savepoint = stopped(submit);
    QVERIFY2(fs::is_directory(submit.request.savepoint), submit.request.savepoint.c_str());
    const auto run = runOnSpark(submit.request);
    QVERIFY2(reaches(*run, ClusterState::Running), wordsOf(run->look().failure).c_str());
    // Spark would refuse the checkpoint of a query that was stopped in its first moment.
    const std::string asked = lineOf(submit.folder() + "/asked");
    QVERIFY2(asked.find("verifyCheckpointDirectoryEmptyOnStart=false") != std::string::npos, asked.c_str());
    const std::vector<Deployment> both = submit.remembered();
    QCOMPARE(both.size(), std::size_t{2});
    QCOMPARE(both[0].resumedFrom, submit.request.savepoint);
    QCOMPARE(both[0].savepoints.size(), std::size_t{1});
    QVERIFY(both[1].savepoints.empty());  // the old content is another one's now
    const auto second = runOnSpark(submit.request);
    QVERIFY(reaches(*second, ClusterState::Refused));
    QVERIFY(english(second->look().issues.at(0)).find("just now") != std::string::npos);
    run->cancel();
    QVERIFY(reaches(*run, ClusterState::Stopped));
    QVERIFY(fs::is_directory(submit.request.savepoint));  // it was there before this run
    QCOMPARE(submit.foldersLeft(), std::size_t{1});
}

void TestSparkEnds::whereThereIsNoCheckpoint() {
    Submit submit("touch \"$(dirname \"$0\")/started\"");
    for (const std::string& folder : {submit.folder() + "/none", submit.folder()}) {
        submit.request.savepoint = folder;
        const auto run = runOnSpark(submit.request);
        QVERIFY(reaches(*run, ClusterState::Refused));
        QVERIFY(english(run->look().issues.at(0)).find(folder) != std::string::npos);
        QVERIFY(!run->look().issues.at(0).fix.empty());
    }
    QVERIFY(!fs::exists(submit.folder() + "/started"));
    QCOMPARE(submit.foldersLeft(), std::size_t{0});
    QVERIFY(usableCheckpoint("hdfs://computer/none").ok());  // only the cluster can look there
}

void TestSparkEnds::aRemoteMasterKeepsItAtTheData() {
    Submit submit("echo \"$@\" > \"$(dirname \"$0\")/asked\"\n" + std::string(kRuns) + kForever);
    submit.request.target.spark.master = "spark://computer:7077";
    submit.request.target.folder = submit.folder() + "/shared";
    const std::string kept = stopped(submit);
    QVERIFY2(kept.starts_with(submit.folder() + "/shared/_rillwright/"), kept.c_str());
    const std::string asked = lineOf(submit.folder() + "/asked");
    QVERIFY2(asked.find("--checkpoint " + kept) != std::string::npos, asked.c_str());
    QVERIFY2(asked.find("--deploy-mode client") != std::string::npos, asked.c_str());
}

void TestSparkEnds::forgottenWithItsCheckpoint() {
    Submit submit(std::string(kKeeps) + kRuns + kForever);
    const std::string kept = stopped(submit);
    const std::string& deployments = submit.request.deployments;
    Deployment run = submit.remembered().at(0);
    {
        const auto lock = CheckpointLock::take(deployments, kept);
        dropCheckpoints(deployments, run);
        QVERIFY(fs::is_directory(kept));  // a run has it
    }
    Deployment elsewhere = run;
    fs::create_directories(submit.folder() + "/mine/checkpoint");
    elsewhere.savepoints = {{submit.folder() + "/mine/checkpoint", 1}};
    dropCheckpoints(deployments, elsewhere);
    QVERIFY(fs::is_directory(submit.folder() + "/mine/checkpoint"));
    dropCheckpoints(deployments, run);
    QVERIFY(!fs::exists(kept));
    QCOMPARE(submit.foldersLeft(), std::size_t{0});
}

void TestSparkEnds::eventsAmongNoise() {
    Submit submit(
        "printf '%s\\n' 'Traceback {x} {\"event\": \"running\", \"application\": \"local-1\"} WARN {y}'\n"
        "echo '{\"event\": \"rows\", \"sink\": \"shown\", \"rows\": [[\"a'\n"
        "echo '{\"event\": \"ended\", \"good\": true}INFO'");
    const auto run = runOnSpark(submit.request);
    QVERIFY2(reaches(*run, ClusterState::Finished), wordsOf(run->look().failure).c_str());
    const ClusterStatus look = run->look();
    QCOMPARE(look.job, std::string("local-1"));
    const bool told = std::any_of(look.notes.begin(), look.notes.end(), [](const Text& note) {
        return english(note).find("came cut") != std::string::npos;
    });
    QVERIFY(told);
}

void TestSparkEnds::isToldToRunTwice() {
    Submit submit(std::string(kRuns) + "echo '{\"event\": \"running\", \"application\": \"local-2\"}'\n" +
                  kForever);
    const auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Running));
    QTRY_VERIFY(run->look().figures.sourceRows.has_value());
    QCOMPARE(run->look().job, std::string("local-1"));
    QCOMPARE(submit.remembered().size(), std::size_t{1});
}

void TestSparkEnds::lateRowsAreAtLeastSoMany() {
    const auto told = [](const char* window) {
        const std::string progress =
            "echo '{\"event\": \"progress\", \"query\": \"rill_out\", \"rows_in\": 7, \"state\": "
            "[{\"late_at_least\": 1}, {\"late_at_least\": 3}]}'\n";
        Submit submit(std::string(kRuns) + progress + progress + kForever);
        Json params{{"window", window},
                    {"size", "1min"},
                    {"keys", {"k"}},
                    {"aggregates", Json::array({"COUNT(*) AS n"})}};
        if (std::string(window) == "hop") params["slide"] = "30s";
        Pipeline& pipeline = submit.request.pipeline;
        pipeline.nodes.push_back(node("minutes", "window_aggregate", params));
        pipeline.wires = {wire("bids", "shown"), wire("bids", "minutes"), wire("minutes", "out")};
        const auto run = runOnSpark(submit.request);
        const bool seen = QTest::qWaitFor([&run] { return run->look().figures.sourceRows.value_or(0) == 14; },
                                          static_cast<int>(kPatience));
        return seen ? run->look().figures.nodes["minutes"] : NodeFigures();
    };
    const NodeFigures tumbling = told("tumble");
    QVERIFY(tumbling.late.has_value());
    QCOMPARE(*tumbling.late, std::uint64_t{6});
    QVERIFY(tumbling.lateAtLeast);
    QVERIFY(!told("hop").late.has_value());  // a row may count in several windows
}

void TestSparkEnds::endsWithoutAWord() {
    Submit submit("exit 0");
    const auto run = runOnSpark(submit.request);
    QVERIFY(reaches(*run, ClusterState::Failed));
    QVERIFY(wordsOf(run->look().failure).find("never told") != std::string::npos);
    QCOMPARE(submit.foldersLeft(), std::size_t{0});
}

QTEST_GUILESS_MAIN(TestSparkEnds)
#include "test_spark_ends.moc"
