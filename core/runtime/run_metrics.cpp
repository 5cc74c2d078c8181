#include "core/runtime/run_metrics.h"

#include <sys/resource.h>

#include <algorithm>

#include "core/runtime/stopwatch.h"

namespace rw {

namespace {

void add(NodeMetrics& sum, const CounterGroup& group, bool first) {
    Instant watermark = group.lanes ? kMinTimestamp : kMaxTimestamp;
    bool ended = !group.lanes;
    std::vector<Instant> inputs;
    for (const NodeCounters& one : group.instances) {
        sum.rowsIn += one.rowsIn;
        sum.rowsOut += one.rowsOut;
        sum.late += one.late;
        sum.rejected += one.rejected;
        sum.largestLateBy = std::max(sum.largestLateBy, one.largestLateBy.load());
        sum.busySeconds += static_cast<double>(one.busyNanos) * 1e-9;
        if (const std::int64_t since = one.inCallSince; since > 0)
            sum.inCallSeconds =
                std::max(sum.inCallSeconds, static_cast<double>(stopwatchNanos() - since) * 1e-9);
        sum.stateBytes += one.stateBytes;
        sum.stateKeys += one.stateKeys;
        if (const Instant until = one.openUntil; until < sum.openUntil) {
            sum.openFrom = one.openFrom;
            sum.openUntil = until;
        }
        watermark = group.lanes ? std::max(watermark, one.watermark.load())
                                : std::min(watermark, one.watermark.load());
        ended = group.lanes ? ended || one.ended : ended && one.ended;
        inputs.resize(one.inputWatermarks.size(), kMaxTimestamp);
        for (std::size_t port = 0; port < inputs.size(); ++port) {
            inputs[port] = std::min(inputs[port], one.inputWatermarks[port].load());
        }
    }
    sum.watermark = first ? watermark : std::min(sum.watermark, watermark);
    sum.ended = first ? ended : sum.ended && ended;
    if (first) sum.inputWatermarks = inputs;
}

}  // namespace

void RunMeter::addQueues(const PlannedNode::Target& target, RunMetrics& out, FullSample& sample) const {
    if (target.kind != PlannedNode::Target::Kind::Exchange) return;
    const Plan& plan = m_shared.plan;
    const auto exchange = static_cast<std::size_t>(target.index);
    const Stage& consumer = plan.stages[static_cast<std::size_t>(plan.exchanges[exchange].to)];
    for (const Destination& to : m_graph.destinations()[exchange]) {
        const std::size_t queued = to.inbox->queuedRows(to.slot);
        out.nodes[consumer.nodes.front().node].queuedRows += queued;
        for (const int wire : target.wires) {
            WireMetrics& metrics = out.wires[static_cast<std::size_t>(wire)];
            metrics.queuedRows += queued;
            metrics.queueLimit += to.inbox->rowLimit();
            std::int64_t& full = sample.full[static_cast<std::size_t>(wire)];
            full = std::max(full, to.inbox->fullMillis(to.slot));
        }
    }
}

void RunMeter::addNodes(RunMetrics& out) const {
    for (const auto& [node, groups] : m_shared.counters) {
        NodeMetrics& metrics = out.nodes[node];
        for (const CounterGroup& group : groups) add(metrics, group, &group == &groups.front());
        out.late += metrics.late;
        out.rejected += metrics.rejected;
    }
    for (const Stage& stage : m_shared.plan.stages) {
        const NodeId& entry = stage.nodes.front().node;
        if (!stage.source) continue;
        m_graph.measure(entry, out.nodes[entry]);
        out.sourceRows += out.nodes[entry].rowsOut;
    }
}

void RunMeter::addBackpressure(RunMetrics& out, FullSample sample) {
    const std::lock_guard lock(m_mutex);
    while (m_samples.size() > 1 && m_samples[1].at <= sample.at - 1000) m_samples.pop_front();
    if (!m_samples.empty() && sample.at > m_samples.front().at) {
        const FullSample& before = m_samples.front();
        for (std::size_t wire = 0; wire < out.wires.size(); ++wire) {
            out.wires[wire].backpressure = static_cast<double>(sample.full[wire] - before.full[wire]) /
                                           static_cast<double>(sample.at - before.at);
        }
    }
    m_samples.push_back(std::move(sample));
}

RunMetrics RunMeter::measure() {
    RunMetrics out;
    addNodes(out);
    out.wires.resize(m_shared.plan.pipeline.wires.size());
    for (std::size_t wire = 0; wire < out.wires.size(); ++wire)
        out.wires[wire].rows = m_shared.wireRows[wire];
    FullSample sample{m_shared.clock->steadyMillis(), std::vector<std::int64_t>(out.wires.size())};
    for (const Stage& stage : m_shared.plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            for (const auto& targets : node.targets) {
                for (const PlannedNode::Target& target : targets) addQueues(target, out, sample);
            }
        }
    }
    addBackpressure(out, std::move(sample));
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    out.peakMemory = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
    out.scheduleHash = m_shared.executor->scheduleHash();
    out.steps = m_shared.executor->steps();
    return out;
}

}  // namespace rw
