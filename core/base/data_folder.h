// Where what this program keeps of a person lies.
#pragma once
#include <string>

namespace rw {

/// $XDG_DATA_HOME/rillwright, or below ~/.local/share. It may not be there yet.
std::string dataFolder();

}  // namespace rw
