// Jobs and queries that end otherwise than they should: the checkpoint of a job that was
// cancelled or failed, and charts whose query is gone.
#include <QtTest/QtTest>

#include "tests/unit/cluster/flink_bench.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string keptOf(const Bench& bench) {
    return "file:/checkpoints/" + bench.flink.lastJob(Sort::Insert) + "/chk-3";
}

}  // namespace

class TestLeftBehind : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void checkpointsAreToBeKept() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        QVERIFY(bench.flink.asked("statements"));
        const auto bodies = bench.flink.bodies("statements");
        QVERIFY(std::any_of(bodies.begin(), bodies.end(), [](const std::string& body) {
            return body.find("RETAIN_ON_CANCELLATION") != std::string::npos &&
                   body.find("EXECUTE STATEMENT SET") != std::string::npos;
        }));
    }

    void aCancelledJobCanBeGoneOnFrom() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        const std::string kept = keptOf(bench);
        bench.run->cancel();
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(bench.run->look().savepoint.empty());
        QCOMPARE(bench.run->look().keptCheckpoint, kept);
        QVERIFY(bench.notes(kept));
        const Deployment record = *bench.store().find(bench.flink.lastJob(Sort::Insert));
        QCOMPARE(record.savepoints.size(), 1U);
        QCOMPARE(record.savepoints.front().path, kept);
        QVERIFY(record.savepoints.front().checkpoint);
        QCOMPARE(record.savepoints.front().at, Instant{1'700'000'000'050});
    }

    void aFailedJobCanBeGoneOnFrom() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.flink.put(Sort::Insert, "FAILED", "java.lang.ArithmeticException: / by zero");
        QVERIFY(bench.comesTo(ClusterState::Failed));
        QCOMPARE(bench.run->look().keptCheckpoint, keptOf(bench));
    }

    void aSavepointNeedsNoCheckpoint() {
        Bench bench;
        bench.deployBare();
        QVERIFY(bench.comesTo(ClusterState::Running));
        bench.run->stop({});
        QVERIFY(bench.comesTo(ClusterState::Stopped));
        QVERIFY(!bench.run->look().savepoint.empty());
        QVERIFY(bench.run->look().keptCheckpoint.empty());
        QVERIFY(!bench.run->deployment()->savepoints.front().checkpoint);
    }

    /// A TaskManager ended, and the query with it: a new one begins at the first row, and so do the pictures.
    void chartsBeginAnew() {
        Bench bench;
        bench.flink.addPage({rowOf("a")});
        bench.deploy();
        QVERIFY(bench.comesTo(ClusterState::Running));
        QVERIFY(until([&] { return bench.tableRows() == "a "; }));
        QVERIFY(until([&] { return bench.run->look().chartRowsAt > 0; }));
        const auto before = bench.run->view("table");
        bench.flink.put(Sort::Query, "FAILED",
                        "org.apache.flink.runtime.JobException: the TaskManager is gone");
        QVERIFY(until([&] { return bench.flink.started(Sort::Query) == 2; }));
        QVERIFY(until([&] { return bench.run->view("table") != before && bench.tableRows() == "a "; }));
        QVERIFY(until([&] { return bench.run->look().chartTrouble.ok(); }));
        QCOMPARE(bench.state(), ClusterState::Running);
        QCOMPARE(bench.flink.running(Sort::Query), 1);
        QVERIFY(!bench.flink.harmed());
    }

    /// While nothing comes of the new query, the pictures of before stay, and it is said why.
    void untilThenTheyStandStill() {
        Bench bench;
        bench.flink.addPage({rowOf("a")});
        bench.deploy();
        QVERIFY(until([&] { return bench.tableRows() == "a "; }));
        bench.flink.setGateway(Mood::Garbage);
        bench.flink.put(Sort::Query, "FAILED", "x: gone");
        QVERIFY(until([&] { return !bench.run->look().chartTrouble.ok(); }));
        QCOMPARE(bench.tableRows(), std::string("a "));
        bench.flink.setGateway(Mood::Right);
        QVERIFY(until([&] { return bench.flink.started(Sort::Query) == 2; }));
        // A new query that runs may give its first rows a moment later.
        QVERIFY(until([&] { return bench.run->look().chartTrouble.ok() && bench.tableRows() == "a "; }));
    }

    /// A query that was ended on the cluster is not begun again.
    void aCancelledQueryStaysSo() {
        Bench bench;
        bench.flink.addPage({rowOf("a")});
        bench.deploy();
        QVERIFY(until([&] { return bench.tableRows() == "a "; }));
        bench.flink.put(Sort::Query, "CANCELED");
        QVERIFY(until([&] { return !bench.run->look().chartTrouble.ok(); }));
        QVERIFY(bench.looksOnce());
        QCOMPARE(bench.flink.started(Sort::Query), 1);
        QCOMPARE(bench.tableRows(), std::string("a "));
    }
};

QTEST_APPLESS_MAIN(TestLeftBehind)
#include "test_left_behind.moc"
