// A run on a Flink whose target has a folder of plans: submitted, resumed, refused.
#include <QtTest/QtTest>
#include <filesystem>

#include "core/cluster/jobs/flink_resume.h"
#include "tests/support/child.h"
#include "tests/unit/cluster/flink_bench.h"
#include "tests/unit/cluster/layout_case.h"
#include "tests/unit/cluster/made_plan.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

/// A recorded pipeline on a fake that compiles it.
struct PlanBench : Bench {
    testing::ScratchFolder plans{"flink_planned"};
    const LayoutCase it;

    explicit PlanBench(const char* name = "chain_to_window") : it(name) {
        flink.explain(planText(name));
        flink.compile(compiledPlan(it.graph, it.sinks));
    }

    ClusterRequest requestOf(Pipeline pipeline, const std::string& savepoint = {}) {
        ClusterRequest with = request();
        with.target.flink.planFolder = plans.path().string();
        with.pipeline = std::move(pipeline);
        with.charts = false;
        with.savepoint = savepoint;
        return with;
    }
    ClusterRequest requestOf(const std::string& savepoint = {}) { return requestOf(it.pipeline, savepoint); }

    /// From its start to a savepoint.
    bool leavesSavepoint(ClusterRequest with) {
        deploy(std::move(with));
        if (!comesTo(ClusterState::Running)) return false;
        run->stop({});
        return comesTo(ClusterState::Stopped);
    }
    bool isTidy() const { return fs::is_empty(plans.path()); }
    Json executed(std::size_t number) const {
        return Json::parse(flink.executed().at(number), nullptr, false);
    }
    std::string issues() const {
        std::string out;
        for (const Issue& issue : run->look().issues) out += english(issue) + "\n";
        return out;
    }
};

constexpr const char* kSavepoint = "file:/savepoints/savepoint-1";

/// The number of the first operator whose description begins so.
std::int64_t numberOf(const Json& plan, const std::string& begins) {
    for (const Json& made : plan["nodes"]) {
        if (made["description"].get<std::string>().starts_with(begins)) return made["id"].get<std::int64_t>();
    }
    return -1;
}

Pipeline longer(Pipeline pipeline) {
    pipeline.find("w")->params["size"] = "2min";
    return pipeline;
}

}  // namespace

class TestFlinkPlanned : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void itIsGivenInAsAPlan() {
        PlanBench bench;
        bench.deploy(bench.requestOf());
        QVERIFY(bench.comesTo(ClusterState::Running));
        QCOMPARE(bench.flink.executed().size(), std::size_t{1});
        const Json plan = bench.executed(0);
        QCOMPARE(plan["flinkVersion"].get<std::string>(), std::string("2.3"));
        QCOMPARE(numberOf(plan, "s: TableSourceScan("), std::int64_t{1});
        const std::int64_t window = numberOf(plan, "w: WindowAggregate(");
        QVERIFY(window > 1);
        QVERIFY(numberOf(plan, "out: Sink(") > window);
        const auto record = bench.store().find(bench.flink.lastJob(Sort::Insert));
        QVERIFY(record.ok());
        QCOMPARE(record->plan.operators.size(), plan["nodes"].size());
        const auto own =
            std::find_if(record->plan.operators.begin(), record->plan.operators.end(),
                         [](const auto& made) { return made.nodes == std::vector<NodeId>{"w"}; });
        QVERIFY(own != record->plan.operators.end());
        QCOMPARE(std::int64_t{own->number}, window);
        // Counters are asked for by these numbers.
        const auto& operators = record->graph.operators;
        QVERIFY(std::any_of(operators.begin(), operators.end(), [&](const FlinkOperator& made) {
            return made.type == "WindowAggregate" && made.number == window;
        }));
        QVERIFY(bench.isTidy());
        QVERIFY(bench.flink.bodies("/statements").size() > 3);
    }

    void withoutAFolderItIsSql() {
        PlanBench bench;
        ClusterRequest with = bench.requestOf();
        with.target.flink.planFolder.clear();
        bench.deploy(std::move(with));
        QVERIFY(bench.comesTo(ClusterState::Running));
        QVERIFY(bench.flink.executed().empty());
        QVERIFY(bench.store().find(bench.flink.lastJob(Sort::Insert))->plan.empty());
    }

    void goingOnKeepsNumbers() {
        PlanBench bench;
        QVERIFY(bench.leavesSavepoint(bench.requestOf()));
        // The gateway counts on.
        bench.flink.compile(compiledPlan(bench.it.graph, bench.it.sinks, 900));
        bench.deploy(bench.requestOf(kSavepoint));
        QVERIFY(bench.comesTo(ClusterState::Running));
        QCOMPARE(bench.executed(1).dump(), bench.executed(0).dump());
        QVERIFY(bench.flink.bodies("/statements").back().find("EXECUTE PLAN") != std::string::npos);
        QVERIFY(bench.flink.bodies("/statements").back().find(kSavepoint) != std::string::npos);
        QVERIFY(bench.isTidy());
    }

    void anotherWindowIsRefusedUntilStateMayBeLost() {
        PlanBench bench;
        QVERIFY(bench.leavesSavepoint(bench.requestOf()));
        bench.deploy(bench.requestOf(longer(bench.it.pipeline), kSavepoint));
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.issues().find("of “w”. Flink refuses it") != std::string::npos,
                 bench.issues().c_str());
        QVERIFY2(bench.issues().find("Allow that state is lost") != std::string::npos,
                 bench.issues().c_str());
        QCOMPARE(bench.flink.executed().size(), std::size_t{1});

        ClusterRequest with = bench.requestOf(longer(bench.it.pipeline), kSavepoint);
        with.allowLostState = true;
        bench.deploy(std::move(with));
        QVERIFY(bench.comesTo(ClusterState::Running));
        const Json before = bench.executed(0), now = bench.executed(1);
        QCOMPARE(numberOf(now, "s: TableSourceScan("), numberOf(before, "s: TableSourceScan("));
        QCOMPARE(numberOf(now, "out: Sink("), numberOf(before, "out: Sink("));
        for (const Json& made : before["nodes"])
            QVERIFY(made["id"].get<std::int64_t>() < numberOf(now, "w: WindowAggregate("));
    }

    void aSavepointOfSqlStaysSql() {
        PlanBench bench;
        ClusterRequest with = bench.requestOf();
        with.target.flink.planFolder.clear();
        QVERIFY(bench.leavesSavepoint(std::move(with)));
        bench.deploy(bench.requestOf(kSavepoint));
        QVERIFY(bench.comesTo(ClusterState::Running));
        QVERIFY(bench.flink.executed().empty());
        QVERIFY(bench.notes("The job of the savepoint was given in as SQL"));
    }

    void aSavepointThatNobodyKnows() {
        PlanBench bench;
        bench.deploy(bench.requestOf("s3://elsewhere/savepoint-2"));
        QVERIFY(bench.comesTo(ClusterState::Running));
        QVERIFY(bench.flink.executed().empty());
        QVERIFY(bench.notes("Nobody here knows the job of the savepoint"));
    }

    void whoseSavepointItIs() {
        std::vector<Deployment> known(3);
        known[0].job = "5f3a1b00000000000000000000000001";
        known[0].savepoints = {{"file:/savepoints/a", 1}};
        known[1].job = "77aa1b00000000000000000000000002";
        known[2].job = "77aa1b00000000000000000000000003";
        const auto jobOf = [&](const char* savepoint) {
            const auto found = deploymentOfSavepoint(known, savepoint);
            return found ? found->job : std::string("-");
        };
        for (const char* const path : {"file:/savepoints/a", "file:///savepoints/a/", "/savepoints/a"})
            QCOMPARE(jobOf(path), known[0].job);
        QCOMPARE(jobOf("s3://savepoints/a"), std::string("-"));
        QCOMPARE(jobOf("file:/checkpoints/77aa1b00000000000000000000000003/chk-8"), known[2].job);
        // One that was not watched is named by the beginning of its job's id.
        QCOMPARE(jobOf("s3://b/savepoint-5f3a1b-0123456789ab"), known[0].job);
        QCOMPARE(jobOf("s3://b/savepoint-77aa1b-0123456789ab"), std::string("-"));  // of which of both?
        QCOMPARE(jobOf("s3://b/savepoint-000000-0123456789ab"), std::string("-"));
    }

    void aSavepointOfAPlanWithoutItsFolder() {
        PlanBench bench;
        QVERIFY(bench.leavesSavepoint(bench.requestOf()));
        ClusterRequest with = bench.requestOf(kSavepoint);
        with.target.flink.planFolder.clear();
        bench.deploy(std::move(with));
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.issues().find("has no folder of plans now") != std::string::npos,
                 bench.issues().c_str());
        QCOMPARE(bench.flink.started(Sort::Insert), 1);
    }

    void ofSqlWhatFlinkWouldTakeWronglyIsRefused() {
        // As rillwright deploy --savepoint does it, without a check before.
        PlanBench bench;
        ClusterRequest with = bench.requestOf();
        with.target.flink.planFolder.clear();
        QVERIFY(bench.leavesSavepoint(with));
        with.pipeline = longer(bench.it.pipeline);
        with.savepoint = kSavepoint;
        bench.deploy(with);
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.issues().find("w: “Size” is 2") != std::string::npos, bench.issues().c_str());
        QCOMPARE(bench.flink.started(Sort::Insert), 1);
    }

    void aGatewayThatCannotWriteThere() {
        PlanBench bench;
        bench.flink.refuse("COMPILE PLAN",
                           "x.Y: z\nCaused by: java.nio.file.AccessDeniedException: /plans\n\tat a.B");
        bench.deploy(bench.requestOf());
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.issues().find("See whether the SQL gateway may write") != std::string::npos,
                 bench.issues().c_str());
        QVERIFY(bench.isTidy());
    }

    void aGatewayElsewhere() {
        PlanBench bench;
        bench.flink.compile({});
        bench.deploy(bench.requestOf());
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.issues().find("on this computer it is not there") != std::string::npos,
                 bench.issues().c_str());
        QVERIFY(bench.isTidy());
    }

    void aPlanThatIsNone() {
        for (const char* const plan : {"<html>", "{\"nodes\": []}", "{}"}) {
            PlanBench bench;
            bench.flink.compile(plan);
            bench.deploy(bench.requestOf());
            QVERIFY(bench.comesTo(ClusterState::Refused));
            QVERIFY2(bench.issues().find("can't be read") != std::string::npos, bench.issues().c_str());
            QVERIFY(bench.isTidy());
        }
        PlanBench bench;
        bench.flink.compile(compiledPlan(graphNamed("two_windows"), {"out_a", "out_b"}));
        bench.deploy(bench.requestOf());
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.issues().find("other operators") != std::string::npos, bench.issues().c_str());
    }

    void anotherVersionOfFlink() {
        PlanBench bench;
        bench.flink.refuse("EXECUTE PLAN",
                           "x.Y: z\nCaused by: org.apache.flink.table.api.TableException: Unsupported Flink "
                           "version '9.9'.\n\tat a.B");
        bench.deploy(bench.requestOf());
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.issues().find(
                     "does not take the compiled plan of the pipeline: Unsupported Flink version") !=
                     std::string::npos,
                 bench.issues().c_str());
        QVERIFY2(bench.issues().find("are of one version") != std::string::npos, bench.issues().c_str());
        QTRY_VERIFY(bench.isTidy());  // once the refusal was told
        QVERIFY(!bench.run->deployment());
    }

    void noFolderAtAll() {
        PlanBench bench;
        ClusterRequest with = bench.requestOf();
        with.target.flink.planFolder += "/missing";
        bench.deploy(std::move(with));
        QVERIFY(bench.comesTo(ClusterState::Refused));
        QVERIFY2(bench.issues().find("No file can be made in the folder of plans") != std::string::npos,
                 bench.issues().c_str());
    }

    void cancelledWhileItIsCompiled() {
        PlanBench bench;
        bench.flink.refuse("COMPILE PLAN", {});  // it never answers
        bench.deploy(bench.requestOf());
        QVERIFY(until([&] { return bench.flink.hanging() > 0; }));
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QCOMPARE(bench.flink.started(Sort::Insert), 0);
        QVERIFY(bench.isTidy());
    }

    void aCheckCompilesNothing() {
        PlanBench bench;
        ClusterRequest with = bench.requestOf();
        with.checkOnly = true;
        bench.deploy(std::move(with));
        QVERIFY(bench.comesTo(ClusterState::Finished));
        QVERIFY(bench.run->look().graph && !bench.run->look().graph->empty());
        for (const std::string& body : bench.flink.bodies("/statements"))
            QVERIFY(body.find("COMPILE") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestFlinkPlanned)
#include "test_flink_planned.moc"
