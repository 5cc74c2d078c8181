#include "tests/golden/cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "tests/golden/late_facts.h"
#include "tests/support/child.h"

namespace rw::golden {

namespace fs = std::filesystem;

namespace {

constexpr const char* kLateFacts = "flink_late_facts.csv";

bool isExpectation(const fs::path& file) {
    return file.filename().string().starts_with("expected") || file.filename() == kLateFacts;
}

/// expected.csv stands against out.csv, expected_NAME.csv against NAME.csv.
std::string outputOf(const fs::path& expectation) {
    const std::string stem = expectation.stem().string();
    return stem == "expected" ? "out" : stem.substr(std::string("expected_").size());
}

}  // namespace

const std::size_t kCases = RILLWRIGHT_GOLDEN_COUNT;

std::vector<fs::path> casesIn(const fs::path& cases) {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(cases)) {
        if (!entry.is_directory()) continue;
        if (!fs::exists(entry.path() / "pipeline.rill"))
            throw std::runtime_error(entry.path().string() + " has no pipeline.rill");
        folders.push_back(entry.path());
    }
    if (folders.size() != kCases)
        throw std::runtime_error(
            fmt::format("{} holds {} cases instead of {}: copy all, or configure the build again",
                        cases.string(), folders.size(), kCases));
    std::sort(folders.begin(), folders.end());
    return folders;
}

std::string runCase(const fs::path& folder, const RunPipeline& run, const CompareOutput& differs) {
    const testing::ScratchFolder scratch("golden");
    const fs::path copy = scratch.path() / folder.filename();
    fs::create_directory(copy);
    std::vector<fs::path> expectations;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (!isExpectation(entry.path())) {
            fs::copy(entry.path(), copy);
        } else if (entry.path().extension() == ".csv" && entry.path().filename() != kLateFacts) {
            expectations.push_back(entry.path());
        }
    }
    if (expectations.empty()) return "no expectation";
    if (std::string why = run(copy); !why.empty()) return why;
    std::string differences;
    for (const fs::path& expectation : expectations) {
        // A late row's late_by and late_for are ours: Flink has no such columns, but see below.
        const std::string name = outputOf(expectation);
        const Columns columns = name == "late" ? Columns::AtLeast : Columns::Same;
        const std::string why = differs(expectation, copy / (name + ".csv"), columns);
        if (!why.empty()) differences += name + ".csv: " + why + "\n";
    }
    if (fs::exists(folder / kLateFacts)) {
        const Table late = lateRowsOf(readTable(folder / kLateFacts));
        const std::string why = compare(late, readTable(copy / "late.csv"), {}, false, Columns::AtLeast);
        if (!why.empty()) differences += "late.csv against " + std::string(kLateFacts) + ": " + why + "\n";
    }
    return differences;
}

}  // namespace rw::golden
