// A run that is left after a snapshot and resumes from it, at another degree and batch size, ends with the
// same rows as one that was never left: barriers are let out between two pieces of input, wait for each other
// behind several sources, and pass a paused run.
#include <algorithm>
#include <fstream>
#include <set>
#include <thread>

#include "core/base/random.h"
#include "tests/support/child.h"
#include "tests/support/collecting_sink.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

const Catalogue& collecting() {
    static const Catalogue kAll = withCollectingSinks(builtin());
    return kAll;
}

Node numbers(const char* id, int rows, int seed) {
    return node(id, "generator",
                {{"rows", rows},
                 {"rate", 0},
                 {"seed", seed},
                 {"disorder", "3s"},
                 {"columns",
                  {"i BIGINT = i", "v INT = CAST(RANDOM() * 1000 AS INT)",
                   "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
                 {"event_time", "ts"}});
}

/// Two generators, a file and a few typed rows, filtered and brought together, into two files.
Pipeline pipeline() {
    Pipeline made;
    made.nodes = {numbers("a", 900, 1),
                  numbers("b", 300, 2),
                  node("file", "csv_source",
                       {{"path", "in.csv"},
                        {"columns", {"i BIGINT", "v INT", "ts TIMESTAMP(3)"}},
                        {"event_time", "ts"}}),
                  node("some", "filter", {{"condition", "v < 800"}}),
                  node("all", "union"),
                  node("time", "event_time", {{"column", "ts"}, {"watermark_delay", "1s"}}),
                  node("out", "csv_sink", {{"path", "out.csv"}}),
                  node("raw", "csv_sink", {{"path", "raw.csv"}})};
    made.wires = {wire("a", "some"),   wire("some", "all"), wire("b", "all"),   wire("file", "all"),
                  wire("all", "time"), wire("time", "out"), wire("file", "raw")};
    return made;
}

class Folder {
 public:
    Folder() {
        std::ofstream file(path() / "in.csv");
        file << "i,v,ts\n";
        for (int i = 0; i < 700; ++i)
            file << i << ',' << (i * 37) % 1000 << ",2024-03-01 00:" << (i / 60) % 60 / 10 << (i / 60) % 10
                 << ':' << (i % 60) / 10 << i % 10 << ".000\n";
    }
    const fs::path& path() const { return m_scratch.path(); }
    /// The lines of both outputs, sorted; the outputs are gone then.
    std::vector<std::string> takeOutputs() const {
        std::vector<std::string> lines;
        for (const char* name : {"out.csv", "raw.csv"}) {
            std::ifstream file(path() / name);
            for (std::string line; std::getline(file, line);) lines.push_back(name + (": " + line));
            file.close();
            fs::remove(path() / name);
        }
        std::sort(lines.begin(), lines.end());
        return lines;
    }

 private:
    const testing::ScratchFolder m_scratch{"snapshots"};
};

std::shared_ptr<const Plan> planIn(const Folder& folder, int parallelism,
                                   const Pipeline& drawn = pipeline()) {
    PlanOptions options;
    options.parallelism = parallelism;
    options.validate.folder = folder.path().string();
    const Planned planned = makePlan(drawn, collecting(), options);
    for (const Issue& issue : planned.issues) std::printf("%s\n", english(issue).c_str());
    expect(planned.plan != nullptr, "the pipeline plans");
    return planned.plan;
}

/// Whether there was a snapshot to resume from.
bool goesOn(const Folder& folder, std::uint64_t seed, const std::vector<std::string>& expected) {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    options.batchRows = 5 + seed % 13;
    options.channelRows = 64;
    const auto plan = planIn(folder, 1 + static_cast<int>(seed % 3));
    const auto whole = runToEnd(plan, options);
    expect(whole != nullptr, "the whole run starts");
    if (!whole) return false;
    expect(folder.takeOutputs() == expected, "the order of steps does not change the rows");
    options.snapshotAtStep = 1 + splitMix64(seed) % whole->metrics().steps;
    auto first = Run::start(plan, options);
    expect(first.ok(), "the first run starts");
    Result<StateSnapshot> snapshot = (*first)->awaitSnapshot();
    first = Status();
    expect(snapshot.ok() || options.snapshotAtStep > whole->metrics().steps / 2, "a snapshot comes");
    if (!snapshot.ok()) return false;
    (void)folder.takeOutputs();
    options.snapshotAtStep = 0;
    options.batchRows = 3 + seed % 7;
    options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
    (void)runToEnd(planIn(folder, 1 + static_cast<int>((seed / 3) % 5)), options);
    expect(folder.takeOutputs() == expected, "a run that resumes from a snapshot ends with the same rows");
    return true;
}

/// While threads work, and while they are paused.
void onThePool(const Folder& folder, const std::vector<std::string>& expected) {
    int wentOn = 0;
    for (int round = 0; round < 10; ++round) {
        RunOptions options;
        options.batchRows = 3;
        options.channelRows = 50;
        auto first = Run::start(planIn(folder, 2), options);
        expect(first.ok(), "the run starts");
        if (round % 2 == 0) (*first)->pause();
        std::this_thread::sleep_for(std::chrono::microseconds(300 * round));
        Result<StateSnapshot> snapshot = (*first)->snapshot();
        // Its rows may all have been under way when it was paused: then it is over, or just about to be.
        if (!snapshot.ok()) expect((*first)->waitFor(5'000), "a run that is not over gives a snapshot");
        first = Status();
        if (!snapshot.ok()) continue;  // it had ended
        (void)folder.takeOutputs();
        options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
        (void)runToEnd(planIn(folder, 3), options);
        expect(folder.takeOutputs() == expected, "on the pool a run goes on as well");
        ++wentOn;
    }
    expect(wentOn >= 3, "snapshots of runs that had not ended were there to resume from");
}

/// Of every node that takes a state over, one byte of which is another: an error that names the node.
void brokenStates(const Folder& folder) {
    const auto plan = planIn(folder, 2);
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.snapshotAtStep = 3;  // before the sources have ended
    options.batchRows = 5;
    options.channelRows = 64;
    auto first = Run::start(plan, options);
    expect(first.ok(), "the run starts");
    const Result<StateSnapshot> snapshot = (*first)->awaitSnapshot();
    first = Status();
    expect(snapshot.ok(), "a snapshot comes");
    options.snapshotAtStep = 0;
    const std::set<std::string> stateless{"some", "all"};
    std::set<std::string> named;
    for (const auto& [id, states] : snapshot->states) {
        if (stateless.contains(id.node)) continue;
        auto broken = std::make_shared<StateSnapshot>(*snapshot);
        std::string& state = broken->states[id].front();
        state[state.size() / 2] = static_cast<char>(state[state.size() / 2] ^ 4);
        options.restore = std::move(broken);
        const auto run = Run::start(plan, options);
        expect(!run.ok(), "a broken state is an error");
        if (!run.ok()) named.insert(run.error().node + (run.error().node == id.node ? "" : "?"));
    }
    const std::string names = fmt::format("{}", fmt::join(named, " "));
    expect(names == "a b file out raw time", ("which names the node: " + names).c_str());
}

/// An hour passes between the two runs.
void currentTimestampStays(const Folder& folder) {
    Pipeline stamped;
    stamped.nodes = {numbers("a", 3'000, 1),
                     node("now", "select", {{"columns", {"CURRENT_TIMESTAMP AS at"}}}),
                     node("out", "csv_sink", {{"path", "out.csv"}})};
    stamped.nodes.front().params["rate"] = 100;  // or a piece has them all
    stamped.wires = {wire("a", "now"), wire("now", "out")};
    const auto plan = planIn(folder, 2, stamped);
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.snapshotAtStep = 3;
    options.batchRows = 5;
    options.clock = std::make_shared<SimulatedClock>(0);
    auto first = Run::start(plan, options);
    expect(first.ok(), "the run starts");
    Result<StateSnapshot> snapshot = (*first)->awaitSnapshot();
    first = Status();
    expect(snapshot.ok(), "a snapshot comes");
    (void)folder.takeOutputs();
    options.snapshotAtStep = 0;
    options.clock = std::make_shared<SimulatedClock>(3'600'000);
    options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
    const auto second = runToEnd(plan, options);
    expect(second && second->metrics().sourceRows > 1'000, "the second run has rows of its own");
    const std::vector<std::string> lines = folder.takeOutputs();
    const auto early = std::count(lines.begin(), lines.end(), "out.csv: 1970-01-01 00:00:00.000");
    expect(lines.size() == 3'001 && early == 3'000, "rows of both runs have the time of the first");
}

/// So many keys that each of the groups has some, also the first and the last of an instance: none stays
/// behind when they are divided otherwise.
void everyKeyGroupGoesOn(const Folder& folder) {
    Pipeline keyed;
    keyed.nodes = {numbers("a", 8'000, 1),
                   node("keys", "select", {{"columns", {"MOD(i, 2000) AS k", "v", "ts"}}}),
                   node("sums", "window_aggregate",
                        {{"window", "tumble"},
                         {"size", "10d"},
                         {"keys", {"k"}},
                         {"aggregates", {"COUNT(*) AS c", "SUM(v) AS s"}}}),
                   node("out", "csv_sink", {{"path", "out.csv"}})};
    keyed.nodes.front().params["rate"] = 100;  // or a piece has them all
    keyed.wires = {wire("a", "keys"), wire("keys", "sums"), wire("sums", "out")};
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.batchRows = 100;
    options.channelRows = 500;
    options.clock = std::make_shared<SimulatedClock>(0);
    (void)runToEnd(planIn(folder, 1, keyed), options);
    const std::vector<std::string> expected = folder.takeOutputs();
    expect(expected.size() == 2'001, "each key has its row");
    const auto whole = runToEnd(planIn(folder, 4, keyed), options);
    expect(folder.takeOutputs() == expected, "the degree does not change the rows");
    options.snapshotAtStep = whole->metrics().steps / 2;
    auto first = Run::start(planIn(folder, 4, keyed), options);
    Result<StateSnapshot> snapshot = (*first)->awaitSnapshot();
    first = Status();
    expect(snapshot.ok(), "a snapshot comes");
    if (!snapshot.ok()) return;
    std::size_t bytes = 0;
    for (const std::string& state : snapshot->states[{"sums", 0}]) bytes += state.size();
    expect(bytes > 20'000, "it holds most keys");
    options.snapshotAtStep = 0;
    options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
    for (const int parallelism : {1, 2, 3, 5, 7, 64}) {
        (void)folder.takeOutputs();
        (void)runToEnd(planIn(folder, parallelism, keyed), options);
        expect(folder.takeOutputs() == expected, "no key group stays behind");
    }
}

}  // namespace

int main() {
    const Folder folder;
    (void)runToEnd(planIn(folder, 1));
    const std::vector<std::string> expected = folder.takeOutputs();
    expect(expected.size() > 1'500, "the run that is never left writes rows");
    int wentOn = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) wentOn += goesOn(folder, seed, expected) ? 1 : 0;
    expect(wentOn >= 40, "most seeds have a snapshot to resume from");
    onThePool(folder, expected);
    brokenStates(folder);
    currentTimestampStays(folder);
    everyKeyGroupGoesOn(folder);
    return summary();
}
