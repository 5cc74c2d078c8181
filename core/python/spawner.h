// Starts a process that ends with this program, however that ends.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace rw {

struct SpawnedProgram {
    std::string path{};                      ///< of the program, absolute
    std::vector<std::string> words{};        ///< its arguments, the first of them its name
    std::vector<std::string> environment{};  ///< all that it gets
    std::vector<int> files{};     ///< its descriptors 0, 1, 2 …, at most 8; no others are open in it
    std::uint64_t memory = 0;     ///< bytes of address space
    std::uint64_t fileBytes = 0;  ///< of each file that it writes
    std::uint64_t openFiles = 0;
};

/// The process, which leads a group of its own; or less than 0, an errno: −ENOENT. The kernel kills it when
/// the thread ends that started it: that is one of its own, which ends with the program. Any thread.
pid_t spawnWithUs(const SpawnedProgram& program);

}  // namespace rw
