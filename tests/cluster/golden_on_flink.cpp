// golden_on_flink --cases DIR --gateway URL --rest URL [--only GLOB] [--half 0|1] [--parallelism N]
//                 [--known FILE] [--not-exact FILE]
//
// Runs every golden case, or half of them, on a real Flink, in the words of core/deploy, and compares: the
// case, its verdict, and its outcome, a line each. Fails when something differs that may not. FILE of
// --not-exact names cases that may be refused or approximated, and the allowed differences of the latter: any
// other case that is so fails, too, for a dialect that refuses all would differ nowhere. FILE of --known
// names cases whose verdict hangs on a condition that their rows do not keep, each with the allowed
// difference and why. The addresses may come from RILLWRIGHT_FLINK_GATEWAY and RILLWRIGHT_FLINK_REST.
// RILLWRIGHT_CASE_TABLE may name a file that gets a line of each case (judged_cases.h).
#include <fmt/format.h>
#include <fnmatch.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>
#include <stdexcept>

#include "core/cluster/flink/flink_rest.h"
#include "core/nodes/catalogue.h"
#include "tests/cluster/flink_case.h"
#include "tests/golden/cases.h"

namespace fs = std::filesystem;
using namespace rw;

int main(int argc, char** argv) {
    fs::path cases, knownFile, notExactFile;
    std::string only = "*";
    std::optional<int> half;
    cluster::FlinkRunOptions options;
    CLI::App app("Runs the golden cases on a real Flink and compares");
    app.add_option("--cases", cases)->required()->check(CLI::ExistingDirectory);
    app.add_option("--only", only);
    app.add_option("--half", half)->check(CLI::Range(0, 1));
    app.add_option("--parallelism", options.parallelism)->check(CLI::Range(1, 64));
    app.add_option("--gateway", options.gateway.address)->required()->envname("RILLWRIGHT_FLINK_GATEWAY");
    app.add_option("--rest", options.jobManager.address)->required()->envname("RILLWRIGHT_FLINK_REST");
    app.add_option("--known", knownFile)->check(CLI::ExistingFile);
    app.add_option("--not-exact", notExactFile)->check(CLI::ExistingFile);
    CLI11_PARSE(app, argc, argv);

    std::vector<fs::path> folders;
    cluster::ListedCases listed;
    try {
        listed = {cluster::notExactIn(notExactFile), cluster::knownIn(knownFile)};
        folders = golden::casesIn(cases);
        if (half) folders = cluster::halfOf(folders, *half);
        listed.mustFit(cases);
    } catch (const std::runtime_error& missing) {
        fmt::print("FAIL {}\n", missing.what());
        return 1;
    }
    FlinkRest flink(options.jobManager);
    const auto overview = flink.overview();
    if (!overview.ok()) {
        fmt::print("FAIL {}\n", english(overview.error()));
        return 1;
    }
    fmt::print("Flink {} at {}: {} of {} slots are free, parallelism {}\n", overview->version,
               options.jobManager.address, overview->freeSlots, overview->allSlots, options.parallelism);
    const Catalogue catalogue = builtin();
    cluster::ResultCounts counts;
    for (const fs::path& folder : folders) {
        const std::string name = folder.filename().string();
        if (::fnmatch(only.c_str(), name.c_str(), 0) != 0) continue;
        const cluster::CaseOutcome outcome = cluster::runOnFlink(folder, catalogue, listed, options);
        const cluster::JudgedCase judged = cluster::judged(name, outcome, listed);
        ++counts[judged.result];
        fmt::print("{:<50} {:<13} {}\n", name, verdictName(outcome.worst), judged.words);
        std::fflush(stdout);
        cluster::tellCase(name, {"flink", options.parallelism}, outcome, judged);
    }
    fmt::print("{}\n", cluster::summary(counts));
    if (cluster::allOf(counts) == 0) fmt::print("FAIL there is no case {}\n", only);
    return cluster::allOf(counts) > 0 && counts[cluster::CaseResult::Failed] == 0 ? 0 : 1;
}
