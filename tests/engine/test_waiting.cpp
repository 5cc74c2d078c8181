// Rows that wait for the world outside: in their order, or as they are answered, every one of them, the
// watermark behind them. No
// barrier waits with them, and no stop; a hanging request keeps only those rows.
#include <algorithm>
#include <fstream>
#include <thread>

#include "tests/support/asking_node.h"
#include "tests/support/child.h"
#include "tests/support/collecting_sink.h"
#include "tests/support/left_runs.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kWall = 1'700'000'000'000;

const Catalogue& asking() {
    static const Catalogue kAll = withAskingNode(withCollectingSinks(builtin()));
    return kAll;
}

/// A row a second of event time, as fast as possible.
Node numbers(int rows) {
    return node(
        "in", "generator",
        {{"rows", rows},
         {"rate", 0},
         {"columns",
          {"n BIGINT = i", "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
         {"event_time", "ts"}});
}

class Folder {
 public:
    /// The numbers in out.csv, which goes.
    std::vector<std::int64_t> takeOutput(bool sorted = false) const {
        std::vector<std::int64_t> found;
        std::ifstream file(m_scratch.path() / "out.csv");
        std::string line;
        std::getline(file, line);
        while (std::getline(file, line)) found.push_back(std::stoll(line));
        file.close();
        std::filesystem::remove(m_scratch.path() / "out.csv");
        if (sorted) std::sort(found.begin(), found.end());
        return found;
    }
    std::string path() const { return m_scratch.path().string(); }

 private:
    const testing::ScratchFolder m_scratch{"waiting"};
};

std::shared_ptr<const Plan> plan(int rows, const Json& params, const Folder& folder, int parallelism = 2) {
    Pipeline pipeline;
    pipeline.nodes = {
        numbers(rows),
        node("ask", "asks_outside", params),
        node("out", "csv_sink", {{"path", "out.csv"}}),
        node("windows", "window_aggregate", {{"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}),
        node("counts", "table_view"),
        node("denied", "table_view")};
    pipeline.wires = {wire("in", "ask"), wire("ask", "out"), wire("ask", "windows"),
                      wire("windows", "counts"), wire("ask", "denied", "rejected")};
    PlanOptions options;
    options.parallelism = parallelism;
    options.validate.folder = folder.path();
    const Planned planned = makePlan(pipeline, asking(), options);
    if (!planned.plan) std::printf("%s\n", english(planned.issues.front()).c_str());
    return planned.plan;
}

RunOptions seeded(std::uint64_t seed) {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    options.clock = std::make_shared<SimulatedClock>(kWall);
    options.batchRows = 30;
    options.channelRows = 50;
    return options;
}

/// All that are not denied, once and in their order.
void complete(const std::vector<std::int64_t>& found, int rows, const char* what) {
    std::vector<std::int64_t> all;
    for (std::int64_t n = 0; n < rows; ++n) {
        if (n % kDenied != 3) all.push_back(n);
    }
    expect(found == all, what);
}

const std::vector<Json>& worlds() {
    static const std::vector<Json> kWorlds{
        Json::object(),
        {{"delay", 500}},
        {{"delay", 50}, {"failures", 3}},
        {{"delay", 50}, {"silent", 1}, {"patience", 100}},
        {{"delay", 200}, {"failures", 2}, {"silent", 2}, {"patience", 300}}};
    return kWorlds;
}

void rowsGoInTheirOrder() {
    constexpr int kRows = 1'000;
    constexpr std::uint64_t kRejected = (kRows + 3) / kDenied;  // 3, 10, 17 …
    const Folder folder;
    for (const Json& world : worlds()) {
        const auto planned = plan(kRows, world, folder);
        for (std::uint64_t seed = 0; seed < 4; ++seed) {
            AskedWorld::instance().clear();
            const auto run = runToEnd(planned, seeded(seed));
            if (!run) return expect(false, "the run starts");
            complete(folder.takeOutput(), kRows, "every row comes once, in its order");
            const RunMetrics metrics = run->metrics();
            expect(metrics.nodes.at("ask").rejected == kRejected, "those denied are rejected");
            expect(metrics.nodes.at("denied").rowsIn == kRejected, "and leave by their port");
            expect(metrics.nodes.at("windows").late == 0, "the watermark is not ahead of the rows");
            expect(metrics.nodes.at("counts").rowsIn == kRows / 10, "every window fires");
            expect(metrics.nodes.at("windows").stateKeys == 0, "and none is left");
        }
    }
}

Json unordered(Json world) {
    world["unordered"] = true;
    return world;
}

/// Rows overtake each other, the watermark none of them.
void rowsGoAsTheyAreAnswered() {
    constexpr int kRows = 1'000;
    const Folder folder;
    std::size_t overtook = 0;
    for (const Json& world : worlds()) {
        const auto planned = plan(kRows, unordered(world), folder);
        if (!planned) return expect(false, "it can be planned");
        for (std::uint64_t seed = 0; seed < 4; ++seed) {
            AskedWorld::instance().clear();
            const auto run = runToEnd(planned, seeded(seed));
            if (!run) return expect(false, "the run starts");
            std::vector<std::int64_t> found = folder.takeOutput();
            overtook += std::is_sorted(found.begin(), found.end()) ? 0 : 1;
            std::sort(found.begin(), found.end());
            complete(found, kRows, "every row comes once");
            const RunMetrics metrics = run->metrics();
            expect(metrics.nodes.at("denied").rowsIn == (kRows + 3) / kDenied, "those denied are rejected");
            expect(metrics.nodes.at("windows").late == 0, "the watermark is not ahead of the rows");
            expect(metrics.nodes.at("counts").rowsIn == kRows / 10, "every window fires");
            expect(metrics.nodes.at("windows").stateKeys == 0, "and none is left");
        }
    }
    expect(overtook > 8, "rows that were answered did not wait for others");
}

void theSourceOrderEnds() {
    for (const bool overtakes : {false, true}) {
        Pipeline pipeline;
        pipeline.nodes = {numbers(10), node("ask", "asks_outside", {{"unordered", overtakes}}),
                          node("first", "limit", {{"count", 3}}), node("out", "table_view")};
        pipeline.wires = {wire("in", "ask"), wire("ask", "first"), wire("first", "out")};
        expect((makePlan(pipeline, asking(), {}).plan == nullptr) == overtakes,
               "who needs an order is refused behind rows that overtake each other");
    }
}

void severalRequestsAreOut() {
    const Folder folder;
    AskedWorld::instance().clear();
    const auto run = runToEnd(plan(1'000, {{"delay", 500}}, folder), seeded(3));
    expect(run != nullptr, "the run starts");
    expect(AskedWorld::instance().most == 4, "as many requests are out as the limit says");
    RunOptions large = seeded(3);
    large.batchRows = 200;
    large.channelRows = 1'000;
    AskedWorld::instance().clear();
    expect(runToEnd(plan(2'000, {{"delay", 500}}, folder), large) != nullptr, "the run starts");
    expect(AskedWorld::instance().asked < 200, "a batch is one request");
}

void theWatermarkStaysBehind() {
    const Folder folder;
    auto started = Run::start(plan(1'000, {{"delay", 1'000'000'000}}, folder), seeded(1));
    if (!started.ok()) return expect(false, "the run starts");
    expect(!(*started)->waitFor(1'000), "rows wait");
    const RunMetrics metrics = (*started)->metrics();
    expect(metrics.nodes.at("ask").rowsOut == 0 && metrics.nodes.at("counts").rowsIn == 0,
           "no window fires before its rows");
    expect(metrics.sourceRows < 1'000 || metrics.nodes.at("ask").rowsIn <= 2'050, "what waits is bounded");
    (*started)->stop(StopMode::Discard);
}

/// Snapshots at once, while requests are out, before and behind the end of the source; a run that resumes from
/// one asks again.
void barriersDoNotWait(bool overtakes) {
    const Folder folder;
    for (const int rows : {20, 3'000}) {
        for (Json world : worlds()) {
            world["unordered"] = overtakes;
            const auto planned = plan(rows, world, folder);
            const auto slow = plan(rows, {{"delay", 100'000'000}, {"unordered", overtakes}}, folder);
            for (std::uint64_t seed = 0; seed < 3; ++seed) {
                RunOptions options = seeded(seed);
                auto first = Run::start(slow, options);
                if (!first.ok()) return expect(false, "the run starts");
                expect(!(*first)->waitFor(1 + static_cast<Millis>(seed) * 500), "rows wait");
                for (int times = 0; times < 3; ++times) {
                    const std::int64_t asked = options.clock->steadyMillis();
                    Result<StateSnapshot> snapshot = (*first)->snapshot();
                    expect(snapshot.ok() && options.clock->steadyMillis() < asked + 1'000,
                           "a barrier need not wait");
                    if (!snapshot.ok()) return;
                    options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
                }
                first = Status();
                (void)folder.takeOutput();
                AskedWorld::instance().clear();
                options.clock = std::make_shared<SimulatedClock>(kWall);
                const auto second = runToEnd(planned, options);
                expect(second != nullptr, "a run resumes from it");
                complete(folder.takeOutput(overtakes), rows, "no row is lost, and none comes twice");
                expect(AskedWorld::instance().asked > 0, "what waited is asked for again");
            }
        }
    }
}

/// Left at any step, again and again.
void leftAtAnyStep(bool overtakes) {
    constexpr int kRows = 600;
    const Folder folder;
    const auto planned = plan(kRows, {{"delay", 200}, {"failures", 2}, {"unordered", overtakes}}, folder);
    std::size_t left = 0;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        RunOptions options = seeded(seed);
        options.snapshotAtStep = 15 + 37 * seed;
        options = leftOften(planned, std::move(options), kWall, left);
        (void)folder.takeOutput();
        expect(runToEnd(planned, options) != nullptr, "a run goes on");
        complete(folder.takeOutput(overtakes), kRows, "no row is lost, and none comes twice");
    }
    expect(left > 20, "runs were left while rows came");
}

void onThreads() {
    const Folder folder;
    for (const Json& world :
         {Json({{"delay", 5}, {"failures", 2}}), unordered({{"delay", 5}, {"failures", 2}}),
          Json({{"delay", 3}, {"silent", 1}, {"patience", 20}})}) {
        RunOptions options;
        options.batchRows = 50;
        const auto run = runToEnd(plan(1'000, world, folder), options);
        expect(run && run->state() == RunState::Finished, "it ends");
        complete(folder.takeOutput(world.contains("unordered")), 1'000, "every row comes once");
    }
}

void whatFailsForGoodEndsTheRun() {
    const Folder folder;
    for (const char* const broken : {"error", "throw"}) {
        for (const ExecutorKind executor : {ExecutorKind::Pool, ExecutorKind::Seeded}) {
            RunOptions options = seeded(1);
            options.executor = executor;
            if (executor == ExecutorKind::Pool) options.clock = nullptr;
            auto run = Run::start(plan(100, {{"broken", broken}}, folder), options);
            if (!run.ok()) return expect(false, "the run starts");
            (*run)->wait();
            expect((*run)->state() == RunState::Failed, "the run fails");
            const std::string said = english((*run)->status().error());
            expect(said.find("he world is broken") != std::string::npos, "and says why");
            expect((*run)->status().error().node == "ask", "and where");
        }
    }
}

/// One thread for all tasks, and a world that hangs: other rows go on, a barrier passes, and a stop does not
/// wait. An answer that comes later touches nothing.
void whoHangsKeepsNobody() {
    AskedWorld& world = AskedWorld::instance();
    const Folder folder;
    for (const StopMode mode : {StopMode::Now, StopMode::Discard}) {
        world.clear();
        world.hang();
        Pipeline pipeline;
        pipeline.nodes = {numbers(5'000), node("ask", "asks_outside", {{"hangs", true}}),
                          node("answered", "table_view"), node("beside", "table_view")};
        pipeline.wires = {wire("in", "ask"), wire("ask", "answered"), wire("in", "beside")};
        PlanOptions planning;
        planning.parallelism = 1;
        const Planned planned = makePlan(pipeline, asking(), planning);
        auto started = Run::start(planned.plan, {});
        if (!started.ok()) return expect(false, "the run starts");
        Run& run = **started;
        while (world.hanging == 0 || run.metrics().nodes.at("beside").rowsIn == 0) (void)run.waitFor(1);
        expect(run.snapshot().ok(), "a barrier passes");
        run.stop(mode);
        expect(run.waitFor(20'000), "a run that is stopped does not wait for who hangs");
        expect(run.state() == RunState::Stopped, "it is stopped");
        started = Status();
        expect(world.hanging > 0, "requests are left to their threads");
        world.letGo();
        while (world.hanging > 0) std::this_thread::yield();
    }
    // Let go in time, everything comes.
    world.clear();
    world.hang();
    auto started = Run::start(plan(1'000, {{"hangs", true}}, folder, 1), {});
    if (!started.ok()) return expect(false, "the run starts");
    while (world.hanging == 0) (void)(*started)->waitFor(1);
    world.letGo();
    (*started)->wait();
    complete(folder.takeOutput(), 1'000, "rows go on when the world does");
}

}  // namespace

int main() {
    rowsGoInTheirOrder();
    rowsGoAsTheyAreAnswered();
    theSourceOrderEnds();
    severalRequestsAreOut();
    theWatermarkStaysBehind();
    for (const bool overtakes : {false, true}) {
        barriersDoNotWait(overtakes);
        leftAtAnyStep(overtakes);
    }
    onThreads();
    whatFailsForGoodEndsTheRun();
    whoHangsKeepsNobody();
    return summary();
}
