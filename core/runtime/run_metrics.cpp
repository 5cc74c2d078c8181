#include "core/runtime/run_metrics.h"

#include <sys/resource.h>

#include <algorithm>
#include <utility>

#include "core/runtime/metrics/stopwatch.h"
#include "core/runtime/planning/state_share.h"
#include "core/store/spill_folder.h"

namespace rw {

namespace {

/// The mean over the rows of all instances.
void addQuality(const NodeCounters& one, Quality& sum) {
    sum.learnt += one.learntRows;
    sum.warmUp = std::max<std::uint64_t>(sum.warmUp, one.warmUpRows);
    sum.warm += one.warmKeys;
    const std::uint64_t rows = one.qualityRows;
    if (rows == 0) return;
    const auto before = static_cast<double>(sum.rows), more = static_cast<double>(rows);
    sum.kind = one.quality;
    sum.value = (sum.value * before + one.qualityValue * more) / (before + more);
    sum.baseline = (sum.baseline * before + one.qualityBaseline * more) / (before + more);
    sum.rows += rows;
}

void add(NodeMetrics& sum, const CounterGroup& group, bool first, RunSums::OfNode& sums) {
    Instant watermark = group.lanes ? kMinTimestamp : kMaxTimestamp;
    bool ended = !group.lanes;
    std::vector<Instant> inputs;
    bool hasPair = false;
    for (const NodeCounters& one : group.instances) {
        sum.rowsIn += one.rowsIn;
        sum.rowsOut += one.rowsOut;
        sum.late += one.late;
        sum.rejected += one.rejected;
        sum.nullDropped += one.nullDropped;
        hasPair = hasPair || one.hasPair;
        sum.largestLateBy = std::max(sum.largestLateBy, one.largestLateBy.load());
        sum.busySeconds += static_cast<double>(one.busyNanos) * 1e-9;
        const std::int64_t since = one.inCallSince;
        const std::int64_t inCall = since > 0 ? stopwatchNanos() - since : 0;
        sum.inCallSeconds = std::max(sum.inCallSeconds, static_cast<double>(inCall) * 1e-9);
        sums.busyNanos.push_back(one.busyNanos + inCall);
        sum.busiestSeconds = std::max(sum.busiestSeconds, static_cast<double>(sums.busyNanos.back()) * 1e-9);
        const std::uint64_t inMemory = one.stateBytes, inFiles = one.stateSpilled;
        sum.stateBytes += inMemory;
        sum.stateKeys += one.stateKeys;
        sum.stateSpilled += inFiles;
        sums.stateHits += one.stateHits;  // these first: they are no more than the look-ups
        sums.stateLookups += one.stateLookups;
        sum.alignSeconds = std::max(sum.alignSeconds, static_cast<double>(one.alignMillis) * 1e-3);
        sum.snapshotSeconds = std::max(sum.snapshotSeconds, static_cast<double>(one.snapshotNanos) * 1e-9);
        sum.tableRead = std::max(sum.tableRead, one.tableRead.load());
        addQuality(one, sum.quality);
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
    sum.hasPair = first ? hasPair : sum.hasPair || hasPair;
    sum.ended = first ? ended : sum.ended && ended;
    if (first) sum.inputWatermarks = inputs;
}

}  // namespace

void RunMeter::addQueues(const PlannedNode::Target& target, RunMetrics& out, RunSums& sums) const {
    if (target.kind != PlannedNode::Target::Kind::Exchange) return;
    const Plan& plan = m_shared.plan;
    const auto exchange = static_cast<std::size_t>(target.index);
    const Stage& consumer = plan.stages[static_cast<std::size_t>(plan.exchanges[exchange].to)];
    const NodeId& id = consumer.nodes.front().node;
    NodeMetrics& node = out.nodes[id];
    std::int64_t& fullest = sums.nodes[id].fullMillis;
    for (const Destination& to : m_graph.destinations()[exchange]) {
        const std::size_t queued = to.inbox->queuedRows(to.slot);
        const std::int64_t full = to.inbox->fullMillis(to.slot);
        node.queuedRows += queued;
        node.queueLimit += to.inbox->rowLimit();
        fullest = std::max(fullest, full);
        for (const int wire : target.wires) {
            WireMetrics& metrics = out.wires[static_cast<std::size_t>(wire)];
            metrics.queuedRows += queued;
            metrics.queueLimit += to.inbox->rowLimit();
            std::int64_t& fullWire = sums.wireFullMillis[static_cast<std::size_t>(wire)];
            fullWire = std::max(fullWire, full);
        }
    }
    node.fullSeconds = static_cast<double>(fullest) / 1000;
}

/// Of the run, to each node that has state in files.
void RunMeter::tellMemoryForState(RunMetrics& out) const {
    std::vector<std::uint64_t> kept;
    std::vector<NodeId> inFiles;
    for (const Stage& stage : m_shared.plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (!node.bound->spills) continue;
            if (out.nodes[node.node].stateSpilled > 0) inFiles.push_back(node.node);
            for (const CounterGroup& group : m_shared.counters.at(node.node)) {
                for (const NodeCounters& one : group.instances)
                    kept.push_back(one.stateBytes + one.stateSpilled);
            }
        }
    }
    if (inFiles.empty()) return;
    out.stateDisk.folder = m_shared.options.spill->path();
    const std::uint64_t needed = memoryFor(kept, m_shared.plan);
    for (const NodeId& node : inFiles) out.nodes[node].memoryForState = needed;
}

void RunMeter::addNodes(RunMetrics& out, RunSums& sums) const {
    for (const auto& [node, groups] : m_shared.counters) {
        NodeMetrics& metrics = out.nodes[node];
        for (const CounterGroup& group : groups)
            add(metrics, group, &group == &groups.front(), sums.nodes[node]);
        out.late += metrics.late;
        out.rejected += metrics.rejected;
    }
    m_graph.measureSinks(out);
    tellMemoryForState(out);
    const bool checkpoints = m_shared.options.checkpoints.store != nullptr;
    for (const Stage& stage : m_shared.plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (node.bound->guarantee.promise != Guarantee::Promise::None)
                out.nodes[node.node].guarantee = inRun(node.bound->guarantee, checkpoints);
        }
        const NodeId& entry = stage.nodes.front().node;
        if (!stage.source) continue;
        m_graph.measure(entry, out.nodes[entry]);
        out.sourceRows += out.nodes[entry].rowsOut;
    }
    for (const auto& [stage, keys] : m_shared.heavyKeys) {
        const NodeId& entry = m_shared.plan.stages[static_cast<std::size_t>(stage)].nodes.front().node;
        addSpread(entry, keys, out.nodes[entry]);
    }
}

void RunMeter::addSpread(const NodeId& node, const HeavyKeys& keys, NodeMetrics& out) const {
    std::uint64_t most = 0, all = 0;
    for (const NodeCounters& one : m_shared.counters.at(node).front().instances) {
        out.instanceRows.push_back(one.rowsIn);
        most = std::max(most, out.instanceRows.back());
        all += out.instanceRows.back();
    }
    if (all > 0) {
        out.skew = static_cast<double>(most) * static_cast<double>(out.instanceRows.size()) /
                   static_cast<double>(all);
    }
    out.heavyKeys = keys.heaviest();
}

RunMetrics RunMeter::measure() {
    RunMetrics out;
    RunSums sums;
    sums.millis = m_shared.clock->steadyMillis();
    sums.nanos = stopwatchNanos();
    addNodes(out, sums);
    out.wires.resize(m_shared.plan.pipeline.wires.size());
    sums.wireFullMillis.resize(out.wires.size());
    for (std::size_t wire = 0; wire < out.wires.size(); ++wire)
        out.wires[wire].rows = m_shared.wireRows.now(wire);
    for (const Stage& stage : m_shared.plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            for (const auto& targets : node.targets) {
                for (const PlannedNode::Target& target : targets) addQueues(target, out, sums);
            }
        }
    }
    if (m_shared.options.spill) sums.room = m_shared.options.spill->room();
    m_looks.tell(out, std::move(sums), m_shared.clock->now());
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    out.peakMemory = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
    out.scheduleHash = m_shared.executor->scheduleHash();
    out.steps = m_shared.executor->steps();
    return out;
}

}  // namespace rw
