// What a comparison of two variants costs, beside one plain run of the pipeline: a filter and a window behind
// a CSV file of a million rows.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/runtime/run.h"
#include "core/what_if/what_if.h"
#include "tests/bench/bids.h"
#include "tests/bench/format_bench.h"
#include "tests/support/child.h"

using namespace rw;
using namespace rw::bench;

namespace {

constexpr int kTimes = 5;

double seconds(const std::function<void()>& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

double median(std::vector<double> all) {
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

void runPlainly(const Pipeline& pipeline, const Catalogue& catalogue, const std::string& folder,
                int parallelism) {
    PlanOptions options;
    options.validate.folder = folder;
    options.parallelism = parallelism;
    const Planned planned = makePlan(pipeline, catalogue, options);
    if (!planned.plan) fail("there is no plan");
    const Result<std::unique_ptr<Run>> run = Run::start(planned.plan, {});
    if (!run.ok()) fail(english(run.error()));
    (*run)->wait();
    if (!(*run)->status().ok()) fail(english((*run)->status().error()));
}

}  // namespace

int main() {
    const testing::ScratchFolder scratch("bench_what_if");
    writeBids(scratch.path() / "bids.csv", kRows);
    const Result<Loaded> loaded = loadPipeline(R"json({ "rill": 1, "name": "t", "nodes": [
        { "id": "bids", "type": "csv_source", "params": { "path": "bids.csv", "columns": ["auction BIGINT",
            "bidder BIGINT", "price DOUBLE", "channel STRING", "url STRING", "ts TIMESTAMP(3)"], "event_time": "ts",
            "watermark_delay": "2s" } },
        { "id": "dear", "type": "filter", "params": { "condition": "price > 100" } },
        { "id": "sums", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s",
            "keys": ["auction"], "aggregates": ["COUNT(*) AS n", "AVG(price) AS mean"] } },
        { "id": "seen", "type": "table_view" } ],
        "wires": [ { "from": "bids", "to": "dear" }, { "from": "dear", "to": "sums" },
                   { "from": "sums", "to": "seen" } ] })json");
    if (!loaded.ok()) fail(english(loaded.error()));
    const Catalogue catalogue = builtin();
    WhatIfRequest request{loaded->pipeline, catalogue};
    request.validating.folder = scratch.path().string();
    request.givesWay = false;
    request.variants.push_back({"watermark_delay=5s", {}, {{"watermark_delay", "5s"}}});
    std::vector<double> plain, alone, compared;
    Result<WhatIfAnswer> answer = WhatIfAnswer();
    for (int i = 0; i < kTimes; ++i) {
        plain.push_back(
            seconds([&] { runPlainly(loaded->pipeline, catalogue, request.validating.folder, 0); }));
        alone.push_back(
            seconds([&] { runPlainly(loaded->pipeline, catalogue, request.validating.folder, 1); }));
        compared.push_back(seconds([&] { answer = whatIf(request); }));
        if (!answer.ok()) fail(english(answer.error()));
    }
    const WhatIfDifference& difference = answer->ports.front().differences.front();
    fmt::print("one run on all cores      {:>8.3f} s\n", median(plain));
    fmt::print("one run, one task a node  {:>8.3f} s\n", median(alone));
    fmt::print("two variants compared     {:>8.3f} s, {:.1f} and {:.1f} times as long\n", median(compared),
               median(compared) / median(plain), median(compared) / median(alone));
    fmt::print("{} rows; {} late and {}; {} rows same, {} changed, {} and {} on one side\n",
               answer->ports.front().sides.front().rows, answer->sides[0].late, answer->sides[1].late,
               difference.same, difference.changed.size(), difference.onlyA.size(), difference.onlyB.size());
}
