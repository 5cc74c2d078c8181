// Runs between a queue and a topic of a broker, with tables of two databases beside it: killed before and
// behind any call, and failing in any. Nothing is acknowledged before it is durable, every row is there once,
// and every message is acknowledged in the end.
#include <chrono>
#include <thread>
#include <utility>

#include "core/base/random.h"
#include "tests/engine/outside_line.h"
#include "tests/support/child.h"
#include "tests/support/random_cases.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;
using namespace rw::test::outside;

namespace {

constexpr Millis kPatience = 120'000;  // a disk that discards may take half a minute for a sync

/// Often around the decision.
Kill killOf(std::uint64_t seed, std::uint64_t number) {
    static const std::vector<std::pair<const char*, bool>> kCalls{
        {"write", true},   {"commit", false},      {"commit", true},      {"decided", false},
        {"decided", true}, {"acknowledge", false}, {"acknowledge", true}, {"prepare", true},
        {"settle", false}, {"settle", true},       {"begun", true},       {"finish", false}};
    const std::uint64_t chance = splitMix64(seed, number);
    const std::uint64_t more = splitMix64(seed, number + 100);
    if (chance % 3 == 0) return {{}, more % 2 == 0, 1 + static_cast<int>(more / 2 % 120)};
    const auto& [call, behind] = kCalls[chance / 3 % kCalls.size()];
    return {call, behind, 1 + static_cast<int>(more % 5)};
}

struct Asked {
    int committed = 0, lost = 0;
};

/// Killed three times, then let go on to its end. How it ends.
bool killedAgainAndAgain(std::uint64_t seed, const Habits& habits, Asked& asked) {
    const testing::ScratchFolder scratch("outside_world");
    const Line line(scratch.path(), pipeline(), habits, seed % 2 == 0 ? "first.db" : "own.sqlite");
    for (std::uint64_t number = 0; number < 3; ++number) {
        if (leg(line, killOf(seed, number))) break;
        if (const Epoch pending = line.pending(); pending > 0) {
            FakeBroker broker(line.broker());
            const bool there = broker.stateOf(std::string(kLine) + "/out", pending) == Transaction::Committed;
            ++(there ? asked.committed : asked.lost);
        }
    }
    // A finished run is not begun again.
    return (line.isFinished() || leg(line, {})) &&
           isWhole(line, habits.queue == QueueFault::None && habits.topic == TopicFault::None);
}

void killed() {
    Asked asked;
    for (const std::uint32_t seed : seedsOf(suites::OutsideKills)) {
        const bool whole = killedAgainAndAgain(seed, {.reads = seed % 4 >= 2}, asked);
        if (!whole) std::printf("seed %u\n", seed);
        expect(whole, "killed anywhere, every row is everywhere once, and acknowledged");
    }
    if (std::getenv("RILLWRIGHT_CASE")) return;
    // The seeds of a run with sanitizers are few, and may all miss one side of the commit.
    for (std::uint64_t seed = 1; seed <= 200 && (asked.committed < 2 || asked.lost < 2); ++seed)
        expect(killedAgainAndAgain(seed, {}, asked), "killed anywhere, every row is everywhere once");
    expect(asked.committed > 1, "some were killed behind the commit, before it was known");
    expect(asked.lost > 1, "and some before it");
}

/// A breach of the contracts loses rows or doubles them, and is found.
void mutants() {
    const Habits all[] = {{QueueFault::AcknowledgesAtOnce, TopicFault::None},
                          {QueueFault::AcknowledgesAtBarriers, TopicFault::None},
                          {QueueFault::AcknowledgesAll, TopicFault::None},
                          {QueueFault::CantHearTwice, TopicFault::None},
                          {QueueFault::None, TopicFault::DoesNotDecide},
                          {QueueFault::None, TopicFault::SaysCommitted},
                          {QueueFault::None, TopicFault::SaysLost},
                          {QueueFault::None, TopicFault::ForgetsToCommit}};
    for (const Habits& habits : all) {
        bool found = false;
        Asked asked;
        for (std::uint64_t seed = 1; seed <= 80 && !found; ++seed)
            found = !killedAgainAndAgain(seed, habits, asked);
        if (!found)
            std::printf("queue %d, topic %d\n", static_cast<int>(habits.queue),
                        static_cast<int>(habits.topic));
        expect(found, "who breaks the contract is found");
    }
}

RunOptions seeded(std::uint64_t seed) {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    options.batchRows = 1 + seed % 7;
    return options;
}

/// Calls of the outside world fail, some of them behind their effect; the run goes on by itself.
void failing() {
    std::uint64_t restarts = 0;
    for (const std::uint32_t seed : seedsOf(suites::OutsideFailures)) {
        const testing::ScratchFolder scratch("outside_failures");
        const Line line(scratch.path(), pipeline(), {.reads = seed % 2 == 0});
        FakeBroker broker(line.broker());
        FakeBroker::use(&broker);
        std::uint64_t calls = 0;
        const auto chance = [&calls, seed](const std::string& call, bool behind) -> Status {
            // The first start is not tried again.
            if (++calls < 20 || splitMix64(seed, calls) % 25 != 0) return {};
            return {ErrorCode::Io, RW_TEXT("test", "The world failed: %1, %2.").with(call, behind ? 1 : 0)};
        };
        broker.before = [&](const std::string& call) { return chance(call, false); };
        broker.after = [&](const std::string& call) { return chance(call, true); };
        RunOptions options = seeded(seed);
        const Result<RestartStrategy> strategy = parseRestart("fixed:10ms:unlimited");
        options.restart = *strategy;
        const auto run = line.next(options);
        expect(run != nullptr, "it starts");
        if (!run) return;
        run->wait();
        FakeBroker::use(nullptr);
        const bool ended = run->state() == RunState::Finished;
        if (!ended || !isWhole(line)) std::printf("seed %u\n", seed);
        expect(ended && isWhole(line), "failing anywhere, every row is everywhere once, and acknowledged");
        expect(run->metrics().sourceRows == static_cast<std::uint64_t>(kRows), "and counts once");
        restarts += run->metrics().restart.restarts;
    }
    if (!std::getenv("RILLWRIGHT_CASE")) expect(restarts > 20, "runs were tried again");
}

template <class Holds>
bool comesAbout(Holds&& holds) {
    for (Millis waited = 0; waited < kPatience; waited += 5) {
        if (holds()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

/// With a last checkpoint all that was given is acknowledged, and nothing else.
void stopped(bool reads) {
    const testing::ScratchFolder scratch("outside_stopped");
    const Line line(scratch.path(), pipeline(), {.reads = reads});
    FakeBroker broker(line.broker());
    for (int leg = 0; leg < 4; ++leg) {
        const auto run = line.next({});
        if (!run) break;
        const std::uint64_t before = broker.acknowledged("in");
        expect(comesAbout([&] { return run->finished() || broker.acknowledged("in") >= before + 5; }),
               "rows are acknowledged while it runs");
        run->stop(StopMode::Now);
        expect(run->waitFor(kPatience), "it stops");
        const Numbers there = inTopic(broker, "out");
        expect(there == upTo(static_cast<std::int64_t>(broker.acknowledged("in"))),
               "what is in the topic is acknowledged, and nothing else");
    }
    while (const auto run = line.next({})) run->wait();
    expect(isWhole(line), "it ends with every row");
}

/// A source that has ended hears of its end while others go on; a sink whose input has ended decides all the
/// same.
void endedEarly(bool reads) {
    const testing::ScratchFolder scratch("outside_ended");
    Pipeline two;
    two.nodes = {queue("in", 5), node("out", "topic"), queue("long", 4'000), table("apart", "second.db")};
    two.wires = {wire("in", "out"), wire("long", "apart")};
    const Line line(scratch.path(), two, {.reads = reads});
    FakeBroker broker(line.broker());
    const auto run = line.next({});
    expect(run != nullptr, "it starts");
    if (!run) return;
    expect(comesAbout([&] { return broker.acknowledged("in") == 5; }), "the end of one is acknowledged");
    const std::uint64_t before = broker.acknowledged("long");
    expect(comesAbout([&] { return broker.acknowledged("long") > before + 20; }), "checkpoints come about");
    expect(!run->finished(), "while the other goes on");
    expect(inTopic(broker, "out") == upTo(5), "and its rows are committed");
    run->stop(StopMode::Now);
    expect(run->waitFor(kPatience), "it stops");
}

/// While it is paused, the source hears of the checkpoints that are taken.
void paused(bool reads) {
    const testing::ScratchFolder scratch("outside_paused");
    Pipeline one;
    one.nodes = {queue("in", 4'000), node("out", "topic")};
    one.wires = {wire("in", "out")};
    const Line line(scratch.path(), one, {.reads = reads});
    FakeBroker broker(line.broker());
    const auto run = line.next({});
    if (!run) return;
    expect(comesAbout([&] { return broker.acknowledged("in") > 10; }), "rows are acknowledged");
    run->pause();
    expect(comesAbout([&] { return broker.acknowledged("in") == run->metrics().sourceRows; }),
           "all that was given is acknowledged in a pause");
    run->stop(StopMode::Discard);
}

void onlyOneDecides() {
    const testing::ScratchFolder scratch("outside_two");
    Pipeline two;
    two.nodes = {queue("in", 5), node("out", "topic"), node("too", "topic")};
    two.wires = {wire("in", "out"), wire("in", "too")};
    const Catalogue kinds = kindsOf({});
    const Planned planned = makePlan(two, kinds, PlanOptions());
    FakeBroker broker;
    FakeBroker::use(&broker);
    CheckpointStoreOptions store;
    store.location = locationInFolder(scratch.path().string(), (scratch.path() / "p.rill").string());
    store.lineage = kLine;
    RunOptions options;
    options.checkpoints = {makeCheckpointStore(std::move(store)), 5, true};
    const auto run = Run::start(planned.plan, options);
    FakeBroker::use(nullptr);
    expect(!run.ok() && english(run.error()).find("both decide") != std::string::npos, "two can't decide");
    expect(broker.calls("begin") == 0, "and nothing was begun");
}

}  // namespace

int main() {
    killed();
    mutants();
    failing();
    for (const bool reads : {false, true}) {
        stopped(reads);
        endedEarly(reads);
        paused(reads);
    }
    onlyOneDecides();
    return summary();
}
