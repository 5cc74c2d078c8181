// A task that waits for the outside world, or makes rows of megabytes, does not hold up unrelated tasks, is
// reported, and lets no more rows pile up than fit.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/newest_checkpoint.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Blocks its callers until it is opened.
class Gate {
 public:
    void shut() {
        const std::lock_guard lock(m_mutex);
        m_open = false;
        m_waits = false;
    }
    void open() {
        const std::lock_guard lock(m_mutex);
        m_open = true;
        m_opened.notify_all();
    }
    void pass() {
        std::unique_lock lock(m_mutex);
        m_waits = true;
        m_opened.wait(lock, [this] { return m_open; });
    }
    /// A caller has come.
    bool waits() const {
        const std::lock_guard lock(m_mutex);
        return m_waits;
    }

 private:
    mutable std::mutex m_mutex;
    std::condition_variable m_opened;
    bool m_open = false, m_waits = false;
};

Gate& diskOfSource() {
    static Gate gate;
    return gate;
}
Gate& diskOfSink() {
    static Gate gate;
    return gate;
}

/// Its disk does not answer the first call.
class HungSource final : public Source {
 public:
    Status open() override { return {}; }
    Result<Poll> poll(std::unique_ptr<Chunk>&) override {
        diskOfSource().pass();
        return Poll{Poll::Kind::End};
    }
    Status parse(const Chunk&, ParsedChunk&) const override { return {}; }
    Status snapshot(StateWriter&) const override { return {}; }
    Status restore(const StateReader&) override { return {}; }
};

std::atomic<std::size_t> largestTaken{0};  ///< rows of a batch

class StuckSink final : public Sink {
 public:
    bool blocking() const override { return true; }
    Status onBatch(const Batch& batch) override {
        largestTaken = std::max(largestTaken.load(), batch.rows);
        diskOfSink().pass();
        return {};
    }
};

constexpr std::size_t kInflated = 16, kMebibyte = std::size_t{1} << 20;

/// Makes so many rows of a mebibyte of each batch.
class Inflate final : public Operator {
 public:
    Status onBatch(int, const Batch&, Output& out) override {
        ColumnBuilder texts(Type::of(TypeId::String));
        for (std::size_t i = 0; i < kInflated; ++i) texts.appendString(std::string(kMebibyte, 'x'));
        Batch made;
        made.rows = kInflated;
        made.columns = {texts.finish()};
        out.emit(0, std::move(made));
        return {};
    }
};

StreamType textStream() {
    StreamType stream;
    stream.schema = std::make_shared<const Schema>(Schema{{{"s", Type::of(TypeId::String)}}});
    return stream;
}

const Catalogue& catalogue() {
    static const Catalogue kAll = [] {
        std::vector<NodeKind> all = builtin().kinds();
        NodeKind source;
        source.type = "hung_source";
        source.group = NodeGroup::Source;
        source.outputs = {{"out", {}}};
        source.bind = [](BindContext&) -> BoundNodeRef {
            auto bound = std::make_shared<BoundNode>();
            bound->outputs = {textStream()};
            return bound;
        };
        source.make = [](const BoundNode&, const MakeContext&) -> Result<Made> {
            return Made(std::make_unique<HungSource>());
        };
        all.push_back(std::move(source));
        NodeKind sink;
        sink.type = "stuck_sink";
        sink.group = NodeGroup::Sink;
        sink.inputs = {{"in", {}}};
        sink.bind = [](BindContext&) -> BoundNodeRef {
            auto bound = std::make_shared<BoundNode>();
            bound->distribution.kind = Distribution::Kind::Single;
            return bound;
        };
        sink.make = [](const BoundNode&, const MakeContext&) -> Result<Made> {
            return Made(std::make_unique<StuckSink>());
        };
        all.push_back(std::move(sink));
        NodeKind inflate;
        inflate.type = "inflate";
        inflate.inputs = {{"in", {}}};
        inflate.outputs = {{"out", {}}};
        inflate.bind = [](BindContext&) -> BoundNodeRef {
            auto bound = std::make_shared<BoundNode>();
            bound->outputs = {textStream()};
            return bound;
        };
        inflate.make = [](const BoundNode&, const MakeContext&) -> Result<Made> {
            return Made(std::make_unique<Inflate>());
        };
        all.push_back(std::move(inflate));
        return Catalogue(std::move(all));
    }();
    return kAll;
}

std::unique_ptr<Run> start(const Pipeline& pipeline, const RunOptions& options) {
    PlanOptions planning;
    planning.parallelism = 2;
    const Planned planned = makePlan(pipeline, catalogue(), planning);
    for (const Issue& issue : planned.issues) std::printf("%s\n", english(issue).c_str());
    if (!planned.plan) return nullptr;
    auto started = Run::start(planned.plan, options);
    return started.ok() ? std::move(*started) : nullptr;
}

/// Looks at the run until `holds`, or for so long that something must be wrong.
template <class Holds>
bool comesTo(Run& run, Holds&& holds) {
    for (int looks = 0; looks < 6'000; ++looks) {
        if (holds(run.metrics())) return true;
        (void)run.waitFor(5);
    }
    return holds(run.metrics());
}

Node generator(int rows) {
    return node("in", "generator", {{"rows", rows}, {"rate", 0}, {"columns", {"n BIGINT = i"}}});
}

/// All threads of the pool could wait for one disk: those that read the source by turns.
void aHungSourceStopsNoOther() {
    diskOfSource().shut();
    Pipeline pipeline;
    pipeline.nodes = {node("hung", "hung_source"), node("never", "table_view"), generator(20'000),
                      node("result", "table_view")};
    pipeline.wires = {wire("hung", "never"), wire("in", "result")};
    const auto run = start(pipeline, {});
    if (!run) return expect(false, "the run starts");
    expect(comesTo(*run,
                   [](const RunMetrics& now) {
                       return now.nodes.at("result").ended || now.nodes.at("result").rowsIn == 20'000;
                   }),
           "the other source gives all of its rows");
    expect(diskOfSource().waits() && !run->finished(), "while one waits");
    diskOfSource().open();
    run->wait();
    expect(run->state() == RunState::Finished, "the run ends once the disk answers");
}

/// Whether the sink has a note with these words, which come behind the metrics.
bool isNoted(Run& run, const char* words) {
    return comesTo(run, [&](const RunMetrics&) {
        const std::vector<RunNote> notes = run.takeNotes();
        return std::any_of(notes.begin(), notes.end(), [&](const RunNote& note) {
            return note.node == "out" && english(note.text).find(words) != std::string::npos;
        });
    });
}

/// Which node a checkpoint waits for is told after a while, and no longer once its barrier has come through.
void whoKeepsACheckpointIsTold() {
    diskOfSink().shut();
    Pipeline pipeline;
    pipeline.nodes = {generator(0), node("out", "stuck_sink"), node("result", "table_view")};
    pipeline.nodes[1].title = "My disk";
    pipeline.wires = {wire("in", "out"), wire("in", "result")};
    const auto clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    RunOptions options;
    options.clock = clock;
    options.checkpoints.store = std::make_shared<NewestCheckpoint>();
    options.checkpoints.every = 1'000;
    const auto run = start(pipeline, options);
    if (!run) return expect(false, "the run starts");
    expect(comesTo(*run, [](const RunMetrics&) { return diskOfSink().waits(); }),
           "a sink waits for its disk");
    (void)clock->skipTo(1'000);
    expect(comesTo(*run, [](const RunMetrics& now) { return now.checkpoints.underWay; }),
           "a checkpoint begins");
    expect(run->metrics().checkpoints.waits.empty(), "at first nothing is said");
    (void)clock->skipTo(25'000);
    const auto named = [&clock](const RunMetrics& now) {
        if (now.checkpoints.waitsFor == "out") return true;
        (void)clock->skipTo(clock->steadyMillis() + 2'000);  // it is looked at again
        return false;
    };
    expect(comesTo(*run, named), "the sink is named");
    const RunMetrics waiting = run->metrics();
    expect(english(waiting.checkpoints.waits).find("waits for “My disk”") != std::string::npos,
           "as people call it");
    expect(waiting.nodes.at("out").keepsCheckpoint >= 1'700'000'001'000, "and since when");
    expect(waiting.nodes.at("result").keepsCheckpoint == 0, "the other one is not");
    expect(isNoted(*run, "waits for this node"), "it is noted");
    diskOfSink().open();
    expect(comesTo(*run, [](const RunMetrics& now) { return now.checkpoints.taken > 0; }), "it is complete");
    const RunMetrics after = run->metrics();
    expect(after.checkpoints.waits.empty() && after.checkpoints.waitsFor.empty(), "which takes that back");
    expect(after.nodes.at("out").keepsCheckpoint == 0, "at the node, too");
    expect(isNoted(*run, "no longer"), "and is noted");
    run->stop(StopMode::Discard);
    run->wait();
}

/// A run that ends with one under way says nothing of it any more.
void noCheckpointIsWaitedForAtTheEnd() {
    diskOfSink().shut();
    Pipeline pipeline;
    pipeline.nodes = {generator(0), node("out", "stuck_sink")};
    pipeline.wires = {wire("in", "out")};
    const auto clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    RunOptions options;
    options.clock = clock;
    options.checkpoints.store = std::make_shared<NewestCheckpoint>();
    options.checkpoints.every = 1'000;
    const auto run = start(pipeline, options);
    if (!run) return expect(false, "the run starts");
    expect(comesTo(*run, [](const RunMetrics&) { return diskOfSink().waits(); }),
           "a sink waits for its disk");
    (void)clock->skipTo(1'000);
    expect(comesTo(*run, [](const RunMetrics& now) { return now.checkpoints.underWay; }),
           "a checkpoint begins");
    (void)clock->skipTo(25'000);
    expect(comesTo(*run, [](const RunMetrics& now) { return !now.checkpoints.waits.empty(); }), "it is told");
    run->stop(StopMode::Discard);
    diskOfSink().open();
    run->wait();
    expect(run->metrics().checkpoints.waits.empty(), "not after the end");
}

/// Rows of megabytes, many to a batch: waiting rows are bounded all the same, and come in parts.
void largeRowsFillTheQueue() {
    for (const ExecutorKind executor : {ExecutorKind::Pool, ExecutorKind::Seeded}) {
        executor == ExecutorKind::Pool ? diskOfSink().shut() : diskOfSink().open();
        largestTaken = 0;
        constexpr int kRows = 200, kBatch = 10;
        Pipeline pipeline;
        pipeline.nodes = {generator(kRows), node("large", "inflate"), node("out", "stuck_sink")};
        pipeline.wires = {wire("in", "large"), wire("large", "out")};
        RunOptions options;
        options.executor = executor;
        options.batchRows = kBatch;
        const auto run = start(pipeline, options);
        if (!run) return expect(false, "the run starts");
        constexpr std::uint64_t kLimit = 32, kLanes = 2;  // rows of a mebibyte
        std::uint64_t most = 0;
        const auto queued = [&most](const RunMetrics& now) {
            return most = std::max(most, now.nodes.at("out").queuedRows);
        };
        if (executor == ExecutorKind::Pool) {
            expect(comesTo(*run, [&](const RunMetrics& now) { return queued(now) >= kLimit; }),
                   "it gets full");
            for (int looks = 0; looks < 20 && !run->waitFor(5); ++looks) (void)queued(run->metrics());
            diskOfSink().open();
        }
        while (!run->waitFor(1)) (void)queued(run->metrics());
        expect(most <= kLimit + (kLanes + 1) * kInflated, "a batch of each lane beyond the limit, no more");
        expect(largestTaken > 0 && largestTaken < kInflated, "a batch comes in parts");
        expect(run->state() == RunState::Finished, "the run ends");
        expect(run->metrics().nodes.at("out").rowsIn == kRows / kBatch * kInflated, "with every row");
    }
}

/// For the sake of a barrier a throttle takes the rows on their way, but no more than memory has room for:
/// beyond that the barrier waits for the time of rows.
void aBarrierBringsNoMoreThanFits() {
    constexpr int kRows = 400, kBatch = 10;
    Pipeline pipeline;
    pipeline.nodes = {generator(kRows), node("large", "inflate"), node("slow", "throttle", {{"rate", 1}}),
                      node("out", "stuck_sink")};
    pipeline.wires = {wire("in", "large"), wire("large", "slow"), wire("slow", "out")};
    diskOfSink().open();
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    options.batchRows = kBatch;
    const auto run = start(pipeline, options);
    if (!run) return expect(false, "the run starts");
    (void)run->waitFor(2'000);
    expect(run->snapshot().ok(), "the barrier comes through");
    constexpr std::uint64_t kMost = 200;  // rows of a mebibyte
    const RunMetrics now = run->metrics();
    const std::uint64_t held = now.nodes.at("slow").rowsIn - now.nodes.at("slow").rowsOut;
    expect(held > 0 && held < kMost, "with some of the rows behind it");
    run->wait();
    expect(run->metrics().nodes.at("out").rowsIn == kRows / kBatch * kInflated, "all of them come");
}

}  // namespace

int main() {
    aHungSourceStopsNoOther();
    whoKeepsACheckpointIsTold();
    noCheckpointIsWaitedForAtTheEnd();
    largeRowsFillTheQueue();
    aBarrierBringsNoMoreThanFits();
    return summary();
}
