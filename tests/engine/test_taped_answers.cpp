// Nodes that ask the world outside, on a tape: a replay asks nothing and gives the rows of the run, also those
// that were rejected, were given up, or had other answers than the world would give now, in the order in
// which they went on; at any degree and batch size, and when it is left and resumed.
#include <algorithm>

#include "core/tape/tape_player.h"
#include "core/views/table_view.h"
#include "tests/support/asking_node.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"
#include "tests/support/tape_in_memory.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kBegan = 1'700'000'000'000;

const Catalogue& catalogue() {
    static const Catalogue kAll = withAskingNode(builtin());
    return kAll;
}

Node counting(const char* name, int rows) {
    return node(
        name, "generator",
        {{"rows", rows},
         {"rate", 1'000},
         {"columns",
          {"n BIGINT = i", "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
         {"event_time", "ts"}});
}

/// Rows of one source, of two, of a window, several of one position, or of a window with columns that nobody
/// reads: only those may be left out of a batch.
enum class Above { Source, Union, Window, Flatten, Unread };

Pipeline pipelineOf(Above above, const Json& params, int rows = 300) {
    Pipeline made;
    made.nodes = {counting("in", rows), node("ask", "asks_outside", params),
                  node("out", "table_view", {{"keep", 20'000}}),
                  node("denied", "table_view", {{"keep", 20'000}})};
    if (above == Above::Source) {
        made.wires = {wire("in", "ask")};
    } else if (above == Above::Union) {
        made.nodes.push_back(counting("more", rows));
        made.nodes.push_back(node("both", "union"));
        made.wires = {wire("in", "both"), wire("more", "both"), wire("both", "ask")};
    } else if (above == Above::Window) {
        made.nodes.push_back(node(
            "windows", "window_aggregate",
            {{"window", "tumble"}, {"size", "3s"}, {"keys", {"n"}}, {"aggregates", {"COUNT(*) AS many"}}}));
        made.wires = {wire("in", "windows"), wire("windows", "ask")};
    } else if (above == Above::Unread) {
        made.nodes.push_back(node(
            "windows", "window_aggregate",
            {{"window", "tumble"}, {"size", "3s"}, {"keys", {"n"}}, {"aggregates", {"COUNT(*) AS many"}}}));
        made.nodes.push_back(node("more", "select", {{"columns", {"n", "many", "n * 2 AS doubled"}}}));
        made.nodes.push_back(node("less", "select", {{"columns", {"n"}}}));
        made.wires = {wire("in", "windows"), wire("windows", "more"), wire("more", "ask"),
                      wire("ask", "less"),   wire("less", "out"),     wire("ask", "denied", "rejected")};
        return made;
    } else {
        made.nodes.push_back(node("twice", "select", {{"columns", {"*", "'[1, 2]' AS texts"}}}));
        made.nodes.push_back(node("flat", "flatten", {{"column", "texts"}, {"columns", {"e INT"}}}));
        made.wires = {wire("in", "twice"), wire("twice", "flat"), wire("flat", "ask")};
    }
    made.wires.push_back(wire("ask", "out"));
    made.wires.push_back(wire("ask", "denied", "rejected"));
    return made;
}

std::shared_ptr<const Plan> planned(const Pipeline& pipeline, int parallelism, bool prunes = true) {
    PlanOptions options;
    options.parallelism = parallelism;
    options.pruneColumns = prunes;
    const Planned made = makePlan(pipeline, catalogue(), options);
    for (const Issue& issue : made.issues) {
        if (issue.severity == Severity::Error) std::printf("%s\n", english(issue).c_str());
    }
    expect(made.plan != nullptr, "it can be planned");
    return made.plan;
}

RunOptions seeded(std::uint64_t seed, std::size_t batchRows = 7) {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    options.clock = std::make_shared<SimulatedClock>(kBegan);
    options.batchRows = batchRows;
    return options;
}

/// The rows of both tables, in the order in which they came.
struct Tables {
    std::vector<TableRow> out{}, denied{};
    bool operator==(const Tables&) const = default;
    void sort() {
        std::sort(out.begin(), out.end());
        std::sort(denied.begin(), denied.end());
    }
};

Tables tablesOf(const Run& run) {
    Tables tables;
    for (const auto& [id, rows] : {std::pair("out", &tables.out), std::pair("denied", &tables.denied)}) {
        const auto view = std::dynamic_pointer_cast<TableView>(run.view(id));
        for (const TableRowRef& row : view->snapshot().rows) rows->push_back(*row);
    }
    return tables;
}

bool says(const TableRow& row, const std::string& text) {
    return std::any_of(row.begin(), row.end(), [&text](const Value& cell) {
        const auto* found = std::get_if<std::string>(&cell);
        return found && found->find(text) != std::string::npos;
    });
}

struct Taped {
    Tables tables{};
    TapeFileRef tape{};
    Status status{};
};

/// Runs it on a tape, in a mood of the world that is over afterwards; to its end, or for some milliseconds.
Taped taped(const Pipeline& pipeline, int parallelism, RunOptions options, Millis stopAfter = -1,
            bool prunes = true) {
    AskedWorld& world = AskedWorld::instance();
    world.clear();
    world.mood = 2;
    const TapeInMemory tape;
    options.record = tape.recorder;
    options.outputs = tape.disk;
    auto run = Run::start(planned(pipeline, parallelism, prunes), options);
    expect(run.ok(), "a recorded run starts");
    if (!run.ok()) return {};
    if (stopAfter >= 0) {
        (void)(*run)->waitFor(stopAfter);
        (*run)->stop(StopMode::Now);
    }
    (*run)->wait();
    const auto file = readTape(tape.bytes());
    expect(file.ok(), "its tape can be read");
    expect(world.asked > 0, "the world was asked");
    world.clear();
    return {tablesOf(**run), file.ok() ? *file : nullptr, (*run)->status()};
}

void sameAgain(const Pipeline& pipeline, const Taped& run, bool inOrder, const char* what) {
    if (!run.tape) return;
    for (const int parallelism : {1, 2, 5}) {
        for (const std::size_t batchRows : {std::size_t{1}, std::size_t{7}, std::size_t{4'096}}) {
            RunOptions options = seeded(batchRows + 1, batchRows);
            options.replay = makeTapePlayer(run.tape, 0);
            auto again = Run::start(planned(pipeline, parallelism), options);
            if (!again.ok()) return expect(false, "a replay starts");
            (*again)->wait();
            expect((*again)->status().ok() == run.status.ok(), "it ends as the run did");
            expect(AskedWorld::instance().asked == 0, "and asks nobody");
            Tables found = tablesOf(**again), expected = run.tables;
            if (!inOrder) {
                found.sort();
                expected.sort();
            }
            if (!(found == expected))
                std::printf("%s: %zu and %zu rows instead of %zu and %zu, %d tasks, batches of %zu\n", what,
                            found.out.size(), found.denied.size(), expected.out.size(),
                            expected.denied.size(), parallelism, batchRows);
            expect(found == expected, what);
        }
    }
}

const std::vector<Json>& worlds() {
    static const std::vector<Json> kWorlds{
        Json::object(),
        {{"delay", 50}, {"failures", 3}},
        {{"delay", 50}, {"silent", 1}, {"patience", 100}},
        {{"delay", 90}, {"failures", 2}, {"patience", 60}, {"gives_up", true}}};
    return kWorlds;
}

void replaysAskNobody() {
    std::size_t givenUp = 0, failed = 0;
    for (const bool unordered : {false, true}) {
        for (Json world : worlds()) {
            world["unordered"] = unordered;
            for (const Above above : {Above::Source, Above::Union, Above::Window, Above::Flatten}) {
                const Pipeline pipeline = pipelineOf(above, world);
                const Taped run = taped(pipeline, 2, seeded(3));
                expect(run.tables.out.size() > 50 && run.tables.denied.size() > 10, "there are rows");
                for (const TableRow& row : run.tables.denied) {
                    givenUp += says(row, "Silence.") ? 1 : 0;
                    failed += says(row, "It failed.") ? 1 : 0;
                }
                // One wire of rows with places comes in one order; where rows overtake, that order is taped.
                // Behind several sources none gets before the end of one of them.
                const bool inOrder = above == Above::Source || (above == Above::Window && unordered) ||
                                     above == Above::Flatten;
                sameAgain(pipeline, run, inOrder, "a replay has the rows of the run");
            }
        }
    }
    expect(givenUp > 10 && failed > 10, "some were given up, and some failed");
}

/// Between rows that overtake each other any time may pass; their order is kept meanwhile.
void slowTapes() {
    Pipeline pipeline = pipelineOf(Above::Source, {{"delay", 120'000}, {"unordered", true}});
    Json rows = Json::array();
    for (int n = 0; n < 16; ++n) rows.push_back(Json::array({n}));
    pipeline.nodes.front() =
        node("in", "rows", {{"columns", {"n BIGINT"}}, {"rows", rows}, {"every", "40s"}});
    const Taped run = taped(pipeline, 2, seeded(3));
    expect(run.tables.out.size() + run.tables.denied.size() == 16, "every row went on");
    expect(!std::is_sorted(run.tables.out.begin(), run.tables.out.end()), "some overtook others");
    RunOptions options = seeded(9);
    options.replay = makeTapePlayer(run.tape, 1);
    const auto again = runToEnd(planned(pipeline, 2), options);
    if (!again) return expect(false, "the replay starts");
    expect(tablesOf(*again) == run.tables, "a replay as slow as the run keeps the order of its rows");
}

/// Rows that waited when it was stopped did not go on; nor do they in the replay.
void stoppedRuns() {
    for (const bool unordered : {false, true}) {
        const Pipeline pipeline = pipelineOf(Above::Source, {{"delay", 60}, {"unordered", unordered}}, 2'000);
        for (const Millis after : {30, 150, 400}) {
            const Taped run = taped(pipeline, 2, seeded(5), after);
            sameAgain(pipeline, run, true, "a replay of a run that was stopped has its rows");
        }
    }
}

void failedRuns() {
    const Pipeline pipeline = pipelineOf(Above::Source, {{"broken", "error"}});
    const Taped run = taped(pipeline, 2, seeded(1));
    expect(!run.status.ok(), "the world is broken");
    sameAgain(pipeline, run, true, "a replay of a run that failed fails");
}

/// Left at any step, and resumed by another schedule: rows that are in a table by then are not again.
void leftAndGoneOn() {
    std::size_t left = 0;
    for (const bool unordered : {false, true}) {
        for (const Above above : {Above::Source, Above::Window, Above::Flatten}) {
            const Pipeline pipeline =
                pipelineOf(above, {{"delay", 50}, {"failures", 2}, {"unordered", unordered}});
            Taped run = taped(pipeline, 2, seeded(3));
            run.tables.sort();
            for (std::uint64_t step = 10; step < 400; step += 60) {
                RunOptions first = seeded(step);
                first.replay = makeTapePlayer(run.tape, 0);
                first.snapshotAtStep = step;
                auto begun = Run::start(planned(pipeline, 2), first);
                if (!begun.ok()) return expect(false, "the replay starts");
                Result<StateSnapshot> snapshot = (*begun)->awaitSnapshot();
                if (!snapshot.ok()) continue;  // it was over before
                ++left;
                begun = Status();
                RunOptions second = seeded(step + 1, 4'096);
                second.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
                second.replay = makeTapePlayer(run.tape, 0);
                const auto again = runToEnd(planned(pipeline, 5), second);
                if (!again) return expect(false, "it goes on");
                Tables found = tablesOf(*again);
                found.sort();
                if (!(found == run.tables))
                    std::printf("left at step %llu: %zu and %zu rows instead of %zu and %zu\n",
                                static_cast<unsigned long long>(step), found.out.size(), found.denied.size(),
                                run.tables.out.size(), run.tables.denied.size());
                expect(found == run.tables, "a replay that goes on has all rows");
                expect(AskedWorld::instance().asked == 0, "and asks nobody");
            }
        }
    }
    expect(left > 20, "replays were left while rows came");
}

/// The command line leaves out what nobody reads, the window does not: each plays the other's tapes.
void otherColumns() {
    for (const bool unordered : {false, true}) {
        const Pipeline pipeline = pipelineOf(Above::Unread, {{"delay", 50}, {"unordered", unordered}});
        for (const bool recordsAll : {false, true}) {
            Taped run = taped(pipeline, 2, seeded(3), -1, !recordsAll);
            expect(run.tables.out.size() > 50 && run.tables.denied.size() > 10, "there are rows");
            run.tables.sort();
            for (const bool prunes : {false, true}) {
                RunOptions options = seeded(9);
                options.replay = makeTapePlayer(run.tape, 0);
                const auto again = runToEnd(planned(pipeline, 5, prunes), options);
                if (!again) return expect(false, "it starts");
                expect(AskedWorld::instance().asked == 0, "nobody is asked");
                Tables found = tablesOf(*again);
                found.sort();
                // A rejected row shows the columns that it has.
                expect(found.denied.size() == run.tables.denied.size(), "as many are denied");
                expect(found.out == run.tables.out, recordsAll
                                                        ? "a tape of all columns has the answers of some"
                                                        : "a tape of some columns has the answers of all");
            }
        }
    }
}

/// A pipeline that was edited brings rows that the tape does not know: they are told, and nothing hangs.
void editedPipelines() {
    for (const bool unordered : {false, true}) {
        const Json params{{"delay", 50}, {"unordered", unordered}};
        const Pipeline all = pipelineOf(Above::Source, params);
        Pipeline some = all;
        some.nodes.push_back(node("few", "filter", {{"condition", "n % 3 = 0"}}));
        some.wires.front() = wire("few", "ask");
        some.wires.push_back(wire("in", "few"));
        for (const bool fewerNow : {false, true}) {
            const Taped run = taped(fewerNow ? all : some, 2, seeded(4));
            RunOptions options = seeded(9);
            options.replay = makeTapePlayer(run.tape, 0);
            const auto again = runToEnd(planned(fewerNow ? some : all, 2), options);
            if (!again) return expect(false, "it starts");
            const Tables found = tablesOf(*again);
            expect(found.out.size() + found.denied.size() == (fewerNow ? 100 : 300), "no row is lost");
            std::size_t unknown = 0;
            for (const TableRow& row : found.denied) {
                unknown += says(row, "The tape has no answer for this row.") ? 1 : 0;
            }
            expect(unknown == (fewerNow ? 0 : 200), "who is not on the tape is told");
        }
    }
}

}  // namespace

int main() {
    replaysAskNobody();
    slowTapes();
    stoppedRuns();
    failedRuns();
    leftAndGoneOn();
    otherColumns();
    editedPipelines();
    return summary();
}
