#include "widgets/pipeline_tests/made_test.h"

#include <algorithm>
#include <utility>

#include "core/data/value.h"
#include "core/look/cut.h"
#include "core/pipeline_tests/test_run.h"
#include "core/pipeline_tests/test_values.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/pane/variant_for_test.h"

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

/// The columns that a test gives: without that of arrival, which gets the time of the test's clock.
std::size_t givenColumns(const Node& source, const Schema& schema) {
    const auto arrival = source.params.find("arrival_time");
    const bool has =
        arrival != source.params.end() && !schema.fields.empty() && *arrival == schema.fields.back().name;
    return schema.size() - (has ? 1 : 0);
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

MadeTestQuestion madeTestQuestion(const PipelineDocument& document, const NodeId& node,
                                  const std::string& name) {
    MadeTestQuestion question{document.pipeline(),
                              document.sharedCatalogue(),
                              document.validateOptions(),
                              DocumentTrust::questionOf(document),
                              document.path().toStdString(),
                              node,
                              expectationsOf(document, node),
                              name,
                              {},
                              {}};
    for (const Node& each : question.pipeline.nodes) {
        const StreamType* const type = document.streamAt({each.id, std::string(kDefaultOutput)});
        if (type != nullptr) question.schemas[each.id] = type->schema;
    }
    return question;
}

MadeTestQuestion madeTestQuestion(const PipelineDocument& document, const VariantForTest& variant,
                                  const std::string& name) {
    MadeTestQuestion question = madeTestQuestion(document, variant.node, name);
    question.pipeline = variant.pipeline;
    question.set = variant.set;
    for (const Variable& variable : variant.set)
        question.validating.variables[variable.name] = variable.value;
    return question;
}

Result<std::vector<NodeId>> sourcesAbove(const MadeTestQuestion& question) {
    std::vector<NodeId> sources;
    for (const Node& node : cutAbove(question.pipeline, {question.node}).nodes) {
        const NodeKind* const kind = question.catalogue->of(node);
        if (kind != nullptr && kind->group == NodeGroup::Source && !node.disabled) sources.push_back(node.id);
    }
    if (!sources.empty() && !question.expectations.empty()) return sources;
    return Status(ErrorCode::Invalid,
                  RW_TEXT("pipeline_tests", "No rows of a source come to “%1”.").with(question.node),
                  RW_TEXT("pipeline_tests", "Choose a node to which the rows of a source lead."));
}

void appendTestRows(const Node& source, const Batch& batch, std::size_t most, Json& rows) {
    const std::size_t columns = givenColumns(source, *batch.schema);
    for (std::size_t row = batch.rows - std::min(most, batch.rows); row < batch.rows; ++row) {
        Json cells = Json::array();
        for (std::size_t column = 0; column < columns; ++column) {
            const ColumnRef& values = batch.columns[column];
            cells.push_back(values ? testCell(valueAt(*values, row), batch.schema->fields[column].type)
                                   : Json(nullptr));
        }
        rows.push_back(std::move(cells));
    }
}

Result<PipelineTest> testOfSteps(const MadeTestQuestion& question, PipelineTest test,
                                 const std::atomic<bool>& dropped) {
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
