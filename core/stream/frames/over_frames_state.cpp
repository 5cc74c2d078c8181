// The frames of an over aggregation as bytes of a state: of bounded frames the rows, of unbounded ones the
// aggregates.
#include <algorithm>

#include "core/stream/frames/over_frames.h"
#include "core/stream/rows/held_state.h"

namespace rw {

namespace {

constexpr std::uint32_t kFramesVersion = 1;

/// Columns of a saved batch, from `from` on.
Batch columnsFrom(const Batch& saved, std::size_t from, const SchemaRef& schema) {
    Batch out;
    out.schema = schema;
    out.rows = saved.rows;
    for (std::size_t i = 0; i < schema->size(); ++i) out.columns.push_back(saved.columns[from + i]);
    return out;
}

bool asSaved(const Batch& saved, const Schema& schema) {
    const auto missing = [](const ColumnRef& column) { return column == nullptr; };
    return *saved.schema == schema && !saved.kinds && !saved.stamps &&
           std::none_of(saved.columns.begin(), saved.columns.end(), missing);
}

}  // namespace

Batch OverFrames::stateOf(std::span<const RowSlot> partitions) const {
    Batch saved;
    if (m_plan.frame.unbounded()) {
        saved = m_keys.batchOf(partitions);
        ColumnBuilder rows(Type::of(TypeId::Bigint));
        for (const RowSlot at : partitions) rows.append(m_partitions[at].rows);
        saved.columns.push_back(rows.finish());
    } else {
        std::vector<RowSlot> ofEach, rows;
        for (const RowSlot at : partitions) {
            for (RowSlot row = m_partitions[at].oldest; row != kNoRow; row = m_links[row].next) {
                ofEach.push_back(at);
                rows.push_back(row);
            }
        }
        saved = m_keys.batchOf(ofEach);
        for (ColumnRef& column : m_kept.gather(rows)) saved.columns.push_back(std::move(column));
    }
    saved.schema = m_columns.state;
    return saved;
}

void OverFrames::snapshot(StateWriter& out) const {
    std::vector<RowSlot> all;
    for (RowSlot at = 0; at < m_keys.slots(); ++at) {
        if (m_keys.contains(at)) all.push_back(at);
    }
    const auto hashOf = [this](RowSlot at) { return m_index.hash(at); };
    forEachKeyGroup(std::move(all), hashOf, [&](int group, std::span<const RowSlot> some) {
        out.keyed("partitions", group, kFramesVersion, [&](StateWriter& record) {
            record.batch("rows", stateOf(some));
            if (m_plan.frame.unbounded()) m_aggregates.snapshot(some, record);
        });
    });
}

Status OverFrames::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto records, state.keyed("partitions"));
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        if (record.version() != kFramesVersion) return brokenState("version of partitions");
        RW_TRY_ASSIGN(const Batch saved, record.batch("rows"));
        if (!asSaved(saved, *m_columns.state)) return brokenState("rows of partitions");
        std::vector<RowSlot> partitions = find(columnsFrom(saved, 0, m_columns.keys));
        for (const std::uint64_t hash : m_hashes) {
            if (keyGroupOf(hash) != keyGroup) return brokenState("a partition among those of other keys");
        }
        if (m_plan.frame.unbounded()) {
            RW_TRY(restoreSums(saved, partitions, record));
        } else {
            RW_TRY(restoreRows(saved, std::move(partitions)));
        }
    }
    return {};
}

Status OverFrames::restoreRows(const Batch& saved, std::vector<RowSlot> partitions) {
    OverRows placed;
    placed.operands = columnsFrom(saved, m_columns.keys->size(), m_columns.kept);
    placed.partitions = std::move(partitions);
    const std::span<const Instant> times = placed.operands.column(0).values<Instant>();
    std::vector<Instant> newest(m_keys.slots(), kMinTimestamp);
    for (std::size_t row = 0; row < saved.rows; ++row) {
        if (times[row] < std::exchange(newest[placed.partitions[row]], times[row]))
            return brokenState("the order of rows in a frame");
    }
    enter(placed, everyRow(saved.rows));
    if (m_plan.frame.unit == Frame::Unit::Range) return {};
    const bool tooMany = std::any_of(placed.partitions.begin(), placed.partitions.end(), [this](RowSlot at) {
        return m_partitions[at].rows > *m_plan.frame.preceding;
    });
    return tooMany ? brokenState("the rows of a frame") : Status();
}

Status OverFrames::restoreSums(const Batch& saved, std::span<const RowSlot> partitions,
                               const StateReader& record) {
    const std::span<const std::int64_t> rows = saved.columns.back()->values<std::int64_t>();
    for (std::size_t i = 0; i < partitions.size(); ++i) {
        Partition& partition = m_partitions[partitions[i]];
        if (partition.rows != 0 || rows[i] < 1) return brokenState("a partition that is there twice");
        partition.rows = rows[i];
    }
    return m_aggregates.restore(partitions, record);
}

}  // namespace rw
