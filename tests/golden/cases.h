// A golden case: a folder with pipeline.rill, its inputs, and the answer of Apache Flink.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/golden/compare.h"

namespace rw::golden {

/// How many the checkout had when the build was configured: CMake counts them.
extern const std::size_t kCases;

/// The case folders below `cases`, sorted by name. Throws std::runtime_error, with the error, when there
/// are not kCases of them, each with its pipeline.rill.
std::vector<std::filesystem::path> casesIn(const std::filesystem::path& cases);

/// Runs pipeline.rill in the folder it is given, which has the case's name; the error, or nothing.
using RunPipeline = std::function<std::string(const std::filesystem::path& folder)>;

/// The differences of a file from its expectation; compareFiles() is one.
using CompareOutput = std::function<std::string(const std::filesystem::path& expectation,
                                                const std::filesystem::path& actual, Columns columns)>;

/// Runs the case in a copy of its own (the expectations stay behind) and compares all that it must have
/// written. Empty when everything is as expected, else the differences.
std::string runCase(
    const std::filesystem::path& folder, const RunPipeline& run,
    const CompareOutput& differs = [](const auto& expectation, const auto& actual, Columns columns) {
        return compareFiles(expectation, actual, columns);
    });

}  // namespace rw::golden
