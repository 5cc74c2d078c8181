#include "core/stream/frames/over_frames.h"

#include <algorithm>

#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/held_state.h"

namespace rw {

namespace {

constexpr std::int64_t kScannedRows = 8;  // that a result looks at for one unit of a budget

Batch picked(const Batch& from, std::span<const int> columns, const SchemaRef& schema) {
    Batch batch;
    batch.schema = schema;
    batch.rows = from.rows;
    for (const int column : columns) batch.columns.push_back(from.columns[static_cast<std::size_t>(column)]);
    return batch;
}

}  // namespace

OverFrames::OverFrames(const OverPlan& plan, const OverColumns& columns)
    : m_plan(plan),
      m_columns(columns),
      m_keys(columns.keys),
      m_index(m_keys, everyColumn(*columns.keys), true),
      m_aggregates(plan.aggregates, !plan.frame.unbounded()),
      m_kept(columns.kept) {
    for (const sql::BoundAggregate& aggregate : plan.aggregates) {
        if (aggregate.scans) ++m_scans;
    }
}

OverRows OverFrames::place(Batch rows) {
    OverRows placed;
    placed.partitions = find(picked(rows, m_plan.keys, m_columns.keys));
    placed.operands = picked(rows, m_columns.keptFrom, m_columns.kept);
    placed.rows = std::move(rows);
    return placed;
}

std::vector<RowSlot> OverFrames::find(const Batch& keys) {
    std::vector<const Column*> columns;
    for (const ColumnRef& column : keys.columns) columns.push_back(column.get());
    hashKeys(columns, keys.rows, m_hashes);
    std::vector<RowSlot> partitions(keys.rows, kNoRow);
    for (std::uint32_t row = 0; row < keys.rows; ++row) {
        RowSlot& partition = partitions[row];
        m_index.forEach(m_hashes[row], columns, row, [&partition](RowSlot slot) { partition = slot; });
        if (partition != kNoRow) continue;
        partition = m_keys.add(keys, row);
        m_index.add(partition, m_hashes[row]);
        if (m_changes && m_plan.frame.unbounded()) m_changes->rows.added({&partition, 1});
    }
    m_partitions.resize(m_keys.slots());
    m_aggregates.resize(m_keys.slots());
    return partitions;
}

Instant OverFrames::lastBefore(Instant time) const {
    Instant first = 0;
    if (__builtin_sub_overflow(time, m_plan.frame.preceding.value_or(0), &first)) return kMinTimestamp;
    return first == kMinTimestamp ? first : first - 1;
}

Instant OverFrames::lastPassed(Instant watermark) const {
    return watermark == kMaxTimestamp ? watermark : lastBefore(watermark + 1);
}

bool OverFrames::makeRoom(const OverRows& placed, std::span<const std::uint32_t> rows, CallBudget& budget) {
    if (m_plan.frame.unit != Frame::Unit::Range || m_plan.frame.unbounded()) return true;
    const std::span<const Instant> times = placed.operands.column(0).values<Instant>();
    const bool all = std::all_of(rows.begin(), rows.end(), [&](std::uint32_t row) {
        return takeOut(placed.partitions[row], lastBefore(times[row]), budget);
    });
    retract();
    return all;
}

bool OverFrames::takeOut(RowSlot at, Instant last, CallBudget& budget) {
    const Partition& partition = m_partitions[at];
    while (partition.oldest != kNoRow && timeOf(partition.oldest) <= last) {
        if (budget.spent()) return false;
        budget.spend(1);
        takeOldest(at);
    }
    return true;
}

void OverFrames::takeOldest(RowSlot at) {
    Partition& partition = m_partitions[at];
    m_leaving.push_back(partition.oldest);
    partition.oldest = m_links[partition.oldest].next;
    if (partition.oldest == kNoRow) partition.newest = kNoRow;
    --partition.rows;
}

template <class Give>
void OverFrames::hand(const Batch& operands, std::span<const std::uint32_t> rows, Give give) {
    for (std::size_t i = 0; i < m_columns.operands.size(); ++i) {
        const int operand = m_columns.operands[i];
        sql::Vector argument;
        if (operand >= 0) argument.column = operands.columns[static_cast<std::size_t>(operand)];
        sql::AggregateInput input{rows, m_groups, operand >= 0 ? &argument : nullptr, {}};
        if (m_plan.aggregates[i].ordered) input.orders = m_orders;
        give(m_aggregates.of(i), input);
    }
}

void OverFrames::retract() {
    if (m_leaving.empty()) return;
    if (m_changes) willLeave();
    m_groups.clear();
    m_orders.clear();
    for (const RowSlot row : m_leaving) {
        m_groups.push_back(m_links[row].partition);
        m_orders.push_back({timeOf(row), 0, m_links[row].sequence});
    }
    hand(m_kept.batchOf(m_leaving), everyRow(m_leaving.size()),
         [](sql::Accumulator& accumulator, const sql::AggregateInput& input) {
             static_cast<sql::RetractingAccumulator&>(accumulator).retract(input);
         });
    for (const RowSlot row : m_leaving) m_kept.remove(row);
    m_leaving.clear();
}

void OverFrames::enter(const OverRows& placed, std::span<const std::uint32_t> rows) {
    const std::span<const Instant> times = placed.operands.column(0).values<Instant>();
    m_groups.clear();
    m_orders.clear();
    for (const std::uint32_t row : rows) m_groups.push_back(placed.partitions[row]);
    if (m_changes && m_plan.frame.unbounded()) willChange(m_groups);
    for (const std::uint32_t row : rows) {
        const RowSlot at = placed.partitions[row];
        Partition& partition = m_partitions[at];
        // Rows of one time come under one watermark, so that a place among them need not be saved.
        partition.sequence = partition.time == times[row] ? partition.sequence + 1 : 0;
        partition.time = times[row];
        ++partition.rows;
        m_orders.push_back({times[row], 0, partition.sequence});
        if (!m_plan.frame.unbounded()) keep(at, m_kept.add(placed.operands, row), times[row]);
    }
    hand(placed.operands, rows,
         [](sql::Accumulator& accumulator, const sql::AggregateInput& input) { accumulator.update(input); });
}

void OverFrames::keep(RowSlot at, RowSlot row, Instant time) {
    Partition& partition = m_partitions[at];
    if (m_links.size() <= row) m_links.resize(row + std::size_t{1});
    m_links[row] = {kNoRow, at, partition.sequence};
    if (m_changes) m_changes->rows.added({&row, 1});
    if (partition.newest == kNoRow) {
        partition.oldest = row;
    } else {
        m_links[partition.newest].next = row;
    }
    partition.newest = row;
    if (m_plan.frame.unit != Frame::Unit::Range || partition.queued) return;
    partition.queued = true;
    m_oldest.emplace(time, at);
}

std::size_t OverFrames::costOf(RowSlot partition) const {
    return 1 + m_scans * static_cast<std::size_t>(m_partitions[partition].rows / kScannedRows);
}

void OverFrames::leave(std::span<const RowSlot> partitions) {
    if (m_plan.frame.unit != Frame::Unit::Rows || m_plan.frame.unbounded()) return;
    for (const RowSlot at : partitions) {
        if (m_partitions[at].rows > *m_plan.frame.preceding) takeOldest(at);
    }
    retract();
}

bool OverFrames::anyPassed(Instant watermark) const {
    return !m_oldest.empty() && m_oldest.top().first <= lastPassed(watermark);
}

void OverFrames::forgetPassed(Instant watermark, CallBudget& budget) {
    std::vector<RowSlot> looked;
    while (anyPassed(watermark) && !budget.spent()) {
        const RowSlot at = m_oldest.top().second;
        budget.spend(1);
        if (!takeOut(at, lastPassed(watermark), budget)) break;
        m_oldest.pop();
        Partition& partition = m_partitions[at];
        partition.queued = partition.oldest != kNoRow;
        if (partition.queued) m_oldest.emplace(timeOf(partition.oldest), at);
        looked.push_back(at);
    }
    retract();
    forgetEmpty(looked);
}

void OverFrames::forgetEmpty(std::span<const RowSlot> partitions) {
    std::vector<RowSlot> empty;
    for (const RowSlot at : partitions) {
        if (!m_keys.contains(at) || m_partitions[at].rows > 0) continue;
        m_index.remove(at);
        m_keys.remove(at);
        m_partitions[at] = Partition();
        empty.push_back(at);
    }
    m_aggregates.clear(empty);
}

std::size_t OverFrames::memoryBytes() const {
    return m_keys.memoryBytes() + m_index.memoryBytes() + m_kept.memoryBytes() + m_aggregates.memoryBytes() +
           m_partitions.capacity() * sizeof(Partition) + m_links.capacity() * sizeof(Link) +
           m_oldest.size() * sizeof(Oldest) + (m_changes ? m_changes->memoryBytes() : 0);
}

}  // namespace rw
