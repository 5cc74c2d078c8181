#include "core/base/own_folders.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

namespace rw {

namespace {

std::string homeFolder() {
    if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') return home;
    passwd entry{};
    passwd* found = nullptr;
    std::vector<char> texts(std::size_t{16} << 10);
    if (::getpwuid_r(::getuid(), &entry, texts.data(), texts.size(), &found) == 0 && found != nullptr)
        return found->pw_dir;
    return "/";
}

/// Relative paths do not count, as the specification has it.
std::string ownFolder(const char* variable, const char* below) {
    const char* given = std::getenv(variable);
    const bool whole = given != nullptr && *given == '/';
    return (whole ? std::string(given) : homeFolder() + below) + "/rillwright";
}

}  // namespace

std::string configFolder() {
    return ownFolder("XDG_CONFIG_HOME", "/.config");
}

std::string dataFolder() {
    return ownFolder("XDG_DATA_HOME", "/.local/share");
}

}  // namespace rw
