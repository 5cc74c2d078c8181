// The tape of a run: a replay has the same tables at every degree, schedule and speed, for any order of
// arrival, idle partitions, and end of the run; also from a snapshot of a replay, and when the disk was
// full while it was recorded.
#include <algorithm>
#include <cerrno>

#include "core/base/random.h"
#include "core/tape/rolling/rolling_tape.h"
#include "core/tape/tape_player.h"
#include "tests/engine/random_pipeline.h"
#include "tests/engine/taped_runs.h"
#include "tests/support/child.h"
#include "tests/support/random_cases.h"
#include "tests/support/tape_in_memory.h"

using namespace rw;
using namespace rw::test;

namespace {

void whateverCameWhen() {
    std::size_t late = 0;
    for (const std::uint64_t seed : seedsOf(suites::Tapes)) {
        play(seed, 0, 1'500, true);
        const Pipeline pipeline = twoSources();
        const Recorded run = recorded(pipeline, 1 + static_cast<int>(seed % 3), seeded(seed));
        if (!run.tape) return;
        expect(run.tape->whole() && run.metrics.tape.trouble.empty(), "the tape is whole");
        const auto& nodes = run.metrics.nodes;
        expect(run.metrics.tape.rows == nodes.at("left").rowsIn + nodes.at("right").rowsIn,
               "all rows are on it");
        late += run.metrics.late;
        sameAtEveryDegree(pipeline, run, seed);
    }
    expect(late > 0, "some rows are late, for sources were idle");
}

/// On threads, by the clock of the machine: it could not be repeated without a tape.
void inRealTime() {
    for (const std::uint64_t seed : seedsOf(suites::TapesInRealTime)) {
        play(seed, systemClock()->steadyMillis() + 20, 250, true);
        const Pipeline pipeline = twoSources();
        const Recorded run = recorded(pipeline, 1 + static_cast<int>(seed % 5), {});
        if (!run.tape) return;
        expect(rowsIn(run.outcome) > 0, "rows come");
        sameAtEveryDegree(pipeline, run, seed);
    }
}

void ofARunThatIsStopped() {
    for (const std::uint64_t seed : seedsOf(suites::TapesStopped)) {
        play(seed, 0, 1'500, false);
        const Pipeline pipeline = twoSources();
        const Recorded run =
            recorded(pipeline, 2, seeded(seed), 300 + static_cast<Millis>(splitMix64(seed) % 900));
        if (!run.tape) return;
        expect(run.tape->whole() && run.tape->end().stopped, "the tape says that the run was stopped");
        sameAtEveryDegree(pipeline, run, seed);
    }
}

/// Keys that end by the clock, for their rows have no event time: the tape has when those were read.
void whatEndsByTheClock() {
    Pipeline pipeline;
    pipeline.nodes = {
        node("left", "scripted", {{"outside", "left"}}),
        node("counts", "group_aggregate",
             {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "SUM(v) AS total"}}, {"state_ttl", "60ms"}}),
        node("rows", "table_view", {{"keep", 20'000}})};
    pipeline.wires = {wire("left", "counts"), wire("counts", "rows")};
    Pipeline forEver = pipeline;
    forEver.nodes[1].params.erase("state_ttl");
    bool ended = false;
    for (const std::uint64_t seed : seedsOf(suites::TapesWithTtl)) {
        play(seed, 0, 1'500, true);
        const Recorded run = recorded(pipeline, 1 + static_cast<int>(seed % 3), seeded(seed));
        if (!run.tape) return;
        ended = ended || replayed(forEver, 1, run.tape) != run.outcome;
        sameAtEveryDegree(pipeline, run, seed);
    }
    expect(ended, "keys end");
}

void ofRandomPipelines() {
    for (const unsigned number : seedsOf(suites::TapesOfPipelines)) {
        Pipeline pipeline = randomPipeline(number, {});
        for (Node& each : pipeline.nodes) {
            if (each.type == "rows" && number % 2 == 0) each.params["every"] = "1ms";
        }
        const Recorded run = recorded(pipeline, 1 + static_cast<int>(number % 3), seeded(number));
        if (run.tape) sameAtEveryDegree(pipeline, run, number);
    }
}

/// A replay is left at a barrier and resumed.
void fromASnapshotOfAReplay() {
    for (const std::uint64_t seed : seedsOf(suites::TapesGoneOnFrom)) {
        play(seed, 0, 1'500, true);
        const Pipeline pipeline = twoSources();
        const Recorded run = recorded(pipeline, 2, seeded(seed));
        if (!run.tape) return;
        goesOnAt(pipeline, run, seed, 1 + splitMix64(seed) % 400);
    }
}

void atTheSpeedAskedFor() {
    play(1, 0, 1'500, true);
    const Pipeline pipeline = twoSources();
    const Recorded run = recorded(pipeline, 2, seeded(1));
    if (!run.tape) return;
    const auto span = static_cast<double>(run.tape->span());
    expect(span > 1'000, "the tape has a span");
    for (const double speed : {0.5, 1.0, 4.0, 0.0}) {
        RunOptions options = seeded(2);
        options.replay = makeTapePlayer(run.tape, speed);
        const auto again = runToEnd(tapedPlan(pipeline, 2), options);
        if (!again) return;
        expect(outcomeOf(*again) == run.outcome, "the tables are the same at every speed");
        const double expected = speed > 0 ? span / speed / 1'000 : 0;
        const double took = again->metrics().seconds;
        expect(took > expected - 0.1 && took < expected + 0.2,
               fmt::format("speed {}: {} s, not {} s", speed, took, expected).c_str());
    }
}

void upToAMoment() {
    play(7, 0, 1'500, true);
    const Pipeline pipeline = twoSources();
    const Recorded run = recorded(pipeline, 2, seeded(7));
    if (!run.tape) return;
    constexpr Instant kMoment = kNoon + 700;
    const Result<Millis> at = run.tape->whenReached(kMoment);
    expect(at.ok() && *at > 600 && *at < 1'200, "the tape knows when event time had come there");
    if (!at.ok()) return;
    const auto pace = std::make_shared<TapePace>(0);
    pace->holdAt(*at);
    RunOptions options = seeded(8);
    options.replay = makeTapePlayer(run.tape, pace);
    auto again = Run::start(tapedPlan(pipeline, 2), options);
    expect(again.ok(), "its replay starts");
    if (!again.ok()) return;
    expect(!(*again)->waitFor(400), "a replay that is held does not end");
    const RunMetrics held = (*again)->metrics();
    expect(std::min(held.nodes.at("left").watermark, held.nodes.at("right").watermark) >= kMoment,
           "event time has come to the moment");
    expect(held.sourceRows > 0 && held.sourceRows < run.metrics.sourceRows, "and not to the end");
    pace->goOn(0);
    (*again)->wait();
    expect(outcomeOf(**again) == run.outcome, "let go, it has the tables of the run");
}

void ofARunThatFails() {
    play(2, 0, 600, true);
    Pipeline pipeline = twoSources();
    pipeline.nodes.push_back(
        node("fails", "select", {{"columns", {"10 / (v - 25) AS x"}}, {"on_error", "fail"}}));
    pipeline.nodes.push_back(node("never", "table_view"));
    pipeline.wires.push_back(wire("both", "fails"));
    pipeline.wires.push_back(wire("fails", "never"));
    const Recorded run = recorded(pipeline, 2, seeded(3));
    if (!run.tape) return;
    expect(run.tape->whole() && !run.tape->end().failed.ok(), "the tape says that the run failed");
    RunOptions options;
    options.replay = makeTapePlayer(run.tape, 0);
    auto again = Run::start(tapedPlan(pipeline, 1), options);
    expect(again.ok(), "its replay starts");
    if (!again.ok()) return;
    (*again)->wait();
    const Status status = (*again)->status();
    expect(!status.ok() && english(status.error()) == english(run.tape->end().failed.error()),
           "and fails in the same way");
}

void ofOtherSources() {
    play(4, 0, 200, true);
    const Pipeline pipeline = twoSources();
    const Recorded run = recorded(pipeline, 1, seeded(4));
    if (!run.tape) return;
    expect(differences(run.tape->head(), tapedPlan(pipeline, 1)->pipeline).empty(), "nothing differs");
    Pipeline renamed = pipeline;
    for (Node& each : renamed.nodes) {
        if (each.id == "left") each.id = "middle";
    }
    for (Wire& each : renamed.wires) {
        if (each.from.node == "left") each.from.node = "middle";
    }
    RunOptions options;
    options.replay = makeTapePlayer(run.tape, 0);
    const auto refused = Run::start(tapedPlan(renamed, 1), options);
    expect(!refused.ok() && refused.error().node == "middle" && !refused.error().fix.empty(),
           "a source that is not on the tape is named");
    Pipeline edited = pipeline;
    edited.nodes[3].params["size"] = "100ms";
    const std::vector<Text> changes = differences(run.tape->head(), tapedPlan(edited, 1)->pipeline);
    expect(changes.size() == 1 && english(changes.front()) == "The node “windows” has other values: size.",
           "an edit is told of");
    const Outcome outcome = replayed(edited, 2, run.tape);
    expect(!outcome.empty() && rowsIn(outcome) > 0 && outcome != run.outcome, "and replayed");
}

/// The disk fills up, or takes nothing: the run goes on to its end.
void onAFullDisk() {
    play(5, 0, 1'500, true);
    const Pipeline pipeline = twoSources();
    const TapeInMemory tape;
    int writes = 0;
    tape.disk->fails = [&writes](const std::string& what, const std::string&) {
        return what == "write" && ++writes > 3 ? ENOSPC : 0;
    };
    RunOptions options = seeded(5);
    options.record = tape.recorder;
    options.outputs = tape.disk;
    const auto run = runToEnd(tapedPlan(pipeline, 2), options);
    if (!run) return;
    const RunMetrics metrics = run->metrics();
    expect(run->state() == RunState::Finished && !metrics.tape.trouble.empty(), "it says so, and goes on");
    const auto read = readTape(tape.bytes());
    expect(read.ok() && !(*read)->whole(), "the tape says that it was cut");
    if (!read.ok()) return;
    const Outcome once = replayed(pipeline, 1, *read);
    for (const int parallelism : {2, 5})
        expect(replayed(pipeline, parallelism, *read) == once,
               "what is on it is replayed, the same each time");
    expect(rowsIn(once) < rowsIn(outcomeOf(*run)), "and is less than the run had");
}

/// The newest input, which nobody asked for: it lets its room go, and the run has the rows of one without it.
void theNewestInputOnAFullDisk() {
    const Pipeline pipeline = twoSources();
    play(5, 0, 1'500, true);
    const auto without = runToEnd(tapedPlan(pipeline, 2), seeded(5));
    play(5, 0, 1'500, true);
    const testing::ScratchFolder folder("newest_input");
    const auto disk = std::make_shared<MemoryOutputs>();
    int writes = 0;
    disk->fails = [&writes](const std::string& what, const std::string&) {
        return what == "write" && ++writes > 3 ? ENOSPC : 0;
    };
    RollingTapeOptions rolling;
    rolling.parent = folder.path().string();
    rolling.outputs = disk;
    const auto tape = std::make_shared<RollingTape>(rolling);
    RunOptions options = seeded(5);
    options.record = tape;
    const auto run = runToEnd(tapedPlan(pipeline, 2), options);
    if (!run || !without) return expect(false, "both start");
    expect(writes > 3, "the disk was full");
    expect(run->state() == RunState::Finished && outcomeOf(*run) == outcomeOf(*without), "the run goes on");
    expect(!tape->kept().any && !english(tape->kept().trouble).empty(), "the tape says that it ended");
    expect(disk->contents().empty(), "and has no bytes left");
}

void oneThatCanNotBeWritten() {
    const TapeInMemory tape;
    tape.disk->put(kTapePath, "mine");
    RunOptions options = seeded(6);
    options.record = tape.recorder;
    options.outputs = tape.disk;
    expect(!Run::start(tapedPlan(twoSources(), 1), options).ok(), "a run does not start onto another's file");
    expect(tape.bytes() == "mine", "which stays as it is");
}

/// A recorder is of one run: the next one goes on without, and says so.
void onceIsEnough() {
    play(8, 0, 200, true);
    const TapeInMemory tape;
    for (const bool first : {true, false}) {
        RunOptions options = seeded(9);
        options.record = tape.recorder;
        options.outputs = tape.disk;
        const auto run = runToEnd(tapedPlan(twoSources(), 2), options);
        if (!run) return expect(false, "it starts");
        expect(run->state() == RunState::Finished, "it ends well");
        expect(run->metrics().tape.trouble.empty() == first, "the second says that it is not recorded");
    }
    const auto read = readTape(tape.bytes());
    expect(read.ok() && (*read)->whole(), "the tape is that of the first");
}

}  // namespace

int main() {
    whateverCameWhen();
    inRealTime();
    ofARunThatIsStopped();
    whatEndsByTheClock();
    ofRandomPipelines();
    fromASnapshotOfAReplay();
    atTheSpeedAskedFor();
    upToAMoment();
    ofARunThatFails();
    ofOtherSources();
    onAFullDisk();
    theNewestInputOnAFullDisk();
    oneThatCanNotBeWritten();
    onceIsEnough();
    return summary();
}
