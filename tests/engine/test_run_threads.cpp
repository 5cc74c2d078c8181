// A run looked at, paused and stopped from other threads while it works: for the thread sanitizer, and for
// results that are the same for any number of looks.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "core/views/table_view.h"
#include "tests/support/expect.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

Json source(int seed, int rows) {
    return {{"rows", rows},
            {"rate", 0},
            {"seed", seed},
            {"disorder", "3s"},
            {"columns",
             {"k INT = CAST(i % 17 AS INT)", "v DOUBLE = NOISE(3)",
              "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
            {"event_time", "ts"},
            {"watermark_delay", "2s"}};
}

/// Two sources into a filter, a keyed window and a keyless one behind it; late rows into a table.
Pipeline pipeline(int rows) {
    Pipeline made;
    made.nodes = {node("a", "generator", source(1, rows)),
                  node("b", "generator", source(2, rows)),
                  node("both", "union", Json::object()),
                  node("some", "filter", {{"condition", "v > -5"}}),
                  node("per_key", "window_aggregate",
                       {{"window", "tumble"},
                        {"size", "1s"},
                        {"keys", {"k"}},
                        {"aggregates", {"COUNT(*) AS n", "SUM(v) AS s"}}}),
                  node("all", "window_aggregate",
                       {{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"SUM(n) AS n"}}}),
                  node("result", "table_view", {{"keep", 20'000}}),
                  node("groups", "table_view", {{"keep", 20'000}}),
                  node("late", "table_view", {{"keep", 20'000}})};
    made.wires = {wire("a", "both"),         wire("b", "both"),
                  wire("both", "some"),      wire("some", "per_key"),
                  wire("per_key", "all"),    wire("all", "result"),
                  wire("per_key", "groups"), wire("per_key", "late", "late")};
    return made;
}

/// The rows of the tables, each as a multiset: sorted.
struct Outcome {
    std::vector<TableRow> result, groups, late;
    std::uint64_t lateCounted = 0;
    bool operator==(const Outcome&) const = default;
};

std::vector<TableRow> rowsOf(Run& run, const char* table) {
    std::vector<TableRow> rows;
    const TableSnapshot snapshot = std::dynamic_pointer_cast<TableView>(run.view(table))->snapshot();
    expect(snapshot.kept == snapshot.totals.rows, "the table keeps every row");
    for (const TableRowRef& row : snapshot.rows) rows.push_back(*row);
    std::sort(rows.begin(), rows.end());
    return rows;
}

Outcome outcomeOf(Run& run) {
    return {rowsOf(run, "result"), rowsOf(run, "groups"), rowsOf(run, "late"), run.metrics().late};
}

std::int64_t counted(const std::vector<TableRow>& rows) {
    std::int64_t sum = 0;
    for (const TableRow& row : rows) sum += std::get<std::int64_t>(row.back());
    return sum;
}

Outcome runOnce(const Pipeline& made, const Catalogue& kinds, int parallelism, bool disturbed) {
    PlanOptions planning;
    planning.parallelism = parallelism;
    const Planned planned = makePlan(made, kinds, planning);
    if (!planned.plan) {
        for (const Issue& issue : planned.issues) std::printf("%s\n", english(issue).c_str());
        expect(false, "the pipeline plans");
        return {};
    }
    RunOptions options;
    options.batchRows = 512;
    options.channelRows = 4096;
    auto started = Run::start(planned.plan, options);
    expect(started.ok(), "the run starts");
    Run& run = **started;
    std::atomic<bool> over{false};
    std::atomic<int> looks{0}, taps{0}, pauses{0};
    std::vector<std::thread> others;
    if (disturbed) {
        run.pause();  // until somebody looks
        others.emplace_back([&] {
            while (!over) looks += run.metrics().sourceRows > 0 ? 1 : 0;
        });
        others.emplace_back([&] {
            const auto tap = run.tap("some", 0);
            while (!over) {
                taps += tap->recent().empty() ? 0 : 1;
                (void)run.keptRows();
            }
        });
        others.emplace_back([&] {
            for (int i = 0; (i < 5 || looks == 0 || taps == 0) && !over; ++i) {
                run.pause();
                pauses += run.state() == RunState::Paused ? 1 : 0;
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
                run.resume();
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
        });
    }
    run.wait();
    over = true;
    for (std::thread& other : others) other.join();
    expect(run.state() == RunState::Finished, "the run finishes");
    expect(!disturbed || (looks > 0 && taps > 0 && pauses > 0),
           "it was looked at and paused while it worked");
    return outcomeOf(run);
}

void stoppingEndsInOrder(const Catalogue& kinds) {
    Pipeline endless = pipeline(0);
    const Planned planned = makePlan(endless, kinds, {});
    auto started = Run::start(planned.plan, {});
    expect(started.ok(), "the endless run starts");
    std::thread stopper([&] {
        while ((*started)->metrics().nodes.at("groups").rowsIn == 0) std::this_thread::yield();
        (*started)->stop(StopMode::Now);
    });
    (*started)->wait();
    stopper.join();
    expect((*started)->state() == RunState::Stopped, "it was stopped");
    expect((*started)->status().ok(), "stopping is no failure");
}

}  // namespace

int main() {
    const Catalogue kinds = builtin();
    const Pipeline made = pipeline(60'000);
    const Outcome quiet = runOnce(made, kinds, 1, false);
    // Rows are late or counted, and of both there are enough to tell runs apart by.
    const std::int64_t rows = counted(quiet.result);
    expect(rows > 90'000, "most rows are counted");
    expect(quiet.result.size() > 5 && quiet.groups.size() > 1'000, "there are many windows");
    expect(quiet.late.size() > 100, "many rows are late");
    expect(quiet.late.size() == quiet.lateCounted, "late rows leave by their port");
    for (const int parallelism : {1, 2, 5}) {
        const Outcome disturbed = runOnce(made, kinds, parallelism, true);
        expect(disturbed.result == quiet.result, "the totals do not depend on looking, pausing, parallelism");
        expect(disturbed.groups == quiet.groups, "nor do the groups, with sums of DOUBLE");
        expect(disturbed.late == quiet.late, "nor do the late rows, with how late they are");
        expect(disturbed.lateCounted == quiet.lateCounted, "nor does their number");
    }
    stoppingEndsInOrder(kinds);
    return summary();
}
