// golden_run --cases DIR [--batch-rows N] [--parallelism N] [--seeds N | --restarts N | --program PATH]
//
// Runs every golden case and compares. In this process, through the same path as `rillwright run`: on the
// pool or, with --seeds, once for each seed 1 … N on the seeded executor; with --restarts, once for each seed
// that far in two runs: the first is left after a snapshot at a step that the seed decides, the second goes
// on from it at another degree; or by starting the program at PATH.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "core/base/random.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json.h"
#include "core/runtime/run.h"
#include "tests/golden/cases.h"
#include "tests/golden/collecting_sink.h"
#include "tests/support/child.h"

namespace fs = std::filesystem;
using namespace rw;

namespace {

struct Options {
    fs::path cases;
    std::string program;
    std::size_t batchRows = 4096;
    int parallelism = 1;
    std::uint64_t seeds = 0, restarts = 0;
};

std::string said(const std::vector<Issue>& issues) {
    std::string text = "invalid:";
    for (const Issue& issue : issues) text += "\n  " + english(issue);
    return text;
}

Result<std::shared_ptr<const Plan>> planOf(const fs::path& folder, const Catalogue& catalogue,
                                           int parallelism) {
    RW_TRY_ASSIGN(const Loaded loaded, loadPipelineFile((folder / "pipeline.rill").string()));
    PlanOptions planning;
    planning.validate.folder = folder.string();
    planning.parallelism = parallelism;
    const Planned planned = makePlan(loaded.pipeline, catalogue, planning);
    if (!planned.plan) return Status(ErrorCode::Invalid, RW_TEXT("test", "%1").with(said(planned.issues)));
    return planned.plan;
}

Result<std::unique_ptr<Run>> finished(Result<std::unique_ptr<Run>> run) {
    if (!run.ok()) return run;
    (*run)->wait();
    RW_TRY((*run)->status());
    return run;
}

/// Runs, is left after a snapshot, and goes on from it at another degree.
Status restart(const fs::path& folder, const Catalogue& catalogue, const Options& options,
               std::uint64_t seed) {
    RunOptions running;
    running.batchRows = options.batchRows;
    running.executor = ExecutorKind::Seeded;
    running.seed = seed;
    RW_TRY_ASSIGN(const auto plan, planOf(folder, catalogue, options.parallelism));
    RW_TRY_ASSIGN(const auto whole, finished(Run::start(plan, running)));
    running.snapshotAtStep = 1 + splitMix64(seed, whole->metrics().steps) % whole->metrics().steps;
    RW_TRY_ASSIGN(auto first, Run::start(plan, running));
    RW_TRY_ASSIGN(RunSnapshot snapshot, first->awaitSnapshot());
    first.reset();
    running.snapshotAtStep = 0;
    running.restore = std::make_shared<const RunSnapshot>(std::move(snapshot));
    const int degree = 1 + static_cast<int>(splitMix64(seed) % 5);
    RW_TRY_ASSIGN(const auto other, planOf(folder, catalogue, degree));
    return finished(Run::start(other, running)).status();
}

std::string runHere(const fs::path& folder, const Catalogue& catalogue, const Options& options,
                    std::uint64_t seed) {
    const auto plan = planOf(folder, catalogue, options.parallelism);
    if (!plan.ok()) return english(plan.error());
    RunOptions running;
    running.batchRows = options.batchRows;
    running.executor = seed > 0 ? ExecutorKind::Seeded : ExecutorKind::Pool;
    running.seed = seed;
    const Status status = finished(Run::start(*plan, running)).status();
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
    app.add_option("--restarts", options.restarts);
    app.add_option("--program", options.program)->check(CLI::ExistingFile);
    CLI11_PARSE(app, argc, argv);

    if (!options.program.empty())
        options.program = fs::absolute(options.program).string();  // cases run elsewhere
    const std::vector<fs::path> cases = golden::casesIn(options.cases);
    const Catalogue catalogue = builtin();
    int failed = cases.empty() ? 1 : 0;
    if (!options.program.empty()) {
        failed +=
            failures(cases, "program", [&](const fs::path& folder) { return runProgram(folder, options); });
    } else if (options.seeds == 0 && options.restarts == 0) {
        failed += failures(cases, "pool",
                           [&](const fs::path& folder) { return runHere(folder, catalogue, options, 0); });
    }
    for (std::uint64_t seed = 1; seed <= options.seeds; ++seed)
        failed += failures(cases, fmt::format("seed {}", seed),
                           [&](const fs::path& folder) { return runHere(folder, catalogue, options, seed); });
    const Catalogue collecting = golden::withCollectingSinks(catalogue);
    for (std::uint64_t seed = 1; seed <= options.restarts; ++seed)
        failed += failures(cases, fmt::format("restart {}", seed), [&](const fs::path& folder) {
            const Status status = restart(folder, collecting, options, seed);
            return status.ok() ? std::string() : english(status.error());
        });
    return failed == 0 ? 0 : 1;
}
