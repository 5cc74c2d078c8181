// The nodes fused in an instance of a stage, and the exchanges that their rows leave by.
//
// Rows do not run through nested calls: the output of a node waits at the nodes behind it, and the busy node
// furthest from the entry is always the next one to be called. So queues inside stay as short as the calls
// are bounded, and the depth of the stack does not depend on the pipeline. A node that has more to do (rule
// 23 of the event-time rules) is resumed when everything behind it has taken its output. Watermarks follow
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
    NodeRunner& addNode(const PlannedNode& node, NodeCounters& counters, std::unique_ptr<Operator> op,
                        int instance);
    Sender& addSender(std::unique_ptr<Sender> sender);
    /// Before the run, when all senders are there: the task whose stage this is.
    void belongTo(Task& task);

    NodeRunner& entry() { return *m_nodes.front(); }
    const NodeRunner& entry() const { return *m_nodes.front(); }
    NodeRunner& node(std::size_t index) { return *m_nodes[index]; }
    const std::vector<std::unique_ptr<Sender>>& senders() const { return m_senders; }
    /// The node that was called last: an exception is reported as its error.
    const NodeRunner& lastCalled() const { return *m_nodes[m_lastCalled]; }

    /// Whether all exchanges have room; if not, `waiter` is scheduled when the full one has.
    bool admitted(Task& waiter) const;
    /// Whether rows of this stage may still be wanted. From here on nodes without a consumer that wants rows
    /// are given none. A node without any wire wants its rows: it is looked at.
    bool wanted();
    /// The watermarks of the entry's ports may have risen: all nodes and exchanges are to know.
    void settle();
    /// Nothing more comes: nodes end one after the other, then the exchanges.
    void finish(Control control);
    /// Only when all is done: writes the states of all nodes, or freezes them, and lets the barrier go on.
    Status passBarrier();
    /// Writes some of what is frozen. True: nothing is left.
    bool writeFrozen();
    /// The next rows are behind this barrier.
    void mark(std::uint64_t barrier);
    /// Before the run: takes over the states of a snapshot.
    Status restore(const StateSnapshot& snapshot, int instance, int instances);
    /// Drops the work under way.
    void drop(PendingWork& left);
    /// The same where its output is not wanted: no operator is called any more.
    void forget();
    /// Makes a bounded number of calls. Whether all is done that there is to do. False at once while a sender
    /// is full: flush it, and see whether there is room.
    bool run();
    /// Copies the sizes of states and the counts of open work to the counters.
    void measure();
    /// Only the counts of open work: it takes no time.
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
