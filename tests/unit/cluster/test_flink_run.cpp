// A run on a Flink from its check to its end, with all that a cluster does in between.
#include <QtTest/QtTest>
#include <chrono>
#include <functional>
#include <thread>

#include "core/cluster/cluster_run.h"
#include "core/cluster/deployment_store.h"
#include "core/nodes/catalogue.h"
#include "core/views/table_view.h"
#include "tests/support/pipeline_of.h"
#include "tests/unit/cluster/fake_flink.h"

using namespace rw;
using namespace rw::test;

namespace {

using Mood = FakeFlink::Mood;
using Sort = FakeFlink::Sort;
using Stage = FakeFlink::Stage;

constexpr const char* kDivided =
    "org.apache.flink.runtime.JobException: Recovery is suppressed\n\tat a.B\nCaused by: "
    "java.lang.ArithmeticException: / by zero\n\tat a.B";

/// A file, a filter, a table that is looked at; and, unless there are charts alone, a file to write.
Pipeline pipelineOf(bool sink) {
    Pipeline pipeline;
    pipeline.name = "test";
    pipeline.nodes = {node("bids", "csv_source",
                           {{"path", "bids.csv"},
                            {"columns", Json::array({"k STRING", "v INT", "ts TIMESTAMP(3)"})},
                            {"event_time", "ts"},
                            {"watermark_delay", "5s"}}),
                      node("big", "filter", {{"condition", "v > 1"}}),
                      node("table", "table_view", {{"order", Json::array({"k"})}})};
    pipeline.wires = {wire("bids", "big"), wire("big", "table")};
    if (!sink) return pipeline;
    pipeline.nodes.push_back(node("out", "csv_sink", {{"path", "out.csv"}}));
    pipeline.wires.push_back(wire("big", "out"));
    return pipeline;
}

/// Long, for machines that have much else to do.
template <class Holds>
bool until(Holds&& holds) {
    for (int i = 0; i < 12'000; ++i) {
        if (holds()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

/// A run on a fake, and the folder of what is remembered. The run ends before the fake does.
struct Bench {
    FakeFlink flink{};
    QTemporaryDir folder{};
    std::unique_ptr<ClusterRun> run{};

    ClusterRequest request(bool sink = true) {
        ClusterRequest request;
        request.target = flink.target();
        request.catalogue = std::make_shared<const Catalogue>(builtin());
        request.pipeline = pipelineOf(sink);
        request.validate.folder = "/data";
        request.validate.file = "/data/test.rill";
        request.validate.files = false;
        request.pollEvery = 10;
        request.deployments = folder.path().toStdString();
        return request;
    }
    void deploy(ClusterRequest with) { run = deployToFlink(std::move(with)); }
    void deploy() { deploy(request()); }
    /// Without charts, where they are not what a test is about.
    void deployBare() {
        ClusterRequest bare = request();
        bare.charts = false;
        deploy(std::move(bare));
    }
    DeploymentStore store() const { return DeploymentStore(folder.path().toStdString()); }
    ClusterState state() const { return run->look().state; }
    bool comesTo(ClusterState wanted) const {
        const bool came = until([&] { return state() == wanted || isOver(state()); });
        if (state() == wanted) return true;
        const ClusterLook look = run->look();
        std::printf("%s: state %d instead of %d; job %s %s; failure: %s; silence: %s\n",
                    came ? "it is over" : "it does not get there", static_cast<int>(look.state),
                    static_cast<int>(wanted), look.job.c_str(), look.jobState.c_str(),
                    look.failure.ok() ? "none" : english(look.failure.error()).c_str(),
                    look.silence.ok() ? "none" : english(look.silence.error()).c_str());
        for (const Issue& issue : look.issues) std::printf("    %s\n", english(issue).c_str());
        for (const Text& note : look.notes) std::printf("    note: %s\n", english(note).c_str());
        return false;
    }
    bool notes(const std::string& part) const {
        const ClusterLook look = run->look();
        return std::any_of(look.notes.begin(), look.notes.end(),
                           [&](const Text& note) { return english(note).find(part) != std::string::npos; });
    }
    bool nothingRuns() const {
        return until([&] { return flink.running(Sort::Insert) == 0 && flink.running(Sort::Query) == 0; });
    }
    /// The run has looked at its job since.
    bool looksOnce() const {
        const auto looks = [this] { return flink.bodies("GET /jobs/" + flink.lastJob(Sort::Insert)).size(); };
        const std::size_t before = looks();
        // What is asked for one look may still come; a further one has its own.
        const std::uint64_t version = run->look().version;
        return until([&] { return looks() > before + 10 && run->look().version > version; });
    }
    bool silent() const { return !run->look().silence.ok(); }
    std::string tableRows() const {
        const auto view = std::dynamic_pointer_cast<TableView>(run->view("table"));
        std::string out;
        if (!view) return out;
        for (const TableRowRef& row : view->snapshot().rows) out += std::get<std::string>(row->front()) + " ";
        return out;
    }
};

std::vector<std::string> rowOf(const std::string& key) {
    return {"table", key, "2", "2024-01-01 00:00:01.000"};
}

}  // namespace

class TestFlinkRun : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void fromTheCheckToTheEnd() {
        Bench bench;
        bench.flink.addPage({rowOf("a"), rowOf("b")});
        bench.deploy();
        QVERIFY(bench.comesTo(ClusterState::Running));
        const std::string job = bench.flink.lastJob(Sort::Insert);
        ClusterLook look = bench.run->look();
        QCOMPARE(look.job, job);
        QCOMPARE(look.jobState, std::string("RUNNING"));
        QVERIFY(look.started > 0 && look.answered > 0 && look.ended == 0);
        const auto record = bench.store().find(job);
        QVERIFY(record.ok());
        QCOMPARE(record->target, std::string("fake"));
        QCOMPARE(record->file, std::string("/data/test.rill"));
        QCOMPARE(record->ended, Instant{0});
        QVERIFY(until([&] { return bench.run->look().checkpoint.has_value(); }));
        QCOMPARE(bench.run->look().checkpoint->id, std::int64_t{3});

        QVERIFY(until([&] { return bench.tableRows() == "a b "; }));
        QVERIFY(until([&] { return bench.run->look().figures.nodes["table"].rowsIn == std::uint64_t{2}; }));
        QVERIFY(bench.run->look().figures.at > 0);
        bench.flink.addPage({rowOf("c")});
        QVERIFY(until([&] { return bench.tableRows() == "a b c "; }));

        const std::uint64_t version = bench.run->look().version;
        bench.flink.put(Sort::Insert, "FINISHED");
        QVERIFY(bench.comesTo(ClusterState::Finished));
        look = bench.run->look();
        QVERIFY(look.version > version);
        QVERIFY(look.ended > 0 && look.failure.ok() && look.silence.ok() && look.savepoint.empty());
        QCOMPARE(bench.store().find(job)->state, std::string("FINISHED"));
        QVERIFY(bench.store().find(job)->ended > 0);

        // The charts go on to their own end.
        bench.flink.addPage({rowOf("d")});
        QVERIFY(until([&] { return bench.tableRows() == "a b c d "; }));
        bench.flink.endPages();
        QVERIFY(bench.nothingRuns());
        QVERIFY(until([&] {
            const auto view = std::dynamic_pointer_cast<TableView>(bench.run->view("table"));
            return view && view->totals().watermark == kMaxTimestamp;
        }));
        QVERIFY(until([&] { return bench.flink.openSessions() == 0; }));
        QVERIFY(!bench.flink.harmed());
        QVERIFY(bench.run->look().chartTrouble.ok());
        QVERIFY(bench.run->view("bids") == nullptr);
        QCOMPARE(bench.run->deployment()->job, job);
    }

    void aShortJobHasItsChartsAllTheSame() {
        Bench bench;
        bench.flink.addPage({rowOf("a")});
        bench.flink.holdAt(Sort::Insert, Stage::Created);
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.started(Sort::Insert) == 1; }));
        bench.flink.put(Sort::Insert, "FINISHED");
        QVERIFY(bench.comesTo(ClusterState::Finished));
        QVERIFY(until([&] { return bench.tableRows() == "a "; }));
        bench.run->cancel();  // it is over, but for the charts
        QVERIFY(bench.nothingRuns());
        QVERIFY(!bench.flink.harmed());
        QCOMPARE(bench.state(), ClusterState::Finished);
    }

    void whatWeRefuseIsNotEvenAsked() {
        Bench bench;
        ClusterRequest request = bench.request();
        request.pipeline.nodes.push_back(node("slow", "throttle", {{"rate", 10}}));
        request.pipeline.wires[0] = wire("bids", "slow");
        request.pipeline.wires.push_back(wire("slow", "big"));
        bench.deploy(std::move(request));
        QVERIFY(bench.comesTo(ClusterState::Refused));
        const ClusterLook look = bench.run->look();
        QVERIFY(!look.issues.empty());
        QCOMPARE(look.issues.front().node, std::string("slow"));
        QVERIFY(bench.flink.gateway().requests().empty());
        QVERIFY(!bench.run->deployment());
    }

    void whatThePlannerRefusesIsAtItsNode() {
        Bench bench;
        bench.flink.refuse("CREATE TEMPORARY VIEW `big`",
                           "x.Y: z\n\tat a.B\nCaused by: a.B: From line 3, column 7 to line 3, column 11: "
                           "Column 'prize' not found\n\tat a.B");
        bench.deploy();
        QVERIFY(bench.comesTo(ClusterState::Refused));
        const ClusterLook look = bench.run->look();
        QVERIFY(!look.issues.empty());
        QCOMPARE(look.issues.front().node, std::string("big"));
        QCOMPARE(bench.flink.started(Sort::Insert), 0);
        QVERIFY(until([&] { return bench.flink.openSessions() == 0; }));
    }

    void aCheckGivesNothingIn() {
        Bench bench;
        ClusterRequest request = bench.request();
        request.checkOnly = true;
        bench.deploy(std::move(request));
        QVERIFY(bench.comesTo(ClusterState::Finished));
        QCOMPARE(bench.flink.started(Sort::Insert) + bench.flink.started(Sort::Query), 0);
        QVERIFY(bench.store().all().empty());
    }

    void chartsThatAreOffHaveNoJob() {
        Bench bench;
        ClusterRequest request = bench.request();
        request.target.flink.charts = false;
        bench.deploy(std::move(request));
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.put(Sort::Insert, "FINISHED");
        QVERIFY(bench.comesTo(ClusterState::Finished));
        QCOMPARE(bench.flink.started(Sort::Query), 0);

        ClusterRequest alone = bench.request(false);
        alone.charts = false;
        bench.deploy(std::move(alone));
        QVERIFY(bench.comesTo(ClusterState::Refused));
    }

    void nobodyIsThere() {
        Bench bench;
        ClusterRequest request = bench.request();
        request.target.flink.gateway = nobodysAddress();
        bench.deploy(std::move(request));
        QVERIFY(bench.comesTo(ClusterState::Failed));
        QVERIFY(english(bench.run->look().failure.error()).find("Nothing answers") != std::string::npos);
    }

    void wrongGateways_data() {
        QTest::addColumn<int>("mood");
        QTest::newRow("garbage") << static_cast<int>(Mood::Garbage);
        QTest::newRow("500") << static_cast<int>(Mood::Error);
        QTest::newRow("breaks off") << static_cast<int>(Mood::Away);
    }

    void wrongGateways() {
        QFETCH(int, mood);
        Bench bench;
        bench.flink.setGateway(static_cast<Mood>(mood));
        bench.deploy();
        QVERIFY(bench.comesTo(ClusterState::Failed));
        QVERIFY(!bench.run->look().failure.ok());
        QCOMPARE(bench.flink.started(Sort::Insert), 0);
    }

    void aGatewayThatNeverAnswersKeepsNobody() {
        Bench bench;
        bench.flink.setGateway(Mood::Never);
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.hanging() == 1; }));
        QCOMPARE(bench.state(), ClusterState::Checking);
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.hanging() == 2; }));
        bench.run.reset();
        QCOMPARE(bench.flink.started(Sort::Insert), 0);
    }

    void cancelWhileItIsChecked() {
        Bench bench;
        bench.flink.refuse("EXPLAIN", {});
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.hanging() > 0; }));
        bench.run->cancel();
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QCOMPARE(bench.flink.started(Sort::Insert), 0);
        QVERIFY(bench.store().all().empty());
        bench.run->stop("/elsewhere");
        QCOMPARE(bench.state(), ClusterState::Stopped);
    }

    /// The job is there, and nobody has said so yet.
    void cancelWhileItIsGivenIn() {
        Bench bench;
        bench.flink.holdIds(true);
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.running(Sort::Insert) == 1; }));
        bench.run->cancel();
        QCOMPARE(bench.state(), ClusterState::Stopping);
        bench.flink.holdIds(false);
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(bench.nothingRuns());
        QCOMPARE(bench.store().find(bench.flink.lastJob(Sort::Insert))->state, std::string("CANCELED"));
    }

    void leftWhileItIsGivenInAndCancelled() {
        Bench bench;
        bench.flink.holdIds(true);
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.running(Sort::Insert) == 1; }));
        bench.run->cancel();
        std::thread answers([&] { bench.flink.holdIds(false); });
        bench.run.reset();
        answers.join();
        QVERIFY(bench.nothingRuns());
    }

    void leftWhileItIsGivenIn() {
        Bench bench;
        bench.flink.holdIds(true);
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.running(Sort::Insert) == 1; }));
        std::thread answers([&] { bench.flink.holdIds(false); });
        bench.run.reset();
        answers.join();
        // Nobody wanted its end: it goes on, and can be found again.
        QCOMPARE(bench.flink.running(Sort::Insert), 1);
        QVERIFY(bench.store().find(bench.flink.lastJob(Sort::Insert)).ok());
    }

    void theClusterIsAwayForAWhile_data() { wrongGateways_data(); }

    void theClusterIsAwayForAWhile() {
        QFETCH(int, mood);
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.setJobManager(static_cast<Mood>(mood));
        QVERIFY(until([&] { return bench.silent(); }));
        const Instant answered = bench.run->look().answered;
        QVERIFY(answered > 0);
        QCOMPARE(bench.state(), ClusterState::Running);
        bench.flink.setJobManager(Mood::Right);
        QVERIFY(until([&] { return !bench.silent(); }));
        QCOMPARE(bench.state(), ClusterState::Running);
        QVERIFY(bench.run->look().answered >= answered);
    }

    void theClusterIsAwayWhenItIsCancelled() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.setJobManager(Mood::Away);
        QVERIFY(until([&] { return bench.silent(); }));
        bench.run->cancel();
        QVERIFY(until([&] { return bench.flink.asked("PATCH"); }));
        QCOMPARE(bench.state(), ClusterState::Stopping);
        bench.flink.setJobManager(Mood::Right);
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(bench.nothingRuns());
    }

    void cancelledWhileARequestHangs() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.setJobManager(Mood::Never);
        QVERIFY(until([&] { return bench.flink.hanging() > 0; }));
        bench.flink.setJobManager(Mood::Right);
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(bench.nothingRuns());
        QCOMPARE(bench.store().all().front().state, std::string("CANCELED"));
    }

    void leftWhileARequestHangs() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.setJobManager(Mood::Never);
        QVERIFY(until([&] { return bench.flink.hanging() > 0; }));
        bench.run.reset();
        QCOMPARE(bench.flink.running(Sort::Insert), 1);
    }

    void somebodyElseEndsIt() {
        Bench bench;
        bench.deploy();
        QVERIFY(bench.comesTo(ClusterState::Running));
        QVERIFY(until([&] { return bench.flink.running(Sort::Query) == 1; }));
        bench.flink.put(Sort::Insert, "CANCELED");
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(bench.nothingRuns());
        QVERIFY(!bench.flink.harmed());
        QCOMPARE(bench.store().all().front().state, std::string("CANCELED"));
    }

    void nobodyKnowsItAnyMore() {
        Bench bench;
        bench.deploy();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.forget(1);
        QVERIFY(until([&] { return !bench.flink.forgets(); }));
        QVERIFY(bench.looksOnce());
        QCOMPARE(bench.state(), ClusterState::Running);
        bench.flink.forget();
        QVERIFY(bench.comesTo(ClusterState::Gone));
        QVERIFY(bench.store().all().front().ended > 0);
    }

    void theJobFailsAtANode() {
        Bench bench;
        bench.deploy();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.put(Sort::Insert, "FAILED", kDivided, "out[23]: Writer (1/1)#0");
        QVERIFY(bench.comesTo(ClusterState::Failed));
        const Error error = bench.run->look().failure.error();
        QVERIFY(english(error).find("/ by zero") != std::string::npos);
        QCOMPARE(error.node, std::string("out"));
        QVERIFY(bench.nothingRuns());
    }

    void theClusterStartsItAgain() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.put(Sort::Insert, "RESTARTING", kDivided);
        QVERIFY(bench.comesTo(ClusterState::Restarting));
        QVERIFY(until([&] { return bench.notes("/ by zero"); }));
        const auto states = {"SUSPENDED", "RECONCILING", "FAILING"};
        for (const char* const word : states) {
            bench.flink.put(Sort::Insert, word, kDivided);
            QVERIFY(until([&] { return bench.run->look().jobState == word; }));
            QCOMPARE(bench.state(), ClusterState::Restarting);
        }
        bench.flink.put(Sort::Insert, "RUNNING", kDivided);
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.put(Sort::Insert, "CANCELLING");
        QVERIFY(bench.comesTo(ClusterState::Stopping));
        bench.flink.put(Sort::Insert, "CANCELED");
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        const ClusterLook look = bench.run->look();
        QCOMPARE(std::count_if(
                     look.notes.begin(), look.notes.end(),
                     [](const Text& note) { return english(note).find("/ by zero") != std::string::npos; }),
                 std::ptrdiff_t{1});
    }

    void stoppedWithASavepoint() {
        Bench bench;
        bench.deploy();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.run->stop("file:/savepoints");
        QCOMPARE(bench.state(), ClusterState::Stopping);
        bench.run->stop("file:/elsewhere");
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        const auto bodies = bench.flink.bodies("/stop");
        QCOMPARE(bodies.size(), std::size_t{1});
        QCOMPARE(bodies.front(), std::string("{\"drain\":false,\"targetDirectory\":\"file:/savepoints\"}"));
        const std::string path = "file:/savepoints/savepoint-1";
        QCOMPARE(bench.run->look().savepoint, path);
        const auto record = bench.store().find(bench.flink.lastJob(Sort::Insert));
        QVERIFY(record.ok() && record->savepoints.size() == 1);
        QCOMPARE(record->savepoints.front().path, path);
        QVERIFY(record->ended > 0);
        QVERIFY(bench.nothingRuns());
        QVERIFY(!bench.flink.harmed());
    }

    void stoppedBeforeItRuns() {
        Bench bench;
        bench.flink.holdAt(Sort::Insert, Stage::Deploying);
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Starting));
        QVERIFY(until([&] { return !bench.run->look().job.empty(); }));
        bench.run->stop({});
        QVERIFY(bench.looksOnce());
        QVERIFY(!bench.flink.asked("/stop"));
        bench.flink.holdAt(Sort::Insert, Stage::Running);
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QCOMPARE(bench.flink.bodies("/stop").front(), std::string("{\"drain\":false}"));
    }

    void thereIsNoSavepoint() {
        Bench bench;
        bench.flink.failSavepoints(
            "java.util.concurrent.CompletionException: x\n\tat a.B\nCaused by: a.B: No savepoint "
            "directory\n");
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.run->stop({});
        QVERIFY(until([&] { return bench.notes("No savepoint directory” Name a folder"); }));
        QVERIFY(bench.comesTo(ClusterState::Running));
        QVERIFY(bench.run->look().savepoint.empty());
        bench.run->stop("file:/nowhere");
        QVERIFY(until([&] { return bench.notes("“file:/nowhere”"); }));
        QVERIFY(bench.comesTo(ClusterState::Running));
        // While a savepoint is on its way, too, a job can be cancelled.
        bench.run->stop({});
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(bench.nothingRuns());
    }

    /// Ended before its tasks run, the charts' query would take the TaskManager with it.
    void aYoungQueryIsNotClosed() {
        Bench bench;
        bench.flink.holdAt(Sort::Query, Stage::Initializing);
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.running(Sort::Query) == 1; }));
        const std::string query = bench.flink.lastJob(Sort::Query);
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        const auto looks = [&] { return bench.flink.bodies("GET /jobs/" + query).size(); };
        const std::size_t before = looks();
        QVERIFY(until([&] { return looks() > before + 2; }));
        QCOMPARE(bench.flink.running(Sort::Query), 1);
        bench.flink.holdAt(Sort::Query, Stage::Running);
        QVERIFY(bench.nothingRuns());
        QVERIFY(!bench.flink.harmed());
    }

    void leavingEndsTheChartsAlone() {
        Bench bench;
        bench.flink.holdAt(Sort::Query, Stage::Deploying);
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.running(Sort::Query) == 1; }));
        std::thread runs([&] { bench.flink.holdAt(Sort::Query, Stage::Running); });
        bench.run.reset();
        runs.join();
        QCOMPARE(bench.flink.running(Sort::Query), 0);
        QCOMPARE(bench.flink.running(Sort::Insert), 1);
        QVERIFY(!bench.flink.harmed());
    }

    void whatTroublesTheChartsIsNoTroubleOfTheJob() {
        Bench bench;
        bench.flink.addPage({rowOf("a")});
        bench.flink.addPage({{"table", "b", "two", "2024-01-01 00:00:01.000"}});
        bench.deploy();
        QVERIFY(bench.comesTo(ClusterState::Running));
        QVERIFY(until([&] { return !bench.run->look().chartTrouble.ok(); }));
        QCOMPARE(bench.run->look().chartTrouble.error().node, std::string("table"));
        QCOMPARE(bench.tableRows(), std::string("a "));
        QVERIFY(until([&] { return bench.flink.running(Sort::Query) == 0; }));
        QCOMPARE(bench.state(), ClusterState::Running);
        QVERIFY(!bench.flink.harmed());
    }

    void theGatewayIsAwayForAWhile() {
        Bench bench;
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.running(Sort::Query) == 1; }));
        bench.flink.setGateway(Mood::Garbage);
        QVERIFY(until([&] { return !bench.run->look().chartTrouble.ok(); }));
        QCOMPARE(bench.state(), ClusterState::Running);
        bench.flink.addPage({rowOf("a")});
        bench.flink.setGateway(Mood::Right);
        QVERIFY(until([&] { return bench.tableRows() == "a "; }));
        QVERIFY(until([&] { return bench.run->look().chartTrouble.ok(); }));
        // Without a gateway the JobManager ends the query.
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.setGateway(Mood::Garbage);
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(bench.nothingRuns());
        QVERIFY(!bench.flink.harmed());
    }

    void chartsAlone() {
        Bench bench;
        bench.flink.addPage({rowOf("a")});
        bench.deploy(bench.request(false));
        QVERIFY(bench.comesTo(ClusterState::Running));
        QCOMPARE(bench.run->look().job, bench.flink.lastJob(Sort::Query));
        QCOMPARE(bench.flink.started(Sort::Insert), 0);
        QVERIFY(!bench.run->deployment());
        QVERIFY(until([&] { return bench.tableRows() == "a "; }));
        bench.run->stop({});
        QVERIFY(until([&] { return bench.notes("cancel the job instead"); }));
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(bench.nothingRuns());
        QVERIFY(!bench.flink.harmed());
        QVERIFY(bench.store().all().empty());

        bench.deploy(bench.request(false));
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.endPages();
        QVERIFY(bench.comesTo(ClusterState::Finished));
    }

    void foundAgain() {
        Bench bench;
        bench.deploy();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.run.reset();
        QCOMPARE(bench.flink.running(Sort::Insert), 1);
        const std::vector<Deployment> known = bench.store().of("/data/test.rill");
        QCOMPARE(known.size(), std::size_t{1});
        bench.flink.addPage({rowOf("a")});
        ClusterRequest request = bench.request();
        request.pipeline = {};
        bench.run = watchOnFlink(std::move(request), known.front());
        QVERIFY(bench.comesTo(ClusterState::Running));
        QCOMPARE(bench.run->look().job, known.front().job);
        QVERIFY(until([&] { return bench.tableRows() == "a "; }));
        QCOMPARE(bench.flink.started(Sort::Insert), 1);
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(bench.nothingRuns());

        // Over long ago: nothing is started for it.
        const int queries = bench.flink.started(Sort::Query);
        bench.run = watchOnFlink(bench.request(), bench.store().all().front());
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QCOMPARE(bench.flink.started(Sort::Query), queries);
    }

    void aSecretThatCanNotBeHadIsNoEndOfAJob() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.run.reset();
        ClusterRequest request = bench.request();
        request.target.flink.token = {SecretRef::Kind::Keyring, "flink"};
        request.secrets = [](const SecretRef&) -> Result<std::string> {
            return Status(ErrorCode::Io, RW_TEXT("test", "The keyring is locked."));
        };
        bench.run = watchOnFlink(std::move(request), bench.store().all().front());
        QVERIFY(until([&] { return bench.silent(); }));
        QVERIFY(!isOver(bench.state()));
        bench.run.reset();
        QCOMPARE(bench.flink.running(Sort::Insert), 1);
    }
};

QTEST_APPLESS_MAIN(TestFlinkRun)
#include "test_flink_run.moc"
