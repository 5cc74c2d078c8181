#include "core/cluster/seen_here.h"

#include <filesystem>
#include <string_view>
#include <system_error>

namespace rw {

std::string withoutFileScheme(const std::string& folder) {
    constexpr std::string_view kScheme = "file://";
    return folder.starts_with(kScheme) ? folder.substr(kScheme.size()) : folder;
}

std::string folderSeenHere(const std::string& folder) {
    std::string path = withoutFileScheme(folder);
    std::error_code ignored;
    const bool seen = path.starts_with('/') && std::filesystem::is_directory(path, ignored);
    return seen ? path : std::string();
}

bool sharesDisk(const Target& target, bool runsHere) {
    return runsHere || !folderSeenHere(target.folder).empty();
}

}  // namespace rw
