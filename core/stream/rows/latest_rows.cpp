#include "core/stream/rows/latest_rows.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "core/stream/keys/changed_rows.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/state_columns.h"
#include "core/stream/rows/cell_compare.h"
#include "core/stream/rows/held_state.h"

namespace rw {

namespace {

constexpr std::uint32_t kLatestVersion = 1;
// A record of rows; one of rows that may replace those before them.
constexpr std::string_view kKeyedLatest = "latest", kChangedLatest = "changed_latest";
constexpr std::size_t kLatestOfPiece = 8'192, kLeastOfPiece = 64;
constexpr std::size_t kBytesOfPiece = std::size_t{4} << 20;  // about; long rows go fewer at a time

std::vector<Type> typesOf(const Schema& schema, std::span<const int> columns) {
    std::vector<Type> types;
    for (const int column : columns) types.push_back(schema.fields[static_cast<std::size_t>(column)].type);
    return types;
}

}  // namespace

struct LatestRows::Changes {
    struct Replaced {
        std::uint32_t group;
        Latest latest;
    };

    ChangedRows groups{};
    bool whole = true;                 ///< what is frozen is all of the state
    std::vector<Replaced> replaced{};  ///< frozen rows that newer ones replaced before they were written;
                                       ///< they keep their slots until they are

    bool anyFrozen() const { return groups.anyFrozen() || !replaced.empty(); }
    std::size_t memoryBytes() const { return groups.memoryBytes() + replaced.capacity() * sizeof(Replaced); }
};

LatestRows::LatestRows(const StreamType& input, std::vector<int> keys, const MakeContext& context)
    : m_schema(input.schema),
      m_eventTime(input.eventTime),
      m_keyColumns(std::move(keys)),
      m_batchRows(context.batchRows),
      m_keys(typesOf(*m_schema, m_keyColumns)),
      m_rows(m_schema) {}
LatestRows::~LatestRows() = default;

Status LatestRows::onBatch(int, const Batch& batch, Output& out) {
    findKeys(batch);
    m_changed.clear();
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        Latest& latest = m_latest[m_groups[row]];
        if (!isNewer(latest, batch, row)) continue;
        if (!latest.changed) {
            m_changed.push_back(m_groups[row]);
            willChange(m_groups[row]);
        }
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
    if (m_changes) m_changes->groups.resize(m_keys.size());
}

void LatestRows::willChange(std::uint32_t group) {
    if (!m_changes || m_changes->groups.mark({&group, 1}).empty()) return;
    m_changes->replaced.push_back({group, m_latest[group]});
    m_latest[group].stays = true;
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
        if (latest.shown != kNoRow && !latest.stays) m_rows.remove(latest.shown);
        latest.shown = kNoRow;
        latest.changed = latest.stays = false;
    }
}

template <class RowOf>
void LatestRows::write(std::vector<std::uint32_t> items, bool isNew, RowOf rowOf, StateWriter& out) const {
    const auto hashOf = [&](std::uint32_t item) { return m_keys.hash(rowOf(item).first); };
    forEachKeyGroup(std::move(items), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
        std::vector<RowSlot> slots;
        ColumnBuilder wires(Type::of(TypeId::Bigint)), positions(Type::of(TypeId::Bigint));
        for (const std::uint32_t item : some) {
            const Latest& latest = rowOf(item).second;
            slots.push_back(latest.slot);
            wires.append(latest.wire);
            positions.append(latest.position);
        }
        out.keyed(isNew ? kKeyedLatest : kChangedLatest, keyGroup, kLatestVersion, [&](StateWriter& record) {
            record.batch("rows", m_rows.batchOf(slots));
            record.column("wires", *wires.finish());
            record.column("positions", *positions.finish());
        });
    });
}

void LatestRows::writeGroups(std::vector<std::uint32_t> groups, bool isNew, StateWriter& out) const {
    const auto rowOf = [this](std::uint32_t group) {
        return std::pair<std::uint32_t, const Latest&>(group, m_latest[group]);
    };
    write(std::move(groups), isNew, rowOf, out);
}

/// From the end, at most `most`; then nobody needs their slots any more.
void LatestRows::writeReplaced(std::size_t most, StateWriter& out) {
    std::vector<Changes::Replaced>& replaced = m_changes->replaced;
    std::vector<std::uint32_t> items(std::min(most, replaced.size()));
    const std::size_t left = replaced.size() - items.size();
    std::iota(items.begin(), items.end(), static_cast<std::uint32_t>(left));
    std::vector<RowSlot> slots;
    for (const std::uint32_t item : items) slots.push_back(replaced[item].latest.slot);
    const auto rowOf = [&replaced](std::uint32_t item) {
        return std::pair<std::uint32_t, const Latest&>(replaced[item].group, replaced[item].latest);
    };
    write(std::move(items), m_changes->whole, rowOf, out);
    m_rows.remove(slots);
    replaced.resize(left);
    if (left == 0) std::vector<Changes::Replaced>().swap(replaced);  // an assignment would keep the memory
}

Status LatestRows::snapshot(StateWriter& out) const {
    writeGroups(everyRow(m_latest.size()), true, out);
    return {};
}

void LatestRows::freeze(bool whole) {
    if (!m_changes) m_changes = std::make_unique<Changes>();
    m_changes->whole = whole;
    m_changes->groups.resize(m_keys.size());
    if (whole) {
        m_changes->groups.freezeAll();
    } else {
        m_changes->groups.freeze();
    }
}

std::size_t LatestRows::rowsOfPiece() const {
    const std::size_t bytes = m_rows.memoryBytes() / std::max(m_rows.slots(), std::size_t{1});
    return std::clamp(kBytesOfPiece / std::max(bytes, std::size_t{1}), kLeastOfPiece, kLatestOfPiece);
}

bool LatestRows::writePiece(StateWriter& out) {
    if (m_changes->groups.anyFrozen()) {
        std::vector<std::uint32_t> some;
        m_changes->groups.takeSome(rowsOfPiece(), some);
        writeGroups(std::move(some), m_changes->whole, out);
    } else {
        writeReplaced(rowsOfPiece(), out);
    }
    return m_changes->anyFrozen();
}

Status LatestRows::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto records, state.keyed(kKeyedLatest));
    for (const auto& [keyGroup, record] : records) {
        if (own.contains(keyGroup)) RW_TRY(restoreKeys(record, keyGroup));
    }
    RW_TRY_ASSIGN(const auto changes, state.keyed(kChangedLatest));
    for (const auto& [keyGroup, record] : changes) {
        if (own.contains(keyGroup)) RW_TRY(restoreChanges(record, keyGroup));
    }
    return {};
}

Result<LatestRows::Restored> LatestRows::read(const StateReader& record) const {
    if (record.version() != kLatestVersion) return brokenState("version of the newest rows");
    Restored out;
    RW_TRY_ASSIGN(out.rows, record.batch("rows"));
    fitColumns(out.rows, m_schema);
    if (out.rows.kinds) return brokenState("the newest rows");
    for (const int key : m_keyColumns) out.keys.push_back(out.rows.columns[static_cast<std::size_t>(key)]);
    const bool complete =
        std::all_of(out.keys.begin(), out.keys.end(), [](const ColumnRef& key) { return key != nullptr; });
    if (!complete || !out.rows.columns[static_cast<std::size_t>(m_eventTime)])
        return brokenState("columns of the newest rows");
    const Type number = Type::of(TypeId::Bigint);
    RW_TRY_ASSIGN(out.wires, record.column("wires"));
    RW_TRY_ASSIGN(out.positions, record.column("positions"));
    for (const ColumnRef& column : {out.wires, out.positions}) {
        if (column->type() != number || column->size() != out.rows.rows || !column->validity().allValid())
            return brokenState("places of the newest rows");
    }
    return out;
}

/// Takes a row over.
LatestRows::Latest LatestRows::kept(const Restored& from, std::uint32_t row) {
    Latest latest;
    latest.slot = m_rows.add(from.rows, row);
    latest.time = from.rows.column(m_eventTime).at<Instant>(row);
    latest.wire = from.wires->at<std::int64_t>(row);
    latest.position = from.positions->at<std::int64_t>(row);
    return latest;
}

Status LatestRows::restoreKeys(const StateReader& record, int keyGroup) {
    RW_TRY_ASSIGN(const Restored restored, read(record));
    RW_TRY(m_keys.restore(restored.keys, restored.rows.rows, keyGroup));
    for (std::uint32_t row = 0; row < restored.rows.rows; ++row) m_latest.push_back(kept(restored, row));
    return {};
}

Status LatestRows::restoreChanges(const StateReader& record, int keyGroup) {
    RW_TRY_ASSIGN(const Restored restored, read(record));
    KeyTable now = m_keys.emptied();
    RW_TRY(now.restore(restored.keys, restored.rows.rows, keyGroup));
    std::vector<std::uint32_t> groups;
    m_keys.insert(now, everyRow(now.size()), groups);
    m_latest.resize(m_keys.size());
    for (std::uint32_t row = 0; row < restored.rows.rows; ++row) {
        Latest& latest = m_latest[groups[row]];
        if (latest.slot != kNoRow) m_rows.remove(latest.slot);
        latest = kept(restored, row);
    }
    return {};
}

Operator::StateSize LatestRows::stateSize() const {
    return {m_keys.memoryBytes() + m_rows.memoryBytes() + m_latest.capacity() * sizeof(Latest) +
                (m_changes ? m_changes->memoryBytes() : 0),
            m_keys.size()};
}

}  // namespace rw
