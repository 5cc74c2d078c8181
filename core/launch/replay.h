// Sets up a run that replays a tape instead of reading its sources.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/runtime/planning/plan.h"
#include "core/runtime/run.h"
#include "core/tape/tape_file.h"
#include "core/tape/tape_moments.h"
#include "core/tape/tape_player.h"

namespace rw {

struct ReplayRequest {
    std::string path{};  ///< of the tape
    double speed = 0;    ///< as TapePace
    /// The replay keeps moments, from which a later one goes on. `moments`: those of the replays before, null
    /// where there are none; they are used where they are of this tape and this pipeline.
    bool keepsMoments = false;
    std::shared_ptr<TapeMoments> moments{};
    /// Event time (UTC) at which the replay is held, where it keeps moments. It resumes from the newest moment
    /// before that, and writes nothing: it only shows the rows of that time.
    std::optional<Instant> until{};
    TapeFileRef opened{};  ///< the tape, read before; used where it has not changed since
};

struct Replay {
    TapeFileRef tape{};
    std::shared_ptr<TapePace> pace{};        ///< by which the replay is led while it runs
    std::shared_ptr<TapeMoments> moments{};  ///< null: it keeps none
    /// How the pipeline differs from the one that was recorded.
    std::vector<Text> differences{};
    /// Notes for the user: the moment from which the replay resumes.
    std::vector<Text> notes{};
    Text incomplete{};  ///< a warning: incompleteTape()
};

/// A tape that can be replayed: an error where the file is none, or has nothing that is whole. Any thread;
/// reads all of the file.
Result<TapeFileRef> openReplayable(const std::string& path);
/// How much of a tape that is cut off or damaged can be replayed; empty: it is whole.
Text incompleteTape(const TapeFile& tape);

/// Why the plan can't be run with the tape: a source is not on it, or has other columns; ok: it can.
Status checkSources(const TapeFile& tape, const Plan& plan);

/// Nodes of the plan whose rows come as they did in the run of `before` that was recorded
/// (TapeStart::pipeline).
std::set<NodeId> nodesAsRecorded(const Pipeline& before, const Plan& plan);

/// Which states a replay begins with, where its tape begins behind the start of the run.
enum class TapeStates {
    All,     ///< of the run's nodes: nodes that were edited since, or that have other rows above them, begin
             ///< empty
    Sources  ///< of the sources: all other nodes begin empty
};
/// Sets where a replay of the tape by `plan`, or by a part of a pipeline, begins. Whether some of its nodes
/// begin empty though those of the run did not.
bool beginAt(const TapeFile& tape, const Plan& plan, TapeStates states, RunOptions& options);

/// Opens the tape and sets `options` so that the run replays it. An error where openReplayable() has one, or
/// no moment of it is at `until`. Any thread; reads the disk.
Result<Replay> replayTape(const ReplayRequest& asked, const Plan& plan, RunOptions& options);

}  // namespace rw
