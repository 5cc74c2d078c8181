// An instance of a sink with its queue.
#pragma once
#include <memory>
#include <vector>

#include "core/runtime/inbox.h"
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
    }

    Inbox& inbox() { return *m_inbox; }
    Sink& sink() { return *m_sink; }
    void addInput(int firstWire, int producers);
    /// For a sink that has ended: what it would have written at a barrier. While no step runs.
    Status snapshotInto(RunSnapshot& snapshot) const;
    const RunSnapshot::Place& place() const { return m_node.place; }
    /// Before open().
    Status restore(const RunSnapshot& snapshot);
    /// For a run that failed elsewhere: writes out what the sink has. Not while steps run.
    Status close();

 private:
    Step work() override;
    void failed(const Status& status) override { m_shared.fail(status.at(m_node.node)); }
    Status passBarrier();
    Status take(const Delivery& delivery);
    Step done(const Status& status);

    RunShared& m_shared;
    const PlannedNode& m_node;
    NodeCounters& m_counters;
    const std::unique_ptr<Sink> m_sink;
    const std::unique_ptr<Inbox> m_inbox;
    InputClock m_clock;
    std::vector<int> m_firstWires;  ///< per inbox slot
    bool m_closed = false;
    bool m_dirty = false;  ///< something was written since the last onIdle
};

}  // namespace rw
