// A limit that has its rows ends at once, and with it all nodes that only it reads: sources without end and
// those that wait, nodes between, windows behind it. Others are read on, and a run that resumes from a
// snapshot knows the count.
#include <algorithm>
#include <fstream>

#include "core/base/random.h"
#include "core/views/table_view.h"
#include "tests/support/child.h"
#include "tests/support/collecting_sink.h"
#include "tests/support/random_cases.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kPatience = 120'000;  // a disk that discards may take half a minute for a sync

/// A row a second of event time, as fast as possible; 0 rows: without end.
Node numbers(const char* id, int rows) {
    return node(
        id, "generator",
        {{"rows", rows},
         {"rate", 0},
         {"columns",
          {"n BIGINT = i", "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
         {"event_time", "ts"}});
}

Node limit(const char* id, int count) {
    return node(id, "limit", {{"count", count}});
}

std::vector<std::int64_t> numbersIn(const Run& run, const char* id) {
    std::vector<std::int64_t> found;
    const auto view = std::dynamic_pointer_cast<TableView>(run.view(id));
    for (const TableRowRef& row : view->snapshot().rows) found.push_back(std::get<std::int64_t>((*row)[0]));
    std::sort(found.begin(), found.end());
    return found;
}

/// The first `count` numbers, or as many times each.
std::vector<std::int64_t> firstOf(std::int64_t count, int times = 1) {
    std::vector<std::int64_t> numbers;
    for (std::int64_t i = 0; i < count; ++i)
        numbers.insert(numbers.end(), static_cast<std::size_t>(times), i);
    return numbers;
}

/// The run when it has ended by itself; null when it does not, or fails.
std::unique_ptr<Run> ended(const Pipeline& pipeline, ExecutorKind executor, int parallelism = 3) {
    RunOptions options;
    options.executor = executor;
    options.batchRows = 64;
    options.channelRows = 200;
    const auto plan = planOf(pipeline, parallelism);
    if (!plan) return nullptr;
    auto run = Run::start(plan, options);
    if (!run.ok() || !(*run)->waitFor(kPatience)) return nullptr;
    return (*run)->state() == RunState::Finished ? std::move(*run) : nullptr;
}

template <class Try>
void onEachExecutor(Try&& tried) {
    for (const ExecutorKind executor : {ExecutorKind::Pool, ExecutorKind::Seeded}) tried(executor);
}

/// With any stateless or single nodes between.
void anEndlessSourceEnds() {
    const std::vector<std::vector<Node>> between{
        {},
        {node("f", "filter", {{"condition", "n >= 0"}})},
        {node("t", "event_time", {{"column", "ts"}, {"watermark_delay", "2s"}})},
        {node("s", "sort")},
        {node("t", "event_time", {{"column", "ts"}}), node("s", "sort"),
         node("f", "filter", {{"condition", "n >= 0"}})}};
    for (const std::vector<Node>& nodes : between) {
        Pipeline pipeline;
        pipeline.nodes = {numbers("in", 0)};
        std::string last = "in";
        for (const Node& one : nodes) {
            pipeline.nodes.push_back(one);
            pipeline.wires.push_back(wire(last.c_str(), one.id.c_str()));
            last = one.id;
        }
        pipeline.nodes.push_back(limit("first", 10));
        pipeline.nodes.push_back(node("result", "table_view"));
        pipeline.wires.push_back(wire(last.c_str(), "first"));
        pipeline.wires.push_back(wire("first", "result"));
        onEachExecutor([&](ExecutorKind executor) {
            const auto run = ended(pipeline, executor);
            expect(run != nullptr, "a run of an endless source ends with its limit");
            if (!run) return;
            expect(numbersIn(*run, "result") == firstOf(10), "the first rows come, and no others");
            RunMetrics metrics = run->metrics();
            expect(metrics.nodes["first"].rowsOut == 10 && metrics.nodes["result"].rowsIn == 10,
                   "metrics count the rows that went");
            expect(metrics.nodes["first"].ended && metrics.nodes["in"].ended && metrics.nodes[last].ended,
                   "all have ended");
            expect(metrics.wires.back().rows == 10, "so does the wire behind");
            for (const WireMetrics& one : metrics.wires) expect(one.queuedRows == 0, "nothing waits");
        });
    }
}

/// The next row comes in an hour: it is not waited for.
void aSourceThatWaitsIsWoken() {
    Pipeline pipeline;
    const Json rows = Json::array({Json::array({0}), Json::array({1})});
    pipeline.nodes = {node("in", "rows", {{"columns", {"n BIGINT"}}, {"rows", rows}, {"every", "1h"}}),
                      limit("first", 1), node("result", "table_view")};
    pipeline.wires = {wire("in", "first"), wire("first", "result")};
    const auto run = ended(pipeline, ExecutorKind::Pool);
    expect(run && numbersIn(*run, "result") == firstOf(1), "a source that waits ends at once");
}

void windowsBehindFire() {
    Pipeline pipeline;
    pipeline.nodes = {numbers("in", 0), limit("first", 100),
                      node("hours", "window_aggregate", {{"size", "1h"}, {"aggregates", {"COUNT(*) AS n"}}}),
                      node("count", "select", {{"columns", {"n"}}}), node("result", "table_view")};
    pipeline.wires = {wire("in", "first"), wire("first", "hours"), wire("hours", "count"),
                      wire("count", "result")};
    onEachExecutor([&](ExecutorKind executor) {
        const auto run = ended(pipeline, executor);
        expect(run && numbersIn(*run, "result") == std::vector<std::int64_t>{100},
               "a window behind fires as at the end of its input");
    });
}

void othersAreReadOn() {
    constexpr int kRows = 100'000;
    Pipeline pipeline;
    pipeline.nodes = {numbers("in", kRows),
                      limit("few", 10),
                      limit("more", 1'000),
                      node("odd", "filter", {{"condition", "n % 2 = 1"}}),
                      node("rest", "table_view"),
                      node("result", "table_view"),
                      node("results", "table_view", {{"keep", 2'000}})};
    pipeline.wires = {wire("in", "odd"),     wire("odd", "rest"), wire("in", "few"),
                      wire("few", "result"), wire("in", "more"),  wire("more", "results")};
    onEachExecutor([&](ExecutorKind executor) {
        const auto run = ended(pipeline, executor);
        expect(run != nullptr, "the run ends");
        if (!run) return;
        RunMetrics metrics = run->metrics();
        expect(metrics.nodes["rest"].rowsIn == kRows / 2, "who reads on gets all rows");
        expect(numbersIn(*run, "result") == firstOf(10) && numbersIn(*run, "results") == firstOf(1'000),
               "each limit gives its own");
        expect(metrics.wires[0].rows == kRows, "the wire to the reader counts all");
        expect(metrics.wires[2].rows < kRows && metrics.wires[2].rows >= 10,
               "the wire to the limit counts none after its end");
    });
    // Nothing behind it: it is looked at, and so it is read to the end.
    pipeline.nodes.erase(pipeline.nodes.begin() + 4);
    pipeline.wires.erase(pipeline.wires.begin() + 1);
    const auto run = ended(pipeline, ExecutorKind::Pool);
    expect(run && run->metrics().nodes["odd"].rowsIn == kRows,
           "a node that leads nowhere is read to the end");
}

/// Of two sources without end the sort takes the rows together; both end.
void severalSourcesEnd() {
    Pipeline pipeline;
    pipeline.nodes = {numbers("a", 0),   numbers("b", 0),    node("both", "union"),
                      node("s", "sort"), limit("first", 20), node("result", "table_view")};
    pipeline.wires = {wire("a", "both"), wire("b", "both"), wire("both", "s"), wire("s", "first"),
                      wire("first", "result")};
    onEachExecutor([&](ExecutorKind executor) {
        const auto run = ended(pipeline, executor);
        expect(run && numbersIn(*run, "result") == firstOf(10, 2), "the earliest of both come");
    });
}

/// Made rows in order: the tasks of the windows end, too.
void windowsBeforeEnd() {
    Pipeline pipeline;
    pipeline.nodes = {numbers("in", 0),
                      node("minutes", "window_aggregate",
                           {{"size", "1min"}, {"keys", {"n"}}, {"aggregates", {"COUNT(*) AS c"}}}),
                      node("number", "select", {{"columns", {"n", "window_time"}}}),
                      node("s", "sort"),
                      limit("first", 60),
                      node("result", "table_view")};
    pipeline.wires = {wire("in", "minutes"), wire("minutes", "number"), wire("number", "s"),
                      wire("s", "first"), wire("first", "result")};
    onEachExecutor([&](ExecutorKind executor) {
        const auto run = ended(pipeline, executor);
        expect(run && numbersIn(*run, "result") == firstOf(60), "the rows of the first window come");
    });
}

class Folder {
 public:
    /// The lines of both outputs, sorted; they are gone then.
    std::vector<std::string> takeOutputs() const {
        std::vector<std::string> lines;
        for (const char* name : {"first.csv", "all.csv"}) {
            std::ifstream file(path() / name);
            for (std::string line; std::getline(file, line);) lines.push_back(name + (": " + line));
            file.close();
            std::filesystem::remove(path() / name);
        }
        std::sort(lines.begin(), lines.end());
        return lines;
    }
    const std::filesystem::path& path() const { return m_scratch.path(); }

 private:
    const testing::ScratchFolder m_scratch{"limit"};
};

/// Left at any step and resumed: the limit may have ended before the barrier, or not begun.
void goesOn() {
    static const Catalogue kAll = withCollectingSinks(builtin());
    const Folder folder;
    Pipeline pipeline;
    pipeline.nodes = {numbers("in", 3'000), node("s", "sort"), limit("first", 700),
                      node("out", "csv_sink", {{"path", "first.csv"}}),
                      node("rest", "csv_sink", {{"path", "all.csv"}})};
    pipeline.wires = {wire("in", "s"), wire("s", "first"), wire("first", "out"), wire("in", "rest")};
    const auto planWith = [&](int parallelism) {
        PlanOptions options;
        options.parallelism = parallelism;
        options.validate.folder = folder.path().string();
        return makePlan(pipeline, kAll, options).plan;
    };
    (void)runToEnd(planWith(1));
    const std::vector<std::string> expected = folder.takeOutputs();
    expect(expected.size() == 1 + 700 + 1 + 3'000, "both outputs are whole");
    int wentOn = 0;
    const std::vector<std::uint32_t> seeds = seedsOf(suites::Limits);
    for (const std::uint64_t seed : seeds) {
        RunOptions options;
        options.executor = ExecutorKind::Seeded;
        options.seed = seed;
        options.batchRows = 5 + seed % 40;
        options.channelRows = 128;
        const auto whole = runToEnd(planWith(1 + static_cast<int>(seed % 3)), options);
        expect(whole && folder.takeOutputs() == expected, "no order of steps changes the rows");
        if (!whole) return;
        options.snapshotAtStep = 1 + splitMix64(seed) % whole->metrics().steps;
        auto first = Run::start(planWith(1 + static_cast<int>(seed % 3)), options);
        if (!first.ok()) return expect(false, "the first run starts");
        Result<StateSnapshot> snapshot = (*first)->awaitSnapshot();
        first = Status();
        (void)folder.takeOutputs();
        if (!snapshot.ok()) continue;  // it had ended
        ++wentOn;
        options.snapshotAtStep = 0;
        options.batchRows = 3 + seed % 7;
        options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
        (void)runToEnd(planWith(1 + static_cast<int>((seed / 3) % 5)), options);
        expect(folder.takeOutputs() == expected, "a run that goes on ends with the same rows");
    }
    expect(wentOn * 2 > static_cast<int>(seeds.size()), "most seeds have a snapshot to resume from");
}

}  // namespace

int main() {
    anEndlessSourceEnds();
    aSourceThatWaitsIsWoken();
    windowsBehindFire();
    othersAreReadOn();
    severalSourcesEnd();
    windowsBeforeEnd();
    goesOn();
    return summary();
}
