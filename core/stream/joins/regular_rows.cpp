#include "core/stream/joins/regular_rows.h"

#include <utility>

#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/cell_compare.h"
#include "core/stream/rows/standing_rows.h"

namespace rw {

HeldShape RegularRows::writtenShape(const Shape& shape) {
    HeldShape written = shape.rows;
    if (!shape.outer) return written;
    Schema schema = *written.schema;
    schema.fields.push_back({"partners", Type::of(TypeId::Bigint)});
    written.schema = std::make_shared<const Schema>(std::move(schema));
    written.read.push_back(true);
    return written;
}

RegularRows::RegularRows(Shape shape)
    : m_shape(std::move(shape)),
      m_written(writtenShape(m_shape)),
      m_rows(m_shape.rows.schema),
      m_byKey(m_rows, m_shape.rows.keys),
      m_byName(m_rows, m_shape.names, true) {}

RowSlot RegularRows::addAlone(const Batch& batch, std::uint32_t row) {
    const RowSlot slot = m_rows.add(batch, row);
    if (m_shape.outer) {
        m_partners.resize(m_rows.slots());
        m_partners[slot] = 0;
    }
    return slot;
}

RowSlot RegularRows::add(const Batch& batch, std::uint32_t row, std::uint64_t hash, std::uint64_t name) {
    const RowSlot slot = addAlone(batch, row);
    if (m_changes) m_changes->came(slot);
    m_byKey.add(slot, hash);
    if (!m_shape.names.empty()) m_byName.add(slot, name);
    return slot;
}

RowSlot RegularRows::find(std::span<const Column* const> names, std::uint32_t row, std::uint64_t name) const {
    const auto found = [&](RowSlot slot) {
        return m_byName.has(slot, name, names, row) && (m_shape.keyed || same(slot, names, row));
    };
    RowSlot slot = m_byName.first(name);
    while (slot != kNoRow && !found(slot)) slot = m_byName.behind(slot);
    return slot;
}

bool RegularRows::same(RowSlot slot, std::span<const Column* const> names, std::uint32_t row) const {
    for (std::size_t i = 0; i < names.size(); ++i) {
        const KeptCell kept{m_rows, m_shape.names[i], slot};
        if (compareCells(names[i]->type(), kept, ColumnCell{names[i], row}) != 0) return false;
    }
    return true;
}

void RegularRows::hide(RowSlot slot) {
    if (m_changes) m_changes->willLeave(slot);
    m_byKey.remove(slot);
    m_byName.remove(slot);
}

void RegularRows::write(std::string_view name, StateWriter& out) const {
    const std::vector<RowSlot> slots = keptSlots(m_rows);
    if (slots.empty()) return;
    const Batch rows = m_rows.batchOf(slots);
    // Rows that are equal have met the same ones: no more than the columns is needed.
    const std::vector<std::uint32_t> order = orderByColumns(rows);
    std::vector<std::int64_t> partners;
    for (const std::uint32_t row : order) partners.push_back(numberOf(slots[row]));
    writeKept(name, written(rows.select(order), partners), m_written, out);
}

Batch RegularRows::written(Batch rows, std::span<const std::int64_t> partners) const {
    rows.schema = m_written.schema;
    if (!m_shape.outer) return rows;
    ColumnBuilder counts(Type::of(TypeId::Bigint));
    counts.reserve(partners.size());
    for (const std::int64_t each : partners) counts.append(each);
    rows.columns.push_back(counts.finish());
    return rows;
}

void RegularRows::freeze(bool whole) {
    const RowsBySlot& self = *this;
    if (!m_changes) m_changes = std::make_unique<ChangingSlots>(m_rows, self, kHeldVersion);
    m_changes->freeze(whole);
}

void RegularRows::writeRows(Batch rows, std::span<const std::int64_t> numbers, StateWriter& record) const {
    record.batch("rows", written(std::move(rows), numbers));
}

Status RegularRows::read(std::string_view name, const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const std::vector<Batch> kept, readStanding(state, name, m_written, own));
    std::vector<std::uint64_t> hashes, names;
    for (const Batch& batch : kept) {
        hashKeys(batch, m_shape.rows.keys, hashes);
        hashKeys(batch, m_shape.names, names);
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            const RowSlot slot = add(batch, row, hashes[row], names[row]);
            if (!m_shape.outer) continue;
            const auto partners = batch.columns.back()->at<std::int64_t>(row);
            if (partners < 0 || partners >= std::int64_t{kNoRow}) return brokenState("partners of a row");
            m_partners[slot] = static_cast<std::uint32_t>(partners);
        }
    }
    return {};
}

std::size_t RegularRows::memoryBytes() const {
    return m_rows.memoryBytes() + m_byKey.memoryBytes() + m_byName.memoryBytes() +
           m_partners.capacity() * sizeof(std::uint32_t) + (m_changes ? m_changes->memoryBytes() : 0);
}

}  // namespace rw
