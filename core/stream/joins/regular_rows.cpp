#include "core/stream/joins/regular_rows.h"

#include <utility>

#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/cell_compare.h"

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
    m_byKey.remove(slot);
    m_byName.remove(slot);
}

void RegularRows::write(std::string_view name, StateWriter& out) const {
    const std::vector<RowSlot> slots = keptSlots(m_rows);
    if (slots.empty()) return;
    const Batch rows = m_rows.batchOf(slots);
    // Rows that are equal have met the same ones: no more than the columns is needed.
    const std::vector<std::uint32_t> order = orderByColumns(rows);
    Batch written = rows.select(order);
    written.schema = m_written.schema;
    if (m_shape.outer) {
        ColumnBuilder partners(Type::of(TypeId::Bigint));
        partners.reserve(order.size());
        for (const std::uint32_t row : order) partners.append(std::int64_t{m_partners[slots[row]]});
        written.columns.push_back(partners.finish());
    }
    writeKept(name, written, m_written, out);
}

Status RegularRows::read(std::string_view name, const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const std::vector<Batch> kept, readKept(state, name, m_written, own));
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
           m_partners.capacity() * sizeof(std::uint32_t);
}

}  // namespace rw
