// What it costs a run that the newest of its input is kept: the same rows with and without, in pairs one
// after the other, and the medians of the quotients of time and of the processors' time. With an argument so
// many thousands of rows.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/runtime/run.h"
#include "core/tape/rolling/rolling_tape.h"
#include "tests/bench/bids.h"
#include "tests/bench/operators.h"
#include "tests/bench/peer_figures.h"

using namespace rw;
using namespace rw::bench;

namespace {

constexpr int kPairs = 7;

struct Measured {
    double seconds = 0, processors = 0;
    std::uint64_t kept = 0;
    Text trouble{};
};

Measured measure(const std::shared_ptr<const Plan>& plan, const std::string& folder, bool keeps) {
    RunOptions options;
    std::shared_ptr<RollingTape> tape;
    if (keeps) {
        RollingTapeOptions keeping;
        keeping.parent = folder;
        options.record = tape = std::make_shared<RollingTape>(std::move(keeping));
    }
    options.onlyCharts = true;  // what is compared is reading and computing
    const std::int64_t began = systemClock()->steadyMillis();
    const double before = cpuSeconds();
    auto run = Run::start(plan, std::move(options));
    if (!run.ok()) fail("run", english(run.error()));
    // As a run with checkpoints does.
    while (!(*run)->waitFor(500)) {
        if (keeps) (void)(*run)->snapshot();
    }
    if (!(*run)->status().ok()) fail("run", english((*run)->status().error()));
    Measured out;
    out.seconds = static_cast<double>(systemClock()->steadyMillis() - began) / 1e3;
    out.processors = cpuSeconds() - before;
    if (tape) {
        out.kept = tape->kept().bytes;
        out.trouble = tape->kept().trouble;
    }
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    const std::uint64_t rows = 1'000 * (argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2'000);
    const auto folder = std::filesystem::temp_directory_path() / "bench_rolling";
    std::filesystem::create_directories(folder);
    writeBids(folder / "bids.csv", rows);
    const std::string text = R"json({"rill": 1, "nodes": [
        {"id": "bids", "type": "csv_source", "params": {"path": "bids.csv", "event_time": "ts",
         "watermark_delay": "5s", "columns": ["auction BIGINT", "bidder BIGINT", "price BIGINT",
         "channel STRING", "url STRING", "ts TIMESTAMP(3)"]}},
        {"id": "windows", "type": "window_aggregate", "params": {"window": "tumble", "size": "10s",
         "keys": ["auction"], "aggregates": ["COUNT(*) AS n"]}},
        {"id": "out", "type": "csv_sink", "params": {"path": "out.csv"}}],
        "wires": [{"from": "bids", "to": "windows"}, {"from": "windows", "to": "out"}]})json";
    static const Catalogue kCatalogue = builtin();
    const auto loaded = loadPipeline(text);
    if (!loaded.ok()) fail("pipeline", english(loaded.error()));
    PlanOptions options;
    options.validate.folder = folder.native();
    options.pruneColumns = false;
    const Planned planned = makePlan(loaded->pipeline, kCatalogue, options);
    if (!planned.plan) fail("plan", english(planned.issues.front()));
    std::vector<double> plain, times, processors;
    Measured last;
    for (int pair = 0; pair < kPairs; ++pair) {
        const bool keepsFirst = pair % 2 == 1;
        const Measured first = measure(planned.plan, (folder / "kept").native(), keepsFirst);
        const Measured second = measure(planned.plan, (folder / "kept").native(), !keepsFirst);
        const Measured& with = keepsFirst ? first : second;
        const Measured& without = keepsFirst ? second : first;
        plain.push_back(without.seconds);
        times.push_back(with.seconds / without.seconds);
        processors.push_back(with.processors / without.processors);
        last = with;
    }
    const auto median = [](std::vector<double>& of) {
        std::nth_element(of.begin(), of.begin() + kPairs / 2, of.end());
        return of[kPairs / 2];
    };
    fmt::print("{:.2f} M rows/s, kept: time × {:.2f}, processors × {:.2f}, {:.1f} MiB{}\n",
               static_cast<double>(rows) / median(plain) / 1e6, median(times), median(processors),
               static_cast<double>(last.kept) / (1 << 20),
               last.trouble.empty() ? "" : "; " + english(last.trouble));
    std::filesystem::remove_all(folder);
    return 0;
}
