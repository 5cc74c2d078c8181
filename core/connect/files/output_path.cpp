#include "core/connect/files/output_path.h"

#include <fmt/format.h>
#include <limits.h>
#include <xxhash.h>

#include <filesystem>

namespace rw {

namespace fs = std::filesystem;

bool isSystemName(const std::string& path) {
    const std::string plain = fs::path(path).lexically_normal().native();
    const bool device = plain.starts_with("/dev/") && !plain.starts_with("/dev/shm/");
    return device || plain.starts_with("/proc/");
}

std::string besidePath(const std::string& target, std::string_view ending) {
    const fs::path path(target);
    std::string name = path.filename().native();
    if (name.size() + 1 + ending.size() > NAME_MAX) {
        name = fmt::format("{:016x}", XXH3_64bits(name.data(), name.size()));
    }
    return (path.parent_path() / ("." + name + std::string(ending))).native();
}

std::string stagingPath(const std::string& target) {
    return besidePath(target, ".rill-new");
}

}  // namespace rw
