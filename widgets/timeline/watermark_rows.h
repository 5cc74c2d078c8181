// Where the watermark of each source and partition stands, as lines of the timeline.
#pragma once
#include <QString>
#include <map>
#include <utility>
#include <vector>

#include "core/diagnose/watermark_hold.h"
#include "core/pipeline/node_kind.h"

namespace rw::ui {

struct WatermarkRow {
    NodeId source{};
    QString name{};
    PartitionState state = PartitionState::Live;
    Instant watermark = kMinTimestamp;
    Instant newest = kMinTimestamp;  ///< event time of its newest row; kMinTimestamp: not known
    Instant own = kMinTimestamp;     ///< while it is idle: its watermark before others raised it
    Instant since = 0;               ///< wall time at which it became idle; 0: not known
    QString holds{};                 ///< the node with windows that waits for it; empty: none does
    bool slowest = false;            ///< of the partitions of its source
    // Of a row for all that are not listed
    std::size_t others = 0;
    Millis within = 0;  ///< their watermarks lie so close together
};

/// A node with windows that waits, and for whom.
struct HeldLane {
    QString title{};
    WatermarkHold hold{};
};

/// GUI thread.
class WatermarkRows {
 public:
    static constexpr std::size_t kMostListed = 8;  ///< all are listed; of more
    static constexpr std::size_t kSlowest = 3;  ///< so many, those that are idle, and those that hold others

    /// Forgets what it knew of a run.
    void clear() { m_own.clear(); }
    /// The rows of a run of `pipeline`, which these are the metrics of.
    std::vector<WatermarkRow> rowsOf(const Pipeline& pipeline, const Catalogue& catalogue,
                                     const RunMetrics& metrics, const std::vector<HeldLane>& held);

 private:
    WatermarkRow rowOf(const Node& node, const NodeMetrics& metrics, const PartitionMetrics* partition);

    std::map<std::pair<NodeId, std::string>, Instant> m_own{};  ///< watermarks while their partition was live
};

}  // namespace rw::ui
