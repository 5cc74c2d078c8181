// Counters and checkpoints of a job, as a scripted JobManager tells them.
#include <QtTest/QtTest>
#include <algorithm>
#include <mutex>
#include <utility>

#include "core/cluster/layout/flink_counters.h"
#include "tests/support/worlds/fake_server.h"
#include "tests/unit/cluster/layout_case.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Source: bids$cells[3] → Calc[4] → writer, and behind an exchange WindowAggregate[6].
FlinkGraph smallGraph() {
    FlinkGraph graph;
    graph.operators = {
        {3, "TableSourceScan", "table=[[default_catalog, default_database, bids$cells]], fields=[k]", {}},
        {4, "Calc", "select=[k]", {0}},
        {6, "WindowAggregate", "groupBy=[k]", {1}},
        {-1, "StreamingFileWriter", "", {1}}};
    return graph;
}

Json planWith(const std::string& first, const std::string& second) {
    Json nodes = Json::array();
    nodes.push_back(Json{{"id", "v1"}, {"description", first}});
    nodes.push_back(Json{{"id", "v2"}, {"description", second}});
    Json plan = Json::object();
    plan["plan"]["nodes"] = std::move(nodes);
    return plan;
}

/// The plan of a job whose numbers are greater by 30.
Json fittingPlan() {
    return planWith(
        "[33]:TableSourceScan(table=[[default_catalog, default_database, bids$cells]])<br/>"
        "+- [34]:Calc(select=[k], where=[(k &lt;&gt; '[99]:Calc(')])<br/>"
        "   +- StreamingFileWriter<br/>      +- end: Writer<br/>",
        "[36]:WindowAggregate(groupBy=[k])<br/>");
}

Json metric(const std::string& name, Json min, Json max, Json sum) {
    return {{"id", name}, {"min", std::move(min)}, {"max", std::move(max)}, {"sum", std::move(sum)}};
}

/// A JobManager with one job, “j1”.
class JobManager {
 public:
    void plan(std::string said) { set(m_plan, std::move(said)); }
    void checkpoints(std::string said) { set(m_checkpoints, std::move(said)); }
    void metrics(const std::string& vertex, const Json& said) {
        const std::lock_guard lock(m_mutex);
        m_metrics[vertex] = said.dump();
    }

    const FakeServer& server() const { return m_server; }
    HttpServer address() const {
        HttpServer out;
        out.address = m_server.address();
        out.firstPause = 1;
        return out;
    }

 private:
    void set(std::string& what, std::string said) {
        const std::lock_guard lock(m_mutex);
        what = std::move(said);
    }
    FakeAnswer reply(const std::string& line) {
        const std::lock_guard lock(m_mutex);
        if (line == "GET /jobs/j1/plan") return answer(m_plan);
        if (line == "GET /jobs/j1/checkpoints") return answer(m_checkpoints);
        for (const auto& [vertex, said] : m_metrics) {
            if (line.starts_with("GET /jobs/j1/vertices/" + vertex + "/subtasks/metrics?get="))
                return answer(said);
        }
        return answer("{\"errors\": [\"there is none\"]}", 404);
    }

    std::mutex m_mutex{};
    std::string m_plan = fittingPlan().dump();
    std::map<std::string, std::string> m_metrics{};  ///< by the vertices
    std::string m_checkpoints = "{}";
    FakeServer m_server{[this](const FakeRequest& request) { return reply(request.line); }};
};

std::vector<OperatorCounters> countersOf(const JobManager& manager, const FlinkGraph& graph) {
    FlinkRest rest(manager.address());
    const auto counters = readCounters(rest, "j1", graph);
    if (!counters.ok()) qFatal("%s", english(counters.error()).c_str());
    return *counters;
}

bool allUnknown(const std::vector<OperatorCounters>& counters) {
    return std::all_of(counters.begin(), counters.end(), [](const OperatorCounters& of) {
        return !of.rowsIn && !of.rowsOut && !of.inputWatermark && !of.busy && !of.backpressure;
    });
}

}  // namespace

class TestFlinkCounters : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void countersAreThoseOfTheNumbersInTheJob() {
        JobManager manager;
        manager.metrics("v1", {metric("Source__bids$cells[33].numRecordsOut", 40.0, 60.0, 1.0E2),
                               metric("Calc[34].numRecordsIn", 40, 60, 100),
                               metric("Calc[34].numRecordsOut", 30.0, 60.0, 90.0),
                               metric("Calc[34].currentInputWatermark", 1.70406968292E12, 1.8E12, 3.5E12),
                               metric("busyTimeMsPerSecond", 10.0, 250.0, 260.0),
                               metric("backPressuredTimeMsPerSecond", 0.0, 1500.0, 1500.0)});
        manager.metrics(
            "v2", {metric("WindowAggregate[36].numRecordsIn", 80.0, 80.0, 80.0),
                   metric("Calc[34].numRecordsIn.rate", 1, 1, 1), metric("busyTimeMsPerSecond", 1, 1, 1)});
        const auto counters = countersOf(manager, smallGraph());
        QCOMPARE(counters.size(), std::size_t{4});
        QCOMPARE(written(counters[0].rowsOut), std::string("100"));
        QVERIFY(!counters[0].rowsIn);
        QCOMPARE(written(counters[1].rowsIn), std::string("100"));
        QCOMPARE(written(counters[1].rowsOut), std::string("90"));
        QCOMPARE(written(counters[1].inputWatermark), std::string("1704069682920"));
        QCOMPARE(written(counters[0].busy), std::string("0.25"));
        QCOMPARE(*counters[1].backpressure, 1.0);
        QCOMPARE(written(counters[3].busy), std::string("0.25"));  // the writer's task is the Calc's
        QCOMPARE(written(counters[2].rowsIn), std::string("80"));
        QCOMPARE(written(counters[2].busy), std::string("0.001"));
        QVERIFY(!counters[2].rowsOut);
    }

    /// A job that was submitted as a compiled plan names the nodes before its operators, and has our numbers.
    void namesBeforeOperators() {
        JobManager manager;
        manager.plan(
            planWith("[3]:bids: TableSourceScan(table=[[default_catalog, default_database, bids$cells]])"
                     "<br/>+- [12]:a, b: Calc(select=[k], where=[(k = ': Sink(')])<br/>"
                     "   +- StreamingFileWriter<br/>",
                     "[6]:outer/inner: WindowAggregate(groupBy=[k])<br/>")
                .dump());
        manager.metrics("v1", {metric("Source__bids$cells[3].numRecordsOut", 1, 1, 7),
                               metric("Calc[12].numRecordsOut", 1, 1, 5)});
        manager.metrics("v2", Json::array({metric("WindowAggregate[6].numRecordsIn", 4, 4, 4)}));
        FlinkGraph graph = smallGraph();
        graph.operators[1].number = 12;
        FlinkRest rest(manager.address());
        const auto counters = readCounters(rest, "j1", graph);
        QVERIFY(counters.ok());
        QCOMPARE(written((*counters)[0].rowsOut), std::string("7"));
        QCOMPARE(written((*counters)[1].rowsOut), std::string("5"));
        QCOMPARE(written((*counters)[2].rowsIn), std::string("4"));
    }

    void namesGoEncoded() {
        JobManager manager;
        manager.metrics("v1", Json::array());
        manager.metrics("v2", Json::array());
        countersOf(manager, smallGraph());
        const std::string lines = manager.server().lines();
        QVERIFY2(lines.find("?get=busyTimeMsPerSecond,backPressuredTimeMsPerSecond,"
                            "Source__bids%24cells%5B33%5D.numRecordsOut,Calc%5B34%5D.numRecordsOut,") !=
                     std::string::npos,
                 lines.c_str());
    }

    void whatMeansNoneOrNothingIsNoNumber() {
        JobManager manager;
        manager.metrics(
            "v1", {metric("Calc[34].currentInputWatermark", -9.223372036854776e+18, 5, 5),
                   metric("Calc[34].numRecordsIn", 1, 1, -1.0), metric("Calc[34].numRecordsOut", 1, 1, 1e300),
                   metric("Source__bids$cells[33].numRecordsOut", 1, 1, "NaN"),
                   metric("busyTimeMsPerSecond", "NaN", "NaN", "NaN"), 7, "x", Json::array()});
        manager.metrics("v2",
                        {metric("WindowAggregate[36].currentInputWatermark", 9.223372036854776e+18, 5, 5),
                         {{"id", "WindowAggregate[36].numRecordsIn"}},
                         metric("WindowAggregate[36].numRecordsOut", 1, 1, Json::object())});
        auto counters = countersOf(manager, smallGraph());
        QCOMPARE(*counters[1].inputWatermark, kMinTimestamp);
        QCOMPARE(*counters[2].inputWatermark, kMaxTimestamp);
        counters[1].inputWatermark.reset();
        counters[2].inputWatermark.reset();
        QVERIFY(allUnknown(counters));
    }

    void aJobOfAnotherPlanHasNone_data() {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::newRow("another offset") << "[33]:TableSourceScan(t)<br/>+- [34]:Calc(x)"
                                        << "[37]:WindowAggregate(x)";
        QTest::newRow("another type") << "[33]:TableSourceScan(t)<br/>+- [34]:Rank(x)"
                                      << "[36]:WindowAggregate(x)";
        QTest::newRow("one is missing") << "[33]:TableSourceScan(t)<br/>+- [34]:Calc(x)"
                                        << "";
        QTest::newRow("no numbers") << "Source"
                                    << "Sink";
    }
    void aJobOfAnotherPlanHasNone() {
        QFETCH(QString, first);
        QFETCH(QString, second);
        JobManager manager;
        manager.plan(planWith(first.toStdString(), second.toStdString()).dump());
        const Json said{metric("Calc[34].numRecordsIn", 1, 1, 1), metric("busyTimeMsPerSecond", 1, 1, 1)};
        manager.metrics("v1", said);
        manager.metrics("v2", said);
        const auto counters = countersOf(manager, smallGraph());
        QCOMPARE(counters.size(), std::size_t{4});
        QVERIFY(allUnknown(counters));
    }

    void answersOfOtherShapesHaveNone() {
        JobManager manager;
        manager.metrics("v1", Json{{"errors", 1}});
        manager.metrics("v2", Json(7));
        QVERIFY(allUnknown(countersOf(manager, smallGraph())));
        for (const char* plan : {"7", "{\"plan\": []}", "{\"plan\": {\"nodes\": [1, {\"id\": 2}]}}"}) {
            manager.plan(plan);
            QVERIFY(allUnknown(countersOf(manager, smallGraph())));
        }
    }

    void thePlanIsAskedForOnce() {
        JobManager manager;
        manager.metrics("v1", Json::array());
        manager.metrics("v2", Json::array());
        FlinkRest rest(manager.address());
        FlinkCounters counters("j1", smallGraph());
        QVERIFY(counters.read(rest).ok());
        manager.plan("{}");
        manager.metrics("v2", Json::array({metric("WindowAggregate[36].numRecordsIn", 5, 5, 5)}));
        const auto again = counters.read(rest);
        QVERIFY(again.ok());
        QCOMPARE(written((*again)[2].rowsIn), std::string("5"));
        std::size_t plans = 0;
        for (const FakeRequest& request : manager.server().requests())
            plans += request.line.ends_with("/plan");
        QCOMPARE(plans, std::size_t{1});
    }

    void aPlanWithoutOperatorsIsAskedForAgain() {
        JobManager manager;
        manager.metrics("v1", Json::array({metric("Calc[34].numRecordsIn", 5, 5, 5)}));
        manager.metrics("v2", Json::array());
        manager.plan("{\"plan\": {\"nodes\": []}}");
        FlinkRest rest(manager.address());
        FlinkCounters counters("j1", smallGraph());
        const auto none = counters.read(rest);
        QVERIFY(none.ok() && allUnknown(*none));
        manager.plan(fittingPlan().dump());
        const auto some = counters.read(rest);
        QVERIFY(some.ok());
        QCOMPARE(written((*some)[1].rowsIn), std::string("5"));
    }

    void aJobOfAnotherGraphDoesNotFit() {
        JobManager manager;
        manager.plan("{\"plan\": {\"nodes\": []}}");
        FlinkRest rest(manager.address());
        FlinkCounters counters("j1", smallGraph());
        QVERIFY(counters.read(rest).ok() && counters.fits());  // not known yet
        manager.plan(planWith("[33]:TableSourceScan(t)<br/>+- [34]:Rank(x)", "").dump());
        QVERIFY(counters.read(rest).ok() && !counters.fits());
    }

    void requestsAreNotTooLong() {
        FlinkGraph graph;
        std::string description;
        for (int i = 0; i < 100; ++i) {
            FlinkOperator made{i, "StreamRecordTimestampInserter", "x", {}};
            if (i > 0) made.inputs.push_back(static_cast<std::size_t>(i) - 1);
            graph.operators.push_back(made);
            description += fmt::format("[{}]:StreamRecordTimestampInserter(x)<br/>", i + 5);
        }
        JobManager manager;
        manager.plan(planWith(description, "").dump());
        manager.metrics(
            "v1", Json::array({metric("StreamRecordTimestampInserter[104].currentInputWatermark", 9, 9, 9)}));
        QCOMPARE(written(countersOf(manager, graph)[99].inputWatermark), std::string("9"));
        std::string asked;
        for (const FakeRequest& request : manager.server().requests()) {
            QVERIFY(request.line.size() < 4'000);
            asked += request.line;
        }
        for (int i = 0; i < 100; ++i)
            QVERIFY(asked.find(fmt::format("%5B{}%5D.numRecordsOut", i + 5)) != std::string::npos);
    }

    void aJobManagerThatDoesNotKnowTheJobIsAnError() {
        JobManager manager;
        FlinkRest rest(manager.address());
        QVERIFY(!readCounters(rest, "j2", smallGraph()).ok());
        QVERIFY(!readCounters(rest, "j1", smallGraph()).ok());  // its vertices are gone
        QVERIFY(!readCheckpoint(rest, "j2").ok());
    }

    void theNewestCheckpoint() {
        JobManager manager;
        manager.checkpoints(
            "{\"counts\": {\"completed\": 3, \"failed\": 1}, \"latest\": {\"completed\": {\"id\": 4, "
            "\"state_size\": 5000000000, \"end_to_end_duration\": 12, \"latest_ack_timestamp\": "
            "1795329395157}}}");
        FlinkRest rest(manager.address());
        const auto read = readCheckpoint(rest, "j1");
        QVERIFY(read.ok() && *read);
        const JobCheckpoint& newest = **read;
        QCOMPARE(newest.id, std::int64_t{4});
        QCOMPARE(newest.bytes, std::uint64_t{5'000'000'000});
        QCOMPARE(newest.took, Millis{12});
        QCOMPARE(newest.at, Instant{1'795'329'395'157});
        QCOMPARE(newest.completed, std::int64_t{3});
        QCOMPARE(newest.failed, std::int64_t{1});
    }

    void withoutACheckpointThereIsNone() {
        JobManager manager;
        FlinkRest rest(manager.address());
        for (const char* said : {"{}", "7", "{\"latest\": {\"completed\": null}}", "{\"latest\": []}"}) {
            manager.checkpoints(said);
            const auto none = readCheckpoint(rest, "j1");
            QVERIFY(none.ok() && !*none);
        }
        manager.checkpoints("{\"latest\": {\"completed\": {\"id\": 1, \"state_size\": -5}}}");
        const auto odd = readCheckpoint(rest, "j1");
        QVERIFY(odd.ok() && *odd);
        QCOMPARE((*odd)->bytes, std::uint64_t{0});
    }
};

QTEST_APPLESS_MAIN(TestFlinkCounters)
#include "test_flink_counters.moc"
