// The counts of the wires of a run: the rows that flowed on each, for any number of consumers behind a union.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

Node numbers(const char* id, int count) {
    Json rows = Json::array();
    for (int i = 0; i < count; ++i) rows.push_back(Json::array({i}));
    return node(id, "rows", {{"columns", {"n INT"}}, {"rows", rows}});
}

}  // namespace

class TestWireCounts : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aWireCountsWhatFlowedOnIt() {
        Pipeline pipeline;
        pipeline.nodes = {numbers("a", 3),
                          numbers("b", 10),
                          node("some", "filter", {{"condition", "n < 2"}}),
                          node("inner", "union", Json::object()),
                          node("outer", "union", Json::object()),
                          node("left", "table_view", Json::object()),
                          node("middle", "filter", {{"condition", "n > 5"}}),
                          node("right", "table_view", Json::object()),
                          node("early", "table_view", Json::object())};
        // The rows of `a` come to `outer` twice: by themselves and by `inner`.
        pipeline.wires = {wire("a", "inner"),      wire("b", "some"),       wire("some", "inner"),
                          wire("inner", "outer"),  wire("a", "outer"),      wire("outer", "left"),
                          wire("outer", "middle"), wire("middle", "right"), wire("inner", "early")};
        const std::vector<std::uint64_t> expected{3, 10, 2, 5, 3, 8, 8, 0, 5};
        const Catalogue kinds = builtin();
        for (const int parallelism : {1, 3}) {
            PlanOptions options;
            options.parallelism = parallelism;
            const Planned planned = makePlan(pipeline, kinds, options);
            QVERIFY2(planned.plan, planned.issues.empty() ? "" : english(planned.issues.front()).c_str());
            const auto run = Run::start(planned.plan, {});
            QVERIFY(run.ok());
            (*run)->wait();
            const RunMetrics metrics = (*run)->metrics();
            for (std::size_t i = 0; i < expected.size(); ++i) {
                QVERIFY2(metrics.wires[i].rows == expected[i],
                         qPrintable(QStringLiteral("wire %1: %2").arg(i).arg(metrics.wires[i].rows)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestWireCounts)
#include "test_wire_counts.moc"
