// The plan in words.
#include <fmt/format.h>

#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/pipeline/checks/settings_check.h"
#include "core/runtime/planning/plan.h"

namespace rw {

namespace {

std::string nodeLine(const PlannedNode& node) {
    std::string line = fmt::format("{} ({})", node.node, node.kind->type);
    if (const std::string summary = english(node.bound->summary); !summary.empty()) line += ": " + summary;
    return line;
}

std::string columnsOf(const StreamType& type, const std::vector<int>& columns) {
    std::string names;
    for (const int column : columns) {
        if (!names.empty()) names += ", ";
        names += type.schema->fields[static_cast<std::size_t>(column)].name;
    }
    return names;
}

/// Of which state goes to files that can; empty: none does.
std::string stateMemoryLine(const Plan& plan) {
    if (plan.stateMemory > 0) return fmt::format(", state memory {}", byteSizeText(plan.stateMemory));
    const std::uint64_t usual = usualStateMemory(plan.memoryLimit);
    if (usual == 0) return {};
    return fmt::format(
        ", state memory {} ({})", byteSizeText(usual),
        usual == usualStateMemory() ? "a quarter of the machine's memory" : "half of the memory limit");
}

/// The inputs that a stage waits for, and the order in which it takes them.
std::string inputLine(const InputInfo& input) {
    std::string line = figures::counted(static_cast<std::uint64_t>(input.wires), "wire", "wires");
    if (input.type.eventTime >= 0) {
        line += fmt::format(", watermark by {}",
                            input.type.schema->fields[static_cast<std::size_t>(input.type.eventTime)].name);
    } else {
        line += ", no event time";
    }
    switch (input.order) {
        case InputOrder::Source:
            return line + ", in source order";
        case InputOrder::EventTime:
            return line + ", ordered by event time, wire, source order";
        case InputOrder::Columns:
            return line + ", made rows: ordered by event time, wire, columns";
    }
    return line;
}

/// Where rows go that leave by output port `port` of a node of `stage`.
std::string targetLine(const Plan& plan, const Stage& stage, const PlannedNode& node, std::size_t port,
                       const PlannedNode::Target& target) {
    const std::string& name = node.kind->outputs[port].name;
    const auto index = static_cast<std::size_t>(target.index);
    if (target.kind == PlannedNode::Target::Kind::Fused)
        return fmt::format("    {} → {}\n", name, stage.nodes[index].node);
    const Exchange& exchange = plan.exchanges[index];
    const PlannedNode& to = plan.stages[static_cast<std::size_t>(exchange.to)].nodes.front();
    std::string how = exchange.kind == Exchange::Kind::Keyed
                          ? "by hash of " + columnsOf(node.bound->outputs[port], exchange.keys)
                          : "all rows in order";
    if (exchange.combines) how += ", those of a batch added up first";
    return fmt::format("    {} ⇒ stage {}, {}: {}\n", name, exchange.to + 1, to.node, how);
}

std::string nodeLines(const Plan& plan, const Stage& stage, std::size_t index) {
    const PlannedNode& node = stage.nodes[index];
    const bool entry = index == 0;
    std::string out = fmt::format("  {}{}\n", entry ? "" : "fused: ", nodeLine(node));
    for (std::size_t port = 0; entry && port < node.inputs.size(); ++port) {
        out += fmt::format("    {}: {}\n", node.kind->inputs[port].name, inputLine(node.inputs[port]));
    }
    if (!node.bound->state.empty()) {
        out += fmt::format("    state: {}\n", english(node.bound->state));
        out += node.bound->spills ? "    kept in: memory, and files beyond the state memory\n"
                                  : "    kept in: memory\n";
    }
    if (!node.bound->watermark.empty())
        out += fmt::format("    watermark: {}\n", english(node.bound->watermark));
    for (std::size_t port = 0; port < node.targets.size(); ++port) {
        for (const PlannedNode::Target& target : node.targets[port])
            out += targetLine(plan, stage, node, port, target);
    }
    return out;
}

}  // namespace

std::string explain(const Plan& plan) {
    std::string out =
        fmt::format("{}, parallelism {}, time zone {}",
                    figures::counted(plan.stages.size(), "stage", "stages"), plan.parallelism, plan.timeZone);
    if (plan.memoryLimit > 0) out += fmt::format(", memory limit {}", byteSizeText(plan.memoryLimit));
    out += stateMemoryLine(plan) + '\n';
    for (std::size_t number = 1; const Stage& stage : plan.stages) {
        out += fmt::format("\nStage {}: {}\n", number++,
                           figures::counted(static_cast<std::uint64_t>(stage.instances), "task", "tasks"));
        for (std::size_t node = 0; node < stage.nodes.size(); ++node) out += nodeLines(plan, stage, node);
    }
    return out;
}

}  // namespace rw
