// An instance of a stage: the nodes fused in it, and the exchanges that its rows leave by.
#pragma once
#include <memory>
#include <vector>

#include "core/runtime/node_runner.h"

namespace rw {

class StageTask : public Task {
 public:
    StageTime& time() { return m_time; }
    /// Before the run: the entry first, parents before children.
    NodeRunner& addNode(std::unique_ptr<NodeRunner> runner) {
        m_nodes.push_back(std::move(runner));
        return *m_nodes.back();
    }
    Sender& addSender(std::unique_ptr<Sender> sender) {
        m_senders.push_back(std::move(sender));
        return *m_senders.back();
    }

 protected:
    NodeRunner& entry() { return *m_nodes.front(); }
    /// Whether all exchanges have room; if not, this task is scheduled when the full one has.
    bool admitted() {
        for (const auto& sender : m_senders) {
            if (!sender->admit(*this)) return false;
        }
        return true;
    }

    StageTime m_time;
    std::vector<std::unique_ptr<NodeRunner>> m_nodes;
    std::vector<std::unique_ptr<Sender>> m_senders;
};

}  // namespace rw
