#include "core/stream/rows/latest_rows.h"

#include <algorithm>
#include <tuple>

#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/state_columns.h"
#include "core/stream/rows/cell_compare.h"
#include "core/stream/rows/held_state.h"

namespace rw {

namespace {

constexpr std::uint32_t kLatestVersion = 1;

std::vector<Type> typesOf(const Schema& schema, std::span<const int> columns) {
    std::vector<Type> types;
    for (const int column : columns) types.push_back(schema.fields[static_cast<std::size_t>(column)].type);
    return types;
}

}  // namespace

LatestRows::LatestRows(const StreamType& input, std::vector<int> keys, const MakeContext& context)
    : m_schema(input.schema),
      m_eventTime(input.eventTime),
      m_keyColumns(std::move(keys)),
      m_batchRows(context.batchRows),
      m_keys(typesOf(*m_schema, m_keyColumns)),
      m_rows(m_schema) {}

Status LatestRows::onBatch(int, const Batch& batch, Output& out) {
    findKeys(batch);
    m_changed.clear();
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        Latest& latest = m_latest[m_groups[row]];
        if (!isNewer(latest, batch, row)) continue;
        if (!latest.changed) m_changed.push_back(m_groups[row]);
        replace(latest, batch, row);
    }
    emitChanges(out);
    return {};
}

void LatestRows::findKeys(const Batch& batch) {
    std::vector<const Column*> columns;
    for (const int key : m_keyColumns) columns.push_back(&batch.column(key));
    hashKeys(batch, m_keyColumns, m_hashes);
    m_keys.findOrInsert(columns, m_hashes, everyRow(batch.rows), m_groups);
    m_latest.resize(m_keys.size());
}

bool LatestRows::isNewer(const Latest& latest, const Batch& batch, std::uint32_t row) const {
    if (latest.slot == kNoRow) return true;
    const Instant time = batch.column(m_eventTime).at<Instant>(row);
    const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -1;
    const auto order =
        std::tie(time, batch.wire, position) <=> std::tie(latest.time, latest.wire, latest.position);
    if (order != 0) return order > 0;
    return compareRows(batch.columns, row, m_rows.gather({&latest.slot, 1}), 0) > 0;
}

void LatestRows::replace(Latest& latest, const Batch& batch, std::uint32_t row) {
    if (!latest.changed) {
        latest.shown = latest.slot;
    } else {
        m_rows.remove(latest.slot);
    }
    latest.changed = true;
    latest.slot = m_rows.add(batch, row);
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
        Batch changes = m_rows.batchOf(slots);
        changes.kinds = std::make_shared<const std::vector<RowKind>>(kinds);
        out.emit(0, std::move(changes));
        slots.clear();
        kinds.clear();
    };
    for (const std::uint32_t group : m_changed) {
        const Latest& latest = m_latest[group];
        if (latest.shown != kNoRow) {
            slots.push_back(latest.shown);
            kinds.push_back(RowKind::UpdateBefore);
        }
        slots.push_back(latest.slot);
        kinds.push_back(latest.shown != kNoRow ? RowKind::UpdateAfter : RowKind::Insert);
        if (slots.size() + 2 > m_batchRows) flush();
    }
    flush();
    for (const std::uint32_t group : m_changed) {
        Latest& latest = m_latest[group];
        if (latest.shown != kNoRow) m_rows.remove(latest.shown);
        latest.shown = kNoRow;
        latest.changed = false;
    }
}

Status LatestRows::snapshot(StateWriter& out) const {
    const auto hashOf = [this](std::uint32_t group) { return m_keys.hash(group); };
    forEachKeyGroup(everyRow(m_latest.size()), hashOf,
                    [&](int keyGroup, std::span<const std::uint32_t> some) {
                        std::vector<RowSlot> slots;
                        ColumnBuilder wires(Type::of(TypeId::Bigint)), positions(Type::of(TypeId::Bigint));
                        for (const std::uint32_t group : some) {
                            slots.push_back(m_latest[group].slot);
                            wires.append(m_latest[group].wire);
                            positions.append(m_latest[group].position);
                        }
                        out.keyed("latest", keyGroup, kLatestVersion, [&](StateWriter& record) {
                            record.batch("rows", m_rows.batchOf(slots));
                            record.column("wires", *wires.finish());
                            record.column("positions", *positions.finish());
                        });
                    });
    return {};
}

Status LatestRows::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto records, state.keyed("latest"));
    for (const auto& [keyGroup, record] : records) {
        if (own.contains(keyGroup)) RW_TRY(restoreKeys(record, keyGroup));
    }
    return {};
}

Status LatestRows::restoreKeys(const StateReader& record, int keyGroup) {
    if (record.version() != kLatestVersion) return brokenState("version of the newest rows");
    RW_TRY_ASSIGN(Batch batch, record.batch("rows"));
    fitColumns(batch, m_schema);
    if (batch.kinds) return brokenState("the newest rows");
    std::vector<ColumnRef> keys;
    for (const int key : m_keyColumns) keys.push_back(batch.columns[static_cast<std::size_t>(key)]);
    const bool complete =
        std::all_of(keys.begin(), keys.end(), [](const ColumnRef& key) { return key != nullptr; });
    if (!complete || !batch.columns[static_cast<std::size_t>(m_eventTime)])
        return brokenState("columns of the newest rows");
    const Type number = Type::of(TypeId::Bigint);
    RW_TRY_ASSIGN(const ColumnRef wires, record.column("wires"));
    RW_TRY_ASSIGN(const ColumnRef positions, record.column("positions"));
    for (const ColumnRef& column : {wires, positions}) {
        if (column->type() != number || column->size() != batch.rows || !column->validity().allValid())
            return brokenState("places of the newest rows");
    }
    RW_TRY(m_keys.restore(keys, batch.rows, keyGroup));
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        Latest latest;
        latest.slot = m_rows.add(batch, row);
        latest.time = batch.column(m_eventTime).at<Instant>(row);
        latest.wire = wires->at<std::int64_t>(row);
        latest.position = positions->at<std::int64_t>(row);
        m_latest.push_back(latest);
    }
    return {};
}

Operator::StateSize LatestRows::stateSize() const {
    return {m_keys.memoryBytes() + m_rows.memoryBytes() + m_latest.capacity() * sizeof(Latest),
            m_keys.size()};
}

}  // namespace rw
