#include "core/runtime/sink_task.h"

#include <chrono>

namespace rw {

namespace {
constexpr Epoch kOnlyEpoch = 1;
}  // namespace

void SinkTask::addInput(int wire, int producers) {
    m_wires.push_back(wire);
    m_clock.addSlot(0, producers);
}

Step SinkTask::step() {
    if (m_shared.failed) return Step::Done;
    const auto began = std::chrono::steady_clock::now();
    Delivery delivery;
    Status status;
    if (!m_inbox->pop(delivery)) {
        if (m_dirty) {
            status = m_sink->onIdle();
            tellNotes();
        }
        m_dirty = false;
        return status.ok() ? Step::Wait : done(status);
    }
    m_dirty = true;
    status = take(delivery);
    const bool ended = m_clock.ended();
    if (status.ok() && ended) status = end();
    m_counters.busyNanos.fetch_add((std::chrono::steady_clock::now() - began) / std::chrono::nanoseconds(1),
                                   std::memory_order_relaxed);
    return !status.ok() || ended ? done(status) : Step::Again;
}

Status SinkTask::take(const Delivery& delivery) {
    for (Batch batch : delivery.batches) {
        batch.wire = m_wires[static_cast<std::size_t>(delivery.slot)];
        if (batch.rows > 0) {
            m_counters.rowsIn.fetch_add(batch.rows, std::memory_order_relaxed);
            RW_TRY(m_sink->onBatch(batch));
        }
        const Instant before = m_clock.all();
        m_clock.take(delivery.slot, delivery.producer, batch);
        if (m_clock.all() > before) {
            m_counters.watermark.store(m_clock.all(), std::memory_order_relaxed);
            m_counters.inputWatermarks.front().store(m_clock.all(), std::memory_order_relaxed);
            RW_TRY(m_sink->onWatermark(m_clock.all()));
        }
    }
    return {};
}

void SinkTask::tellNotes() {
    if (std::vector<Text> notes = m_sink->takeNotes(); !notes.empty()) {
        m_shared.note(m_node.node, std::move(notes));
    }
}

Status SinkTask::end() {
    if (std::exchange(m_ended, true)) return {};
    return m_sink->onEnd().at(m_node.node);
}

Status SinkTask::prepare() {
    return m_sink->prepare(kOnlyEpoch).at(m_node.node);
}

Status SinkTask::commit() {
    const Status status = m_sink->commit(kOnlyEpoch);
    tellNotes();
    if (status.ok()) m_counters.ended.store(true, std::memory_order_relaxed);
    return status.at(m_node.node);
}

void SinkTask::abort() {
    m_sink->abort();
    tellNotes();
}

Step SinkTask::done(const Status& status) {
    if (!status.ok()) {
        m_shared.fail(status.at(m_node.node));
    } else {
        m_shared.taskDone();
    }
    return Step::Done;
}

}  // namespace rw
