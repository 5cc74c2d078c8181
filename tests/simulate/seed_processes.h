// Many seeds over several processes, which add up what they find: for programs that try them.
#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "tests/support/random_cases.h"

namespace rw::simulated {

/// The findings of one process of several come back through a pipe; one that dies has found something.
template <class Sums>
Sums sumsOf(int pipe, pid_t child) {
    static_assert(std::is_trivially_copyable_v<Sums>);
    Sums sums;
    const bool whole = ::read(pipe, &sums, sizeof sums) == static_cast<ssize_t>(sizeof sums);
    ::close(pipe);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (whole && status == 0) return sums;
    std::printf("A process that tried seeds died.\n");
    sums = {};
    sums.wrong = 1;
    return sums;
}

/// `trySeeds(first, step)` tries every `step`th seed from the one numbered `first` on, and is called in each
/// of so many processes. Not while this one has threads.
template <class Sums, class TrySeeds>
Sums overProcesses(unsigned processes, const TrySeeds& trySeeds) {
    if (processes <= 1) return trySeeds(0, 1);
    std::vector<std::pair<int, pid_t>> children;
    std::fflush(stdout);
    for (unsigned i = 0; i < processes; ++i) {
        int ends[2] = {-1, -1};
        if (::pipe(ends) != 0) std::abort();
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            const Sums sums = trySeeds(i, processes);
            std::fflush(stdout);
            const bool told = ::write(ends[1], &sums, sizeof sums) == static_cast<ssize_t>(sizeof sums);
            ::_exit(told ? 0 : 1);
        }
        ::close(ends[1]);
        children.emplace_back(ends[0], child);
    }
    Sums all;
    for (const auto& [pipe, child] : children) {
        const Sums sums = sumsOf<Sums>(pipe, child);
        all.add(sums);
    }
    return all;
}

/// A number among the words of the command line; one that is none ends the program with its syntax.
inline std::uint64_t numberIn(const char* word, const char* syntax) {
    char* end = nullptr;
    const std::uint64_t number = std::strtoull(word, &end, 10);
    if (*word >= '0' && *word <= '9' && *end == '\0') return number;
    std::fprintf(stderr, "“%s” is not a number.\n%s\n", word, syntax);
    std::exit(2);
}

/// How many processes share the seeds: $RILLWRIGHT_PROCESSES, else that many.
inline unsigned processesOr(unsigned usual, const char* syntax) {
    const char* given = std::getenv("RILLWRIGHT_PROCESSES");
    return given ? static_cast<unsigned>(numberIn(given, syntax)) : std::max(1U, usual);
}

/// The seeds that the words ask for: `--part P/N`, every N-th seed of the suite from its P-th on, or `[N
/// [FIRST]]`.
inline std::vector<std::uint64_t> wantedSeeds(int argc, char** argv, const test::Suite& suite,
                                              const char* syntax) {
    std::vector<std::uint64_t> seeds;
    if (argc == 3 && std::string(argv[1]) == "--part") {
        const std::string part = argv[2];
        const std::size_t slash = std::min(part.find('/'), part.size() - 1);
        const std::uint64_t number = numberIn(part.substr(0, slash).c_str(), syntax);
        const std::uint64_t parts = numberIn(part.substr(slash + 1).c_str(), syntax);
        const auto all = test::seedsOf(suite);
        for (std::size_t i = number - 1; i < all.size(); i += parts) seeds.push_back(all[i]);
        return seeds;
    }
    const std::uint64_t count = argc > 1 ? numberIn(argv[1], syntax) : 200;
    const std::uint64_t first = argc > 2 ? numberIn(argv[2], syntax) : 1;
    for (std::uint64_t i = 0; i < count; ++i) seeds.push_back(first + i);
    return seeds;
}

}  // namespace rw::simulated
