// The notes of the sources and sinks of a run.
#pragma once
#include <deque>
#include <map>
#include <mutex>
#include <vector>

#include "core/runtime/run.h"

namespace rw {

/// Any thread.
class RunNotes {
 public:
    void add(const NodeId& node, std::vector<Text> texts, bool warning = false);
    /// The notes since the last call.
    std::vector<RunNote> take();
    /// Tells each node's newest, and how many it said.
    void measure(RunMetrics& out) const;

 private:
    struct OfNode {
        std::deque<Text> newest;
        std::uint64_t count = 0;
    };

    mutable std::mutex m_mutex;
    std::vector<RunNote> m_untaken;
    std::map<NodeId, OfNode> m_nodes;
};

}  // namespace rw
