// Models that people reset while a run goes on: all keys at the same place of the input, at every degree,
// with checkpoints and without; once, also where the run is restarted; a replay resets them where the run
// did.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <thread>

#include "core/tape/tape_player.h"
#include "tests/engine/failing_world.h"
#include "tests/engine/taped_runs.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kPatience = 60'000;
constexpr std::int64_t kKeys = 5;

/// A line is learnt that is 1 everywhere: what is predicted is 0 at the first row of a model, and then never.
Node learner() {
    return node("learns", "regress",
                {{"target", "y"}, {"features", {"x"}}, {"keys", {"k"}}, {"scale", "none"}});
}

/// Rows of one source, which are taken as they come, or of two, which wait for the watermark. `rows` 0: for
/// ever.
Pipeline learning(bool two, std::int64_t rows, int rate) {
    const auto source = [rows, rate](const char* id) {
        return node(id, "generator",
                    {{"rows", rows},
                     {"rate", rate},
                     {"columns",
                      {"i BIGINT = i", fmt::format("k STRING = CAST(i % {} AS STRING)", kKeys),
                       fmt::format("s STRING = '{}'", id), "x DOUBLE = 0.0", "y DOUBLE = 1.0",
                       "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
                     {"event_time", "ts"}});
    };
    Pipeline made;
    made.nodes = {
        source("one"), learner(),
        node("marked", "select",
             {{"columns", {"s", "k", "i", "CASE WHEN predicted = 0.0 THEN 1 ELSE 0 END AS fresh"}}}),
        node("rows", "table_view", {{"keep", 20'000}})};
    made.wires = {wire("learns", "marked"), wire("marked", "rows")};
    if (two) {
        made.nodes.push_back(source("other"));
        made.nodes.push_back(node("both", "union"));
        for (const char* from : {"one", "other"}) made.wires.push_back(wire(from, "both"));
    }
    made.wires.push_back(wire(two ? "both" : "one", "learns"));
    return made;
}

std::int64_t numberOf(const Value& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
    const auto* small = std::get_if<std::int32_t>(&value);
    expect(small != nullptr, "a number is shown");
    return small != nullptr ? *small : -1;
}

/// Every key begins anew so often, and all keys at the same place: their first rows behind it are next to
/// each other in the input.
void expectResets(const Outcome& outcome, std::size_t resets, const char* what) {
    std::map<std::string, std::vector<std::int64_t>> fresh;
    for (const TableRow& row : outcome.front()) {
        if (numberOf(row[3]) == 1) fresh[std::get<std::string>(row[1])].push_back(numberOf(row[2]));
    }
    expect(fresh.size() == kKeys, what);
    for (auto& [key, rows] : fresh) {
        std::sort(rows.begin(), rows.end());
        if (rows.size() != resets + 1)
            std::printf("%s: key %s begins %zu times\n", what, key.c_str(), rows.size());
        expect(rows.size() == resets + 1, what);
        if (rows.size() != resets + 1) return;
    }
    for (std::size_t reset = 0; reset <= resets; ++reset) {
        std::vector<std::int64_t> first;
        for (const auto& [key, rows] : fresh) first.push_back(rows[reset]);
        const auto [least, most] = std::minmax_element(first.begin(), first.end());
        expect(*most - *least == kKeys - 1, what);
    }
}

bool says(Run& run, const std::string& text) {
    for (int waited = 0; waited < kPatience; waited += 10) {
        for (const RunNote& note : run.takeNotes()) {
            if (english(note.text).find(text) != std::string::npos) return true;
        }
        if (run.waitFor(10)) break;
    }
    for (const RunNote& note : run.takeNotes()) {
        if (english(note.text).find(text) != std::string::npos) return true;
    }
    return false;
}

bool rowsCame(Run& run, std::uint64_t more) {
    const std::uint64_t before = run.metrics().nodes["learns"].rowsIn;
    for (int waited = 0; waited < kPatience; waited += 10) {
        if (run.metrics().nodes["learns"].rowsIn >= before + more) return true;
        if (run.waitFor(10)) return false;
    }
    return false;
}

Status reset(const Run& run, const char* node = "learns") {
    return const_cast<Run&>(run).ask(node, NodeRequest::ResetModel);
}

void whileItRuns(bool two, int parallelism, bool checkpoints) {
    World::the().clear();
    RunOptions options;
    options.batchRows = 16;
    if (checkpoints) options.checkpoints = {shelfStore(), 50, true};
    auto run = Run::start(planOf(learning(two, 0, 2'000), parallelism), options);
    expect(run.ok(), "the run starts");
    if (!run.ok()) return;
    const std::string what =
        fmt::format("{} sources, {} tasks, checkpoints {}", two ? 2 : 1, parallelism, checkpoints);
    for (int number = 0; number < 3; ++number) {
        expect(rowsCame(**run, 100), "rows come");
        expect(reset(**run).ok(), "a reset may be asked for");
        expect(reset(**run).ok(), "twice at once is once");
        expect(says(**run, checkpoints ? "Reset as asked: the rows after checkpoint"
                                       : "Reset as asked: rows from now on"),
               "a note tells it");
    }
    expect(rowsCame(**run, 100), "rows come behind it");
    (*run)->stop(StopMode::Drain);
    (*run)->wait();
    expect((*run)->status().ok(), "the run ends well");
    expectResets(outcomeOf(**run), 3, what.c_str());
}

void learntRowsAreCounted() {
    auto run = Run::start(planOf(learning(false, 0, 2'000), 2), {});
    expect(run.ok(), "the run starts");
    if (!run.ok()) return;
    // Figures are some time old, so few rows are not seen; but more rows came than the model has had.
    const auto missing = [&] {
        const NodeMetrics metrics = (*run)->metrics().nodes["learns"];
        return static_cast<std::int64_t>(metrics.rowsIn) - static_cast<std::int64_t>(metrics.quality.learnt);
    };
    expect(rowsCame(**run, 4'000), "rows come");
    expect(missing() < 2'000, "the model has had most of them");
    expect(reset(**run).ok(), "a reset may be asked for");
    bool fell = false;
    for (int waited = 0; !fell && waited < kPatience; waited += 10) {
        (void)(*run)->waitFor(10);
        fell = missing() > 3'000;
    }
    expect(fell, "the model has had few rows again");
}

/// What can't be done says so, and does nothing.
void refused() {
    World::the().clear();
    auto run = Run::start(planOf(learning(false, 200, 0), 2), {});
    expect(run.ok(), "the run starts");
    if (!run.ok()) return;
    expect(reset(**run, "nobody").error().code == ErrorCode::NotFound, "there is no such node");
    expect(reset(**run, "marked").error().code == ErrorCode::Invalid, "it has no model");
    (*run)->wait();
    expect(reset(**run, "nobody").error().code == ErrorCode::NotFound, "nor is there one behind the end");
    const Status late = reset(**run);
    expect(!late.ok() && !late.error().fix.empty(), "the run is over, and it is told what to do");
}

/// At once, and while the run is being stopped: no request is lost without a word.
void atTheEnds() {
    for (const StopMode mode : {StopMode::Now, StopMode::Drain, StopMode::Discard}) {
        World::the().clear();
        RunOptions options;
        options.checkpoints = {shelfStore(), 3'600'000, true};  // it takes none but the last
        auto run = Run::start(planOf(learning(true, 0, 1'000), 4), options);
        expect(run.ok(), "the run starts");
        if (!run.ok()) return;
        expect(reset(**run).ok(), "at once");
        std::thread stops([&] { (*run)->stop(mode); });
        while (reset(**run).ok()) {
        }
        stops.join();
        (*run)->wait();
        std::size_t told = 0;
        for (const RunNote& note : (*run)->takeNotes()) {
            const std::string text = english(note.text);
            if (text.find("Reset as asked") != std::string::npos ||
                text.find("The model was not reset") != std::string::npos)
                ++told;
        }
        expect(told > 0, "a note tells what became of it");
    }
}

/// The first checkpoint behind the request can't be written: the run is restarted from the one before, and
/// does it again.
void restarted(std::uint64_t seed, int parallelism) {
    World::the().clear();
    Pipeline made;
    made.nodes = {
        node("in", "counter", {{"rows", 600}}),
        node("rows", "select",
             {{"columns",
               {"n", "CAST(n % 5 AS STRING) AS k", "CAST(0 AS DOUBLE) AS x", "CAST(1 AS DOUBLE) AS y",
                "TIMESTAMPADD(SECOND, n, TIMESTAMP '2024-03-01 00:00:00') AS ts"}}}),
        node("time", "event_time", {{"column", "ts"}}),
        learner(),
        node("marked", "select",
             {{"columns", {"n * 2 + CASE WHEN predicted = 0.0 THEN 1 ELSE 0 END AS code"}}}),
        node("out", "ledger")};
    made.wires = {wire("in", "rows"), wire("rows", "time"), wire("time", "learns"), wire("learns", "marked"),
                  wire("marked", "out")};
    PlanOptions planning;
    planning.parallelism = parallelism;
    const Planned planned = makePlan(made, failingKinds(), planning);
    for (const Issue& issue : planned.issues) std::printf("%s\n", english(issue).c_str());
    expect(planned.plan != nullptr, "the pipeline plans");
    if (!planned.plan) return;
    RunOptions options = seeded(seed);
    options.checkpoints = {shelfStore(), 20, true};
    options.restart = *parseRestart("fixed:2ms:unlimited");
    auto run = Run::start(planned.plan, options);
    expect(run.ok(), "the run starts");
    if (!run.ok()) return;
    while ((*run)->metrics().checkpoints.taken < 3 && !(*run)->waitFor(1)) {
    }
    World::the().fails["store"] = {World::the().calls("store") + 1};
    expect(reset(**run).ok(), "a reset may be asked for");
    (*run)->wait();
    expect((*run)->status().ok(), "the run ends well");
    expect((*run)->metrics().restart.restarts == 1, "it was restarted");
    std::map<std::int64_t, std::size_t> fresh;
    std::vector<std::int64_t> rows = World::the().placed();
    expect(rows.size() == 600, "all rows are there once");
    for (const std::int64_t row : rows) fresh[row / 2 % kKeys] += static_cast<std::size_t>(row % 2);
    for (const auto& [key, times] : fresh)
        expect(times == 2, "each key begins with the first row, and once more behind the checkpoint");
}

/// The replays of a run have its rows, at every degree and when they are left and resumed.
void onATape(bool two, int parallelism, bool checkpoints) {
    World::the().clear();
    const Pipeline pipeline = learning(two, 3'000, 2'000);
    RunOptions options;
    options.batchRows = 16;
    if (checkpoints) options.checkpoints = {shelfStore(), 50, true};
    const Recorded run = recordedWhile(pipeline, parallelism, options, [](Run& begun) {
        for (int number = 0; number < 3; ++number) {
            expect(rowsCame(begun, 300), "rows come");
            expect(reset(begun).ok(), "a reset may be asked for");
            expect(says(begun, "Reset as asked"), "a note tells it");
        }
    });
    if (!run.tape) return;
    expect(run.status.ok() && run.tape->whole(), "the tape is whole");
    expectResets(run.outcome, 3, "in the recorded run");
    const auto seed = static_cast<std::uint64_t>(parallelism);
    sameAtEveryDegree(pipeline, run, seed);
    for (const std::uint64_t step : {5U, 20U, 60U, 200U}) goesOnAt(pipeline, run, seed, step);
    RunOptions again;
    again.replay = makeTapePlayer(run.tape, 0);
    auto replay = Run::start(tapedPlan(pipeline, 2), again);
    expect(replay.ok() && !reset(**replay).ok(), "a replay takes no request");
}

}  // namespace

int main() {
    for (const bool two : {false, true}) {
        for (const int parallelism : {1, 4}) {
            for (const bool checkpoints : {false, true}) {
                whileItRuns(two, parallelism, checkpoints);
                onATape(two, parallelism, checkpoints);
            }
        }
    }
    learntRowsAreCounted();
    refused();
    atTheEnds();
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        restarted(seed, 1);
        restarted(seed, 4);
    }
    return summary();
}
