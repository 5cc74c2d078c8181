// How fast aggregates over the rows before each row are: rows a second on one core, from batches in memory to
// results. With an argument only those whose names hold it.
#include "tests/bench/keyed_bench.h"

using namespace rw;
using namespace rw::bench;

int main(int argc, char** argv) {
    const KeyedBench bench(argc, argv);
    const BenchStream tidy = bidStream(0), usual = bidStream(4'000);
    const Json sums = {"COUNT(*) AS n", "SUM(price) AS s", "AVG(load) AS a"};
    const Json largest = Json::array({"MAX(price) AS m"});
    const auto over = [](const char* frame, const Json& aggregates, const char* partition) {
        Json params = {{"frame", frame}, {"aggregates", aggregates}};
        if (*partition != '\0') params["partition_by"] = Json::array({partition});
        return params;
    };
    const auto measure = [&](const char* name, const BenchStream& input, const Json& params) {
        bench.measure(name, input, params, "over_aggregate");
    };
    measure("ROWS 9, sums by channel", usual, over("ROWS 9 PRECEDING", sums, "channel"));
    measure("ROWS 9, sums by channel, in order", tidy, over("ROWS 9 PRECEDING", sums, "channel"));
    measure("ROWS 9, sums by bidder", usual, over("ROWS 9 PRECEDING", sums, "bidder"));
    measure("ROWS 9, sums of all rows", usual, over("ROWS 9 PRECEDING", sums, ""));
    measure("ROWS 999, MAX by channel", usual, over("ROWS 999 PRECEDING", largest, "channel"));
    measure("RANGE 10s, sums by channel", usual, over("RANGE '10s' PRECEDING", sums, "channel"));
    measure("RANGE 10s, sums by auction", usual, over("RANGE '10s' PRECEDING", sums, "auction"));
    measure("RANGE 10s, MAX by channel", usual, over("RANGE '10s' PRECEDING", largest, "channel"));
    measure("RANGE UNBOUNDED, sums by channel", usual, over("RANGE UNBOUNDED PRECEDING", sums, "channel"));
    measure("ROWS UNBOUNDED, sums by bidder", usual, over("ROWS UNBOUNDED PRECEDING", sums, "bidder"));
}
