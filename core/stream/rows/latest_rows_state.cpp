// The state of LatestRows: in one piece, and by change.
#include <algorithm>
#include <numeric>
#include <utility>

#include "core/stream/keys/state_columns.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/rows/latest_rows_parts.h"

namespace rw {

namespace {

constexpr std::uint32_t kLatestVersion = 1;
// A record of rows; one of rows that may replace those before them.
constexpr std::string_view kKeyedLatest = "latest", kChangedLatest = "changed_latest";
constexpr std::size_t kLatestOfPiece = 8'192, kLeastOfPiece = 64;
constexpr std::size_t kBytesOfPiece = std::size_t{4} << 20;  // about; long rows go fewer at a time

}  // namespace

template <class RowOf>
void LatestRows::write(std::vector<std::uint32_t> items, bool isNew, RowOf rowOf, StateWriter& out) const {
    const auto hashOf = [&](std::uint32_t item) { return rowOf(item).first; };
    forEachKeyGroup(std::move(items), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
        std::vector<RowSlot> slots;
        ColumnBuilder wires(Type::of(TypeId::Bigint)), positions(Type::of(TypeId::Bigint));
        for (const std::uint32_t item : some) {
            const Latest& latest = rowOf(item).second;
            slots.push_back(latest.slot);
            wires.append(latest.wire);
            positions.append(latest.position);
        }
        writeRecord(keyGroup, {m_table.rows.batchOf(slots), {}, wires.finish(), positions.finish()}, isNew,
                    out);
    });
}

void LatestRows::writeRecord(int keyGroup, const Restored& rows, bool isNew, StateWriter& out) const {
    out.keyed(isNew ? kKeyedLatest : kChangedLatest, keyGroup, kLatestVersion, [&](StateWriter& record) {
        record.batch("rows", rows.rows);
        record.column("wires", *rows.wires);
        record.column("positions", *rows.positions);
    });
}

void LatestRows::writeGroups(std::vector<std::uint32_t> groups, bool isNew, StateWriter& out) const {
    const auto rowOf = [this](std::uint32_t group) {
        return std::pair<std::uint64_t, const Latest&>(m_table.keys.hash(group), m_table.latest[group]);
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
        return std::pair<std::uint64_t, const Latest&>(replaced[item].hash, replaced[item].latest);
    };
    write(std::move(items), m_changes->whole, rowOf, out);
    m_table.rows.remove(slots);
    replaced.resize(left);
    if (left == 0) std::vector<Changes::Replaced>().swap(replaced);  // an assignment would keep the memory
}

Status LatestRows::snapshot(StateWriter& out) const {
    m_waiting.write(out);
    writeGroups(everyRow(m_table.latest.size()), true, out);
    return m_anyLeft ? writeAway(out) : Status();
}

void LatestRows::freeze(bool whole) {
    if (!m_changes) m_changes = std::make_unique<Changes>();
    // The files have rows of keys that are here again: what is here replaces those.
    m_changes->whole = whole && !m_anyLeft;
    m_changes->groups.resize(m_table.latest.size());
    if (whole) {
        m_changes->groups.freezeAll();
    } else {
        m_changes->groups.freeze();
    }
    if (m_anyLeft) m_writing = m_away->stored.freeze(whole);
}

std::size_t LatestRows::rowsOfPiece() const {
    const std::size_t bytes = m_table.rows.memoryBytes() / std::max(m_table.rows.slots(), std::size_t{1});
    return std::clamp(kBytesOfPiece / std::max(bytes, std::size_t{1}), kLeastOfPiece, kLatestOfPiece);
}

/// In the order in which it became so: of a key, the last one counts.
bool LatestRows::writePiece(StateWriter& out) {
    if (!m_writing.ok()) return true;
    if (leaving()) return true;  // files are to have what is frozen: it would be written twice
    if (m_away && m_away->stored.anyFrozen()) {
        m_writing = writeFrozenAway(out);
        if (!m_writing.ok()) return true;
    } else if (m_changes->groups.anyFrozen()) {
        std::vector<std::uint32_t> some;
        m_changes->groups.takeSome(rowsOfPiece(), some);
        writeGroups(std::move(some), m_changes->whole, out);
    } else {
        writeReplaced(rowsOfPiece(), out);
    }
    return m_changes->anyFrozen() || (m_away && m_away->stored.anyFrozen());
}

Status LatestRows::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto records, state.keyed(kKeyedLatest));
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        RW_TRY(restoreKeys(record, keyGroup));
        RW_TRY(leaveAtOnce());
    }
    RW_TRY_ASSIGN(const auto changes, state.keyed(kChangedLatest));
    for (const auto& [keyGroup, record] : changes) {
        if (!own.contains(keyGroup)) continue;
        RW_TRY(restoreChanges(record, keyGroup));
        RW_TRY(leaveAtOnce());
    }
    return m_waiting.restore(state, own);
}

Result<LatestRows::Restored> LatestRows::read(const StateReader& record) const {
    if (record.version() != kLatestVersion) return brokenState("version of the newest rows");
    Restored out;
    RW_TRY_ASSIGN(out.rows, record.batch("rows"));
    fitColumns(out.rows, m_shape.schema);
    if (out.rows.kinds) return brokenState("the newest rows");
    for (const int key : m_shape.keys) out.keys.push_back(out.rows.columns[static_cast<std::size_t>(key)]);
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
    latest.slot = m_table.rows.add(from.rows, row);
    latest.time = from.rows.column(m_eventTime).at<Instant>(row);
    latest.wire = from.wires->at<std::int64_t>(row);
    latest.position = from.positions->at<std::int64_t>(row);
    return latest;
}

Status LatestRows::restoreKeys(const StateReader& record, int keyGroup) {
    RW_TRY_ASSIGN(const Restored restored, read(record));
    RW_TRY(m_table.keys.restore(restored.keys, restored.rows.rows, keyGroup));
    for (std::uint32_t row = 0; row < restored.rows.rows; ++row)
        m_table.latest.push_back(kept(restored, row));
    makeRoom();
    return {};
}

Status LatestRows::restoreChanges(const StateReader& record, int keyGroup) {
    RW_TRY_ASSIGN(const Restored restored, read(record));
    KeyTable now = m_table.keys.emptied();
    RW_TRY(now.restore(restored.keys, restored.rows.rows, keyGroup));
    if (m_anyLeft) {
        m_away->keys.encode(now, everyRow(now.size()));
        RW_TRY(load(m_away->keys.keys()));
    }
    std::vector<std::uint32_t> groups;
    m_table.keys.insert(now, everyRow(now.size()), groups);
    m_table.latest.resize(m_table.keys.size());
    makeRoom();
    for (std::uint32_t row = 0; row < restored.rows.rows; ++row) {
        Latest& latest = m_table.latest[groups[row]];
        if (latest.slot != kNoRow) m_table.rows.remove(latest.slot);
        latest = kept(restored, row);
    }
    return {};
}

}  // namespace rw
