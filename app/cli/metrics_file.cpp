#include "app/cli/metrics_file.h"

#include "core/connect/files/file_output.h"
#include "core/data/text.h"
#include "core/pipeline/json_layout.h"

namespace rw::cli {

namespace {

Json watermarkJson(Instant watermark) {
    if (watermark == kMinTimestamp || watermark == kMaxTimestamp) return nullptr;
    std::string text;
    appendTimestamp(text, watermark);
    return text;
}

std::string_view nameOf(PartitionState state) {
    switch (state) {
        case PartitionState::Live:
        case PartitionState::Drained:
            return "live";
        case PartitionState::Idle:
            return "idle";
        case PartitionState::Disconnected:
            return "disconnected";
        case PartitionState::Blocked:
            return "blocked";
        case PartitionState::Ended:
            break;
    }
    return "ended";
}

Json partitionsJson(const std::vector<PartitionMetrics>& partitions) {
    Json all = Json::array();
    for (const PartitionMetrics& partition : partitions) {
        all.push_back({{"name", partition.name},
                       {"state", nameOf(partition.state)},
                       {"watermark", watermarkJson(partition.watermark)},
                       {"since", watermarkJson(partition.since)}});
    }
    return all;
}

Json findingsJson(const std::vector<Finding>& findings) {
    Json all = Json::array();
    for (const Finding& finding : findings) {
        all.push_back({{"node", finding.issue.node},
                       {"reason", nameOf(finding.reason)},
                       {"message", english(finding.issue.message)},
                       {"fix", english(finding.issue.fix)}});
        if (!finding.cause.empty()) all.back()["cause"] = finding.cause;
    }
    return all;
}

}  // namespace

std::string metricsJson(const RunMetrics& metrics, const std::vector<Finding>& findings) {
    Json nodes = Json::object();
    for (const auto& [id, node] : metrics.nodes) {
        Json notes = Json::array();
        for (const Text& note : node.notes) notes.push_back(english(note));
        nodes[id] = {{"rows_in", node.rowsIn},
                     {"rows_out", node.rowsOut},
                     {"late", node.late},
                     {"rejected", node.rejected},
                     {"watermark", watermarkJson(node.watermark)},
                     {"ended", node.ended},
                     {"busy_seconds", node.busySeconds},
                     {"state_bytes", node.stateBytes},
                     {"notes", std::move(notes)}};
        if (!node.partitions.empty()) nodes[id]["partitions"] = partitionsJson(node.partitions);
    }
    const Json out = {{"seconds", metrics.seconds},
                      {"rows", metrics.sourceRows},
                      {"rows_per_second",
                       metrics.seconds > 0 ? static_cast<double>(metrics.sourceRows) / metrics.seconds : 0.0},
                      {"late", metrics.late},
                      {"rejected", metrics.rejected},
                      {"peak_memory_bytes", metrics.peakMemory},
                      {"schedule_hash", fmt::format("{:016x}", metrics.scheduleHash)},
                      {"nodes", nodes},
                      {"findings", findingsJson(findings)}};
    return indented(out) + "\n";
}

Status writeMetrics(const RunMetrics& metrics, const std::vector<Finding>& findings,
                    const std::string& path) {
    FileOutput file(path);
    RW_TRY(file.open());
    file.buffer() += metricsJson(metrics, findings);
    return file.close();
}

}  // namespace rw::cli
