// Two ways to do the same, each in a process of its own, compared by the time of the processors that they
// take.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace rw::bench {

/// One of them: its name, and the words that start it.
struct Way {
    std::string name;
    std::vector<std::string> words;
};

/// Runs both in turns, several times, and prints the medians: rows a second of processors and of the clock,
/// and how much of the speed of `bare` `ours` has, by processors.
void printBeside(const std::string& what, const Way& bare, const Way& ours, std::uint64_t rows,
                 const std::filesystem::path& folder);

/// This program, for a way that is one of its own.
std::string thisProgram();

}  // namespace rw::bench
