#include "core/base/machine_memory.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "core/base/whole_file.h"

namespace rw {

namespace {

constexpr std::size_t kMostText = std::size_t{64} << 10;  ///< of a file of the system

/// Of the line “0::/path”, which is that of cgroup v2; empty: the process is at the root, or elsewhere.
std::string_view pathOfGroup(std::string_view member) {
    constexpr std::string_view kBegin = "0::/";
    while (!member.empty()) {
        const std::size_t end = std::min(member.find('\n'), member.size());
        const std::string_view line = member.substr(0, end);
        member.remove_prefix(std::min(end + 1, member.size()));
        if (!line.starts_with(kBegin)) continue;
        // A group outside of what this process sees is written “/../…”.
        const std::string_view path = line.substr(kBegin.size() - 1);
        return path.size() == 1 || path.find("/..") != std::string_view::npos ? std::string_view() : path;
    }
    return {};
}

/// Nothing where there is no limit: “max”, or no such file.
std::optional<std::uint64_t> limitIn(const std::string& folder) {
    std::string text;
    if (readWhole(folder + "/memory.max", kMostText, text)) return std::nullopt;
    std::uint64_t bytes = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), bytes);
    return read.ec == std::errc() ? std::optional(bytes) : std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> memoryOfGroups(const std::string& root, std::string_view member) {
    std::optional<std::uint64_t> least;
    for (std::string_view path = pathOfGroup(member);; path = path.substr(0, path.rfind('/'))) {
        const std::optional<std::uint64_t> limit = limitIn(root + std::string(path));
        if (limit && (!least || *limit < *least)) least = limit;
        if (path.empty()) return least;
    }
}

namespace {

std::uint64_t memoryOfMachine() {
    const long pages = ::sysconf(_SC_PHYS_PAGES), size = ::sysconf(_SC_PAGESIZE);
    if (pages <= 0 || size <= 0) return 0;
    const std::uint64_t all = static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(size);
    std::string member;
    if (readWhole("/proc/self/cgroup", kMostText, member)) return all;
    return std::min(all, memoryOfGroups("/sys/fs/cgroup", member).value_or(all));
}

}  // namespace

std::uint64_t usableMemory() {
    static const std::uint64_t kBytes = memoryOfMachine();
    return kBytes;
}

}  // namespace rw
