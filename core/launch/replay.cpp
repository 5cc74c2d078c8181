#include "core/launch/replay.h"

#include <algorithm>
#include <utility>

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

}  // namespace

Result<Replay> replayTape(const ReplayRequest& asked, const Plan& plan, RunOptions& options) {
    Replay replay;
    if (asked.moments && asked.moments->fit(asked.path, plan.pipeline)) {
        replay.moments = asked.moments;
        replay.tape = asked.moments->tape();
    } else {
        RW_TRY_ASSIGN(replay.tape, TapeFile::open(asked.path));
        if (asked.keepsMoments) replay.moments = std::make_shared<TapeMoments>(replay.tape, plan.pipeline);
    }
    if (!replay.tape->whole())
        replay.notes.push_back(RW_TEXT("tape", "The recording was cut off: the replay ends where it does."));
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
