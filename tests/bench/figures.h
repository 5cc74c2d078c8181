// The times of a query on each side, as lines of text and as rows of the tables in the help.
#pragma once
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/result_sum.h"

namespace rw::bench {

enum Side : std::size_t { kOurs, kDuckDb, kPolars, kHandTuned, kSides };
inline constexpr std::size_t kDegrees = 2;  ///< one thread, two threads

struct Best {
    double seconds = 0;  ///< 0: this side does not have the query
    double peakMib = 0;
    ResultSum result{};  ///< not of the hand-tuned program, which writes none
};

struct QueryFigures {
    std::string query{};
    std::uint64_t rows = 0;
    std::array<std::array<Best, kDegrees>, kSides> best{};

    /// Whether all that wrote a result wrote the same.
    bool agree() const;
    std::string lines() const;
    /// Cells without words, so that they fit a page in any language.
    std::string speedRow() const;
    std::string memoryRow() const;
};

/// The pages of “--markdown PAGE”, which may come several times.
std::vector<std::filesystem::path> pagesIn(int argc, char** argv);

/// Puts the lines between “[//]: # (NAME)” and the next “[//]: # (end)”, behind the first `kept` lines that
/// stand there (the head of a table, in the language of the page); ends the bench when the page has no such
/// place.
void fillPage(const std::filesystem::path& page, const std::string& name, std::size_t kept,
              const std::vector<std::string>& lines);

}  // namespace rw::bench
