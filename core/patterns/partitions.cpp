#include "core/patterns/partitions.h"

#include <algorithm>

#include "core/stream/keys/key_hash.h"

namespace rw::patterns {

namespace {

constexpr std::size_t kSpareSearches = 16;

SchemaRef keyColumns(const MatchPlan& plan) {
    Schema schema;
    for (const int key : plan.keys)
        schema.fields.push_back(plan.input.schema->fields[static_cast<std::size_t>(key)]);
    return std::make_shared<const Schema>(std::move(schema));
}

}  // namespace

Partitions::Partitions(const MatchPlan& plan)
    : m_plan(plan),
      m_keySchema(keyColumns(plan)),
      m_keys(m_keySchema),
      m_index(m_keys, everyColumn(*m_keySchema), true),
      m_kept(plan.kept) {}

RowSlot Partitions::newPartition(const Batch& keys, std::uint32_t row, std::uint64_t hash) {
    const RowSlot partition = m_keys.add(keys, row);
    m_index.add(partition, hash);
    if (partition >= m_partitions.size()) m_partitions.resize(partition + 1);
    m_partitions[partition] = {};
    return partition;
}

void Partitions::addSlots(std::span<const RowSlot> slots) {
    m_holds.resize(m_kept.slots());
    m_told.resize(m_kept.slots());
    for (const RowSlot slot : slots) {
        m_holds[slot] = 0;
        m_told[slot] = 0;
    }
}

void Partitions::add(const Batch& rows, std::vector<RowSlot>& slots, std::vector<RowSlot>& partitions) {
    Batch keys;
    keys.schema = m_keySchema;
    keys.rows = rows.rows;
    std::vector<const Column*> columns;
    for (const int key : m_plan.keys) {
        keys.columns.push_back(rows.columns[static_cast<std::size_t>(key)]);
        columns.push_back(keys.columns.back().get());
    }
    hashKeys(columns, rows.rows, m_hashes);
    slots.clear();
    m_kept.add(rows, everyRow(rows.rows), slots);
    addSlots(slots);
    partitions.assign(rows.rows, kNoRow);
    for (std::uint32_t row = 0; row < rows.rows; ++row) {
        RowSlot& partition = partitions[row];
        m_index.forEach(m_hashes[row], columns, row, [&partition](RowSlot slot) { partition = slot; });
        if (partition == kNoRow) partition = newPartition(keys, row, m_hashes[row]);
        m_partitions[partition].rows.push_back(slots[row]);
        ++m_partitions[partition].unjudged;
    }
    m_places += rows.rows;
}

void Partitions::advance(Partition& partition, std::size_t rows) {
    partition.start += rows;
    partition.fresh = false;
    if (!partition.search) return;
    if (m_spare.size() < kSpareSearches) m_spare.push_back(std::move(partition.search));
    partition.search.reset();
}

Search& Partitions::searchOf(Partition& partition) {
    if (partition.search) return *partition.search;
    if (m_spare.empty()) {
        partition.search = std::make_unique<Search>(m_plan.terms, m_kept);
    } else {
        partition.search = std::move(m_spare.back());
        m_spare.pop_back();
        partition.search->sums.clear();
        partition.search->matched = false;
    }
    partition.search->attempt.begin(m_plan.program);
    return *partition.search;
}

void Partitions::drop(Partition& partition, std::size_t until) {
    for (; partition.begin < until; ++partition.begin) m_leaving.push_back(partition.rows[partition.begin]);
    if (partition.begin < 32 && !partition.searched()) return;
    if (2 * partition.begin < partition.rows.size()) return;
    partition.rows.erase(partition.rows.begin(),
                         partition.rows.begin() + static_cast<std::ptrdiff_t>(partition.begin));
    m_places -= partition.begin;
    partition.start -= partition.begin;
    partition.begin = 0;
}

Instant Partitions::deadlineOf(Instant start) const {
    return m_plan.within ? saturatingAdd(start, *m_plan.within) : kMaxTimestamp;
}

void Partitions::schedule(RowSlot slot, Instant pending, Instant deadline) {
    Partition& partition = m_partitions[slot];
    if (partition.pending == pending && partition.deadline == deadline) return;
    if (partition.pending != kMaxTimestamp) {
        m_pending.erase({partition.pending, slot});
        m_deadlines.erase({partition.deadline, slot});
    }
    partition.pending = pending;
    partition.deadline = deadline;
    if (pending == kMaxTimestamp) return;
    m_pending.emplace(pending, slot);
    m_deadlines.emplace(deadline, slot);
}

void Partitions::settle(RowSlot slot, Instant judged) {
    Partition& partition = m_partitions[slot];
    const auto behind = static_cast<std::size_t>(m_plan.terms.behind);
    if (partition.start > behind) drop(partition, std::max(partition.begin, partition.start - behind));
    if (!partition.searched()) {
        const Instant start = timeOf(partition.rows[partition.start]), deadline = deadlineOf(start);
        return schedule(slot, start, deadline <= judged ? kMaxTimestamp : deadline);
    }
    schedule(slot, kMaxTimestamp, kMaxTimestamp);
    if (m_plan.remembersPartitions()) return;
    m_places -= partition.rows.size();
    m_index.remove(slot);
    m_keys.remove(slot);
    partition = {};
}

void Partitions::release() {
    m_kept.remove(m_leaving);
    m_leaving.clear();
}

RowSlot Partitions::due(Instant next, bool ended) const {
    if (m_deadlines.empty()) return kNoRow;
    const auto& [deadline, partition] = *m_deadlines.begin();
    return ended || (deadline <= next && deadline != kMaxTimestamp) ? partition : kNoRow;
}

std::size_t Partitions::memoryBytes() const {
    std::size_t bytes = m_keys.memoryBytes() + m_index.memoryBytes() + m_kept.memoryBytes() +
                        m_holds.capacity() * 9 + m_partitions.capacity() * sizeof(Partition) +
                        m_places * sizeof(RowSlot);
    constexpr std::size_t kNode = 2 * sizeof(std::pair<Instant, RowSlot>) + 64;
    bytes += m_pending.size() * kNode;
    return bytes;
}

}  // namespace rw::patterns
