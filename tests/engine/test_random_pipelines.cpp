// Random pipelines over all node types: the rows that come to each table, or the table that changes make, are
// the same multiset at every batch size, degree of parallelism and schedule, and where a run is left at
// random barriers and resumed. (Their order between tasks is not promised.) A pipeline that fails is
// made smaller for as long as it fails, and told with its number: `engine_random_pipelines NUMBER` runs that
// one alone.
#include <algorithm>
#include <string>

#include "core/base/random.h"
#include "core/pipeline/json/json.h"
#include "core/views/table_view.h"
#include "tests/engine/random_pipeline.h"
#include "tests/support/random_cases.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"
#include "tests/support/state_in_files.h"

using namespace rw;
using namespace rw::test;

namespace {

std::size_t wentOn = 0;  // how often a run resumed from a snapshot

/// The rows of each table, sorted.
using Outcome = std::vector<std::vector<TableRow>>;

Outcome outcomeOf(const Pipeline& pipeline, const std::unique_ptr<Run>& run) {
    Outcome outcome;
    if (!run || run->state() != RunState::Finished) return outcome;
    for (const Node& node : pipeline.nodes) {
        const auto view = std::dynamic_pointer_cast<TableView>(run->view(node.id));
        if (!view) continue;
        auto& rows = outcome.emplace_back();
        for (const TableRowRef& row : view->snapshot().rows) rows.push_back(*row);
        std::sort(rows.begin(), rows.end());
    }
    return outcome;
}

Outcome outcomeOf(const Pipeline& pipeline, int parallelism, const RunOptions& options) {
    return outcomeOf(pipeline, runToEnd(planOf(pipeline, parallelism), options));
}

/// The same pipeline with sources that give a row at a time: a barrier can come between any two.
Pipeline rowByRow(Pipeline pipeline) {
    for (Node& node : pipeline.nodes) {
        if (node.type == "rows") node.params["every"] = "1ms";
    }
    return pipeline;
}

/// The outcome of a run that is left at a barrier, twice where there is time, and resumed at another
/// degree and batch size. `how` says where.
Outcome restarted(const Pipeline& pipeline, std::uint64_t seed, std::uint64_t steps, std::string& how) {
    constexpr std::size_t kBatchRows[] = {1, 7, 4096};
    constexpr int kDegrees[] = {1, 2, 5};
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.channelRows = seed % 2 == 0 ? 20 : 65'536;
    putStateInFiles(options, seed / 2 % 2);
    how = fmt::format("restarts of seed {}:", seed);
    for (std::uint64_t leg = 0;; ++leg) {
        options.seed = splitMix64(seed, leg);
        options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
        options.batchRows = kBatchRows[splitMix64(options.seed, 1) % std::size(kBatchRows)];
        options.snapshotAtStep = leg == 2 ? 0 : 1 + splitMix64(options.seed, 2) % steps;
        const int degree = kDegrees[splitMix64(options.seed, 3) % std::size(kDegrees)];
        how += fmt::format(" batches of {} rows and {} tasks", options.batchRows, degree);
        auto started = Run::start(planOf(pipeline, degree), options);
        if (!started.ok()) {
            how += ": " + english(started.error());
            return {};
        }
        if (leg < 2) how += fmt::format(" until step {},", options.snapshotAtStep);
        Result<StateSnapshot> snapshot = Status();
        if (leg < 2) snapshot = (*started)->awaitSnapshot();
        if (leg == 2 || !snapshot.ok()) {  // it may have been over before
            (*started)->wait();
            return outcomeOf(pipeline, *started);
        }
        options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
        ++wentOn;
    }
}

/// How a run that is left and resumed differs.
std::string restartsDiffer(const Pipeline& declared, unsigned number, const Outcome& expected) {
    constexpr std::uint64_t kRestarts = 4;
    const Pipeline pipeline = rowByRow(declared);
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    const auto whole = runToEnd(planOf(pipeline, 2), options);
    if (outcomeOf(pipeline, whole) != expected) return "a row at a time";
    for (std::uint64_t i = 0; i < kRestarts; ++i) {
        std::string how;
        if (restarted(pipeline, kRestarts * number + i, whole->metrics().steps, how) != expected) return how;
    }
    return {};
}

/// How a run at another batch size, degree or schedule differs; empty: in no way.
std::string differs(const Pipeline& pipeline, unsigned number, std::size_t& rows) {
    RunOptions base;
    base.batchRows = 1;
    const Outcome expected = outcomeOf(pipeline, 1, base);
    if (expected.empty()) return "it does not run";
    for (const auto& table : expected) rows += table.size();
    for (const std::size_t batchRows : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
        for (const int parallelism : {1, 2, 5}) {
            for (const std::uint64_t seed : {0U, 1U, 2U}) {
                RunOptions options;
                options.batchRows = batchRows;
                options.channelRows = seed == 2 ? 20 : 65'536;
                options.executor = seed == 0 ? ExecutorKind::Pool : ExecutorKind::Seeded;
                options.seed = seed;
                putStateInFiles(options, seed == 1 ? 1 : 0);
                if (outcomeOf(pipeline, parallelism, options) == expected) continue;
                return fmt::format("batches of {} rows, {} tasks, {}", batchRows, parallelism,
                                   seed == 0 ? "pool" : fmt::format("seed {}", seed));
            }
        }
    }
    return restartsDiffer(pipeline, number, expected);
}

/// Tries pipeline `number`; where it fails, ever smaller ones.
void check(unsigned number, std::size_t& rows) {
    PipelineSize size;
    std::string why = differs(randomPipeline(number, size), number, rows);
    if (why.empty()) return;
    for (int PipelineSize::*part : {&PipelineSize::nodes, &PipelineSize::sources, &PipelineSize::rows}) {
        while (size.*part > 0) {
            PipelineSize smaller = size;
            smaller.*part /= 2;
            const std::string still = differs(randomPipeline(number, smaller), number, rows);
            if (still.empty()) break;
            size = smaller;
            why = still;
        }
    }
    const Pipeline least = randomPipeline(number, size);
    expect(false, fmt::format("pipeline {}: {}\n{}", number, why, savePipeline(least)).c_str());
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t rows = 0;
    if (argc > 1) {
        check(static_cast<unsigned>(std::stoul(argv[1])), rows);
        return summary();
    }
    const std::vector<std::uint32_t> numbers = seedsOf(suites::Pipelines);
    for (const unsigned number : numbers) check(number, rows);
    expect(wentOn > 4 * numbers.size(), "runs are left and gone on with more than once on average");
    expect(rows > 15 * numbers.size(), "the pipelines have rows to tell runs apart by");
    return summary();
}
