#include "widgets/document/running/run_start.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "core/launch/launch.h"
#include "core/launch/replay.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/subflow.h"
#include "core/runtime/planning/plan.h"
#include "widgets/document/document_trust.h"

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

/// Sets `options`, and in `started` the data of a replay.
Status setUpReplay(const TapeRequest& asked, const Plan& plan, RunOptions& options, StartedRun& started) {
    RW_TRY_ASSIGN(Replay replay,
                  replayTape({asked.replay, asked.speed, true, asked.moments, asked.until}, plan, options));
    started.pace = std::move(replay.pace);
    started.moments = std::move(replay.moments);
    for (std::vector<Text>* some : {&replay.differences, &replay.notes})
        std::move(some->begin(), some->end(), std::back_inserter(started.notes));
    return {};
}

/// Fills in the accesses of the run, and those to agree to. False: not all files were looked at, though those
/// that were need no consent.
bool lookAtStart(const StartRequest& request, const Trust& trust, const Consents& consents,
                 const ConsentRequest& agreed, CheckedStart& checked) {
    bool whole = trust.agreed;
    Trust heard = trust;
    heard.knows = [&](const std::string& text) {
        const bool known = trust.knows(text);
        whole = whole && known;
        return known;
    };
    const Validated validated = validate(request.pipeline, *request.catalogue, request.options, heard);
    const auto& expanded = validated.expanded;
    const Pipeline& content = expanded ? expanded->pipeline : request.pipeline;
    checked.subject.content = fingerprint(savePipeline(content)).toStdString();
    checked.subject.parts = expanded ? partsOf(expanded->subflows) : std::vector<std::string>();
    checked.runnable = validated.runnable();
    checked.reached = {};
    checked.request = {};
    if (checked.runnable) {
        checked.reached =
            runAccesses(request.pipeline, *request.catalogue, request.options, validated, checked.onlyCharts);
        checked.request = consents.requestFor(checked.subject, checked.reached.accesses, agreed);
        checked.request.onlyCharts = checked.onlyCharts;
    }
    return whole || !checked.runnable || checked.request.untrusted;
}

}  // namespace

CheckedStart checkStart(const StartRequest& request, const Consents& consents, CheckedStart checked,
                        const ConsentRequest& agreed) {
    if (!agreed.empty()) consents.allow(checked.subject, agreed);
    Trust trust = trustOf(consents, checked.subject);
    if (lookAtStart(request, trust, consents, agreed, checked) || checked.onlyCharts) return checked;
    // All that a limited look found was agreed to: now the rest is looked at, and may have to be asked about.
    allowLooking(consents, checked.subject, checked.subject.parts);
    trust = trustOf(consents, checked.subject);
    lookAtStart(request, trust, consents, agreed, checked);
    return checked;
}

StartedRun startRun(const StartRequest& request, const std::optional<Permission>& permission,
                    const Cancelled& cancelled, std::function<void(const NodeId&)> ready) {
    // There is no consent to a pipeline with errors: it is not looked at any further.
    if (permission && !permission->checked.runnable) {
        StartedRun refused;
        const Trust trust = trustOf(permission->consents, permission->checked.subject);
        refused.issues = validate(request.pipeline, *request.catalogue, request.options, trust).issues;
        // The obstacle may be gone since: its accesses were not looked at then.
        if (!hasErrors(refused.issues))
            refused.status = {ErrorCode::Cancelled, RW_TEXT("run", "The run was stopped before it began.")};
        return refused;
    }
    QDir().mkpath(QString::fromStdString(request.options.folder));
    PlanOptions options;
    options.validate = request.options;
    options.pruneColumns = false;  // a user who looks at a wire wants to see every column
    StartedRun started;
    Planned planned = makePlan(request.pipeline, *request.catalogue, options);
    started.issues = std::move(planned.issues);
    if (!planned.plan) return started;
    if (*cancelled) {
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
    if (permission) {
        const Validated now = validate(request.pipeline, *request.catalogue, request.options);
        const CheckedStart& checked = permission->checked;
        started.status = checkAccesses(
            checked.reached,
            runAccesses(request.pipeline, *request.catalogue, request.options, now, checked.onlyCharts));
        if (!started.status.ok()) return started;
    }
    RunOptions watched;
    watched.tapAll = true;
    // Links may lead elsewhere once more until the files are opened.
    if (permission) keepTo(permission->checked.reached, watched);
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
        started.outputs = permission->consents.begin(checked.subject, checked.reached.accesses);
    }
    setRestart(request.pipeline.settings, {}, watched);
    auto run = Run::start(planned.plan, watched);
    if (!run.ok() && watched.replay && watched.restore && run.error().code != ErrorCode::Cancelled) {
        // A moment that can't be restored is not shown without the rows before it.
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
