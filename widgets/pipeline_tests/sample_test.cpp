#include "widgets/pipeline_tests/sample_test.h"

#include <algorithm>
#include <utility>

#include "core/look/look.h"

namespace rw::ui {

namespace {

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

Result<PipelineTestStep> rowsOf(const NodeId& source, const MadeTestQuestion& question, const Trust& trust,
                                const std::atomic<bool>& dropped) {
    LookRequest request{question.pipeline, *question.catalogue};
    request.validating = question.validating;
    request.trust = trust;
    request.node = source;
    request.limits.rows = kSampledTestRows;
    request.kept.rows = kSampledTestRows;
    request.isCancelled = [&dropped] { return dropped.load(); };
    const LookResult found = look(request);
    const auto port = std::find_if(found.outputs.begin(), found.outputs.end(),
                                   [](const LookedPort& each) { return each.role == PortRole::Rows; });
    if (port == found.outputs.end() || port->rows == 0) return noSample(source, found);
    PipelineTestStep step;
    step.verb = PipelineTestStep::Verb::Rows;
    step.at = source;
    step.rows = Json::array();
    for (const Batch& batch : port->batches)
        appendTestRows(*question.pipeline.find(source), batch, batch.rows, *step.rows);
    return step;
}

}  // namespace

Result<PipelineTest> testFromSample(const MadeTestQuestion& question, const std::atomic<bool>& dropped) {
    RW_TRY_ASSIGN(const std::vector<NodeId> sources, sourcesAbove(question));
    const Trust trust = question.trust();
    PipelineTest test;
    test.name = question.name;
    test.set = question.set;
    for (const NodeId& source : sources) {
        RW_TRY_ASSIGN(PipelineTestStep step, rowsOf(source, question, trust, dropped));
        test.steps.push_back(std::move(step));
    }
    return testOfSteps(question, std::move(test), dropped);
}

}  // namespace rw::ui
