#include "core/launch/replay.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/figures.h"
#include "core/base/time.h"
#include "core/data/text.h"

namespace rw {

namespace {

constexpr Millis kMomentsEvery = 500;  // at most so long a later replay takes from one to a moment behind it

bool writes(const Plan& plan) {
    return std::any_of(plan.stages.begin(), plan.stages.end(), [](const Stage& stage) {
        const NodeKind& kind = *stage.nodes.front().kind;
        return kind.group == NodeGroup::Sink && !kind.chart;
    });
}

void goFrom(const TapeMoments::Moment& moment, RunOptions& options, Replay& replay) {
    replay.pace->beginAt(moment.at);
    options.restore = moment.state;
    replay.notes.push_back(RW_TEXT("tape", "The replay resumes from %1 after the start of the tape.")
                               .with(formatDuration(moment.at)));
}

Status holdAt(Instant until, const Plan& plan, RunOptions& options, Replay& replay) {
    RW_TRY_ASSIGN(const Millis at, replay.tape->whenReached(until));
    replay.pace->holdAt(at);
    const TapeMoments::Moment moment = replay.moments->before(at);
    if (moment.state) goFrom(moment, options, replay);
    options.onlyCharts = true;
    if (writes(plan))
        replay.notes.push_back(
            RW_TEXT("tape", "Going to a moment shows what was: outputs stay as they are."));
    return {};
}

/// The one that was read for the question before the run, unless it is another by now.
Result<TapeFileRef> tapeOf(const ReplayRequest& asked) {
    if (asked.opened && asked.opened->path() == asked.path && asked.opened->unchanged()) return asked.opened;
    return openReplayable(asked.path);
}

}  // namespace

Result<TapeFileRef> openReplayable(const std::string& path) {
    RW_TRY_ASSIGN(TapeFileRef tape, TapeFile::open(path));
    if (tape->whole() || tape->hasPieces()) return tape;
    return Status{
        ErrorCode::Invalid,
        tape->damaged()
            ? RW_TEXT("tape", "“%1” is damaged before its first rows: nothing can be replayed.").with(path)
            : RW_TEXT("tape", "“%1” was cut off before its first rows: nothing can be replayed.").with(path),
        RW_TEXT("tape", "Choose another tape, or record the run again.")};
}

Text incompleteTape(const TapeFile& tape) {
    if (tape.whole()) return {};
    std::uint64_t rows = 0;
    for (const TapeFile::Track& track : tape.tracks()) rows += track.rows;
    std::string until;
    appendTimestamp(until, saturatingAdd(tape.head().start.began, tape.span()));
    const Text count = figures::counted(rows, RW_TEXT("tape", "1 row"), RW_TEXT("tape", "%1 rows"));
    return tape.damaged()
               ? RW_TEXT(
                     "tape",
                     "The recording is damaged: only what comes before that can be replayed, up to %1 UTC "
                     "(%2).")
                     .with(until, count)
               : RW_TEXT("tape",
                         "The recording is cut off: it can be replayed up to %1 UTC (%2), the rest is "
                         "missing.")
                     .with(until, count);
}

Status checkSources(const TapeFile& tape, const Plan& plan) {
    for (const Stage& stage : plan.stages) {
        if (!stage.source) continue;
        const PlannedNode& entry = stage.nodes.front();
        const Schema& schema = *entry.bound->outputs.front().schema;
        RW_TRY(checkTaped(tape.head(), entry.node, entry.kind->type, schema).at(entry.node));
    }
    return {};
}

std::set<NodeId> nodesAsRecorded(const Pipeline& before, const Plan& plan) {
    std::set<NodeId> same;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& planned : stage.nodes) {
            const Node* const now = plan.pipeline.find(planned.node);
            const Node* const then = before.find(planned.node);
            if (now != nullptr && then != nullptr && now->type == then->type && now->params == then->params &&
                now->disabled == then->disabled)
                same.insert(planned.node);
        }
    }
    const auto wiresInto = [](const Pipeline& pipeline, const NodeId& node) {
        std::vector<std::pair<std::string, std::string>> wires;
        for (const Wire& wire : pipeline.wires) {
            if (wire.to.node == node) wires.emplace_back(writeOutput(wire.from), wire.to.port);
        }
        return wires;
    };
    for (bool changed = true; changed;) {
        changed = std::erase_if(same, [&](const NodeId& node) {
                      const bool above = std::all_of(
                          plan.pipeline.wires.begin(), plan.pipeline.wires.end(), [&](const Wire& wire) {
                              const Node* const from = plan.pipeline.find(wire.from.node);
                              return wire.to.node != node || (from != nullptr && from->disabled) ||
                                     same.contains(wire.from.node);
                          });
                      return !above || wiresInto(before, node) != wiresInto(plan.pipeline, node);
                  }) > 0;
    }
    return same;
}

bool beginAt(const TapeFile& tape, const Plan& plan, TapeStates states, RunOptions& options) {
    if (!tape.from()) return false;
    const std::set<NodeId> same = nodesAsRecorded(tape.head().start.pipeline, plan);
    std::set<NodeId> sources, nodes;
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) nodes.insert(node.node);
        if (stage.source) sources.insert(stage.nodes.front().node);
    }
    auto state = std::make_shared<StateSnapshot>(*tape.from());
    bool empty = false;
    std::erase_if(state->states, [&](const auto& one) {
        const NodeId& node = one.first.node;
        if (sources.contains(node)) return false;
        const bool taken = states == TapeStates::All && same.contains(node);
        empty = empty || (!taken && nodes.contains(node) && !one.second.empty());
        return !taken;
    });
    state->edited = true;
    options.restore = std::move(state);
    return empty;
}

Result<Replay> replayTape(const ReplayRequest& asked, const Plan& plan, RunOptions& options) {
    Replay replay;
    if (asked.moments && asked.moments->fit(asked.path, plan.pipeline)) {
        replay.moments = asked.moments;
        replay.tape = asked.moments->tape();
    } else {
        RW_TRY_ASSIGN(replay.tape, tapeOf(asked));
        if (asked.keepsMoments) replay.moments = std::make_shared<TapeMoments>(replay.tape, plan.pipeline);
    }
    replay.incomplete = incompleteTape(*replay.tape);
    replay.differences = differences(replay.tape->head(), plan.pipeline);
    replay.pace = std::make_shared<TapePace>(asked.until ? 0 : asked.speed);
    if (asked.until) RW_TRY(holdAt(*asked.until, plan, options, replay));
    options.replay = makeTapePlayer(replay.tape, replay.pace);
    if (replay.moments) {
        options.checkpoints.store = replay.moments->keeper(replay.pace);
        options.checkpoints.every = kMomentsEvery;
        options.checkpoints.seen = true;
    }
    return replay;
}

}  // namespace rw
