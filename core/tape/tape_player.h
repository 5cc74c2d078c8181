// Replays a tape.
#pragma once
#include <memory>
#include <vector>

#include "core/stream/tape.h"
#include "core/tape/tape_file.h"

namespace rw {

/// For RunOptions::replay, of one run. `speed`: 1 is the pace of the recorded run, 2 twice as fast, 0 as fast
/// as possible.
std::shared_ptr<const TapePlayer> makeTapePlayer(TapeFileRef tape, double speed);

/// What runs otherwise in `now` (variables and subflows put in) than in the recorded run, a sentence each;
/// whether the sources are those of the tape is not among it: TapePlayer::source says so.
std::vector<Text> differences(const TapeHead& recorded, const Pipeline& now);

}  // namespace rw
