// Partitions as bytes of a state, by key group.

#include "core/patterns/partitions.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/state_columns.h"

namespace rw::patterns {

namespace {

constexpr std::uint32_t kVersion = 1;
constexpr const char* kPartitions = "partitions";

std::vector<Type> keyTypes(const Schema& keys) {
    std::vector<Type> types;
    for (const Field& field : keys.fields) types.push_back(field.type);
    return types;
}

/// rows, start, matches, fresh
const std::vector<Type>& countTypes() {
    static const std::vector<Type> types(4, Type::of(TypeId::Bigint));
    return types;
}

HeldShape keptShape(const MatchPlan& plan) {
    HeldShape shape{plan.kept, plan.keys, ColumnSet(plan.kept->size()), false};
    shape.read[static_cast<std::size_t>(plan.input.eventTime)] = true;
    for (const int key : plan.keys) shape.read[static_cast<std::size_t>(key)] = true;
    for (std::size_t column = plan.input.schema->size(); column < plan.kept->size(); ++column)
        shape.read[column] = true;
    return shape;
}

}  // namespace

void Partitions::writeGroup(std::span<const RowSlot> partitions, StateWriter& record) const {
    std::vector<ColumnBuilder> counts;
    for (const Type type : countTypes()) counts.emplace_back(type);
    std::vector<RowSlot> rows;
    for (const RowSlot slot : partitions) {
        const Partition& partition = m_partitions[slot];
        const auto first = partition.rows.begin() + static_cast<std::ptrdiff_t>(partition.begin);
        rows.insert(rows.end(), first, partition.rows.end());
        counts[0].append(static_cast<std::int64_t>(partition.rows.size() - partition.begin));
        counts[1].append(static_cast<std::int64_t>(partition.start - partition.begin));
        // Only what counts: a partition that is forgotten in between counts anew, and batches decide when.
        counts[2].append(m_plan.terms.numbered ? partition.matches : 0);
        counts[3].append(std::int64_t{m_plan.program.looksAtStart && !partition.fresh ? 0 : 1});
    }
    std::vector<ColumnRef> columns;
    for (ColumnBuilder& each : counts) columns.push_back(each.finish());
    std::string told;
    for (const RowSlot row : rows) told += static_cast<char>(m_told[row]);
    record.u64("partitions", partitions.size());
    writeColumns(record, "key", m_keys.gather(partitions));
    writeColumns(record, "count", columns);
    record.bytes("told", told);
    record.batch("rows", m_kept.batchOf(rows));
}

void Partitions::snapshot(StateWriter& out) const {
    const auto hashOf = [this](RowSlot slot) { return m_index.hash(slot); };
    forEachKeyGroup(keptSlots(m_keys), hashOf, [&](int group, std::span<const RowSlot> some) {
        out.keyed(kPartitions, group, kVersion, [&](StateWriter& record) { writeGroup(some, record); });
    });
}

Status Partitions::restore(const StateReader& state, const KeyGroups& own, std::vector<RowSlot>& slots,
                           std::vector<RowSlot>& partitions) {
    RW_TRY_ASSIGN(const auto records, state.keyed(kPartitions));
    for (const auto& [keyGroup, record] : records) {
        if (!own.contains(keyGroup)) continue;
        if (record.version() != kVersion) return brokenState("version of partitions");
        RW_TRY(restoreGroup(record, keyGroup, slots, partitions));
    }
    return {};
}

Status Partitions::restoreGroup(const StateReader& record, int keyGroup, std::vector<RowSlot>& slots,
                                std::vector<RowSlot>& partitions) {
    RW_TRY_ASSIGN(const std::uint64_t count, record.u64("partitions"));
    RW_TRY_ASSIGN(const auto counts, readColumns(record, "count", countTypes(), count));
    Batch keys;
    keys.schema = m_keySchema;
    keys.rows = count;
    RW_TRY_ASSIGN(keys.columns, readColumns(record, "key", keyTypes(*m_keySchema), count));
    std::vector<std::uint64_t> rowHashes, hashes;
    RW_TRY_ASSIGN(const Batch rows, readRowsOfGroup(record, keptShape(m_plan), keyGroup, rowHashes));
    RW_TRY_ASSIGN(const std::string_view told, record.bytes("told"));
    if (told.size() != rows.rows) return brokenState("rows of partitions");
    std::vector<const Column*> columns;
    for (const ColumnRef& column : keys.columns) columns.push_back(column.get());
    hashKeys(columns, keys.rows, hashes);

    std::vector<RowSlot> added;
    m_kept.add(rows, everyRow(rows.rows), added);
    addSlots(added);
    std::size_t next = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::int64_t length = counts[0]->at<std::int64_t>(i), start = counts[1]->at<std::int64_t>(i);
        if (length < 0 || static_cast<std::uint64_t>(length) > rows.rows - next || start < 0 ||
            start > length)
            return brokenState("counts of a partition");
        if (start > m_plan.terms.behind || (start == length && !m_plan.remembersPartitions()))
            return brokenState("rows that no match needs");
        bool known = keyGroupOf(hashes[i]) != keyGroup;
        m_index.forEach(hashes[i], columns, i, [&known](RowSlot) { known = true; });
        if (known) return brokenState("key of a partition");
        const RowSlot slot = newPartition(keys, i, hashes[i]);
        Partition& partition = m_partitions[slot];
        for (std::int64_t row = 0; row < length; ++row, ++next) {
            if (rowHashes[next] != hashes[i]) return brokenState("row of a partition");
            partition.rows.push_back(added[next]);
            m_told[added[next]] = told[next] != 0 ? 1 : 0;
            slots.push_back(added[next]);
            partitions.push_back(slot);
        }
        m_places += partition.rows.size();
        partition.unjudged = partition.rows.size();
        partition.start = static_cast<std::size_t>(start);
        partition.matches = counts[2]->at<std::int64_t>(i);
        partition.fresh = counts[3]->at<std::int64_t>(i) != 0;
        settle(slot, kMinTimestamp);
    }
    return next == rows.rows ? Status() : brokenState("rows of partitions");
}

}  // namespace rw::patterns
