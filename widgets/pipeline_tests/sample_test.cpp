#include "widgets/pipeline_tests/sample_test.h"

#include <algorithm>
#include <utility>

#include "core/data/value.h"
#include "core/look/cut.h"
#include "core/look/look.h"
#include "core/pipeline_tests/test_run.h"
#include "core/pipeline_tests/test_values.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

namespace {

using Verb = PipelineTestStep::Verb;

PipelineTestStep emptyExpectation(Verb verb, std::string at) {
    PipelineTestStep step;
    step.verb = verb;
    step.at = std::move(at);
    step.rows = Json::array();
    return step;
}

std::vector<NodeId> sourcesAbove(const SampleTestQuestion& question) {
    std::vector<NodeId> sources;
    for (const Node& node : cutAbove(question.pipeline, {question.node}).nodes) {
        const NodeKind* const kind = question.catalogue->of(node);
        if (kind != nullptr && kind->group == NodeGroup::Source && !node.disabled) sources.push_back(node.id);
    }
    return sources;
}

/// The columns that a test gives: without that of arrival, which gets the time of the test's clock.
std::size_t givenColumns(const Node& source, const Schema& schema) {
    const auto arrival = source.params.find("arrival_time");
    const bool has =
        arrival != source.params.end() && !schema.fields.empty() && *arrival == schema.fields.back().name;
    return schema.size() - (has ? 1 : 0);
}

Json rowsOfPort(const LookedPort& port, std::size_t columns) {
    Json rows = Json::array();
    for (const Batch& batch : port.batches) {
        for (std::size_t row = 0; row < batch.rows && rows.size() < SampleTestQuestion::kRows; ++row) {
            Json cells = Json::array();
            for (std::size_t column = 0; column < columns; ++column) {
                const ColumnRef& values = batch.columns[column];
                cells.push_back(values
                                    ? testCell(valueAt(*values, row), port.type.schema->fields[column].type)
                                    : Json(nullptr));
            }
            rows.push_back(std::move(cells));
        }
    }
    return rows;
}

Status noSample(const NodeId& source, const LookResult& look) {
    if (!look.failed.ok()) return look.failed;
    if (!look.issues.empty()) {
        const Issue& issue = look.issues.front();
        return Status(ErrorCode::Invalid, issue.message, issue.fix).at(issue.node);
    }
    for (const LookedSource& each : look.sources) {
        if (!each.missing.empty()) return Status(ErrorCode::Invalid, each.missing, each.fix).at(each.node);
    }
    return Status(ErrorCode::NotFound,
                  RW_TEXT("pipeline_tests", "The source “%1” has no rows to make a test of.").with(source),
                  RW_TEXT("pipeline_tests", "Make a test by hand with New test."));
}

Result<PipelineTestStep> rowsOf(const NodeId& source, const SampleTestQuestion& question, const Trust& trust,
                                const std::atomic<bool>& dropped) {
    LookRequest request{question.pipeline, *question.catalogue};
    request.validating = question.validating;
    request.trust = trust;
    request.node = source;
    request.limits.rows = SampleTestQuestion::kRows;
    request.kept.rows = SampleTestQuestion::kRows;
    request.isCancelled = [&dropped] { return dropped.load(); };
    const LookResult found = look(request);
    const auto port = std::find_if(found.outputs.begin(), found.outputs.end(),
                                   [](const LookedPort& each) { return each.role == PortRole::Rows; });
    if (port == found.outputs.end() || port->rows == 0) return noSample(source, found);
    PipelineTestStep step;
    step.verb = Verb::Rows;
    step.at = source;
    step.rows = rowsOfPort(*port, givenColumns(*question.pipeline.find(source), *port->type.schema));
    return step;
}

}  // namespace

std::vector<PipelineTestStep> expectationsOf(const PipelineDocument& document, const NodeId& node) {
    const NodeKind* const kind = document.kindOf(node);
    if (kind == nullptr) return {};
    if (kind->group == NodeGroup::Sink) return {emptyExpectation(Verb::ExpectTable, node)};
    const auto verbOf = [&](const std::string& port) {
        const StreamType* const type = document.streamAt({node, port});
        return type != nullptr && type->updating ? Verb::ExpectTable : Verb::Expect;
    };
    const std::string usual(kDefaultOutput);
    if (kind->outputPort(usual) >= 0) return {emptyExpectation(verbOf(usual), node)};
    std::vector<PipelineTestStep> steps;
    for (const PortSpec& port : kind->outputs) {
        if (port.role == PortRole::Rows)
            steps.push_back(emptyExpectation(verbOf(port.name), writeOutput({node, port.name})));
    }
    return steps;
}

SampleTestQuestion sampleTestQuestion(const PipelineDocument& document, const NodeId& node,
                                      const std::string& name) {
    return {document.pipeline(),
            document.sharedCatalogue(),
            document.validateOptions(),
            DocumentTrust::questionOf(document),
            document.path().toStdString(),
            node,
            expectationsOf(document, node),
            name};
}

Result<PipelineTest> testFromSample(const SampleTestQuestion& question, const std::atomic<bool>& dropped) {
    const std::vector<NodeId> sources = sourcesAbove(question);
    if (sources.empty() || question.expectations.empty()) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("pipeline_tests", "No rows of a source come to “%1”.").with(question.node),
                      RW_TEXT("pipeline_tests", "Choose a node to which the rows of a source lead."));
    }
    const Trust trust = question.trust();
    PipelineTest test;
    test.name = question.name;
    for (const NodeId& source : sources) {
        RW_TRY_ASSIGN(PipelineTestStep step, rowsOf(source, question, trust, dropped));
        test.steps.push_back(std::move(step));
    }
    PipelineTestStep end;
    end.verb = Verb::End;
    test.steps.push_back(std::move(end));
    test.steps.insert(test.steps.end(), question.expectations.begin(), question.expectations.end());
    RW_TRY_ASSIGN(const TestedPipeline tested,
                  testedOf(question.pipeline, question.file, *question.catalogue));
    TestOutcome outcome = runTest(tested, test, &dropped);
    if (outcome.state == TestOutcome::State::NotRun) return outcome.error;
    // A run that fails has no rows to expect.
    for (const TestFailure& failure : outcome.failures) {
        if (failure.rows.none()) return Status(ErrorCode::Invalid, failure.message);
    }
    return std::move(outcome.asItCame);
}

}  // namespace rw::ui
