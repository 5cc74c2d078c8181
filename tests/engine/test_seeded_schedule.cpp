// The seeded executor is a function of its seed: the same seed gives the same schedule, another one another.
#include <set>

#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

Pipeline pipeline() {
    const Json source = {
        {"rows", 3'000},
        {"rate", 0},
        {"disorder", "3s"},
        {"columns",
         {"k INT = CAST(i % 17 AS INT)",
          "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
        {"event_time", "ts"}};
    Pipeline made;
    made.nodes = {
        node("a", "generator", source), node("b", "generator", source), node("both", "union"),
        node("count", "window_aggregate",
             {{"window", "tumble"}, {"size", "1s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}}),
        node("result", "table_view")};
    made.wires = {wire("a", "both"), wire("b", "both"), wire("both", "count"), wire("count", "result")};
    return made;
}

std::uint64_t scheduleOf(const std::shared_ptr<const Plan>& plan, std::uint64_t seed) {
    RunOptions options;
    options.batchRows = 7;
    options.channelRows = 200;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    const auto run = runToEnd(plan, options);
    return run ? run->metrics().scheduleHash : 0;
}

}  // namespace

int main() {
    // Many tasks: an executor that begins before all are scheduled shows it.
    const auto plan = planOf(pipeline(), 100);
    std::set<std::uint64_t> schedules;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const std::uint64_t first = scheduleOf(plan, seed);
        expect(first != 0, "the schedule has a hash");
        expect(schedules.insert(first).second, "another seed gives another schedule");
        for (int again = 0; again < 10; ++again)
            expect(scheduleOf(plan, seed) == first, "the same seed gives the same schedule");
    }
    return summary();
}
