// What the command line says on standard error.
#pragma once
#include <string>

namespace rw::cli {

/// “error: text” on a line of its own. Texts may hold pieces of files: control characters, which could play
/// with the terminal, become U+FFFD.
void say(const char* what, const std::string& text);

}  // namespace rw::cli
