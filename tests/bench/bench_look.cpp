// How soon a sample has rows: of a source, a filter and a window behind a CSV file of 1 GB.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
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
    for (const char* node : {"bids", "dear", "sums"}) {
        LookRequest request{loaded->pipeline, catalogue};
        request.validating.folder = scratch.path().string();
        request.node = node;
        std::vector<double> millis;
        LookResult result;
        for (int i = 0; i < kTimes; ++i) {
            const auto began = std::chrono::steady_clock::now();
            result = look(request);
            millis.push_back(
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
        }
        if (result.end != LookResult::End::Whole) fail("the sample is not whole");
        std::sort(millis.begin(), millis.end());
        fmt::print("sample of {:<5} {:>8.1f} ms median of {}, {:.1f} … {:.1f}; {} rows out\n", node,
                   millis[kTimes / 2], kTimes, millis.front(), millis.back(), result.outputs.front().count);
    }
}
