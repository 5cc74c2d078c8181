// An exception on a thread of ours, or a thread that can't be started, ends in a Status that names the node.
#include <sys/resource.h>

#include <new>
#include <stdexcept>

#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

enum class Where { OnBatch, OnWatermark, OnEnd, StateSize };

void throwOne(bool memory) {
    if (memory) throw std::bad_alloc();
    throw std::runtime_error("a library gave up");
}

class Thrower final : public Operator {
 public:
    Thrower(Where where, bool memory) : m_where(where), m_memory(memory) {}
    Status onBatch(int, const Batch& batch, Output& out) override {
        if (m_where == Where::OnBatch) throwOne(m_memory);
        out.emit(0, batch);
        return {};
    }
    Status onWatermark(Instant watermark, Output& out) override {
        if (m_where == Where::OnWatermark) throwOne(m_memory);
        return Operator::onWatermark(watermark, out);
    }
    Status onEnd(Output&) override {
        if (m_where == Where::OnEnd) throwOne(m_memory);
        return {};
    }
    StateSize stateSize() const override {
        if (m_where == Where::StateSize) throwOne(m_memory);
        return {};
    }

 private:
    const Where m_where;
    const bool m_memory;
};

enum class Call { OnBatch, Prepare, Commit, AbortAndClose };

class ThrowingSink final : public Sink {
 public:
    explicit ThrowingSink(Call call) : m_call(call) {}
    bool blocking() const override { return true; }
    Status onBatch(const Batch&) override {
        if (m_call == Call::OnBatch) throwOne(true);
        return {};
    }
    Status prepare(Epoch) override {
        if (m_call == Call::Prepare || m_call == Call::AbortAndClose) throwOne(true);
        return {};
    }
    Status commit(Epoch) override {
        if (m_call == Call::Commit) throwOne(false);
        return {};
    }
    void abort() override {
        if (m_call == Call::AbortAndClose) throwOne(false);
    }
    void close() override {
        if (m_call == Call::AbortAndClose) throwOne(false);
    }

 private:
    const Call m_call;
};

BoundNodeRef bindThrower(BindContext& context) {
    auto bound = std::make_shared<BoundNode>();
    bound->outputs = {context.input()};
    return bound;
}

NodeKind throwerKind(MakeFn make) {
    NodeKind kind;
    kind.type = "thrower";
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}};
    kind.bind = bindThrower;
    kind.make = make;
    return kind;
}

template <Where where, bool memory>
Result<Made> makeThrower(const BoundNode&, const MakeContext&) {
    return Made(std::make_unique<Thrower>(where, memory));
}

template <Call call>
Result<Made> makeSink(const BoundNode&, const MakeContext&) {
    return Made(std::make_unique<ThrowingSink>(call));
}

Catalogue with(NodeKind extra) {
    std::vector<NodeKind> all = builtin().kinds();
    all.push_back(std::move(extra));
    return Catalogue(std::move(all));
}

Pipeline pipelineWith(const char* culprit, bool sink) {
    Pipeline pipeline;
    pipeline.nodes = {node("source", "generator",
                           {{"rows", 20'000},
                            {"rate", 0},
                            {"columns",
                             {"n BIGINT = i",
                              "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP "
                              "'2024-03-01 00:00:00')"}},
                            {"event_time", "ts"}}),
                      node(culprit, "thrower")};
    pipeline.wires = {wire("source", culprit)};
    if (sink) return pipeline;
    pipeline.nodes.push_back(node("result", "table_view"));
    pipeline.wires.push_back(wire(culprit, "result"));
    return pipeline;
}

void failsNaming(const char* what, const Catalogue& catalogue, const Pipeline& pipeline,
                 ExecutorKind executor) {
    const Planned planned = makePlan(pipeline, catalogue, {});
    expect(planned.plan != nullptr, "the pipeline plans");
    if (!planned.plan) return;
    RunOptions options;
    options.executor = executor;
    auto run = Run::start(planned.plan, options);
    expect(run.ok(), "the run starts");
    expect((*run)->waitFor(20'000), what);
    const Status status = (*run)->status();
    expect(!status.ok() && status.error().node == "culprit", what);
}

void operatorsThatThrow() {
    for (const ExecutorKind executor : {ExecutorKind::Pool, ExecutorKind::Seeded}) {
        const Pipeline pipeline = pipelineWith("culprit", false);
        failsNaming("memory that runs out at a batch names the node",
                    with(throwerKind(makeThrower<Where::OnBatch, true>)), pipeline, executor);
        failsNaming("an exception at a batch names the node",
                    with(throwerKind(makeThrower<Where::OnBatch, false>)), pipeline, executor);
        failsNaming("an exception at a watermark names the node",
                    with(throwerKind(makeThrower<Where::OnWatermark, false>)), pipeline, executor);
        failsNaming("an exception at the end names the node",
                    with(throwerKind(makeThrower<Where::OnEnd, false>)), pipeline, executor);
        failsNaming("an exception while state is measured names the node",
                    with(throwerKind(makeThrower<Where::StateSize, false>)), pipeline, executor);
    }
}

void sinksThatThrow() {
    NodeKind kind = throwerKind(makeSink<Call::OnBatch>);
    kind.group = NodeGroup::Sink;
    kind.outputs.clear();
    kind.bind = [](BindContext&) -> BoundNodeRef {
        auto bound = std::make_shared<BoundNode>();
        bound->distribution.kind = Distribution::Kind::Single;
        return bound;
    };
    for (const ExecutorKind executor : {ExecutorKind::Pool, ExecutorKind::Seeded}) {
        const auto fails = [&](const char* what, MakeFn make) {
            kind.make = make;
            failsNaming(what, with(kind), pipelineWith("culprit", true), executor);
        };
        fails("memory that runs out in a sink names it", makeSink<Call::OnBatch>);
        fails("an exception while a sink prepares names it", makeSink<Call::Prepare>);
        fails("an exception while a sink commits names it", makeSink<Call::Commit>);
        fails("an exception while a sink aborts and closes names it", makeSink<Call::AbortAndClose>);
    }
}

/// No thread can be started where none may be.
void threadsThatDoNotStart() {
#ifndef RILLWRIGHT_SANITIZED
    Pipeline pipeline;
    pipeline.nodes = {node("source", "generator", {{"rows", 10}, {"columns", {"n BIGINT = i"}}}),
                      node("result", "table_view")};
    pipeline.wires = {wire("source", "result")};
    const auto plan = planOf(pipeline, 256);
    rlimit before{};
    getrlimit(RLIMIT_AS, &before);
    rlimit small = before;
    small.rlim_cur = rlim_t{1} << 30;  // 256 stacks of 8 MiB do not fit
    setrlimit(RLIMIT_AS, &small);
    const auto run = Run::start(plan, {});
    setrlimit(RLIMIT_AS, &before);
    expect(!run.ok(), "a run whose threads can't start is an error");
    const auto later = runToEnd(planOf(pipeline, 2));
    expect(later && later->state() == RunState::Finished, "and the next run starts");
#endif
}

}  // namespace

int main() {
    operatorsThatThrow();
    sinksThatThrow();
    threadsThatDoNotStart();
    return summary();
}
