// A run on a Flink from its check on, with all that a cluster does meanwhile.
#include <QtTest/QtTest>

#include "tests/support/full_disk.h"
#include "tests/unit/cluster/flink_bench.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kDivided =
    "org.apache.flink.runtime.JobException: Recovery is suppressed\n\tat a.B\nCaused by: "
    "java.lang.ArithmeticException: / by zero\n\tat a.B";

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
        ClusterStatus look = bench.run->look();
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
        QVERIFY(until([&] { return bench.run->look().figures.nodes["table"].rowsIn == std::uint64_t{3}; }));

        const std::uint64_t version = bench.run->look().version;
        bench.flink.put(Sort::Insert, "FINISHED");
        QVERIFY(bench.comesTo(ClusterState::Finished));
        look = bench.run->look();
        QVERIFY(look.version > version);
        QVERIFY(look.ended > 0 && look.failure.ok() && look.connectionProblem.ok() && look.savepoint.empty());
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
        bench.flink.holdAt(Sort::Insert, FakeFlink::Stage::Created);
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
        const ClusterStatus look = bench.run->look();
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
        const ClusterStatus look = bench.run->look();
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

    void theAnswerToTheStartIsLost() {
        Bench bench;
        bench.flink.loseStarts(true);
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        const std::string job = bench.flink.lastJob(Sort::Insert);
        QCOMPARE(bench.run->look().job, job);
        QVERIFY(bench.notes("answer to the start was lost"));
        QCOMPARE(bench.flink.started(Sort::Insert), 1);
        QVERIFY(bench.store().find(job).ok());
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(bench.nothingRuns());
    }

    /// A job of the name that was there before is another one.
    void theStartIsLostOnItsWay() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.run.reset();
        bench.flink.loseStarts(false);
        bench.deployBareAgain();
        QVERIFY(bench.comesTo(ClusterState::Failed));
        QVERIFY(bench.notes("No job “test” has begun since then"));
        QVERIFY(bench.run->look().job.empty());
        QCOMPARE(bench.flink.running(Sort::Insert), 1);
        QCOMPARE(bench.store().all().size(), std::size_t{1});
    }

    void theStartIsLostAndNobodyCanBeAsked() {
        Bench bench;
        bench.flink.loseStarts(true);
        bench.flink.setJobManager(Mood::Garbage);
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Failed));
        QVERIFY(bench.notes("see in its web page whether “test” runs"));
    }

    void thereIsNoRoomForTheRecord() {
        Bench bench;
        {
            const FullDisk full;
            bench.deployBare();
            QVERIFY(bench.comesTo(ClusterState::Running));
            QVERIFY(bench.notes("The record of the job may be lost"));
            QVERIFY(bench.store().all().empty());
        }
        QVERIFY(until([&] { return bench.store().find(bench.run->look().job).ok(); }));
        QVERIFY(until([&] { return bench.notes("The job is remembered now"); }));
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
        QVERIFY(!bench.notes("one cluster"));
    }

    void theJobManagerIsAnotherClusters() {
        Bench bench;
        bench.flink.forget();
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Gone));
        QVERIFY(bench.notes("one cluster"));
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
        const ClusterStatus look = bench.run->look();
        QCOMPARE(std::count_if(
                     look.notes.begin(), look.notes.end(),
                     [](const Text& note) { return english(note).find("/ by zero") != std::string::npos; }),
                 std::ptrdiff_t{1});
    }

    /// Known counts are kept, but not beside counts of a job that was restarted.
    void countsOfBeforeAreNoneOfAJobThatBeganAnew() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.count(100, 90);
        const auto given = [&] { return bench.run->look().figures.sourceRows; };
        const auto passed = [&] { return bench.run->look().figures.nodes["big"].rowsOut; };
        QVERIFY(until([&] { return given() == std::uint64_t{100} && passed() == std::uint64_t{90}; }));
        bench.flink.count(120, {});  // a task has ended
        QVERIFY(until([&] { return given() == std::uint64_t{120}; }));
        QCOMPARE(*passed(), std::uint64_t{90});
        bench.flink.put(Sort::Insert, "RESTARTING", kDivided);
        QVERIFY(bench.comesTo(ClusterState::Restarting));
        bench.flink.count(7, {});
        bench.flink.put(Sort::Insert, "RUNNING");
        QVERIFY(until([&] { return given() == std::uint64_t{7}; }));
        QVERIFY(!passed());
    }

    /// None are told: they have no age either.
    void withoutAPlanThereAreNoFigures() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.run.reset();
        Deployment record = bench.store().all().front();
        record.graph = {};
        ClusterRequest bare = bench.request();
        bare.charts = false;
        bench.run = watchOnFlink(std::move(bare), std::move(record));
        QVERIFY(bench.comesTo(ClusterState::Running));
        QVERIFY(bench.looksOnce());
        QCOMPARE(bench.run->look().figures.at, Instant{0});
    }

    /// A look found that the cluster did not know it, while that was restarting.
    void aJobThatWasGoneRunsAgain() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.forget();
        QVERIFY(bench.comesTo(ClusterState::Gone));
        const Deployment record = bench.store().all().front();
        QVERIFY(record.ended > 0);
        bench.flink.forget(0);
        ClusterRequest bare = bench.request();
        bare.charts = false;
        bench.run = watchOnFlink(std::move(bare), record);
        QVERIFY(bench.comesTo(ClusterState::Running));
        QVERIFY(until([&] { return bench.store().all().front().ended == 0; }));
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
        request.secrets = [](const SecretRef&) -> Result<Secret> {
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
