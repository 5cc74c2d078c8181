#include "app/cli/metrics_file.h"

#include <map>

#include "core/connect/files/file_output.h"
#include "core/data/text.h"
#include "core/diagnose/late_row.h"
#include "core/diagnose/live_state.h"
#include "core/diagnose/watermark_hold.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

constexpr std::size_t kLateRowsTold = 100;

Json watermarkJson(Instant watermark) {
    if (watermark == kMinTimestamp || watermark == kMaxTimestamp) return nullptr;
    std::string text;
    appendTimestamp(text, watermark);
    return text;
}

/// 0: never.
Json wallJson(Instant at) {
    return at == 0 ? Json(nullptr) : watermarkJson(at);
}

const char* lagName(PartitionProgress::Unit unit) {
    return unit == PartitionProgress::Unit::Rows ? "lag_rows" : "lag_bytes";
}

Json guaranteeJson(const Guarantee& guarantee) {
    return {{"promise", nameOf(guarantee.promise)},
            {"by", nameOf(guarantee.means)},
            {"message", english(guaranteeText(guarantee))}};
}

Json partitionsJson(const std::vector<PartitionMetrics>& partitions) {
    Json all = Json::array();
    for (const PartitionMetrics& partition : partitions) {
        all.push_back({{"name", partition.name},
                       {"state", nameOf(liveStateOf(partition))},
                       {"watermark", watermarkJson(partition.watermark)},
                       {"since", watermarkJson(partition.since)},
                       {"watermark_since", wallJson(partition.watermarkSince)}});
        Json& told = all.back();
        if (!partition.reason.empty()) told["reason"] = english(partition.reason);
        if (partition.nextTry != 0) told["next_try"] = wallJson(partition.nextTry);
        if (!partition.position.empty()) told["position"] = partition.position;
        if (partition.lag) told[lagName(partition.unit)] = *partition.lag;
    }
    return all;
}

/// How a node stands as a whole.
void addLive(const NodeMetrics& node, Json& out) {
    const std::optional<LiveSummary> live = liveSummary(node);
    if (!live) return;
    out["state"] = nameOf(live->state);
    if (live->lag) out[lagName(live->unit)] = *live->lag;
    out["partitions"] = partitionsJson(node.partitions);
}

/// How good a node that learns was over its last rows.
void addQuality(const Quality& quality, Json& out) {
    static const std::map<Quality::Kind, const char*> kNames{
        {Quality::Kind::Accuracy, "accuracy"},
        {Quality::Kind::Error, "mean_absolute_error"},
        {Quality::Kind::Coverage, "coverage"},
        {Quality::Kind::Anomalies, "share_of_anomalies"}};
    const auto name = kNames.find(quality.kind);
    if (name == kNames.end()) return;
    Json& told = out["quality"] = {{name->second, quality.value}, {"rows", quality.rows}};
    if (quality.kind == Quality::Kind::Accuracy) told["baseline"] = quality.baseline;
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

Json heldByJson(const WatermarkHold& hold) {
    Json out = {{"source", hold.source},
                {"way", hold.way},
                {"watermark", watermarkJson(hold.watermark)},
                {"since", wallJson(hold.since)},
                {"behind_ms", hold.behind}};
    if (!hold.input.empty()) out["input"] = hold.input;
    if (!hold.partition.empty()) out["partition"] = hold.partition;
    if (!hold.why.empty()) {
        out["state"] = nameOf(hold.state);
        out["message"] = english(hold.why);
        out["fix"] = english(hold.mend);
    }
    return out;
}

/// How the rows of a node are spread by key over its instances.
Json spreadJson(const NodeMetrics& node) {
    Json keys = Json::array();
    for (const HeavyKey& key : node.heavyKeys) keys.push_back({{"key", key.key}, {"share", key.share}});
    return {{"instance_rows", node.instanceRows}, {"skew", node.skew}, {"heavy_keys", std::move(keys)}};
}

Json checkpointsJson(const CheckpointMetrics& checkpoints) {
    return {{"taken", checkpoints.taken},
            {"newest", checkpoints.number},
            {"at", wallJson(checkpoints.at)},
            {"seconds", checkpoints.seconds},
            {"bytes", checkpoints.bytes},
            {"bytes_written", checkpoints.written},
            {"trouble", english(checkpoints.trouble)}};
}

Json restartJson(const RestartMetrics& restart) {
    return {{"restarts", restart.restarts},
            {"attempt", restart.attempt},
            {"attempts", restart.attempts},
            {"next_at", wallJson(restart.nextAt)},
            {"from_checkpoint", restart.from},
            {"failed_at", wallJson(restart.failedAt)},
            {"node", restart.node},
            {"cause", english(restart.cause)}};
}

Json lateRowsJson(const std::vector<KeptRow>& kept) {
    Json all = Json::array();
    for (auto row = kept.rbegin(); row != kept.rend() && all.size() < kLateRowsTold; ++row) {
        if (row->kind != KeptRow::Kind::Late) continue;
        all.push_back({{"node", row->node},
                       {"port", row->port},
                       {"event_time", watermarkJson(row->eventTime)},
                       {"stamp", watermarkJson(row->stamp)},
                       {"late_for", watermarkJson(row->windowEnd)},
                       {"late_by", row->lateBy},
                       {"message", english(lateRowText(*row))},
                       {"row", row->row}});
    }
    return all;
}

}  // namespace

std::string metricsJson(const Evidence& evidence, const std::vector<Finding>& findings,
                        const std::vector<KeptRow>& kept) {
    const RunMetrics& metrics = evidence.metrics();
    Json nodes = Json::object();
    for (const auto& [id, node] : metrics.nodes) {
        Json notes = Json::array();
        for (const Text& note : node.notes) notes.push_back(english(note));
        nodes[id] = {{"rows_in", node.rowsIn},
                     {"rows_out", node.rowsOut},
                     {"late", node.late},
                     {"rejected", node.rejected},
                     {"watermark", watermarkJson(node.watermark)},
                     {"watermark_since", wallJson(node.watermarkSince)},
                     {"ended", node.ended},
                     {"busy_seconds", node.busySeconds},
                     {"queue_full_seconds", node.fullSeconds},
                     {"state_bytes", node.stateBytes},
                     {"state_spilled_bytes", node.stateSpilled},
                     {"state_keys", node.stateKeys},
                     {"notes", std::move(notes)}};
        if (node.stateHitRate) nodes[id]["state_hit_rate"] = *node.stateHitRate;
        if (node.tableRead != kMinTimestamp) nodes[id]["table_read"] = watermarkJson(node.tableRead);
        addLive(node, nodes[id]);
        addQuality(node.quality, nodes[id]);
        if (node.guarantee.promise != Guarantee::Promise::None)
            nodes[id]["guarantee"] = guaranteeJson(node.guarantee);
        if (node.progress.kept > 0) nodes[id]["journal_bytes"] = node.progress.kept;
        if (node.progress.lost > 0) nodes[id]["lost_messages"] = node.progress.lost;
        if (!node.instanceRows.empty()) nodes[id]["spread"] = spreadJson(node);
        if (node.late > 0) nodes[id]["largest_late_by"] = node.largestLateBy;
        if (node.nullDropped > 0) nodes[id]["null_dropped"] = node.nullDropped;
        if (!metrics.checkpoints.on) continue;
        nodes[id]["checkpoint"] = {{"bytes", node.checkpointBytes},
                                   {"bytes_written", node.checkpointWritten},
                                   {"align_seconds", node.alignSeconds},
                                   {"seconds", node.snapshotSeconds}};
    }
    for (const Evidence::Seen* seen : evidence.nodes()) {
        Json& node = nodes[seen->node->id];
        node["busy"] = evidence.busy(*seen);
        node["queue_full"] = evidence.full(*seen);
        if (!evidence.running()) continue;
        if (const auto hold = whatHoldsWatermark(evidence, *seen)) node["held_by"] = heldByJson(*hold);
    }
    Json out = {{"seconds", metrics.seconds},
                {"rows", metrics.sourceRows},
                {"rows_per_second",
                 metrics.seconds > 0 ? static_cast<double>(metrics.sourceRows) / metrics.seconds : 0.0},
                {"late", metrics.late},
                {"rejected", metrics.rejected},
                {"peak_memory_bytes", metrics.peakMemory},
                {"schedule_hash", fmt::format("{:016x}", metrics.scheduleHash)},
                {"nodes", nodes},
                {"late_rows", lateRowsJson(kept)},
                {"findings", findingsJson(findings)}};
    if (metrics.checkpoints.on) out["checkpoints"] = checkpointsJson(metrics.checkpoints);
    if (metrics.restart.failedAt != 0) {
        out["restart"] = restartJson(metrics.restart);
    }
    return indented(out) + "\n";
}

Status writeMetrics(const Evidence& evidence, const std::vector<Finding>& findings,
                    const std::vector<KeptRow>& kept, const std::string& path) {
    // A disk that is full leaves the one that was there.
    FileOutput file(path, FileOutput::Placing::Staged);
    RW_TRY(file.open());
    file.buffer() += metricsJson(evidence, findings, kept);
    return file.close();
}

}  // namespace rw::cli
