// Runs from a broker in memory into a table: killed (SIGKILL) at random instants and resumed, they have every
// message that was published; so does a run whose broker cuts it off.
#include <SQLiteCpp/Database.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <thread>

#include "core/base/random.h"
#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/support/child.h"
#include "tests/support/run_of.h"
#include "tests/support/worlds/mqtt_world.h"

using namespace rw;
using namespace rw::test;

namespace {

namespace fs = std::filesystem;

constexpr int kKills = 8, kInAPortion = 250;
constexpr Millis kStep = 20, kTries = 1'000;

Pipeline intoTable(const fs::path& folder) {
    Pipeline made;
    made.nodes = {node("in", "mqtt_source",
                       {{"connection", "plant"},
                        {"topic", "plant/+"},
                        {"columns", {"n BIGINT", "topic STRING FROM TOPIC"}}}),
                  node("out", "sqlite_sink",
                       {{"database", (folder / "out.sqlite").string()},
                        {"table", "t"},
                        {"mode", "upsert"},
                        {"key", {"n"}}})};
    made.wires = {wire("in", "out")};
    return made;
}

/// The next run of a line, which resumes from the newest checkpoint if there is one.
std::unique_ptr<Run> nextRun(const std::string& address, const fs::path& folder) {
    const CheckpointLocation location =
        locationInDatabase((folder / "out.sqlite").string(), (folder / "p.rill").string());
    CheckpointStoreOptions store;
    store.location = location;
    store.lineage = "line";
    RunOptions options;
    Connection plant{"plant", "mqtt", {{"address", address}, {"tls", "off"}}, {}};
    options.connections =
        std::make_shared<const Connections>(std::vector<Connection>{plant}, environmentSecret);
    auto loaded = loadCheckpoint(location);
    if (loaded.ok() && *loaded) {
        store.from = (*loaded)->about.number;
        options.restore = std::make_shared<const StateSnapshot>(std::move((*loaded)->snapshot));
    }
    options.checkpoints = {makeCheckpointStore(std::move(store)), 30, true};
    auto run = Run::start(planOf(intoTable(folder)), options);
    if (!run.ok()) std::printf("%s\n", english(run.error()).c_str());
    return run.ok() ? std::move(*run) : nullptr;
}

/// Keys in the table; -1: it can't be looked at just now.
int keysIn(const fs::path& folder) {
    try {
        SQLite::Database database((folder / "out.sqlite").string(), SQLite::OPEN_READONLY, 1'000);
        if (!database.tableExists("t")) return 0;
        return database.execAndGet("SELECT count(DISTINCT n) FROM t").getInt();
    } catch (const std::exception&) {
        return -1;
    }
}

void publish(MqttWorld& world, int from, int until) {
    for (int n = from; n < until; ++n)
        world.publish("plant/" + std::to_string(n % 3), "{\"n\":" + std::to_string(n) + "}");
}

template <class Done>
bool await(Done done) {
    for (Millis tries = 0; tries < kTries; ++tries) {
        if (done()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(kStep));
    }
    return false;
}

void killedAndResumed() {
    const testing::ScratchFolder scratch("mqtt_kills");
    MqttWorld world;
    const std::string self = fs::read_symlink("/proc/self/exe").string();
    int published = 0;
    for (int kill = 0; kill < kKills; ++kill) {
        const std::size_t asked = world.filters().size();
        const int child = testing::startChild({self, "run", world.address(), scratch.path().string()},
                                              scratch.path(), scratch.path() / "log");
        expect(child > 0, "a program starts");
        if (kill == 0)  // from then on the broker keeps messages for it
            expect(await([&] { return world.filters().size() > asked; }), "it asks for messages");
        publish(world, published, published + kInAPortion);
        published += kInAPortion;
        const auto pause = splitMix64(11, static_cast<std::uint64_t>(kill)) % 700;
        std::this_thread::sleep_for(std::chrono::milliseconds(pause));
        (void)::kill(child, SIGKILL);
        (void)::waitpid(child, nullptr, 0);
    }
    const auto last = nextRun(world.address(), scratch.path());
    expect(last != nullptr, "the last run starts");
    if (!last) return;
    expect(await([&] { return keysIn(scratch.path()) == published; }),
           "every message that was published is there");
    const RunMetrics metrics = last->metrics();
    expect(metrics.nodes.at("in").progress.kept > 0, "the size of the journal is in the metrics");
    last->stop(StopMode::Now);
    last->wait();
    expect(last->status().ok(), "the last run ends well");
    expect(await([&] { return world.unacknowledged() == 0; }), "and all is acknowledged");
}

void cutOffAndBack() {
    const testing::ScratchFolder scratch("mqtt_cuts");
    MqttWorld world;
    const auto run = nextRun(world.address(), scratch.path());
    expect(run != nullptr, "a run starts");
    if (!run) return;
    expect(await([&] { return !world.filters().empty(); }), "it asks for messages");
    for (int cut = 0; cut < 3; ++cut) {
        publish(world, cut * kInAPortion, (cut + 1) * kInAPortion);
        world.cutClients();
    }
    expect(await([&] { return keysIn(scratch.path()) == 3 * kInAPortion; }),
           "nothing is lost with the connection");
    run->stop(StopMode::Now);
    run->wait();
}

void aSecondRunIsRefused() {
    const testing::ScratchFolder scratch("mqtt_twice");
    MqttWorld world;
    const auto run = nextRun(world.address(), scratch.path());
    expect(run != nullptr, "a run starts");
    const auto other = nextRun(world.address(), scratch.path());
    expect(other == nullptr, "another one of the same pipeline does not, beside it");
}

}  // namespace

int main(int count, char** words) {
    if (count > 3 && std::strcmp(words[1], "run") == 0) {
        const auto run = nextRun(words[2], words[3]);
        if (run) run->wait();
        return run ? 0 : 1;
    }
    killedAndResumed();
    cutOffAndBack();
    aSecondRunIsRefused();
    return summary();
}
