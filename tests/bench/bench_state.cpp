// bench_state [--markdown PAGE]… : what it costs that state is in files.
//
// The built program counts by kKeys keys in kWindows tumbling windows, each key twice in each; and it takes
// the first rows, and groups, of kFirstKeys keys, each of which comes kRowsOfKey times; and it joins rows of
// kJoinedKeys keys with themselves. Each is run with all state in memory, and with `--state-memory` of parts
// of what the state takes there, which is the peak of memory beyond that of the same run with one key. In
// turns; the medians. Rows per second of the processors, the sink among them, which counts the results; and
// the peak of memory beyond that of the run with one key, beside the budget.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <vector>

#include "tests/bench/child_run.h"
#include "tests/bench/figures.h"

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kKeys = 4'000'000, kWindows = 3, kRowsOfKey = 2, kFirstKeys = 8'000'000,
                        kJoinedKeys = 1'000'000;
constexpr int kRounds = 3;
constexpr double kMib = 1 << 20;

/// A node whose state is measured with ever less memory.
struct Measured {
    const char* title;
    const char* table;  ///< its mark in the pages
    std::uint64_t rows, keys;
    std::array<std::uint64_t, 2> parts;  ///< of what the state takes in memory
    std::string time;                    ///< ms of the row i
    std::string kept, counts;            ///< the node; the one behind it, which counts what it gives
    std::vector<std::string> ports{"in"};  ///< of the node, each of which gets all rows
    std::uint64_t rowsOfOneKey = 0;  ///< of the run with one key; 0: all, but pairs of them would be too many
};

std::vector<Measured> measured() {
    const std::string windows =
        fmt::format(R"("window_aggregate", "params": {{ "window": "tumble", "size": "{}ms", "keys": ["k"],
         "aggregates": ["COUNT(*) AS n", "MAX(v) AS most"] }})",
                    kKeys * kRowsOfKey / 1000);
    return {{"windows",
             "state",
             kKeys * kWindows * kRowsOfKey,
             kKeys,
             {2, 8},
             "i / 1000",
             windows,
             R"("window_aggregate", "params": { "window": "input",
         "aggregates": ["COUNT(*) AS keys", "SUM(n) AS n"] })"},
            {"first rows",
             "keys",
             kFirstKeys * kRowsOfKey,
             kFirstKeys,
             {2, 4},
             "i",
             R"("deduplicate", "params": { "keys": ["k"] })",
             R"("window_aggregate", "params": { "window": "tumble", "size": "1d",
         "aggregates": ["COUNT(*) AS n"] })"},
            {"groups",
             "groups",
             kFirstKeys * kRowsOfKey,
             kFirstKeys,
             {2, 4},
             "i",
             R"("group_aggregate", "params": { "keys": ["k"],
         "aggregates": ["COUNT(*) AS n", "MAX(v) AS most"] })",
             R"("group_aggregate", "params": { "aggregates": ["COUNT(*) AS keys", "SUM(n) AS n"] })"},
            {"joins",
             "joins",
             kJoinedKeys * kRowsOfKey,
             kJoinedKeys,
             {4, 8},
             "i",
             R"("join", "params": { "on": "left.k = right.k", "kind": "inner" })",
             R"("group_aggregate", "params": { "aggregates": ["COUNT(*) AS pairs", "SUM(v) AS v"] })",
             {"left", "right"},
             1'000}};
}

void writePipeline(const fs::path& path, const Measured& of, std::uint64_t keys) {
    const std::uint64_t rows = keys == 1 && of.rowsOfOneKey > 0 ? of.rowsOfOneKey : of.rows;
    std::string wires;
    for (const std::string& port : of.ports)
        wires += fmt::format(R"({{ "from": "rows", "to": "kept.{}" }}, )", port);
    std::ofstream(path) << fmt::format(R"rill({{ "rill": 1, "name": "bench", "nodes": [
    {{ "id": "rows", "type": "generator", "params": {{ "rows": {}, "rate": 0, "columns": [
         "k BIGINT = MOD(i * 7919, {})", "v BIGINT = i",
         "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, {}, TIMESTAMP '2024-03-01 00:00:00')"],
         "event_time": "ts" }} }},
    {{ "id": "kept", "type": {} }},
    {{ "id": "counts", "type": {} }},
    {{ "id": "out", "type": "csv_sink", "params": {{ "path": "out.csv" }} }} ],
  "wires": [ {}{{ "from": "kept", "to": "counts" }}, {{ "from": "counts", "to": "out" }} ] }}
)rill",
                                       rows, keys, of.time, of.kept, of.counts, wires);
}

struct Cost {
    double seconds = 0, processors = 0, peak = 0;
};

/// Runs of one kind.
struct Runs {
    std::string name;
    std::string pipeline;
    std::uint64_t memory = 0;  ///< bytes; 0: any
    std::vector<Cost> costs{};

    Cost median() const {
        const auto of = [this](double Cost::*figure) {
            std::vector<double> all;
            for (const Cost& cost : costs) all.push_back(cost.*figure);
            std::sort(all.begin(), all.end());
            return all[all.size() / 2];
        };
        return {of(&Cost::seconds), of(&Cost::processors), of(&Cost::peak)};
    }
};

void measure(Runs& runs, const std::string& program, const fs::path& folder) {
    std::vector<std::string> words{program, "run", runs.pipeline};
    if (runs.memory > 0)
        words.insert(words.end(),
                     {"--state-memory", fmt::format("{}KB", runs.memory >> 10), "--state-dir", "."});
    const rw::testing::ChildEnd end = rw::bench::runOrEnd(words, folder, folder / "log");
    runs.costs.push_back({end.seconds, end.cpuSeconds, end.peakMib});
}

/// A line of each kind of run.
std::vector<std::string> linesOf(const Measured& of, const std::string& program, const fs::path& folder) {
    writePipeline(folder / "one.rill", of, 1);
    writePipeline(folder / "many.rill", of, of.keys);
    Runs one{"one key", "one.rill"}, memory{"in memory", "many.rill"};
    measure(one, program, folder);
    measure(memory, program, folder);
    const double without = one.costs.front().peak;
    const auto state = static_cast<std::uint64_t>((memory.costs.front().peak - without) * kMib);
    memory.costs.clear();
    std::vector<Runs> all{memory};
    for (const std::uint64_t part : of.parts)
        all.push_back({fmt::format("1/{} in memory", part), "many.rill", state / part});
    for (int round = 0; round < kRounds; ++round) {
        for (Runs& runs : all) measure(runs, program, folder);
    }
    std::vector<std::string> lines;
    const auto rows = static_cast<double>(of.rows) / 1e6;
    const double inMemory = all.front().median().processors;
    for (const Runs& runs : all) {
        const Cost cost = runs.median();
        const double budget = static_cast<double>(runs.memory) / kMib;
        fmt::print(
            "{:<10} {:<14} budget {:>6.0f} MiB, {:>6.2f} s, {:>5.2f} M rows a second of processors ({:.2f} "
            "of "
            "memory), {:>6.0f} MiB beyond the run with one key\n",
            of.title, runs.name, budget, cost.seconds, rows / cost.processors, inMemory / cost.processors,
            cost.peak - without);
        lines.push_back(fmt::format("| {:.0f} | {:.1f} | {:.2f} | {:.2f} | {:.0f} |", budget, cost.seconds,
                                    rows / cost.processors, inMemory / cost.processors, cost.peak - without));
    }
    return lines;
}

}  // namespace

int main(int argc, char** argv) {
    const rw::testing::ScratchFolder scratch("bench");
    const std::string program = rw::bench::builtProgram();
    for (const Measured& of : measured()) {
        const std::vector<std::string> lines = linesOf(of, program, scratch.path());
        for (const fs::path& page : rw::bench::pagesIn(argc, argv))
            rw::bench::fillPage(page, of.table, 2, lines);
    }
    return 0;
}
