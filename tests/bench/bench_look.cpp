// How soon a sample has rows: of a source, a filter and a window behind a CSV file of 1 GB, its first rows or
// blocks spread over it; and how soon a look that an edit cancels is over.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>
#include <vector>

#include "core/look/look.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "tests/bench/bids.h"
#include "tests/bench/format_bench.h"
#include "tests/support/child.h"

using namespace rw;
using namespace rw::bench;

namespace {

constexpr std::uintmax_t kBytes = 1'000'000'000;
constexpr int kTimes = 21;

/// The bids over and over, behind one header.
void writeLarge(const std::filesystem::path& path, const std::filesystem::path& bids) {
    std::ifstream in(bids, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::size_t header = text.find('\n') + 1;
    std::ofstream out(path, std::ios::binary);
    out << text;
    while (static_cast<std::uintmax_t>(out.tellp()) < kBytes)
        out.write(text.data() + header, static_cast<std::streamsize>(text.size() - header));
    if (!out) fail("the file can't be written");
}

double millisOf(const std::function<void()>& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

/// “12.3 ms median of 21, 11.0 … 20.1”
std::string medianOf(std::vector<double> millis) {
    std::sort(millis.begin(), millis.end());
    return fmt::format("{:>8.1f} ms median of {}, {:.1f} … {:.1f}", millis[millis.size() / 2], millis.size(),
                       millis.front(), millis.back());
}

/// From the cancelling of a look, at another moment each time, until it is over.
std::vector<double> cancelledLooks(LookRequest request) {
    std::vector<double> millis;
    for (int i = 0; i < kTimes; ++i) {
        std::atomic<bool> cancelled{false};
        std::atomic<double> at{0};
        const auto now = [] {
            return std::chrono::duration<double, std::milli>(
                       std::chrono::steady_clock::now().time_since_epoch())
                .count();
        };
        request.isCancelled = [&cancelled] { return cancelled.load(); };
        std::thread edit([&, i] {
            std::this_thread::sleep_for(std::chrono::milliseconds(1 + 2 * i));
            at = now();
            cancelled = true;
        });
        (void)look(request);
        const double over = now();
        edit.join();
        if (cancelled && over > at) millis.push_back(over - at);
    }
    if (millis.empty()) millis.push_back(0);
    return millis;
}

}  // namespace

int main() {
    const testing::ScratchFolder scratch("bench_look");
    writeBids(scratch.path() / "few.csv", kRows);
    writeLarge(scratch.path() / "bids.csv", scratch.path() / "few.csv");
    const Result<Loaded> loaded = loadPipeline(R"json({ "rill": 1, "name": "t", "nodes": [
        { "id": "bids", "type": "csv_source", "params": { "path": "bids.csv", "columns": ["auction BIGINT",
            "bidder BIGINT", "price DOUBLE", "channel STRING", "url STRING", "ts TIMESTAMP(3)"], "event_time": "ts" } },
        { "id": "dear", "type": "filter", "params": { "condition": "price > 100" } },
        { "id": "sums", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s",
            "keys": ["auction"], "aggregates": ["COUNT(*) AS n", "AVG(price) AS mean"] } } ],
        "wires": [ { "from": "bids", "to": "dear" }, { "from": "dear", "to": "sums" } ] })json");
    if (!loaded.ok()) fail(english(loaded.error()));
    const Catalogue catalogue = builtin();
    for (const bool spread : {false, true}) {
        const char* const from = spread ? "spread" : "start";
        for (const char* node : {"bids", "dear", "sums"}) {
            LookRequest request{loaded->pipeline, catalogue};
            request.validating.folder = scratch.path().string();
            request.node = node;
            request.limits.spread = spread;
            std::vector<double> millis;
            LookResult result;
            for (int i = 0; i < kTimes; ++i) millis.push_back(millisOf([&] { result = look(request); }));
            if (result.end != LookResult::End::Whole) fail("the sample is not whole");
            fmt::print("sample of {:<5} {:<7} {}; {} rows out, {} blocks\n", node, from, medianOf(millis),
                       result.outputs.front().count, result.sources.front().blocks.size());
            fmt::print("cancelled {:<5} {:<7} {}\n", node, from, medianOf(cancelledLooks(request)));
        }
    }
}
