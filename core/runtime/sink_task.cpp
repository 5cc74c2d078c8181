#include "core/runtime/sink_task.h"

#include "core/data/state_reader.h"
#include "core/runtime/metrics/stopwatch.h"

namespace rw {

namespace {
constexpr Epoch kOnlyEpoch = 1;
}  // namespace

void SinkTask::addInput(int firstWire, int producers) {
    m_firstWires.push_back(firstWire);
    m_clock.addSlot(0, producers);
}

bool SinkTask::hasVisibleOutput() const {
    if (m_node.kind->chart || m_counters.rowsIn == 0) return false;
    // Its rows are in a checkpoint, from which the other attempt would resume.
    if (isTransactional()) return false;
    return m_counters.ended || m_sink->hasVisibleOutput();
}

bool SinkTask::notRestorable() const {
    return !m_node.kind->chart && !isTransactional();
}

Step SinkTask::work() {
    if (m_shared.failed) return Step::Done;
    const std::int64_t began = stopwatchNanos();
    Step step = Step::Wait;
    {
        const InCall inCall(m_counters, began);
        step = consumeOne();
    }
    m_counters.busyNanos.fetch_add(stopwatchNanos() - began, std::memory_order_relaxed);
    return step;
}

Step SinkTask::consumeOne() {
    Delivery delivery;
    Status status = commitPending();
    if (!status.ok()) return done(status);
    // A sink that is stopped now waits for no decision; later rows are left to the run that resumes.
    if (isDeciding() && m_shared.stopRequest < StopRequest::Now) return Step::Wait;
    // What it has been given is shown, also while the run stands.
    if (m_shared.stands.load(std::memory_order_relaxed) || !m_inbox->pop(delivery)) {
        if (m_dirty) {
            status = m_sink->onIdle();
            forwardNotes();
        }
        m_dirty = false;
        return status.ok() ? Step::Wait : done(status);
    }
    m_dirty = true;
    status = consume(delivery);
    if (status.ok() && m_inbox->held() > 0 && m_inbox->held() == m_clock.open()) status = passBarrier();
    const bool ended = m_clock.ended();
    if (status.ok() && ended) status = end();
    return !status.ok() || ended ? done(status) : Step::Again;
}

void SinkTask::letCommit(Epoch epoch) {
    m_committable = epoch;
    m_shared.executor->schedule(*this);
}

Result<bool> SinkTask::commitEnded() {
    if (!m_over) return false;
    RW_TRY(guarded([&] { return commitPending(); }));
    return true;
}

Status SinkTask::commitPending() {
    const Epoch epoch = m_committable;
    if (epoch <= m_committed) return {};
    m_committed = epoch;
    const Status status = m_sink->commit(epoch);
    forwardNotes();
    if (status.ok() && m_onCommitted) m_onCommitted(epoch);
    return status;
}

Result<bool> SinkTask::isCommitted(Epoch epoch) {
    bool committed = false;
    const Status status = guarded([&]() -> Status {
        RW_TRY_ASSIGN(committed, m_sink->isCommitted(epoch));
        return {};
    });
    forwardNotes();
    if (!status.ok()) return status;
    return committed;
}

Status SinkTask::snapshotInto(StateSnapshot& snapshot) {
    if (isTransactional()) {
        RW_TRY(commitPending().at(m_node.node));
        RW_TRY(m_sink->prepare(m_shared.epoch()).at(m_node.node));
        forwardUnwritable();
    }
    return stateInto(snapshot);
}

Status SinkTask::stateInto(StateSnapshot& snapshot) const {
    StateWriter state;
    RW_TRY(m_sink->snapshot(state).at(m_node.node));
    snapshot.states[m_node.operatorId] = {state.finish()};
    return {};
}

Status SinkTask::restore(const StateSnapshot& snapshot) {
    const auto states = snapshot.states.find(m_node.operatorId);
    if (states == snapshot.states.end() || states->second.empty()) return {};
    const Result<StateReader> state = StateReader::open(states->second.front());
    m_restored = true;
    return (state.ok() ? m_sink->restore(*state) : state.status()).at(m_node.node);
}

Status SinkTask::commitRestored(const StateSnapshot& snapshot) {
    if (!isTransactional() || !m_restored || snapshot.number == 0) return {};
    m_committed = snapshot.number;
    return guarded([&] { return m_sink->commit(snapshot.number); });
}

/// The barrier has come by all wires.
Status SinkTask::passBarrier() {
    const std::int64_t began = stopwatchNanos();
    if (isTransactional()) {
        // It may have been decided since this step began.
        RW_TRY(commitPending());
        RW_TRY(m_sink->prepare(m_shared.epoch()));
        forwardUnwritable();
        if (m_sink->decides()) m_prepared = m_shared.epoch();
    }
    StateWriter state;
    RW_TRY(m_sink->snapshot(state));
    m_counters.mark.set(m_shared.barriers.requested(), m_counters.rows());
    m_counters.snapshotNanos.store(stopwatchNanos() - began, std::memory_order_relaxed);
    m_counters.alignMillis.store(m_shared.clock->steadyMillis() - m_heldSince, std::memory_order_relaxed);
    m_shared.barriers.add(m_node.operatorId, state.finish());
    m_inbox->releaseHeld();
    m_shared.barriers.pass(this);
    return {};
}

Status SinkTask::consume(const Delivery& delivery) {
    for (Batch batch : delivery.batches) {
        batch.wire += firstWireOf(m_firstWires[static_cast<std::size_t>(delivery.slot)]);
        if (batch.rows > 0 && (isDeciding() || m_shared.shouldAbandon())) {
            m_left.rows += batch.rows;
        } else if (batch.rows > 0) {
            m_counters.rowsIn.fetch_add(batch.rows, std::memory_order_relaxed);
            RW_TRY(m_sink->onBatch(batch));
            forwardUnwritable();
        }
        if (batch.control == Control::Barrier) {
            if (m_inbox->held() == 0) m_heldSince = m_shared.clock->steadyMillis();
            m_inbox->hold(delivery.slot, delivery.producer);
        }
        const Instant before = m_clock.all();
        m_clock.advance(delivery.slot, delivery.producer, batch);
        if (m_clock.all() > before) {
            m_counters.watermark.store(m_clock.all(), std::memory_order_relaxed);
            m_counters.inputWatermarks.front().store(m_clock.all(), std::memory_order_relaxed);
            RW_TRY(m_sink->onWatermark(m_clock.all()));
        }
    }
    return {};
}

void SinkTask::forwardUnwritable() {
    for (Sink::Unwritable& row : m_sink->takeUnwritable()) {
        m_counters.rejected.fetch_add(1, std::memory_order_relaxed);
        m_shared.kept.addRejected(m_node.node, row.reason, std::move(row.row), row.position);
    }
}

void SinkTask::forwardNotes() {
    forwardUnwritable();
    if (std::vector<Text> notes = m_sink->takeNotes(); !notes.empty()) {
        m_shared.note(m_node.node, std::move(notes));
    }
}

/// No step catches an exception here.
template <class Body>
Status SinkTask::guarded(Body&& body) {
    try {
        const InCall inCall(m_counters);  // a disk may keep it
        return body().at(m_node.node);
    } catch (...) {
        return statusOfException().at(m_node.node);
    }
}

Status SinkTask::end() {
    if (leaves()) return {};
    return guarded([&] { return std::exchange(m_ended, true) ? Status() : m_sink->onEnd(); });
}

Status SinkTask::prepare() {
    if (leaves()) return {};
    return guarded([&]() -> Status {
        if (!isTransactional()) return m_sink->prepare(kOnlyEpoch);
        RW_TRY(commitPending());
        m_sink->setLast();
        return m_sink->prepare(m_shared.lastEpoch());
    });
}

Status SinkTask::commit() {
    if (leaves()) {
        // Where its input had ended before the newest checkpoint no step has come since. Rows that can't be put
        // in place now wait for a run that resumes.
        reportFailure(guarded([&] { return commitPending(); }));
        return {};
    }
    return guarded([&] {
        const Status status = m_sink->commit(isTransactional() ? m_shared.lastEpoch() : kOnlyEpoch);
        forwardNotes();
        if (status.ok()) m_counters.ended.store(true, std::memory_order_relaxed);
        return status;
    });
}

void SinkTask::abort() {
    reportFailure(guarded([&] {
        m_sink->abort();
        forwardNotes();
        return Status();
    }));
}

void SinkTask::close() {
    reportFailure(guarded([&] {
        m_sink->close();
        forwardNotes();
        return Status();
    }));
}

/// The status of the run is known by now.
void SinkTask::reportFailure(const Status& status) {
    if (!status.ok()) m_shared.note(m_node.node, {status.error().message});
}

Step SinkTask::done(const Status& status) {
    if (!status.ok()) {
        m_shared.fail(status.at(m_node.node));
    } else {
        m_shared.reportPending(m_node.node, m_left);
        m_over = true;
        m_shared.barriers.leave(this);
        m_shared.taskDone();
    }
    return Step::Done;
}

}  // namespace rw
