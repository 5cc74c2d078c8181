// Partitions of a source count as wires, ordered by name: a source of several gives the rows that as many
// sources give through a union, at every batch size, degree and schedule, in whatever order they were found.
// One found later, one that is idle and one that is cut off; a thread that wakes the source; snapshots.
#include <algorithm>
#include <fstream>
#include <random>
#include <thread>

#include "core/base/random.h"
#include "core/views/table_view.h"
#include "tests/support/child.h"
#include "tests/support/collecting_sink.h"
#include "tests/support/noon.h"
#include "tests/support/random_cases.h"
#include "tests/support/run_of.h"
#include "tests/support/sanitizer.h"
#include "tests/support/scripted_source.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

const Catalogue& scripted() {
    static const Catalogue kAll = withScriptedSource(withCollectingSinks(builtin()));
    return kAll;
}

Outside& world() {
    return Outside::named("world");
}

std::shared_ptr<const Plan> plan(const Pipeline& pipeline, int parallelism, const std::string& folder = {}) {
    PlanOptions options;
    options.parallelism = parallelism;
    options.validate.folder = folder;
    const Planned planned = makePlan(pipeline, scripted(), options);
    for (const Issue& issue : planned.issues) {
        if (issue.severity == Severity::Error) std::printf("%s\n", english(issue).c_str());
    }
    expect(planned.plan != nullptr, "the pipeline plans");
    return planned.plan;
}

/// The rows of each table, sorted.
using Tables = std::vector<std::vector<TableRow>>;

Tables tablesOf(const Run& run, const Pipeline& pipeline) {
    Tables tables;
    for (const Node& node : pipeline.nodes) {
        const auto view = std::dynamic_pointer_cast<TableView>(run.view(node.id));
        if (!view) continue;
        auto& rows = tables.emplace_back();
        for (const TableRowRef& row : view->snapshot().rows) rows.push_back(*row);
        std::sort(rows.begin(), rows.end());
    }
    return tables;
}

Tables outcome(const Pipeline& pipeline, int parallelism, const RunOptions& options) {
    const auto run = runToEnd(plan(pipeline, parallelism), options);
    if (!run || run->state() != RunState::Finished) return {};
    return tablesOf(*run, pipeline);
}

Json timing(bool here, const char* delay) {
    Json params = Json::object();
    if (here) params = {{"event_time", "ts"}, {"watermark_delay", delay}};
    return params;
}

/// The nodes behind the source or the union `from`: windows of every kind that look at the order of rows.
void addWindows(Pipeline& made, std::string from, bool stampedHere, const char* delay) {
    made.nodes.push_back(node("some", "filter", {{"condition", "v <> 7"}}));
    made.wires.push_back(wire(from.c_str(), "some"));
    from = "some";
    if (!stampedHere) {
        made.nodes.push_back(node("time", "event_time", {{"column", "ts"}, {"watermark_delay", delay}}));
        made.wires.push_back(wire("some", "time"));
        from = "time";
    }
    const Json ordered = {"COUNT(*) AS n", "FIRST_VALUE(v) AS first", "LAST_VALUE(v) AS last",
                          "LISTAGG(CAST(v AS STRING)) AS joined"};
    const std::vector<std::pair<const char*, Json>> windows = {
        {"tumble", {{"size", "6s"}}},
        {"hop", {{"size", "6s"}, {"slide", "2s"}, {"keys", {"k"}}}},
        {"session", {{"gap", "2s"}, {"keys", {"k"}}}}};
    for (auto [kind, params] : windows) {
        params["window"] = kind;
        params["aggregates"] = ordered;
        const std::string rows = std::string(kind) + "_rows", late = std::string(kind) + "_late";
        made.nodes.push_back(node(kind, "window_aggregate", params));
        made.nodes.push_back(node(rows.c_str(), "table_view", {{"keep", 20'000}}));
        made.nodes.push_back(node(late.c_str(), "table_view", {{"keep", 20'000}}));
        made.wires.push_back(wire(from.c_str(), kind));
        made.wires.push_back(wire(kind, rows.c_str()));
        made.wires.push_back(wire(kind, late.c_str(), "late"));
    }
}

std::string timeText(Instant time) {
    const auto second = (time - kNoon) / 1000;
    return fmt::format("2024-03-01 12:{:02}:{:02}.{:03}", second / 60, second % 60, (time - kNoon) % 1000);
}

using Streams = std::map<std::string, std::vector<ScriptedRow>>;

/// Few instants, so that rows of several partitions have the same; out of order.
Streams randomStreams(std::mt19937& random) {
    Streams streams;
    for (const char* name : {"a", "b", "bb", "c"}) {
        auto& rows = streams[name];
        for (unsigned i = 0, count = 1 + static_cast<unsigned>(random() % 39); i < count; ++i) {
            const Instant second = std::max<Instant>(0, i / 2 - static_cast<Instant>(random() % 5));
            rows.push_back({"key " + std::to_string(random() % 3), static_cast<int>(random() % 50),
                            kNoon + second * 1000});
        }
    }
    return streams;
}

/// All partitions known from the start, in any order; their rows in pieces, those in any order, too.
void play(const Streams& streams, std::mt19937& random) {
    world().clear();
    std::vector<std::string> names;
    std::vector<std::pair<std::string, std::size_t>> left;  // rows that were given
    for (const auto& [name, rows] : streams) {
        names.push_back(name);
        left.emplace_back(name, 0);
    }
    std::shuffle(names.begin(), names.end(), random);
    for (const std::string& name : names) world().news(name, PartitionState::Live);
    while (!left.empty()) {
        auto& [name, from] = left[random() % left.size()];
        const auto& rows = streams.at(name);
        const std::size_t to = std::min(rows.size(), from + 1 + random() % 6);
        if (from < to)
            world().rows(name, {rows.begin() + static_cast<std::ptrdiff_t>(from),
                                rows.begin() + static_cast<std::ptrdiff_t>(to)});
        from = to;
        if (from < rows.size()) continue;
        if (random() % 2 == 0) world().news(name, PartitionState::Ended);
        std::swap(
            left[static_cast<std::size_t>(&left.back() - left.data())],
            *std::find_if(left.begin(), left.end(), [&](const auto& one) { return one.first == name; }));
        left.pop_back();
    }
    world().end();
}

Pipeline ofPartitions(bool stampedHere, const char* delay) {
    Pipeline made;
    made.nodes = {node("in", "scripted", timing(stampedHere, delay))};
    addWindows(made, "in", stampedHere, delay);
    return made;
}

/// The same rows from as many sources, in the order of their names.
Pipeline ofSources(const Streams& streams, bool stampedHere, const char* delay) {
    Pipeline made;
    for (const auto& [name, rows] : streams) {
        Json values = Json::array();
        for (const ScriptedRow& row : rows)
            values.push_back(Json::array({row.key, row.value, timeText(row.time)}));
        Json params = timing(stampedHere, delay);
        params["columns"] = {"k STRING", "v INT", "ts TIMESTAMP(3)"};
        params["rows"] = values;
        made.nodes.push_back(node(name.c_str(), "rows", params));
        made.wires.push_back(wire(name.c_str(), "all"));
    }
    made.nodes.push_back(node("all", "union"));
    addWindows(made, "all", stampedHere, delay);
    return made;
}

void partitionsAreWires() {
    std::size_t rows = 0;
    for (const unsigned seed : seedsOf(suites::Partitions)) {
        std::mt19937 random(seed);
        const bool stampedHere = seed % 2 == 0;
        const char* delay = seed % 3 == 0 ? "0s" : "2s";
        const Streams streams = randomStreams(random);
        RunOptions options;
        const Tables expected = outcome(ofSources(streams, stampedHere, delay), 1, options);
        expect(expected.size() == 6, "the reference runs");
        for (const auto& table : expected) rows += table.size();
        for (const std::size_t batchRows : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
            play(streams, random);
            options.batchRows = batchRows;
            options.channelRows = batchRows == 7 ? 20 : 65'536;
            options.alignRows = batchRows == 1 ? 10 : 65'536;
            options.executor = random() % 2 == 0 ? ExecutorKind::Pool : ExecutorKind::Seeded;
            options.seed = random();
            const bool same = outcome(ofPartitions(stampedHere, delay), 1 + static_cast<int>(random() % 5),
                                      options) == expected;
            expect(same, fmt::format("partitions give what sources do: seed {}, batches of {}, {}", seed,
                                     batchRows, stampedHere ? "own stamps" : "stamped behind")
                             .c_str());
        }
    }
    expect(rows > 8 * casesOf(suites::Partitions), "there are rows to tell runs apart by");
}

std::vector<ScriptedRow> everySecond(int from, int to, int value) {
    std::vector<ScriptedRow> rows;
    for (int i = from; i < to; ++i) rows.push_back({"k", value, kNoon + i * 1000});
    return rows;
}

/// “b” has come to 12:01:00 when “a” comes up: it starts at that watermark, and is first in its window, for
/// its name is.
void oneIsFoundLater() {
    for (const bool stampedHere : {true, false}) {
        world().clear();
        world().rows("b", everySecond(0, 61, 2));
        world().rows("a", {{"k", 1, kNoon + 10'000}, {"k", 1, kNoon + 60'001}, {"k", 1, kNoon + 62'000}});
        world().rows("b", everySecond(62, 63, 2));
        world().end();
        const Pipeline pipeline = ofPartitions(stampedHere, "0s");
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            RunOptions options;
            options.executor = ExecutorKind::Seeded;
            options.seed = seed;
            options.batchRows = 1 + seed % 4;
            const auto run = runToEnd(plan(pipeline, 1 + static_cast<int>(seed % 3)), options);
            if (!run) return expect(false, "the run starts");
            expect(run->metrics().nodes["tumble"].late == 1, "the row behind the others is late");
            const auto tumble = std::dynamic_pointer_cast<TableView>(run->view("tumble_rows"))->snapshot();
            // the window [12:01:00, 12:01:06) is the last: b 60, a 60.001, a 62, b 62
            const auto last = std::find_if(tumble.rows.begin(), tumble.rows.end(), [](const auto& row) {
                return std::get<Instant>((*row)[0]) == kNoon + 60'000;
            });
            const bool there = last != tumble.rows.end();
            expect(there, "the window is there");
            if (there)
                expect(std::get<std::string>((**last)[6]) == "2,1,1,2",
                       "ties go by name, not by who was found first");
        }
    }
}

/// The windows that had fired when nothing more was going to happen; the run is stopped then.
struct Fired {
    std::uint64_t windows = 0, late = 0;
    std::vector<PartitionMetrics> partitions;
    std::vector<Text> notes;
};

/// “a” brings a row a second for a minute, “b” one at the start and one at the end, and between becomes
/// `state`; five seconds without a row are idle.
Fired fired(bool stampedHere, PartitionState state, bool returns) {
    world().clear();
    world().news("a", PartitionState::Live);
    world().news("b", PartitionState::Live);
    world().rows("b", everySecond(0, 1, 2), 1);
    if (state != PartitionState::Live) world().news("b", state, 2);
    for (int i = 0; i < 60; ++i) world().rows("a", everySecond(i, i + 1, 1), 1000 * i + 3);
    if (returns) {
        if (state != PartitionState::Live) world().news("b", PartitionState::Live, 60'000);
        world().rows("b", everySecond(20, 21, 2), 60'001);
    }
    Pipeline pipeline = ofPartitions(stampedHere, "0s");
    if (stampedHere) {
        pipeline.nodes.front().params["idle_timeout"] = "5s";
    } else {
        pipeline.nodes[2].params["idle_timeout"] = "5s";
    }
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.clock = std::make_shared<SimulatedClock>(kNoon);
    auto run = Run::start(plan(pipeline, 2), options);
    if (!run.ok()) return {};
    const std::uint64_t all = returns ? 62 : 61;
    (void)(*run)->waitFor(65'500);
    const RunMetrics metrics = (*run)->metrics();
    expect(metrics.nodes.at("tumble").rowsIn == all, "all rows come");
    (*run)->stop(StopMode::Now);
    (*run)->wait();
    const NodeMetrics& in = metrics.nodes.at("in");
    return {metrics.nodes.at("tumble").rowsOut, metrics.nodes.at("tumble").late, in.partitions, in.notes};
}

void whoIsCutOffIsNotIdle() {
    for (const bool stampedHere : {true, false}) {
        const Fired idle = fired(stampedHere, PartitionState::Live, false);
        expect(idle.windows == 9, "an idle partition holds nobody back");
        expect(idle.partitions.size() == 2 && idle.partitions[1].name == "b" &&
                   idle.partitions[1].state == PartitionState::Idle &&
                   idle.partitions[1].since > kNoon + 5'000 && idle.partitions[1].since < kNoon + 5'200,
               "metrics tell of the idle partition, and since when it is");
        const Fired back = fired(stampedHere, PartitionState::Live, true);
        expect(back.late == 1, "what an idle partition brings later is late where others have gone on");
        for (const PartitionState state : {PartitionState::Disconnected, PartitionState::Blocked}) {
            const Fired cut = fired(stampedHere, state, false);
            expect(cut.windows == 0, "a partition that is cut off holds the windows back");
            expect(cut.partitions.size() == 2 && cut.partitions[1].state == state, "metrics tell of it");
            expect(cut.notes.size() == 2, "a note tells of it, and one that it lasts");
            const Fired again = fired(stampedHere, state, true);
            expect(again.late == 0, "what it brings when it is back is not late");
            expect(again.windows == 3, "windows fire when it is back, as far as it is");
            expect(again.notes.size() == 2, "a note tells that it is back");
        }
    }
}

/// Before it is reached the next rows of a partition are as unknown as when it is cut off; to connect is
/// worth a note only when it lasts.
void whoConnectsIsNotIdle() {
    for (const bool stampedHere : {true, false}) {
        const Fired open = fired(stampedHere, PartitionState::Connecting, false);
        expect(open.windows == 0, "a partition that connects holds the windows back");
        expect(open.partitions.size() == 2 && open.partitions[1].state == PartitionState::Connecting,
               "metrics tell of it");
        expect(open.notes.size() == 1, "a note tells that it lasts");
        const Fired reached = fired(stampedHere, PartitionState::Connecting, true);
        expect(reached.late == 0 && reached.windows == 3, "windows fire when it is reached");
        expect(reached.notes.size() == 1, "to be reached is no news");
    }
}

/// A thread of the outside world gives rows while the run is paused, resumed, stopped, and over.
void aThreadWakesTheSource() {
    Pipeline pipeline;
    pipeline.nodes = {node("in", "scripted", timing(true, "0s")), node("view", "table_view")};
    pipeline.wires = {wire("in", "view")};
    for (unsigned round = 0; round < affordableCases(200) + 10; ++round) {
        world().clear();
        auto started = Run::start(plan(pipeline, 1 + static_cast<int>(round % 4)), {});
        if (!started.ok()) return expect(false, "the run starts");
        Run& run = **started;
        constexpr std::uint64_t kRows = 200;
        std::thread outside([] {
            for (int i = 0; i < static_cast<int>(kRows); ++i) {
                world().rows(i % 3 == 0 ? "x" : "y", everySecond(i, i + 1, i));
                if (i % 50 == 0) std::this_thread::yield();
            }
            world().end();
        });
        if (round % 3 == 1) {
            run.pause();
            std::this_thread::yield();
            run.resume();
        }
        if (round % 3 == 2) {
            run.stop(round % 2 == 0 ? StopMode::Now : StopMode::Drain);
            expect(run.waitFor(10'000), "a source that waits for its thread stops");
        } else {
            expect(run.waitFor(20'000), "no wake-up is lost");
            expect(run.metrics().nodes["view"].rowsIn == kRows, "all rows come");
        }
        if (round % 2 == 0) started = Status();  // while the thread may still wake it
        outside.join();
        world().waker()->wake();
        started = Status();
        world().waker()->wake();
    }
}

class Folder {
 public:
    std::string path() const { return m_scratch.path().string(); }
    std::vector<std::string> takeOutputs() const {
        std::vector<std::string> lines;
        for (const char* name : {"out.csv", "bad.csv"}) {
            std::ifstream file(m_scratch.path() / name);
            for (std::string line; std::getline(file, line);) lines.push_back(name + (": " + line));
            file.close();
            fs::remove(m_scratch.path() / name);
        }
        std::sort(lines.begin(), lines.end());
        return lines;
    }

 private:
    const testing::ScratchFolder m_scratch{"partitions"};
};

/// Rows that are rejected (their times are NULL) tell their places, which count on within each partition.
Pipeline toFiles() {
    Pipeline made;
    made.nodes = {node("in", "scripted", timing(true, "1s")), node("out", "csv_sink", {{"path", "out.csv"}}),
                  node("bad", "csv_sink", {{"path", "bad.csv"}})};
    made.wires = {wire("in", "out"), wire("in", "bad", "rejected")};
    return made;
}

void playForFiles() {
    world().clear();
    world().news("b", PartitionState::Live);
    world().news("c", PartitionState::Live);
    std::mt19937 random(5);
    for (int i = 0; i < 120; ++i) {
        const char* name = i % 3 == 0 ? "b" : i % 3 == 1 ? "c" : i < 60 ? "b" : "a";
        std::vector<ScriptedRow> rows = everySecond(i, i + 1 + static_cast<int>(random() % 4), i);
        if (i % 5 == 0) rows.front().time = kMinTimestamp;
        world().rows(name, rows);
    }
    world().news("c", PartitionState::Ended);
    world().end();
}

void aSnapshotKeepsPartitions() {
    const Folder folder;
    playForFiles();
    (void)runToEnd(plan(toFiles(), 1, folder.path()), {});
    const std::vector<std::string> expected = folder.takeOutputs();
    expect(expected.size() > 150, "the run that is never left writes rows");
    int wentOn = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        RunOptions options;
        options.executor = ExecutorKind::Seeded;
        options.seed = seed;
        options.batchRows = 2;
        options.channelRows = 8;
        const auto whole = runToEnd(plan(toFiles(), 2, folder.path()), options);
        if (!whole) return expect(false, "the whole run starts");
        expect(folder.takeOutputs() == expected, "the order of steps does not change the rows");
        options.snapshotAtStep = 1 + splitMix64(seed) % whole->metrics().steps;
        auto first = Run::start(plan(toFiles(), 2, folder.path()), options);
        expect(first.ok(), "the first run starts");
        Result<StateSnapshot> snapshot = (*first)->awaitSnapshot();
        first = Status();
        (void)folder.takeOutputs();
        if (!snapshot.ok()) {
            expect(options.snapshotAtStep > whole->metrics().steps / 2, "a snapshot comes");
            continue;
        }
        options.snapshotAtStep = 0;
        options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
        const auto second = runToEnd(plan(toFiles(), 3, folder.path()), options);
        expect(folder.takeOutputs() == expected, "a run that goes on ends with the same rows");
        ++wentOn;
        if (second)
            expect(second->metrics().nodes["in"].notes.empty(), "partitions that are there are not missed");
    }
    expect(wentOn >= 20, fmt::format("most seeds have a snapshot to resume from: {}", wentOn).c_str());
}

/// Between snapshot and restart “b” goes away and “z” comes: the one is told, the other starts as one found.
void partitionsChangeWhileNothingRuns() {
    const Folder folder;
    world().clear();
    world().news("b", PartitionState::Live);
    world().news("c", PartitionState::Live);
    world().rows("b", everySecond(0, 5, 1));
    world().rows("c", everySecond(0, 5, 1));
    auto first = Run::start(plan(toFiles(), 2, folder.path()), {});
    expect(first.ok(), "the run starts");
    while ((*first)->metrics().nodes["out"].rowsIn < 10) std::this_thread::yield();
    Result<StateSnapshot> snapshot = (*first)->snapshot();
    expect(snapshot.ok(), "a snapshot comes");
    first = Status();
    if (!snapshot.ok()) return;
    world().forget("b");
    world().rows("z", everySecond(5, 8, 3));
    world().rows("c", everySecond(5, 8, 1));
    RunOptions options;
    options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
    auto second = Run::start(plan(toFiles(), 2, folder.path()), options);
    expect(second.ok(), "it goes on");
    if (!second.ok()) return;
    const auto watermark = [&] { return (*second)->metrics().nodes["in"].watermark; };
    for (int i = 0; i < 5'000 && watermark() < kNoon + 6'000; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    expect(watermark() == kNoon + 6'000, "the one that is gone does not hold the others back");
    const NodeMetrics in = (*second)->metrics().nodes["in"];
    expect(in.notes.size() == 1 && english(in.notes.front()).find("“b”") != std::string::npos,
           "a note tells which is gone");
    expect(in.partitions.size() == 3 && in.partitions[0].state == PartitionState::Ended &&
               in.partitions[2].name == "z",
           "metrics tell of all");
    (*second)->stop(StopMode::Now);
    (*second)->wait();
}

}  // namespace

int main() {
    partitionsAreWires();
    oneIsFoundLater();
    whoIsCutOffIsNotIdle();
    whoConnectsIsNotIdle();
    aThreadWakesTheSource();
    aSnapshotKeepsPartitions();
    partitionsChangeWhileNothingRuns();
    return summary();
}
