#include "core/runtime/operator_task.h"

#include <algorithm>

namespace rw {

namespace {
constexpr std::int64_t kMeasureEveryMillis = 250;
/// So much a node that holds rows takes for the sake of a barrier: some inboxes that were full when it was
/// asked for.
constexpr std::size_t kMostHeldBytes = 4 * Inbox::kByteLimit;
constexpr Millis kRoomMillis = 5;  // between two looks whether there is room for a part
}  // namespace

void OperatorTask::addInput(int port, int firstWire, int producers) {
    m_inputs.push_back({port, firstWire});
    m_clock.addSlot(port, producers);
}

void OperatorTask::failed(const Status& status) {
    m_shared.fail(status.at(m_stage.lastCalled().id()));
}

Step OperatorTask::work() {
    if (m_shared.failed) return Step::Done;
    if (m_shared.shouldAbandon()) return abandon();
    if (m_shared.stands.load(std::memory_order_relaxed)) return Step::Wait;
    if (m_writes) writeFrozen();
    if (!m_stage.admitted(*this)) return withFrozen(Step::Wait);
    const Step step = withFrozen(proceed());
    for (const auto& sender : m_stage.senders()) sender->flush();
    tellBacklog();
    measure();
    // A task that waits may not be called again for long.
    if (step == Step::Wait) m_stage.tellOpen();
    if (step == Step::Done) end();
    return step;
}

/// Takes at most one delivery, and as much of it as the stage does in a step.
Step OperatorTask::proceed() {
    for (bool popped = false;;) {
        if (!m_stage.run()) return Step::Again;
        if (m_shared.failed) return Step::Done;
        if (endsEarly()) continue;
        const std::int64_t wakesAt = m_stage.entry().wakesAt();
        const bool waits = wakesAt != Operator::kNever;
        if (waits && standsStill()) return Step::Wait;
        if (waits && wakesAt <= m_shared.clock->steadyMillis()) {
            m_stage.entry().resumeNow();
            continue;
        }
        if (waits && !takesMore()) return waitUntil(wakesAt);
        if (m_put) {
            updateClock();
        } else if (m_inbox->held() > 0 && m_inbox->held() == m_clock.open()) {
            if (!passBarrier()) return Step::Done;
        } else if (waits && m_clock.ended()) {
            // Whose producers have all ended gets no barrier from them.
            if (!barrierAhead()) return waitUntil(wakesAt);
            if (!passBarrier()) return Step::Done;
        } else if (m_next < m_delivery.batches.size()) {
            put();
        } else if (m_ending) {
            return Step::Done;
        } else if (m_clock.ended()) {
            m_ending = true;
            m_stage.finish(m_clock.control());
        } else if (popped) {
            return Step::Again;
        } else {
            m_next = 0;
            m_delivery.batches.clear();
            if (!m_inbox->pop(m_delivery)) return waits ? waitUntil(wakesAt) : Step::Wait;
            popped = true;
        }
    }
}

void OperatorTask::writeFrozen() {
    m_writes = !m_stage.writeFrozen();
    if (!m_writes) m_shared.barriers.pass(this);
}

Step OperatorTask::withFrozen(Step step) {
    // The checkpoint does not come about then.
    if (!m_writes || m_shared.failed || m_shared.stopRequest >= StopRequest::Now) return step;
    if (step == Step::Again || m_shared.barriers.hasRoom()) return Step::Again;
    return waitUntil(m_shared.clock->steadyMillis() + kRoomMillis);
}

Step OperatorTask::waitUntil(std::int64_t steadyMillis) {
    // No other task may wake it when a run that is stopped has had its time.
    if (m_shared.stopRequest >= StopRequest::Now)
        steadyMillis = std::min(steadyMillis, m_shared.abandonAt.load(std::memory_order_relaxed));
    return m_alarm.waitUntil(*m_shared.executor, *this, m_shared.clock->steadyMillis(), steadyMillis);
}

bool OperatorTask::takesMore() const {
    const NodeRunner& entry = m_stage.entry();
    return entry.takesMore() || (barrierAhead() && entry.heldSize().bytes < kMostHeldBytes);
}

/// Rows that a barrier has brought it counts as if they waited in an inbox; else every barrier would make
/// room there.
void OperatorTask::tellBacklog() {
    if (!m_stage.entry().holdsRows()) return;
    const Operator::StateSize held = m_stage.entry().heldSize();
    m_backlog.setLarge(held.keys >= m_inbox->rowLimit() || held.bytes >= Inbox::kByteLimit);
}

bool OperatorTask::standsStill() const {
    // A run that is told to stop now takes nothing down any more.
    return m_shared.barriers.standsStill(m_barrier) && m_shared.stopRequest < StopRequest::Now;
}

bool OperatorTask::endsEarly() {
    if (m_ending) return false;
    NodeRunner& entry = m_stage.entry();
    const bool enough = !entry.wantsMore();
    if (!enough && m_stage.wanted()) return false;
    if (enough) {
        Result<std::string> last = entry.state();
        if (!last.ok()) m_shared.fail(last.status());
        if (last.ok()) m_last = std::move(*last);
        for (const Input& input : m_inputs) entry.offer(input.port, kMaxTimestamp);
    } else {
        m_stage.forget();
    }
    m_put = false;
    m_next = 0;
    m_delivery.batches.clear();
    m_inbox->close();
    m_ending = true;
    m_stage.finish(Control::End);
    return true;
}

void OperatorTask::addLast(StateSnapshot& snapshot) const {
    const StateSnapshot::OperatorId& id = m_stage.entry().operatorId();
    // A member that passed the barrier may be about to end just now; the others have ended.
    if (!snapshot.states.contains(id) && m_last) snapshot.states[id] = {*m_last};
}

void OperatorTask::put() {
    const Input& input = m_inputs[static_cast<std::size_t>(m_delivery.slot)];
    Batch batch = m_delivery.batches[m_next];
    batch.wire += firstWireOf(input.firstWire);
    m_stage.entry().enqueue(input.port, std::move(batch));
    m_put = true;
}

void OperatorTask::updateClock() {
    m_put = false;
    const Batch& batch = m_delivery.batches[m_next++];
    const int port = m_inputs[static_cast<std::size_t>(m_delivery.slot)].port;
    m_clock.advance(m_delivery.slot, m_delivery.producer, batch);
    if (batch.control == Control::Barrier) {
        if (m_inbox->held() == 0) m_heldSince = m_shared.clock->steadyMillis();
        m_inbox->hold(m_delivery.slot, m_delivery.producer);
    }
    m_stage.entry().offer(port, m_clock.port(port));
    m_stage.settle();
}

/// The barrier has come from all producers, and everything before it has gone through.
bool OperatorTask::passBarrier() {
    for (const auto& sender : m_stage.senders()) sender->flush();
    if (const Status status = m_stage.passBarrier(); !status.ok()) {
        m_shared.fail(status);
        return false;
    }
    for (const auto& sender : m_stage.senders()) sender->flush();
    m_stage.entry().aligned(m_inbox->held() > 0 ? m_shared.clock->steadyMillis() - m_heldSince : 0);
    m_barrier = m_shared.barriers.requested();
    m_inbox->releaseHeld();
    m_writes = true;
    writeFrozen();
    return true;
}

/// The run is being stopped and has had its time: work under way is dropped, only the ends are passed on.
Step OperatorTask::abandon() {
    m_stage.drop(m_left);
    for (;;) {
        for (; m_next < m_delivery.batches.size(); ++m_next) {
            if (!m_put) m_left.rows += m_delivery.batches[m_next].rows;
            m_put = false;
            m_clock.advance(m_delivery.slot, m_delivery.producer, m_delivery.batches[m_next]);
        }
        if (m_clock.ended() || m_inbox->closed()) break;
        m_next = 0;
        m_delivery.batches.clear();
        if (!m_inbox->pop(m_delivery)) return Step::Wait;
    }
    if (!m_ending) m_stage.finish(Control::Stop);
    m_ending = true;
    for (bool done = false; !done;) {
        done = m_stage.run();
        if (!done) m_stage.drop(m_left);
        for (const auto& sender : m_stage.senders()) sender->flush();
    }
    m_shared.reportPending(m_stage.entry().id(), m_left);
    end();
    return Step::Done;
}

void OperatorTask::end() {
    m_backlog.setLarge(false);
    m_shared.barriers.leave(this);
    m_shared.taskDone();
}

void OperatorTask::measure() {
    const std::int64_t now = m_shared.clock->steadyMillis();
    if (now - m_measuredAt < kMeasureEveryMillis) return;
    m_measuredAt = now;
    m_stage.measure();
}

}  // namespace rw
