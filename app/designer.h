// The designer: the program with a window.
#pragma once
#include <string>

namespace rw::ui {

/// Opens the window on `file` (empty: the welcome page) and runs the event loop; the process's exit status.
int runDesigner(int argc, char** argv, const std::string& file, bool runAtOnce);

}  // namespace rw::ui
