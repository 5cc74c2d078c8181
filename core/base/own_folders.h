// Where the files lie that this program keeps for a person, by the XDG base directories.
#pragma once
#include <string>

namespace rw {

/// $XDG_CONFIG_HOME/rillwright, or below ~/.config: lists that people may edit. It may not be there yet.
std::string configFolder();
/// $XDG_DATA_HOME/rillwright, or below ~/.local/share: what is kept of runs. It may not be there yet.
std::string dataFolder();

}  // namespace rw
