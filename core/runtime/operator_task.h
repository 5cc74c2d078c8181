// An instance of a stage behind an exchange: an operator and those fused behind it.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/runtime/executors/alarm.h"
#include "core/runtime/executors/backlog.h"
#include "core/runtime/fused_stage.h"
#include "core/runtime/input_clock.h"
#include "core/runtime/requests_out.h"

namespace rw {

class OperatorTask final : public Task {
 public:
    OperatorTask(RunShared& shared, std::unique_ptr<Inbox> inbox, int inputPorts)
        : m_shared(shared),
          m_stage(shared),
          m_inbox(std::move(inbox)),
          m_clock(inputPorts),
          m_backlog(*shared.executor) {
        m_inbox->setConsumer(*this);
    }

    Inbox& inbox() { return *m_inbox; }
    FusedStage& stage() { return m_stage; }
    /// Of an entry that holds rows.
    Backlog& backlog() { return m_backlog; }
    /// Before the run: of an entry that waits for the outside world.
    void carryOut(std::shared_ptr<RequestsOut> requests) {
        m_requests = std::move(requests);
        m_requests->serve(*this);
    }
    /// Tells the backlog how much the entry holds. Before the run, too: it may go on with much.
    void tellBacklog();
    /// Before the run: an exchange brings its wires to `port`, by the next inbox slot.
    void addInput(int port, int firstWire, int producers);
    /// Adds the state of an entry that wanted no more and ended before a snapshot.
    void addLast(StateSnapshot& snapshot) const;

 private:
    struct Input {
        int port, firstWire;
    };
    Step work() override;
    void failed(const Status& status) override;
    Step proceed();
    /// Hands the stage the next batch of the delivery.
    void put();
    /// The batch that was put in has gone through: its watermark and control count now.
    void updateClock();
    bool passBarrier();
    /// Writes some of the states that were frozen at the barrier, which has passed once all are written.
    void writeFrozen();
    /// As `step`, while some are left to be written.
    Step withFrozen(Step step);
    /// The entry holds rows whose time, or answer, has not come.
    Step waitUntil(std::int64_t steadyMillis);
    /// Whether a barrier was asked for that has not come here.
    bool barrierAhead() const { return m_shared.barriers.requested() > m_barrier; }
    /// Whether the entry, which holds rows, takes more of them: because it would, or so that a barrier need
    /// not wait for their time.
    bool takesMore() const;
    /// The metrics and kept rows of the run are still to be copied as of the barrier that has passed.
    bool standsStill() const;
    /// Whether the task begins to end before its input has: its entry wants no more, or its output is not
    /// wanted.
    bool endsEarly();
    Step abandon();
    void end();
    void measure();

    RunShared& m_shared;
    FusedStage m_stage;
    const std::unique_ptr<Inbox> m_inbox;
    InputClock m_clock;
    Backlog m_backlog;
    std::shared_ptr<RequestsOut> m_requests;
    std::vector<Input> m_inputs;  ///< per inbox slot
    Delivery m_delivery;
    std::size_t m_next = 0;  ///< batch of the delivery
    bool m_put = false;      ///< a batch is in the stage whose watermark does not count yet
    bool m_ending = false;
    PendingWork m_left;  ///< by a stop
    std::int64_t m_measuredAt = 0;
    std::uint64_t m_barrier = 0;   ///< number of the last one that passed
    bool m_writes = false;         ///< … whose frozen states are not all written
    std::int64_t m_heldSince = 0;  ///< steady milliseconds; the barrier came by the first way
    Alarm m_alarm;
    std::optional<std::string> m_last;  ///< state of the entry that wanted no more
};

}  // namespace rw
