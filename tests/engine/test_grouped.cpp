// Properties of grouping, over random pipelines and random selections: flattened, the pipeline with the
// subflow is the one before, and every table gets the same rows.
#include <algorithm>
#include <cstdio>
#include <map>
#include <random>

#include "core/pipeline/grouping/group.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/subflow.h"
#include "core/views/table_view.h"
#include "tests/engine/random_pipeline.h"
#include "tests/support/child.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

/// The wires that enter each port, in their order: ports of the subflow passed by, and nodes by their own
/// ids.
using Ways = std::map<std::string, std::vector<std::string>>;

std::string own(const Group& group, const NodeId& id) {
    const std::string before = group.subflow + "/";
    return id.starts_with(before) ? id.substr(before.size()) : id;
}

Ways waysOf(const Pipeline& pipeline) {
    Ways ways;
    for (const Wire& wire : pipeline.wires)
        ways[wire.to.node + "." + wire.to.port].push_back(wire.from.node + "." + wire.from.port);
    return ways;
}

Ways waysOf(const Pipeline& flat, const Group& group) {
    const auto isPort = [&](const NodeId& id) {
        const auto in = [&](const std::vector<NodeId>& ports) {
            return std::find(ports.begin(), ports.end(), own(group, id)) != ports.end();
        };
        return id != own(group, id) && (in(group.inputs) || in(group.outputs));
    };
    Ways ways;
    for (const Wire& wire : flat.wires) {
        if (isPort(wire.to.node)) continue;
        PortRef from = wire.from;
        while (isPort(from.node)) {
            const auto before = std::find_if(flat.wires.begin(), flat.wires.end(),
                                             [&](const Wire& each) { return each.to.node == from.node; });
            from = before->from;
        }
        ways[own(group, wire.to.node) + "." + wire.to.port].push_back(own(group, from.node) + "." +
                                                                      from.port);
    }
    return ways;
}

using Tables = std::map<NodeId, std::vector<TableRow>>;

Tables tablesOf(const Pipeline& pipeline, const Group* group, const std::string& folder) {
    PlanOptions options;
    options.parallelism = 2;
    options.validate.folder = folder;
    const Planned planned = makePlan(pipeline, kinds(), options);
    Tables tables;
    const auto run = runToEnd(planned.plan);
    if (!run || run->state() != RunState::Finished) return tables;
    for (const Node& node : planned.plan->pipeline.nodes) {
        const auto view = std::dynamic_pointer_cast<TableView>(run->view(node.id));
        if (!view) continue;
        auto& rows = tables[group ? own(*group, node.id) : node.id];
        for (const TableRowRef& row : view->snapshot().rows) rows.push_back(*row);
        std::sort(rows.begin(), rows.end());
    }
    return tables;
}

}  // namespace

int main() {
    const testing::ScratchFolder folder{"grouped"};
    const std::string path = folder.path().string();
    int grouped = 0, refused = 0;
    std::size_t rows = 0;
    for (unsigned number = 1; number <= 120; ++number) {
        const Pipeline before = randomPipeline(number, {.rows = 30, .sources = 2, .nodes = 7});
        const Validated known = validate(before, kinds(), {.folder = path, .variables = {}, .files = false});
        std::mt19937 random(number);
        std::vector<NodeId> nodes;
        for (const Node& node : before.nodes) {
            if (random() % 3 == 0) nodes.push_back(node.id);
        }
        const std::string file = "part" + std::to_string(number) + ".rill";
        const Result<Group> made = group(before, known, kinds(), nodes, file);
        if (!made.ok()) {
            expect(nodes.empty() || !made.error().node.empty(), "a refusal names the node");
            ++refused;
            continue;
        }
        ++grouped;
        expect(savePipelineFile(made->file, path + "/" + file).ok(), "the file is written");
        std::vector<Issue> issues;
        const auto flat = expand(made->rest, kinds(), {.folder = path, .variables = {}}, issues);
        expect(flat && issues.empty(), "the subflow can be put in");
        if (!flat) continue;
        expect(waysOf(flat->pipeline, *made) == waysOf(before), "the graph is the same");
        for (const Node& node : before.nodes) {
            const Node* inside = flat->pipeline.find(insideOf(made->subflow, node.id));
            const Node* is = inside ? inside : flat->pipeline.find(node.id);
            expect(is != nullptr && is->type == node.type && is->params == node.params, "a node is the same");
        }
        const Tables expected = tablesOf(before, nullptr, path);
        const bool same = tablesOf(made->rest, &*made, path) == expected;
        if (!same) std::printf("pipeline %u\n", number);
        expect(same, "the rows are the same");
        for (const auto& [id, table] : expected) rows += table.size();
        expect(!hasErrors(validate(made->file, kinds(), {.folder = path, .variables = {}}).issues),
               "the file can be opened by itself");
    }
    std::printf("%d grouped, %d refused, %zu rows\n", grouped, refused, rows);
    expect(grouped > 40, "many selections can be grouped");
    expect(refused > 5, "some are refused");
    expect(rows > 1000, "tables have rows");
    return summary();
}
