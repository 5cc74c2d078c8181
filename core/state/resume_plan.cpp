#include "core/state/resume_plan.h"

#include <algorithm>

#include "core/state/carried/carried_state.h"
#include "core/state/carried/closed_windows.h"
#include "core/state/carried/content_of_files.h"

namespace rw {

namespace {

/// Whether a node without state that could be lost takes over its old state all the same: a watermark of one
/// column means nothing for another column, but a sink knows by itself which rows are in its table.
bool staysAsItIs(const Pipeline& before, const NodeId& was, const Pipeline& now, const NodeId& id,
                 const Catalogue& catalogue) {
    const Node* old = before.find(was);
    const Node* node = now.find(id);
    if (old == nullptr || node == nullptr) return false;  // nothing is known of it
    const NodeKind* kind = catalogue.of(*node);
    return old->params == node->params || (kind != nullptr && kind->group == NodeGroup::Sink);
}

/// Whether a source goes by another column of event time: it stays where it is, but how far time was is
/// nothing to that.
bool timeIsAnother(const Pipeline& before, const NodeId& was, const Pipeline& now, const NodeId& id) {
    const Node* old = before.find(was);
    const Node* node = now.find(id);
    if (old == nullptr || node == nullptr) return false;
    const auto timeOf = [](const Node& of) {
        return of.params.contains("event_time") ? of.params["event_time"] : Json();
    };
    return timeOf(*old) != timeOf(*node);
}

/// The states of all instances of a node, each made anew; `words` and `fix` are of an error.
template <class Make>
Result<std::vector<std::string>> remade(const NodeId& id, const std::vector<std::string>& states,
                                        const SavedRuns& runs, Make make, const Text& words,
                                        const Text& fix) {
    std::vector<std::string> out;
    for (const std::string& state : states) {
        Result<std::string> made = withContent(state, runs);
        if (made.ok()) made = make(*made);
        if (!made.ok())
            return Status(ErrorCode::Invalid, Text(words).with(id, made.status().error().message), fix)
                .at(id);
        out.push_back(*std::move(made));
    }
    return out;
}

Result<std::vector<std::string>> carriedOver(const NodeId& id, const std::vector<std::string>& states,
                                             const SavedRuns& runs, const CarriedAggregates& carried) {
    return remade(
        id, states, runs, [&carried](const std::string& state) { return carriedState(state, carried); },
        RW_TEXT("checkpoint", "What “%1” has kept can't be carried over. %2"),
        RW_TEXT("checkpoint", "Take the edit of its aggregates back, or run it from its beginning."));
}

Result<std::vector<std::string>> closedFirst(const NodeId& id, const std::vector<std::string>& states,
                                             const SavedRuns& runs, const ClosableWindows& windows) {
    return remade(
        id, states, runs, [&windows](const std::string& state) { return closedState(state, windows); },
        RW_TEXT("checkpoint", "The open windows of “%1” can't be closed. %2"),
        RW_TEXT("checkpoint", "Let it start empty, or take the edit of its windows back."));
}

/// Whether there are such states of the node: then they are in `out`.
bool takeRecomputed(const LoadedCheckpoint& checkpoint, const NodeId& id, StateSnapshot& out) {
    const auto& states = checkpoint.recomputed;
    const auto first = states.lower_bound({id, 0});
    auto at = first;
    for (; at != states.end() && at->first.node == id; ++at) out.states.insert(*at);
    return at != first;
}

Result<StateSnapshot> fitted(const LoadedCheckpoint& checkpoint, const Pipeline& before, const Pipeline& now,
                             const Catalogue& catalogue, Resumable& found) {
    const StateSnapshot& snapshot = checkpoint.snapshot;
    const Forecast& forecast = found.forecast;
    StateSnapshot out;
    out.began = snapshot.began;
    out.number = snapshot.number;
    out.ended = snapshot.ended;
    out.pending = snapshot.pending;
    out.runs = snapshot.runs;
    out.edited = true;
    for (const auto& [id, node] : forecast.nodes) {
        if (node.fate == StateFate::StartsAnew && !node.gone && takeRecomputed(checkpoint, id, out)) {
            found.recomputed.insert(id);
            continue;
        }
        const bool keeps = node.fate == StateFate::Keeps || node.fate == StateFate::CarriesOver ||
                           node.fate == StateFate::NoState;
        const bool closes =
            node.fate == StateFate::StartsAnew && node.closable && checkpoint.closesFirst.contains(id);
        if (!(keeps || closes) || node.gone || node.was.empty()) continue;
        if (node.fate == StateFate::NoState && !staysAsItIs(before, node.was, now, id, catalogue)) continue;
        for (auto at = snapshot.states.lower_bound({node.was, 0});
             at != snapshot.states.end() && at->first.node == node.was; ++at) {
            std::vector<std::string>& states = out.states[{id, at->first.stage}];
            if (closes) {
                found.closed.insert(id);
                RW_TRY_ASSIGN(states, closedFirst(id, at->second, snapshot.runs, *node.closable));
            } else if (node.carried) {
                RW_TRY_ASSIGN(states, carriedOver(id, at->second, snapshot.runs, *node.carried));
            } else {
                states = at->second;
            }
        }
        if (timeIsAnother(before, node.was, now, id)) out.timesAnew.insert(id);
    }
    return out;
}

}  // namespace

const SavedCheckpoint* newestResumable(const std::vector<SavedCheckpoint>& saved) {
    if (saved.empty() || saved.front().behind || saved.front().kind == CheckpointKind::Finished)
        return nullptr;
    return &saved.front();
}

Result<Resumable> resumable(const LoadedCheckpoint& checkpoint, const CheckpointedPipeline& now,
                            ForecastOf edited, const Catalogue& catalogue) {
    Resumable out;
    const CheckpointedPipeline& then = checkpoint.pipeline;
    if (then.text == now.text && then.inside == now.inside && then.variables == now.variables) {
        out.snapshot = checkpoint.snapshot;
        return out;
    }
    RW_TRY_ASSIGN(const Pipeline before, asPipeline(then));
    RW_TRY_ASSIGN(const Pipeline current, asPipeline(now));
    ValidateOptions options;
    options.folder = then.folder;
    options.file = then.file;
    options.variables = then.variables;
    options.files = false;  // they may be gone
    out.edited = true;
    ForecastRules rules;
    rules.everyColumnKept = then.everyColumn;
    RW_TRY_ASSIGN(out.forecast, forecast({before, options}, edited, catalogue, rules));
    RW_TRY_ASSIGN(out.snapshot, fitted(checkpoint, before, current, catalogue, out));
    return out;
}

bool ResumePlan::losesAnything() const {
    const std::set<NodeId>& lost = found.forecast.lost;
    return !leftBehind.empty() || std::any_of(lost.begin(), lost.end(), [this](const NodeId& id) {
        return !found.closed.contains(id) && !found.recomputed.contains(id);
    });
}

Result<ResumePlan> planResume(const LoadedCheckpoint& checkpoint, const PipelineNow& now,
                              const std::vector<SavedCheckpoint>& saved) {
    ResumePlan plan;
    RW_TRY_ASSIGN(plan.found, resumable(checkpoint, now.text, now.pipeline, now.catalogue));
    if (plan.found.snapshot.ended) return plan;  // all that is left to do is to commit
    for (const SavedCheckpoint& each : saved) {
        const bool later = each.lineage == checkpoint.about.lineage && each.number > checkpoint.about.number;
        if (later && !each.name.empty() && !each.behind) plan.leftBehind.push_back(each);
    }
    return plan;
}

}  // namespace rw
