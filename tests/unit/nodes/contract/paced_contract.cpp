// Operators that hold rows back by the clock, in a run with many barriers.
#include <fmt/format.h>

#include <algorithm>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/nodes/contract/contract.h"

namespace rw::test {

namespace {

constexpr int kFewBarriers = 10, kManyBarriers = 40;
constexpr Millis kBetween = 10, kForABarrier = 1'000;  // by the run's clock

/// An endless source of the columns of sampleStream(), as fast as the node takes its rows.
Pipeline endless(const NodeKind& kind, const Json& params) {
    Pipeline pipeline;
    pipeline.nodes = {node("in", "generator",
                           {{"rate", 0},
                            {"columns",
                             {"k STRING = CAST(MOD(i, 3) AS STRING)", "v INT = CAST(MOD(i, 100) AS INT)",
                              "d DOUBLE = CAST(i AS DOUBLE)", "b BOOLEAN = MOD(i, 2) = 0",
                              "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
                            {"event_time", "ts"}}),
                      node("n", kind.type.c_str(), params), node("result", "table_view")};
    pipeline.wires = {wire("in", "n"), wire("n", "result")};
    for (std::size_t port = 1; port < kind.inputs.size(); ++port)
        pipeline.wires.push_back({{"in", "out"}, {"n", kind.inputs[port].name}, Json::object()});
    pipeline.wires.front().to.port = kind.inputs.front().name;
    pipeline.wires[1].from.port = kind.outputs.front().name;
    return pipeline;
}

Catalogue withKind(const NodeKind& kind) {
    std::vector<NodeKind> all = builtin().kinds();
    std::erase_if(all, [&kind](const NodeKind& one) { return one.type == kind.type; });
    all.push_back(kind);
    return Catalogue(std::move(all));
}

}  // namespace

std::string pacedFault(const NodeKind& kind, const Json& params) {
    const Catalogue kinds = withKind(kind);
    PlanOptions planning;
    planning.parallelism = 2;
    const Planned planned = makePlan(endless(kind, params), kinds, planning);
    if (!planned.plan)
        return fmt::format("{} {}: {}", kind.type, params.dump(), english(planned.issues.front()));
    const auto clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.clock = clock;
    options.batchRows = 500;
    options.channelRows = 1'000;
    const auto started = Run::start(planned.plan, options);
    if (!started.ok()) return fmt::format("{} {}: {}", kind.type, params.dump(), english(started.error()));
    Run& run = **started;
    std::uint64_t few = 0, many = 0;
    for (int barrier = 1; barrier <= kManyBarriers; ++barrier) {
        (void)run.waitFor(kBetween);
        const std::int64_t asked = clock->steadyMillis();
        if (!run.snapshot().ok() || clock->steadyMillis() > asked + kForABarrier)
            return fmt::format("{} {}: barrier {} waits for the time of rows", kind.type, params.dump(),
                               barrier);
        const RunMetrics now = run.metrics();
        many = now.sourceRows - now.nodes.at("n").rowsOut;
        if (barrier == kFewBarriers) few = many;
    }
    run.stop(StopMode::Discard);
    if (many <= 2 * few) return {};
    return fmt::format("{} {}: {} rows wait behind {} barriers, and {} behind {}", kind.type, params.dump(),
                       few, kFewBarriers, many, kManyBarriers);
}

}  // namespace rw::test
