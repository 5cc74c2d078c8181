#include "core/base/data_folder.h"

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

}  // namespace

std::string dataFolder() {
    const char* given = std::getenv("XDG_DATA_HOME");
    const bool whole = given != nullptr && *given == '/';
    return (whole ? std::string(given) : homeFolder() + "/.local/share") + "/rillwright";
}

}  // namespace rw
