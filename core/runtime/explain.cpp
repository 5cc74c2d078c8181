// The plan in words.
#include <fmt/format.h>

#include "core/runtime/plan.h"

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

/// What a stage waits for, and in which order it takes it.
std::string inputLine(const InputInfo& input) {
    std::string line = fmt::format("{} wire{}", input.wires, input.wires == 1 ? "" : "s");
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

}  // namespace

std::string explain(const Plan& plan) {
    std::string out = fmt::format("{} stages, parallelism {}, time zone {}\n", plan.stages.size(),
                                  plan.parallelism, plan.timeZone);
    for (std::size_t s = 0; s < plan.stages.size(); ++s) {
        const Stage& stage = plan.stages[s];
        out +=
            fmt::format("\nStage {}: {} task{}\n", s + 1, stage.instances, stage.instances == 1 ? "" : "s");
        for (std::size_t n = 0; n < stage.nodes.size(); ++n) {
            const PlannedNode& node = stage.nodes[n];
            out += fmt::format("  {}{}\n", n == 0 ? "" : "fused: ", nodeLine(node));
            for (std::size_t port = 0; n == 0 && port < node.inputs.size(); ++port) {
                out +=
                    fmt::format("    {}: {}\n", node.kind->inputs[port].name, inputLine(node.inputs[port]));
            }
            if (!node.bound->state.empty()) out += fmt::format("    state: {}\n", english(node.bound->state));
            if (!node.bound->watermark.empty())
                out += fmt::format("    watermark: {}\n", english(node.bound->watermark));
            for (std::size_t port = 0; port < node.targets.size(); ++port) {
                for (const PlannedNode::Target& target : node.targets[port]) {
                    if (target.kind == PlannedNode::Target::Kind::Fused) {
                        out += fmt::format("    {} → {}\n", node.kind->outputs[port].name,
                                           stage.nodes[static_cast<std::size_t>(target.index)].node);
                        continue;
                    }
                    const Exchange& exchange = plan.exchanges[static_cast<std::size_t>(target.index)];
                    const PlannedNode& to = plan.stages[static_cast<std::size_t>(exchange.to)].nodes.front();
                    const std::string how =
                        exchange.kind == Exchange::Kind::Keyed
                            ? "by hash of " + columnsOf(node.bound->outputs[port], exchange.keys)
                            : std::string("all rows in order");
                    out += fmt::format("    {} ⇒ stage {}, {}: {}\n", node.kind->outputs[port].name,
                                       exchange.to + 1, to.node, how);
                }
            }
        }
    }
    return out;
}

}  // namespace rw
