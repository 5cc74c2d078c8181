#include "core/runtime/operator_task.h"

namespace rw {

namespace {
constexpr std::int64_t kMeasureEveryMillis = 250;
}

void OperatorTask::addInput(int port, int wire, int producers) {
    m_inputs.push_back({port, wire});
    m_clock.addSlot(port, producers);
}

Step OperatorTask::step() {
    if (m_shared.failed) return Step::Done;
    if (!admitted()) return Step::Wait;
    Delivery delivery;
    if (!m_inbox->pop(delivery)) return Step::Wait;
    take(delivery);
    const bool ended = m_clock.ended();
    if (ended) entry().end(m_clock.control());
    for (const auto& sender : m_senders) sender->flush();
    if (!ended) return Step::Again;
    m_shared.taskDone();
    return Step::Done;
}

void OperatorTask::take(const Delivery& delivery) {
    const Input& input = m_inputs[static_cast<std::size_t>(delivery.slot)];
    for (Batch batch : delivery.batches) {
        batch.wire = input.wire;
        entry().receive(input.port, batch);
        const Instant before = m_clock.port(input.port);
        if (m_clock.take(delivery.slot, delivery.producer, batch)) {
            if (m_clock.port(input.port) > before) entry().portAdvanced(input.port, m_clock.port(input.port));
            entry().advance(m_clock.all());
        }
        entry().settle();
    }
    if (const std::int64_t now = m_shared.clock->steadyMillis(); now - m_measuredAt >= kMeasureEveryMillis) {
        m_measuredAt = now;
        for (const auto& node : m_nodes) node->measure();
    }
}

}  // namespace rw
