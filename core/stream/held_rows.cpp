#include "core/stream/held_rows.h"

#include <algorithm>
#include <functional>

namespace rw {

void HeldRows::hold(const Batch& batch, std::span<const std::uint32_t> rows) {
    if (rows.empty()) return;
    const std::uint64_t number = m_batches.empty() ? 0 : m_batches.rbegin()->first + 1;
    const Batch& kept = m_batches.emplace(number, Held{batch.select(rows).compacted(), rows.size()}).first->second.batch;
    for (std::uint32_t row = 0; row < kept.rows; ++row) {
        const std::int64_t position = kept.positions.known() ? kept.positions.at(row) : 0;
        m_rows.push_back({(*kept.stamps)[row], kept.wire, position, number, row});
        std::push_heap(m_rows.begin(), m_rows.end(), std::greater<>());
    }
}

std::vector<Batch> HeldRows::release(Instant watermark) {
    std::vector<Batch> released;
    std::vector<std::uint32_t> run;  // neighbours in the order that came in one batch
    while (!m_rows.empty() && m_rows.front().stamp < watermark) {
        std::pop_heap(m_rows.begin(), m_rows.end(), std::greater<>());
        const Row row = m_rows.back();
        m_rows.pop_back();
        run.push_back(row.row);
        const bool goesOn =
            !m_rows.empty() && m_rows.front().stamp < watermark && m_rows.front().batch == row.batch;
        if (goesOn) continue;
        const auto held = m_batches.find(row.batch);
        released.push_back(held->second.batch.select(run));
        held->second.left -= run.size();
        if (held->second.left == 0) m_batches.erase(held);
        run.clear();
    }
    return released;
}

std::size_t HeldRows::memoryBytes() const {
    std::size_t bytes = m_rows.capacity() * sizeof(Row);
    for (const auto& [number, held] : m_batches) bytes += held.batch.memoryBytes();
    return bytes;
}

}  // namespace rw
