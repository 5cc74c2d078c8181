// Runs from files of HDFS into files of HDFS and tables of HBase: killed (SIGKILL) at random instants and
// resumed, they have every row once; and runs whose file system is away for a while.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
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
#include "tests/support/worlds/hbase_world.h"
#include "tests/support/worlds/hdfs_world.h"

using namespace rw;
using namespace rw::test;

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

constexpr int kKills = 8, kInAFile = 250;
constexpr Millis kStep = 20, kTries = 1'000;

Lines numbers(int from, int until) {
    Lines out;
    for (int n = from; n < until; ++n) out.push_back("{\"n\":" + std::to_string(n) + "}");
    return out;
}

void putNumbers(HdfsWorld& world, const std::string& name, int from, int until) {
    std::string bytes;
    for (const std::string& line : numbers(from, until)) bytes += line + '\n';
    world.put("/in/" + name, bytes);
}

Node filesIn(bool follow) {
    return node("in", "webhdfs_source",
                {{"connection", "lake"},
                 {"path", "/in"},
                 {"follow", follow},
                 {"every", "100ms"},
                 {"columns", {"n BIGINT"}}});
}

Pipeline fromFilesToFiles(bool follow) {
    Pipeline made;
    made.nodes = {filesIn(follow), node("out", "webhdfs_sink",
                                        {{"connection", "lake"}, {"path", "/out"}, {"roll_after", "0s"}})};
    made.wires = {wire("in", "out")};
    return made;
}

std::shared_ptr<const Connections> lakeAt(const std::string& address) {
    Connection lake{"lake", "webhdfs", {{"address", address}, {"user", "rill"}}, {}};
    return std::make_shared<const Connections>(std::vector<Connection>{lake}, environmentSecret);
}

/// The next run of a line, which resumes from the newest checkpoint if there is one.
std::unique_ptr<Run> nextRun(const std::string& address, const fs::path& folder) {
    const CheckpointLocation location = locationInFolder(folder.string(), (folder / "p.rill").string());
    CheckpointStoreOptions store;
    store.location = location;
    store.lineage = "line";
    RunOptions options;
    options.connections = lakeAt(address);
    auto loaded = loadCheckpoint(location);
    if (loaded.ok() && *loaded) {
        store.from = (*loaded)->about.number;
        options.restore = std::make_shared<const StateSnapshot>(std::move((*loaded)->snapshot));
    }
    options.checkpoints = {makeCheckpointStore(std::move(store)), 30, true};
    auto run = Run::start(planOf(fromFilesToFiles(true)), options);
    if (!run.ok()) std::printf("%s\n", english(run.error()).c_str());
    return run.ok() ? std::move(*run) : nullptr;
}

template <class Done>
bool await(Done done) {
    for (Millis tries = 0; tries < kTries; ++tries) {
        if (done()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(kStep));
    }
    return false;
}

/// Rows of the output, hidden files left out, in the order of their numbers.
Lines written(const HdfsWorld& world) {
    Lines inputs;
    for (const std::string& path : world.files()) {
        if (path.starts_with("/in/")) inputs.push_back(path);
    }
    return world.rows(inputs);
}

void killedAndResumed() {
    const testing::ScratchFolder scratch("hdfs_kills");
    HdfsWorld world;
    const std::string self = fs::read_symlink("/proc/self/exe").string();
    int put = 0;
    for (int kill = 0; kill < kKills; ++kill) {
        const int child = testing::startChild({self, "run", world.address(), scratch.path().string()},
                                              scratch.path(), scratch.path() / "log");
        expect(child > 0, "a program starts");
        for (int file = 0; file < 3; ++file) {
            putNumbers(world, "f" + std::to_string(1'000 + put / kInAFile), put, put + kInAFile);
            put += kInAFile;
        }
        const auto pause = splitMix64(13, static_cast<std::uint64_t>(kill)) % 900;
        std::this_thread::sleep_for(std::chrono::milliseconds(pause));
        (void)::kill(child, SIGKILL);
        (void)::waitpid(child, nullptr, 0);
    }
    const auto last = nextRun(world.address(), scratch.path());
    expect(last != nullptr, "the last run starts");
    if (!last) return;
    const auto all = static_cast<std::size_t>(put);
    expect(await([&] { return written(world).size() >= all; }), "every row is there");
    last->stop(StopMode::Now);
    last->wait();
    expect(last->status().ok(), "the last run ends well");
    expect(written(world) == numbers(0, put), "each is there once, in its order");
    for (const std::string& path : world.files())
        expect(path.find("/out/.") == std::string::npos, "no hidden file is left");
}

void awayForAWhile() {
    HdfsWorld world;
    putNumbers(world, "a", 0, 100);
    std::atomic<int> left{6};
    world.setFault([&left](const HdfsCall& call) -> std::optional<FakeAnswer> {
        if (call.atData || --left < 0 || left % 2 == 0) return std::nullopt;
        return HdfsWorld::thrown("SafeModeException", "The reported blocks are too few.");
    });
    RunOptions options;
    options.connections = lakeAt(world.address());
    const auto run = runToEnd(planOf(fromFilesToFiles(false)), options);
    expect(run && run->status().ok(), "a run whose file system is in safe mode for a while ends well");
    expect(written(world) == numbers(0, 100), "and has every row once");
    world.setFault({});
}

void silentFileSystemsHoldNoRun() {
    HdfsWorld world;
    putNumbers(world, "a", 0, 100);
    world.setFault([](const HdfsCall& call) -> std::optional<FakeAnswer> {
        return call.op == "CREATE" ? std::optional(FakeAnswer{{}, true, false}) : std::nullopt;
    });
    RunOptions options;
    options.connections = lakeAt(world.address());
    auto run = Run::start(planOf(fromFilesToFiles(false)), options);
    expect(run.ok(), "a run into a silent file system starts");
    if (!run.ok()) return;
    const auto asksToWrite = [&world] {
        const Lines calls = world.calls();
        return std::any_of(calls.begin(), calls.end(),
                           [](const std::string& call) { return call.starts_with("CREATE"); });
    };
    expect(await(asksToWrite), "it asks for a file to be written");
    const auto clock = systemClock();
    const std::int64_t from = clock->steadyMillis();
    (*run)->stop(StopMode::Discard);
    (*run)->wait();
    expect(clock->steadyMillis() - from < 10'000, "and ends soon when it is stopped");
}

void intoHbase() {
    HdfsWorld world;
    HbaseWorld table("t", {"cf"});
    putNumbers(world, "a", 0, 500);
    putNumbers(world, "b", 0, 500);  // the same keys
    const Connection lake{"lake", "webhdfs", {{"address", world.address()}}, {}};
    const Connection base{"base", "hbase", {{"address", table.address()}}, {}};
    Pipeline made;
    made.nodes = {filesIn(false), node("double", "select", {{"columns", {"n", "n * 2 AS twice"}}}),
                  node("out", "hbase_sink",
                       {{"connection", "base"}, {"table", "t"}, {"row_key", {"n"}}, {"batch", 64}})};
    made.wires = {wire("in", "double"), wire("double", "out")};
    RunOptions options;
    options.connections =
        std::make_shared<const Connections>(std::vector<Connection>{lake, base}, environmentSecret);
    const auto run = runToEnd(planOf(made), options);
    expect(run && run->status().ok(), "a run into HBase ends well");
    const Lines rows = table.rows();
    expect(rows.size() == 500, "each key is there once");
    expect(std::find(rows.begin(), rows.end(), "77|twice=154") != rows.end(), "with its cells");
}

}  // namespace

int main(int count, char** words) {
    if (count > 3 && std::strcmp(words[1], "run") == 0) {
        const auto run = nextRun(words[2], words[3]);
        if (run) run->wait();
        return run ? 0 : 1;
    }
    killedAndResumed();
    awayForAWhile();
    silentFileSystemsHoldNoRun();
    intoHbase();
    return summary();
}
