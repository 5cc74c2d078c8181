// The metrics of a run, from the engine to the findings: the source that holds the watermark and since when,
// the cause of late rows, heavy keys, the node that slows the others down.
#include <algorithm>
#include <chrono>
#include <thread>

#include "core/diagnose/diagnose.h"
#include "core/diagnose/watermark_hold.h"
#include "core/stream/sink.h"
#include "tests/support/noon.h"
#include "tests/support/run_of.h"
#include "tests/support/scripted_source.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kWall = 1'700'000'000'000;

/// A sink that takes a while for each batch.
class SlowSink final : public Sink {
 public:
    bool blocking() const override { return true; }
    Status onBatch(const Batch&) override {
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
        return {};
    }
};

BoundNodeRef bindSlow(BindContext&) {
    auto bound = std::make_shared<BoundNode>();
    bound->distribution.kind = Distribution::Kind::Single;
    return bound;
}

Result<Made> makeSlow(const BoundNode&, const MakeContext&) {
    return Made(std::make_unique<SlowSink>());
}

const Catalogue& allKinds() {
    static const Catalogue kAll = [] {
        std::vector<NodeKind> all = withScriptedSource(builtin()).kinds();
        NodeKind slow;
        slow.type = "slow_sink";
        slow.group = NodeGroup::Sink;
        slow.name = RW_TEXT("test", "Slow sink");
        slow.palette = {{slow.name, RW_TEXT("test", "Takes its time"), "table"}};
        slow.inputs = {{"in", RW_TEXT("test", "rows")}};
        slow.bind = bindSlow;
        slow.make = makeSlow;
        all.push_back(std::move(slow));
        return Catalogue(std::move(all));
    }();
    return kAll;
}

std::shared_ptr<const Plan> planned(const Pipeline& pipeline, int parallelism) {
    PlanOptions options;
    options.parallelism = parallelism;
    const Planned made = makePlan(pipeline, allKinds(), options);
    for (const Issue& issue : made.issues) {
        if (issue.severity == Severity::Error) std::printf("%s\n", english(issue).c_str());
    }
    expect(made.plan != nullptr, "the pipeline plans");
    return made.plan;
}

const Finding* find(const std::vector<Finding>& findings, Finding::Reason reason) {
    const auto found = std::find_if(findings.begin(), findings.end(),
                                    [reason](const Finding& each) { return each.reason == reason; });
    return found == findings.end() ? nullptr : &*found;
}

/// One partition of a source falls behind the other at once, and goes on three seconds later.
void whoHoldsTheWatermark() {
    Outside& world = Outside::named("why");
    world.clear();
    world.news("a", PartitionState::Live);
    world.news("b", PartitionState::Live);
    world.rows("a", {{"x", 1, kNoon}, {"x", 2, kNoon + 60'000}});
    world.rows("b", {{"x", 3, kNoon + 10'000}});
    world.rows("b", {{"x", 4, kNoon + 20'000}}, 3'000);
    Pipeline pipeline;
    pipeline.nodes = {node("in", "scripted", {{"outside", "why"}, {"event_time", "ts"}}),
                      node("some", "filter", {{"condition", "v > 0"}}),
                      node("w", "window_aggregate",
                           {{"window", "tumble"}, {"size", "1min"}, {"aggregates", {"COUNT(*) AS n"}}}),
                      node("result", "table_view")};
    pipeline.wires = {wire("in", "some"), wire("some", "w"), wire("w", "result")};
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.clock = std::make_shared<SimulatedClock>(kWall);
    auto started = Run::start(planned(pipeline, 1), options);
    expect(started.ok(), "the run starts");
    if (!started.ok()) return;
    Run& run = **started;
    const auto holdAt = [&](std::int64_t millis) {
        while (options.clock->steadyMillis() < millis && !run.waitFor(100)) (void)run.metrics();
        const RunMetrics metrics = run.metrics();
        const Evidence evidence(pipeline, allKinds(), metrics, true);
        const auto hold = whatHoldsWatermark(evidence, *evidence.find("w"));
        expect(hold.has_value() && hold->source == "in" && hold->partition == "b", "b holds the window");
        const std::vector<Finding> findings = diagnose(evidence);
        const Finding* behind = find(findings, Finding::Reason::PartitionBehind);
        expect(behind != nullptr && behind->issue.node == "in", "the source is told to wait for it");
        return hold.value_or(WatermarkHold{});
    };
    const WatermarkHold first = holdAt(2'500);
    expect(first.way == std::vector<NodeId>{"some", "in"}, "the way leads from the window to the source");
    expect(first.watermark == kNoon + 10'000 && first.behind == 50'000, "it is 50 s behind");
    expect(first.since >= kWall && first.since <= kWall + 500, "since the beginning");
    const WatermarkHold second = holdAt(5'500);
    expect(second.watermark == kNoon + 20'000 && second.behind == 40'000, "it has come nearer");
    expect(second.since >= kWall + 3'000 && second.since <= kWall + 3'500, "when its row came");
    world.end();
    run.stop(StopMode::Drain);
    run.wait();
}

/// What idleness of two sources that have fallen silent did for a window behind both after 40 s, and what was
/// said of the source that is behind.
struct Silent {
    std::uint64_t windows = 0;
    std::size_t fixes = 0;
    std::string mend{};
};

Silent silent(const char* behindIdle, const char* aheadIdle) {
    for (const bool behind : {true, false}) {
        Outside& world = Outside::named(behind ? "behind" : "ahead");
        world.clear();
        world.news("p", PartitionState::Live);
        world.rows("p", {{"x", 1, kNoon + (behind ? 10'000 : 130'000)}}, 1);
        // Silence that begins together is no idleness of one of them.
        if (!behind) world.rows("p", {{"x", 2, kNoon + 140'000}}, 20'000);
    }
    Pipeline pipeline;
    const auto source = [](const char* id, const char* idle) {
        Json params = {{"outside", id}, {"event_time", "ts"}};
        if (*idle != '\0') params["idle_timeout"] = idle;
        return node(id, "scripted", params);
    };
    pipeline.nodes = {source("behind", behindIdle), source("ahead", aheadIdle), node("both", "union"),
                      node("w", "window_aggregate",
                           {{"window", "tumble"}, {"size", "1min"}, {"aggregates", {"COUNT(*) AS n"}}}),
                      node("result", "table_view")};
    pipeline.wires = {wire("behind", "both"), wire("ahead", "both"), wire("both", "w"), wire("w", "result")};
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.clock = std::make_shared<SimulatedClock>(kWall);
    auto started = Run::start(planned(pipeline, 1), options);
    expect(started.ok(), "the run starts");
    if (!started.ok()) return {};
    Silent told;
    // Who reads the metrics sees since when a watermark has stood.
    while (options.clock->steadyMillis() < 40'000 && !(*started)->waitFor(100)) (void)(*started)->metrics();
    const RunMetrics metrics = (*started)->metrics();
    told.windows = metrics.nodes.at("w").rowsOut;
    const Evidence evidence(pipeline, allKinds(), metrics, true, options.clock->now());
    for (const Finding& finding : diagnose(evidence)) {
        if (finding.reason != Finding::Reason::InputBehind || finding.issue.node != "both") continue;
        told.fixes = finding.issue.quickFixes.size();
        told.mend = english(finding.issue.fix);
    }
    (*started)->stop(StopMode::Now);
    (*started)->wait();
    return told;
}

/// What is said of idleness is what the engine does.
void idlenessIsOfferedWhereItHelps() {
    const Silent none = silent("", "");
    expect(none.windows == 0 && none.fixes == 1, "the one behind holds the window, idleness is offered");
    const Silent offered = silent("30s", "");
    expect(offered.windows == 1, "and lets the window close, as was said");
    const Silent both = silent("30s", "5s");
    expect(both.windows == 0 && both.fixes == 0, "it does not where the other is idle too");
    expect(both.mend.find("lets nothing go on") != std::string::npos, "and that is said");
    const Silent wrong = silent("", "5s");
    expect(wrong.windows == 0 && wrong.fixes == 0, "nor is it offered then");
}

/// Three rows, the last of which is a minute behind the watermark.
Node threeRows(const char* id) {
    return node(
        id, "rows",
        {{"columns", {"k INT", "v INT", "ts TIMESTAMP(3)"}},
         {"rows",
          {{1, 1, "2024-03-01 12:00:00"}, {1, 2, "2024-03-01 12:01:00"}, {1, 3, "2024-03-01 12:00:03"}}},
         {"event_time", "ts"}});
}

/// Whichever node it is that finds the row late.
void lateRowsTellWhy() {
    struct Case {
        const char* type;
        Json params;
        Instant windowEnd;
    };
    const std::vector<Case> cases = {
        {"window_aggregate",
         {{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}},
         kNoon + 10'000},
        {"window_aggregate",
         {{"window", "hop"}, {"size", "10s"}, {"slide", "5s"}, {"aggregates", {"COUNT(*) AS n"}}},
         kNoon + 10'000},
        {"window_aggregate",
         {{"window", "session"}, {"gap", "5s"}, {"aggregates", {"COUNT(*) AS n"}}},
         kNoon + 8'000},
        {"over_aggregate",
         {{"partition_by", {"k"}}, {"aggregates", {"SUM(v) AS s"}}, {"frame", "ROWS 2 PRECEDING"}},
         kMinTimestamp},
        {"sort", Json::object(), kMinTimestamp},
        {"deduplicate", {{"keys", {"v"}}, {"keep", "first"}}, kMinTimestamp},
    };
    for (const Case& each : cases) {
        Pipeline pipeline;
        pipeline.nodes = {threeRows("in"), node("tried", each.type, each.params),
                          node("result", "table_view")};
        pipeline.wires = {wire("in", "tried"), wire("tried", "result")};
        const auto run = runToEnd(planned(pipeline, 2));
        if (!run) return expect(false, each.type);
        const std::vector<KeptRow> kept = run->keptRows();
        expect(kept.size() == 1 && kept.front().kind == KeptRow::Kind::Late, each.type);
        if (kept.size() != 1) continue;
        const Instant last = each.windowEnd == kMinTimestamp ? kNoon + 3'000 : each.windowEnd - 1;
        expect(kept.front().eventTime == kNoon + 3'000, "its event time is kept");
        expect(kept.front().stamp == kNoon + 60'000, "the watermark before it");
        expect(kept.front().windowEnd == each.windowEnd, "the last window that it would have counted for");
        expect(kept.front().lateBy == kNoon + 60'000 - last, "by how much");
    }
}

/// By both ports of a join.
void lateRowsOfJoinsTellWhy() {
    Pipeline pipeline;
    pipeline.nodes = {
        threeRows("a"), threeRows("b"),
        node("tried", "interval_join", {{"on", "left.k = right.k"}, {"lower", "-5s"}, {"upper", "5s"}}),
        node("result", "table_view")};
    pipeline.wires = {
        {{"a", "out"}, {"tried", "left"}}, {{"b", "out"}, {"tried", "right"}}, wire("tried", "result")};
    const auto run = runToEnd(planned(pipeline, 2));
    if (!run) return expect(false, "the join runs");
    const std::vector<KeptRow> kept = run->keptRows();
    expect(kept.size() == 2 && kept[0].port != kept[1].port, "a row is late by each port");
    for (const KeptRow& row : kept) {
        expect(row.stamp == kNoon + 60'000 && row.windowEnd == kMinTimestamp && row.lateBy == 57'000,
               "it tells why");
    }
}

/// 120 rows, a second apart, with the keys from `first` on.
Node numbered(const char* id, int first) {
    Json rows = Json::array();
    for (int i = 0; i < 120; ++i)
        rows.push_back({first + i, fmt::format("2024-03-01 12:{:02}:{:02}", i / 60, i % 60)});
    return node(id, "rows",
                {{"columns", {"k INT", "ts TIMESTAMP(3)"}}, {"rows", rows}, {"event_time", "ts"}});
}

/// Joins of all kinds, in one task and in four, with rows alone and without.
void joinsTellWhetherTheyPair() {
    struct Case {
        const char* type;
        Json params;
    };
    const std::vector<Case> cases = {
        {"join", {{"on", "left.k = right.k"}}},
        {"join", {{"on", "left.k = right.k"}, {"kind", "left"}}},
        {"join", {{"on", "left.k = right.k AND left.k < 0"}, {"kind", "full"}}},
        {"interval_join", {{"on", "left.k = right.k"}, {"lower", "-1h"}, {"upper", "1h"}, {"kind", "left"}}},
        {"window_join",
         {{"on", "left.k = right.k"}, {"window", "tumble"}, {"size", "10s"}, {"kind", "full"}}},
        {"temporal_join", {{"on", "left.k = right.k"}, {"kind", "left"}}},
    };
    for (const Case& each : cases) {
        for (const int first : {1'000, 0}) {
            for (const int parallelism : {1, 4}) {
                Pipeline pipeline;
                pipeline.nodes = {numbered("a", 0), numbered("b", first),
                                  node("tried", each.type, each.params), node("result", "table_view")};
                pipeline.wires = {{{"a", "out"}, {"tried", "left"}},
                                  {{"b", "out"}, {"tried", "right"}},
                                  wire("tried", "result")};
                const auto run = runToEnd(planned(pipeline, parallelism));
                if (!run) return expect(false, each.type);
                const RunMetrics metrics = run->metrics();
                const bool never = first == 1'000 || each.params["on"] != "left.k = right.k";
                expect(metrics.nodes.at("tried").hasPair != never,
                       fmt::format("{} of {} tasks, {}", each.type, parallelism, first).c_str());
                const std::vector<Finding> findings =
                    diagnose(Evidence(pipeline, allKinds(), metrics, false));
                const Finding* told = find(findings, Finding::Reason::NoPairs);
                expect((told != nullptr) == never, each.type);
                expect(metrics.nodes.at("a").hasPair, "a node that is no join has nothing to say");
            }
        }
    }
}

Pipeline keyed(const char* key) {
    Pipeline pipeline;
    pipeline.nodes = {
        node("in", "generator",
             {{"rows", 400'000},
              {"rate", 0},
              {"columns",
               {fmt::format("k BIGINT = {}", key),
                "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, CAST(i / 1000 AS INT), TIMESTAMP "
                "'2024-03-01 00:00:00')"}},
              {"event_time", "ts"}}),
        node("w", "window_aggregate",
             {{"window", "tumble"}, {"size", "1min"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}}),
        node("result", "table_view")};
    pipeline.wires = {wire("in", "w"), wire("w", "result")};
    return pipeline;
}

/// Two rows of three have one key, the others have one of their own each.
void heavyKeysAreNamed() {
    const Pipeline pipeline = keyed("CASE WHEN i % 3 < 2 THEN 7 ELSE i END");
    RunOptions options;
    options.batchRows = 256;  // many of them, so that many are looked at
    const auto run = runToEnd(planned(pipeline, 4), options);
    if (!run) return expect(false, "the run starts");
    RunMetrics metrics = run->metrics();
    NodeMetrics& window = metrics.nodes["w"];
    expect(window.instanceRows.size() == 4, "each instance tells its rows");
    std::uint64_t rows = 0;
    for (const std::uint64_t each : window.instanceRows) rows += each;
    expect(rows == 400'000, "no row is counted twice");
    expect(window.skew > 2.5 && window.skew < 3.3, fmt::format("uneven: {}", window.skew).c_str());
    expect(!window.heavyKeys.empty() && window.heavyKeys[0].key == "k=7", "the key is named");
    if (window.heavyKeys.empty()) return;
    const double share = window.heavyKeys[0].share;
    expect(share > 0.60 && share < 0.73, fmt::format("about its share: {}", share).c_str());
    // How busy a machine is, is no matter of tests.
    window.busiestSeconds = metrics.seconds;
    const std::vector<Finding> findings = diagnose(Evidence(pipeline, allKinds(), metrics, false));
    const Finding* hot = find(findings, Finding::Reason::HotKeys);
    expect(hot != nullptr && english(hot->issue.message).find("k=7 (6") != std::string::npos,
           "the finding names it");
}

void keysInTurnAreNotHeavy() {
    const auto run = runToEnd(planned(keyed("i % 64"), 4));
    if (!run) return expect(false, "the run starts");
    RunMetrics metrics = run->metrics();
    for (const HeavyKey& key : metrics.nodes["w"].heavyKeys)
        expect(key.share < 0.1, fmt::format("{}: {}", key.key, key.share).c_str());
    const auto alone = runToEnd(planned(keyed("i % 64"), 1));
    if (!alone) return expect(false, "the run starts");
    const NodeMetrics window = alone->metrics().nodes["w"];
    expect(window.instanceRows.empty() && window.skew == 0, "one instance has nobody to differ from");
}

/// A sink that takes its time fills the queues up to the source.
void whoSlowsIsNamed() {
    Pipeline pipeline;
    pipeline.nodes = {node("in", "generator", {{"rows", 0}, {"rate", 0}, {"columns", {"v BIGINT = i"}}}),
                      node("some", "filter", {{"condition", "v >= 0"}}), node("slow", "slow_sink")};
    pipeline.wires = {wire("in", "some"), wire("some", "slow")};
    RunOptions options;
    options.batchRows = 512;
    options.channelRows = 2'048;
    auto started = Run::start(planned(pipeline, 2), options);
    expect(started.ok(), "the run starts");
    if (!started.ok()) return;
    bool named = false;
    for (int i = 0; i < 4'000 && !named; ++i) {
        const RunMetrics metrics = (*started)->metrics();
        const std::vector<Finding> findings = diagnose(Evidence(pipeline, allKinds(), metrics, true));
        const Finding* held = find(findings, Finding::Reason::HeldUp);
        named = held != nullptr && held->issue.node == "in" && held->cause == "slow";
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    expect(named, "the sink is named as what holds the source up");
    const NodeMetrics slow = (*started)->metrics().nodes["slow"];
    expect(slow.full > 0.25 && slow.busy > 0.25 && slow.fullSeconds > 0, "by its queue and its work");
    (*started)->stop(StopMode::Now);
    (*started)->wait();
}

}  // namespace

int main() {
    whoHoldsTheWatermark();
    idlenessIsOfferedWhereItHelps();
    lateRowsTellWhy();
    lateRowsOfJoinsTellWhy();
    joinsTellWhetherTheyPair();
    heavyKeysAreNamed();
    keysInTurnAreNotHeavy();
    whoSlowsIsNamed();
    return summary();
}
