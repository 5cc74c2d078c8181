// Sources whose client blocks its caller: their rows come once, however their calls end; read-ahead is
// bounded, and is no position. A hanging client keeps its thread, and no other.
#include <algorithm>
#include <fstream>
#include <thread>

#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/support/child.h"
#include "tests/support/collecting_sink.h"
#include "tests/support/left_runs.h"
#include "tests/support/reading_node.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kWall = 1'700'000'000'000;
constexpr std::int64_t kReadAhead = 4;  ///< pieces, of each partition
constexpr int kRows = 600;
constexpr Millis kPatience = 20'000;

const Catalogue& reading() {
    static const Catalogue kAll = withReadingNode(withCollectingSinks(builtin()));
    return kAll;
}

ReadWorld& world() {
    return ReadWorld::instance();
}

class Folder {
 public:
    /// The numbers in out.csv, sorted; the file goes.
    std::vector<std::int64_t> takeOutput() const {
        std::vector<std::int64_t> found;
        std::ifstream file(m_scratch.path() / "out.csv");
        std::string line;
        std::getline(file, line);
        while (std::getline(file, line)) found.push_back(std::stoll(line));
        file.close();
        std::filesystem::remove(m_scratch.path() / "out.csv");
        std::sort(found.begin(), found.end());
        return found;
    }
    const std::filesystem::path& path() const { return m_scratch.path(); }

 private:
    const testing::ScratchFolder m_scratch{"blocking_source"};
};

Node source(Json params, int rows = kRows) {
    params["rows"] = rows;
    params["event_time"] = "ts";
    return node("in", "reads_outside", std::move(params));
}

std::shared_ptr<const Plan> planOfNodes(std::vector<Node> nodes, std::vector<Wire> wires,
                                        const Folder& folder, int parallelism) {
    Pipeline pipeline;
    pipeline.nodes = std::move(nodes);
    pipeline.wires = std::move(wires);
    PlanOptions options;
    options.parallelism = parallelism;
    options.validate.folder = folder.path().string();
    const Planned planned = makePlan(pipeline, reading(), options);
    if (!planned.plan) std::printf("%s\n", english(planned.issues.front()).c_str());
    return planned.plan;
}

std::shared_ptr<const Plan> plan(const Json& params, const Folder& folder, int parallelism = 2) {
    return planOfNodes(
        {source(params), node("out", "csv_sink", {{"path", "out.csv"}}),
         node("windows", "window_aggregate", {{"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}),
         node("counts", "table_view")},
        {wire("in", "out"), wire("in", "windows"), wire("windows", "counts")}, folder, parallelism);
}

RunOptions seeded(std::uint64_t seed) {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    options.clock = std::make_shared<SimulatedClock>(kWall);
    options.batchRows = 3;
    options.channelRows = 20;
    return options;
}

bool isComplete(const std::vector<std::int64_t>& found) {
    std::vector<std::int64_t> all;
    for (std::int64_t n = 0; n < kRows; ++n) all.push_back(n);
    return found == all;
}

const std::vector<Json>& worlds() {
    static const std::vector<Json> kWorlds{Json::object(),
                                           {{"delay", 50}},
                                           {{"delay", 300}, {"cuts", 4}},
                                           {{"partitions", 3}},
                                           {{"partitions", 7}, {"delay", 40}, {"cuts", 3}}};
    return kWorlds;
}

/// In a simulation, too: the same seed is the same run.
void rowsComeOnce() {
    const Folder folder;
    for (const Json& params : worlds()) {
        const auto planned = plan(params, folder);
        const std::int64_t partitions = std::max<std::int64_t>(params.value("partitions", 0), 1);
        for (std::uint64_t seed = 0; seed < 4; ++seed) {
            std::uint64_t schedule = 0;
            for (int again = 0; again < 2; ++again) {
                world().clear();
                RunOptions options = seeded(seed);
                if (seed == 3) options.alignRows = 10;  // partitions are held
                const auto run = runToEnd(planned, options);
                if (!run) return expect(false, "the run starts");
                const RunMetrics metrics = run->metrics();
                expect(isComplete(folder.takeOutput()), "every row comes once");
                expect(metrics.nodes.at("windows").late == 0, "the watermark is not ahead of the rows");
                expect(metrics.nodes.at("counts").rowsIn == kRows / 10, "every window fires");
                expect(world().most <= kReadAhead * partitions, "what is read ahead is bounded");
                expect(again == 0 || schedule == metrics.scheduleHash, "a seed is a run");
                schedule = metrics.scheduleHash;
            }
        }
    }
}

void onThreads() {
    const Folder folder;
    for (const Json& params : {Json::object(), Json({{"delay", 5}, {"cuts", 3}}),
                               Json({{"partitions", 5}, {"delay", 3}, {"cuts", 2}})}) {
        for (const std::size_t alignRows : {std::size_t{65'536}, std::size_t{10}}) {
            world().clear();
            RunOptions options;
            options.batchRows = 3;
            options.channelRows = 20;
            options.alignRows = alignRows;
            const auto run = runToEnd(plan(params, folder), options);
            expect(run && run->state() == RunState::Finished, "it ends");
            expect(isComplete(folder.takeOutput()), "every row comes once");
            const std::int64_t partitions = std::max<std::int64_t>(params.value("partitions", 0), 1);
            // One may be on its way to be counted as given.
            expect(world().most <= kReadAhead * partitions + 1, "what is read ahead is bounded");
        }
    }
    expect(world().readers == 0, "no reader is left");
}

/// Left at any step, again and again: rows of the read-ahead are read again.
void leftAtAnyStep() {
    const Folder folder;
    std::size_t left = 0;
    for (const Json& params : worlds()) {
        const auto planned = plan(params, folder);
        for (std::uint64_t seed = 0; seed < 6; ++seed) {
            RunOptions options = seeded(seed);
            options.snapshotAtStep = 15 + 37 * seed;
            options = leftOften(planned, std::move(options), kWall, left);
            (void)folder.takeOutput();
            const auto run = runToEnd(planned, options);
            expect(run && run->state() == RunState::Finished, "a run goes on");
            expect(isComplete(folder.takeOutput()), "no row is lost, and none comes twice");
            expect(run && run->metrics().nodes.at("windows").late == 0, "and none is late");
        }
    }
    expect(left > 60, "runs were left while rows came");
}

void whatFailsEndsTheRun() {
    const Folder folder;
    for (const char* const broken : {"error", "throw"}) {
        for (const ExecutorKind executor : {ExecutorKind::Pool, ExecutorKind::Seeded}) {
            world().clear();
            RunOptions options = seeded(1);
            options.executor = executor;
            if (executor == ExecutorKind::Pool) options.clock = nullptr;
            auto run = Run::start(plan({{"broken", broken}}, folder), options);
            if (!run.ok()) return expect(false, "the run starts");
            (*run)->wait();
            expect((*run)->state() == RunState::Failed, "the run fails");
            const Error& error = (*run)->status().error();
            expect(english(error).find("he world is broken") != std::string::npos, "and says why");
            expect(error.node == "in", "and where");
            expect(world().given == kRows / 2 / 5, "behind the rows that were read");
        }
    }
}

template <class Holds>
bool comesAbout(Run& run, Holds&& holds) {
    for (Millis waited = 0; waited < kPatience; ++waited) {
        if (holds()) return true;
        (void)run.waitFor(1);
    }
    return false;
}

/// One thread for all tasks. A call that returns later touches nothing.
void whoHangsKeepsNobody() {
    const Folder folder;
    const Node beside = node("other", "generator", {{"rows", 5'000}, {"columns", {"i BIGINT = i"}}});
    for (const StopMode mode : {StopMode::Now, StopMode::Discard}) {
        world().clear();
        world().hang();
        const auto planned = planOfNodes(
            {source({{"hangs", true}}), node("none", "table_view"), beside, node("beside", "table_view")},
            {wire("in", "none"), wire("other", "beside")}, folder, 1);
        auto started = Run::start(planned, {});
        if (!started.ok()) return expect(false, "the run starts");
        Run& run = **started;
        expect(comesAbout(run, [&] { return run.metrics().nodes.at("beside").rowsIn > 0; }), "others go on");
        expect(comesAbout(run, [&] { return world().hanging == 1; }), "a call hangs");
        expect(run.snapshot().ok(), "a barrier passes");
        run.stop(mode);
        expect(run.waitFor(kPatience), "a run that is stopped does not wait for who hangs");
        expect(run.state() == RunState::Stopped, "it is stopped");
        started = Status();
        expect(world().hanging == 1 && world().readers == 1, "the call is left to its thread");
        world().letGo();
        while (world().readers > 0) std::this_thread::yield();
    }
}

bool isCutOff(const Run& run) {
    const std::vector<PartitionMetrics> partitions = run.metrics().nodes.at("in").partitions;
    return !partitions.empty() && partitions.front().state == PartitionState::Disconnected;
}

/// A source that does not answer is not idle: its next rows are unknown.
void whoHangsIsNotIdle() {
    const Folder folder;
    world().clear();
    world().hang();
    const Node later = node(
        "later", "generator",
        {{"rows", 200},
         {"rate", 50},
         {"columns",
          {"n BIGINT = i", "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-09 00:00:00')"}},
         {"event_time", "ts"}});
    const auto planned = planOfNodes(
        {source({{"hangs", true}, {"idle_timeout", "100ms"}}), later, node("both", "union"),
         node("windows", "window_aggregate", {{"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}),
         node("counts", "table_view"), node("out", "csv_sink", {{"path", "out.csv"}})},
        {wire("in", "both"), wire("later", "both"), wire("both", "windows"), wire("windows", "counts"),
         wire("in", "out")},
        folder, 2);
    auto started = Run::start(planned, {});
    if (!started.ok()) return expect(false, "the run starts");
    Run& run = **started;
    expect(comesAbout(run, [&] { return isCutOff(run); }), "who does not answer is cut off");
    expect(comesAbout(run, [&] { return run.metrics().nodes.at("windows").rowsIn > 20; }),
           "the other source gives rows");
    expect(run.metrics().nodes.at("counts").rowsIn == 0, "the watermark waits");
    world().letGo();
    run.wait();
    expect(run.state() == RunState::Finished && isComplete(folder.takeOutput()), "then its rows come");
    expect(!isCutOff(run) && run.metrics().nodes.at("windows").late == 0, "and none is late");
}

/// While a run is paused, no more is read than may be read ahead.
void pausedRunsReadNoMore() {
    const Folder folder;
    world().clear();
    auto started = Run::start(plan({{"delay", 2}}, folder), {});
    if (!started.ok()) return expect(false, "the run starts");
    Run& run = **started;
    expect(comesAbout(run, [&] { return world().given > 2; }), "rows come");
    run.pause();
    const auto rests = [&run] {
        const int calls = world().calls;
        (void)run.waitFor(20);
        return world().pieces - world().given == kReadAhead && world().calls == calls;
    };
    expect(comesAbout(run, rests), "it reads ahead, and no further");
    run.resume();
    run.wait();
    expect(isComplete(folder.takeOutput()), "every row comes once");
}

RunOptions withCheckpoints(const Folder& folder) {
    CheckpointStoreOptions store;
    store.location =
        locationInFolder((folder.path() / "checkpoints").string(), (folder.path() / "p.rill").string());
    store.lineage = "line";
    RunOptions options;
    options.batchRows = 3;
    options.checkpoints = {makeCheckpointStore(std::move(store)), 5, true};
    return options;
}

/// Rows in a checkpoint are acknowledged, and none that were only read, or given since.
void whatIsDurableIsAcknowledged() {
    const Folder folder;
    world().clear();
    auto started = Run::start(plan({{"delay", 4}}, folder), withCheckpoints(folder));
    if (!started.ok()) return expect(false, "the run starts");
    Run& run = **started;
    expect(comesAbout(run, [] { return world().acknowledged(0) > 0; }),
           "rows are acknowledged while it runs");
    expect(world().acknowledged(0) <= world().given * 5, "none that was not given");
    run.wait();
    expect(run.state() == RunState::Finished, "it ends");
    expect(world().acknowledged(0) == kRows, "the last checkpoint as well");
}

void acknowledgementsThatFail() {
    for (const bool hangs : {false, true}) {
        const Folder folder;
        world().clear();
        if (hangs) world().hang();
        const Json params = hangs ? Json({{"holds_on", true}}) : Json({{"broken", "acknowledge"}});
        auto started = Run::start(plan(params, folder), withCheckpoints(folder));
        if (!started.ok()) return expect(false, "the run starts");
        expect((*started)->waitFor(kPatience), "the run does not wait for who hangs");
        expect((*started)->state() == RunState::Failed, "it says so");
        const Error& error = (*started)->status().error();
        const char* const why = hangs ? "did not take the acknowledgement" : "The world is broken";
        expect(english(error).find(why) != std::string::npos, "and why");
        expect(error.node == "in", "and where");
        started = Status();
        world().letGo();
        while (world().readers > 0) std::this_thread::yield();
    }
}

}  // namespace

int main() {
    rowsComeOnce();
    onThreads();
    leftAtAnyStep();
    whatFailsEndsTheRun();
    whoHangsKeepsNobody();
    whoHangsIsNotIdle();
    pausedRunsReadNoMore();
    whatIsDurableIsAcknowledged();
    acknowledgementsThatFail();
    return summary();
}
