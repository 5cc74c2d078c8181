#include "core/runtime/tap.h"

namespace rw {

void Tap::push(const Batch& batch) {
    if (batch.rows == 0) return;
    const std::lock_guard lock(m_mutex);
    m_rows += batch.rows;
    m_batches.push_back(batch);  // shares its columns: nothing is copied on the engine's thread
    while (m_rows - m_batches.front().rows >= m_keep) {
        m_rows -= m_batches.front().rows;
        m_batches.pop_front();
    }
    ++m_version;
}

std::vector<Batch> Tap::recent() const {
    std::vector<Batch> batches;
    std::size_t rows = 0;
    {
        const std::lock_guard lock(m_mutex);
        batches.assign(m_batches.begin(), m_batches.end());
        rows = m_rows;
    }
    if (rows > m_keep) {
        Batch& oldest = batches.front();
        oldest = oldest.slice(rows - m_keep, oldest.rows - (rows - m_keep));
    }
    return batches;
}

std::uint64_t Tap::version() const {
    const std::lock_guard lock(m_mutex);
    return m_version;
}

}  // namespace rw
