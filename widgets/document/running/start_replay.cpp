#include "widgets/document/running/start_replay.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/runtime/planning/plan.h"
#include "core/tape/tape_player.h"

namespace rw::ui {

namespace {

constexpr Millis kMomentsEvery = 500;  // so long, or less, a later replay takes from one to what follows it

bool writes(const Plan& plan) {
    return std::any_of(plan.stages.begin(), plan.stages.end(), [](const Stage& stage) {
        const NodeKind& kind = *stage.nodes.front().kind;
        return kind.group == NodeGroup::Sink && !kind.chart;
    });
}

Result<std::shared_ptr<TapeMoments>> momentsOf(const TapeRequest& asked, const Pipeline& pipeline) {
    if (asked.moments && asked.moments->fit(asked.replay, pipeline)) return asked.moments;
    RW_TRY_ASSIGN(TapeFileRef tape, TapeFile::open(asked.replay));
    return std::make_shared<TapeMoments>(std::move(tape), pipeline);
}

void replayFrom(const TapeMoments::Moment& moment, RunOptions& options, StartedRun& started) {
    started.pace->beginAt(moment.at);
    options.restore = moment.state;
    started.notes.push_back(RW_TEXT("tape", "The replay goes on from %1 after the start of the tape.")
                                .with(formatDuration(moment.at)));
}

}  // namespace

Status setUpReplay(const TapeRequest& asked, const Plan& plan, RunOptions& options, StartedRun& started) {
    RW_TRY_ASSIGN(started.moments, momentsOf(asked, plan.pipeline));
    const TapeFileRef& tape = started.moments->tape();
    if (!tape->whole()) {
        started.notes.push_back(RW_TEXT("tape", "The recording was cut off: the replay ends where it does."));
    }
    for (Text& text : differences(tape->head(), plan.pipeline)) started.notes.push_back(std::move(text));
    started.pace = std::make_shared<TapePace>(asked.until ? 0 : asked.speed);
    if (asked.until) {
        RW_TRY_ASSIGN(const Millis at, tape->whenReached(*asked.until));
        started.pace->holdAt(at);
        const TapeMoments::Moment moment = started.moments->before(at);
        if (moment.state) replayFrom(moment, options, started);
        options.onlyCharts = true;
        if (writes(plan)) {
            started.notes.push_back(
                RW_TEXT("tape", "Going to a moment shows what was: outputs stay as they are."));
        }
    }
    options.replay = makeTapePlayer(tape, started.pace);
    options.checkpoints.store = started.moments->keeper(started.pace);
    options.checkpoints.every = kMomentsEvery;
    options.checkpoints.seen = true;
    return {};
}

}  // namespace rw::ui
