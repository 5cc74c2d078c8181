// An instance of a sink with its queue.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "core/runtime/executors/inbox.h"
#include "core/runtime/input_clock.h"
#include "core/runtime/run_shared.h"
#include "core/stream/sink.h"

namespace rw {

class SinkTask final : public Task {
 public:
    SinkTask(RunShared& shared, const PlannedNode& node, NodeCounters& counters, std::unique_ptr<Sink> sink,
             std::unique_ptr<Inbox> inbox)
        : m_shared(shared),
          m_node(node),
          m_counters(counters),
          m_sink(std::move(sink)),
          m_inbox(std::move(inbox)),
          m_clock(1) {
        m_inbox->setConsumer(*this);
        blocking = m_sink->blocking();
        feedsNobody = true;
    }

    Inbox& inbox() { return *m_inbox; }
    Sink& sink() { return *m_sink; }
    void addInput(int firstWire, int producers);
    bool isTransactional() const { return m_sink->isTransactional(); }
    /// It decides which checkpoints count.
    bool decides() const { return isTransactional() && m_sink->decides(); }
    std::string decidesWith() const { return m_sink->decidesWith(); }
    /// Before the run, of one that decides: told from its thread of each epoch that it has committed.
    void onCommitted(std::function<void(Epoch)> told) { m_onCommitted = std::move(told); }
    /// There was something to restore.
    bool isRestored() const { return m_restored; }
    /// Of one that decides: between restore() and open().
    Result<bool> isCommitted(Epoch epoch);
    /// Once the run is over, for one that begins from where this one did: rows are in place that would come
    /// again.
    bool hasVisibleOutput() const;
    /// A checkpoint has nothing of its output: resuming from one loses rows, or repeats them.
    bool notRestorable() const;
    /// For a sink that has ended: the state it would have written at a barrier. While no step runs.
    Status snapshotInto(StateSnapshot& snapshot);
    /// Its state for the checkpoint that the run ends with.
    Status stateInto(StateSnapshot& snapshot) const;
    /// The checkpoint with this epoch is whole: the sink commits it in one of its next steps. Any thread.
    void letCommit(Epoch epoch);
    /// The same at once, for a sink whose input has ended: no step of it comes any more. True: it was one.
    Result<bool> commitEnded();
    const StateSnapshot::OperatorId& operatorId() const { return m_node.operatorId; }
    /// Before open().
    Status restore(const StateSnapshot& snapshot);
    /// After CheckpointStore::begun(): takes back rows behind the checkpoint that the run resumes from, and
    /// puts the rows that it decided on in place, if they are not.
    Status commitRestored(const StateSnapshot& snapshot);

    // The end of the run, one sink after the other, once no step runs any more. Errors name the node.
    Status end();  ///< where the run was cut short before the input's end
    Status prepare();
    Status commit();
    void abort();
    void close();

 private:
    Step work() override;
    void failed(const Status& status) override { m_shared.fail(status.at(m_node.node)); }
    /// Takes a delivery, or lets the sink know that there is none.
    Step consumeOne();
    Status passBarrier();
    Status commitPending();
    /// It decides on the rows that it has prepared, and is given none before that.
    bool isDeciding() const { return m_prepared > m_committed; }
    /// Rows behind the last checkpoint are left for the run that goes on.
    bool leaves() const { return m_shared.leavesEpochs && isTransactional(); }
    Status consume(const Delivery& delivery);
    void forwardNotes();
    /// Rows that could not be written; also those of earlier batches, which others may keep out.
    void forwardUnwritable();
    template <class Body>
    Status guarded(Body&& body);
    void reportFailure(const Status& status);
    Step done(const Status& status);

    RunShared& m_shared;
    const PlannedNode& m_node;
    NodeCounters& m_counters;
    const std::unique_ptr<Sink> m_sink;
    const std::unique_ptr<Inbox> m_inbox;
    InputClock m_clock;
    std::vector<int> m_firstWires;  ///< per inbox slot
    PendingWork m_left;             ///< by a stop
    std::atomic<Epoch> m_committable{0};
    std::atomic<bool> m_over{false};  ///< its last step has been
    Epoch m_committed = 0;
    Epoch m_prepared = 0;  ///< of one that decides, at a barrier
    std::function<void(Epoch)> m_onCommitted;
    std::int64_t m_heldSince = 0;  ///< steady milliseconds; the barrier came by the first way
    bool m_restored = false;
    bool m_ended = false;
    bool m_dirty = true;  ///< something was written since the last onIdle, or that was never called
};

}  // namespace rw
