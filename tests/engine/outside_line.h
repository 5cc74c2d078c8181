// Runs between a queue and a topic of a broker, with tables of two databases beside it, in processes of their
// own that are killed and resumed: the broker is in a file, and outlives them. Rows of a service that a
// connection leads to may come beside them.
#pragma once
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <numeric>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/support/asking_node.h"
#include "tests/support/broker_nodes.h"
#include "tests/support/connected_node.h"
#include "tests/support/fake_broker.h"
#include "tests/support/run_of.h"

namespace rw::test::outside {

namespace fs = std::filesystem;

inline constexpr std::int64_t kRows = 40;
inline constexpr const char* kGreeter = "greeter";  ///< the connection that all runs know
inline constexpr const char* kLine = "line";

using Numbers = std::vector<std::int64_t>;

/// Its queue and topic may be others than they seem.
struct Habits {
    QueueFault queue = QueueFault::None;
    TopicFault topic = TopicFault::None;
    bool reads = false;  ///< the queue, on a thread of its own (BlockingSource)
};

inline Catalogue kindsOf(const Habits& habits) {
    std::vector<NodeKind> all = builtin().kinds();
    all.push_back(habits.reads ? readQueueKind("queue") : queueKind("queue", habits.queue));
    all.push_back(topicKind("topic", habits.topic));
    all.push_back(askingKind());
    all.push_back(greetedKind());
    return Catalogue(std::move(all));
}

inline Node queue(const char* id, std::int64_t count) {
    Json rows = Json::array();
    for (std::int64_t n = 0; n < count; ++n) rows.push_back(Json::array({n}));
    return node(id, "queue", {{"columns", {"n BIGINT"}}, {"rows", rows}});
}

inline Node table(const char* id, const char* file) {
    return node(id, "sqlite_sink", {{"database", file}, {"table", id}, {"mode", "append"}});
}

inline Pipeline pipeline() {
    Pipeline made;
    made.nodes = {queue("in", kRows), node("some", "filter", {{"condition", "n >= 0"}}), node("out", "topic"),
                  table("beside", "first.db"), table("apart", "second.db")};
    made.wires = {wire("in", "some"), wire("some", "out"), wire("some", "beside"), wire("in", "apart")};
    return made;
}

/// The same, whose rows ask the world outside, which is slow and fails at times, before they go on; those
/// that it denies go elsewhere.
inline Pipeline askingPipeline(bool unordered) {
    Pipeline made = pipeline();
    made.nodes[1] = node("some", "asks_outside", {{"delay", 6}, {"failures", 1}, {"unordered", unordered}});
    made.nodes.push_back(node("place", "select", {{"columns", {"position AS n"}}}));
    made.nodes.push_back(table("denied", "second.db"));
    made.wires.push_back(wire("some", "place", "rejected"));
    made.wires.push_back(wire("place", "denied"));
    return made;
}

/// The same, with greetings, which come about as fast as the rows of the queue, in a table of their own.
inline Pipeline withGreetings(Pipeline made) {
    made.nodes.push_back(
        node("greeted", "greeted", {{"connection", kGreeter}, {"rows", kRows}, {"every", 1}}));
    made.nodes.push_back(table("greetings", "second.db"));
    made.wires.push_back(wire("greeted", "greetings"));
    return made;
}

/// Told before and behind each call of the store.
class WatchedStore final : public CheckpointStore {
 public:
    using Watch = std::function<Status(const std::string&, bool behind)>;
    WatchedStore(std::shared_ptr<CheckpointStore> store, Watch watch)
        : m_store(std::move(store)), m_watch(std::move(watch)) {}

    const std::string& lineage() const override { return m_store->lineage(); }
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

/// Runs of one pipeline in a folder, each resuming from the one before.
class Line {
 public:
    Line(fs::path folder, Pipeline runs, const Habits& habits = {}, const char* checkpoints = "first.db")
        : m_folder(std::move(folder)),
          m_pipeline(std::move(runs)),
          m_kinds(kindsOf(habits)),
          m_location(locationInDatabase((m_folder / checkpoints).string(), (m_folder / "p.rill").string())) {}

    /// Null: there is nothing left to do, or it can't be started, which is said.
    std::unique_ptr<Run> next(RunOptions options, const WatchedStore::Watch& watch) const {
        PlanOptions planning;
        planning.parallelism = 2;
        planning.validate.folder = m_folder.string();
        const Planned planned = makePlan(m_pipeline, m_kinds, planning);
        for (const Issue& issue : planned.issues) std::printf("%s\n", english(issue).c_str());
        auto loaded = loadCheckpoint(m_location);
        if (!loaded.ok()) std::printf("%s\n", english(loaded.error()).c_str());
        if (!planned.plan || !loaded.ok()) return nullptr;
        CheckpointStoreOptions store;
        store.location = m_location;
        store.lineage = kLine;
        store.keep = 1;
        options.connections = greeterConnections(kGreeter);
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
        const auto loaded = loadCheckpoint(m_location);
        return loaded.ok() && *loaded && (*loaded)->about.kind == CheckpointKind::Finished;
    }
    /// The number of the newest checkpoint, where it is pending; else 0.
    Epoch pending() const {
        const auto loaded = loadCheckpoint(m_location);
        return loaded.ok() && *loaded && (*loaded)->snapshot.pending ? (*loaded)->snapshot.number : 0;
    }
    const fs::path& folder() const { return m_folder; }
    std::string broker() const { return (m_folder / "broker.log").string(); }

 private:
    const fs::path m_folder;
    const Pipeline m_pipeline;
    const Catalogue m_kinds;
    const CheckpointLocation m_location;
};

inline Numbers upTo(std::int64_t count) {
    Numbers all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

inline Numbers inTopic(FakeBroker& broker, const char* topic) {
    Numbers found;
    for (const std::string& row : broker.committed(topic)) {
        const std::size_t digits = row.find_first_of("0123456789");
        found.push_back(digits == std::string::npos ? -1 : std::stoll(row.substr(digits)));
    }
    std::sort(found.begin(), found.end());
    return found;
}

inline Numbers inTable(const fs::path& file, const char* name) {
    Numbers found;
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    if (!database.tableExists(name)) return found;
    SQLite::Statement query(database, std::string("SELECT n FROM ") + name + " ORDER BY n");
    while (query.executeStep()) found.push_back(query.getColumn(0).getInt64());
    return found;
}

/// How many greetings there are.
inline std::int64_t greetingsIn(const fs::path& file) {
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    if (!database.tableExists("greetings")) return 0;
    return database.execAndGet("SELECT COUNT(*) FROM greetings").getInt64();
}

/// Every row is everywhere once, and the queue is empty. `asks`: of askingPipeline().
inline bool isWhole(const Line& line, bool says = true, bool asks = false) {
    FakeBroker broker(line.broker());
    const Numbers all = upTo(kRows), out = inTopic(broker, "out");
    Numbers given, denied;
    for (const std::int64_t n : all) (asks && n % kDenied == 3 ? denied : given).push_back(n);
    const Numbers beside = inTable(line.folder() / "first.db", "beside");
    const Numbers apart = inTable(line.folder() / "second.db", "apart");
    const Numbers refused = asks ? inTable(line.folder() / "second.db", "denied") : Numbers();
    const std::uint64_t gone = broker.acknowledged("in");
    const bool whole = out == given && beside == given && apart == all && refused.size() == denied.size() &&
                       gone == static_cast<std::uint64_t>(kRows);
    if (!whole && says)
        std::printf("topic %zu, beside %zu, apart %zu, denied %zu, acknowledged %llu\n", out.size(),
                    beside.size(), apart.size(), refused.size(), static_cast<unsigned long long>(gone));
    return whole;
}

/// Where a process ends itself: at one of the calls of the broker and of the store.
struct Kill {
    std::string call{};                   ///< empty: any
    bool behind = false;                  ///< its effect
    int at = 0;                           ///< number of the call; 0: nowhere
    std::chrono::microseconds after{-1};  ///< in place of that, so long after it was begun; negative: not so
};

/// Runs on threads in a process of its own. Whether it came to its end.
inline bool leg(const Line& line, const Kill& end) {
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
    if (end.after.count() >= 0) {
        std::this_thread::sleep_for(end.after);
        ::kill(child, SIGKILL);
    }
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace rw::test::outside
