// A golden case: a folder with pipeline.rill, its inputs, and what Apache Flink answered.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/golden/compare.h"

namespace rw::golden {

/// How many there are. Whoever adds or takes away a case says so here.
inline constexpr std::size_t kCases = 177;

/// The case folders below `cases`, sorted by name. Throws std::runtime_error, with what is wrong, when there
/// are not kCases of them, each with its pipeline.rill.
std::vector<std::filesystem::path> casesIn(const std::filesystem::path& cases);

/// Runs pipeline.rill in the folder it is given, which has the case's name; what went wrong, or nothing.
using RunPipeline = std::function<std::string(const std::filesystem::path& folder)>;

/// What differs in a file from its expectation; compareFiles() is one.
using CompareOutput = std::function<std::string(const std::filesystem::path& expectation,
                                                const std::filesystem::path& actual, Columns columns)>;

/// Runs the case in a copy of its own (the expectations stay behind) and compares all that it must have
/// written. Empty when everything is as expected, else what differs.
std::string runCase(
    const std::filesystem::path& folder, const RunPipeline& run,
    const CompareOutput& differs = [](const auto& expectation, const auto& actual, Columns columns) {
        return compareFiles(expectation, actual, columns);
    });

}  // namespace rw::golden
