// Rows that tasks add up before they send them to a window: at every degree, batch size and schedule the same
// results, late and rejected rows as without, with a key that has nearly all rows and without keys; behind a
// restart, too. Counters go on counting rows.
#include <algorithm>
#include <map>

#include "core/views/table_view.h"
#include "tests/support/run_of.h"
#include "tests/support/sanitizer.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::uint64_t kRows = 6'000;
constexpr const char* kTables[] = {"keyed_out", "keyed_failed", "whole_out", "whole_late"};

/// Rows a second apart, in disorder, nine of ten with one key; some come late and some can't be divided by.
/// Sums of DOUBLE depend on their order.
Pipeline pipeline() {
    const auto table = [](const char* id) { return node(id, "table_view", {{"keep", 20'000}}); };
    Pipeline made;
    made.nodes = {
        node("rows", "generator",
             {{"rows", kRows},
              {"rate", 0},
              {"seed", 1},
              {"disorder", "2min"},
              {"watermark_delay", "3s"},
              {"columns",
               {"k INT = CASE WHEN RANDOM() < 0.9 THEN 7 ELSE CAST(RANDOM() * 10 AS INT) END",
                "v BIGINT = i % 50",
                "d DOUBLE = CASE WHEN i % 3 = 0 THEN 1e300 WHEN i % 3 = 1 THEN -1e300 ELSE 1e-3 END",
                "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
              {"event_time", "ts"}}),
        node("keyed", "window_aggregate",
             {{"window", "hop"},
              {"size", "10min"},
              {"slide", "4min"},
              {"keys", {"k"}},
              {"aggregates",
               {"COUNT(*) AS n", "SUM(v) AS s", "MAX(d) AS hi", "SUM(d) AS sd", "COUNT(DISTINCT v) AS dv",
                "SUM(10 / v) AS q"}}}),
        node("some", "filter", {{"condition", "v < 40"}}),
        node("whole", "window_aggregate",
             {{"size", "5min"}, {"aggregates", {"COUNT(*) AS n", "MIN(v) AS lo", "AVG(d) AS a"}}}),
        table("keyed_out"),
        table("keyed_failed"),
        table("whole_out"),
        table("whole_late")};
    made.wires = {wire("rows", "keyed"),
                  wire("rows", "some"),
                  wire("some", "whole"),
                  wire("keyed", "keyed_out"),
                  wire("keyed", "keyed_failed", "rejected"),
                  wire("whole", "whole_out"),
                  wire("whole", "whole_late", "late")};
    return made;
}

using Tables = std::map<std::string, std::vector<TableRow>>;

Tables tablesOf(const Run& run) {
    Tables tables;
    for (const char* id : kTables) {
        auto& rows = tables[id];
        for (const TableRowRef& row : std::dynamic_pointer_cast<TableView>(run.view(id))->snapshot().rows)
            rows.push_back(*row);
        std::sort(rows.begin(), rows.end());
    }
    return tables;
}

/// Whether each node has had every row, and all late ones are told of.
bool countsRows(const Run& run, const Tables& tables) {
    const RunMetrics metrics = run.metrics();
    const NodeMetrics& whole = metrics.nodes.at("whole");
    return metrics.nodes.at("keyed").rowsIn == kRows && whole.late == tables.at("whole_late").size() &&
           whole.rowsIn == metrics.nodes.at("some").rowsOut;
}

void onlyWhereSeveralTasksSend() {
    const auto combining = [](int parallelism) {
        const auto plan = planOf(pipeline(), parallelism);
        return plan ? std::count_if(plan->exchanges.begin(), plan->exchanges.end(),
                                    [](const Exchange& exchange) { return exchange.combines; })
                    : -1;
    };
    expect(combining(1) == 0, "one task adds up what it has anyway");
    expect(combining(2) == 2, "of two tasks each adds up its rows, for both windows");
    expect(explain(*planOf(pipeline(), 2)).find("added up first") != std::string::npos, "explain says so");
}

void sameEverywhere(const Tables& expected) {
    std::uint64_t seed = 0;
    for (const int parallelism : {2, 3, 5}) {
        for (const std::size_t batchRows : {std::size_t{7}, std::size_t{300}, std::size_t{4096}}) {
            for (const bool seeded : {false, true}) {
                RunOptions options;
                options.batchRows = batchRows;
                options.executor = seeded ? ExecutorKind::Seeded : ExecutorKind::Pool;
                options.seed = ++seed;
                const auto run = runToEnd(planOf(pipeline(), parallelism), options);
                expect(run != nullptr, "the run starts");
                if (!run) continue;
                const Tables tables = tablesOf(*run);
                expect(tables == expected, "the same rows at every degree and batch size");
                expect(countsRows(*run, tables), "counters count rows, added up or not");
            }
        }
    }
}

/// Whether there was a barrier to resume from.
bool goesOnFrom(std::uint64_t step, const Tables& expected) {
    constexpr int kDegrees[] = {1, 2, 5};
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = step;
    options.batchRows = 300;
    options.channelRows = 1'000;
    options.snapshotAtStep = step;
    const auto first = Run::start(planOf(pipeline(), kDegrees[1 + step % 2]), options);
    expect(first.ok(), "the first run starts");
    if (!first.ok()) return false;
    Result<StateSnapshot> snapshot = (*first)->awaitSnapshot();
    if (!snapshot.ok()) return false;
    options.snapshotAtStep = 0;
    options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
    const auto second = runToEnd(planOf(pipeline(), kDegrees[step % 3]), options);
    expect(second && tablesOf(*second) == expected, "a run that resumes from a barrier ends with the same");
    return true;
}

}  // namespace

int main() {
    onlyWhereSeveralTasksSend();
    const auto alone = runToEnd(planOf(pipeline(), 1));
    expect(alone != nullptr, "the run of one task starts");
    if (!alone) return summary();
    const Tables expected = tablesOf(*alone);
    for (const char* id : kTables) expect(expected.at(id).size() > 10, id);
    expect(countsRows(*alone, expected), "one task counts rows");
    sameEverywhere(expected);
    int wentOn = 0;
    for (std::uint64_t step = 1; step <= affordableCases(40, 8); ++step)
        wentOn += goesOnFrom(step, expected) ? 1 : 0;
    expect(wentOn >= 4, "there were barriers to resume from");
    return summary();
}
