#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "core/pipeline/json/json.h"
#include "tests/unit/nodes/format_set.h"

namespace rw::test {

namespace fs = std::filesystem;

namespace {

using Lines = std::vector<std::string>;

std::string firstOther(const Lines& expected, const Lines& actual) {
    const auto [a, b] = std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
    return fmt::format("“{}” and “{}”", a == expected.end() ? "nothing" : *a,
                       b == actual.end() ? "nothing" : *b);
}

/// As saving writes it.
Status saveAnew(const fs::path& file) {
    RW_TRY_ASSIGN(const Loaded loaded, loadPipelineFile(file.string()));
    return savePipelineFile(loaded.pipeline, file.string());
}

/// The output of the run by now, without its input.
void keepOutputs(const FormatCase& from, const fs::path& set) {
    for (const fs::directory_entry& entry : fs::directory_iterator(from.folder())) {
        const fs::path input = set / "inputs" / (entry.path().stem().string() + ".sql");
        if (!entry.is_regular_file() || fs::exists(input)) continue;
        fs::create_directories(from.keptOutputs());
        fs::copy_file(entry.path(), from.keptOutputs() / entry.path().filename());
    }
}

std::string makeCase(const fs::path& set, const std::string& name) {
    FormatCase whole(set, name);
    const Result<Lines> expected = whole.wholeRun(whole.kept(".rill-tape"));
    if (!expected.ok()) return english(expected.error());
    FormatCase half(set, name);
    if (const Status status = half.firstHalf(); !status.ok()) return english(status.error());
    keepOutputs(half, set);
    const Result<Lines> resumed = half.secondHalf();
    if (!resumed.ok()) return english(resumed.error());
    if (*resumed != *expected) return "going on gives another outcome: " + firstOther(*expected, *resumed);
    std::ofstream out(half.kept(".expected"));
    for (const std::string& line : *expected) out << line << '\n';
    return {};
}

}  // namespace

std::string makeFormatSet(const fs::path& set) {
    const Lines names = pipelinesOf(set);
    if (names.empty()) return fmt::format("“{}” has no pipelines", set.string());
    for (const std::string& name : names) {
        const FormatCase each(set, name);
        for (const char* ending : {".rill-tape", ".outputs", ".expected"}) {
            if (fs::exists(each.kept(ending)))
                return fmt::format("“{}” is there already: a set is never made anew",
                                   each.kept(ending).string());
        }
    }
    for (const fs::path& file : rillFilesOf(set)) {
        if (const Status saved = saveAnew(file); !saved.ok())
            return file.string() + ": " + english(saved.error());
    }
    for (const std::string& name : names) {
        if (const std::string wrong = makeCase(set, name); !wrong.empty())
            return fmt::format("{}: {}", name, wrong);
    }
    return {};
}

}  // namespace rw::test
