#include "core/stream/held_rows.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace rw {

void HeldRows::hold(const Batch& batch, std::span<const std::uint32_t> rows) {
    const Column& times = batch.column(m_eventTime);
    for (const std::uint32_t row : rows) {
        const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : 0;
        Open& open = openFor(batch, position);
        const auto place = static_cast<std::uint32_t>(open.stamps.size());
        for (std::size_t i = 0; i < open.columns.size(); ++i) {
            if (!batch.columns[i]) continue;
            const Column& column = *batch.columns[i];
            open.columns[i].appendFrom(column, row);
            if (column.type().is(TypeId::String) && !column.isNull(row))
                open.textBytes += column.string(row).size();
        }
        open.stamps.push_back((*batch.stamps)[row]);
        open.offsets.push_back(static_cast<std::uint32_t>(position - open.batch.positions.first));
        m_rows.push_back(
            {open.stamps.back(), batch.wire, position, times.at<Instant>(row), open.number, place});
        std::push_heap(m_rows.begin(), m_rows.end(), std::greater<>());
    }
}

/// The batch of the wire that takes a row at `position`.
HeldRows::Open& HeldRows::openFor(const Batch& batch, std::int64_t position) {
    Open& open = m_open[batch.wire];
    const std::int64_t ahead = position - open.batch.positions.first;
    const bool fits =
        open.stamps.size() < m_batchRows && ahead >= 0 && ahead <= std::numeric_limits<std::uint32_t>::max();
    if (!open.stamps.empty() && fits) return open;
    if (!open.stamps.empty()) close(open);
    open.number = m_numbers++;
    open.batch.schema = batch.schema;
    open.batch.wire = batch.wire;
    open.batch.positions.first = position;
    for (const Field& field : batch.schema->fields) open.columns.emplace_back(field.type);
    return open;
}

void HeldRows::close(Open& open) {
    const std::uint64_t number = open.number;
    Held held;
    held.batch = batchOf(std::exchange(open, Open{}));
    held.left = held.batch.rows;
    held.bytes = held.batch.memoryBytes();
    m_bytes += held.bytes;
    m_held.emplace(number, std::move(held));
}

Batch HeldRows::batchOf(Open open) {
    Batch batch = std::move(open.batch);
    batch.rows = open.stamps.size();
    for (ColumnBuilder& column : open.columns) {
        // What nobody reads was not there.
        batch.columns.push_back(column.size() == batch.rows ? column.finish() : nullptr);
    }
    batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(open.stamps));
    batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(std::move(open.offsets));
    return batch;
}

std::vector<Batch> HeldRows::waiting() const {
    std::map<std::uint64_t, Batch> open;
    for (const auto& [wire, some] : m_open) {
        if (!some.stamps.empty()) open.emplace(some.number, batchOf(some));
    }
    std::vector<Row> rows = m_rows;
    std::sort(rows.begin(), rows.end());
    HeldRows ordered(m_eventTime, std::numeric_limits<std::size_t>::max());
    for (const Row& row : rows) {
        const auto held = m_held.find(row.batch);
        ordered.hold(held == m_held.end() ? open.at(row.batch) : held->second.batch, {&row.row, 1});
    }
    std::vector<Batch> batches;
    for (auto& [number, held] : ordered.m_held) batches.push_back(std::move(held.batch));
    for (auto& [wire, some] : ordered.m_open) batches.push_back(batchOf(std::move(some)));
    return batches;
}

HeldRows::Released HeldRows::release(Instant watermark, std::size_t atMost) {
    struct Taken {
        std::uint32_t place;  ///< in Released::batches
        std::vector<std::uint32_t> rows;
    };
    Released released;
    std::map<std::uint64_t, Taken> taken;
    while (due(watermark) && released.order.size() < atMost) {
        std::pop_heap(m_rows.begin(), m_rows.end(), std::greater<>());
        const Row row = m_rows.back();
        m_rows.pop_back();
        if (Open& open = m_open[row.wire]; !open.stamps.empty() && open.number == row.batch) close(open);
        const auto next = static_cast<std::uint32_t>(taken.size());
        const auto [at, first] = taken.try_emplace(row.batch, Taken{next, {}});
        released.order.push_back({at->second.place, static_cast<std::uint32_t>(at->second.rows.size())});
        at->second.rows.push_back(row.row);
    }
    released.batches.resize(taken.size());
    for (const auto& [number, some] : taken) {
        const auto held = m_held.find(number);
        released.batches[some.place] = held->second.batch.select(some.rows);
        held->second.left -= some.rows.size();
        if (held->second.left > 0) continue;
        m_bytes -= held->second.bytes;
        m_held.erase(held);
    }
    return released;
}

std::size_t HeldRows::memoryBytes() const {
    std::size_t bytes = m_rows.capacity() * sizeof(Row) + m_bytes;
    for (const auto& [wire, open] : m_open) {
        bytes += open.textBytes;
        for (const ColumnBuilder& column : open.columns) bytes += column.size() * widthOf(column.type().id);
    }
    return bytes;
}

}  // namespace rw
