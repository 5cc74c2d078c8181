// The results for the nodes inside subflows, as the pipeline around them shows them.
#include <fmt/format.h>

#include <algorithm>

#include "core/pipeline/subflow.h"

namespace rw {

namespace {

/// The end outside that was joined to `end`, both as the file writes them; empty: that one is inside.
std::string endOutside(const std::string& end, bool output, const Expanded& expanded) {
    if (!isInside(end)) return end;
    const NodeId owner = outermost(end);
    const auto subflow = expanded.subflows.find(owner);
    if (subflow == expanded.subflows.end()) return {};
    const std::vector<NodeId>& ports = output ? subflow->second->outputs : subflow->second->inputs;
    const std::string port = end.substr(owner.size() + 1);
    if (std::find(ports.begin(), ports.end(), port) == ports.end()) return {};
    return output ? writeOutput({owner, port}) : writeInput({owner, port});
}

/// Makes the fixes those of the pipeline outside; fixes that would change a file are left to its own window.
void placeFixes(Issue& issue, const Expanded& expanded) {
    std::erase_if(issue.quickFixes, [&](QuickFix& fix) {
        if (fix.kind != QuickFix::Kind::RemoveWire) return isInside(fix.node);
        const std::string from = endOutside(fix.value.at("from").get<std::string>(), true, expanded);
        const std::string to = endOutside(fix.value.at("to").get<std::string>(), false, expanded);
        fix.value["from"] = from;
        fix.value["to"] = to;
        return from.empty() || to.empty();
    });
}

/// “sensors.rill · raw → clean, odd”.
Text summaryOf(const Node& subflow, const SubflowFile& file) {
    const std::string path = subflow.params.value(kSubflowFile, std::string());
    const std::string name = path.substr(path.rfind('/') + 1);
    if (file.inputs.empty() && file.outputs.empty()) return RW_TEXT("subflow", "%1").with(name);
    return RW_TEXT("subflow", "%1 · %2 → %3")
        .with(name, fmt::format("{}", fmt::join(file.inputs, ", ")),
              fmt::format("{}", fmt::join(file.outputs, ", ")));
}

}  // namespace

void placeOutside(Issue& issue, const Expanded& expanded) {
    placeFixes(issue, expanded);
    if (!isInside(issue.node)) return;
    const NodeId inside = issue.node;
    issue.node = outermost(inside);
    // A wire of the pipeline outside ends at an input.
    if (!issue.port.empty() && !endOutside(inside, false, expanded).empty()) {
        issue.port = inside.substr(issue.node.size() + 1);
        return;
    }
    issue.message =
        issue.param.empty()
            ? RW_TEXT("subflow", "“%1”: %2").with(inside, issue.message)
            : RW_TEXT("subflow", "“%1”, parameter “%2”: %3").with(inside, issue.param, issue.message);
    issue.param = kSubflowFile;
    issue.item = -1;
    issue.position = issue.length = 0;
    issue.port.clear();
    issue.column.clear();
    issue.missing = issue.offered;
}

void typeSubflows(const Expanded& expanded, Validated& validated) {
    for (const Node& node : expanded.pipeline.nodes) {
        const auto subflow = expanded.subflows.find(node.id);
        if (subflow == expanded.subflows.end()) continue;
        const SubflowFile& file = *subflow->second;
        TypedNode& typed = validated.nodes[node.id];
        typed.inputs.assign(file.inputs.size(), {});
        for (std::size_t i = 0; i < file.inputs.size(); ++i) {
            const auto port = validated.nodes.find(insideOf(node.id, file.inputs[i]));
            if (port != validated.nodes.end() && !port->second.inputs.empty())
                typed.inputs[i] = port->second.inputs.front();
        }
        auto bound = std::make_shared<BoundNode>();
        for (const NodeId& output : file.outputs) {
            const auto port = validated.nodes.find(insideOf(node.id, output));
            if (port == validated.nodes.end() || !port->second.bound) break;
            bound->outputs.push_back(port->second.bound->outputs.front());
        }
        bound->summary = summaryOf(node, file);
        if (bound->outputs.size() == file.outputs.size()) typed.bound = std::move(bound);
    }
}

}  // namespace rw
