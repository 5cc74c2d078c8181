#include "core/runtime/sender.h"

#include <algorithm>

#include "core/data/visit_type.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"

namespace rw {

namespace {

/// How many rows from `from` on are about `bytes` together, one at least.
std::size_t rowsWithin(const Batch& batch, std::size_t from, std::size_t bytes) {
    std::size_t row = from, sum = 0;
    for (; row < batch.rows && (row == from || sum < bytes); ++row) {
        for (const ColumnRef& column : batch.columns) {
            if (column && isReference(column->type().id)) sum += column->at<StringRef>(row).size();
        }
    }
    return row - from;
}

}  // namespace

void Sender::belongTo(Task& producer) {
    for (const Destination& to : m_destinations) to.inbox->addProducer(producer);
}

bool Sender::closed() const {
    return std::all_of(m_destinations.begin(), m_destinations.end(),
                       [](const Destination& to) { return to.inbox->closed(); });
}

void Sender::send(const Batch& batch) {
    if (batch.rows == 0) return;
    const std::size_t bytes = batch.memoryBytes();
    m_pendingBytes += bytes;
    if (bytes <= kMostBatchBytes) return sendPart(batch);
    for (std::size_t from = 0; from < batch.rows;) {
        const std::size_t rows = rowsWithin(batch, from, kMostBatchBytes);
        sendPart(rows == batch.rows ? batch : batch.slice(from, rows));
        from += rows;
    }
}

void Sender::sendPart(const Batch& batch) {
    sampleKeys(batch);
    if (!m_combiner || !m_combiner->combine(batch, m_combined, m_rest)) return spread(batch);
    for (std::size_t consumer = 0; consumer < m_combined.size(); ++consumer) {
        if (m_combined[consumer].rows > 0) queue(consumer, std::move(m_combined[consumer]));
    }
    if (!m_rest.empty()) spread(m_rest.size() == batch.rows ? batch : batch.select(m_rest));
}

/// Of the rows as they are, added up or not.
void Sender::sampleKeys(const Batch& batch) {
    if (!m_heavyKeys || !HeavyKeys::samples(m_sent++)) return;
    hashKeys(batch, m_exchange.keys, m_hashes);
    m_heavyKeys->sample(batch, m_exchange.keys, m_hashes);
}

void Sender::spread(const Batch& batch) {
    if (m_exchange.kind == Exchange::Kind::Forward || m_destinations.size() == 1) return queue(0, batch);
    hashKeys(batch, m_exchange.keys, m_hashes);
    m_selections.resize(m_destinations.size());
    for (auto& selection : m_selections) selection.clear();
    const int consumers = static_cast<int>(m_destinations.size());
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        const int consumer = instanceOfGroup(keyGroupOf(m_hashes[row]), consumers);
        m_selections[static_cast<std::size_t>(consumer)].push_back(row);
    }
    for (std::size_t consumer = 0; consumer < m_destinations.size(); ++consumer) {
        if (m_selections[consumer].size() == batch.rows) {
            queue(consumer, batch);
        } else if (!m_selections[consumer].empty()) {
            queue(consumer, batch.select(m_selections[consumer]));
        }
    }
}

void Sender::queue(std::size_t consumer, Batch batch) {
    batch.watermark = m_watermark;
    batch.control = Control::None;
    m_pending[consumer].push_back(std::move(batch));
}

void Sender::passAdvance(const Batch& advance) {
    if (!m_exchange.advances) return;
    for (auto& pending : m_pending) {
        pending.push_back(advance);
        pending.back().watermark = m_watermark;
    }
}

void Sender::settle(Instant watermark) {
    const bool rose = watermark > m_watermark;
    if (rose) m_watermark = watermark;
    for (std::size_t consumer = 0; consumer < m_pending.size(); ++consumer) {
        auto& pending = m_pending[consumer];
        if (pending.size() > m_settled[consumer]) {
            pending.back().watermark = m_watermark;
        } else if (rose) {
            // A later empty batch says the same as an earlier one, and more.
            if (!pending.empty() && pending.back().rows == 0) {
                pending.back().watermark = m_watermark;
            } else {
                pending.push_back(empty());
            }
        }
        m_settled[consumer] = pending.size();
    }
}

void Sender::end(Control control, Instant watermark) {
    settle(watermark);
    for (auto& pending : m_pending) {
        pending.push_back(empty());
        pending.back().control = control;
    }
}

void Sender::barrier() {
    for (auto& pending : m_pending) {
        pending.push_back(empty());
        pending.back().control = Control::Barrier;
    }
}

void Sender::flush() {
    m_pendingBytes = 0;
    for (std::size_t consumer = 0; consumer < m_pending.size(); ++consumer) {
        if (m_pending[consumer].empty()) continue;
        const Destination& to = m_destinations[consumer];
        to.inbox->push(to.slot, m_producer, std::move(m_pending[consumer]));
        m_pending[consumer].clear();
        m_settled[consumer] = 0;
    }
}

void Sender::flushNumbered(std::uint64_t number, bool last) {
    m_pendingBytes = 0;
    for (std::size_t consumer = 0; consumer < m_pending.size(); ++consumer) {
        if (m_pending[consumer].empty()) {
            if (!last) continue;
            m_pending[consumer].push_back(empty());
        }
        const Destination& to = m_destinations[consumer];
        to.inbox->pushNumbered(to.slot, number, std::move(m_pending[consumer]), last);
        m_pending[consumer].clear();
        m_settled[consumer] = 0;
    }
}

bool Sender::admit(Task& waiter) const {
    for (const Destination& to : m_destinations) {
        if (!to.inbox->admit(to.slot, m_producer, waiter)) return false;
    }
    return true;
}

bool Sender::admitNumbered(std::uint64_t number, Task& waiter) const {
    for (const Destination& to : m_destinations) {
        if (!to.inbox->admitNumbered(to.slot, number, waiter)) return false;
    }
    return true;
}

Batch Sender::empty() const {
    Batch batch;
    batch.schema = m_schema;
    batch.watermark = m_watermark;
    return batch;
}

}  // namespace rw
