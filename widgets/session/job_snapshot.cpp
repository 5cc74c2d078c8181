#include "widgets/session/job_snapshot.h"

#include <unordered_map>

namespace rw::ui {

namespace {

using RowCount = std::optional<std::uint64_t>;

/// `before` is the last value of the meter.
void meter(RateMeter& rate, RowCount now, RowCount before, Instant at) {
    if (!now || (before && *now < *before)) rate = {};
    if (now) rate.add(at, *now);
}

/// The last value of the meter, if it has one.
RowCount given(bool known, std::uint64_t count) {
    return known ? RowCount(count) : std::nullopt;
}

void showNode(LiveNode& live, const NodeFigures& told, Instant at, bool newer) {
    if (newer) {
        meter(live.in, told.rowsIn, given(live.known.in, live.metrics.rowsIn), at);
        meter(live.out, told.rowsOut, given(live.known.out, live.metrics.rowsOut), at);
    }
    live.known = {.in = told.rowsIn.has_value(),
                  .out = told.rowsOut.has_value(),
                  .late = told.late.has_value(),
                  .rejected = told.rejected.has_value(),
                  .watermark = told.watermark.has_value(),
                  .busy = told.busy.has_value(),
                  .backpressure = told.backpressure.has_value(),
                  .state = told.stateBytes.has_value(),
                  .lateAtLeast = told.lateAtLeast};
    live.metrics = {};
    live.metrics.rowsIn = told.rowsIn.value_or(0);
    live.metrics.rowsOut = told.rowsOut.value_or(0);
    live.metrics.late = told.late.value_or(0);
    live.metrics.rejected = told.rejected.value_or(0);
    live.metrics.watermark = told.watermark.value_or(kMinTimestamp);
    live.metrics.busy = told.busy.value_or(0);
    live.metrics.stateBytes = told.stateBytes.value_or(0);
    live.backpressure = told.backpressure.value_or(0);
}

std::uint64_t allRows(const JobFigures& figures) {
    std::uint64_t rows = figures.sourceRows.value_or(0);
    for (const auto& [id, node] : figures.nodes) rows += node.rowsIn.value_or(0) + node.rowsOut.value_or(0);
    for (const RowCount& wire : figures.wires) rows += wire.value_or(0);
    return rows;
}

/// Whether these are for rates; marks it.
bool areCountedAnew(RunSnapshot& snapshot, const JobFigures& figures) {
    if (figures.at == 0 || figures.at == snapshot.ratedAt) return false;
    const std::uint64_t rows = allRows(figures);
    const bool back = figures.at < snapshot.ratedAt;  // the clock was set back
    if (!back && rows == snapshot.ratedRows && figures.at - snapshot.ratedAt < kCountsStand) return false;
    if (back) {
        snapshot.sources = {};
        for (auto& [id, node] : snapshot.nodes) node.in = node.out = {};
        for (auto& [ends, wire] : snapshot.wires) wire.rate = {};
    }
    snapshot.ratedAt = figures.at;
    snapshot.ratedRows = rows;
    return true;
}

std::unordered_map<NodeId, int> wiresFrom(const Pipeline& pipeline) {
    std::unordered_map<NodeId, int> count;
    for (const Wire& wire : pipeline.wires) ++count[wire.from.node];
    return count;
}

}  // namespace

void showFigures(RunSnapshot& snapshot, const Pipeline& pipeline, const JobFigures& figures) {
    static const NodeFigures kNothing;
    const bool newer = areCountedAnew(snapshot, figures);
    ++snapshot.sequence;
    RunMetrics& all = snapshot.metrics;
    all.late = all.rejected = 0;
    for (const Node& node : pipeline.nodes) {
        if (node.disabled) continue;
        const auto told = figures.nodes.find(node.id);
        const auto [entry, fresh] = snapshot.nodes.try_emplace(node.id);
        if (fresh) entry->second.known = {.in = false, .out = false};
        showNode(entry->second, told != figures.nodes.end() ? told->second : kNothing, figures.at, newer);
        all.nodes[node.id] = entry->second.metrics;
        all.late += entry->second.metrics.late;
        all.rejected += entry->second.metrics.rejected;
    }
    all.wires.assign(pipeline.wires.size(), {});
    const std::unordered_map<NodeId, int> beside = wiresFrom(pipeline);
    for (std::size_t i = 0; i < pipeline.wires.size(); ++i) {
        const Wire& wire = pipeline.wires[i];
        const RowCount rows = i < figures.wires.size() ? figures.wires[i] : std::nullopt;
        const auto [entry, fresh] = snapshot.wires.try_emplace({wire.from, wire.to});
        LiveWire& live = entry->second;
        if (fresh) live.known = false;
        if (newer) meter(live.rate, rows, given(live.known, live.metrics.rows), figures.at);
        live.known = rows.has_value();
        live.metrics = {};
        live.metrics.rows = rows.value_or(0);
        const LiveNode* from = snapshot.node(wire.from.node);
        // Which of several wires it is that is held up, the cluster does not tell.
        const bool alone = beside.at(wire.from.node) == 1;
        if (from != nullptr && alone) live.metrics.backpressure = from->backpressure;
        all.wires[i] = live.metrics;
    }
    if (newer)
        meter(snapshot.sources, figures.sourceRows, given(snapshot.sourcesKnown, all.sourceRows), figures.at);
    snapshot.sourcesKnown = figures.sourceRows.has_value();
    all.sourceRows = figures.sourceRows.value_or(0);
}

}  // namespace rw::ui
