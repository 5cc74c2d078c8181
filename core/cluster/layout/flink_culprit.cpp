#include "core/cluster/layout/flink_culprit.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

namespace rw {

namespace {

/// Of “Source: bids$cells[96] -> Calc[97] (1/2)#0”: “bids$cells”, “Calc”.
std::vector<std::string> namesInTask(const std::string& task) {
    static const RE2 kNumbered(R"(([^\s\[\]()>,:]+)\[\d+\])");
    std::vector<std::string> names;
    re2::StringPiece rest(task);
    std::string name;
    while (RE2::FindAndConsume(&rest, kNumbered, &name)) names.push_back(name);
    return names;
}

/// The node whose operator alone has this type.
NodeId nodeOfType(const std::string& type, const Pipeline& pipeline, const FlinkGraph& graph,
                  const FlinkLayout& layout) {
    std::optional<std::size_t> only;
    for (std::size_t i = 0; i < graph.operators.size(); ++i) {
        if (graph.operators[i].type != type) continue;
        if (only) return {};
        only = i;
    }
    if (!only) return {};
    for (const Node& node : pipeline.nodes) {
        if (layout.operatorOf(node.id) == only) return node.id;
    }
    return {};
}

/// Whether a message names the file of a node, or its table.
bool isNamedIn(const std::string& message, const Node& node) {
    for (const char* const quotes : {"''", "``", "\"\""}) {
        if (message.find(quotes[0] + node.id + quotes[1]) != std::string::npos) return true;
    }
    const auto path = node.params.is_object() ? node.params.find("path") : node.params.end();
    if (path == node.params.end() || !path->is_string()) return false;
    const std::string& whole = path->get_ref<const std::string&>();
    const std::string file = whole.substr(whole.rfind('/') + 1);
    return !file.empty() && message.find("/" + file) != std::string::npos;
}

}  // namespace

NodeId flinkCulprit(const FlinkFailure& failure, const Pipeline& pipeline, const FlinkGraph& graph,
                    const FlinkLayout* layout) {
    std::set<NodeId> inTask;
    for (const std::string& name : namesInTask(failure.task)) {
        const NodeId table = outermost(name.substr(0, name.find('$')));
        if (pipeline.find(table)) inTask.insert(table);
        if (!layout) continue;
        if (const NodeId node = nodeOfType(name, pipeline, graph, *layout); !node.empty())
            inTask.insert(node);
    }
    if (inTask.size() == 1) return *inTask.begin();
    NodeId named;
    for (const Node& node : pipeline.nodes) {
        if (!inTask.empty() && !inTask.contains(node.id)) continue;
        if (!isNamedIn(failure.cause, node)) continue;
        if (!named.empty()) return {};
        named = node.id;
    }
    return named;
}

}  // namespace rw
