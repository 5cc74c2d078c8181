#include "widgets/pipeline_tests/step_columns.h"

#include <algorithm>

#include "core/pipeline_tests/test_cells.h"

namespace rw::ui {

namespace {

using Verb = PipelineTestStep::Verb;

PortRole roleOf(Verb verb) {
    return verb == Verb::ExpectLate       ? PortRole::Late
           : verb == Verb::ExpectRejected ? PortRole::Rejected
                                          : PortRole::Rows;
}

/// The port whose rows an expectation looks at; none: it is not known.
std::optional<PortRef> portLookedAt(const PipelineDocument& document, const PipelineTestStep& step) {
    const auto [id, port] = partsOfPlace(step.at);
    const NodeKind* const kind = document.kindOf(id);
    if (kind == nullptr) return std::nullopt;
    const PortRole role = roleOf(step.verb);
    if (role == PortRole::Rows && kind->group == NodeGroup::Sink) {
        for (const Wire& wire : document.pipeline().wires) {
            if (wire.to.node == id) return wire.from;
        }
        return std::nullopt;
    }
    for (const PortSpec& spec : kind->outputs) {
        if (port.empty() ? spec.role == role : spec.name == port) return PortRef{id, spec.name};
    }
    return std::nullopt;
}

/// As a test gives rows to a source: without the column of arrival.
std::vector<StepColumn> columnsOfSource(const PipelineDocument& document, const NodeId& id) {
    const NodeKind* const kind = document.kindOf(id);
    const TypedNode* const typed = document.typed(id);
    if (kind == nullptr || kind->group != NodeGroup::Source || typed == nullptr || !typed->bound) return {};
    std::vector<StepColumn> columns;
    for (const Field& field : typed->bound->outputs.front().schema->fields)
        columns.push_back({field.name, field.type});
    const Json& params = document.node(id)->params;
    const auto arrival = params.find("arrival_time");
    if (arrival != params.end() && !columns.empty() && *arrival == columns.back().name) columns.pop_back();
    return columns;
}

std::vector<StepColumn> columnsLookedAt(const PipelineDocument& document, const PipelineTestStep& step) {
    const std::optional<PortRef> port = portLookedAt(document, step);
    const StreamType* const type = port ? document.streamAt(*port) : nullptr;
    if (type == nullptr || !type->schema) return {};
    std::vector<StepColumn> columns;
    if (type->updating && step.verb != Verb::ExpectTable && !type->schema->find(kOpColumn))
        columns.push_back({kOpColumn, Type::of(TypeId::String)});
    for (const Field& field : type->schema->fields) columns.push_back({field.name, field.type});
    return columns;
}

}  // namespace

std::pair<NodeId, std::string> partsOfPlace(const std::string& at) {
    const std::size_t dot = at.find('.');
    if (dot == std::string::npos) return {at, {}};
    return {at.substr(0, dot), at.substr(dot + 1)};
}

std::vector<StepColumn> columnsOf(const PipelineDocument& document, const PipelineTestStep& step) {
    if (!step.rows) return {};
    const std::vector<StepColumn> known =
        step.verb == Verb::Rows ? columnsOfSource(document, step.at) : columnsLookedAt(document, step);
    if (!step.columns) return known;
    std::vector<StepColumn> chosen;
    for (const std::string& name : *step.columns) {
        const auto found = std::find_if(known.begin(), known.end(),
                                        [&](const StepColumn& column) { return column.name == name; });
        chosen.push_back({name, found == known.end() ? std::nullopt : found->type});
    }
    return chosen;
}

}  // namespace rw::ui
