// Rows that wait for the clock: at their rate, every one of them, the watermark behind them. No barrier waits
// with them, and no stop; nor do they make room for more.
#include <algorithm>
#include <atomic>
#include <fstream>

#include "core/stream/checkpoint_store.h"
#include "tests/support/child.h"
#include "tests/support/collecting_sink.h"
#include "tests/support/run_of.h"
#include "tests/support/scripted_source.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kWall = 1'700'000'000'000;

/// A row a second of event time, as fast as possible.
Node numbers(int rows) {
    return node(
        "in", "generator",
        {{"rows", rows},
         {"rate", 0},
         {"columns",
          {"n BIGINT = i", "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
         {"event_time", "ts"}});
}

Pipeline throttled(int rows, double rate) {
    Pipeline pipeline;
    pipeline.nodes = {
        numbers(rows), node("slow", "throttle", {{"rate", rate}}),
        node("minutes", "window_aggregate", {{"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}),
        node("result", "table_view"), node("counts", "table_view")};
    pipeline.wires = {wire("in", "slow"), wire("slow", "result"), wire("slow", "minutes"),
                      wire("minutes", "counts")};
    return pipeline;
}

std::uint64_t given(const Run& run, const char* id) {
    return run.metrics().nodes.at(id).rowsIn;
}

RunOptions seeded(const std::shared_ptr<SimulatedClock>& clock, std::uint64_t seed) {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    options.clock = clock;
    options.batchRows = 30;
    options.channelRows = 50;
    return options;
}

void rowsGoAtTheirRate() {
    std::uint64_t hash = 0;
    for (const std::uint64_t seed : {1U, 1U, 2U}) {
        const auto clock = std::make_shared<SimulatedClock>(kWall);
        auto started = Run::start(planOf(throttled(100, 10), 2), seeded(clock, seed));
        if (!started.ok()) return expect(false, "the run starts");
        Run& run = **started;
        expect(!run.waitFor(4'950), "it takes its time");
        expect(given(run, "result") == 50, "half of the rows after half of the time");
        // Of the windows of ten rows those are full whose successor has begun.
        expect(given(run, "counts") <= 5, "the watermark is not ahead of the rows");
        run.wait();
        expect(run.state() == RunState::Finished && given(run, "result") == 100, "every row comes");
        expect(given(run, "counts") == 10, "and every window");
        expect(clock->steadyMillis() >= 9'900 && clock->steadyMillis() < 10'500,
               "at the rate, and no slower");
        const std::uint64_t now = run.metrics().scheduleHash;
        if (seed == 1 && hash != 0) expect(now == hash, "one seed is one schedule");
        if (seed == 1) hash = now;
    }
}

class Folder {
 public:
    std::vector<std::string> takeOutput() const {
        std::vector<std::string> lines;
        std::ifstream file(m_scratch.path() / "out.csv");
        for (std::string line; std::getline(file, line);) lines.push_back(line);
        file.close();
        std::filesystem::remove(m_scratch.path() / "out.csv");
        return lines;
    }
    std::string path() const { return m_scratch.path().string(); }

 private:
    const testing::ScratchFolder m_scratch{"throttle"};
};

/// A row comes in a quarter of an hour; the snapshot is there at once, with the rows that wait, before and
/// after the end of the source.
void barriersDoNotWait() {
    static const Catalogue kAll = withCollectingSinks(builtin());
    const Folder folder;
    Pipeline pipeline;
    pipeline.nodes = {numbers(0), node("s", "sort"), node("slow", "throttle", {{"rate", 0.001}}),
                      node("out", "csv_sink", {{"path", "out.csv"}})};
    pipeline.wires = {wire("in", "s"), wire("s", "slow"), wire("slow", "out")};
    for (const int rows : {20, 2'000}) {  // those that fit on their way, and more
        pipeline.nodes.front().params["rows"] = rows;
        PlanOptions planning;
        planning.parallelism = 2;
        planning.validate.folder = folder.path();
        const Planned planned = makePlan(pipeline, kAll, planning);
        if (!planned.plan) return expect(false, "the pipeline plans");
        for (const std::int64_t after : {1, 5'000'000}) {
            const auto clock = std::make_shared<SimulatedClock>(kWall);
            RunOptions options = seeded(clock, 7);
            auto first = Run::start(planned.plan, options);
            if (!first.ok()) return expect(false, "the run starts");
            expect(!(*first)->waitFor(after), "rows wait");
            const std::int64_t asked = clock->steadyMillis();
            for (int times = 0; times < 3; ++times) {
                Result<StateSnapshot> snapshot = (*first)->snapshot();
                expect(snapshot.ok() && clock->steadyMillis() < asked + 1'000'000, "a barrier need not wait");
                if (!snapshot.ok()) return;
                options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
            }
            first = Status();
            (void)folder.takeOutput();
            options.clock = std::make_shared<SimulatedClock>(kWall);
            const auto second = runToEnd(planned.plan, options);
            expect(second != nullptr, "a run resumes from it");
            const std::vector<std::string> lines = folder.takeOutput();
            expect(lines.size() == static_cast<std::size_t>(rows) + 1,
                   "no row is lost, and none comes twice");
            for (std::size_t i = 1; i < lines.size(); ++i)
                expect(lines[i].starts_with(std::to_string(i - 1) + ","), "rows come in their order");
        }
    }
}

/// The rows that barriers add to those held are bounded, for any number of barriers.
void noBarrierMakesRoom() {
    Pipeline direct, behindOthers, inTurn;
    direct.nodes = {numbers(0), node("slow", "throttle", {{"rate", 10}}), node("result", "table_view")};
    direct.wires = {wire("in", "slow"), wire("slow", "result")};
    behindOthers.nodes = {numbers(0), node("first", "limit", {{"count", 1'000'000'000}}),
                          node("slow", "throttle", {{"rate", 10}}), node("result", "table_view")};
    behindOthers.wires = {wire("in", "first"), wire("first", "slow"), wire("slow", "result")};
    inTurn.nodes = {numbers(0), node("before", "throttle", {{"rate", 1'000}}),
                    node("slow", "throttle", {{"rate", 10}}), node("result", "table_view")};
    inTurn.wires = {wire("in", "before"), wire("before", "slow"), wire("slow", "result")};
    constexpr std::uint64_t kPiece = 16'384;  // of the generator
    for (const Pipeline& pipeline : {direct, behindOthers, inTurn}) {
        const auto clock = std::make_shared<SimulatedClock>(kWall);
        RunOptions options = seeded(clock, 3);
        options.batchRows = 1'000;
        options.channelRows = 2'000;
        auto started = Run::start(planOf(pipeline, 2), options);
        if (!started.ok()) return expect(false, "the run starts");
        Run& run = **started;
        for (int second = 0; second < 60; ++second) {
            expect(!run.waitFor(1'000), "it has no end");
            const std::int64_t asked = clock->steadyMillis();
            expect(run.snapshot().ok() && clock->steadyMillis() < asked + 500, "a barrier need not wait");
        }
        expect(given(run, "result") >= 590 && given(run, "result") <= 620,
               "rows go at their rate all the time");
        expect(run.metrics().sourceRows < 8 * kPiece, "and the source waits with them");
        run.stop(StopMode::Discard);
    }
}

/// A source that has waited for them gives all of its rows.
void sourcesGoOnBehindThem() {
    constexpr int kRows = 100'000;
    const auto clock = std::make_shared<SimulatedClock>(kWall);
    RunOptions options = seeded(clock, 5);
    options.batchRows = 1'000;
    options.channelRows = 2'000;
    auto started = Run::start(planOf(throttled(kRows, 1'000), 2), options);
    if (!started.ok()) return expect(false, "the run starts");
    Run& run = **started;
    std::uint64_t most = 0;
    for (std::uint64_t before = 0; !run.waitFor(1'000); before = given(run, "result")) {
        if (run.metrics().sourceRows < kRows) (void)run.snapshot();
        most = std::max(most, run.metrics().sourceRows - before);
    }
    expect(run.state() == RunState::Finished && given(run, "result") == kRows, "every row comes");
    expect(clock->steadyMillis() < kRows + 3'000, "at the rate: it was never without a row");
    expect(most < 70'000, "though the source has waited");
}

/// A partition that is found between rows that wait keeps no barrier back.
void norForPartitions() {
    static const Catalogue kAll = withScriptedSource(builtin());
    Outside& world = Outside::named("partitions that wait");
    world.clear();
    for (const char* const partition : {"a", "b", "c"})
        world.rows(partition, std::vector<ScriptedRow>(5, ScriptedRow{"k", 1, kWall}));
    Pipeline pipeline;
    pipeline.nodes = {node("in", "scripted", {{"outside", "partitions that wait"}, {"event_time", "ts"}}),
                      node("slow", "throttle", {{"rate", 0.001}}), node("result", "table_view")};
    pipeline.wires = {wire("in", "slow"), wire("slow", "result")};
    const Planned planned = makePlan(pipeline, kAll, {});
    if (!planned.plan) return expect(false, "the pipeline plans");
    const auto clock = std::make_shared<SimulatedClock>(kWall);
    auto started = Run::start(planned.plan, seeded(clock, 7));
    if (!started.ok()) return expect(false, "the run starts");
    expect(!(*started)->waitFor(5'000), "rows wait");
    expect(given(**started, "slow") < 15, "those of later partitions, too");
    const std::int64_t asked = clock->steadyMillis();
    expect((*started)->snapshot().ok() && clock->steadyMillis() < asked + 900'000, "a barrier need not wait");
    expect(given(**started, "slow") == 15, "all that stands before it has come by");
}

/// On the machine's clock: held rows go at once when the run is stopped.
void stopsAtOnce() {
    for (const StopMode mode : {StopMode::Drain, StopMode::Now, StopMode::Discard}) {
        auto started = Run::start(planOf(throttled(500, 0.01), 2), {});
        if (!started.ok()) return expect(false, "the run starts");
        Run& run = **started;
        while (run.metrics().sourceRows < 500 || given(run, "result") == 0) (void)run.waitFor(1);
        expect(run.snapshot().ok(), "a barrier passes on the pool, too");
        run.stop(mode);
        expect(run.waitFor(5'000), "a run with rows that wait is stopped");
        if (mode == StopMode::Discard) continue;
        expect(given(run, "result") == 500, "none of its rows is dropped");
        // The last one fires with the end alone, which may not have come.
        expect(given(run, "counts") >= 49, "time goes with them");
    }
}

/// A node that wants no more rows does not wait for held ones.
void aLimitBehindEndsIt() {
    Pipeline pipeline;
    pipeline.nodes = {numbers(0), node("slow", "throttle", {{"rate", 0.01}}),
                      node("first", "limit", {{"count", 1}}), node("result", "table_view")};
    pipeline.wires = {wire("in", "slow"), wire("slow", "first"), wire("first", "result")};
    auto started = Run::start(planOf(pipeline, 2), {});
    if (!started.ok()) return expect(false, "the run starts");
    expect((*started)->waitFor(30'000), "it ends with the first row");
    expect(given(**started, "result") == 1, "which comes");
}

/// Goes on with every look at it, so that a row's time comes at any step.
class HurryingClock final : public Clock {
 public:
    Instant now() const override { return kWall + m_passed; }
    std::int64_t steadyMillis() const override { return ++m_passed; }
    bool skipTo(std::int64_t steadyMillis) override {
        m_passed = std::max<std::int64_t>(m_passed, steadyMillis);
        return true;
    }

 private:
    mutable std::atomic<std::int64_t> m_passed{0};
};

/// Keeps the metrics and kept rows of a run, with its state, but at the first barriers: rows that a source still
/// gives behind them are seen as well, unless it stands still (CheckpointOptions::seen).
class SeenStore final : public CheckpointStore {
 public:
    const std::string& lineage() const override { return m_noLineage; }
    Status open(const MakeContext&) override { return {}; }
    Result<CheckpointSize> write(const StateSnapshot& snapshot) override {
        constexpr Epoch kLastOfSource = 3;
        if (snapshot.seen && snapshot.number > kLastOfSource)
            taken.push_back(std::make_shared<const StateSnapshot>(snapshot));
        return CheckpointSize{};
    }
    Status finish() override { return {}; }
    void close() override {}

    std::vector<std::shared_ptr<const StateSnapshot>> taken;

 private:
    const std::string m_noLineage;
};

/// Rows whose time comes after the barrier, and before the metrics are copied, are not in both.
void noRowIsSeenTwice() {
    constexpr std::size_t kRows = 150;
    Pipeline pipeline;
    pipeline.nodes = {numbers(int{kRows}), node("slow", "throttle", {{"rate", 50}}),
                      node("slower", "throttle", {{"rate", 40}}), node("result", "table_view")};
    pipeline.wires = {wire("in", "slow"), wire("slow", "slower"), wire("slower", "result")};
    const auto plan = planOf(pipeline, 2);
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
        const auto store = std::make_shared<SeenStore>();
        RunOptions options = seeded(nullptr, seed);
        options.clock = std::make_shared<HurryingClock>();
        options.channelRows = 65'536;
        options.tapAll = true;
        options.checkpoints.store = store;
        options.checkpoints.every = 10;
        options.checkpoints.seen = true;
        const auto first = runToEnd(plan, options);
        expect(first && given(*first, "result") == kRows, "a run that stands still at barriers ends");
        expect(store->taken.size() > 10, "and takes checkpoints while rows wait");
        options.checkpoints = {};
        for (const auto& from : store->taken) {
            options.clock = std::make_shared<SimulatedClock>(kWall);
            options.restore = from;
            const auto second = runToEnd(plan, options);
            if (!second) return expect(false, "a run resumes from it");
            for (const char* const id : {"slow", "slower"}) {
                std::size_t tapped = 0;
                for (const Batch& batch : second->tap(id, 0)->recent()) tapped += batch.rows;
                expect(tapped == kRows, "every row is in the tap once");
                expect(second->metrics().nodes.at(id).rowsOut == kRows, "and is counted once");
            }
        }
    }
}

}  // namespace

int main() {
    rowsGoAtTheirRate();
    barriersDoNotWait();
    noBarrierMakesRoom();
    sourcesGoOnBehindThem();
    norForPartitions();
    stopsAtOnce();
    aLimitBehindEndsIt();
    noRowIsSeenTwice();
    return summary();
}
