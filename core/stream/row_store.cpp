#include "core/stream/row_store.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace rw {

namespace {

constexpr std::size_t kFirstHeads = 16;

/// Bytes that a string holds besides itself.
std::size_t heapBytes(const std::string& text) {
    static const std::size_t kInside = std::string().capacity();
    return text.capacity() > kInside ? text.capacity() + 1 : 0;
}

std::int64_t integerAt(Type type, const std::byte* value) {
    if (type.is(TypeId::Int) || type.is(TypeId::Date)) {
        std::int32_t small = 0;
        std::memcpy(&small, value, sizeof small);
        return small;
    }
    std::int64_t large = 0;
    std::memcpy(&large, value, sizeof large);
    return large;
}

bool sameDouble(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

}  // namespace

RowStore::RowStore(SchemaRef schema) : m_schema(std::move(schema)) {
    for (const Field& field : m_schema->fields) {
        Stored stored;
        stored.type = field.type;
        stored.width = field.type.is(TypeId::String) ? 0 : widthOf(field.type.id);
        m_columns.push_back(std::move(stored));
    }
}

RowSlot RowStore::add(const Batch& batch, std::uint32_t row) {
    auto slot = static_cast<RowSlot>(m_used.size());
    if (m_free.empty()) {
        m_used.push_back(1);
        for (Stored& stored : m_columns) {
            stored.values.resize(stored.values.size() + stored.width);
            stored.nulls.push_back(1);
            if (stored.type.is(TypeId::String)) stored.texts.emplace_back();
        }
    } else {
        slot = m_free.back();
        m_free.pop_back();
        m_used[slot] = 1;
    }
    for (std::size_t i = 0; i < m_columns.size(); ++i) put(m_columns[i], slot, batch.columns[i].get(), row);
    return slot;
}

void RowStore::put(Stored& stored, RowSlot slot, const Column* column, std::uint32_t row) {
    if (!column) return;
    stored.built = true;
    stored.nulls[slot] = column->isNull(row) ? 1 : 0;
    if (stored.type.is(TypeId::String)) {
        if (column->isNull(row)) return;
        stored.texts[slot] = std::string(column->string(row));
        m_textBytes += heapBytes(stored.texts[slot]);
    } else {
        std::memcpy(stored.values.data() + slot * stored.width, column->raw() + row * stored.width,
                    stored.width);
    }
}

void RowStore::remove(RowSlot slot) {
    m_used[slot] = 0;
    m_free.push_back(slot);
    for (Stored& stored : m_columns) {
        stored.nulls[slot] = 1;
        if (!stored.type.is(TypeId::String)) continue;
        m_textBytes -= heapBytes(stored.texts[slot]);
        stored.texts[slot] = std::string();
    }
}

bool RowStore::equals(int column, RowSlot slot, const Column& other, std::size_t row) const {
    const Stored& stored = at(column);
    if (stored.nulls[slot] != 0 || other.isNull(row)) return false;
    if (stored.type.is(TypeId::String)) return stored.texts[slot] == other.string(row);
    const std::byte* mine = stored.values.data() + slot * stored.width;
    const std::size_t width = widthOf(other.type().id);
    const std::byte* theirs = other.raw() + row * width;
    if (stored.type.is(TypeId::Double)) return sameDouble(value<double>(column, slot), other.at<double>(row));
    if (stored.width == width) return std::memcmp(mine, theirs, width) == 0;
    return integerAt(stored.type, mine) == integerAt(other.type(), theirs);
}

std::vector<ColumnRef> RowStore::gather(std::span<const RowSlot> slots) const {
    std::vector<ColumnRef> columns;
    columns.reserve(m_columns.size());
    for (const Stored& stored : m_columns) columns.push_back(gatherOne(stored, slots));
    return columns;
}

ColumnRef RowStore::gatherOne(const Stored& stored, std::span<const RowSlot> slots) {
    if (!stored.built) return nullptr;
    const auto isNull = [&](RowSlot slot) { return slot == kNoRow || stored.nulls[slot] != 0; };
    if (stored.type.is(TypeId::String)) {
        ColumnBuilder texts(stored.type);
        texts.reserve(slots.size());
        for (const RowSlot slot : slots) {
            if (isNull(slot)) {
                texts.appendNull();
            } else {
                texts.appendString(stored.texts[slot]);
            }
        }
        return texts.finish();
    }
    RawBytes values(slots.size() * stored.width, std::byte{0});
    Validity validity;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (isNull(slots[i])) {
            validity.setNull(i, slots.size());
        } else {
            std::memcpy(values.data() + i * stored.width, stored.values.data() + slots[i] * stored.width,
                        stored.width);
        }
    }
    return std::make_shared<const Column>(stored.type, slots.size(), std::move(values), std::move(validity));
}

Batch RowStore::batchOf(std::span<const RowSlot> slots) const {
    Batch batch;
    batch.schema = m_schema;
    batch.columns = gather(slots);
    batch.rows = slots.size();
    return batch;
}

std::size_t RowStore::memoryBytes() const {
    std::size_t bytes = m_used.capacity() + m_free.capacity() * sizeof(RowSlot) + m_textBytes;
    for (const Stored& stored : m_columns) {
        bytes += stored.values.capacity() + stored.nulls.capacity() +
                 stored.texts.capacity() * sizeof(std::string);
    }
    return bytes;
}

void RowsByKey::add(RowSlot slot, std::uint64_t hash) {
    if (m_size >= m_heads.size()) grow();
    if (m_links.size() <= slot) m_links.resize(slot + std::size_t{1});
    m_links[slot].hash = hash;
    m_links[slot].in = true;
    link(slot);
    ++m_size;
}

void RowsByKey::link(RowSlot slot) {
    RowSlot& head = m_heads[placeOf(m_links[slot].hash)];
    m_links[slot].next = head;
    m_links[slot].previous = kNoRow;
    if (head != kNoRow) m_links[head].previous = slot;
    head = slot;
}

void RowsByKey::grow() {
    m_heads.assign(std::max(kFirstHeads, m_heads.size() * 2), kNoRow);
    for (RowSlot slot = 0; slot < m_links.size(); ++slot) {
        if (m_links[slot].in) link(slot);
    }
}

void RowsByKey::remove(RowSlot slot) {
    if (slot >= m_links.size() || !m_links[slot].in) return;
    const Link gone = std::exchange(m_links[slot], Link{});
    if (gone.previous == kNoRow) {
        m_heads[placeOf(gone.hash)] = gone.next;
    } else {
        m_links[gone.previous].next = gone.next;
    }
    if (gone.next != kNoRow) m_links[gone.next].previous = gone.previous;
    --m_size;
}

bool RowsByKey::matches(RowSlot slot, std::span<const Column* const> columns, std::size_t row) const {
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        const bool nulls = m_nullsMeet && m_rows.isNull(m_keys[i], slot) && columns[i]->isNull(row);
        if (!nulls && !m_rows.equals(m_keys[i], slot, *columns[i], row)) return false;
    }
    return true;
}

}  // namespace rw
