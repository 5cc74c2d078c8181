// A replay that resumes from a checkpoint of an earlier one, and is held at a moment, has there the same state
// as one from the start of the tape, and goes on to the same end: for any pipeline, and any end of the recorded
// run.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/random.h"
#include "core/diagnose/diagnose.h"
#include "core/tape/tape_moments.h"
#include "core/tape/tape_player.h"
#include "tests/engine/random_pipeline.h"
#include "tests/engine/taped_runs.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/random_cases.h"
#include "tests/support/tape_in_memory.h"

using namespace rw;
using namespace rw::test;

namespace {

using Moments = std::shared_ptr<TapeMoments>;

RunOptions watched(std::uint64_t seed, const TapeFileRef& tape, const std::shared_ptr<TapePace>& pace) {
    RunOptions options = seeded(seed, kNoon + 5'000);
    options.replay = makeTapePlayer(tape, pace);
    options.tapAll = true;
    return options;
}

void takeMoments(const Moments& moments, const std::shared_ptr<TapePace>& pace, Millis every,
                 RunOptions& options) {
    options.checkpoints.store = moments->keeper(pace);
    options.checkpoints.every = every;
    options.checkpoints.seen = true;
}

/// Replays the tape at its own pace, and takes moments on the way.
Moments momentsOf(const Pipeline& pipeline, const TapeFileRef& tape, std::uint64_t seed,
                  const Outcome& outcome) {
    const auto plan = tapedPlan(pipeline, 1 + static_cast<int>(seed % 3));
    const auto moments = std::make_shared<TapeMoments>(tape, plan->pipeline);
    const auto pace = std::make_shared<TapePace>(1);
    RunOptions options = watched(seed, tape, pace);
    takeMoments(moments, pace, 1 + static_cast<Millis>(splitMix64(seed) % 40), options);
    const auto run = runToEnd(plan, options);
    expect(run && outcomeOf(*run) == outcome, "a replay that takes moments has the tables of the run");
    return moments;
}

/// The pictures of a replay while it is held, and its tables when it was let go.
struct Shown {
    Outcome tables{}, inTheEnd{};
    std::uint64_t rows = 0, late = 0, rejected = 0;
    std::vector<std::uint64_t> given{};  ///< rows of the sources' wires
    std::vector<std::size_t> tapped{};   ///< rows of their taps
    std::size_t kept = 0;
    bool operator==(const Shown&) const = default;
    /// Where some node wants no more rows, the number of rows on their way to it is not promised.
    Shown onlyTables() const { return {tables, inTheEnd}; }
};

Shown shownAt(Millis at, const TapeMoments::Moment& from, const Pipeline& pipeline, const TapeFileRef& tape,
              std::uint64_t seed, const Moments& more = nullptr) {
    const auto pace = std::make_shared<TapePace>(0);
    pace->holdAt(at);
    RunOptions options = watched(seed, tape, pace);
    options.onlyCharts = true;
    options.restore = from.state;
    if (from.state) pace->beginAt(from.at);
    if (more) takeMoments(more, pace, 5, options);
    auto started = Run::start(tapedPlan(pipeline, 1 + static_cast<int>(seed % 4)), options);
    expect(started.ok(), "a replay to a moment starts");
    if (!started.ok()) return {};
    Run& run = **started;
    (void)run.waitFor(1'000);
    Shown shown;
    shown.tables = outcomeOf(run);
    const RunMetrics metrics = run.metrics();
    shown.rows = metrics.sourceRows;
    shown.late = metrics.late;
    shown.rejected = metrics.rejected;
    shown.kept = run.keptRows().size();
    for (const TapeSource& source : tape->head().start.sources) {
        const std::vector<Wire>& wires = run.plan().pipeline.wires;
        for (std::size_t i = 0; i < wires.size(); ++i) {
            if (wires[i].from.node == source.node) shown.given.push_back(metrics.wires[i].rows);
        }
        std::size_t rows = 0;
        for (const Batch& batch : run.tap(source.node, 0)->recent()) rows += batch.rows;
        shown.tapped.push_back(rows);
    }
    pace->goOn(0);
    run.wait();
    shown.inTheEnd = outcomeOf(run);
    return shown;
}

bool hasEarlyResults(const Pipeline& pipeline) {
    return std::any_of(pipeline.nodes.begin(), pipeline.nodes.end(),
                       [](const Node& node) { return node.params.contains("early"); });
}

/// Goes to some moments of a tape; how often not from its start.
int goTo(const Pipeline& pipeline, const TapeFileRef& tape, const Moments& moments, std::uint64_t seed,
         bool counts = true) {
    const auto seen = [&](Millis at, const TapeMoments::Moment& from, std::uint64_t schedule) {
        Shown shown = shownAt(at, from, pipeline, tape, schedule);
        // An early result comes with the next watermark, and where that falls is the batches' affair.
        if (hasEarlyResults(pipeline)) shown.tables.clear();
        return counts ? shown : shown.onlyTables();
    };
    int gone = 0;
    for (std::uint64_t look = 0; look < 3; ++look) {
        const auto span = static_cast<std::uint64_t>(tape->span());
        const auto at = static_cast<Millis>(splitMix64(seed * 16 + look) % (span + 1));
        const TapeMoments::Moment from = moments->before(at);
        expect(from.at <= at, "a moment is not behind the one to go to");
        if (!from.state) continue;
        ++gone;
        const Shown fromStart = seen(at, {}, seed);
        const Shown fromMoment = seen(at, from, seed + 3 * look + 1);
        expect(fromMoment == fromStart,
               fmt::format("world {}: at {} ms, from {} ms, all is as from the start", seed, at, from.at)
                   .c_str());
        if (look > 0) continue;
        // Moments taken by a replay that resumed from another are as good.
        const auto more = std::make_shared<TapeMoments>(tape, tapedPlan(pipeline, 1)->pipeline);
        (void)shownAt(at, from, pipeline, tape, seed, more);
        if (const TapeMoments::Moment next = more->before(tape->span()); next.state && next.at <= at)
            expect(seen(at, next, seed + 1) == fromStart, "also from a moment of such a one");
    }
    return gone;
}

void whateverTheWorldPlays() {
    int gone = 0;
    for (const std::uint64_t seed : seedsOf(suites::ReplayMoments)) {
        play(seed, 0, 1'500, true);
        const Pipeline pipeline = twoSources();
        const Recorded run = recorded(pipeline, 1 + static_cast<int>(seed % 3), seeded(seed));
        if (!run.tape) return;
        gone += goTo(pipeline, run.tape, momentsOf(pipeline, run.tape, seed, run.outcome), seed);
    }
    expect(gone > 3, "replays resume from moments");
}

void ofARunThatIsStopped() {
    for (const std::uint64_t seed : seedsOf(suites::ReplayMomentsStopped)) {
        play(seed, 0, 1'500, false);
        const Pipeline pipeline = twoSources();
        const Recorded run = recorded(pipeline, 2, seeded(seed), 300 + static_cast<Millis>(seed % 900));
        if (!run.tape) return;
        (void)goTo(pipeline, run.tape, momentsOf(pipeline, run.tape, seed, run.outcome), seed);
    }
}

/// The program was killed while it recorded: the sources' parts of the tape end at different times.
void ofACrash() {
    for (const std::uint64_t seed : seedsOf(suites::ReplayMomentsCrashed)) {
        play(seed, 0, 4'000, true);
        const Pipeline pipeline = twoSources();
        const Recorded run = recorded(pipeline, 2, seeded(seed));
        if (!run.tape) return;
        const auto cut = readTape(run.bytes.substr(0, run.bytes.size() * (5 + seed % 5) / 10));
        if (!cut.ok()) continue;
        expect(!(*cut)->whole(), "the tape is cut off");
        const Outcome outcome = replayed(pipeline, 1, *cut);
        (void)goTo(pipeline, *cut, momentsOf(pipeline, *cut, seed, outcome), seed);
    }
}

void ofRandomPipelines() {
    int gone = 0;
    for (const unsigned number : seedsOf(suites::ReplayMomentsOfPipelines)) {
        Pipeline pipeline = randomPipeline(number, {});
        for (Node& each : pipeline.nodes) {
            if (each.type == "rows") each.params["every"] = "1ms";
        }
        const Recorded run = recorded(pipeline, 1 + static_cast<int>(number % 3), seeded(number));
        if (!run.tape) return;
        gone += goTo(pipeline, run.tape, momentsOf(pipeline, run.tape, number, run.outcome), number, false);
    }
    expect(gone > 3, "replays of random pipelines resume from moments");
}

/// A node that ended before a moment is as it was then, and is not told once more that it ends.
void besideWhatHasEnded() {
    play(11, 0, 1'500, true);
    Pipeline pipeline = twoSources();
    Json cells = Json::array();
    for (int i = 1; i <= 5; ++i) cells.push_back(Json::array({i}));
    pipeline.nodes.push_back(node("few", "rows", {{"columns", {"n BIGINT"}}, {"rows", cells}}));
    pipeline.nodes.push_back(
        node("sum", "group_aggregate", {{"aggregates", {"COUNT(*) AS n", "SUM(n) AS total"}}}));
    pipeline.nodes.push_back(node("total", "table_view"));
    pipeline.wires.push_back(wire("few", "sum"));
    pipeline.wires.push_back(wire("sum", "total"));
    const Recorded run = recorded(pipeline, 2, seeded(11));
    if (!run.tape) return;
    expect(run.outcome.back().size() == 1, "the short source has its sum");
    expect(goTo(pipeline, run.tape, momentsOf(pipeline, run.tape, 11, run.outcome), 11) > 0,
           "there are moments after it ended");
}

/// A moment that was taken while outputs were written is resumed without them.
void outputsAreLeftAlone() {
    play(9, 0, 1'500, true);
    Pipeline pipeline = twoSources();
    pipeline.nodes.push_back(node("out", "csv_sink", {{"path", "/out.csv"}}));
    pipeline.wires.push_back(wire("began", "out"));
    const Recorded run = recorded(pipeline, 2, seeded(9));
    if (!run.tape) return;
    const auto plan = tapedPlan(pipeline, 2);
    const auto moments = std::make_shared<TapeMoments>(run.tape, plan->pipeline);
    for (const bool writes : {true, false}) {
        const auto pace = std::make_shared<TapePace>(1);
        RunOptions options = watched(9, run.tape, pace);
        const auto disk = std::make_shared<MemoryOutputs>();
        disk->makeFolder("/");
        options.outputs = disk;
        options.onlyCharts = !writes;
        if (writes) takeMoments(moments, pace, 20, options);
        const TapeMoments::Moment from = moments->before(run.tape->span() / 2);
        expect((from.state == nullptr) == writes, "there are moments in the end");
        if (!writes) {
            pace->beginAt(from.at);
            options.restore = from.state;
        }
        const auto again = runToEnd(plan, options);
        if (!again) return expect(false, "it starts");
        expect(outcomeOf(*again) == run.outcome, "the tables are those of the run");
        expect(again->metrics().nodes.at("out").rowsIn == run.metrics.nodes.at("out").rowsIn,
               "rows that are not written are counted");
        expect(disk->contents().contains("/out.csv") == writes, "outputs are written, or not touched");
        expect(writes || disk->contents().empty(), "and nothing else is");
    }
}

/// Why nodes are empty, as their cards say it, while a replay is held.
std::vector<std::string> whyEmptyAt(Millis at, const TapeMoments::Moment& from, const Pipeline& pipeline,
                                    const TapeFileRef& tape) {
    const auto pace = std::make_shared<TapePace>(0);
    pace->holdAt(at);
    RunOptions options = watched(13, tape, pace);
    options.restore = from.state;
    if (from.state) pace->beginAt(from.at);
    const auto started = Run::start(tapedPlan(pipeline, 2), options);
    expect(started.ok(), "a replay to a moment starts");
    if (!started.ok()) return {};
    Run& run = **started;
    (void)run.waitFor(1'000);  // less than anybody is patient for
    const RunMetrics metrics = run.metrics();
    expect(metrics.held, "it is held");
    const std::vector<Finding> findings = diagnose(Evidence(pipeline, kinds(), metrics, true));
    std::vector<std::string> words;
    for (const Finding& finding : findings) {
        if (finding.reason == Finding::Reason::WindowOpen || finding.reason == Finding::Reason::NoRows)
            words.push_back(english(finding.summary) + " | " + english(finding.issue.message));
    }
    pace->goOn(0);
    run.wait();
    expect(!run.metrics().held, "and no longer when it was let go");
    return words;
}

/// However short a replay has run that is held: it says when the first window closes.
void whatIsEmptySaysWhy() {
    Pipeline pipeline;
    pipeline.nodes = {
        node("in", "generator",
             {{"rows", 300},
              {"rate", 100},
              {"columns", {"ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 12:00:00')"}},
              {"event_time", "ts"}}),
        node("w", "window_aggregate",
             {{"window", "tumble"}, {"size", "10min"}, {"aggregates", {"COUNT(*) AS n"}}}),
        node("result", "table_view")};
    pipeline.wires = {wire("in", "w"), wire("w", "result")};
    const Recorded run = recorded(pipeline, 2, seeded(13));
    if (!run.tape) return;
    const Moments moments = momentsOf(pipeline, run.tape, 13, run.outcome);
    const Millis at = run.tape->span() / 2;
    const TapeMoments::Moment from = moments->before(at);
    expect(from.state != nullptr, "there is a moment before");
    const std::vector<std::string> fromStart = whyEmptyAt(at, {}, pipeline, run.tape);
    expect(fromStart.size() == 2 && fromStart[0].starts_with("First window closes at 12:10:00 | ") &&
               fromStart[1].starts_with("“w”: First window closes at 12:10:00 | "),
           "the window and the table say when it closes");
    expect(whyEmptyAt(at, from, pipeline, run.tape) == fromStart, "from a moment in the same words");
    expect(whyEmptyAt(from.at, from, pipeline, run.tape).size() == 2, "also where nothing more comes");
}

/// Moments, with counts of their uses.
class Counting final : public CheckpointStore {
 public:
    explicit Counting(std::shared_ptr<CheckpointStore> store) : m_store(std::move(store)) {}
    const std::string& lineage() const override { return m_store->lineage(); }
    Status open(const MakeContext& context) override { return m_store->open(context); }
    bool wants() override { return m_store->wants(); }
    bool wantsLast() const override { return m_store->wantsLast(); }
    Result<CheckpointSize> write(const StateSnapshot& snapshot) override {
        ++written;
        return m_store->write(snapshot);
    }
    Status finish() override { return m_store->finish(); }
    void close() override { m_store->close(); }
    int written = 0;

 private:
    const std::shared_ptr<CheckpointStore> m_store;
};

/// No replay resumes from where one was stopped: no checkpoint is taken there that would be thrown away.
void aStopTakesNone() {
    play(12, 0, 1'500, true);
    const Pipeline pipeline = twoSources();
    const Recorded run = recorded(pipeline, 2, seeded(12));
    if (!run.tape) return;
    const auto plan = tapedPlan(pipeline, 2);
    const auto moments = std::make_shared<TapeMoments>(run.tape, plan->pipeline);
    const auto pace = std::make_shared<TapePace>(1);
    RunOptions options = watched(12, run.tape, pace);
    takeMoments(moments, pace, 20, options);
    const auto counting = std::make_shared<Counting>(options.checkpoints.store);
    options.checkpoints.store = counting;
    auto started = Run::start(plan, options);
    expect(started.ok(), "a replay starts");
    if (!started.ok()) return;
    (void)(*started)->waitFor(run.tape->span() / 2);
    expect(!(*started)->finished(), "it is under way");
    const int before = counting->written;
    expect(before > 0 && moments->count() > 0, "moments were taken");
    (*started)->stop(StopMode::Now);
    (*started)->wait();
    expect((*started)->state() == RunState::Stopped && (*started)->status().ok(), "it was stopped");
    expect(counting->written == before, "no checkpoint is taken for the stop");
    expect((*started)->metrics().checkpoints.trouble.empty(), "and none is missed");
}

}  // namespace

int main() {
    whateverTheWorldPlays();
    ofARunThatIsStopped();
    ofACrash();
    ofRandomPipelines();
    besideWhatHasEnded();
    outputsAreLeftAlone();
    whatIsEmptySaysWhy();
    aStopTakesNone();
    return summary();
}
