// bench_state [--markdown PAGE]… : what it costs that state of windows is in files.
//
// The built program counts by kKeys keys in kWindows tumbling windows, each key twice in each: once with all
// state in memory, and with `--state-memory` of an eighth and of half of what the state takes there, which is
// the peak of memory beyond that of the same run with one key. In turns; the medians. Rows per second of the
// processors, the sink among them, which counts the keys of each window; and the peak of memory beyond that
// of the run with one key, beside the budget.
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

constexpr std::uint64_t kKeys = 4'000'000, kWindows = 3, kRowsOfKey = 2;
constexpr std::uint64_t kRows = kKeys * kWindows * kRowsOfKey;
constexpr int kRounds = 3;
constexpr double kMib = 1 << 20;

void writePipeline(const fs::path& path, std::uint64_t keys) {
    std::ofstream(path) << fmt::format(R"rill({{ "rill": 1, "name": "bench", "nodes": [
    {{ "id": "rows", "type": "generator", "params": {{ "rows": {}, "rate": 0, "columns": [
         "k BIGINT = MOD(i * 7919, {})", "v BIGINT = i",
         "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, i / 1000, TIMESTAMP '2024-03-01 00:00:00')"],
         "event_time": "ts" }} }},
    {{ "id": "windows", "type": "window_aggregate", "params": {{ "window": "tumble", "size": "{}ms", "keys": ["k"],
         "aggregates": ["COUNT(*) AS n", "MAX(v) AS most"] }} }},
    {{ "id": "counts", "type": "window_aggregate", "params": {{ "window": "input",
         "aggregates": ["COUNT(*) AS keys", "SUM(n) AS n"] }} }},
    {{ "id": "out", "type": "csv_sink", "params": {{ "path": "out.csv" }} }} ],
  "wires": [ {{ "from": "rows", "to": "windows" }}, {{ "from": "windows", "to": "counts" }},
             {{ "from": "counts", "to": "out" }} ] }}
)rill",
                                       kRows, keys, kKeys * kRowsOfKey / 1000);
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

}  // namespace

int main(int argc, char** argv) {
    const rw::testing::ScratchFolder scratch("bench");
    const std::string program = rw::bench::builtProgram();
    writePipeline(scratch.path() / "one.rill", 1);
    writePipeline(scratch.path() / "many.rill", kKeys);
    Runs one{"one key", "one.rill"}, memory{"in memory", "many.rill"};
    measure(one, program, scratch.path());
    measure(memory, program, scratch.path());
    const double without = one.costs.front().peak;
    const auto state = static_cast<std::uint64_t>((memory.costs.front().peak - without) * kMib);
    Runs half{"half of it in files", "many.rill", state / 2},
        most{"an eighth in memory", "many.rill", state / 8};
    memory.costs.clear();
    for (int round = 0; round < kRounds; ++round) {
        for (Runs* const runs : {&memory, &half, &most}) measure(*runs, program, scratch.path());
    }
    std::vector<std::string> lines;
    const double inMemory = memory.median().processors;
    for (const Runs* const runs : {&memory, &half, &most}) {
        const Cost cost = runs->median();
        const double budget = static_cast<double>(runs->memory) / kMib;
        fmt::print(
            "{:<20} budget {:>6.0f} MiB, {:>6.2f} s, {:>5.2f} M rows a second of processors ({:.2f} of "
            "memory), "
            "{:>6.0f} MiB beyond the run with one key\n",
            runs->name, budget, cost.seconds, kRows / cost.processors / 1e6, inMemory / cost.processors,
            cost.peak - without);
        lines.push_back(fmt::format("| {:.0f} | {:.1f} | {:.2f} | {:.2f} | {:.0f} |", budget, cost.seconds,
                                    kRows / cost.processors / 1e6, inMemory / cost.processors,
                                    cost.peak - without));
    }
    for (const fs::path& page : rw::bench::pagesIn(argc, argv)) rw::bench::fillPage(page, "state", 2, lines);
    return 0;
}
