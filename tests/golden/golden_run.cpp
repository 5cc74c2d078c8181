// golden_run --cases DIR [--only CASE] [--batch-rows N] [--parallelism N] [--state-memory BYTES]
//            [--seeds N | --restarts N [--first SEED] | --program PATH]
//
// Runs every golden case and compares. In this process, through the same path as `rillwright run`: on the
// pool or, with --seeds, once for each seed 1 … N on the seeded executor; or by starting the program at PATH.
// With --restarts, once for each of N seeds in up to three runs: a run is left after a snapshot, the next
// resumes from it. Their steps, degrees, batch sizes and the bytes that are read at once follow from the
// seed. With every fourth seed they run on the pool, and the snapshot is asked for as soon as they run. With
// every second one nodes that can have state in files have all of it there.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include "core/base/random.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/runtime/run.h"
#include "tests/golden/cases.h"
#include "tests/support/child.h"
#include "tests/support/collecting_sink.h"
#include "tests/support/short_reads.h"
#include "tests/support/state_in_files.h"

namespace fs = std::filesystem;
using namespace rw;

namespace {

struct Options {
    fs::path cases;
    std::string only, program;
    std::size_t batchRows = 4096;
    int parallelism = 1;
    std::uint64_t seeds = 0, restarts = 0, first = 1, stateMemory = 0;
};

/// The plan of the case in the folder; null with the reason in `why`.
std::shared_ptr<const Plan> planOf(const fs::path& folder, const Catalogue& catalogue, int parallelism,
                                   std::string& why) {
    const auto loaded = loadPipelineFile((folder / "pipeline.rill").string());
    if (!loaded.ok()) why = english(loaded.error());
    if (!loaded.ok()) return nullptr;
    PlanOptions planning;
    planning.validate.folder = folder.string();
    planning.parallelism = parallelism;
    Planned planned = makePlan(loaded->pipeline, catalogue, planning);
    if (planned.plan) return planned.plan;
    why = "invalid:";
    for (const Issue& issue : planned.issues) why += "\n  " + english(issue);
    return nullptr;
}

std::string endOf(Run& run) {
    run.wait();
    const Status status = run.status();
    return status.ok() ? std::string() : english(status.error());
}

/// A case in several runs, each but the first from a snapshot of the one before.
class Restarts {
 public:
    explicit Restarts(const Catalogue& kinds) : m_kinds(test::withCollectingSinks(kinds)) {}

    std::string run(const fs::path& folder, std::uint64_t seed) {
        std::string why;
        std::uint64_t& steps = m_steps[folder.filename()];
        if (steps == 0) {
            const auto whole = start(folder, optionsOf(1, 0), 2, why);
            if (whole) why = endOf(*whole);
            if (!whole || !why.empty()) return why;
            steps = whole->metrics().steps;
        }
        std::shared_ptr<const StateSnapshot> from;
        for (std::uint64_t leg = 0;; ++leg) {
            RunOptions options = optionsOf(seed, leg);
            options.restore = from;
            if (leg < 2) options.snapshotAtStep = 1 + splitMix64(options.seed, 4) % steps;
            const auto run =
                start(folder, options, 1 + static_cast<int>(splitMix64(options.seed, 5) % 5), why);
            if (!run) return why;
            if (leg == 2) return endOf(*run);
            Result<StateSnapshot> snapshot = onPool(seed) ? run->snapshot() : run->awaitSnapshot();
            if (!snapshot.ok()) return endOf(*run);  // it was over before
            ++m_wentOn[folder.filename()];
            from = std::make_shared<const StateSnapshot>(std::move(*snapshot));
        }
    }

    /// How often a run of the case in the folder resumed from a snapshot.
    std::size_t wentOn(const fs::path& folder) const {
        const auto found = m_wentOn.find(folder.filename());
        return found == m_wentOn.end() ? 0 : found->second;
    }

 private:
    static bool onPool(std::uint64_t seed) { return seed % 4 == 0; }

    static RunOptions optionsOf(std::uint64_t seed, std::uint64_t leg) {
        constexpr std::size_t kRows[] = {1, 7, 4096}, kBytes[] = {40, 200, 1'000'000};
        RunOptions options;
        options.executor = onPool(seed) ? ExecutorKind::Pool : ExecutorKind::Seeded;
        options.seed = splitMix64(seed, leg);
        options.batchRows = kRows[splitMix64(options.seed, 1) % std::size(kRows)];
        // Small reads more often: between them a snapshot can come.
        options.files = std::make_shared<test::ShortReads>(kBytes[splitMix64(options.seed, 2) % 5 / 2]);
        test::putStateInFiles(options, seed % 2);
        return options;
    }

    std::unique_ptr<Run> start(const fs::path& folder, const RunOptions& options, int parallelism,
                               std::string& why) const {
        const auto plan = planOf(folder, m_kinds, parallelism, why);
        if (!plan) return nullptr;
        auto run = Run::start(plan, options);
        if (!run.ok()) why = english(run.error());
        return run.ok() ? std::move(*run) : nullptr;
    }

    const Catalogue m_kinds;
    // By the name of a case's folder:
    std::map<fs::path, std::size_t> m_wentOn;
    std::map<fs::path, std::uint64_t> m_steps;  ///< that the case takes
};

std::string runHere(const fs::path& folder, const Catalogue& catalogue, const Options& options,
                    std::uint64_t seed) {
    std::string why;
    const auto plan = planOf(folder, catalogue, options.parallelism, why);
    if (!plan) return why;
    RunOptions running;
    running.batchRows = options.batchRows;
    running.executor = seed > 0 ? ExecutorKind::Seeded : ExecutorKind::Pool;
    running.seed = seed;
    test::putStateInFiles(running, options.stateMemory);
    const auto run = Run::start(plan, running);
    return run.ok() ? endOf(**run) : english(run.error());
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
    app.add_option("--only", options.only);
    app.add_option("--batch-rows", options.batchRows);
    app.add_option("--parallelism", options.parallelism);
    app.add_option("--state-memory", options.stateMemory);
    app.add_option("--seeds", options.seeds);
    app.add_option("--restarts", options.restarts);
    app.add_option("--first", options.first);
    app.add_option("--program", options.program)->check(CLI::ExistingFile);
    CLI11_PARSE(app, argc, argv);

    if (!options.program.empty())
        options.program = fs::absolute(options.program).string();  // cases run elsewhere
    std::vector<fs::path> cases;
    try {
        cases = golden::casesIn(options.cases);
    } catch (const std::runtime_error& missing) {
        fmt::print("FAIL {}\n", missing.what());
        return 1;
    }
    if (!options.only.empty())
        std::erase_if(cases, [&](const fs::path& folder) { return folder.filename() != options.only; });
    const Catalogue catalogue = builtin();
    if (cases.empty()) fmt::print("FAIL there is no case {}\n", options.only);
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
    Restarts restarts(catalogue);
    for (std::uint64_t seed = options.first; seed < options.first + options.restarts; ++seed)
        failed += failures(cases, fmt::format("restarts, seed {}", seed),
                           [&](const fs::path& folder) { return restarts.run(folder, seed); });
    std::size_t wentOn = 0;
    for (const fs::path& folder : cases) {
        const std::size_t times = restarts.wentOn(folder);
        wentOn += times;
        if (times >= (options.restarts + 3) / 4) continue;  // there are up to two with each seed
        ++failed;
        fmt::print("FAIL {}: {} snapshots were resumed from with {} seeds\n", folder.filename().string(),
                   times, options.restarts);
    }
    if (options.restarts > 0)
        fmt::print("{} snapshots were resumed from with {} seeds of {} cases\n", wentOn, options.restarts,
                   cases.size());
    if (wentOn < options.restarts * cases.size()) {
        ++failed;
        fmt::print("FAIL: fewer than one with each\n");
    }
    return failed == 0 ? 0 : 1;
}
