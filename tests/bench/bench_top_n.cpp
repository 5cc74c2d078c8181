// How fast the best rows are found: of windows, of windows that change, and so far. Rows a second on one
// core, from batches in memory to results. With an argument only those whose names hold it.
#include "tests/bench/keyed_bench.h"

using namespace rw;
using namespace rw::bench;

int main(int argc, char** argv) {
    const KeyedBench bench(argc, argv);
    const BenchStream usual = bidStream(4'000);
    Json counts = {{"window", "hop"},
                   {"size", "10s"},
                   {"slide", "2s"},
                   {"keys", {"auction"}},
                   {"aggregates", {"COUNT(*) AS n", "MAX(price) AS m"}}};
    const BenchStream windows = behind("window_aggregate", counts, usual);
    counts["early"] = "5s";
    const BenchStream changing = behind("window_aggregate", counts, usual);
    const BenchStream newest = behind("deduplicate", {{"keys", {"bidder"}}, {"keep", "last"}}, usual);
    const auto measure = [&](const char* name, const BenchStream& input, const char* by, int limit,
                             const char* partition = "") {
        Json params = {{"by", Json::array({by})}, {"limit", limit}};
        if (*partition != '\0') params["partition_by"] = Json::array({partition});
        bench.measure(name, input, params, "top_n");
    };
    measure("windows: top 10 auctions", windows, "n DESC", 10);
    measure("windows: top 1 000 auctions", windows, "n DESC", 1'000);
    measure("windows: the best of each number of bids", windows, "m DESC", 1, "n");
    measure("windows that change: top 10 auctions", changing, "n DESC", 10);
    measure("so far: top 10 bids", usual, "price DESC", 10);
    measure("so far: top 1 000 bids", usual, "price DESC", 1'000);
    measure("so far: top 10 bids of each channel", usual, "price DESC", 10, "channel");
    measure("so far: top 3 bids of each auction", usual, "price DESC", 3, "auction");
    measure("so far: top 10 of changing rows", newest, "price DESC", 10);
    measure("so far: top 10 of each channel, changing", newest, "price DESC", 10, "channel");
}
