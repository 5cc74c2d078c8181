#include "core/stream/rows/held_state.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/data/column_index.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/cell_compare.h"
#include "core/stream/window_assigner.h"

namespace rw {

namespace {

constexpr std::size_t kHeldOfPiece = 8'192;

Status checkHeld(const Batch& batch, const HeldShape& shape) {
    if ((batch.kinds && !shape.kinds) || batch.wire < 0 || (batch.stamps != nullptr) != shape.stamps) {
        return brokenState("rows that wait");
    }
    if (batch.positions.known() && batch.positions.first > WindowAssigner::kFarthest)
        return brokenState("positions of rows that wait");
    for (std::size_t i = 0; i < shape.read.size(); ++i) {
        if (shape.read[i] && !batch.columns[i]) return brokenState("columns of rows that wait");
    }
    return {};
}

}  // namespace

std::vector<Type> HeldShape::keyTypes() const {
    std::vector<Type> types;
    for (const int key : keys) types.push_back(schema->fields[static_cast<std::size_t>(key)].type);
    return types;
}

void fitColumns(Batch& rows, const SchemaRef& schema) {
    if (*rows.schema == *schema) return;
    const ColumnIndex places(*rows.schema);
    std::vector<ColumnRef> columns;
    for (const Field& field : schema->fields) {
        const auto found = places.find(field.name);
        const auto at = static_cast<std::size_t>(found.value_or(0));
        const bool same = found && rows.schema->fields[at].type == field.type;
        columns.push_back(same ? rows.columns[at] : nullptr);
    }
    rows.schema = schema;
    rows.columns = std::move(columns);
}

std::vector<std::uint32_t> everyRow(std::size_t rows) {
    std::vector<std::uint32_t> all(rows);
    std::iota(all.begin(), all.end(), 0U);
    return all;
}

std::vector<RowSlot> keptSlots(const RowStore& rows) {
    std::vector<RowSlot> slots;
    slots.reserve(rows.size());
    for (RowSlot slot = 0; slot < rows.slots(); ++slot) {
        if (rows.contains(slot)) slots.push_back(slot);
    }
    return slots;
}

std::vector<int> everyColumn(const Schema& schema) {
    std::vector<int> all(schema.size());
    std::iota(all.begin(), all.end(), 0);
    return all;
}

ColumnSet orderingColumns(const StreamType& input) {
    ColumnSet columns(input.schema->size(), input.orderedByColumns());
    columns[static_cast<std::size_t>(input.eventTime)] = true;
    return columns;
}

void writeHeld(const HeldRows& rows, const HeldShape& shape, StateWriter& out) {
    writeHeld(rows.waiting(), shape, out);
}

bool writeHeldPiece(HeldRows& rows, const HeldShape& shape, StateWriter& out) {
    writeHeld(rows.takeFrozen(kHeldOfPiece), shape, out);
    return rows.anyFrozen();
}

void writeHeld(std::span<const Batch> batches, const HeldShape& shape, StateWriter& out) {
    for (const Batch& batch : batches) writeKept(kHeldRecords, batch, shape, out);
}

Result<std::vector<Batch>> readHeld(const StateReader& state, const HeldShape& shape, const KeyGroups& own) {
    return readKept(state, kHeldRecords, shape, own);
}

std::vector<std::uint32_t> orderByColumns(const Batch& rows) {
    std::vector<std::uint32_t> order = everyRow(rows.rows);
    std::sort(order.begin(), order.end(), [&rows](std::uint32_t a, std::uint32_t b) {
        return compareRows(rows.columns, a, rows.columns, b) < 0;
    });
    return order;
}

void writeKept(std::string_view name, const Batch& rows, const HeldShape& shape, StateWriter& out) {
    std::vector<std::uint64_t> hashes;
    hashKeys(rows, shape.keys, hashes);
    const auto hashOf = [&hashes](std::uint32_t row) { return hashes[row]; };
    forEachKeyGroup(everyRow(rows.rows), hashOf, [&](int group, std::span<const std::uint32_t> some) {
        writeKept(name, group, rows.select(some), out);
    });
}

void writeKept(std::string_view name, int keyGroup, const Batch& rows, StateWriter& out) {
    out.keyed(name, keyGroup, kHeldVersion, [&rows](StateWriter& record) { record.batch("rows", rows); });
}

Result<std::vector<Batch>> readKept(const StateReader& state, std::string_view name, const HeldShape& shape,
                                    const KeyGroups& own) {
    std::vector<Batch> batches;
    RW_TRY_ASSIGN(const auto kept, state.keyed(name));
    std::vector<std::uint64_t> hashes;
    for (const auto& [keyGroup, record] : kept) {
        if (!own.contains(keyGroup)) continue;
        if (record.version() != kHeldVersion) return brokenState("version of rows that wait");
        RW_TRY_ASSIGN(Batch batch, readRowsOfGroup(record, shape, keyGroup, hashes));
        batches.push_back(std::move(batch));
    }
    return batches;
}

Result<Batch> readRowsOfGroup(const StateReader& record, const HeldShape& shape, int keyGroup,
                              std::vector<std::uint64_t>& hashes) {
    RW_TRY_ASSIGN(Batch batch, record.batch("rows"));
    fitColumns(batch, shape.schema);
    RW_TRY(checkHeld(batch, shape));
    hashKeys(batch, shape.keys, hashes);
    for (const std::uint64_t hash : hashes) {
        if (keyGroupOf(hash) != keyGroup) return brokenState("a row among those of other keys");
    }
    return batch;
}

}  // namespace rw
