#include "core/stream/rows/latest_rows.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/cell_compare.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/rows/latest_rows_parts.h"

namespace rw {

namespace {

/// Of the share of memory: what files take, their filters above all; and what rows that wait take.
constexpr std::uint64_t kFilesOfRows = 4, kWaitingOfRows = 4;

std::vector<Type> everyType(const Schema& schema) {
    std::vector<Type> types;
    for (const Field& field : schema.fields) types.push_back(field.type);
    return types;
}

}  // namespace

LatestRows::LatestRows(const StreamType& input, std::vector<int> keys, ColumnSet read,
                       const MakeContext& context)
    : m_shape{input.schema, std::move(keys), std::move(read)},
      m_eventTime(input.eventTime),
      m_context(context),
      m_table{KeyTable(m_shape.keyTypes()), RowStore(input.schema)},
      m_share(context.spill ? context.stateMemory : 0, context.moreStateMemory),
      m_waiting(m_shape, ColumnSet(input.schema->size(), true), m_share.bytes() / kWaitingOfRows, context) {
    if (!m_share.isBounded()) return;
    m_away = std::make_unique<Away>(m_shape.keyTypes(), everyType(*input.schema), context.spill,
                                    static_cast<std::size_t>(m_share.bytes() / kFilesOfRows));
}
LatestRows::~LatestRows() = default;

Status LatestRows::onBatch(int, const Batch& batch, Output& out) {
    take(batch, false, out);
    m_waiting.beginIfDue();
    return proceed(out);
}

Status LatestRows::onWatermark(Instant watermark, Output& out) {
    m_waiting.setWatermark(watermark);
    m_waiting.beginIfDue();
    return proceed(out);
}

Status LatestRows::onEnd(Output& out) {
    m_waiting.takeAll();
    m_waiting.beginIfDue();
    return proceed(out);
}

Status LatestRows::resume(Output& out) {
    m_waiting.beginIfDue();
    return proceed(out);
}

bool LatestRows::hasMore() const {
    return !m_batches.empty() || m_hasGrown || m_isLeaving || m_waiting.hasMore();
}

Status LatestRows::proceed(Output& out) {
    for (CallBudget budget(m_context.batchRows); hasMore() || m_waiting.isTaking();) {
        if (budget.spent()) {
            m_waiting.pause();
            return {};
        }
        if (!m_batches.empty()) {
            const Batch batch = std::move(m_batches.front());
            m_batches.pop_front();
            take(batch, true, out);
            budget.spend(2 * batch.rows);  // a change is two rows
        } else if (std::exchange(m_hasGrown, false)) {
            m_isLeaving = m_isLeaving || wantsLeaving();
        } else if (m_isLeaving) {
            RW_TRY(leave(budget));
        } else {
            RW_TRY(takeWaiting(budget, out));
        }
    }
    m_waiting.passWatermark(outputPorts, out);
    return {};
}

void LatestRows::take(const Batch& batch, bool areHere, Output& out) {
    findKeys(batch, areHere);
    m_changed.clear();
    for (std::size_t i = 0; i < m_which.size(); ++i) {
        Latest& latest = m_table.latest[m_groups[i]];
        if (!isNewer(latest, batch, m_which[i])) continue;
        if (!latest.changed) {
            m_changed.push_back(m_groups[i]);
            willChange(m_groups[i]);
        }
        replace(latest, batch, m_which[i]);
    }
    emitChanges(out);
    used();
    m_hasGrown = m_share.isBounded();
}

/// Sets m_which to the rows whose keys are here, and m_groups to their numbers. The others wait from now on.
void LatestRows::findKeys(const Batch& batch, bool areHere) {
    std::vector<const Column*> columns;
    for (const int key : m_shape.keys) columns.push_back(&batch.column(key));
    hashKeys(batch, m_shape.keys, m_hashes);
    m_which = everyRow(batch.rows);
    if (!m_anyLeft || areHere) {
        m_table.keys.findOrInsert(columns, m_hashes, m_which, m_groups);
        m_table.latest.resize(m_table.keys.size());
        makeRoom();
        return;
    }
    m_table.keys.findKnown(columns, m_hashes, m_which, m_groups);
    std::vector<std::uint32_t> unknown;
    std::size_t known = 0;
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        if (m_groups[row] == KeyTable::kAbsent) {
            unknown.push_back(row);
            continue;
        }
        m_which[known] = row;
        m_groups[known++] = m_groups[row];
    }
    m_which.resize(known);
    m_groups.resize(known);
    m_lookups.rows += batch.rows;
    m_lookups.inMemory += known;
    if (!unknown.empty()) m_waiting.add(batch, columns, m_hashes, unknown, {});
}

/// For the keys that have numbers.
void LatestRows::makeRoom() {
    if (m_anyLeft) m_away->uses.resize(m_table.latest.size());
    if (m_changes) m_changes->groups.resize(m_table.latest.size());
}

void LatestRows::willChange(std::uint32_t group) {
    if (!m_changes || m_changes->groups.mark({&group, 1}).empty()) return;
    m_changes->replaced.push_back({m_table.keys.hash(group), m_table.latest[group]});
    m_table.latest[group].stays = true;
}

bool LatestRows::isNewer(const Latest& latest, const Batch& batch, std::uint32_t row) const {
    if (latest.slot == kNoRow) return true;
    const Instant time = batch.column(m_eventTime).at<Instant>(row);
    const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -1;
    const auto order =
        std::tie(time, batch.wire, position) <=> std::tie(latest.time, latest.wire, latest.position);
    if (order != 0) return order > 0;
    return compareRows(batch.columns, row, m_table.rows.gather({&latest.slot, 1}), 0) > 0;
}

void LatestRows::replace(Latest& latest, const Batch& batch, std::uint32_t row) {
    if (!latest.changed) {
        latest.shown = latest.slot;
    } else {
        m_table.rows.remove(latest.slot);
    }
    latest.changed = true;
    latest.slot = m_table.rows.add(batch, row);
    latest.time = batch.column(m_eventTime).at<Instant>(row);
    latest.wire = batch.wire;
    latest.position = batch.positions.known() ? batch.positions.at(row) : -1;
}

/// At most two rows for each row of the batch that came.
void LatestRows::emitChanges(Output& out) {
    std::vector<RowSlot> slots;
    std::vector<RowKind> kinds;
    const auto flush = [&] {
        if (slots.empty()) return;
        Batch changes = m_table.rows.batchOf(slots);
        changes.kinds = std::make_shared<const std::vector<RowKind>>(kinds);
        out.emit(0, std::move(changes));
        slots.clear();
        kinds.clear();
    };
    for (const std::uint32_t group : m_changed) {
        const Latest& latest = m_table.latest[group];
        if (latest.shown != kNoRow) {
            slots.push_back(latest.shown);
            kinds.push_back(RowKind::UpdateBefore);
        }
        slots.push_back(latest.slot);
        kinds.push_back(latest.shown != kNoRow ? RowKind::UpdateAfter : RowKind::Insert);
        if (slots.size() + 2 > m_context.batchRows) flush();
    }
    flush();
    for (const std::uint32_t group : m_changed) {
        Latest& latest = m_table.latest[group];
        if (latest.shown != kNoRow && !latest.stays) m_table.rows.remove(latest.shown);
        latest.shown = kNoRow;
        latest.changed = latest.stays = false;
    }
}

Operator::StateSize LatestRows::stateSize() const {
    StateSize size{m_table.memoryBytes() + (m_changes ? m_changes->memoryBytes() : 0), m_table.latest.size()};
    size.bytes += m_waiting.memoryBytes();
    if (!m_away || (!m_anyLeft && m_away->mayLeave && !leaving())) return size;
    size.bytes += m_away->memoryBytes();
    size.keys += m_away->count;
    size.spilled = static_cast<std::size_t>(m_away->stored.bytesInFiles());
    return size;
}

}  // namespace rw
