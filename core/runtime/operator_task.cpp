#include "core/runtime/operator_task.h"

namespace rw {

namespace {
constexpr std::int64_t kMeasureEveryMillis = 250;
}

void OperatorTask::addInput(int port, int wire, int producers) {
    m_inputs.push_back({port, wire});
    m_clock.addSlot(port, producers);
}

NodeRunner& OperatorTask::addNode(std::unique_ptr<NodeRunner> runner) {
    m_nodes.push_back(std::move(runner));
    return *m_nodes.back();
}

Sender& OperatorTask::addSender(std::unique_ptr<Sender> sender) {
    m_senders.push_back(std::move(sender));
    return *m_senders.back();
}

Step OperatorTask::step() {
    if (m_shared.failed) return Step::Done;
    for (const auto& sender : m_senders) {
        if (!sender->admit(*this)) return Step::Wait;
    }
    Delivery delivery;
    if (!m_inbox->pop(delivery)) return Step::Wait;
    take(delivery);
    const bool ended = m_clock.ended();
    if (ended) m_nodes.front()->end(m_clock.control());
    for (const auto& sender : m_senders) sender->flush();
    if (!ended) return Step::Again;
    m_shared.taskDone();
    return Step::Done;
}

void OperatorTask::take(const Delivery& delivery) {
    NodeRunner& entry = *m_nodes.front();
    const Input& input = m_inputs[static_cast<std::size_t>(delivery.slot)];
    for (Batch batch : delivery.batches) {
        batch.wire = input.wire;
        entry.receive(input.port, batch);
        const Instant before = m_clock.port(input.port);
        if (m_clock.take(delivery.slot, delivery.producer, batch)) {
            if (m_clock.port(input.port) > before) entry.portAdvanced(input.port, m_clock.port(input.port));
            entry.advance(m_clock.all());
        }
        entry.settle();
    }
    if (const std::int64_t now = m_shared.clock->steadyMillis(); now - m_measuredAt >= kMeasureEveryMillis) {
        m_measuredAt = now;
        for (const auto& node : m_nodes) node->measure();
    }
}

}  // namespace rw
