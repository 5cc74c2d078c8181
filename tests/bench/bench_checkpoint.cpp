// bench_checkpoint [SECONDS [MIB]] [--markdown PAGE]… : the cost of checkpoints, and the time until a run
// resumes from one.
//
// A run that counts in tumbling windows by many keys for SECONDS (60; 0: not that), by the built program:
// without checkpoints and with one every second, in pairs of which each second one begins with the other; the
// median of their ratios. Then a run, inside this process, that keeps MIB (1024), is stopped and resumed:
// from the first look at the file until rows get to the node that keeps them. The file is then still in the
// memory of the machine. At last a run that counts by kChangedKeys keys, of which one in a hundred changes
// from then on: what its checkpoints cost in one piece and by change.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/bench/child_run.h"
#include "tests/bench/figures.h"
#include "tests/support/pipeline_of.h"

namespace fs = std::filesystem;
using namespace rw;
using rw::test::node;
using rw::test::wire;

namespace {

constexpr int kPairs = 3;
constexpr std::uint64_t kCalibrationRows = 20'000'000;
constexpr int kKeys = 200'000;
constexpr std::uint64_t kBytesPerKey = 150;  ///< about the share of a key in a checkpoint
constexpr int kTextBytes = 96;
constexpr std::uint64_t kChangedKeys = 4'000'000;
constexpr int kCheckpointsWithChanges = 5;

[[noreturn]] void endBench(const Error& error) {
    fmt::print(stderr, "{}\n", english(error));
    std::exit(1);
}

template <class T>
T valueOf(Result<T> result) {
    if (!result.ok()) endBench(result.error());
    return std::move(*result);
}

/// A million rows a window, of which each key gets some; the ten best keys of each go into a table.
void writePipeline(const fs::path& path, std::uint64_t rows) {
    std::ofstream(path) << fmt::format(R"rill({{ "rill": 1, "name": "bench", "nodes": [
    {{ "id": "rows", "type": "generator", "params": {{ "rows": {}, "rate": 0, "columns": [
         "k BIGINT = MOD(i * 7919, {})", "v BIGINT = i",
         "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, i / 100, TIMESTAMP '2024-03-01 00:00:00')"],
         "event_time": "ts" }} }},
    {{ "id": "windows", "type": "window_aggregate", "params": {{ "window": "tumble", "size": "10s", "keys": ["k"],
         "aggregates": ["COUNT(*) AS n", "MAX(v) AS most"] }} }},
    {{ "id": "best", "type": "top_n", "params": {{ "by": ["most DESC"], "limit": 10 }} }},
    {{ "id": "out", "type": "sqlite_sink",
       "params": {{ "database": "out.sqlite", "table": "best", "mode": "replace" }} }} ],
  "wires": [ {{ "from": "rows", "to": "windows" }}, {{ "from": "windows", "to": "best" }},
             {{ "from": "best", "to": "out" }} ] }}
)rill",
                                       rows, kKeys);
}

double secondsOf(const std::string& program, const fs::path& folder, bool checkpoints) {
    for (const char* ending : {"", "-wal", "-shm"}) fs::remove(folder / (std::string("out.sqlite") + ending));
    std::vector<std::string> words{program, "run", "many.rill", "--metrics", "metrics.json"};
    if (checkpoints) words.insert(words.end(), {"--checkpoint-every", "1s"});
    return rw::bench::runOrEnd(words, folder, folder / "log").seconds;
}

/// The last run's report on its checkpoints.
Json checkpointsOf(const fs::path& folder) {
    return Json::parse(rw::bench::textOf(folder / "metrics.json")).at("checkpoints");
}

std::string measureCost(const std::string& program, const fs::path& folder, double seconds) {
    writePipeline(folder / "many.rill", kCalibrationRows);
    const double once = secondsOf(program, folder, false);
    const auto rows = static_cast<std::uint64_t>(static_cast<double>(kCalibrationRows) / once * seconds);
    writePipeline(folder / "many.rill", rows);
    std::vector<double> without, with, ratios;
    for (int pair = 0; pair < kPairs; ++pair) {
        for (const bool checkpoints : {pair % 2 == 1, pair % 2 == 0}) {
            (checkpoints ? with : without).push_back(secondsOf(program, folder, checkpoints));
            if (!checkpoints) continue;
            fmt::print("{} checkpoints\n", checkpointsOf(folder).at("taken").get<int>());
        }
        ratios.push_back(with.back() / without.back());
        fmt::print("{:>7.2f} s without, {:>7.2f} s with, {:.3f} times as long\n", without.back(), with.back(),
                   ratios.back());
        std::fflush(stdout);
    }
    for (std::vector<double>* each : {&without, &with, &ratios}) std::sort(each->begin(), each->end());
    const auto middle = static_cast<std::size_t>(kPairs / 2);
    fmt::print("checkpoint every second: {:.3f} times as long (median of {} pairs), {:.2f} M rows/s\n",
               ratios[middle], kPairs, static_cast<double>(rows) / with[middle] / 1e6);
    return fmt::format("| {:.1f} | {:.1f} | {:.1f} | {:.3f} |", static_cast<double>(rows) / 1e6,
                       without[middle], with[middle], ratios[middle]);
}

/// Counts rows, and the largest of their second columns, by their first one; nothing gets to the sink.
std::shared_ptr<const Plan> largePlan(const fs::path& folder, const Catalogue& kinds, const std::string& key,
                                      const std::string& value) {
    Pipeline made;
    made.nodes = {
        node("rows", "generator", {{"rows", 0}, {"rate", 0}, {"columns", {key, value}}}),
        node("sums", "group_aggregate", {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "MAX(t) AS t"}}}),
        node("none", "filter", {{"condition", "n < 0"}}),
        node("out", "sqlite_sink",
             {{"database", (folder / "large.sqlite").string()}, {"table", "t"}, {"mode", "upsert"}})};
    made.wires = {wire("rows", "sums"), wire("sums", "none"), wire("none", "out")};
    PlanOptions options;
    options.parallelism = 2;
    options.validate.folder = folder.string();
    Planned planned = makePlan(made, kinds, options);
    if (planned.plan) return planned.plan;
    for (const Issue& issue : planned.issues) fmt::print(stderr, "{}\n", english(issue));
    std::exit(1);
}

RunOptions optionsOf(const CheckpointLocation& location, Epoch from, Millis every) {
    CheckpointStoreOptions store;
    store.location = location;
    store.lineage = "bench";
    store.from = from;
    RunOptions options;
    options.checkpoints = {makeCheckpointStore(std::move(store)), every, true};
    return options;
}

/// Until `enough` of the run; ends the bench when it has ended before.
template <class Enough>
void awaitRows(Run& run, Enough enough) {
    while (!enough(run.metrics())) {
        if (run.finished()) endBench(run.status().ok() ? Error{} : run.status().error());
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

std::string measureResume(const fs::path& folder, std::uint64_t bytes) {
    using Clock = std::chrono::steady_clock;
    const auto since = [](Clock::time_point then) {
        return std::chrono::duration<double>(Clock::now() - then).count();
    };
    const Catalogue kinds = builtin();
    constexpr Millis kNever = 3'600'000;  // but for the last
    // Every row has a key of its own, and a text that is kept.
    const auto plan = largePlan(folder, kinds, "k BIGINT = i",
                                fmt::format("t STRING = REPEAT('x', {}) || CAST(i AS STRING)", kTextBytes));
    const CheckpointLocation location =
        locationInDatabase((folder / "large.sqlite").string(), (folder / "large.rill").string());
    double mib = 0;
    {
        const auto run = valueOf(Run::start(plan, optionsOf(location, 0, kNever)));
        awaitRows(*run, [bytes](const RunMetrics& now) { return now.sourceRows > bytes / kBytesPerKey; });
        run->stop(StopMode::Now);
        const auto began = Clock::now();
        run->wait();
        const RunMetrics metrics = run->metrics();
        mib = static_cast<double>(metrics.checkpoints.bytes) / (1 << 20);
        fmt::print("{} keys, {:.0f} MiB of state, written at the stop in {:.2f} s\n", metrics.sourceRows, mib,
                   since(began));
        std::fflush(stdout);
    }
    const auto began = Clock::now();
    auto loaded = valueOf(loadCheckpoint(location));
    if (!loaded) {
        fmt::print(stderr, "there is no checkpoint\n");
        std::exit(1);
    }
    const double read = since(began);
    RunOptions options = optionsOf(location, loaded->about.number, kNever);
    options.restore = std::make_shared<const StateSnapshot>(std::move(loaded->snapshot));
    const auto run = valueOf(Run::start(plan, std::move(options)));
    awaitRows(*run, [](const RunMetrics& now) { return now.nodes.at("sums").rowsIn > 0; });
    const double first = since(began);
    run->stop(StopMode::Discard);
    run->wait();
    fmt::print("resume: {:.2f} s to read it, {:.2f} s to the first row\n", read, first);
    return fmt::format("| {:.0f} | {:.2f} | {:.2f} |", mib, read, first);
}

/// Of a checkpoint: sizes in MiB, the time until it is there in seconds, that in which the node stands still
/// in milliseconds.
struct ChangeCosts {
    double state = 0, written = 0, seconds = 0, stands = 0;
};

/// Medians of checkpoints of a run, one each second, once all keys are there and one in a hundred changes.
ChangeCosts measureChanges(const fs::path& scratch, bool byChange) {
    const fs::path folder = scratch / (byChange ? "changes" : "whole");
    fs::create_directories(folder);
    const Catalogue kinds = builtin();
    const auto plan = largePlan(folder, kinds,
                                fmt::format("k BIGINT = CASE WHEN i < {0} THEN i ELSE MOD(i, {1}) END",
                                            kChangedKeys, kChangedKeys / 100),
                                "t BIGINT = i");
    RunOptions options = optionsOf(
        locationInDatabase((folder / "large.sqlite").string(), (folder / "large.rill").string()), 0, 1'000);
    if (!byChange) options.checkpoints.changesFrom = std::numeric_limits<std::size_t>::max();
    const auto run = valueOf(Run::start(plan, std::move(options)));
    awaitRows(*run, [](const RunMetrics& now) { return now.sourceRows > kChangedKeys; });
    // The first one by change has all of the state still.
    std::uint64_t from = run->metrics().checkpoints.taken + 2;
    awaitRows(*run, [from](const RunMetrics& now) { return now.checkpoints.taken >= from; });
    std::vector<double> stands, seconds, mib;
    double state = 0;
    for (int i = 0; i < kCheckpointsWithChanges; ++i) {
        awaitRows(*run, [from](const RunMetrics& now) { return now.checkpoints.taken > from; });
        const RunMetrics now = run->metrics();
        from = now.checkpoints.taken;
        state = static_cast<double>(now.checkpoints.bytes) / (1 << 20);
        stands.push_back(now.nodes.at("sums").snapshotSeconds * 1e3);
        seconds.push_back(now.checkpoints.seconds);
        mib.push_back(static_cast<double>(now.checkpoints.written) / (1 << 20));
    }
    run->stop(StopMode::Discard);
    run->wait();
    for (std::vector<double>* each : {&stands, &seconds, &mib}) std::sort(each->begin(), each->end());
    constexpr std::size_t kMiddle = kCheckpointsWithChanges / 2;
    const ChangeCosts costs{state, mib[kMiddle], seconds[kMiddle], stands[kMiddle]};
    fmt::print(
        "{}: {:.0f} MiB of state; a checkpoint writes {:.1f} MiB in {:.2f} s, the node stands still for "
        "{:.2f} ms (at most {:.2f})\n",
        byChange ? "by change" : "in one piece", state, costs.written, costs.seconds, costs.stands,
        stands.back());
    std::fflush(stdout);
    return costs;
}

}  // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 && argv[1][0] != '-' ? std::strtod(argv[1], nullptr) : 60;
    const std::uint64_t mib = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0;
    const rw::testing::ScratchFolder scratch("bench");
    std::string cost;
    if (seconds > 0) cost = measureCost(rw::bench::builtProgram(), scratch.path(), seconds);
    const std::string resume = measureResume(scratch.path(), (mib > 0 ? mib : 1024) << 20);
    const ChangeCosts whole = measureChanges(scratch.path(), false);
    const ChangeCosts changed = measureChanges(scratch.path(), true);
    const std::string changes = fmt::format(
        "| {:.0f} | {:.1f} / {:.1f} | {:.2f} / {:.2f} | {:.1f} / {:.1f} |", whole.state, whole.written,
        changed.written, whole.seconds, changed.seconds, whole.stands, changed.stands);
    for (const fs::path& page : rw::bench::pagesIn(argc, argv)) {
        if (seconds > 0) rw::bench::fillPage(page, "checkpoint", 2, {cost});
        rw::bench::fillPage(page, "resume", 2, {resume});
        rw::bench::fillPage(page, "changes", 2, {changes});
    }
    return 0;
}
