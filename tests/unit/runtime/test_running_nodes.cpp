// Which nodes run, told by a plan and by validation: both say the same, in the order of the file.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/runtime/planning/plan.h"

using namespace rw;

namespace {

Pipeline pipelineOf(const char* rows) {
    const std::string text = std::string(R"({ "rill": 1, "nodes": [
        { "id": "table", "type": "table_view" },
        { "id": "off", "type": "filter", "params": { "condition": "n > 1" }, "disabled": true },
        { "id": "numbers", "type": "generator", "params": { "columns": ["n BIGINT = i"], "rows": )") +
                             rows + R"( } } ],
      "wires": [ { "from": "numbers", "to": "off" }, { "from": "off", "to": "table" } ] })";
    const Result<Loaded> loaded = loadPipeline(text);
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    return loaded->pipeline;
}

std::vector<NodeId> idsOf(const std::vector<RunningNode>& nodes) {
    std::vector<NodeId> ids;
    for (const RunningNode& node : nodes) ids.push_back(node.id);
    return ids;
}

}  // namespace

class TestRunningNodes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void planAndValidationAgree() {
        const Catalogue catalogue = builtin();
        for (const char* rows : {"0", "10"}) {
            const Pipeline pipeline = pipelineOf(rows);
            const Validated validated = validate(pipeline, catalogue, {});
            const Planned planned = makePlan(pipeline, catalogue, {});
            QVERIFY(planned.plan && validated.runnable());
            const auto known = runningNodes(pipeline, validated, catalogue);
            const auto run = runningNodes(*planned.plan);
            QVERIFY((idsOf(known) == std::vector<NodeId>{"table", "numbers"}));
            QVERIFY(idsOf(run) == idsOf(known));
            QCOMPARE(endsByItself(known), planned.plan->bounded());
            QCOMPARE(endsByItself(run), planned.plan->bounded());
        }
    }

    void oneWithErrorsRunsNone() {
        Pipeline pipeline = pipelineOf("10");
        pipeline.nodes[2].params["columns"] = Json::array({"n NOTHING"});
        const Catalogue catalogue = builtin();
        QVERIFY(runningNodes(pipeline, validate(pipeline, catalogue, {}), catalogue).empty());
    }
};

QTEST_APPLESS_MAIN(TestRunningNodes)
#include "test_running_nodes.moc"
