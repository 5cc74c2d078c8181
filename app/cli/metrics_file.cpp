#include "app/cli/metrics_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/data/text.h"

namespace rw::cli {

namespace {

Json watermarkJson(Instant watermark) {
    if (watermark == kMinTimestamp || watermark == kMaxTimestamp) return nullptr;
    std::string text;
    appendTimestamp(text, watermark);
    return text;
}

}  // namespace

std::string metricsJson(const RunMetrics& metrics) {
    Json nodes = Json::object();
    for (const auto& [id, node] : metrics.nodes) {
        nodes[id] = {{"rows_in", node.rowsIn},
                     {"rows_out", node.rowsOut},
                     {"late", node.late},
                     {"rejected", node.rejected},
                     {"watermark", watermarkJson(node.watermark)},
                     {"ended", node.ended},
                     {"busy_seconds", node.busySeconds},
                     {"state_bytes", node.stateBytes}};
    }
    const Json out = {{"seconds", metrics.seconds},
                      {"rows", metrics.sourceRows},
                      {"rows_per_second",
                       metrics.seconds > 0 ? static_cast<double>(metrics.sourceRows) / metrics.seconds : 0.0},
                      {"late", metrics.late},
                      {"rejected", metrics.rejected},
                      {"peak_memory_bytes", metrics.peakMemory},
                      {"schedule_hash", fmt::format("{:016x}", metrics.scheduleHash)},
                      {"nodes", nodes}};
    return out.dump(2) + "\n";
}

Status writeMetrics(const RunMetrics& metrics, const std::string& path) {
    errno = 0;
    std::ofstream file(path);
    file << metricsJson(metrics);
    file.close();
    if (file) return {};
    return Status(ErrorCode::Io,
                  RW_TEXT("cli", "“%1” can't be written: %2.").with(path, std::strerror(errno)),
                  RW_TEXT("cli", "Name a file in a folder that exists and can be written."));
}

}  // namespace rw::cli
