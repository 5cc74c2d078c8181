// The two programs. `rillwright` has the engine and the commands that need nothing else, and starts in half the
// time of one that loads Qt; for all else it becomes `rillwright-designer`, which has all of it.
#pragma once

namespace rw::cli {

/// First in main(). Files that are opened later must not become a standard stream that was closed: a run would
/// read its own output as its input, or write rows into a database. Instead such an input ends at once, and
/// writing such an output fails.
void fillClosedStreams();

/// Replaces this process by `rillwright-designer`, with the same words: the one in the program's own folder,
/// or in ../libexec/rillwright, where it is installed. Comes back only where that fails: with an exit status,
/// after printing why.
int becomeDesigner(char** argv);

}  // namespace rw::cli
