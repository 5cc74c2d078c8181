// golden_run --cases DIR [--batch-rows N] [--parallelism N] [--seeds N | --program PATH]
//
// Runs every golden case and compares. In this process, through the same path as `rillwright run`: on the
// pool or, with --seeds, once for each seed 1 … N on the seeded executor; or by starting the program at PATH.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json.h"
#include "core/runtime/run.h"
#include "tests/golden/cases.h"
#include "tests/support/child.h"

namespace fs = std::filesystem;
using namespace rw;

namespace {

struct Options {
    fs::path cases;
    std::string program;
    std::size_t batchRows = 4096;
    int parallelism = 1;
    std::uint64_t seeds = 0;
};

std::string runHere(const fs::path& folder, const Catalogue& catalogue, const Options& options,
                    std::uint64_t seed) {
    auto loaded = loadPipelineFile((folder / "pipeline.rill").string());
    if (!loaded.ok()) return english(loaded.error());
    PlanOptions planning;
    planning.validate.folder = folder.string();
    planning.parallelism = options.parallelism;
    const Planned planned = makePlan(loaded->pipeline, catalogue, planning);
    if (!planned.plan) {
        std::string issues = "invalid:";
        for (const Issue& issue : planned.issues) issues += "\n  " + english(issue);
        return issues;
    }
    RunOptions running;
    running.batchRows = options.batchRows;
    running.executor = seed > 0 ? ExecutorKind::Seeded : ExecutorKind::Pool;
    running.seed = seed;
    auto run = Run::start(planned.plan, running);
    if (!run.ok()) return english(run.error());
    (*run)->wait();
    const Status status = (*run)->status();
    return status.ok() ? std::string() : english(status.error());
}

/// The program as a user starts it, in the case's folder.
std::string runProgram(const fs::path& folder, const Options& options) {
    const fs::path log = folder / "golden.log";
    const auto end = testing::runChild(
        {options.program, "run", "pipeline.rill", "--batch-rows", std::to_string(options.batchRows),
         "--parallelism", std::to_string(options.parallelism)},
        folder, log);
    if (end.exitStatus == 0) return {};
    std::ifstream said(log);
    return fmt::format("exit status {}\n{}", end.exitStatus,
                       std::string(std::istreambuf_iterator<char>(said), {}));
}

/// How many of the cases fail, each with its reason on standard output.
int failures(const std::vector<fs::path>& cases, const std::string& label, const golden::RunPipeline& run) {
    int failed = 0;
    for (const fs::path& folder : cases) {
        const std::string why = golden::runCase(folder, run);
        if (why.empty()) continue;
        ++failed;
        fmt::print("FAIL {} ({})\n{}\n", folder.filename().string(), label, why);
    }
    fmt::print("{}: {} passed, {} failed\n", label, static_cast<int>(cases.size()) - failed, failed);
    return failed;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Runs the golden cases and compares with what Apache Flink answered");
    app.add_option("--cases", options.cases)->required()->check(CLI::ExistingDirectory);
    app.add_option("--batch-rows", options.batchRows);
    app.add_option("--parallelism", options.parallelism);
    app.add_option("--seeds", options.seeds);
    app.add_option("--program", options.program)->check(CLI::ExistingFile);
    CLI11_PARSE(app, argc, argv);

    if (!options.program.empty()) options.program = fs::absolute(options.program).string();  // cases run elsewhere
    const std::vector<fs::path> cases = golden::casesIn(options.cases);
    const Catalogue catalogue = builtin();
    int failed = cases.empty() ? 1 : 0;
    if (!options.program.empty()) {
        failed +=
            failures(cases, "program", [&](const fs::path& folder) { return runProgram(folder, options); });
    } else if (options.seeds == 0) {
        failed += failures(cases, "pool",
                           [&](const fs::path& folder) { return runHere(folder, catalogue, options, 0); });
    }
    for (std::uint64_t seed = 1; seed <= options.seeds; ++seed)
        failed += failures(cases, fmt::format("seed {}", seed),
                           [&](const fs::path& folder) { return runHere(folder, catalogue, options, seed); });
    return failed == 0 ? 0 : 1;
}
