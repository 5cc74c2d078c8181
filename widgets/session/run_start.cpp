#include "widgets/session/run_start.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <filesystem>

#include "core/connect/files/system_files.h"
#include "core/launch/assemble.h"
#include "core/launch/files_read.h"
#include "core/launch/replay.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/subflow.h"
#include "core/runtime/planning/plan.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/session/silence_store.h"

namespace rw::ui {

namespace {

std::vector<std::string> partsOf(const std::map<NodeId, SubflowFileRef>& subflows) {
    std::vector<std::string> parts;
    for (const auto& [node, file] : subflows) parts.push_back(fingerprint(file->text).toStdString());
    return parts;
}

/// So long others may still be told of alerts once a run is closed: the next one waits for that.
constexpr Millis kLastWords = 1'000;

/// The run, whose outputs are looked at when it has let them go, wherever it ends. Its plan refers to the
/// catalogue.
std::shared_ptr<Run> settling(std::unique_ptr<Run> run, std::shared_ptr<RunOutputs> outputs,
                              std::shared_ptr<AlertBoard> alerts,
                              std::shared_ptr<const Catalogue> catalogue) {
    return {run.release(), [catalogue = std::move(catalogue), outputs = std::move(outputs),
                            alerts = std::move(alerts)](Run* over) {
                over->stop(StopMode::Discard);
                over->wait();
                const OutputsWritten written = writtenBy(*over);
                if (alerts) alerts->finish(kLastWords);
                delete over;
                if (outputs) outputs->settle(written);
            }};
}

/// The request for the run; it refers to `request`, to `of` and to `permission`.
RunRequest runRequest(const StartRequest& request, const LaunchOf& of,
                      const std::optional<Permission>& permission) {
    RunRequest asked;
    if (permission) {
        asked.agreed = &permission->checked.reached;
        asked.onlyCharts = permission->checked.onlyCharts;
    }
    asked.connections = request.connections;
    asked.alerts = request.alerts;
    if (!request.tape.replay.empty()) asked.alerts.tell = false;
    if (request.keptSilences)
        asked.alerts.silences = keptSilences(request.options.file, systemClock()->now());
    askForCheckpoints(request.checkpoints, of, asked);
    const TapeRequest& tape = request.tape;
    asked.record = tape.record;
    asked.keepInputIn = tape.keepIn;
    if (!tape.record.empty()) QDir().mkpath(QFileInfo(QString::fromStdString(tape.record)).absolutePath());
    if (!tape.replay.empty())
        asked.replay =
            ReplayRequest{tape.replay,  tape.speed, true,
                          tape.moments, tape.until, permission ? permission->checked.tape : nullptr};
    return asked;
}

/// Takes over the messages of a replay, and the objects that control it.
void takeReplay(AssembledRun& run, StartedRun& started) {
    if (!run.replay) return;
    started.pace = std::move(run.replay->pace);
    started.moments = std::move(run.replay->moments);
    started.incompleteTape = std::move(run.replay->incomplete);
    for (std::vector<Text>* some : {&run.replay->differences, &run.replay->notes})
        std::move(some->begin(), some->end(), std::back_inserter(started.notes));
}

/// Opens the tape of a replay that writes outputs. One that was read before is not read again.
void openTape(const TapeRequest& request, CheckedStart& checked) {
    if (request.replay.empty() || checked.onlyCharts) return;
    const TapeFileRef before = request.moments ? request.moments->tape() : request.opened;
    if (before && before->path() == request.replay && before->unchanged()) {
        checked.tape = before;
        return;
    }
    Result<TapeFileRef> tape = openReplayable(request.replay);
    checked.tapeFailed = tape.status();
    if (tape.ok()) checked.tape = *std::move(tape);
}

PlanOptions planOptions(const StartRequest& request) {
    PlanOptions options;
    options.validate = request.options;
    options.pruneColumns = false;  // a user who looks at a wire wants to see every column
    return options;
}

/// Of a start that needs no answer any more: whether the tape is of these sources. A run that failed at that
/// would have ended the one before it.
void compareWithTape(const StartRequest& request, const Consents& consents, CheckedStart& checked) {
    if (request.tape.replay.empty() || !checked.runnable || !checked.request.empty()) return;
    TapeFileRef tape = checked.tape;
    if (!tape) tape = request.tape.moments ? request.tape.moments->tape() : request.tape.opened;
    if (!tape || tape->path() != request.tape.replay) return;
    const Planned planned = makePlan(request.pipeline, *request.catalogue, planOptions(request));
    if (planned.plan) checked.tapeFailed = checkSources(*tape, *planned.plan);
    if (!checked.tapeFailed.ok()) consents.withdraw(checked.subject, checked.reached.accesses);
}

/// Resuming overwrites nothing of the outputs that it continues, whatever state a crash left them in. Of a
/// pipeline from elsewhere all is listed.
void dropContinued(const CheckpointChoice& choice, const Pipeline& now, const Catalogue& catalogue,
                   CheckedStart& checked) {
    ConsentRequest& request = checked.request;
    request.resumes = choice.from != nullptr;
    if (request.untrusted || request.targets.empty()) return;
    const std::vector<Access> continued = continuedOutputs(choice, now, checked.reached.accesses, catalogue);
    std::erase_if(request.targets, [&continued](const ConsentRequest::Target& target) {
        return std::any_of(continued.begin(), continued.end(), [&target](const Access& access) {
            return access.identity() == target.access.identity();
        });
    });
}

/// The outputs that a tape would replace though it lacks rows are asked about, even if they are the
/// pipeline's own. `agreed`: that was answered just now.
void askOfIncompleteTape(const ConsentRequest& agreed, CheckedStart& checked) {
    if (!checked.tape) return;
    Text incomplete = incompleteTape(*checked.tape);
    ConsentRequest& request = checked.request;
    if (incomplete.empty() || incomplete == agreed.incompleteTape) return;
    for (const Access& access : checked.reached.accesses) {
        if (access.kind != Access::Kind::Writes || access.adds || !outputState(access)) continue;
        const auto listed =
            std::find_if(request.targets.begin(), request.targets.end(),
                         [&](const auto& target) { return target.access.identity() == access.identity(); });
        if (listed == request.targets.end()) {
            request.targets.push_back({access, false, true});
        } else {
            listed->replaced = true;
        }
        request.incompleteTape = incomplete;
    }
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
    // A consent to what a pipeline writes from its sources is none to what a tape makes it write.
    checked.subject.content = fingerprint(savePipeline(content) + request.tape.replay).toStdString();
    checked.subject.parts = expanded ? partsOf(expanded->subflows) : std::vector<std::string>();
    checked.runnable = validated.runnable();
    checked.reached = {};
    checked.request = {};
    checked.needed.clear();
    if (checked.runnable) {
        checked.reached =
            runAccesses(request.pipeline, *request.catalogue, request.options, validated, checked.onlyCharts);
        checked.request = consents.requestFor(checked.subject, checked.reached.accesses, agreed);
        checked.request.onlyCharts = checked.onlyCharts;
        if (request.tape.replay.empty())
            dropContinued(request.checkpoints, content, *request.catalogue, checked);
        askOfIncompleteTape(agreed, checked);
        if (request.connections)
            checked.needed =
                neededSecrets(request.pipeline, *request.catalogue, request.options, validated,
                              *request.connections, {!request.tape.replay.empty(), checked.onlyCharts});
    }
    return whole || !checked.runnable || checked.request.untrusted;
}

}  // namespace

CheckedStart checkStart(const StartRequest& request, const Consents& consents, CheckedStart checked,
                        const ConsentRequest& agreed) {
    checked.agreed = agreed;
    openTape(request.tape, checked);
    if (!checked.tapeFailed.ok()) return checked;  // it won't start: there is nothing to ask
    if (!agreed.empty()) consents.allow(checked.subject, agreed);
    Trust trust = trustOf(consents, checked.subject);
    if (!lookAtStart(request, trust, consents, agreed, checked) && !checked.onlyCharts) {
        // All that a limited look found was agreed to: now the rest is looked at, and may have to be asked
        // about.
        allowLooking(consents, checked.subject, checked.subject.parts);
        trust = trustOf(consents, checked.subject);
        lookAtStart(request, trust, consents, agreed, checked);
    }
    compareWithTape(request, consents, checked);
    return checked;
}

Status provideFolder(const ValidateOptions& options) {
    if (options.file.empty()) {
        QDir().mkpath(QString::fromStdString(options.folder));
        return {};
    }
    std::error_code unknown;
    const auto found = std::filesystem::status(options.folder, unknown).type();
    if (found != std::filesystem::file_type::not_found) return {};
    return {ErrorCode::NotFound,
            RW_TEXT("pipeline_file", "The folder of “%1” does not exist.").with(options.file),
            RW_TEXT("run", "Save the pipeline somewhere else, then run it again.")};
}

namespace {

StartedRun tryToStart(const StartRequest& request, const std::optional<Permission>& permission,
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
    StartedRun started;
    started.status = provideFolder(request.options);
    if (!started.status.ok()) return started;
    const PlanOptions options = planOptions(request);
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
    RunOptions watched;
    watched.tapAll = true;
    watched.isCancelled = [cancelled] { return cancelled->load(); };
    watched.ready = std::move(ready);
    watched.breakpoints = request.breakpoints;
    watched.startsPaused = request.startsPaused;
    const LaunchOf of{request.pipeline, request.options, *request.catalogue, *planned.plan,
                      !options.pruneColumns};
    const RunRequest asked = runRequest(request, of, permission);
    Result<AssembledRun> assembled = assembleRun(of, asked, watched);
    started.status = assembled.status();
    if (!started.status.ok()) return started;
    Result<std::vector<Text>> notes = wentOn(request.checkpoints, *assembled);
    started.status = notes.status();
    if (!started.status.ok()) return started;
    started.notes = *std::move(notes);
    started.id = assembled->id;
    started.checkpoints = assembled->checkpoints;
    started.from = assembled->from;
    if (permission && !watched.onlyCharts) {
        const CheckedStart& checked = permission->checked;
        started.outputs = permission->consents.begin(checked.subject, checked.reached.accesses);
    }
    if (!asked.replay)
        started.filesRead = std::make_shared<const FilesRead>(filesRead(*planned.plan, *systemFiles()));
    auto run = startAssembled(planned.plan, asked, std::move(watched), *assembled);
    takeReplay(*assembled, started);
    if (run.ok()) {
        started.kept = assembled->kept;
        started.alerts = assembled->alerts;
        started.run = settling(*std::move(run), started.outputs, assembled->alerts, request.catalogue);
        return started;
    }
    if (assembled->alerts) assembled->alerts->finish(0);
    started.status = run.status();
    // One that was given up has written nothing; another may have made files before it failed.
    const bool mayHaveWritten = started.status.error().code != ErrorCode::Cancelled;
    if (started.outputs) started.outputs->settle({{}, mayHaveWritten});
    return started;
}

}  // namespace

// A consent is for the run that was asked about: another one in its place may overwrite with less.
StartedRun startRun(const StartRequest& request, const std::optional<Permission>& permission,
                    const Cancelled& cancelled, std::function<void(const NodeId&)> ready) {
    StartedRun started = tryToStart(request, permission, cancelled, std::move(ready));
    const bool reachedOutputs = started.run || started.outputs;
    if (permission && !reachedOutputs)
        permission->consents.withdraw(permission->checked.subject, permission->checked.reached.accesses);
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
