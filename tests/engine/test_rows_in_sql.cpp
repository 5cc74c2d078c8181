// deduplicate, over_aggregate and top_n of windows give the same as SQL for the rows that are in time: rows of
// one source or two, in disorder, with ties and NULLs, at several batch sizes and degrees.
#include <fmt/format.h>

#include "tests/engine/given_rows.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

struct SqlFrame {
    const char* frame;
    const char* sql;  ///< behind PARTITION BY
    bool ordered;     ///< rows of one time have an order in it
};

constexpr SqlFrame kFrames[] = {
    {"ROWS 0 PRECEDING", "ORDER BY ts, wire, place ROWS BETWEEN 0 PRECEDING AND CURRENT ROW", true},
    {"ROWS 3 PRECEDING", "ORDER BY ts, wire, place ROWS BETWEEN 3 PRECEDING AND CURRENT ROW", true},
    {"ROWS UNBOUNDED PRECEDING", "ORDER BY ts, wire, place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
     true},
    {"RANGE '0ms' PRECEDING", "ORDER BY ts RANGE BETWEEN 0 PRECEDING AND CURRENT ROW", false},
    {"RANGE '2s' PRECEDING", "ORDER BY ts RANGE BETWEEN 2000 PRECEDING AND CURRENT ROW", false},
    {"RANGE UNBOUNDED PRECEDING", "ORDER BY ts RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW", false}};

/// The same in both, but for LISTAGG. “OVER w” is said behind each for SQL.
constexpr const char* kAggregates[] = {"COUNT(*)",
                                       "COUNT(v)",
                                       "SUM(v)",
                                       "AVG(v)",
                                       "MIN(v)",
                                       "MAX(k)",
                                       "SUM(d)",
                                       "AVG(d)",
                                       "MIN(d)",
                                       "SUM(v) FILTER (WHERE v > 2)",
                                       "COUNT(*) FILTER (WHERE d < 0)"};
constexpr const char* kOrdered[] = {"FIRST_VALUE(place)", "LAST_VALUE(place)"};

void overAggregates() {
    const std::vector<GivenSource> sources = oneOrTwo(false);
    const SqlFrame& frame = kFrames[*rc::gen::inRange<std::size_t>(0, std::size(kFrames))];
    const bool partitioned = *rc::gen::arbitrary<bool>();
    Json aggregates = Json::array();
    std::string sql = "SELECT k, v, d, place, ts";
    const auto add = [&](const std::string& aggregate, const std::string& same) {
        const std::string name = "a" + std::to_string(aggregates.size());
        aggregates.push_back(aggregate + " AS " + name);
        sql += ", " + same + " OVER w AS " + name;
    };
    for (const char* aggregate : kAggregates) add(aggregate, aggregate);
    if (frame.ordered) {
        for (const char* aggregate : kOrdered) add(aggregate, aggregate);
        add("LISTAGG(CAST(place AS STRING))", "GROUP_CONCAT(place, ',')");
    }
    Json params = {{"frame", frame.frame}, {"aggregates", aggregates}};
    if (partitioned) params["partition_by"] = Json::array({"k"});
    SqliteOracle oracle;
    load(oracle, "given", sources, false);
    expectSql(chainOf(sources, {node("over", "over_aggregate", params)}), oracle,
              fmt::format("{} FROM given WINDOW w AS ({}{})", sql, partitioned ? "PARTITION BY k " : "",
                          frame.sql));
}

/// One row of each key: the first or the last, of rows of sources or of such as a node made.
void deduplicated() {
    const std::vector<GivenSource> sources = oneOrTwo(false);
    const bool last = *rc::gen::arbitrary<bool>(), made = *rc::gen::arbitrary<bool>();
    const Json keys = *rc::gen::arbitrary<bool>() ? Json::array({"k"}) : Json::array({"k", "v"});
    std::vector<Node> nodes;
    if (made) {
        nodes.push_back(
            node("counts", "over_aggregate", {{"aggregates", {"COUNT(*) AS n"}}, {"partition_by", {"k"}}}));
    }
    nodes.push_back(node("one", "deduplicate", {{"keys", keys}, {"keep", last ? "last" : "first"}}));
    // Rule 9: rows that were made go by their columns.
    const char* const order = made ? "ts{0}, k{0}, v{0}, d{0}, place{0}, n{0}" : "ts{0}, wire{0}, place{0}";
    SqliteOracle oracle;
    // The last row takes every row; a late one without a reader is none.
    load(oracle, "given", sources, last && !made);
    const char* const given =
        made ? "(SELECT k, v, d, place, ts, COUNT(*) OVER (PARTITION BY k ORDER BY ts) AS n FROM given)"
             : "given";
    expectSql(chainOf(sources, nodes), oracle,
              fmt::format("SELECT k, v, d, place, ts{} FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY {} "
                          "ORDER BY {}) AS nth FROM {}) WHERE nth = 1",
                          made ? ", n" : "", keys.size() == 1 ? "k" : "k, v",
                          fmt::format(fmt::runtime(order), last ? " DESC" : ""), given));
}

/// The best rows of windows that give each of them once, or have early results and change them.
void rankedInWindows() {
    const std::vector<GivenSource> sources = oneOrTwo(true);
    const int limit = *rc::gen::inRange(1, 4);
    const std::string direction = *rc::gen::arbitrary<bool>() ? " DESC" : "";
    Json window = {
        {"size", "4s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "SUM(v) AS s", "MAX(d) AS m"}}};
    if (*rc::gen::arbitrary<bool>()) window["early"] = "1s";
    if (*rc::gen::arbitrary<bool>()) window["allowed_lateness"] = "3s";
    SqliteOracle oracle;
    load(oracle, "given", sources, false);
    expectSql(
        chainOf(sources,
                {node("window", "window_aggregate", window),
                 node("best", "top_n", {{"by", Json::array({"s" + direction, "n"})}, {"limit", limit}})}),
        oracle,
        fmt::format(
            "SELECT start AS window_start, start + 4000 AS window_end, start + 3999 AS window_time, "
            "k, n, s, m, rank FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY start ORDER BY s{}, n, k, "
            "m) AS rank FROM (SELECT ts / 4000 * 4000 AS start, k, COUNT(*) AS n, SUM(v) AS s, "
            "MAX(d) AS m FROM given GROUP BY ts / 4000, k)) WHERE rank <= {}",
            direction, limit));
}

}  // namespace

int main() {
    tryCases(suites::RowsInSql);
    expect(rc::check("over_aggregate is OVER", [] { overAggregates(); }), "over_aggregate is OVER");
    expect(rc::check("deduplicate is ROW_NUMBER() = 1", [] { deduplicated(); }),
           "deduplicate is ROW_NUMBER() = 1");
    expect(rc::check("top_n of windows is ROW_NUMBER() <= n", [] { rankedInWindows(); }),
           "top_n of windows is ROW_NUMBER() <= n");
    return summary();
}
