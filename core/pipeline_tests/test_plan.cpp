#include "core/pipeline_tests/test_plan.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/pipeline/checks/trust.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline_tests/port_rows.h"

namespace rw {

namespace {

using Verb = PipelineTestStep::Verb;

Catalogue withProbes(const Catalogue& kinds) {
    std::vector<NodeKind> all = kinds.kinds();
    all.push_back(rowsProbeKind());
    all.push_back(tableProbeKind());
    return Catalogue(std::move(all));
}

ValidateOptions optionsFor(const TestedPipeline& tested) {
    ValidateOptions options;
    options.folder = tested.folder;
    options.file = tested.file;
    options.files = false;
    return options;
}

Status firstErrorOf(const std::vector<Issue>& issues) {
    for (const Issue& issue : issues) {
        if (issue.severity == Severity::Error)
            return Status(ErrorCode::Invalid, issue.message, issue.fix).at(issue.node, issue.param);
    }
    return {};
}

Status noSuchNode(const std::string& node) {
    return {ErrorCode::Invalid, RW_TEXT("pipeline_tests", "The pipeline has no node “%1”.").with(node),
            RW_TEXT("pipeline_tests", "Change the test, if the node was renamed.")};
}

std::string portNames(const NodeKind& kind) {
    std::string names;
    for (const PortSpec& port : kind.outputs) names += (names.empty() ? "" : ", ") + port.name;
    return names;
}

/// “node” and “port” of “node.port”; no port: empty.
std::pair<NodeId, std::string> partsOf(const std::string& at) {
    const std::size_t dot = at.find('.');
    return dot == std::string::npos ? std::pair(at, std::string())
                                    : std::pair(at.substr(0, dot), at.substr(dot + 1));
}

bool isUpsert(const Node& sink) {
    const auto mode = sink.params.find("mode");
    return mode != sink.params.end() && *mode == "upsert";
}

class Probes {
 public:
    /// `expanded`: the pipeline with the nodes of its subflows; null: as it is.
    Probes(const TestedPipeline& tested, std::shared_ptr<const Expanded> expanded)
        : m_tested(tested),
          m_expanded(std::move(expanded)),
          m_pipeline(m_expanded ? m_expanded->pipeline : tested.pipeline) {}

    /// The probes of what a step looks at.
    Result<std::vector<NodeId>> of(const PipelineTestStep& step) {
        const auto [id, port] = partsOf(step.at);
        const Node* const node = m_pipeline.find(id);
        if (node == nullptr) return noSuchNode(id);
        const NodeKind* const kind = m_tested.kinds.of(*node);
        if (kind == nullptr) return noSuchNode(id);
        const bool table = step.verb == Verb::ExpectTable;
        const PortRole role = step.verb == Verb::ExpectLate       ? PortRole::Late
                              : step.verb == Verb::ExpectRejected ? PortRole::Rejected
                                                                  : PortRole::Rows;
        if (role == PortRole::Rows && kind->group == NodeGroup::Sink) return beforeSink(*node, table);
        std::vector<NodeId> found;
        for (const PortSpec& spec : kind->outputs) {
            if (port.empty() ? takes(spec, role, *kind) : spec.name == port)
                found.push_back(probe({id, spec.name}, table, {PortRef{id, spec.name}}));
        }
        if (!found.empty()) return found;
        return noSuchPort(step, *kind);
    }

    Pipeline& pipeline() { return m_pipeline; }
    /// The key columns of upserts by probe.
    const std::map<NodeId, std::vector<std::string>>& keys() const { return m_keys; }

 private:
    static bool takes(const PortSpec& spec, PortRole role, const NodeKind& kind) {
        if (spec.role != role) return false;
        return role != PortRole::Rows || kind.outputPort(kDefaultOutput) < 0 || spec.name == kDefaultOutput;
    }

    static Status noSuchPort(const PipelineTestStep& step, const NodeKind& kind) {
        if (step.verb == Verb::ExpectLate) {
            return {ErrorCode::Invalid,
                    RW_TEXT("pipeline_tests", "“%1” has no port for late rows.").with(step.at)};
        }
        if (step.verb == Verb::ExpectRejected) {
            return {ErrorCode::Invalid,
                    RW_TEXT("pipeline_tests", "“%1” has no port for rejected rows.").with(step.at)};
        }
        return {ErrorCode::Invalid, RW_TEXT("pipeline_tests", "There is no port “%1”. The node has: %2.")
                                        .with(step.at, portNames(kind))};
    }

    /// The rows that a sink would get.
    Result<std::vector<NodeId>> beforeSink(const Node& sink, bool table) {
        std::vector<PortRef> ends;
        for (const Wire& wire : m_pipeline.wires) {
            if (wire.to.node == sink.id) ends.push_back(wire.from);
        }
        if (ends.empty()) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("pipeline_tests", "No rows lead to “%1”.").with(sink.id),
                          RW_TEXT("pipeline_tests", "Draw a wire to it."));
        }
        const auto key = sink.params.find("key");
        std::vector<std::string> columns;
        if (table && isUpsert(sink) && key != sink.params.end() && key->is_array()) {
            for (const Json& column : *key) {
                if (column.is_string()) columns.push_back(column.get<std::string>());
            }
        }
        const NodeId made = probe({sink.id, "in"}, table, ends);
        if (!columns.empty()) m_keys[made] = std::move(columns);
        return std::vector<NodeId>{made};
    }

    NodeId freeId(const PortRef& of) const {
        NodeId id = "test_of_" + of.node + "_" + of.port;
        std::replace(id.begin(), id.end(), '/', '_');
        while (m_pipeline.find(id) != nullptr) id += "_";
        return id;
    }

    NodeId probe(const PortRef& of, bool table, const std::vector<PortRef>& ends) {
        auto [known, added] = m_probes.try_emplace({of, table});
        if (!added) return known->second;
        known->second = freeId(of);
        Node node;
        node.id = known->second;
        node.type = table ? kTableProbe : kRowsProbe;
        m_pipeline.nodes.push_back(std::move(node));
        for (const PortRef& end : ends) {
            Wire wire;
            wire.from = end;
            wire.to = {known->second, std::string(kDefaultInput)};
            m_pipeline.wires.push_back(m_expanded ? m_expanded->joined(std::move(wire)) : std::move(wire));
        }
        return known->second;
    }

    const TestedPipeline& m_tested;
    const std::shared_ptr<const Expanded> m_expanded;
    Pipeline m_pipeline;
    std::map<std::pair<PortRef, bool>, NodeId> m_probes{};
    std::map<NodeId, std::vector<std::string>> m_keys{};
};

Status setVariables(const TestedPipeline& tested, const PipelineTest& test, ValidateOptions& options) {
    for (const Variable& one : test.set) {
        const auto& known = tested.pipeline.variables;
        if (std::none_of(known.begin(), known.end(),
                         [&](const Variable& each) { return each.name == one.name; })) {
            return {ErrorCode::Invalid,
                    RW_TEXT("pipeline_tests", "The pipeline has no variable “%1”.").with(one.name),
                    RW_TEXT("pipeline_tests", "Take it out of “set”, or add the variable.")};
        }
        options.variables[one.name] = one.value;
    }
    return {};
}

bool looksInside(const PipelineTest& test) {
    return std::any_of(test.steps.begin(), test.steps.end(),
                       [](const PipelineTestStep& step) { return isInside(step.at); });
}

std::string textParam(const PlannedNode& node, const char* name) {
    const ParamSpec* const spec = node.kind->param(name);
    if (spec == nullptr) return {};
    const Json& value = paramValue(*spec, node.declared->params);
    return value.is_string() ? value.get<std::string>() : std::string();
}

StepInput inputOf(const PlannedNode& source) {
    const StreamType& type = source.bound->outputs.front();
    StepInput input;
    auto schema = std::make_shared<Schema>(*type.schema);
    const std::string arrival = textParam(source, "arrival_time");
    if (!arrival.empty() && !schema->fields.empty() && schema->fields.back().name == arrival)
        schema->fields.pop_back();
    input.schema = std::move(schema);
    input.onError = textParam(source, "on_error");
    input.several = !type.sourceOrder;
    const Result<Millis> idle = parseDuration(textParam(source, "idle_timeout"));
    if (idle.ok()) input.idleTimeout = *idle;
    input.script = std::make_shared<SourceScript>();
    return input;
}

/// A test neither runs code nor asks anybody.
Status mayRun(const Plan& plan) {
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            const bool stoodIn = node.kind->group == NodeGroup::Source || node.kind->group == NodeGroup::Sink;
            if (stoodIn || node.bound->accesses.empty()) continue;
            return Status(
                       ErrorCode::Denied,
                       RW_TEXT("pipeline_tests", "“%1” reaches outside the program: tests do not do that.")
                           .with(node.node),
                       RW_TEXT("pipeline_tests", "Disable the node, or test the parts before and after it."))
                .at(node.node);
        }
    }
    return {};
}

void findKeys(const ProbedPipeline& probed, PlannedTest& planned) {
    for (const auto& [probe, columns] : probed.keys) {
        const PlannedNode* const node = planned.find(probe);
        if (node == nullptr) continue;
        for (const std::string& column : columns) {
            const auto index = node->inputs.front().type.schema->find(column);
            if (index) planned.tableKeys[probe].push_back(*index);
        }
    }
}

}  // namespace

const PlannedNode* PlannedTest::find(const NodeId& node) const {
    for (const Stage& stage : plan->stages) {
        for (const PlannedNode& one : stage.nodes) {
            if (one.node == node) return &one;
        }
    }
    return nullptr;
}

Result<TestedPipeline> readTested(const std::string& file, const Catalogue& kinds) {
    RW_TRY_ASSIGN(Loaded loaded, loadPipelineFile(file));
    return testedOf(std::move(loaded.pipeline), file, kinds);
}

Result<TestedPipeline> testedOf(Pipeline pipeline, const std::string& file, const Catalogue& kinds) {
    TestedPipeline tested{std::move(pipeline), withProbes(kinds),
                          std::filesystem::path(file).parent_path().native(), file};
    if (tested.pipeline.settings.timeZone == "local") tested.pipeline.settings.timeZone = "UTC";
    // Files of subflows are read now, and kept by the catalogue.
    ValidateOptions options = optionsFor(tested);
    options.files = true;
    Trust trust;
    trust.agreed = false;
    FileReach reach = trust.reachFrom(tested.folder);
    std::vector<Issue> issues;
    (void)expand(tested.pipeline, tested.kinds, options, trust, reach, issues);
    for (const Issue& issue : issues) {
        if (isNotLookedAt(issue)) return Status(ErrorCode::Denied, issue.message, issue.fix).at(issue.node);
    }
    RW_TRY(firstErrorOf(issues));
    return tested;
}

Result<ValidateOptions> testOptions(const TestedPipeline& tested, const PipelineTest& test) {
    ValidateOptions options = optionsFor(tested);
    RW_TRY(setVariables(tested, test, options));
    return options;
}

Result<ProbedPipeline> probedPipeline(const TestedPipeline& tested, const PipelineTest& test,
                                      const ValidateOptions& options, bool expanded) {
    std::shared_ptr<const Expanded> inside;
    if (expanded || looksInside(test)) {
        std::vector<Issue> issues;
        inside = expand(tested.pipeline, tested.kinds, options, issues);
        RW_TRY(firstErrorOf(issues));
    }
    Probes probes(tested, std::move(inside));
    ProbedPipeline out;
    for (const PipelineTestStep& step : test.steps) {
        const bool looks = isExpectation(step.verb) && step.verb != Verb::ExpectWatermark &&
                           step.verb != Verb::ExpectWindow && step.verb != Verb::ExpectFailed;
        out.probes.emplace_back();
        if (!looks) continue;
        RW_TRY_ASSIGN(out.probes.back(), probes.of(step));
    }
    out.pipeline = std::move(probes.pipeline());
    out.keys = probes.keys();
    return out;
}

Result<PlannedTest> planTest(const TestedPipeline& tested, const PipelineTest& test) {
    PlanOptions options;
    options.parallelism = 1;
    options.pruneColumns = false;
    RW_TRY_ASSIGN(options.validate, testOptions(tested, test));
    RW_TRY_ASSIGN(ProbedPipeline probed, probedPipeline(tested, test, options.validate, false));
    PlannedTest out;
    out.probes = std::move(probed.probes);
    Planned planned = makePlan(probed.pipeline, tested.kinds, options);
    if (!planned.plan) return firstErrorOf(planned.issues);
    out.plan = std::move(planned.plan);
    RW_TRY(mayRun(*out.plan));
    findKeys(probed, out);
    out.player = std::make_shared<StepPlayer>(test.clock);
    for (const Stage& stage : out.plan->stages) {
        if (stage.source) out.player->addSource(stage.nodes.front().node, inputOf(stage.nodes.front()));
    }
    for (const PipelineTestStep& step : test.steps) {
        const auto source = out.player->sources().find(step.at);
        if (source != out.player->sources().end() && source->second.several && step.verb == Verb::Rows)
            source->second.script->addPartition(step.partition.empty() ? kOnlyPartition : step.partition);
    }
    return out;
}

}  // namespace rw
