// The nodes fused in an instance of a stage, and the exchanges that their rows leave by.
//
// Rows do not run through nested calls: what a node emits waits at the nodes behind it, and the busy node
// furthest from the entry is always the next one to be called. So queues inside stay as short as the calls
// are bounded, the depth of the stack does not depend on the pipeline, and a node that has more to do (rule
// 23 of the event-time rules) is resumed when everything behind it has taken what it gave. Watermarks follow
// when all is quiet, each node after those that feed it.
#pragma once
#include <cstddef>
#include <memory>
#include <queue>
#include <vector>

#include "core/runtime/node_runner.h"

namespace rw {

/// Single-threaded. Use: put rows in (NodeRunner::enqueue of the entry, or emit() of a source's), call run()
/// until it says that all is done; change watermarks of the entry, settle(), run(); at the end finish(),
/// run().
class FusedStage {
 public:
    explicit FusedStage(RunShared& shared) : m_shared(shared) {}

    /// Before the run: the entry first, every node behind those that feed it.
    NodeRunner& addNode(const PlannedNode& node, NodeCounters& counters, std::unique_ptr<Operator> op);
    Sender& addSender(std::unique_ptr<Sender> sender);
    /// Before the run, when all senders are there: the task whose stage this is.
    void belongTo(Task& task);

    NodeRunner& entry() { return *m_nodes.front(); }
    const NodeRunner& entry() const { return *m_nodes.front(); }
    NodeRunner& node(std::size_t index) { return *m_nodes[index]; }
    const std::vector<std::unique_ptr<Sender>>& senders() const { return m_senders; }
    /// The node that was called last: who is to blame when something throws.
    const NodeRunner& lastCalled() const { return *m_nodes[m_lastCalled]; }

    /// Whether all exchanges have room; if not, `waiter` is scheduled when the full one has.
    bool admitted(Task& waiter) const;
    /// Whether anybody may still want rows of this stage. Nodes that lead to nobody who does are given none
    /// from here on. A node that leads nowhere at all wants its rows: it is looked at.
    bool wanted();
    /// The watermarks of the entry's ports may have risen: all nodes and exchanges are to know.
    void settle();
    /// Nothing more comes: nodes end one after the other, then the exchanges.
    void finish(Control control);
    /// Only when all is done: writes the states of all nodes, and lets the barrier go on.
    Status passBarrier();
    /// The next rows are behind this barrier.
    void mark(std::uint64_t barrier);
    /// Before the run: takes over the states of a snapshot.
    Status restore(const StateSnapshot& snapshot, int instance, int instances);
    /// Leaves what is under way.
    void drop(PendingWork& left);
    /// The same where nobody wants it: no operator is called any more.
    void forget();
    /// Makes a bounded number of calls. Whether all is done that there is to do. False at once while a sender
    /// is full: flush it, and see whether there is room.
    bool run();
    /// Copies the sizes of states and what is open to the counters.
    void measure();
    /// Only what is open: it takes no time.
    void tellOpen();

 private:
    friend class NodeRunner;
    void listBusy(std::size_t node) { m_busy.push(node); }
    /// Goes on with telling (or ending) nodes. Whether an operator was called.
    bool visitNext();
    void settleSenders();
    bool sendersFull() const;

    RunShared& m_shared;
    std::vector<std::unique_ptr<NodeRunner>> m_nodes;
    std::vector<std::unique_ptr<Sender>> m_senders;
    std::priority_queue<std::size_t> m_busy;  ///< the furthest on top
    std::size_t m_visit = 0;                  ///< the next node to be told of watermarks
    std::size_t m_lastCalled = 0;
    std::ptrdiff_t m_closedSenders = 0;  ///< as wanted() saw last
    bool m_settled = true;               ///< all nodes and exchanges know the watermarks
    bool m_finishing = false;
    Control m_control = Control::None;
};

}  // namespace rw
