// How much memory this machine has for the program.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rw {

/// Bytes that this process may take: the memory of the machine, or less where its control group has a limit,
/// as in a container. 0: the system does not tell. It is found out once; any thread.
std::uint64_t usableMemory();

/// The smallest limit (memory.max of cgroup v2) of a control group and those above it; nothing where there is
/// none. `root`: where the groups are, /sys/fs/cgroup; `member`: the text of /proc/self/cgroup.
std::optional<std::uint64_t> memoryOfGroups(const std::string& root, std::string_view member);

}  // namespace rw
