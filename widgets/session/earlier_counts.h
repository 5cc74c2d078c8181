// What a run had counted before edits were applied to it: it goes on, and so do its counts.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "core/pipeline/pipeline.h"
#include "core/runtime/metrics/metrics.h"

namespace rw::ui {

/// Nodes of both pipelines whose rows go on as they were: neither the node nor any that feeds it was edited.
std::set<NodeId> unchangedNodes(const Pipeline& before, const Pipeline& now);

class EarlierCounts {
 public:
    bool empty() const { return m_nodes.empty(); }
    /// The run of `before` goes on with another pipeline. `last` are its last counters, without those from
    /// before.
    void goOn(const RunMetrics& last, const Pipeline& before, const Pipeline& now);
    void clear();

    /// Adds what findings go by, of nodes that were not edited since: what an edited node had counted says
    /// nothing of it as it is now.
    void addTo(RunMetrics& metrics) const;
    /// Rows that came to the node before, and left it, edited or not.
    std::pair<std::uint64_t, std::uint64_t> rowsOf(const NodeId& node) const;
    /// The same since the last edit of the node, or of one that feeds it.
    std::pair<std::uint64_t, std::uint64_t> sinceEdit(const NodeId& node) const;
    /// Those that had given rows before, edited or not.
    std::set<NodeId> nodesWithRows() const;
    /// Rows that had been late before: results that were given lack them.
    std::uint64_t lateRows() const { return m_late; }

 private:
    struct Earlier {
        NodeMetrics metrics{};  ///< since the last edit of the node, or of one that feeds it
        std::uint64_t rowsIn = 0, rowsOut = 0;
    };
    std::map<NodeId, Earlier> m_nodes{};
    std::uint64_t m_late = 0;
};

}  // namespace rw::ui
