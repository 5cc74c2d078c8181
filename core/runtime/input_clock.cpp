#include "core/runtime/input_clock.h"

#include <algorithm>

namespace rw {

void InputClock::addSlot(int port, int producers) {
    m_slots.emplace_back(static_cast<std::size_t>(producers), Producer{port});
    m_open += producers;
}

bool InputClock::advance(int slot, int producerIndex, const Batch& batch) {
    Producer& producer = m_slots[static_cast<std::size_t>(slot)][static_cast<std::size_t>(producerIndex)];
    const bool ends = (batch.control == Control::End || batch.control == Control::Stop) && !producer.ended;
    if (ends) {
        producer.ended = true;
        --m_open;
        m_stopped = m_stopped || batch.control == Control::Stop;
    }
    if (batch.watermark <= producer.watermark) return ends;
    producer.watermark = batch.watermark;
    Instant ofPort = kMaxTimestamp;
    for (const auto& slotOfPort : m_slots) {
        for (const Producer& other : slotOfPort) {
            if (other.port == producer.port) ofPort = std::min(ofPort, other.watermark);
        }
    }
    Instant& port = m_ports[static_cast<std::size_t>(producer.port)];
    if (ofPort <= port) return ends;
    port = ofPort;
    m_all = *std::min_element(m_ports.begin(), m_ports.end());
    return true;
}

}  // namespace rw
