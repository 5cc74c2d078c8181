// What looks cost a run at full speed: the same run of generated rows with and without samples beside it, in
// pairs one after the other, and the medians of the quotients of time. A person edits once a second, or
// samples are taken one after the other. With an argument so many millions of rows.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include "core/look/look.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/runtime/run.h"
#include "tests/bench/bids.h"
#include "tests/bench/format_bench.h"
#include "tests/support/child.h"

using namespace rw;
using namespace rw::bench;

namespace {

constexpr int kPairs = 7;

std::string text(const std::string& source) {
    return R"({ "rill": 1, "name": "t", "nodes": [)" + source + R"json(,
        { "id": "dear", "type": "filter", "params": { "condition": "price > 100" } },
        { "id": "sums", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s",
            "keys": ["auction"], "aggregates": ["COUNT(*) AS n", "AVG(price) AS mean"] } },
        { "id": "seen", "type": "table_view" } ],
        "wires": [ { "from": "bids", "to": "dear" }, { "from": "dear", "to": "sums" },
                   { "from": "sums", "to": "seen" } ] })json";
}

Pipeline pipelineOf(const std::string& source) {
    const Result<Loaded> loaded = loadPipeline(text(source));
    if (!loaded.ok()) fail(english(loaded.error()));
    return loaded->pipeline;
}

/// Seconds of a run of `plan` while looks begin `every` so many milliseconds; -1: none does.
double measure(const std::shared_ptr<const Plan>& plan, const LookRequest& request, int every, int& looks) {
    std::atomic<bool> over{false};
    std::thread looker;
    looks = 0;
    if (every >= 0) {
        looker = std::thread([&] {
            while (!over) {
                const LookResult result = look(request);
                if (result.end != LookResult::End::Whole) fail("the sample is not whole");
                ++looks;
                for (int waited = 0; waited < every && !over; waited += 10)
                    std::this_thread::sleep_for(std::chrono::milliseconds(10));
            }
        });
    }
    const auto began = std::chrono::steady_clock::now();
    const auto run = Run::start(plan, {});
    if (!run.ok()) fail(english(run.error()));
    (*run)->wait();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    over = true;
    if (looker.joinable()) looker.join();
    if (!(*run)->status().ok()) fail(english((*run)->status().error()));
    return seconds;
}

}  // namespace

int main(int argc, char** argv) {
    const std::uint64_t millions = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 40;
    const testing::ScratchFolder scratch("bench_look_beside");
    writeBids(scratch.path() / "bids.csv", kRows);
    const Pipeline running = pipelineOf(fmt::format(
        R"json({{ "id": "bids", "type": "generator", "params": {{ "rows": {}, "rate": 0, "columns": [
            "auction BIGINT = MOD(i, 1000)", "price DOUBLE = MOD(i, 997)",
            "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, i, TIMESTAMP '2024-03-01 12:00:00')"],
            "event_time": "ts" }} }})json",
        millions * 1'000'000));
    // A file, as one has it: a generator's rows cost nothing to sample.
    const Pipeline edited = pipelineOf(
        R"json({ "id": "bids", "type": "csv_source", "params": { "path": "bids.csv", "columns": ["auction BIGINT",
            "bidder BIGINT", "price DOUBLE", "channel STRING", "url STRING", "ts TIMESTAMP(3)"],
            "event_time": "ts" } })json");
    const Catalogue catalogue = builtin();
    const Planned planned = makePlan(running, catalogue, {});
    if (!planned.plan) fail(english(planned.issues.front()));
    LookRequest request{edited, catalogue};
    request.validating.folder = scratch.path().string();
    request.node = "sums";
    for (const int every : {1'000, 0}) {
        std::vector<double> plain, quotients;
        int looks = 0, none = 0;
        for (int pair = 0; pair < kPairs; ++pair) {
            const bool looksFirst = pair % 2 == 1;
            const double first =
                measure(planned.plan, request, looksFirst ? every : -1, looksFirst ? looks : none);
            const double second =
                measure(planned.plan, request, looksFirst ? -1 : every, looksFirst ? none : looks);
            plain.push_back(looksFirst ? second : first);
            quotients.push_back(looksFirst ? first / second : second / first);
        }
        std::sort(plain.begin(), plain.end());
        std::sort(quotients.begin(), quotients.end());
        fmt::print("{:.2f} M rows/s; {}: time × {:.3f} ({:.3f} … {:.3f}), {} looks in the last run\n",
                   static_cast<double>(millions) / plain[kPairs / 2],
                   every > 0 ? "a sample each second" : "one sample after the other", quotients[kPairs / 2],
                   quotients.front(), quotients.back(), looks);
    }
}
