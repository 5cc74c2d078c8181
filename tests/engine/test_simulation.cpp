// Time comes in through RunOptions: on a simulated clock and the seeded executor a run of minutes takes none,
// and one seed is one run.
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

/// A row a second from each of two sources for ten minutes, one of them silent for the last eight.
Pipeline pipeline() {
    const auto source = [](const char* id, int rows) {
        return node(id, "generator",
                    {{"rows", rows},
                     {"rate", 1},
                     {"columns",
                      {"k INT = CAST(i % 3 AS INT)",
                       "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
                     {"event_time", "ts"},
                     {"idle_timeout", "5s"}});
    };
    Pipeline made;
    made.nodes = {
        source("a", 600), source("b", 120), node("both", "union"),
        node("count", "window_aggregate",
             {{"window", "tumble"}, {"size", "10s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}}),
        node("result", "table_view")};
    made.wires = {wire("a", "both"), wire("b", "both"), wire("both", "count"), wire("count", "result")};
    return made;
}

struct Simulated {
    std::uint64_t schedule = 0;
    std::int64_t millis = 0;
    std::uint64_t rows = 0;
    bool operator==(const Simulated&) const = default;
};

Simulated simulate(std::uint64_t seed) {
    RunOptions options;
    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    const auto run = runToEnd(planOf(pipeline(), 2), options);
    if (!run) return {};
    const RunMetrics metrics = run->metrics();
    return {metrics.scheduleHash, options.clock->steadyMillis(), metrics.nodes.at("result").rowsIn};
}

}  // namespace

int main() {
    const Simulated first = simulate(1);
    expect(first.rows == 60 * 3, "every window of every key arrives");
    expect(first.millis >= 599'000 && first.millis < 660'000, "ten minutes have passed on the run's clock");
    for (int again = 0; again < 5; ++again) expect(simulate(1) == first, "one seed is one run");
    expect(simulate(2).schedule != first.schedule, "another seed is another");
    return summary();
}
