// The arguments, environment and limits of a program to be started.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/time.h"

namespace rw {

/// The limits that the kernel sets to a program, and to each program that it starts: beyond them its own
/// calls fail, and a signal ends it where it takes more processor time or writes more. Nothing: as this
/// program.
struct ProgramLimits {
    std::optional<std::uint64_t>
        memory{};  ///< bytes of address space, rounded up to KiB; too little for a JVM
    std::optional<std::uint64_t> openFiles{};  ///< descriptors at a time
    std::optional<Millis> processorTime{};     ///< rounded up to seconds
    std::optional<std::uint64_t> fileBytes{};  ///< of each file that it writes, rounded up to 512
    bool coreDumps = true;                     ///< whether one that crashes may leave its memory in a file
};

struct ChildProgram {
    /// The program, found on PATH where it has no slash, and its arguments. No shell reads them.
    std::vector<std::string> words{};
    /// All variables that it gets, “name=value”: nothing is inherited. See environmentWithout().
    std::vector<std::string> environment{};
    /// A descriptor that it and all that it starts keep open, as that of a lock; -1: none.
    int held = -1;
    ProgramLimits limits{};
};

/// “name=value” of each variable of this process but those of these names. Any thread, while none changes the
/// environment.
std::vector<std::string> environmentWithout(const std::set<std::string, std::less<>>& names);

}  // namespace rw
