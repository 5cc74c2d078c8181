// Shared by benches of the built program: running it, or a program beside it, to its end.
#pragma once
#include "tests/support/child.h"

namespace rw::bench {

/// The built program; ends the bench when no argument names it.
std::string builtProgram();

std::string textOf(const std::filesystem::path& file);

/// Runs the words in the folder, their outputs in the file `log` alone; ends the bench when they fail.
testing::ChildEnd runOrEnd(const std::vector<std::string>& words, const std::filesystem::path& folder,
                           const std::filesystem::path& log);

}  // namespace rw::bench
