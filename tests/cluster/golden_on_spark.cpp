// golden_on_spark --cases DIR --python PYTHON [--only GLOB] [--listed FILE] [--half 0|1] [--known FILE]
//                 [--not-exact FILE]
//
// Runs golden cases on a real Spark, as the programs that core/deploy writes, and compares: the case, its
// verdict, and its outcome, a line each. PYTHON has pyspark; it may also come from
// RILLWRIGHT_SPARK_PYTHON. --listed: only the cases in that file; --half: every other one of these. The other
// two files, and RILLWRIGHT_CASE_TABLE, are as golden_on_flink has them.
#include <fmt/format.h>
#include <fnmatch.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>

#include "core/nodes/catalogue.h"
#include "tests/cluster/spark_case.h"
#include "tests/golden/cases.h"
#include "tests/support/child.h"

namespace fs = std::filesystem;
using namespace rw;

namespace {

/// Those to run; empty when the list names one that is not there.
std::vector<fs::path> chosen(const fs::path& cases, const fs::path& list, const std::string& only) {
    const std::set<std::string> listed = cluster::namesIn(list);
    std::size_t found = 0;
    std::vector<fs::path> out;
    for (const fs::path& folder : golden::casesIn(cases)) {
        const std::string name = folder.filename().string();
        const bool inList = list.empty() || listed.contains(name);
        found += inList ? 1U : 0U;
        if (inList && ::fnmatch(only.c_str(), name.c_str(), 0) == 0) out.push_back(folder);
    }
    if (!list.empty() && found != listed.size())
        throw std::runtime_error(list.string() + " names cases that are not there");
    if (out.empty()) throw std::runtime_error("there is no case " + only);
    return out;
}

/// The end of the other output of Python and Spark.
void showLog(const fs::path& log) {
    std::ifstream lines(log);
    std::deque<std::string> last;
    for (std::string line; std::getline(lines, line);) {
        last.push_back(line);
        if (last.size() > 60) last.pop_front();
    }
    if (!last.empty()) fmt::print("What Spark said at the end:\n{}\n", fmt::join(last, "\n"));
}

}  // namespace

int main(int argc, char** argv) {
    fs::path cases, python, listFile, knownFile, notExactFile;
    std::string only = "*";
    std::optional<int> half;
    CLI::App app("Runs golden cases on a real Spark and compares");
    app.add_option("--cases", cases)->required()->check(CLI::ExistingDirectory);
    app.add_option("--python", python)->required()->envname("RILLWRIGHT_SPARK_PYTHON");
    app.add_option("--only", only);
    app.add_option("--listed", listFile)->check(CLI::ExistingFile);
    app.add_option("--half", half)->check(CLI::Range(0, 1));
    app.add_option("--known", knownFile)->check(CLI::ExistingFile);
    app.add_option("--not-exact", notExactFile)->check(CLI::ExistingFile);
    CLI11_PARSE(app, argc, argv);

    ::signal(SIGPIPE, SIG_IGN);  // Python may have ended
    std::vector<fs::path> folders;
    cluster::ListedCases listed;
    try {
        listed = {cluster::notExactIn(notExactFile), cluster::knownIn(knownFile)};
        folders = chosen(cases, listFile, only);
        if (half) folders = cluster::halfOf(folders, *half);
        listed.mustFit(cases);
    } catch (const std::runtime_error& wrong) {
        fmt::print("FAIL {}\n", wrong.what());
        return 1;
    }
    // Files that Spark leaves in the folder for temporary files are gone with this one.
    const testing::ScratchFolder scratch("spark");
    ::setenv("TMPDIR", scratch.path().c_str(), 1);
    const fs::path log = scratch.path() / "spark.log";
    cluster::SparkPrograms programs(python, log);
    if (const std::string why = programs.start(); !why.empty()) {
        fmt::print("FAIL {}\n", why);
        showLog(log);
        return 1;
    }
    fmt::print("Spark {} in {}\n", programs.version(), python.string());
    const Catalogue catalogue = builtin();
    cluster::ResultCounts counts;
    for (const fs::path& folder : folders) {
        const std::string name = folder.filename().string();
        const cluster::CaseOutcome outcome = cluster::runOnSpark(folder, catalogue, listed, programs);
        const cluster::JudgedCase judged = cluster::judged(name, outcome, listed);
        ++counts[judged.result];
        fmt::print("{:<50} {:<13} {}\n", name, verdictName(outcome.worst), judged.words);
        std::fflush(stdout);
        cluster::tellCase(name, {"spark", 1}, outcome, judged);
    }
    fmt::print("{}\n", cluster::summary(counts));
    const bool failed = counts[cluster::CaseResult::Failed] > 0;
    if (failed) showLog(log);
    return failed ? 1 : 0;
}
