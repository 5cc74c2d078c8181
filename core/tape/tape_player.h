// Replays a tape.
#pragma once
#include <memory>
#include <string>
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

/// Why the source `node` of that type and those columns can't be read from the tape; ok: it can.
Status checkTaped(const TapeHead& recorded, const NodeId& node, const std::string& type,
                  const Schema& schema);

/// The differences of `now` (variables and subflows put in) from the pipeline of the recorded run, a sentence
/// each; leaves out whether the sources are those of the tape: checkTaped() tells that.
std::vector<Text> differences(const TapeHead& recorded, const Pipeline& now);

}  // namespace rw
