#include "core/base/config_folder.h"

#include <cstdlib>

namespace rw {

std::string configFolder() {
    const char* config = std::getenv("XDG_CONFIG_HOME");
    if (config != nullptr && *config == '/') return std::string(config) + "/rillwright";
    const char* home = std::getenv("HOME");
    return std::string(home != nullptr ? home : "") + "/.config/rillwright";
}

}  // namespace rw
