#include "core/forecast/side.h"

#include <algorithm>
#include <map>

#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/variables.h"

namespace rw::forecasting {

namespace {

void mark(ColumnSet& set, int column) {
    if (column >= 0 && static_cast<std::size_t>(column) < set.size())
        set[static_cast<std::size_t>(column)] = true;
}

void merge(ColumnSet& into, const ColumnSet& more) {
    for (std::size_t i = 0; i < into.size() && i < more.size(); ++i) into[i] = into[i] || more[i];
}

Status firstError(const Validated& validated) {
    for (const Issue& issue : validated.issues) {
        if (issue.severity == Severity::Error)
            return Status(ErrorCode::Invalid, issue.message, issue.fix).at(issue.node, issue.param);
    }
    return {ErrorCode::Invalid, RW_TEXT("forecast", "No node of the pipeline would run.")};
}

/// Makes the nodes and wires; they stay in the order of `validated`.
void addNodes(Side& side, const Pipeline& runs, const Catalogue& catalogue, const Validated& validated,
              const ValidateOptions& options) {
    std::vector<Issue> unheard;  // validation told them
    const Variables variables = variablesOf(runs, options, unheard);
    std::map<NodeId, std::size_t> places;
    for (const NodeId& id : validated.order) {
        const Node& node = *runs.find(id);
        SideNode& added = side.nodes.emplace_back();
        added.id = id;
        added.title = node.shownTitle();
        added.kind = catalogue.of(node);
        added.params =
            checkParams(node, *added.kind, variables, options.folder, nullptr, unheard).node.params;
        added.typed = validated.nodes.at(id);
        added.rule = &stateRuleOf(*added.kind, *added.typed.bound);
        added.folder = options.folder;
        places[id] = side.nodes.size() - 1;
    }
    for (const RunWire& wire : validated.wires) {
        SideWire added{places.at(wire.from.node), places.at(wire.to.node), 0, 0};
        added.fromPort = side.nodes[added.from].kind->outputPort(wire.from.port);
        added.toPort = side.nodes[added.to].kind->inputPort(wire.to.port);
        side.nodes[added.from].out.push_back(side.wires.size());
        side.nodes[added.to].in.push_back(side.wires.size());
        side.wires.push_back(added);
    }
}

void findTakingPart(Side& side, bool charts) {
    for (auto node = side.nodes.rbegin(); node != side.nodes.rend(); ++node) {
        node->takesPart = node->isSink() ? charts || !node->kind->chart
                                         : std::any_of(node->out.begin(), node->out.end(), [&](auto wire) {
                                               return side.nodes[side.wires[wire].to].takesPart;
                                           });
    }
}

/// As a run finds it (core/runtime/planning/column_use.cpp): event time and keys count as read, and all
/// columns where rejected rows are taken.
std::vector<ColumnSet> columnsRead(const Side& side, const SideNode& node,
                                   const std::vector<ColumnSet>& wanted) {
    std::vector<StreamType> inputs;
    for (const auto& streams : node.typed.inputs)
        inputs.push_back(streams.empty() ? StreamType{} : streams.front());
    const BoundNode& bound = *node.typed.bound;
    const bool whole = std::any_of(node.out.begin(), node.out.end(), [&](std::size_t wire) {
        const auto port = static_cast<std::size_t>(side.wires[wire].fromPort);
        return node.kind->outputs[port].role == PortRole::Rejected;
    });
    std::vector<ColumnSet> read;
    if (!whole) read = bound.reads(wanted, inputs);
    read.resize(inputs.size());
    for (std::size_t port = 0; port < inputs.size(); ++port) {
        read[port].resize(inputs[port].schema->size(), whole);
        mark(read[port], inputs[port].eventTime);
        for (const int column : inputs[port].key) mark(read[port], column);
        if (port >= bound.distribution.keys.size()) continue;
        for (const int column : bound.distribution.keys[port]) mark(read[port], column);
    }
    return read;
}

void findColumnsRead(Side& side) {
    for (auto node = side.nodes.rbegin(); node != side.nodes.rend(); ++node) {
        std::vector<ColumnSet> wanted;
        for (const StreamType& output : node->typed.bound->outputs)
            wanted.emplace_back(output.schema->size(), false);
        for (const std::size_t number : node->out) {
            const SideWire& wire = side.wires[number];
            const SideNode& reader = side.nodes[wire.to];
            if (reader.takesPart)
                merge(wanted[static_cast<std::size_t>(wire.fromPort)],
                      reader.read[static_cast<std::size_t>(wire.toPort)]);
        }
        node->read = columnsRead(side, *node, wanted);
    }
}

}  // namespace

std::optional<std::size_t> Side::find(const NodeId& id) const {
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&](const SideNode& node) { return node.id == id; });
    if (found == nodes.end()) return std::nullopt;
    return static_cast<std::size_t>(found - nodes.begin());
}

Result<Side> makeSide(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                      bool chartsTakePart, bool everyColumn) {
    const Validated validated = validate(pipeline, catalogue, options);
    if (!validated.runnable()) return firstError(validated);
    Side side;
    addNodes(side, validated.expanded ? validated.expanded->pipeline : pipeline, catalogue, validated,
             options);
    if (validated.expanded) {
        for (const auto& [id, file] : validated.expanded->subflows) side.subflows.insert(id);
    }
    // A subflow whose file was not looked at is there, but nothing is known of it.
    for (const SideNode& node : side.nodes) {
        if (!node.typed.bound) return firstError(validated).at(node.id);
    }
    findTakingPart(side, chartsTakePart);
    findColumnsRead(side);
    if (everyColumn) {
        for (SideNode& node : side.nodes) {
            for (ColumnSet& read : node.read) std::fill(read.begin(), read.end(), true);
        }
    }
    return side;
}

}  // namespace rw::forecasting
