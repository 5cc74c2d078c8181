#include "widgets/document/run_start.h"

#include <QDir>
#include <QFileInfo>

#include "core/launch/launch.h"
#include "core/pipeline/json.h"
#include "core/pipeline/subflow.h"
#include "core/runtime/plan.h"
#include "widgets/document/start_replay.h"

namespace rw::ui {

namespace {

std::vector<std::string> partsOf(const std::map<NodeId, SubflowFileRef>& subflows) {
    std::vector<std::string> parts;
    for (const auto& [node, file] : subflows) parts.push_back(fingerprint(file->text).toStdString());
    return parts;
}

/// The run, whose outputs are looked at when it has let them go, wherever it ends. Its plan refers to the
/// catalogue.
std::shared_ptr<Run> settling(std::unique_ptr<Run> run, std::shared_ptr<RunOutputs> outputs,
                              std::shared_ptr<const Catalogue> catalogue) {
    return {run.release(), [catalogue = std::move(catalogue), outputs = std::move(outputs)](Run* over) {
                over->stop(StopMode::Discard);
                over->wait();
                const OutputsWritten written = writtenBy(*over);
                delete over;
                if (outputs) outputs->settle(written);
            }};
}

void record(const LaunchOf& of, const std::string& file, RunOptions& options) {
    QDir().mkpath(QFileInfo(QString::fromStdString(file)).absolutePath());
    recordTape(of, file, file, options);
}

}  // namespace

CheckedStart checkStart(const StartRequest& request, const Consents& consents, CheckedStart checked,
                        const ConsentRequest& agreed) {
    if (!agreed.empty()) consents.allow(checked.subject, agreed);
    const Validated validated = validate(request.pipeline, *request.catalogue, request.options);
    const auto& expanded = validated.expanded;
    const Pipeline& content = expanded ? expanded->pipeline : request.pipeline;
    checked.subject.content = fingerprint(savePipeline(content)).toStdString();
    checked.subject.parts = expanded ? partsOf(expanded->subflows) : std::vector<std::string>();
    checked.runnable = validated.runnable();
    if (checked.runnable) {
        checked.accesses =
            accessesOf(request.pipeline, *request.catalogue, request.options, validated, checked.onlyCharts);
        checked.request = consents.requestFor(checked.subject, checked.accesses, agreed);
        checked.request.onlyCharts = checked.onlyCharts;
    }
    return checked;
}

StartedRun startRun(const StartRequest& request, const std::optional<Permission>& permission,
                    const Cancelled& cancelled, std::function<void(const NodeId&)> ready) {
    QDir().mkpath(QString::fromStdString(request.options.folder));
    PlanOptions options;
    options.validate = request.options;
    options.pruneColumns = false;  // whoever looks at a wire wants to see every column
    StartedRun started;
    Planned planned = makePlan(request.pipeline, *request.catalogue, options);
    started.issues = std::move(planned.issues);
    if (!planned.plan) return started;
    // What kept it from running may be gone since: what it would access was not looked at then.
    if (*cancelled || (permission && !permission->checked.runnable)) {
        started.status = {ErrorCode::Cancelled, RW_TEXT("run", "The run was stopped before it began.")};
        return started;
    }
    if (permission && partsOf(planned.plan->subflows) != permission->checked.subject.parts) {
        started.status = {
            ErrorCode::Invalid,
            RW_TEXT("run", "The file of a subflow was changed while the run was being started."),
            RW_TEXT("run", "Run it again.")};
        return started;
    }
    RunOptions watched;
    watched.tapAll = true;
    watched.isCancelled = [cancelled] { return cancelled->load(); };
    watched.ready = std::move(ready);
    const LaunchOf of{request.pipeline, request.options, *request.catalogue, *planned.plan,
                      !options.pruneColumns};
    if (!request.tape.record.empty()) record(of, request.tape.record, watched);
    if (!request.tape.replay.empty())
        started.status = setUpReplay(request.tape, *planned.plan, watched, started);
    if (!started.status.ok()) return started;
    // The checkpoints of a pipeline are those of its own sources.
    if (!watched.replay) {
        Result<StartCheckpoints> checkpoints = setUpCheckpoints(request.checkpoints, of, watched);
        if (!checkpoints.ok()) {
            started.status = checkpoints.status();
            return started;
        }
        started.checkpoints = std::move(checkpoints->taken);
        for (Text& note : checkpoints->notes) started.notes.push_back(std::move(note));
    }
    if (permission && !watched.onlyCharts) {
        const CheckedStart& checked = permission->checked;
        started.outputs = permission->consents.begin(checked.subject, checked.accesses);
    }
    setRestart(request.pipeline.settings, {}, watched);
    auto run = Run::start(planned.plan, watched);
    if (!run.ok() && watched.replay && watched.restore && run.error().code != ErrorCode::Cancelled) {
        // What can't be restored is not shown without what was before it.
        TapeRequest fromStart = request.tape;
        fromStart.moments = nullptr;
        started.notes.clear();
        watched.restore = nullptr;
        started.status = setUpReplay(fromStart, *planned.plan, watched, started);
        if (!started.status.ok()) return started;
        run = Run::start(planned.plan, watched);
    }
    if (run.ok()) {
        started.run = settling(*std::move(run), started.outputs, request.catalogue);
        return started;
    }
    started.status = run.status();
    // One that was given up has written nothing; another may have made files before it failed.
    const bool mayHaveWritten = started.status.error().code != ErrorCode::Cancelled;
    if (started.outputs) started.outputs->settle({{}, mayHaveWritten});
    return started;
}

OutputsWritten writtenBy(const Run& run) {
    OutputsWritten written;
    written.inPlace = !run.endsByItself();
    const RunMetrics metrics = run.metrics();
    for (const auto& [node, counters] : metrics.nodes) {
        if (counters.ended) written.committed.insert(node);
    }
    return written;
}

}  // namespace rw::ui
