#include "core/runtime/fused_stage.h"

#include <algorithm>

#include "core/stream/keys/key_groups.h"

namespace rw {

namespace {
// Between two looks at whether the exchanges have room: so much they can be overfilled.
constexpr int kCallsAtOnce = 8;
}  // namespace

NodeRunner& FusedStage::addNode(const PlannedNode& node, NodeCounters& counters, std::unique_ptr<Operator> op,
                                int instance) {
    m_nodes.push_back(std::make_unique<NodeRunner>(m_shared, *this, m_nodes.size(), node, counters,
                                                   std::move(op), instance));
    m_visit = m_nodes.size();
    return *m_nodes.back();
}

Sender& FusedStage::addSender(std::unique_ptr<Sender> sender) {
    m_senders.push_back(std::move(sender));
    return *m_senders.back();
}

void FusedStage::belongTo(Task& task) {
    for (const auto& sender : m_senders) sender->belongTo(task);
}

bool FusedStage::wanted() {
    const std::ptrdiff_t closed = std::count_if(m_senders.begin(), m_senders.end(),
                                                [](const auto& sender) { return sender->closed(); });
    if (closed != m_closedSenders) {
        m_closedSenders = closed;
        // From the last node up: each stands behind those that feed it.
        for (auto node = m_nodes.rbegin(); node != m_nodes.rend(); ++node) (*node)->leaveUnwanted();
    }
    return entry().wanted();
}

bool FusedStage::admitted(Task& waiter) const {
    for (const auto& sender : m_senders) {
        if (!sender->admit(waiter)) return false;
    }
    return true;
}

void FusedStage::settle() {
    m_visit = 0;
    m_settled = false;
}

void FusedStage::finish(Control control) {
    m_finishing = true;
    m_control = control;
    m_visit = 0;
    m_settled = false;
}

Status FusedStage::passBarrier() {
    mark(m_shared.barriers.requested());
    for (const auto& node : m_nodes) RW_TRY(node->snapshot());
    for (const auto& sender : m_senders) sender->barrier();
    return {};
}

bool FusedStage::writeFrozen() {
    return std::all_of(m_nodes.begin(), m_nodes.end(), [](const auto& node) { return node->writeFrozen(); });
}

void FusedStage::mark(std::uint64_t barrier) {
    for (const auto& node : m_nodes) node->mark(barrier);
}

Status FusedStage::restore(const StateSnapshot& snapshot, int instance, int instances) {
    for (const auto& node : m_nodes) RW_TRY(node->restore(snapshot, keyGroupsOf(instance, instances)));
    return {};
}

void FusedStage::drop(PendingWork& left) {
    while (!m_busy.empty()) m_busy.pop();
    for (const auto& node : m_nodes) node->drop(left);
    if (!m_finishing) {
        m_visit = m_nodes.size();
        m_settled = true;
    }
}

void FusedStage::forget() {
    PendingWork nobodys;
    drop(nobodys);
    for (const auto& node : m_nodes) node->forget();
}

bool FusedStage::run() {
    for (int calls = 0; calls < kCallsAtOnce;) {
        if (m_shared.failed.load(std::memory_order_relaxed)) return true;
        if (sendersFull() || m_shared.stands.load(std::memory_order_relaxed)) return false;
        if (!m_busy.empty()) {
            m_lastCalled = m_busy.top();
            m_busy.pop();
            m_nodes[m_lastCalled]->work();
            ++calls;
        } else if (m_visit < m_nodes.size()) {
            if (visitNext()) ++calls;
        } else if (!m_settled) {
            settleSenders();
        } else {
            return true;
        }
    }
    return false;
}

bool FusedStage::sendersFull() const {
    return std::any_of(m_senders.begin(), m_senders.end(),
                       [](const auto& sender) { return sender->isFull(); });
}

/// Whether an operator was called.
bool FusedStage::visitNext() {
    NodeRunner& node = *m_nodes[m_visit];
    m_lastCalled = m_visit;
    // The output of a call goes on first; then the node is asked again.
    if (node.processWatermark()) return true;
    if (m_finishing && node.end(m_control)) return true;
    ++m_visit;
    return false;
}

void FusedStage::settleSenders() {
    for (const auto& node : m_nodes) {
        if (m_finishing) {
            node->endSenders(m_control);
        } else {
            node->settleSenders();
        }
    }
    m_settled = true;
}

void FusedStage::measure() {
    for (const auto& node : m_nodes) node->measure();
}

void FusedStage::tellOpen() {
    for (const auto& node : m_nodes) node->tellOpen();
}

}  // namespace rw
