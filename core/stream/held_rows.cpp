#include "core/stream/held_rows.h"

#include <algorithm>
#include <tuple>

namespace rw {

bool HeldRows::Row::operator<(const Row& other) const {
    return std::tie(stamp, wire, position, batch, row) <
           std::tie(other.stamp, other.wire, other.position, other.batch, other.row);
}

void HeldRows::hold(const Batch& batch, std::span<const std::uint32_t> rows) {
    if (rows.empty()) return;
    const auto number = static_cast<std::uint32_t>(m_batches.size());
    const Batch kept = batch.select(rows);
    for (std::uint32_t row = 0; row < kept.rows; ++row) {
        const Instant stamp = (*kept.stamps)[row];
        m_rows.push_back(
            {stamp, kept.wire, kept.positions.known() ? kept.positions.at(row) : 0, number, row});
        m_smallest = std::min(m_smallest, stamp);
    }
    m_batches.push_back(kept);
}

std::vector<Batch> HeldRows::release(Instant watermark) {
    if (m_smallest >= watermark) return {};
    const auto waiting =
        std::partition(m_rows.begin(), m_rows.end(), [&](const Row& row) { return row.stamp < watermark; });
    std::sort(m_rows.begin(), waiting);
    std::vector<Batch> released;
    std::vector<std::uint32_t> run;  // neighbours in the order that came in one batch
    for (auto row = m_rows.begin(); row != waiting; ++row) {
        run.push_back(row->row);
        if (row + 1 != waiting && (row + 1)->batch == row->batch) continue;
        released.push_back(m_batches[row->batch].select(run));
        run.clear();
    }
    std::vector<Row> rest(waiting, m_rows.end());
    std::sort(rest.begin(), rest.end(),
              [](const Row& a, const Row& b) { return std::tie(a.batch, a.row) < std::tie(b.batch, b.row); });
    const std::vector<Batch> batches = std::move(m_batches);
    m_batches.clear();
    m_rows.clear();
    m_smallest = kMaxTimestamp;
    for (auto row = rest.begin(); row != rest.end(); ++row) {
        run.push_back(row->row);
        if (row + 1 != rest.end() && (row + 1)->batch == row->batch) continue;
        hold(batches[row->batch], run);
        run.clear();
    }
    return released;
}

std::size_t HeldRows::memoryBytes() const {
    std::size_t bytes = m_rows.capacity() * sizeof(Row);
    for (const Batch& batch : m_batches) bytes += batch.memoryBytes();
    return bytes;
}

}  // namespace rw
