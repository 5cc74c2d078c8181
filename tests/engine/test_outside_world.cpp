// Runs between a queue and a topic of a broker, with tables of two databases beside it: killed before and
// behind any call, and failing in any. Nothing is acknowledged before it is durable, every row is there once,
// and what is over is acknowledged.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <numeric>
#include <thread>
#include <utility>

#include "core/base/random.h"
#include "core/base/simulated_clock.h"
#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/support/broker_nodes.h"
#include "tests/support/child.h"
#include "tests/support/fake_broker.h"
#include "tests/support/random_cases.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kRows = 40;
constexpr const char* kLine = "line";
constexpr Millis kPatience = 20'000;

using Numbers = std::vector<std::int64_t>;

/// Its queue and topic may be others than they seem.
struct Habits {
    QueueFault queue = QueueFault::None;
    TopicFault topic = TopicFault::None;
    bool reads = false;  ///< the queue, on a thread of its own (BlockingSource)
};

Catalogue kindsOf(const Habits& habits) {
    std::vector<NodeKind> all = builtin().kinds();
    all.push_back(habits.reads ? readQueueKind("queue") : queueKind("queue", habits.queue));
    all.push_back(topicKind("topic", habits.topic));
    return Catalogue(std::move(all));
}

Node queue(const char* id, std::int64_t count) {
    Json rows = Json::array();
    for (std::int64_t n = 0; n < count; ++n) rows.push_back(Json::array({n}));
    return node(id, "queue", {{"columns", {"n BIGINT"}}, {"rows", rows}});
}

Node table(const char* id, const char* file) {
    return node(id, "sqlite_sink", {{"database", file}, {"table", id}, {"mode", "append"}});
}

Pipeline pipeline() {
    Pipeline made;
    made.nodes = {queue("in", kRows), node("some", "filter", {{"condition", "n >= 0"}}), node("out", "topic"),
                  table("beside", "first.db"), table("apart", "second.db")};
    made.wires = {wire("in", "some"), wire("some", "out"), wire("some", "beside"), wire("in", "apart")};
    return made;
}

/// Told before and behind each call of the store.
class WatchedStore final : public CheckpointStore {
 public:
    using Watch = std::function<Status(const std::string&, bool behind)>;
    WatchedStore(std::shared_ptr<CheckpointStore> store, Watch watch)
        : m_store(std::move(store)), m_watch(std::move(watch)) {}

    const std::string& line() const override { return m_store->line(); }
    void expectDecider() override { m_store->expectDecider(); }
    Status open(const MakeContext& context) override { return m_store->open(context); }
    Status settle(Epoch number, bool committed) override {
        return watched("settle", [&] { return m_store->settle(number, committed); });
    }
    Status begun() override {
        return watched("begun", [&] { return m_store->begun(); });
    }
    Result<CheckpointSize> write(const StateSnapshot& snapshot) override {
        CheckpointSize size;
        RW_TRY(watched("write", [&]() -> Status {
            RW_TRY_ASSIGN(size, m_store->write(snapshot));
            return {};
        }));
        return size;
    }
    Status decided(Epoch number) override {
        return watched("decided", [&] { return m_store->decided(number); });
    }
    Status finish() override {
        return watched("finish", [&] { return m_store->finish(); });
    }
    void close() override { m_store->close(); }
    Result<ResumePoint> next() const override {
        RW_TRY_ASSIGN(ResumePoint next, m_store->next());
        next.store = std::make_shared<WatchedStore>(std::move(next.store), m_watch);
        return next;
    }

 private:
    template <class Body>
    Status watched(const std::string& call, Body&& body) {
        RW_TRY(m_watch(call, false));
        RW_TRY(body());
        return m_watch(call, true);
    }
    const std::shared_ptr<CheckpointStore> m_store;
    const Watch m_watch;
};

/// Runs of one pipeline in a folder, each going on from the one before.
class Line {
 public:
    Line(fs::path folder, Pipeline runs, const Habits& habits = {}, const char* checkpoints = "first.db")
        : m_folder(std::move(folder)),
          m_pipeline(std::move(runs)),
          m_kinds(kindsOf(habits)),
          m_place(placeInDatabase((m_folder / checkpoints).string(), (m_folder / "p.rill").string())) {}

    /// Null: there is nothing left to do, or it can't be started, which is said.
    std::unique_ptr<Run> next(RunOptions options, const WatchedStore::Watch& watch) const {
        PlanOptions planning;
        planning.parallelism = 2;
        planning.validate.folder = m_folder.string();
        const Planned planned = makePlan(m_pipeline, m_kinds, planning);
        for (const Issue& issue : planned.issues) std::printf("%s\n", english(issue).c_str());
        auto loaded = loadCheckpoint(m_place);
        if (!loaded.ok()) std::printf("%s\n", english(loaded.error()).c_str());
        if (!planned.plan || !loaded.ok()) return nullptr;
        CheckpointStoreOptions store;
        store.place = m_place;
        store.line = kLine;
        store.keep = 1;
        if (*loaded) {
            if ((*loaded)->about.kind == CheckpointKind::Finished) return nullptr;
            store.from = (*loaded)->about.number;
            options.restore = std::make_shared<const StateSnapshot>(std::move((*loaded)->snapshot));
        }
        options.checkpoints = {std::make_shared<WatchedStore>(makeCheckpointStore(std::move(store)), watch),
                               5, true};
        auto run = Run::start(planned.plan, options);
        if (!run.ok()) std::printf("%s\n", english(run.error()).c_str());
        return run.ok() ? std::move(*run) : nullptr;
    }
    std::unique_ptr<Run> next(const RunOptions& options) const {
        return next(options, [](const std::string&, bool) { return Status(); });
    }
    bool isFinished() const {
        const auto loaded = loadCheckpoint(m_place);
        return loaded.ok() && *loaded && (*loaded)->about.kind == CheckpointKind::Finished;
    }
    /// The number of the newest checkpoint, where it is pending; else 0.
    Epoch pending() const {
        const auto loaded = loadCheckpoint(m_place);
        return loaded.ok() && *loaded && (*loaded)->snapshot.pending ? (*loaded)->snapshot.number : 0;
    }
    const fs::path& folder() const { return m_folder; }
    std::string broker() const { return (m_folder / "broker.log").string(); }

 private:
    const fs::path m_folder;
    const Pipeline m_pipeline;
    const Catalogue m_kinds;
    const CheckpointLocation m_place;
};

Numbers upTo(std::int64_t count) {
    Numbers all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

Numbers inTopic(FakeBroker& broker, const char* topic) {
    Numbers found;
    for (const std::string& row : broker.committed(topic)) {
        const std::size_t digits = row.find_first_of("0123456789");
        found.push_back(digits == std::string::npos ? -1 : std::stoll(row.substr(digits)));
    }
    std::sort(found.begin(), found.end());
    return found;
}

Numbers inTable(const fs::path& file, const char* name) {
    Numbers found;
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    if (!database.tableExists(name)) return found;
    SQLite::Statement query(database, std::string("SELECT n FROM ") + name + " ORDER BY n");
    while (query.executeStep()) found.push_back(query.getColumn(0).getInt64());
    return found;
}

/// Every row is everywhere once, and the queue is empty.
bool isWhole(const Line& line, bool says = true) {
    FakeBroker broker(line.broker());
    const Numbers all = upTo(kRows), out = inTopic(broker, "out");
    const Numbers beside = inTable(line.folder() / "first.db", "beside");
    const Numbers apart = inTable(line.folder() / "second.db", "apart");
    const std::uint64_t gone = broker.acknowledged("in");
    const bool whole =
        out == all && beside == all && apart == all && gone == static_cast<std::uint64_t>(kRows);
    if (!whole && says)
        std::printf("topic %zu, beside %zu, apart %zu, acknowledged %llu\n", out.size(), beside.size(),
                    apart.size(), static_cast<unsigned long long>(gone));
    return whole;
}

/// Where a process ends itself: at one of the calls of the broker and of the store.
struct Kill {
    std::string call{};   ///< empty: any
    bool behind = false;  ///< its effect
    int at = 0;           ///< number of the call; 0: nowhere
};

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

/// Runs on threads in a process of its own. Whether it came to its end.
bool leg(const Line& line, const Kill& end) {
    const pid_t child = ::fork();
    if (child == 0) {
        std::atomic<int> calls{0};
        const auto watch = [&calls, &end](const std::string& call, bool behind) {
            const bool counts = behind == end.behind && (end.call.empty() || end.call == call);
            if (counts && ++calls == end.at) ::kill(::getpid(), SIGKILL);
            return Status();
        };
        FakeBroker broker(line.broker());
        broker.before = [&watch](const std::string& call) { return watch(call, false); };
        broker.after = [&watch](const std::string& call) { return watch(call, true); };
        FakeBroker::use(&broker);
        bool ended = false;
        {
            const auto run = line.next({}, watch);
            if (run) run->wait();
            if (run && !run->status().ok()) std::printf("%s\n", english(run->status().error()).c_str());
            ended = run && run->status().ok();
        }
        std::fflush(stdout);
        ::_exit(ended ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
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
    // What is over is not begun again.
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
    expect(asked.committed > 1, "some were killed behind the commit, before it was known");
    expect(asked.lost > 1, "and some before it");
}

/// What breaks the contracts loses rows or doubles them, and is found.
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
    store.place = placeInFolder(scratch.path().string(), (scratch.path() / "p.rill").string());
    store.line = kLine;
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
