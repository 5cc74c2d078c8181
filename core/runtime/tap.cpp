#include "core/runtime/tap.h"

namespace rw {

void Tap::push(const Batch& batch) {
    if (batch.rows == 0) return;
    Batch kept = batch.rows > m_keep ? batch.slice(batch.rows - m_keep, m_keep) : batch;
    const std::lock_guard lock(m_mutex);
    m_rows += kept.rows;
    m_batches.push_back(std::move(kept));
    while (m_rows - m_batches.front().rows >= m_keep) {
        m_rows -= m_batches.front().rows;
        m_batches.pop_front();
    }
    ++m_version;
}

std::vector<Batch> Tap::recent() const {
    const std::lock_guard lock(m_mutex);
    return {m_batches.begin(), m_batches.end()};
}

std::uint64_t Tap::version() const {
    const std::lock_guard lock(m_mutex);
    return m_version;
}

}  // namespace rw
