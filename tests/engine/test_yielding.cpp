// Operators that have more to do than fits a call: nothing reaches them in between, everything arrives, a
// full exchange holds them up, and a run that is stopped does not wait for them.
#include <algorithm>
#include <chrono>

#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::int64_t kForEver = -1;

/// Emits every batch so many times, once a call.
class Repeater final : public Operator {
 public:
    explicit Repeater(std::int64_t times) : m_times(times) {}

    Status onBatch(int, const Batch& batch, Output&) override {
        expect(!hasMore(), "no batch reaches an operator that has more to do");
        m_batch = batch;
        m_left = m_times;
        return {};
    }
    Status onWatermark(Instant watermark, Output& out) override {
        expect(!hasMore(), "no watermark reaches an operator that has more to do");
        return Operator::onWatermark(watermark, out);
    }
    Status onEnd(Output&) override {
        expect(!hasMore(), "no end reaches an operator that has more to do");
        return {};
    }
    bool hasMore() const override { return m_left != 0; }
    Status resume(Output& out) override {
        if (m_left > 0) --m_left;
        out.emit(0, m_batch);
        return {};
    }

 private:
    const std::int64_t m_times;
    Batch m_batch;
    std::int64_t m_left = 0;
};

template <std::int64_t times>
Result<Made> makeRepeater(const BoundNode&, const MakeContext&) {
    return Made(std::make_unique<Repeater>(times));
}

template <std::int64_t times, Distribution::Kind kind>
NodeKind repeater(const char* type) {
    NodeKind made;
    made.type = type;
    made.inputs = {{"in", RW_TEXT("node", "rows")}};
    made.outputs = {{"out", RW_TEXT("node", "rows")}};
    made.bind = [](BindContext& context) -> BoundNodeRef {
        auto bound = std::make_shared<BoundNode>();
        bound->outputs = {context.input()};
        bound->distribution.kind = kind;
        return bound;
    };
    made.make = makeRepeater<times>;
    return made;
}

const Catalogue& catalogue() {
    static const Catalogue kAll = [] {
        std::vector<NodeKind> all = builtin().kinds();
        all.push_back(repeater<3, Distribution::Kind::Stateless>("thrice"));
        all.push_back(repeater<5, Distribution::Kind::Single>("five_times"));
        all.push_back(repeater<kForEver, Distribution::Kind::Single>("for_ever"));
        all.push_back(repeater<kForEver, Distribution::Kind::Stateless>("for_ever_fused"));
        return Catalogue(std::move(all));
    }();
    return kAll;
}

Node source(int rows) {
    return node("source", "generator",
                {{"rows", rows},
                 {"rate", 0},
                 {"columns",
                  {"n BIGINT = i",
                   "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP "
                   "'2024-03-01 00:00:00')"}},
                 {"event_time", "ts"}});
}

std::shared_ptr<const Plan> plan(const std::vector<const char*>& types, int rows) {
    Pipeline pipeline;
    pipeline.nodes = {source(rows)};
    std::string last = "source";
    for (std::size_t i = 0; i < types.size(); ++i) {
        const std::string id = "step" + std::to_string(i);
        pipeline.nodes.push_back(node(id.c_str(), types[i]));
        pipeline.wires.push_back(wire(last.c_str(), id.c_str()));
        last = id;
    }
    pipeline.nodes.push_back(node("result", "table_view"));
    pipeline.wires.push_back(wire(last.c_str(), "result"));
    PlanOptions options;
    options.parallelism = 2;
    const Planned planned = makePlan(pipeline, catalogue(), options);
    expect(planned.plan != nullptr, "the pipeline plans");
    return planned.plan;
}

void everythingArrives() {
    for (const ExecutorKind executor : {ExecutorKind::Pool, ExecutorKind::Seeded}) {
        RunOptions options;
        options.executor = executor;
        options.batchRows = 100;
        options.channelRows = 150;
        const auto run = runToEnd(plan({"thrice", "thrice", "five_times", "thrice"}, 2'000), options);
        expect(run && run->metrics().nodes.at("result").rowsIn == 2'000 * 3 * 3 * 5 * 3,
               "every copy of every row arrives");
    }
}

void stopsAtOnce(const char* type, ExecutorKind executor) {
    RunOptions options;
    options.executor = executor;
    options.channelRows = 10'000;
    auto run = Run::start(plan({type}, 2'000), options);
    expect(run.ok(), "the run starts");
    std::uint64_t queued = 0;
    for (std::uint64_t seen = 0; seen < 1'000'000;) {
        (void)(*run)->waitFor(1);  // the seeded executor works meanwhile
        const RunMetrics metrics = (*run)->metrics();
        seen = metrics.nodes.at("result").rowsIn;
        queued = std::max(queued, metrics.nodes.at("result").queuedRows);
    }
    // A step makes at most 8 calls, each of them a batch here.
    expect(queued <= options.channelRows + 8 * options.batchRows,
           "a full exchange holds an operator up that has more to do");
    const auto began = std::chrono::steady_clock::now();
    (*run)->stop(StopMode::Now);
    expect((*run)->waitFor(20'000), "stopping does not wait for an operator");
    const auto took = std::chrono::steady_clock::now() - began;
    std::printf("%s stopped after %lld ms\n", type,
                static_cast<long long>(took / std::chrono::milliseconds(1)));
    expect((*run)->state() == RunState::Stopped, "it is stopped, not failed");
    expect(!(*run)->takeNotes().empty(), "what was left is told");
}

}  // namespace

int main() {
    everythingArrives();
    for (const ExecutorKind executor : {ExecutorKind::Pool, ExecutorKind::Seeded}) {
        for (const char* type : {"for_ever", "for_ever_fused"}) stopsAtOnce(type, executor);
    }
    return summary();
}
