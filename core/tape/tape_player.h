// Replays a tape.
#pragma once
#include <memory>
#include <utility>
#include <vector>

#include "core/stream/recording/tape.h"
#include "core/tape/tape_file.h"
#include "core/tape/tape_pace.h"

namespace rw {

/// For RunOptions::replay, of one run.
std::shared_ptr<const TapePlayer> makeTapePlayer(TapeFileRef tape, std::shared_ptr<TapePace> pace);
/// `speed` as TapePace has it.
inline std::shared_ptr<const TapePlayer> makeTapePlayer(TapeFileRef tape, double speed) {
    return makeTapePlayer(std::move(tape), std::make_shared<TapePace>(speed));
}

/// The differences of `now` (variables and subflows put in) from the pipeline of the recorded run, a sentence
/// each; leaves out whether the sources are those of the tape: TapePlayer::source tells that.
std::vector<Text> differences(const TapeHead& recorded, const Pipeline& now);

}  // namespace rw
