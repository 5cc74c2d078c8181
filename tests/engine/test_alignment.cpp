// A source that is far ahead of another that shares a node below with it waits (event-time rules, 22): the
// state of the node stays bounded, the rows are the same, and no source waits for ever.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <random>
#include <thread>

#include "core/views/table_view.h"
#include "tests/support/child.h"
#include "tests/support/random_cases.h"
#include "tests/support/run_of.h"
#include "tests/support/scripted_source.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kStart = "TIMESTAMP '2024-03-01 00:00:00'";

/// A row a second of event time, as `second` says; `rate` rows a second of the run's clock, 0: at once.
Node numbers(const char* id, int rows, int rate, const char* disorder, Json more = Json::object()) {
    Json params = {{"rows", rows},
                   {"rate", rate},
                   {"disorder", disorder},
                   {"columns",
                    {"k INT = CAST(i % 50 AS INT)", "v BIGINT = i",
                     fmt::format("ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, CAST(i AS INT), {})", kStart)}},
                   {"event_time", "ts"},
                   {"watermark_delay", "2s"}};
    params.update(more);
    return node(id, "generator", params);
}

Node sessions(const char* id) {
    return node(id, "window_aggregate",
                {{"window", "session"},
                 {"gap", "30s"},
                 {"keys", {"k"}},
                 {"aggregates", {"COUNT(*) AS n", "LISTAGG(CAST(v AS STRING)) AS joined"}}});
}

std::vector<TableRow> rowsOf(const Run& run, const char* id) {
    std::vector<TableRow> rows;
    const auto view = std::dynamic_pointer_cast<TableView>(run.view(id));
    for (const TableRowRef& row : view->snapshot().rows) rows.push_back(*row);
    std::sort(rows.begin(), rows.end());
    return rows;
}

struct Outcome {
    std::vector<TableRow> rows;
    std::uint64_t largestState = 0;  ///< bytes of the sessions, as seen
    std::uint64_t mostAhead = 0;     ///< rows that “fast” had given beyond “slow”
    bool waited = false;
};

Outcome run(const Pipeline& pipeline, RunOptions options, int parallelism = 2) {
    Outcome outcome;
    options.executor = ExecutorKind::Seeded;
    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    auto started = Run::start(planOf(pipeline, parallelism), options);
    expect(started.ok(), "the run starts");
    if (!started.ok()) return outcome;
    Run& run = **started;
    while (!run.waitFor(100)) {
        const RunMetrics metrics = run.metrics();
        const NodeMetrics& fast = metrics.nodes.at("fast");
        outcome.largestState = std::max(outcome.largestState, metrics.nodes.at("sessions").stateBytes);
        const std::uint64_t slow = metrics.nodes.at("slow").rowsOut;
        if (fast.rowsOut > slow) outcome.mostAhead = std::max(outcome.mostAhead, fast.rowsOut - slow);
        outcome.waited = outcome.waited || fast.waitsForSlower;
    }
    expect(run.state() == RunState::Finished, "the run ends");
    outcome.rows = rowsOf(run, "result");
    return outcome;
}

/// “fast” is there at once, “slow” comes at ten thousand rows a second: sessions over both wait for “slow”.
void whatIsKeptStaysBounded(const char* disorder) {
    constexpr int kRows = 300'000;
    Pipeline pipeline;
    pipeline.nodes = {numbers("fast", kRows, 0, disorder),
                      numbers("slow", kRows, 10'000, disorder),
                      node("all", "union"),
                      node("sessions", "window_aggregate",
                           {{"window", "session"},
                            {"gap", "30s"},
                            {"keys", {"k"}},
                            {"aggregates", {"COUNT(*) AS n", "SUM(v) AS total"}}}),
                      node("hours", "window_aggregate",
                           {{"window", "tumble"},
                            {"size", "1h"},
                            {"aggregates", {"COUNT(*) AS sessions", "SUM(n) AS n", "SUM(total) AS total"}}}),
                      node("result", "table_view", {{"keep", 20'000}})};
    pipeline.wires = {wire("fast", "all"), wire("slow", "all"), wire("all", "sessions"),
                      wire("sessions", "hours"), wire("hours", "result")};
    RunOptions options;
    options.batchRows = 1'024;
    options.channelRows = 4'096;
    options.alignRows = 0;
    const Outcome unaligned = run(pipeline, options);
    options.alignRows = 2'000;
    const Outcome aligned = run(pipeline, options);
    expect(!unaligned.rows.empty() && aligned.rows == unaligned.rows, "alignment changes no result");
    expect(!unaligned.waited && unaligned.mostAhead > kRows / 2, "without it nobody waits");
    expect(aligned.waited, "metrics tell that the fast source waits");
    // A generator gives up to 16 384 rows at once, to each of two lanes.
    expect(aligned.mostAhead < 60'000, "it waits soon");
    expect(aligned.largestState > 0 && aligned.largestState * 3 < unaligned.largestState,
           fmt::format("what sessions keep stays bounded: {} bytes, without alignment {}",
                       aligned.largestState, unaligned.largestState)
               .c_str());
}

/// Three sources, each two of which share a session. The times of some come from a column that runs the other
/// way than those of its neighbour: each pair wishes for another lead.
void nobodyWaitsForEver() {
    const auto timesOf = [](std::mt19937& random) {
        const std::vector<const char*> steps = {"i", "i * 500", "i * i", "4000 * 500 - i"};
        return fmt::format("ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, CAST({} AS INT), {})",
                           steps[random() % steps.size()], kStart);
    };
    std::size_t rows = 0;  // of runs that are compared
    for (const unsigned seed : seedsOf(suites::Alignments)) {
        std::mt19937 random(seed);
        Pipeline pipeline;
        for (const char* id : {"a", "b", "c"}) {
            Node source =
                numbers(id, 1 + static_cast<int>(random() % 3'000), random() % 4 == 0 ? 20'000 : 0, "0s");
            source.params["columns"] = {"k INT = CAST(i % 3 AS INT)", "v BIGINT = i", timesOf(random),
                                        timesOf(random).replace(0, 2, "other")};
            // Results of every second case hang on no clock, so that of a few seeds in a row some are compared.
            if (const bool idles = random() % 3 == 0; idles && seed % 2 == 0) source.params["idle_timeout"] = "1s";
            if (random() % 3 == 0) {
                source.params.erase("event_time");
                source.params.erase("watermark_delay");
                source.params.erase("idle_timeout");
            }
            const bool stamped = !source.params.contains("event_time");
            pipeline.nodes.push_back(source);
            // Two ways of a source with other times, when it has none itself.
            for (const char* way : {"1", "2"}) {
                const std::string through = std::string(id) + way;
                if (stamped) {
                    pipeline.nodes.push_back(
                        node(through.c_str(), "event_time",
                             {{"column", *way == '1' ? "ts" : "other"}, {"watermark_delay", "1s"}}));
                } else {
                    pipeline.nodes.push_back(node(through.c_str(), "filter", {{"condition", "v >= 0"}}));
                }
                pipeline.wires.push_back(wire(id, through.c_str()));
            }
        }
        const std::vector<std::array<const char*, 3>> pairs = {
            {"ab", "a1", "b1"}, {"bc", "b2", "c1"}, {"ca", "c2", "a2"}};
        for (const auto& [id, left, right] : pairs) {
            const std::string select_left = std::string(id) + "_l", select_right = std::string(id) + "_r";
            const std::string both = std::string(id) + "_all", out = std::string(id) + "_out";
            // One event-time column by one name, whichever it was.
            for (const auto& [select, from] :
                 {std::pair{select_left, std::string(left)}, std::pair{select_right, std::string(right)}}) {
                const auto sourceId = from.substr(0, 1);
                const auto source = std::find_if(pipeline.nodes.begin(), pipeline.nodes.end(),
                                                 [&](const Node& node) { return node.id == sourceId; });
                const bool other = !source->params.contains("event_time") && from[1] == '2';
                pipeline.nodes.push_back(node(select.c_str(), "select",
                                              {{"columns", {"k", "v", other ? "other AS at" : "ts AS at"}}}));
                pipeline.wires.push_back(wire(from.c_str(), select.c_str()));
                pipeline.wires.push_back(wire(select.c_str(), both.c_str()));
            }
            pipeline.nodes.push_back(node(both.c_str(), "union"));
            pipeline.nodes.push_back(sessions(id));
            pipeline.nodes.push_back(node(out.c_str(), "table_view", {{"keep", 20'000}}));
            pipeline.wires.push_back(wire(both.c_str(), id));
            pipeline.wires.push_back(wire(id, out.c_str()));
        }
        const bool mayIdle = std::any_of(pipeline.nodes.begin(), pipeline.nodes.end(), [](const Node& node) {
            return node.params.contains("idle_timeout");
        });
        std::vector<std::vector<TableRow>> expected;
        for (const std::size_t alignRows : {std::size_t{0}, std::size_t{1}, std::size_t{100}}) {
            for (const bool pool : {true, false}) {
                RunOptions options;
                options.alignRows = alignRows;
                options.batchRows = 1 + random() % 300;
                options.channelRows = 1 + random() % 500;
                options.seed = seed;
                if (!pool) {
                    options.executor = ExecutorKind::Seeded;
                    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
                }
                auto started = Run::start(planOf(pipeline, 1 + static_cast<int>(seed % 3)), options);
                if (!started.ok()) return expect(false, "the run starts");
                const bool ended = (*started)->waitFor(60'000);
                expect(ended, fmt::format("nobody waits for ever: seed {}, {} rows ahead, {}", seed,
                                          alignRows, pool ? "pool" : "seeded")
                                  .c_str());
                if (!ended) return;
                std::vector<std::vector<TableRow>> outcome;
                for (const auto& [id, left, right] : pairs)
                    outcome.push_back(rowsOf(**started, (std::string(id) + "_out").c_str()));
                if (expected.empty()) expected = outcome;
                for (const auto& table : outcome) rows += mayIdle ? 0 : table.size();
                // Where one becomes idle is not decided by its rows.
                expect(mayIdle || outcome == expected,
                       fmt::format("alignment changes no result: seed {}", seed).c_str());
            }
        }
    }
    expect(rows > 0, fmt::format("there are rows to tell runs apart by: {}", rows).c_str());
}

Pipeline waiting() {
    Pipeline pipeline;
    // “slow” has given one row and has no more for an hour; “fast” is far ahead of it and waits.
    pipeline.nodes = {numbers("fast", 0, 0, "0s"),
                      node("slow", "rows",
                           {{"columns", {"k INT", "v BIGINT", "ts TIMESTAMP(3)"}},
                            {"rows", {{1, 1, "2024-03-01 00:00:00"}, {1, 2, "2024-03-01 00:00:01"}}},
                            {"every", "1h"},
                            {"event_time", "ts"}}),
                      node("all", "union"), sessions("sessions"), node("result", "table_view")};
    pipeline.wires = {wire("fast", "all"), wire("slow", "all"), wire("all", "sessions"),
                      wire("sessions", "result")};
    return pipeline;
}

/// Whether `run` comes to a state in which the fast source waits.
bool comesToWait(const Run& run) {
    for (int i = 0; i < 20'000; ++i) {
        if (run.metrics().nodes.at("fast").waitsForSlower) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
}

/// A source that waits gives barriers, stops and can be paused as ever.
void whoWaitsIsNotStuck() {
    for (const StopMode mode : {StopMode::Now, StopMode::Drain, StopMode::Discard}) {
        RunOptions options;
        options.alignRows = 5'000;
        auto started = Run::start(planOf(waiting(), 1), options);
        if (!started.ok()) return expect(false, "the run starts");
        Run& run = **started;
        expect(comesToWait(run), "the source comes to wait");
        const std::uint64_t given = run.metrics().nodes["fast"].rowsOut;
        expect(run.snapshot().ok(), "a barrier passes it");
        run.pause();
        expect(run.snapshot().ok(), "also while the run is paused");
        run.resume();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        expect(comesToWait(run) && run.metrics().nodes["fast"].rowsOut == given, "it waits as before");
        run.stop(mode);
        expect(run.waitFor(20'000), "a source that waits is stopped");
    }
}

/// The slowest falls silent and is idle: sources that waited for it go on. One that is cut off is waited for.
void whoIsIdleIsNotWaitedFor() {
    static const Catalogue kAll = withScriptedSource(builtin());
    for (const PartitionState state : {PartitionState::Live, PartitionState::Disconnected}) {
        Outside& world = Outside::named("slow");
        world.clear();
        world.rows("p", {{"k", 1, 1'709'251'200'000}});
        world.news("p", state);
        Pipeline pipeline = waiting();
        pipeline.nodes[0].params["rows"] = 60'000;
        pipeline.nodes[0].params["columns"][0] = "k STRING = 'k'";
        pipeline.nodes[0].params["columns"][1] = "v INT = CAST(i AS INT)";
        pipeline.nodes[1] =
            node("slow", "scripted", {{"outside", "slow"}, {"event_time", "ts"}, {"idle_timeout", "1s"}});
        PlanOptions one;
        one.parallelism = 1;
        const Planned planned = makePlan(pipeline, kAll, one);
        for (const Issue& issue : planned.issues) std::printf("%s\n", english(issue).c_str());
        if (!planned.plan) return expect(false, "the pipeline plans");
        RunOptions options;
        options.alignRows = 5'000;
        auto started = Run::start(planned.plan, options);
        if (!started.ok()) return expect(false, "the run starts");
        Run& run = **started;
        expect(comesToWait(run), "the source comes to wait");
        const auto given = [&run] { return run.metrics().nodes["fast"].rowsOut; };
        if (state == PartitionState::Live) {
            for (int i = 0; i < 20'000 && given() < 60'000; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            expect(given() == 60'000, "who is idle is not waited for");
        } else {
            std::this_thread::sleep_for(std::chrono::milliseconds(1'500));
            expect(given() < 40'000, "who is cut off is");
            world.end();
            for (int i = 0; i < 20'000 && given() < 60'000; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            expect(given() == 60'000, "until it ends");
        }
        run.stop(StopMode::Now);
        run.wait();
    }
}

/// Partitions of one source are held one by one: the slow one goes on.
void partitionsAreHeld() {
    static const Catalogue kAll = withScriptedSource(builtin());
    Outside& world = Outside::named("parts");
    world.clear();
    world.news("a", PartitionState::Live);
    world.news("b", PartitionState::Live);
    const auto rows = [](int from, int to) {
        std::vector<ScriptedRow> made;
        for (int i = from; i < to; ++i) made.push_back({"k", i, 1'709'251'200'000 + i * 1000});
        return made;
    };
    for (int i = 0; i < 5'000; i += 100) world.rows("a", rows(i, i + 100));
    for (int i = 0; i < 5'000; i += 100) world.rows("b", rows(i, i + 100));
    world.end();
    Pipeline pipeline;
    pipeline.nodes = {node("in", "scripted", {{"outside", "parts"}, {"event_time", "ts"}}),
                      sessions("sessions"), node("result", "table_view")};
    pipeline.wires = {wire("in", "sessions"), wire("sessions", "result")};
    const Planned planned = makePlan(pipeline, kAll, {});
    if (!planned.plan) return expect(false, "the pipeline plans");
    RunOptions options;
    options.alignRows = 500;
    const auto run = runToEnd(planned.plan, options);
    if (!run) return expect(false, "the run starts");
    expect(run->metrics().nodes["sessions"].rowsIn == 10'000, "all rows come");
    expect(world.timesHeld() > 2, "the partition ahead was held, and again");
}

/// A row of a file that grows points into the block that it was read with, of which it is a small part: by
/// some of these no source is far ahead.
void aGrowingFileIsNotHeldForItsBlocks() {
    constexpr std::uint64_t kRows = 24;  // with their blocks they would be more than is let ahead
    const testing::ScratchFolder folder("grows");
    const std::string ahead = (folder.path() / "ahead.csv").string(),
                      behind = (folder.path() / "behind.csv").string();
    std::ofstream(behind) << "ts,word\n2024-03-01 00:00:00,an old one\n";
    std::ofstream grows(ahead);
    grows << "ts,word\n" << std::flush;
    Pipeline pipeline;
    for (const auto& [id, path] : {std::pair("ahead", ahead), std::pair("behind", behind)}) {
        pipeline.nodes.push_back(node(id, "csv_source",
                                      {{"path", path},
                                       {"columns", {"ts TIMESTAMP(3)", "word STRING"}},
                                       {"event_time", "ts"},
                                       {"follow", true}}));
    }
    pipeline.nodes.push_back(node("both", "union"));
    pipeline.nodes.push_back(node("result", "table_view"));
    pipeline.wires = {wire("ahead", "both"), wire("behind", "both"), wire("both", "result")};
    const auto started = Run::start(planOf(pipeline, 1), {});
    if (!started.ok()) return expect(false, "the run starts");
    Run& run = **started;
    std::uint64_t came = 0;
    for (std::uint64_t row = 0; row < kRows && came == row; ++row) {
        grows << fmt::format("2024-03-01 12:00:{:02},a word that is longer than others\n", row) << std::flush;
        for (int left = 1'000; left > 0 && came == row; --left) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            came = run.metrics().nodes.at("ahead").rowsOut;
        }
    }
    expect(came == kRows, fmt::format("each row comes while the other file is behind: {}", came).c_str());
    run.stop(StopMode::Now);
    run.wait();
}

}  // namespace

int main() {
    whatIsKeptStaysBounded("0s");
    whatIsKeptStaysBounded("2s");
    nobodyWaitsForEver();
    whoWaitsIsNotStuck();
    whoIsIdleIsNotWaitedFor();
    partitionsAreHeld();
    aGrowingFileIsNotHeldForItsBlocks();
    return summary();
}
