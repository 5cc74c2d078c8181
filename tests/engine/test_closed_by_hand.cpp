// Windows that are closed by hand at random moments of a run: every row counts once, in the result of its
// window or as a late one, also where the run is left and resumed; and replays of its tape have its rows.
#include <algorithm>
#include <random>
#include <set>

#include "tests/engine/taped_runs.h"
#include "tests/support/newest_checkpoint.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kWorld = 1'500, kSize = 50;

/// Closes windows near to the time of the world, some behind it, until the run ends or `until` has come.
void close(Run& run, std::uint64_t seed, Millis until) {
    std::mt19937 random(static_cast<unsigned>(seed));
    for (Millis at = 0; at < until;) {
        const auto wait = static_cast<Millis>(20 + random() % 200);
        if (run.waitFor(wait)) return;
        at += wait;
        const Instant end = kNoon + (at / kSize + static_cast<Instant>(random() % 3)) * kSize;
        (void)run.closeWindows("windows", end);  // it may be over by now
    }
}

/// Of the tables of twoSources().
void everyRowCountsOnce(const Outcome& outcome, const std::string& name) {
    std::int64_t counted = 0;
    std::set<std::vector<Value>> fired;
    for (const TableRow& row : outcome[0]) {
        counted += std::get<std::int64_t>(row[4]);
        fired.insert({row[0], row[3]});
    }
    expect(fired.size() == outcome[0].size(), (name + "each window of a key has one result").c_str());
    expect(counted + static_cast<std::int64_t>(outcome[1].size()) ==
               static_cast<std::int64_t>(outcome[2].size()),
           (name + "a row is in a window, or late").c_str());
}

void onATape(std::uint64_t seed, std::size_t& late) {
    play(seed, 0, kWorld, true);
    const Pipeline pipeline = twoSources();
    const Recorded run = recordedWhile(pipeline, 1 + static_cast<int>(seed % 4), seeded(seed),
                                       [seed](Run& begun) { close(begun, seed, 10 * kWorld); });
    if (!run.tape) return;
    const std::string name = fmt::format("world {}: ", seed);
    expect(run.status.ok() && run.tape->whole(), (name + "the tape is whole").c_str());
    everyRowCountsOnce(run.outcome, name);
    late += run.outcome[1].size();
    sameAtEveryDegree(pipeline, run, seed);
    for (const std::uint64_t step : {50U, 400U}) goesOnAt(pipeline, run, seed, step);
}

void leftAndResumed(std::uint64_t seed) {
    play(seed, 0, kWorld, true);
    const Pipeline pipeline = twoSources();
    const auto store = std::make_shared<NewestCheckpoint>();
    RunOptions options = seeded(seed);
    options.checkpoints.store = store;
    options.checkpoints.every = 90;
    const auto left = Run::start(tapedPlan(pipeline, 2), options);
    expect(left.ok(), "the run starts");
    if (!left.ok()) return;
    close(**left, seed, kWorld / 2);
    // A kill has the newest one that is there, a stop its last one.
    (*left)->stop(seed % 2 == 0 ? StopMode::Discard : StopMode::Now);
    (*left)->wait();
    if (!store->newest || store->newest->ended) return;
    play(seed, 0, kWorld, true);
    RunOptions going = seeded(seed + 7);
    going.restore = store->newest;
    const auto resumed = Run::start(tapedPlan(pipeline, 3), going);
    expect(resumed.ok(), "the run resumes");
    if (!resumed.ok()) return;
    close(**resumed, seed + 1, 10 * kWorld);
    (*resumed)->wait();
    expect((*resumed)->status().ok(), "it ends well");
    everyRowCountsOnce(outcomeOf(**resumed), fmt::format("world {}, resumed: ", seed));
}

}  // namespace

int main() {
    std::size_t late = 0;
    for (const std::uint64_t seed : seedsOf(suites::WindowsClosedByHand)) {
        onATape(seed, late);
        leftAndResumed(seed);
    }
    expect(late > 0, "rows come too late for windows that were closed");
    return summary();
}
