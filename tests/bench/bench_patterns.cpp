// bench_patterns [ROWS] [--markdown PAGE]… : how fast patterns are found, by the pipelines and the SQL in
// `patterns`: a V of prices, three rows and then a fourth, and two rows within a time.
//
// First on one core, from batches in memory to matches. Then by the built program, from a CSV file to a CSV
// file, as rows per second of the processors: beside `wc -l`, which only reads the file, and beside
// MATCH_RECOGNIZE where $RILLWRIGHT_PYFLINK names a Python with PyFlink, whose matches must be the same. Into
// the table “patterns” of the pages.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "core/pipeline/pipeline.h"
#include "tests/bench/bids.h"
#include "tests/bench/child_run.h"
#include "tests/bench/figures.h"
#include "tests/bench/keyed_bench.h"
#include "tests/bench/operators.h"
#include "tests/bench/peer_figures.h"
#include "tests/bench/result_sum.h"
#include "tests/support/child.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::bench;

namespace {

constexpr int kRuns = 3;
constexpr std::uint64_t kUsualRows = 2'000'000;
constexpr const char* kQueries[] = {"v_shape", "three_then_one", "within"};

std::string fileOf(const std::string& query) {
    return RILLWRIGHT_SOURCE "/tests/bench/patterns/" + query + ".rill";
}

/// The parameters of the pattern in the pipeline.
Json paramsOf(const std::string& query) {
    const Json pipeline = Json::parse(textOf(fileOf(query)));
    for (const Json& node : pipeline["nodes"]) {
        if (node["type"] == "pattern") return node["params"];
    }
    fail(query.c_str(), "its pipeline has no pattern");
}

/// The least time of processors of some runs, and rows a second of it.
double rateOf(const std::vector<std::string>& words, const fs::path& folder, std::uint64_t rows) {
    double least = 0;
    for (int i = 0; i < kRuns; ++i) {
        const double seconds = runOrEnd(words, folder, folder / "log").cpuSeconds;
        least = i == 0 ? seconds : std::min(least, seconds);
    }
    return static_cast<double>(rows) / least;
}

}  // namespace

int main(int argc, char** argv) {
    const std::uint64_t given =
        argc > 1 && std::isdigit(argv[1][0]) ? std::strtoull(argv[1], nullptr, 10) : 0;
    const std::uint64_t rows = given > 0 ? given : kUsualRows;
    const KeyedBench bench(1, argv);
    const BenchStream bids =
        behind("select", {{"columns", {"MOD(bidder, 1000) AS bidder", "price", "ts"}}}, bidStream(4'000));
    for (const char* const query : kQueries) bench.measure(query, bids, paramsOf(query), "pattern");

    const testing::ScratchFolder folder("bench_patterns");
    writeBids(folder.path() / "bids.csv", rows);
    const PeerFigures flink = peerFigures("RILLWRIGHT_PYFLINK", "MATCH_RECOGNIZE of Flink",
                                          {"flink_peers.py", "patterns", folder.path().string()});
    const double reading = rateOf({"/usr/bin/wc", "-l", "bids.csv"}, folder.path(), rows);
    BesideTable table(fmt::format("{} bids, million per CPU second", rows), {"Flink", "wc -l"});
    bool agree = true;
    for (const std::string query : kQueries) {
        fs::copy_file(fileOf(query), folder.path() / (query + ".rill"));
        const double ours =
            rateOf({builtProgram(), "run", query + ".rill", "--parallelism", "1"}, folder.path(), rows);
        table.add(query, ours, {figureOf(flink, query), reading});
        const ResultSum found = sumOf(folder.path() / "out.csv");
        const ResultSum theirs = flink.empty() ? found : sumOf(folder.path() / (query + ".flink.csv"));
        const bool same = found == theirs;
        fmt::print("  {} matches{}\n", found.rows,
                   same ? "" : fmt::format(", Flink has {}: THEY DIFFER", theirs.rows));
        agree = agree && same;
    }
    for (const auto& page : pagesIn(argc, argv)) fillPage(page, "patterns", 2, table.rows());
    return agree ? 0 : 1;
}
