// The tape of a run from the command line: recording, replaying, and the messages about it.
#pragma once
#include <string>

#include "app/cli/commands.h"
#include "core/launch/replay.h"
#include "core/runtime/run.h"
#include "core/tape/tape_file.h"

namespace rw::cli {

/// Before a replay: which tape, and how the pipeline differs from the one that was recorded.
void tellOfReplay(const RunCommand& command, const Replay& replay);

/// After the run: the content of the tape; and, of one that failed, the words that repeat it.
void tellOfTape(const RunCommand& command, const Run& run);

/// “12 rows in 3 s”, and whether it was cut: for people.
std::string tapeLine(const TapeFile& tape);

}  // namespace rw::cli
