// The tape of a run from the command line: recording, replaying, and the messages about it.
#pragma once
#include <optional>

#include "app/cli/commands.h"
#include "core/runtime/run.h"
#include "core/tape/tape_file.h"

namespace rw::cli {

/// Gives the run the tape that it is recorded on, or that stands in for its sources. An exit status where
/// that can't be; why was printed.
std::optional<int> setUpTape(const RunCommand& command, const Plan& plan, RunOptions& options);

/// After the run: the content of the tape; and, of one that failed, the words that repeat it.
void tellOfTape(const RunCommand& command, const Run& run);

/// “12 rows in 3 s”, and whether it was cut: for people.
std::string tapeLine(const TapeFile& tape);

}  // namespace rw::cli
