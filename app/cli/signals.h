// SIGINT, SIGTERM and SIGHUP of commands that end in order.
#pragma once

namespace rw::cli {

/// Counts them from now on instead of ending the process; the third one ends it all the same. SIGHUP counts
/// once, and not at all where it was ignored before. A reader of our output that went away and a limit on the
/// size of files become failures of a write like any other.
void catchSignals();
/// How many came.
int signalsSoFar();

}  // namespace rw::cli
