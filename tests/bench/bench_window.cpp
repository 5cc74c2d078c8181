// How fast windows and other keyed nodes take rows: rows a second on one core, from batches in memory to
// results. With an argument only those whose names hold it.
#include "tests/bench/keyed_bench.h"

using namespace rw;
using namespace rw::bench;

int main(int argc, char** argv) {
    const KeyedBench bench(argc, argv);
    const BenchStream tidy = bidStream(0), usual = bidStream(4'000), wild = bidStream(8'000);
    const Json few = {
        {"window", "tumble"},
        {"size", "10s"},
        {"keys", {"channel"}},
        {"aggregates", {"COUNT(*) AS n", "SUM(price) AS s", "AVG(price) AS a", "MAX(price) AS m"}}};
    bench.measure("few: tumble 10s by 5 channels", usual, few);
    bench.measure("few, in order", tidy, few);
    bench.measure("few, 2.5 % late", wild, few);
    Json one = few;
    one["keys"] = Json::array();
    bench.measure("tumble 10s without keys", usual, one);
    Json doubles = few;
    doubles["aggregates"] = {"COUNT(*) AS n", "AVG(load) AS a", "MAX(load) AS m"};
    bench.measure("few: COUNT, AVG, MAX of a DOUBLE", usual, doubles);
    const Json count = {"COUNT(*) AS n", "MAX(price) AS m"};
    bench.measure("many: tumble 10s by auction", usual,
                  {{"window", "tumble"}, {"size", "10s"}, {"keys", {"auction"}}, {"aggregates", count}});
    bench.measure("tumble 1min by 100 000 bidders", usual,
                  {{"window", "tumble"}, {"size", "1min"}, {"keys", {"bidder"}}, {"aggregates", count}});
    bench.measure(
        "tumble 1min by bidder and channel", usual,
        {{"window", "tumble"}, {"size", "1min"}, {"keys", {"bidder", "channel"}}, {"aggregates", count}});
    bench.measure("q5: hop 10s / 2s by auction", usual,
                  {{"window", "hop"},
                   {"size", "10s"},
                   {"slide", "2s"},
                   {"keys", {"auction"}},
                   {"aggregates", {"COUNT(*) AS n"}}});
    bench.measure(
        "hop 1h / 1s by channel", usual,
        {{"window", "hop"}, {"size", "1h"}, {"slide", "1s"}, {"keys", {"channel"}}, {"aggregates", count}});
    bench.measure("cumulate 1min / 1s by channel", usual,
                  {{"window", "cumulate"},
                   {"size", "1min"},
                   {"step", "1s"},
                   {"keys", {"channel"}},
                   {"aggregates", count}});
    bench.measure(
        "q11: session 10s by bidder", usual,
        {{"window", "session"}, {"gap", "10s"}, {"keys", {"bidder"}}, {"aggregates", {"COUNT(*) AS n"}}});
    bench.measure("hist: COUNT, COUNT(DISTINCT bidder)", usual,
                  {{"window", "tumble"},
                   {"size", "1min"},
                   {"keys", {"channel"}},
                   {"aggregates", {"COUNT(*) AS n", "COUNT(DISTINCT bidder) AS d"}}});
    bench.measure("sort", usual, Json::object(), "sort");
    bench.measure("deduplicate: first of each auction", usual, {{"keys", {"auction"}}}, "deduplicate");
    bench.measure("deduplicate: last of each auction", usual, {{"keys", {"auction"}}, {"keep", "last"}},
                  "deduplicate");
    const Json totals = {"COUNT(*) AS n", "SUM(price) AS s", "MAX(price) AS m"};
    bench.measure("group: all rows", usual, {{"aggregates", totals}}, "group_aggregate");
    bench.measure("group: by 5 channels", usual, {{"keys", {"channel"}}, {"aggregates", totals}},
                  "group_aggregate");
    const Json byBidder = {{"keys", {"bidder"}}, {"aggregates", totals}};
    bench.measure("group: by 100 000 bidders", usual, byBidder, "group_aggregate");
    Json forgetting = byBidder;
    forgetting["state_ttl"] = "1s";
    bench.measure("group: by bidder, forgotten after 1s", usual, forgetting, "group_aggregate");
    const char *const byChannel = "group: changing rows by 5 channels",
                      *const eachBidder = "group: changing rows by 100 000 bidders";
    if (!bench.wants(byChannel) && !bench.wants(eachBidder)) return 0;
    const BenchStream changes = behind("deduplicate", {{"keys", {"bidder"}}, {"keep", "last"}}, usual);
    bench.measure(byChannel, changes, {{"keys", {"channel"}}, {"aggregates", totals}}, "group_aggregate");
    bench.measure(eachBidder, changes, byBidder, "group_aggregate");
}
