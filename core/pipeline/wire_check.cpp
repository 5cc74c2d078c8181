// Whether a wire that is being drawn can be.
#include <algorithm>
#include <set>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/validate.h"
#include "core/sql/ast.h"

namespace rw {

namespace {

Issue refusal(const Wire& wire, Text message, Text mend = {}) {
    Issue issue;
    issue.node = wire.to.node;
    issue.port = wire.to.port;
    issue.message = std::move(message);
    issue.mend = std::move(mend);
    return issue;
}

/// The node `end` and all that its rows come from.
std::set<NodeId> before(const Pipeline& pipeline, const NodeId& end) {
    std::set<NodeId> found{end};
    for (bool grew = true; grew;) {
        grew = false;
        for (const Wire& wire : pipeline.wires) {
            if (found.count(wire.to.node) > 0 && found.insert(wire.from.node).second) grew = true;
        }
    }
    return found;
}

/// The part of the pipeline that decides about the types at `wire`, with the wire in it.
Pipeline partWith(const Pipeline& pipeline, const Wire& wire) {
    Pipeline part;
    part.settings = pipeline.settings;
    part.variables = pipeline.variables;
    std::set<NodeId> wanted = before(pipeline, wire.from.node);
    wanted.merge(before(pipeline, wire.to.node));
    for (const Node& node : pipeline.nodes) {
        if (wanted.count(node.id) > 0) part.nodes.push_back(node);
    }
    for (const Wire& other : pipeline.wires) {
        if (wanted.count(other.from.node) > 0 && wanted.count(other.to.node) > 0) part.wires.push_back(other);
    }
    part.wires.push_back(wire);
    return part;
}

/// Whether an error of the receiving node is about what comes along the wire, not about its own parameters.
bool concernsWire(const Issue& issue, const Wire& wire) {
    return issue.port.empty() ? issue.param.empty() : issue.port == wire.to.port;
}

/// The receiver names columns that the rows do not have: says which, and offers a select that makes them.
Issue missingColumns(const Issue& first, const Wire& wire, const Pipeline& pipeline, const Validated& result,
                     const StreamType& stream) {
    Json mapped = Json::array({"*"});
    std::string missing;
    for (const Issue& issue : result.issues) {
        if (issue.node != wire.to.node || issue.column.empty()) continue;
        if (missing.find("“" + issue.column + "”") != std::string::npos) continue;
        missing += (missing.empty() ? "“" : ", “") + issue.column + "”";
        const std::string nearest = nearestName(issue.column, *stream.schema);
        if (nearest.empty()) continue;
        mapped.push_back(sql::quoteIdentifier(nearest) + " AS " + sql::quoteIdentifier(issue.column));
    }
    const std::string& receiver = pipeline.find(wire.to.node)->shownTitle();
    Issue issue = refusal(
        wire,
        RW_TEXT("wires", "“%1” needs column %2; “%3” has %4.")
            .with(receiver, missing, pipeline.find(wire.from.node)->shownTitle(),
                  columnNames(*stream.schema)),
        RW_TEXT("wires", "Name other columns in “%1”, or map them with a select before it.").with(receiver));
    issue.fixes = first.fixes;
    if (mapped.size() == 1) return issue;
    QuickFix& map = issue.fixes.emplace_back();
    map.kind = QuickFix::Kind::AddNode;
    map.label = RW_TEXT("wires", "Map columns");
    map.node = wire.to.node;
    map.port = wire.to.port;
    map.param = "select";
    map.value = {{"columns", std::move(mapped)}};
    return issue;
}

/// What arrives along the wire; null when that is not known.
const StreamType* streamOn(const Wire& wire, const Validated& result, const Pipeline& pipeline,
                           const Catalogue& catalogue) {
    const auto from = result.nodes.find(wire.from.node);
    const NodeKind* kind = catalogue.find(pipeline.find(wire.from.node)->type);
    if (from == result.nodes.end() || !from->second.bound || !kind) return nullptr;
    return &from->second.bound->outputs[static_cast<std::size_t>(kind->outputPort(wire.from.port))];
}

}  // namespace

std::optional<Issue> checkWire(const Pipeline& pipeline, const Catalogue& catalogue,
                               const ValidateOptions& options, const Wire& wire) {
    const Node* from = pipeline.find(wire.from.node);
    const Node* to = pipeline.find(wire.to.node);
    if (!from || !to) return refusal(wire, RW_TEXT("wires", "One of the two nodes is gone."));
    if (before(pipeline, from->id).count(to->id) > 0) {
        return refusal(wire,
                       RW_TEXT("wires", "This would make a loop through “%1”. Rillwright graphs run one way.")
                           .with(to->shownTitle()));
    }
    const NodeKind* target = catalogue.find(to->type);
    const int port = target ? target->inputPort(wire.to.port) : -1;
    const bool single = port >= 0 && !target->inputs[static_cast<std::size_t>(port)].many;
    for (const Wire& other : pipeline.wires) {
        if (other.to != wire.to || (!single && other.from != wire.from)) continue;
        Issue issue = refusal(
            wire, single ? RW_TEXT("wires", "The input of “%1” already has a wire.").with(to->shownTitle())
                         : RW_TEXT("wires", "This wire is there already."));
        if (single && other.from != wire.from) {
            QuickFix& fix = issue.fixes.emplace_back();
            fix.kind = QuickFix::Kind::RemoveWire;
            fix.label = RW_TEXT("wires", "Remove the wire from “%1”").with(writeOutput(other.from));
            fix.value = writeWire(other);
        }
        return issue;
    }
    const Pipeline part = partWith(pipeline, wire);
    const Validated result = validate(part, catalogue, options);
    const StreamType* stream = streamOn(wire, result, pipeline, catalogue);
    for (const Issue& issue : result.issues) {
        if (issue.severity != Severity::Error || issue.node != to->id) continue;
        if (concernsWire(issue, wire)) return issue;
        if (!issue.column.empty() && stream) return missingColumns(issue, wire, pipeline, result, *stream);
    }
    return std::nullopt;
}

}  // namespace rw
