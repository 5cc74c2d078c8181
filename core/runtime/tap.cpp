#include "core/runtime/tap.h"

namespace rw {

void Tap::push(const Batch& batch) {
    if (batch.rows == 0) return;
    const bool fills = batch.rows >= m_limits.rows && batch.memoryBytes() <= m_limits.bytes;
    Kept kept{fills ? batch : batch.newest(m_limits), 0};
    kept.bytes = kept.batch.memoryBytes();
    const std::lock_guard lock(m_mutex);
    m_rows += kept.batch.rows;
    m_bytes += kept.bytes;
    m_batches.push_back(std::move(kept));
    const auto tooMuch = [this] {
        return m_bytes > m_limits.bytes || m_rows - m_batches.front().batch.rows >= m_limits.rows;
    };
    while (m_batches.size() > 1 && tooMuch()) {
        m_rows -= m_batches.front().batch.rows;
        m_bytes -= m_batches.front().bytes;
        m_batches.pop_front();
    }
    ++m_version;
}

std::vector<Batch> Tap::recent() const {
    std::vector<Batch> batches;
    std::size_t rows = 0;
    {
        const std::lock_guard lock(m_mutex);
        for (const Kept& kept : m_batches) batches.push_back(kept.batch);
        rows = m_rows;
    }
    if (rows > m_limits.rows) {
        const std::size_t older = rows - m_limits.rows;
        batches.front() = batches.front().slice(older, batches.front().rows - older);
    }
    return batches;
}

std::uint64_t Tap::version() const {
    const std::lock_guard lock(m_mutex);
    return m_version;
}

}  // namespace rw
