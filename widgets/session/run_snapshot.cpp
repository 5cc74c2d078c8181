#include "widgets/session/run_snapshot.h"

#include <algorithm>
#include <utility>

namespace rw::ui {

const LiveNode* RunSnapshot::node(const NodeId& id) const {
    const auto found = nodes.find(id);
    return found != nodes.end() ? &found->second : nullptr;
}

const LiveWire* RunSnapshot::wire(const Wire& wire) const {
    const auto found = wires.find({wire.from, wire.to});
    return found != wires.end() ? &found->second : nullptr;
}

void RunSnapshot::clear() {
    RunSnapshot none;
    none.sequence = sequence + 1;
    *this = std::move(none);
}

void RunSnapshot::update(const Pipeline& pipeline, RunMetrics now, std::int64_t millis) {
    metrics = std::move(now);
    ++sequence;
    sources.add(millis, metrics.sourceRows);
    for (const auto& [id, counters] : metrics.nodes) {
        LiveNode& live = nodes[id];
        live.metrics = counters;
        live.in.add(millis, counters.rowsIn);
        live.out.add(millis, counters.rowsOut);
        live.backpressure = 0;
    }
    const std::size_t known = std::min(pipeline.wires.size(), metrics.wires.size());
    for (std::size_t i = 0; i < known; ++i) {
        const Wire& wire = pipeline.wires[i];
        LiveWire& live = wires[{wire.from, wire.to}];
        live.metrics = metrics.wires[i];
        live.rate.add(millis, live.metrics.rows);
        LiveNode& from = nodes[wire.from.node];
        from.backpressure = std::max(from.backpressure, live.metrics.backpressure);
    }
}

void RunSnapshot::addInnerWires(const Pipeline& pipeline, const Pipeline& planned, std::int64_t millis) {
    const std::size_t known = std::min(planned.wires.size(), metrics.wires.size());
    for (std::size_t i = pipeline.wires.size(); i < known; ++i) {
        LiveWire& live = wires[{planned.wires[i].from, planned.wires[i].to}];
        live.metrics = metrics.wires[i];
        live.rate.add(millis, live.metrics.rows);
        LiveNode& from = nodes[planned.wires[i].from.node];
        from.backpressure = std::max(from.backpressure, live.metrics.backpressure);
    }
}

}  // namespace rw::ui
