// bench_run [ROWS] : how fast the built program takes a CSV file through a pipeline, beside `wc -l` on the
// same file.
//
// The best of three; rows a second count all rows of the file and the whole time of the process.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "tests/bench/bids.h"
#include "tests/bench/child_run.h"

namespace fs = std::filesystem;
using rw::testing::ChildEnd;

namespace {

constexpr int kRuns = 3;
constexpr std::uint64_t kSmallRows = 100;
constexpr int kSmallRuns = 21;

struct Query {
    const char* name;
    const char* nodes;  ///< between the source `bids` and the sink `out`
    const char* wires;
};

const Query kQueries[] = {
    {"csv_source → filter → csv_sink",
     R"rill({ "id": "step", "type": "filter", "params": { "condition": "MOD(auction, 123) = 0" } })rill",
     R"rill({ "from": "bids", "to": "step" }, { "from": "step", "to": "out" })rill"},
    {"→ tumble 10 s by 5 keys",
     R"rill({ "id": "group", "type": "select", "params": { "columns": [
              "IF(channel IN ('Google', 'Facebook', 'Baidu', 'Apple'), channel, 'other') AS channel", "price", "ts"] } },
            { "id": "step", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s",
              "keys": ["channel"],
              "aggregates": ["COUNT(*) AS n", "SUM(price) AS total", "AVG(price) AS mean", "MAX(price) AS best"] } })rill",
     R"rill({ "from": "bids", "to": "group" }, { "from": "group", "to": "step" }, { "from": "step", "to": "out" })rill"},
    {"→ tumble 100 s by 100 000 keys",
     R"rill({ "id": "group", "type": "select", "params": { "columns": ["MOD(price, 100000) AS k", "price", "ts"] } },
            { "id": "step", "type": "window_aggregate", "params": { "window": "tumble", "size": "100s", "keys": ["k"],
              "aggregates": ["COUNT(*) AS n", "MAX(price) AS best"] } })rill",
     R"rill({ "from": "bids", "to": "group" }, { "from": "group", "to": "step" }, { "from": "step", "to": "out" })rill"}};

void writePipeline(const fs::path& path, const Query& query, const std::string& input) {
    std::ofstream(path) << fmt::format(R"rill({{ "rill": 1, "name": "bench",
  "nodes": [
    {{ "id": "bids", "type": "csv_source",
       "params": {{ "path": "{}", "event_time": "ts", "watermark_delay": "5s",
                   "columns": ["auction BIGINT", "bidder BIGINT", "price BIGINT", "channel STRING", "url STRING",
                               "ts TIMESTAMP(3)"] }} }},
    {},
    {{ "id": "out", "type": "csv_sink", "params": {{ "path": "out.csv" }} }} ],
  "wires": [ {} ] }}
)rill",
                                       input, query.nodes, query.wires);
}

/// Runs the words several times in the folder and gives the ends, the quickest first; ends the bench when one
/// fails.
std::vector<ChildEnd> measure(const std::vector<std::string>& words, const fs::path& folder, int runs) {
    std::vector<ChildEnd> ends;
    for (int i = 0; i < runs; ++i) ends.push_back(rw::bench::runOrEnd(words, folder, folder / "log"));
    std::sort(ends.begin(), ends.end(),
              [](const ChildEnd& a, const ChildEnd& b) { return a.seconds < b.seconds; });
    return ends;
}

/// Seconds move from machine to machine; how many times `wc -l` it takes hardly does.
void printLine(const std::string& what, const ChildEnd& end, std::uint64_t rows, const ChildEnd& counting) {
    fmt::print("{:<36} {:>7.2f} s {:>6.1f} × wc -l {:>8.2f} M rows/s {:>6.0f} MiB\n", what, end.seconds,
               end.seconds / counting.seconds, static_cast<double>(rows) / end.seconds / 1e6, end.peakMib);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string program = rw::bench::builtProgram();
    const std::uint64_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
    const rw::testing::ScratchFolder scratch("bench");
    const fs::path& folder = scratch.path();
    rw::bench::writeBids(folder / "bids.csv", rows);
    rw::bench::writeBids(folder / "small.csv", kSmallRows);
    fmt::print("{} rows, {} MiB\n", rows, fs::file_size(folder / "bids.csv") >> 20);

    const ChildEnd counting = measure({"/usr/bin/wc", "-l", "bids.csv"}, folder, kRuns).front();
    printLine("wc -l", counting, rows, counting);
    for (const Query& query : kQueries) {
        writePipeline(folder / "bench.rill", query, "bids.csv");
        for (const char* degree : {"1", "2"})
            printLine(fmt::format("{} ×{}", query.name, degree),
                      measure({program, "run", "bench.rill", "--parallelism", degree}, folder, kRuns).front(),
                      rows, counting);
    }
    writePipeline(folder / "small.rill", kQueries[1], "small.csv");
    const auto small = measure({program, "run", "small.rill"}, folder, kSmallRuns);
    fmt::print("{} rows, from start to exit: median {:.3f} s, slowest of {}: {:.3f} s\n", kSmallRows,
               small[small.size() / 2].seconds, kSmallRuns, small.back().seconds);
    return 0;
}
