// Where a person's lists of this program lie.
#pragma once
#include <string>

namespace rw {

/// $XDG_CONFIG_HOME/rillwright, or below ~/.config. It may not be there yet.
std::string configFolder();

}  // namespace rw
