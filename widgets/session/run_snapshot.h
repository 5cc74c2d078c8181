// The metrics of a run in the designer: the engine's counters and the rates made from them.
#pragma once
#include <map>
#include <vector>

#include "core/runtime/metrics/metrics.h"
#include "widgets/session/rate_meter.h"

namespace rw::ui {

/// Figures of a node that are really known: a cluster can't tell all that the embedded engine can. An
/// unknown figure is shown as such, never as zero.
struct KnownFigures {
    bool in = true, out = true, late = true, rejected = true, watermark = true, busy = true;
    bool backpressure = true, state = true;
    bool lateAtLeast = false;  ///< there may be more late rows than that
    bool operator==(const KnownFigures&) const = default;
};

struct LiveNode {
    NodeMetrics metrics{};
    KnownFigures known{};
    RateMeter in{}, out{};
    double backpressure = 0;  ///< largest share over its output wires: a node behind is slower
};

struct LiveWire {
    WireMetrics metrics{};
    bool known = true;  ///< how many rows it carries
    RateMeter rate{};
};

struct RunSnapshot {
    RunMetrics metrics{};
    std::uint64_t sequence = 0;  ///< how many it has shown: no number comes twice
    RateMeter sources{};         ///< rows that all sources gave
    bool sourcesKnown = true;    ///< how many these are
    // Of a cluster's figures: those that the rates were made from last.
    Instant ratedAt = 0;          ///< wall time; 0: none yet
    std::uint64_t ratedRows = 0;  ///< all rows that they count
    std::map<NodeId, LiveNode> nodes{};
    std::map<std::pair<PortRef, PortRef>, LiveWire> wires{};

    const LiveNode* node(const NodeId& id) const;
    const LiveWire* wire(const Wire& wire) const;
    /// Takes new counters of a run of `pipeline`, read at `millis` of any steady clock.
    void update(const Pipeline& pipeline, RunMetrics now, std::int64_t millis);
    /// After update(), those of the nodes in subflows, by their paths. The wires of the plan begin with those of
    /// `pipeline`.
    void addInnerWires(const Pipeline& pipeline, const Pipeline& planned, std::int64_t millis);
    /// Shows nothing until the next update.
    void clear();
};

}  // namespace rw::ui
