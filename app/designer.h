// The designer: the program with a window.
#pragma once
#include <string>
#include <vector>

namespace rw::ui {

/// Opens the window with a tab for each of `files` (none: the welcome page) and runs the event loop; the
/// process's exit status.
int runDesigner(int argc, char** argv, const std::vector<std::string>& files, bool runAtOnce);

}  // namespace rw::ui
