#include "core/compare/flink_test_pipeline.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/compare/cluster_side.h"
#include "core/compare/staged_sources.h"
#include "core/data/text.h"
#include "core/look/cut.h"
#include "core/nodes/column_defs.h"
#include "core/pipeline/param_values.h"
#include "core/pipeline_tests/test_values.h"

namespace rw {

namespace {

using Verb = PipelineTestStep::Verb;

/// Parameters by which the results of a node depend on the time that passes.
constexpr std::array kByTheClock{"state_ttl", "idle_timeout"};

Status firstProblem(const Validated& validated) {
    for (const Issue& issue : validated.issues) {
        if (issue.severity == Severity::Error)
            return Status(ErrorCode::Invalid, issue.message, issue.fix).at(issue.node, issue.param);
    }
    return {};
}

/// The ids of all probes, each once.
std::vector<NodeId> probesOf(const std::vector<std::vector<NodeId>>& lists) {
    std::set<NodeId> out;
    for (const std::vector<NodeId>& list : lists) out.insert(list.begin(), list.end());
    return {out.begin(), out.end()};
}

std::vector<ChangeRow> cellsOf(const Json& rows, const Schema& schema) {
    std::vector<ChangeRow> out;
    for (const Json& cells : rows) {
        ChangeRow& row = out.emplace_back();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const Type type = schema.fields[i].type;
            const std::optional<Value> value = testValue(cells[i], type);
            TextCell& cell = row.cells.emplace_back();
            if (value && !isNull(*value)) cell = toText(*value, type);
        }
    }
    return out;
}

}  // namespace

Result<AskedTest> FlinkTestPipeline::make() {
    RW_TRY_ASSIGN(m_options, testOptions(m_tested, m_test));
    RW_TRY_ASSIGN(m_probed, probedPipeline(m_tested, m_test, m_options, true));
    m_whole = validate(m_probed.pipeline, m_tested.kinds, m_options);
    RW_TRY(firstProblem(m_whole));
    std::set<NodeId> sources;
    for (const Node& source : sourcesAbove(probesOf(m_probed.probes))) sources.insert(source.id);
    AskedTest asked = askedAtTheEnd(m_test, m_probed.probes, sources);
    std::vector<AskedStep> left;
    for (AskedStep& one : asked.steps) {
        for (const NodeId& probe : one.probes) {
            if (typeAt(probe) == nullptr)
                return Status(ErrorCode::Invalid,
                              RW_TEXT("pipeline_tests", "“%1” does not run.").with(one.step.at),
                              RW_TEXT("pipeline_tests", "Enable the node, and give it an input."));
        }
        if (const Text why = inTheWay(one); !why.empty()) {
            for (const std::size_t step : one.of) asked.notAsked.push_back({step, why});
        } else {
            left.push_back(std::move(one));
        }
    }
    asked.steps = std::move(left);
    std::stable_sort(asked.notAsked.begin(), asked.notAsked.end(),
                     [](const NotAsked& a, const NotAsked& b) { return a.step < b.step; });
    std::vector<std::vector<NodeId>> probes;
    for (const AskedStep& one : asked.steps) probes.push_back(one.probes);
    m_sources = sourcesAbove(probesOf(probes));
    m_pipeline = cutAbove(m_probed.pipeline, probesOf(probes));
    return asked;
}

Status FlinkTestPipeline::readRows(const std::atomic<bool>* cancelled) {
    PipelineTest input = m_test;
    for (PipelineTestStep& step : input.steps) {
        // Where a test looks at rejected rows, cells may be wrong.
        const bool stays =
            step.verb == Verb::ExpectRejected || step.verb == Verb::Expect || step.verb == Verb::ExpectTable;
        if (!isExpectation(step.verb) || (stays && !looksAtSource(step))) continue;
        step = {};  // so that the others keep their numbers
        step.verb = Verb::Advance;
    }
    for (const Node& source : m_sources) {
        PipelineTestStep& look = input.steps.emplace_back();
        look.verb = Verb::Expect;
        look.at = writeOutput({source.id, portOf(source)});
        look.rows = Json::array();
    }
    const TestOutcome ran = runTest(m_tested, input, cancelled);
    if (ran.state == TestOutcome::State::NotRun) return ran.error;
    // Other failures are expectations that are not met, as the looks at the sources shall be.
    if (ran.endedEarly) return {ErrorCode::Invalid, ran.failures.back().message};
    for (std::size_t i = 0; i < m_sources.size(); ++i)
        m_rows.push_back(*ran.asItCame.steps[m_test.steps.size() + i].rows);
    return {};
}

Status FlinkTestPipeline::translate() {
    for (Node& node : m_pipeline.nodes) {
        if (isSource(node)) node = standIn(node);
    }
    m_pipeline.settings.parallelism = 1;  // two tasks would not keep to the order of the rows
    m_validated = validate(m_pipeline, m_tested.kinds, m_options);
    RW_TRY(firstProblem(m_validated));
    m_translation = rw::translate(m_pipeline, m_tested.kinds, m_validated, Engine::Flink,
                                  comparedAs(m_options, Sources::Staged));
    for (const NodeId& id : m_validated.order) {
        const auto verdict = m_translation.nodes.find(id);
        if (verdict == m_translation.nodes.end()) continue;
        for (const Remark& remark : verdict->second.findings) {
            if (remark.verdict == Verdict::Refused)
                return Status(ErrorCode::Invalid,
                              RW_TEXT("pipeline_tests", "It can't run on Flink: %1").with(remark.what),
                              remark.fix)
                    .at(id, remark.param);
        }
    }
    return {};
}

Status FlinkTestPipeline::writeRows(const std::string& staged) const {
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        const NodeId& source = m_sources[i].id;
        const Schema& schema = *m_whole.nodes.at(source).bound->outputs.front().schema;
        RW_TRY(writeStaged(cellsOf(m_rows[i], schema), source, staged + "/" + stagedFileOf(source)));
    }
    return {};
}

const StreamType* FlinkTestPipeline::typeAt(const NodeId& probe) const {
    const auto typed = m_whole.nodes.find(probe);
    if (typed == m_whole.nodes.end() || !typed->second.bound || typed->second.inputs.empty() ||
        typed->second.inputs.front().empty())
        return nullptr;
    return &typed->second.inputs.front().front();
}

std::vector<int> FlinkTestPipeline::keyAt(const NodeId& probe) const {
    std::vector<int> out;
    const auto columns = m_probed.keys.find(probe);
    if (columns == m_probed.keys.end()) return out;
    for (const std::string& column : columns->second) {
        if (const auto index = typeAt(probe)->schema->find(column)) out.push_back(*index);
    }
    return out;
}

std::vector<Text> FlinkTestPipeline::mayDiffer(const std::vector<NodeId>& probes) const {
    std::vector<Text> out;
    const Pipeline above = cutAbove(m_pipeline, probes);
    for (const NodeId& id : m_validated.order) {
        const auto verdict = m_translation.nodes.find(id);
        if (verdict == m_translation.nodes.end() || above.find(id) == nullptr) continue;
        for (const Remark& remark : verdict->second.findings) {
            if (remark.verdict == Verdict::Approximated && !remark.what.empty())
                out.push_back(RW_TEXT("deploy", "“%1”: %2").with(id, remark.what));
        }
    }
    return out;
}

bool FlinkTestPipeline::isSource(const Node& node) const {
    const NodeKind* const kind = m_tested.kinds.of(node);
    return !node.disabled && kind != nullptr && kind->group == NodeGroup::Source &&
           kind->subflow == SubflowRole::None;
}

const std::string& FlinkTestPipeline::portOf(const Node& source) const {
    return m_tested.kinds.of(source)->outputs.front().name;
}

bool FlinkTestPipeline::looksAtSource(const PipelineTestStep& step) const {
    return step.verb == Verb::Expect &&
           std::any_of(m_sources.begin(), m_sources.end(), [&](const Node& source) {
               return step.at == source.id || step.at == source.id + "." + portOf(source);
           });
}

std::vector<Node> FlinkTestPipeline::sourcesAbove(const std::vector<NodeId>& probes) const {
    std::vector<Node> out;
    for (Node& node : cutAbove(m_probed.pipeline, probes).nodes) {
        const auto typed = m_whole.nodes.find(node.id);
        if (isSource(node) && typed != m_whole.nodes.end() && typed->second.bound)
            out.push_back(std::move(node));
    }
    return out;
}

Text FlinkTestPipeline::inTheWay(const AskedStep& one) const {
    for (const NodeId& probe : one.probes) {
        if (one.step.verb != Verb::ExpectTable && typeAt(probe)->updating)
            return RW_TEXT("pipeline_tests",
                           "Its rows change, and Flink may join changes: expect the table at the end.");
        if (Text why = inTheWayAbove(probe); !why.empty()) return why;
    }
    return {};
}

Text FlinkTestPipeline::inTheWayAbove(const NodeId& probe) const {
    const Pipeline cut = cutAbove(m_probed.pipeline, {probe});
    for (const Wire& wire : cut.wires) {
        const Node* const from = cut.find(wire.from.node);
        const NodeKind* const kind = from == nullptr ? nullptr : m_tested.kinds.of(*from);
        const int port = kind == nullptr ? -1 : kind->outputPort(wire.from.port);
        if (port >= 0 && kind->outputs[static_cast<std::size_t>(port)].role == PortRole::Rejected)
            return RW_TEXT("pipeline_tests", "Flink words rejected rows otherwise.");
    }
    for (const Node& node : cut.nodes) {
        const auto typed = m_whole.nodes.find(node.id);
        if (isSource(node) && typed != m_whole.nodes.end() && typed->second.bound &&
            typed->second.bound->outputs.front().updating)
            return RW_TEXT("pipeline_tests", "“%1” gives rows that change, and a file can't.").with(node.id);
        const NodeKind* const kind = m_tested.kinds.of(node);
        if (kind == nullptr || node.disabled || !m_timePasses) continue;
        for (const char* const param : kByTheClock) {
            const ParamSpec* const spec = kind->param(param);
            if (spec != nullptr && !isBlank(paramValue(*spec, node.params)))
                return RW_TEXT(
                           "pipeline_tests",
                           "Time passes in this test, on which “%1” of “%2” depends; on Flink it does not.")
                    .with(param, node.id);
        }
    }
    return {};
}

Node FlinkTestPipeline::standIn(const Node& source) const {
    const BoundNode& bound = *m_whole.nodes.at(source.id).bound;
    const StreamType& type = bound.outputs.front();
    Node out;
    out.id = source.id;
    out.type = "csv_source";
    Json columns = Json::array();
    for (const Field& field : type.schema->fields) columns.push_back(writeColumnDef(field));
    out.params["path"] = "rows.csv";  // never read: a copy is
    out.params["columns"] = std::move(columns);
    if (type.eventTime >= 0) {
        out.params["event_time"] = type.schema->fields[static_cast<std::size_t>(type.eventTime)].name;
        out.params["watermark_delay"] = formatDuration(bound.watermarkDelay);
    }
    return out;
}

}  // namespace rw
