// A run on a Flink is ended: cancelled, stopped, left, by us or by others; and so are its charts.
#include <QtTest/QtTest>
#include <thread>

#include "tests/unit/cluster/flink_bench.h"

using namespace rw;
using namespace rw::test;

class TestFlinkRunEnd : public QObject {
    Q_OBJECT

 private Q_SLOTS:
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

    /// The job is there, but its id was not told yet.
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
        // Its end was not asked for: it goes on, and can be found again.
        QCOMPARE(bench.flink.running(Sort::Insert), 1);
        QVERIFY(bench.store().find(bench.flink.lastJob(Sort::Insert)).ok());
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
        QVERIFY(bench.notes("not from here"));
    }

    void whatIsRememberedCanBeAmended() {
        Bench bench;
        ClusterRequest unsaved = bench.request();
        unsaved.charts = false;
        unsaved.validate.file.clear();
        bench.deploy(std::move(unsaved));
        QVERIFY(bench.comesTo(ClusterState::Running));
        QVERIFY(until([&] { return bench.run->deployment().has_value(); }));
        const std::string file = "/data/named.rill";
        bench.run->amend([file](Deployment& record) { record.file = file; });
        QCOMPARE(bench.store().of(file).size(), std::size_t{1});
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        const std::vector<Deployment> kept = bench.store().of(file);
        QCOMPARE(kept.size(), std::size_t{1});
        QCOMPARE(kept.front().state, std::string("CANCELED"));
        QVERIFY(!bench.notes("not from here"));
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
        bench.flink.holdAt(Sort::Insert, FakeFlink::Stage::Deploying);
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Starting));
        QVERIFY(until([&] { return !bench.run->look().job.empty(); }));
        bench.run->stop({});
        QVERIFY(bench.looksOnce());
        QVERIFY(!bench.flink.asked("/stop"));
        bench.flink.holdAt(Sort::Insert, FakeFlink::Stage::Running);
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

    /// It was taken all the same: the job ends with a savepoint, and that is found.
    void theAnswerToAStopIsLost() {
        Bench bench;
        bench.flink.loseStops();
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.run->stop({});
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(bench.notes("did not say whether it makes the savepoint"));
        QVERIFY(!bench.notes("goes on without"));
        QCOMPARE(bench.run->look().savepoint, std::string("file:/savepoints/savepoint-1"));
        QCOMPARE(bench.flink.bodies("/stop").size(), std::size_t{1});
    }

    void somebodyElseStopsIt() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.stopElsewhere("s3://bucket/one", 1);
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QCOMPARE(bench.run->look().savepoint, std::string("s3://bucket/one"));
        QCOMPARE(bench.store().all().front().savepoints.size(), std::size_t{1});

        bench.deployBareAgain();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.stopElsewhere("s3://bucket/two", 100);
        QVERIFY(bench.comesTo(ClusterState::Finished));
        QVERIFY(bench.notes("Whether the job ended with a savepoint is not known"));
    }

    /// Ended before its tasks run, the charts' query would take the TaskManager with it.
    void aYoungQueryIsNotClosed() {
        Bench bench;
        bench.flink.holdAt(Sort::Query, FakeFlink::Stage::Initializing);
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.running(Sort::Query) == 1; }));
        const std::string query = bench.flink.lastJob(Sort::Query);
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        const auto looks = [&] { return bench.flink.bodies("GET /jobs/" + query).size(); };
        const std::size_t before = looks();
        QVERIFY(until([&] { return looks() > before + 2; }));
        QCOMPARE(bench.flink.running(Sort::Query), 1);
        bench.flink.holdAt(Sort::Query, FakeFlink::Stage::Running);
        QVERIFY(bench.nothingRuns());
        QVERIFY(!bench.flink.harmed());
    }

    void leavingEndsTheChartsAlone() {
        Bench bench;
        bench.flink.holdAt(Sort::Query, FakeFlink::Stage::Deploying);
        bench.deploy();
        QVERIFY(until([&] { return bench.flink.running(Sort::Query) == 1; }));
        std::thread runs([&] { bench.flink.holdAt(Sort::Query, FakeFlink::Stage::Running); });
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
};

QTEST_APPLESS_MAIN(TestFlinkRunEnd)
#include "test_flink_run_end.moc"
