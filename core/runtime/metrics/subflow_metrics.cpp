#include "core/runtime/metrics/subflow_metrics.h"

#include <algorithm>

namespace rw {

namespace {

using Nodes = std::map<NodeId, NodeMetrics>;

void addInside(NodeMetrics& sum, const NodeMetrics& node) {
    sum.late += node.late;
    sum.rejected += node.rejected;
    sum.nullDropped += node.nullDropped;
    sum.largestLateBy = std::max(sum.largestLateBy, node.largestLateBy);
    sum.busySeconds += node.busySeconds;
    sum.inCallSeconds = std::max(sum.inCallSeconds, node.inCallSeconds);
    sum.stateBytes += node.stateBytes;
    sum.progress.kept += node.progress.kept;
    sum.progress.lost += node.progress.lost;
    sum.stateKeys += node.stateKeys;
    sum.stateSpilled += node.stateSpilled;
    sum.memoryForState = std::max(sum.memoryForState, node.memoryForState);
    if (node.openUntil < sum.openUntil) {
        sum.openFrom = node.openFrom;
        sum.openUntil = node.openUntil;
    }
    sum.queuedRows += node.queuedRows;
    sum.ended = sum.ended && node.ended;
    sum.watermark = std::min(sum.watermark, node.watermark);
    sum.waitsForSlower = sum.waitsForSlower || node.waitsForSlower;
    if (sum.holds.empty()) sum.holds = node.holds;
    sum.keepsCheckpoint = std::max(sum.keepsCheckpoint, node.keepsCheckpoint);
    sum.notes.insert(sum.notes.end(), node.notes.begin(), node.notes.end());
    sum.noteCount += node.noteCount;
}

NodeMetrics sumOf(const NodeId& id, const SubflowFile& file, const Nodes& nodes) {
    NodeMetrics sum;
    sum.ended = true;
    sum.watermark = kMaxTimestamp;
    const std::string prefix = insideOf(id, {});
    for (auto each = nodes.lower_bound(prefix); each != nodes.end() && each->first.starts_with(prefix);
         ++each)
        addInside(sum, each->second);
    if (sum.notes.size() > kNotesKept)  // of a node the newest stand last
        sum.notes.erase(sum.notes.begin(), sum.notes.end() - static_cast<std::ptrdiff_t>(kNotesKept));
    for (const NodeId& input : file.inputs) {
        const auto port = nodes.find(prefix + input);
        if (port == nodes.end()) continue;
        sum.rowsIn += port->second.rowsIn;
        const auto& watermarks = port->second.inputWatermarks;
        sum.inputWatermarks.insert(sum.inputWatermarks.end(), watermarks.begin(), watermarks.end());
    }
    // A port that is switched off tells nothing: that of another would be taken for its.
    if (sum.inputWatermarks.size() != file.inputs.size()) sum.inputWatermarks.clear();
    for (const NodeId& output : file.outputs) {
        const auto port = nodes.find(prefix + output);
        if (port != nodes.end()) sum.rowsOut += port->second.rowsOut;
    }
    return sum;
}

}  // namespace

void addSubflows(const std::map<NodeId, SubflowFileRef>& subflows, RunMetrics& metrics) {
    Nodes sums;  // of one in another, too: each is the sum of nodes that run
    for (const auto& [id, file] : subflows) sums.emplace(id, sumOf(id, *file, metrics.nodes));
    metrics.nodes.merge(sums);
}

}  // namespace rw
