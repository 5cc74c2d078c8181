// A source whose rows get their event time behind it falls silent: the others go on without it (rule 19).
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

Node source(const char* id, int rows, const char* every) {
    Json values = Json::array();
    for (int i = 0; i < rows; ++i) {
        values.push_back(Json::array({fmt::format("2024-03-01 12:{:02}:{:02}", i / 60, i % 60)}));
    }
    return node(id, "rows", {{"columns", {"ts TIMESTAMP(3)"}}, {"rows", values}, {"every", every}});
}

}  // namespace

class TestIdleEventTime : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aSilentSourceDoesNotHoldTheOthersUp() {
        const Catalogue kinds = builtin();
        const Json time = {{"column", "ts"}, {"idle_timeout", "${idle}"}};
        Pipeline pipeline;
        pipeline.variables = {{"idle", "30ms"}};
        pipeline.nodes = {source("silent", 2, "1h"),
                          source("talking", 3'000, "5ms"),
                          node("silent_time", "event_time", time),
                          node("talking_time", "event_time", time),
                          node("both", "union", Json::object()),
                          node("count", "window_aggregate",
                               {{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}),
                          node("view", "table_view", Json::object())};
        pipeline.wires = {wire("silent", "silent_time"), wire("talking", "talking_time"),
                          wire("silent_time", "both"),   wire("talking_time", "both"),
                          wire("both", "count"),         wire("count", "view")};
        const Planned planned = makePlan(pipeline, kinds, {});
        QVERIFY2(planned.plan, planned.issues.empty() ? "" : english(planned.issues.front()).c_str());
        auto run = Run::start(planned.plan, {});
        QVERIFY(run.ok());
        // “silent” said 12:00:00 and will say 12:00:01 in an hour; windows behind that close all the same.
        QTRY_VERIFY_WITH_TIMEOUT((*run)->metrics().nodes["count"].rowsOut >= 3, 60'000);
        const RunMetrics metrics = (*run)->metrics();
        QVERIFY(!metrics.nodes.at("silent").ended);
        QVERIFY(metrics.nodes.at("silent_time").watermark > kMinTimestamp);
        QCOMPARE(metrics.late, std::uint64_t{0});
        (*run)->stop(StopMode::Now);
        (*run)->wait();
    }
};

QTEST_GUILESS_MAIN(TestIdleEventTime)
#include "test_idle_event_time.moc"
