#include "core/stream/ranks/updating_top_n.h"

#include <algorithm>
#include <utility>

#include "core/sql/eval/work.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/row_errors.h"

namespace rw {

namespace {

constexpr std::size_t kRanksPerUnit = 64;       // of a call's budget, that are only looked at
constexpr std::size_t kSparePartitions = 1024;  // without rows, that are not worth looking for

/// Event-time rules, 9.
TieBreak tieBreakOf(const StreamType& input, InputOrder order) {
    if (input.updating) return {.places = false};
    return {.eventTime = order == InputOrder::Source ? -1 : input.eventTime};
}

}  // namespace

UpdatingTopN::UpdatingTopN(TopNPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_updating(m_plan->input.updating),
      m_whole(m_plan->needsWholeRows()),
      m_batchRows(context.batchRows),
      m_keys(m_plan->partitionTypes()),
      m_rows(m_plan->shape(), tieBreakOf(m_plan->input, context.inputs.front().order), m_plan->by),
      m_names(m_rows, m_plan->input, m_plan->partition) {}

Status UpdatingTopN::onBatch(int, const Batch& batch, Output& out) {
    take(batch);
    return resume(out);
}

void UpdatingTopN::take(const Batch& batch) {
    m_columns.clear();
    for (const int column : m_plan->partition) m_columns.push_back(&batch.column(column));
    hashKeys(batch, m_plan->partition, m_hashes);
    m_keys.findOrInsert(m_columns, m_hashes, everyRow(batch.rows), m_found);
    m_partitions.resize(m_keys.size());
    if (m_updating) m_names.take(batch);
    for (std::uint32_t row = 0; row < batch.rows; ++row) m_updating ? apply(batch, row) : offer(batch, row);
}

void UpdatingTopN::offer(const Batch& batch, std::uint32_t row) {
    SortedSlots& best = m_partitions[m_found[row]].rows;
    const bool full = best.size() == m_plan->limit;
    if (full && !m_rows.before(batch, row, best.back())) return;
    add(batch, row);
    if (full) m_gone.push_back(best.popBack());
}

void UpdatingTopN::apply(const Batch& batch, std::uint32_t row) {
    const RowSlot known = m_names.replacedBy(batch, row);
    if (known != kNoRow) withdraw(known, m_found[row]);
    if (!withdraws(batch, row)) m_names.add(add(batch, row), row);
}

RowSlot UpdatingTopN::add(const Batch& batch, std::uint32_t row) {
    Change& change = changeOf(m_found[row]);
    SortedSlots& rows = m_partitions[m_found[row]].rows;
    if (rows.empty()) ++m_filled;
    const RowSlot slot = m_rows.add(batch, row);
    const auto precedes = [this](RowSlot a, RowSlot b) { return m_rows.precedes(a, b); };
    change.from = std::min(change.from, rows.insert(slot, m_plan->limit, precedes));
    return slot;
}

void UpdatingTopN::withdraw(RowSlot slot, std::uint32_t partition) {
    Change& change = changeOf(partition);
    SortedSlots& rows = m_partitions[partition].rows;
    const auto precedes = [this](RowSlot a, RowSlot b) { return m_rows.precedes(a, b); };
    change.from = std::min(change.from, rows.remove(slot, m_plan->limit, precedes));
    if (rows.empty()) --m_filled;
    m_names.remove(slot);
    m_gone.push_back(slot);
}

UpdatingTopN::Change& UpdatingTopN::changeOf(std::uint32_t partition) {
    Partition& changed = m_partitions[partition];
    if (changed.change == kUnchanged) {
        changed.change = static_cast<std::uint32_t>(m_changes.size());
        const std::size_t before = m_before.size();
        changed.rows.copy(0, m_plan->limit, m_before);
        m_changes.push_back({partition, before, m_before.size() - before, m_plan->limit});
    }
    return m_changes[changed.change];
}

Status UpdatingTopN::resume(Output& out) {
    for (CallBudget budget(m_batchRows); hasMore() && !budget.spent();) show(m_changes[m_shown], budget, out);
    flush(out);
    if (!hasMore()) settle();
    return {};
}

void UpdatingTopN::show(const Change& change, CallBudget& budget, Output& out) {
    const SortedSlots& rows = m_partitions[change.partition].rows;
    const std::size_t now = std::min(rows.size(), m_plan->limit), ranks = std::max(now, change.count);
    m_rank = std::max(m_rank, change.from);
    while (m_rank < ranks && !budget.spent()) {
        // Each may have changed, which takes two rows.
        const std::size_t some = std::min(ranks - m_rank, std::max<std::size_t>(budget.left() / 2, 1));
        m_now.clear();
        if (m_rank < now) rows.copy(m_rank, std::min(some, now - m_rank), m_now);
        Sent sent;
        std::size_t looked = 0;
        for (; looked < some && sent.textBytes < sql::kTextAtOnce; ++looked, ++m_rank) {
            const RowSlot before = m_rank < change.count ? m_before[change.before + m_rank] : kNoRow;
            sent += showRank(before, looked < m_now.size() ? m_now[looked] : kNoRow, out);
        }
        budget.spend(sent.rows + looked / kRanksPerUnit + 1);
        budget.spendText(sent.textBytes);
    }
    if (m_rank < ranks) return;
    ++m_shown;
    m_rank = 0;
}

UpdatingTopN::Sent UpdatingTopN::showRank(RowSlot before, RowSlot now, Output& out) {
    // Where columns were left out other rows may look the same.
    const bool both = before != kNoRow && now != kNoRow;
    if (before == now || (both && m_whole && m_rows.same(before, now))) return {};
    if (both && m_ready.size() + 2 > m_batchRows) flush(out);  // both leave in one batch
    Sent sent;
    if (before != kNoRow) sent += send(before, both ? RowKind::UpdateBefore : RowKind::Delete, out);
    if (now != kNoRow) sent += send(now, both ? RowKind::UpdateAfter : RowKind::Insert, out);
    // As many large texts as the state has may leave: the copies are not all there at a time.
    if (m_readyBytes >= sql::kTextAtOnce) flush(out);
    return sent;
}

UpdatingTopN::Sent UpdatingTopN::send(RowSlot slot, RowKind kind, Output& out) {
    m_ready.push_back(slot);
    m_kinds.push_back(kind);
    m_ranks.push_back(static_cast<std::int64_t>(m_rank) + 1);
    const std::size_t bytes = m_rows.textBytes(slot);
    m_readyBytes += bytes;
    if (m_ready.size() == m_batchRows) flush(out);
    return {1, bytes};
}

void UpdatingTopN::flush(Output& out) {
    if (m_ready.empty()) return;
    Batch changes = m_plan->numbered(m_rows, m_ready, m_ranks);
    changes.kinds = std::make_shared<const std::vector<RowKind>>(m_kinds);
    out.emit(kTopNOut, std::move(changes));
    m_ready.clear();
    m_kinds.clear();
    m_ranks.clear();
    m_readyBytes = 0;
}

void UpdatingTopN::settle() {
    for (const RowSlot slot : m_gone) m_rows.remove(slot);
    for (const Change& change : m_changes) m_partitions[change.partition].change = kUnchanged;
    m_gone.clear();
    m_changes.clear();
    m_before.clear();
    m_shown = m_rank = 0;
    dropEmpty();
}

/// A table of keys forgets none: once most partitions have lost all their rows it is rebuilt.
void UpdatingTopN::dropEmpty() {
    if (m_partitions.size() - m_filled <= std::max(kSparePartitions, m_filled)) return;
    std::vector<std::uint32_t> filled, groups;
    for (std::uint32_t group = 0; group < m_partitions.size(); ++group) {
        if (!m_partitions[group].rows.empty()) filled.push_back(group);
    }
    KeyTable keys = m_keys.emptied();
    keys.insert(m_keys, filled, groups);
    std::vector<Partition> partitions(keys.size());
    for (std::size_t i = 0; i < filled.size(); ++i)
        partitions[groups[i]] = std::move(m_partitions[filled[i]]);
    m_keys = std::move(keys);
    m_partitions = std::move(partitions);
}

Status UpdatingTopN::snapshot(StateWriter& out) const {
    m_rows.write(out);
    return {};
}

Status UpdatingTopN::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const std::vector<Batch> kept, m_rows.read(state, own));
    for (const Batch& batch : kept) {
        take(batch);
        settle();  // it was shown before the barrier
    }
    return {};
}

bool UpdatingTopN::writePiece(StateWriter& out) {
    m_rows.writePiece(out);
    return m_rows.anyFrozen();
}

Operator::StateSize UpdatingTopN::stateSize() const {
    return {m_keys.memoryBytes() + m_rows.memoryBytes() + m_names.memoryBytes() +
                m_rows.size() * sizeof(RowSlot) + m_partitions.capacity() * sizeof(Partition) +
                m_changes.capacity() * sizeof(Change) +
                (m_before.capacity() + m_gone.capacity()) * sizeof(RowSlot),
            m_filled};
}

}  // namespace rw
