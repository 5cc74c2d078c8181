// Runs whose source, sink or place of checkpoints fails, again and again: they go on by themselves and end
// with the rows of one that did not fail, each once and counted once; or they say why they can't.
#include <algorithm>
#include <chrono>
#include <string_view>
#include <thread>

#include "core/base/random.h"
#include "core/runtime/run.h"
#include "tests/engine/failing_world.h"
#include "tests/support/expect.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::int64_t kRows = 300;
constexpr std::int64_t kRejected = 10;  ///< the row that fails in the node between
constexpr std::int64_t kUnknown = 200;  ///< the row for which its condition is NULL

std::shared_ptr<const Plan> plan(int parallelism = 2) {
    Pipeline pipeline;
    pipeline.nodes = {
        node("in", "counter", {{"rows", kRows}}),
        node("some", "filter", {{"condition", "1 / (n - 10) IS NOT NULL AND NULLIF(n, 200) >= 0"}}),
        node("out", "ledger")};
    pipeline.wires = {wire("in", "some"), wire("some", "out")};
    PlanOptions options;
    options.parallelism = parallelism;
    const Planned planned = makePlan(pipeline, failingKinds(), options);
    for (const Issue& issue : planned.issues) std::printf("%s\n", english(issue).c_str());
    expect(planned.plan != nullptr, "the pipeline plans");
    return planned.plan;
}

RestartStrategy strategy(const char* text) {
    const Result<RestartStrategy> parsed = parseRestart(text);
    expect(parsed.ok(), text);
    return parsed.ok() ? *parsed : RestartStrategy();
}

RunOptions options(const char* restart, bool checkpoints = true) {
    RunOptions made;
    made.restart = strategy(restart);
    if (checkpoints) made.checkpoints = {shelfStore(), 20, true};
    return made;
}

RunOptions seeded(RunOptions made, std::uint64_t seed = 1) {
    made.executor = ExecutorKind::Seeded;
    made.seed = seed;
    made.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    return made;
}

std::unique_ptr<Run> started(const RunOptions& made, int parallelism = 2) {
    auto run = Run::start(plan(parallelism), made);
    if (!run.ok()) std::printf("%s\n", english(run.error()).c_str());
    expect(run.ok(), "the run starts");
    return run.ok() ? std::move(*run) : nullptr;
}

bool allThere() {
    std::vector<std::int64_t> rows = World::the().placed();
    std::sort(rows.begin(), rows.end());
    std::vector<std::int64_t> expected;
    for (std::int64_t n = 0; n < kRows; ++n) {
        if (n != kRejected && n != kUnknown) expected.push_back(n);
    }
    return rows == expected;
}

bool says(const Run& run, const char* words) {
    const Status status = run.status();
    const std::string said = status.ok() ? std::string() : english(status.error());
    if (said.find(words) == std::string::npos) std::printf("said: %s\n", said.c_str());
    return said.find(words) != std::string::npos;
}

void countedOnce(const Run& run) {
    const RunMetrics metrics = run.metrics();
    expect(metrics.sourceRows == kRows, "a row that came again counts once at its source");
    expect(metrics.nodes.at("in").rowsOut == kRows, "and in the figures of the source");
    expect(metrics.nodes.at("some").rowsIn == kRows, "at a node that is fused with it");
    expect(metrics.nodes.at("out").rowsIn == kRows - 2, "and at the sink");
    expect(metrics.nodes.at("some").nullDropped == 1, "and where its condition is NULL");
    expect(metrics.wires.at(0).rows == kRows, "and on the wire of the source");
    expect(metrics.wires.at(1).rows == kRows - 2, "and on the one to the sink");
    expect(metrics.rejected == 1 && run.keptRows().size() <= 1, "no rejected row is there twice");
}

/// Failures of every kind at moments that chance picks.
void setFailures(std::uint64_t seed) {
    World& world = World::the();
    world.clear();
    std::uint64_t dice = 0;
    const auto some = [&](const char* what, int first, int calls, int count) {
        for (int i = 0; i < count; ++i) {
            const auto face = splitMix64(seed, dice++) % static_cast<std::uint64_t>(calls);
            world.fails[what].insert(first + static_cast<int>(face));
        }
    };
    some("read", 1, 400, 3);
    some("write", 1, 400, 3);
    some("prepare", 1, 20, 2);
    some("store", 1, 20, 2);
    some("commit", 1, 20, 2);
    some("finish", 1, 2, 1);
    // The first start is not tried again.
    for (const char* what : {"open source", "open sink", "open store"}) some(what, 2, 8, 2);
    some("read store", 1, 8, 2);
}

void exactlyOnce() {
    std::uint64_t restarts = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        setFailures(seed);
        const auto run = started(seeded(options("exponential:10ms:1s:unlimited:1h"), seed),
                                 1 + static_cast<int>(seed % 3));
        if (!run) return;
        run->wait();
        expect(run->state() == RunState::Finished && run->status().ok(), "it comes to its end");
        expect(World::the().finished(), "and has nothing to resume from");
        expect(allThere(), "every row is in place once");
        countedOnce(*run);
        restarts += run->metrics().restart.restarts;
    }
    expect(restarts > 100, "runs were tried again");
}

void onThreads() {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        setFailures(seed * 100);
        const auto run = started(options("fixed:2ms:unlimited"), 3);
        if (!run) return;
        std::atomic<bool> over{false};
        std::thread looking([&] {
            while (!over) {
                (void)run->metrics();
                (void)run->state();
                (void)run->view("out");
                if (const auto tap = run->tap("some", 0)) (void)tap->recent();
            }
        });
        expect(run->waitFor(60'000), "it ends");
        over = true;
        looking.join();
        expect(run->state() == RunState::Finished && allThere(), "with every row in place once");
        countedOnce(*run);
    }
}

/// Destroyed, or stopped, whenever.
void leftAlone() {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        setFailures(seed * 1'000);
        const auto run = started(options("fixed:1ms:unlimited"));
        if (!run) return;
        (void)run->waitFor(static_cast<Millis>(splitMix64(seed) % 60));
        if (seed % 2 == 0) run->stop(StopMode::Now);
        if (seed % 4 == 0) expect(run->waitFor(20'000), "a stop ends it");
    }
    setFailures(9);
    const auto run = started(seeded(options("fixed:1h:3")));
    if (run) (void)run->waitFor(60);
}

void givenUp() {
    World::the().clear();
    World::the().failsFrom["read"] = 50;
    const auto run = started(seeded(options("exponential:1s:4s:4:1h")));
    if (!run) return;
    run->wait();
    const RunMetrics metrics = run->metrics();
    expect(run->state() == RunState::Failed && says(*run, "The world failed: read."), "the cause is told");
    expect(says(*run, "It was given up after 4 tries."), "and that it was given up");
    expect(run->status().error().node == "in", "and where");
    expect(metrics.restart.restarts == 4 && !metrics.restart.waiting(), "it was tried four times");
    // 1 + 2 + 4 + 4 s, each a tenth more or less.
    expect(metrics.seconds > 9.9 && metrics.seconds < 12.3, "the pauses double up to the longest");
    expect(!run->takeNotes().empty() && metrics.nodes.at("in").noteCount >= 8, "its node says how it went");
}

void whatTimeDoesNotMend() {
    for (const ErrorCode code :
         {ErrorCode::Invalid, ErrorCode::Row, ErrorCode::Internal, ErrorCode::Denied, ErrorCode::Refused}) {
        World::the().clear();
        World::the().code = code;
        World::the().fails["read"] = {50};
        const auto run = started(seeded(options("exponential")));
        if (!run) return;
        run->wait();
        expect(run->state() == RunState::Failed && run->metrics().restart.restarts == 0,
               "what time does not mend is not tried again");
    }
    World::the().clear();
    World::the().code = ErrorCode::NotFound;
    World::the().lasts = true;
    World::the().fails["read"] = {50};
    const auto missing = started(seeded(options("exponential")));
    if (!missing) return;
    missing->wait();
    expect(missing->state() == RunState::Failed && missing->metrics().restart.restarts == 0,
           "nor is what somebody must create first");
    for (const char* what : {"read", "write", "prepare", "commit"}) {
        World::the().clear();
        World::the().outOfMemory = true;
        World::the().fails[what] = {3};
        const auto run = started(seeded(options("exponential")));
        if (!run) return;
        run->wait();
        expect(run->state() == RunState::Failed && run->metrics().restart.restarts == 0 &&
                   says(*run, "not enough memory"),
               "memory that is missing is not there later either");
    }
    World::the().clear();
    World::the().fails["read"] = {50};
    const auto run = started(seeded(options("none")));
    if (!run) return;
    run->wait();
    expect(run->state() == RunState::Failed && World::the().calls("open source") == 1,
           "nor is anything by none");
}

void theFirstStart() {
    World::the().clear();
    World::the().fails["open sink"] = {1};
    expect(!Run::start(plan(), options("exponential")).ok(), "the first start tells who asked for it");
    expect(World::the().calls("open sink") == 1, "and is not tried again");
}

/// A sink that was opened learns that its rows wait for a run that resumes, before its shared objects are
/// closed.
void whatWasOpenedBefore() {
    World::the().clear();
    World::the().fails["open sink"] = {2};
    Pipeline pipeline;
    pipeline.nodes = {node("in", "counter", {{"rows", kRows}}), node("out", "ledger"), node("too", "ledger")};
    pipeline.wires = {wire("in", "out"), wire("in", "too")};
    const Planned planned = makePlan(pipeline, failingKinds(), PlanOptions());
    expect(!Run::start(planned.plan, seeded(options("none"))).ok(), "the second sink does not open");
    expect(World::the().calls("abort") == 1 && World::the().calls("close") == 1,
           "the first is told to leave what waits");
}

void stoppedInTheWait() {
    World::the().clear();
    World::the().fails["read"] = {70};
    const RunOptions made = seeded(options("fixed:1h:3"));
    auto run = started(made);
    if (!run) return;
    expect(!run->waitFor(1'000), "it waits");
    const RunMetrics metrics = run->metrics();
    expect(run->state() == RunState::Restarting && metrics.state == RunState::Restarting, "and says so");
    expect(metrics.restart.waiting() && metrics.restart.attempt == 1 && metrics.restart.attempts == 3,
           "with the try that it waits for");
    expect(metrics.restart.in > 3'590'000 && metrics.restart.in <= 3'600'000, "and until when");
    expect(metrics.restart.node == "in" && !metrics.restart.cause.empty(), "and why");
    run->stop(StopMode::Now);
    expect(run->waitFor(1'000), "a stop ends the wait");
    expect(made.clock->steadyMillis() < 10'000, "at once");
    expect(run->state() == RunState::Stopped && run->status().ok(), "as a stop, for a checkpoint is kept");
    run.reset();
    RunOptions resumed = seeded(options("none"));
    resumed.restore = World::the().newest();
    expect(resumed.restore && resumed.restore->number > 0, "it is there");
    const auto next = started(resumed);
    if (!next) return;
    next->wait();
    expect(allThere(), "another run resumes from it");
}

/// A checkpoint to resume from, with the state of a run that was stopped.
std::shared_ptr<const StateSnapshot> stoppedCheckpoint() {
    World::the().clear();
    World::the().fails["read"] = {70};
    const auto run = started(seeded(options("fixed:1h:3")));
    if (run) (void)run->waitFor(1'000);
    const auto newest = World::the().newest();
    return newest ? std::make_shared<const StateSnapshot>(*newest) : nullptr;
}

/// It is as large as the state of the run, and may be needed until the first checkpoint, but no longer.
void whatItGoesOnFromIsLetGo() {
    for (const char* restart : {"none", "exponential"}) {
        RunOptions resumed = seeded(options(restart));
        resumed.restore = stoppedCheckpoint();
        if (!resumed.restore) return expect(false, "there is something to resume from");
        const std::weak_ptr<const StateSnapshot> kept = resumed.restore;
        auto run = Run::start(plan(), std::move(resumed));
        expect(run.ok(), "it goes on");
        if (!run.ok()) return;
        const bool restarts = std::string_view(restart) != "none";
        expect(kept.expired() == !restarts, "only a restart would need it");
        for (int looks = 0; (*run)->metrics().checkpoints.taken == 0 && looks < 1'000; ++looks)
            (void)(*run)->waitFor(1);
        expect((*run)->metrics().checkpoints.taken > 0 && !(*run)->finished(), "a checkpoint is whole");
        expect(kept.expired(), "from then on nothing needs it");
        (*run)->wait();
        expect(allThere(), "and it comes to its end");
    }
}

/// Without a checkpoint of its own it begins again where it began, not at the start of its source.
void goesOnFromThereAgain() {
    const auto from = stoppedCheckpoint();
    if (!from) return expect(false, "there is something to resume from");
    RunOptions first = seeded(options("none", false));
    first.restore = from;
    World::the().clear();
    const auto whole = started(first);
    if (!whole) return;
    whole->wait();
    const std::uint64_t rows = whole->metrics().sourceRows;
    expect(rows > 0 && rows < kRows, "it gives the rest");
    RunOptions again = seeded(options("exponential", false));
    again.restore = from;
    World::the().clear();
    World::the().fails["read"] = {20, 60};
    const auto run = started(again);
    if (!run) return;
    run->wait();
    expect(run->state() == RunState::Finished && run->metrics().restart.restarts == 2, "tried again, twice");
    expect(run->metrics().sourceRows == rows, "from where it began");
}

/// The same on threads: stopping and looking never wait.
void stoppedOnThreads() {
    World::the().clear();
    World::the().fails["read"] = {70};
    const auto run = started(options("fixed:1h:3"));
    if (!run) return;
    for (int looks = 0; run->state() != RunState::Restarting && looks < 20'000; ++looks)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    expect(run->state() == RunState::Restarting, "it waits");
    run->stop(StopMode::Now);
    expect(run->waitFor(10'000) && run->state() == RunState::Stopped, "and is stopped");
}

void pausedInTheWait() {
    World::the().clear();
    World::the().fails["read"] = {70};
    const auto run = started(seeded(options("fixed:10s:3")));
    if (!run) return;
    (void)run->waitFor(1'000);
    run->pause();
    expect(!run->waitFor(60'000) && run->state() == RunState::Paused, "a pause outlasts the wait");
    expect(run->metrics().restart.restarts == 1, "which has ended all the same");
    run->resume();
    run->wait();
    expect(allThere(), "and it goes on");
}

void withoutCheckpoints() {
    World::the().clear();
    World::the().fails["read"] = {70, 200};
    World::the().fails["write"] = {150};
    auto run = started(seeded(options("exponential", false)));
    if (!run) return;
    run->wait();
    expect(run->state() == RunState::Finished && allThere(), "nothing was in place: it begins again");
    expect(run->metrics().restart.restarts == 3 && run->metrics().restart.from == 0, "each time");
    countedOnce(*run);

    World::the().clear();
    World::the().fails["read"] = {70};
    World::the().inPlace = true;
    run = started(seeded(options("exponential", false)));
    if (!run) return;
    run->wait();
    expect(run->state() == RunState::Failed && says(*run, "would come twice"), "rows that are in place stay");
    expect(World::the().placed().size() < 70, "and did not come twice");
}

void whatCannotGoOn() {
    World::the().clear();
    World::the().fails["read"] = {70};
    World::the().readOnce = true;
    auto run = started(seeded(options("exponential")));
    if (!run) return;
    run->wait();
    expect(run->state() == RunState::Failed && says(*run, "can't give again what it gave"),
           "a pipe is not read again");

    World::the().clear();
    World::the().fails["read"] = {70};
    World::the().isTransactional = false;
    run = started(seeded(options("exponential")));
    if (!run) return;
    run->wait();
    expect(run->state() == RunState::Failed && says(*run, "without losing or repeating rows"),
           "nor does a sink go on that no checkpoint has");

    World::the().clear();
    World::the().fails["read"] = {70};
    World::the().taken = true;
    run = started(seeded(options("exponential")));
    if (!run) return;
    run->wait();
    expect(run->state() == RunState::Failed && says(*run, "The world failed: read.") &&
               says(*run, "The run can't go on: It was taken."),
           "nor a run whose checkpoints another one has taken the place of");
}

void looksOutlastIt() {
    World::the().clear();
    World::the().fails["write"] = {100};
    RunOptions made = seeded(options("exponential"));
    made.tapAll = true;
    const auto run = started(made, 1);
    if (!run) return;
    const std::shared_ptr<Tap> tap = run->tap("some", 0);
    run->wait();
    expect(tap && tap == run->tap("some", 0), "a tap stays through a restart");
    std::int64_t last = -1;
    for (const Batch& batch : tap->recent()) last = batch.column(0).at<std::int64_t>(batch.rows - 1);
    expect(last == kRows - 1, "and has what came after it");
}

}  // namespace

int main() {
    exactlyOnce();
    onThreads();
    leftAlone();
    givenUp();
    whatTimeDoesNotMend();
    theFirstStart();
    whatWasOpenedBefore();
    stoppedInTheWait();
    whatItGoesOnFromIsLetGo();
    goesOnFromThereAgain();
    stoppedOnThreads();
    pausedInTheWait();
    withoutCheckpoints();
    whatCannotGoOn();
    looksOutlastIt();
    return summary();
}
