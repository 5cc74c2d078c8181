#include "tests/engine/taped_runs.h"

#include <algorithm>
#include <random>
#include <utility>

#include "core/tape/tape_player.h"
#include "tests/support/scripted_source.h"
#include "tests/support/simulated_clock.h"
#include "tests/support/tape_in_memory.h"

namespace rw::test {

namespace {

const Catalogue& scripted() {
    static const Catalogue kAll = withScriptedSource(builtin());
    return kAll;
}

}  // namespace

std::shared_ptr<const Plan> tapedPlan(const Pipeline& pipeline, int parallelism) {
    PlanOptions options;
    options.parallelism = parallelism;
    const Planned planned = makePlan(pipeline, scripted(), options);
    for (const Issue& issue : planned.issues) {
        if (issue.severity == Severity::Error) std::printf("%s\n", english(issue).c_str());
    }
    expect(planned.plan != nullptr, "the pipeline plans");
    return planned.plan;
}

Outcome outcomeOf(const Run& run) {
    Outcome outcome;
    for (const Node& node : run.plan().pipeline.nodes) {
        const auto view = std::dynamic_pointer_cast<TableView>(run.view(node.id));
        if (!view) continue;
        auto& rows = outcome.emplace_back();
        for (const TableRowRef& row : view->snapshot().rows) rows.push_back(*row);
        std::sort(rows.begin(), rows.end());
    }
    return outcome;
}

std::size_t rowsIn(const Outcome& outcome) {
    std::size_t rows = 0;
    for (const auto& table : outcome) rows += table.size();
    return rows;
}

Pipeline twoSources() {
    const auto source = [](const char* name) {
        return node(
            name, "scripted",
            {{"outside", name}, {"event_time", "ts"}, {"watermark_delay", "20ms"}, {"idle_timeout", "40ms"}});
    };
    Pipeline made;
    made.nodes = {source("left"),
                  source("right"),
                  node("both", "union"),
                  node("windows", "window_aggregate",
                       {{"window", "tumble"},
                        {"size", "50ms"},
                        {"keys", {"k"}},
                        {"aggregates", {"COUNT(*) AS n", "SUM(v) AS total", "LAST_VALUE(v) AS newest"}}}),
                  node("began", "select", {{"columns", {"k", "v", "CURRENT_TIMESTAMP AS began"}}}),
                  node("fired", "table_view", {{"keep", 20'000}}),
                  node("late", "table_view", {{"keep", 20'000}}),
                  node("rows", "table_view", {{"keep", 20'000}})};
    made.wires = {wire("left", "both"),     wire("right", "both"),           wire("both", "windows"),
                  wire("windows", "fired"), wire("windows", "late", "late"), wire("both", "began"),
                  wire("began", "rows")};
    return made;
}

void play(std::uint64_t seed, std::int64_t start, std::int64_t millis, bool ends) {
    std::mt19937 random(static_cast<unsigned>(seed));
    for (const char* name : {"left", "right"}) {
        Outside& world = Outside::named(name);
        world.clear();
        world.news("a", PartitionState::Live);
        if (random() % 2 == 0) world.news("b", PartitionState::Live);
        const bool pauses = random() % 3 != 0;
        for (std::int64_t at = 0; at < millis;) {
            std::vector<ScriptedRow> rows;
            for (unsigned i = 0, count = 1 + random() % 4; i < count; ++i) {
                const Instant time = kNoon + at - static_cast<Instant>(random() % 60);
                rows.push_back({"key " + std::to_string(random() % 3), static_cast<int>(random() % 50),
                                random() % 40 == 0 ? kMinTimestamp : time});
            }
            world.rows(random() % 3 == 0 ? "b" : "a", rows, start + at);
            at += pauses && random() % 6 == 0 ? 150 : 1 + static_cast<std::int64_t>(random() % 12);
        }
        if (ends) world.end();
    }
}

Recorded recordedWhile(const Pipeline& pipeline, int parallelism, RunOptions options,
                       const std::function<void(Run&)>& during) {
    const TapeInMemory tape;
    options.record = tape.recorder;
    options.outputs = tape.disk;
    auto run = Run::start(tapedPlan(pipeline, parallelism), options);
    if (!run.ok()) std::printf("%s\n", english(run.error()).c_str());
    expect(run.ok(), "a recorded run starts");
    if (!run.ok()) return {};
    during(**run);
    (*run)->wait();
    const auto file = readTape(tape.bytes());
    expect(file.ok(), "its tape can be read");
    if (!file.ok()) return {};
    return {outcomeOf(**run), *file, (*run)->metrics(), tape.bytes(), (*run)->status()};
}

Recorded recorded(const Pipeline& pipeline, int parallelism, RunOptions options, Millis stopAfter) {
    return recordedWhile(pipeline, parallelism, std::move(options), [stopAfter](Run& run) {
        if (stopAfter < 0) return;
        (void)run.waitFor(stopAfter);
        run.stop(StopMode::Now);
    });
}

Outcome replayed(const Pipeline& pipeline, int parallelism, const TapeFileRef& tape, RunOptions options) {
    options.replay = makeTapePlayer(tape, 0);
    const auto run = runToEnd(tapedPlan(pipeline, parallelism), options);
    expect(run != nullptr, "a replay starts");
    return run ? outcomeOf(*run) : Outcome();
}

void sameAtEveryDegree(const Pipeline& pipeline, const Recorded& run, std::uint64_t seed) {
    for (const int parallelism : {1, 2, 5}) {
        RunOptions options;
        options.batchRows = seed % 2 == 0 ? 4096 : 3;
        expect(
            replayed(pipeline, parallelism, run.tape, options) == run.outcome,
            fmt::format("world {}: a replay with {} tasks has the same tables", seed, parallelism).c_str());
        expect(replayed(pipeline, parallelism, run.tape, seeded(seed + 1, kNoon + 5'000)) == run.outcome,
               fmt::format("world {}: … and by another schedule", seed).c_str());
    }
}

RunOptions seeded(std::uint64_t seed, Instant began) {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    options.clock = std::make_shared<SimulatedClock>(began);
    return options;
}

void goesOnAt(const Pipeline& pipeline, const Recorded& run, std::uint64_t seed, std::uint64_t step) {
    RunOptions first = seeded(seed);
    first.replay = makeTapePlayer(run.tape, 0);
    first.snapshotAtStep = step;
    auto left = Run::start(tapedPlan(pipeline, 2), first);
    expect(left.ok(), "the replay starts");
    if (!left.ok()) return;
    Result<StateSnapshot> snapshot = (*left)->awaitSnapshot();
    if (!snapshot.ok()) return;  // it was over before
    RunOptions second = seeded(seed + 7);
    second.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
    expect(replayed(pipeline, 5, run.tape, second) == run.outcome, "a replay that goes on has all rows");
}

}  // namespace rw::test
