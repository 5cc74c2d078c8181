#include "widgets/pipeline_tests/step_columns.h"

#include <algorithm>

#include "core/pipeline/variables.h"
#include "core/pipeline_tests/test_cells.h"
#include "core/pipeline_tests/watermarks_after.h"

namespace rw::ui {

namespace {

using Verb = PipelineTestStep::Verb;

constexpr std::size_t kMostWatermarks = 10'000;  ///< rows: they are computed after each change

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

/// As a test gives rows to a source: without the column of arrival. None: it is no source, or not known.
Schema schemaOfSource(const PipelineDocument& document, const NodeId& id) {
    const NodeKind* const kind = document.kindOf(id);
    const TypedNode* const typed = document.typed(id);
    if (kind == nullptr || kind->group != NodeGroup::Source || typed == nullptr || !typed->bound) return {};
    Schema schema = *typed->bound->outputs.front().schema;
    const Json& params = document.node(id)->params;
    const auto arrival = params.find("arrival_time");
    if (arrival != params.end() && !schema.fields.empty() && *arrival == schema.fields.back().name)
        schema.fields.pop_back();
    return schema;
}

std::vector<StepColumn> columnsOfSource(const PipelineDocument& document, const NodeId& id) {
    std::vector<StepColumn> columns;
    for (const Field& field : schemaOfSource(document, id).fields)
        columns.push_back({field.name, field.type});
    return columns;
}

/// The text of a parameter with the variables of the test.
std::string textWith(const PipelineDocument& document, const NodeId& id, const char* param,
                     const Variables& variables) {
    const Json& params = document.node(id)->params;
    const auto found = params.find(param);
    if (found == params.end()) return {};
    Json value = *found;
    std::vector<std::string> unknown;
    substituteAll(value, variables, unknown);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::optional<TimedSource> timedSource(const PipelineDocument& document, const NodeId& id,
                                       const Variables& variables) {
    Schema schema = schemaOfSource(document, id);
    if (schema.fields.empty()) return std::nullopt;
    const StreamType& type = document.typed(id)->bound->outputs.front();
    if (type.eventTime < 0 || static_cast<std::size_t>(type.eventTime) >= schema.size()) return std::nullopt;
    TimedSource source;
    source.schema = std::make_shared<Schema>(std::move(schema));
    source.eventTime = type.eventTime;
    const std::string delay = textWith(document, id, "watermark_delay", variables);
    const Result<Millis> given = parseDuration(delay);
    if (!delay.empty() && !given.ok()) return std::nullopt;
    source.delay = delay.empty() ? document.typed(id)->bound->watermarkDelay : *given;
    source.several = !type.sourceOrder;
    source.nullOnError = textWith(document, id, "on_error", variables) == "null";
    return source;
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

std::vector<std::vector<std::optional<Instant>>> watermarksOf(const PipelineDocument& document,
                                                              const PipelineTest& test) {
    Variables variables;
    for (const Variable& each : document.pipeline().variables) variables[each.name] = each.value;
    for (const Variable& each : test.set) variables[each.name] = each.value;
    std::map<NodeId, TimedSource> sources;
    std::size_t rows = 0;
    for (const PipelineTestStep& step : test.steps) {
        if (step.verb != Verb::Rows || !step.rows) continue;
        rows += step.rows->size();
        if (sources.contains(step.at)) continue;
        if (auto source = timedSource(document, step.at, variables))
            sources.emplace(step.at, *std::move(source));
    }
    if (rows > kMostWatermarks) sources.clear();
    return watermarksAfter(test, sources);
}

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
