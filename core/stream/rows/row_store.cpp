#include "core/stream/rows/row_store.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/data/visit_type.h"
#include "core/data/with_width.h"

namespace rw {

namespace {

constexpr std::size_t kFirstHeads = 16;

/// Bytes that a string holds besides itself.
std::size_t heapBytes(const std::string& text) {
    static const std::size_t kInside = std::string().capacity();
    return text.capacity() > kInside ? text.capacity() + 1 : 0;
}

std::int64_t integerAt(Type type, const std::byte* value) {
    if (widthOf(type.id) == sizeof(std::int32_t)) {
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
        stored.width = isReference(field.type.id) ? 0 : widthOf(field.type.id);
        m_columns.push_back(std::move(stored));
    }
}

RowSlot RowStore::add(const Batch& batch, std::uint32_t row) {
    RowSlot slot = kNoRow;
    place(batch, {&row, 1}, {&slot, 1});
    return slot;
}

void RowStore::add(const Batch& batch, std::span<const std::uint32_t> rows, std::vector<RowSlot>& slots) {
    if (rows.empty()) return;
    const std::size_t before = slots.size();
    slots.resize(before + rows.size());
    place(batch, rows, std::span(slots).subspan(before));
}

RowSlot RowStore::add(const RowStore& other, RowSlot row) {
    RowSlot slot = kNoRow;
    takeSlots({&slot, 1});
    for (std::size_t i = 0; i < m_columns.size(); ++i) put(m_columns[i], other.m_columns[i], row, slot);
    return slot;
}

void RowStore::place(const Batch& batch, std::span<const std::uint32_t> rows, std::span<RowSlot> slots) {
    takeSlots(slots);
    for (std::size_t i = 0; i < m_columns.size(); ++i) put(m_columns[i], batch.columns[i].get(), rows, slots);
}

/// Those that were given back last first: they are likelier to be in the cache.
void RowStore::takeSlots(std::span<RowSlot> slots) {
    const std::size_t again = std::min(slots.size(), m_free.size());
    std::copy_n(m_free.rbegin(), again, slots.begin());
    m_free.resize(m_free.size() - again);
    const std::span<RowSlot> fresh = slots.subspan(again);
    std::iota(fresh.begin(), fresh.end(), static_cast<RowSlot>(m_used.size()));
    m_used.resize(m_used.size() + fresh.size());
    for (const RowSlot slot : slots) m_used[slot] = 1;
}

void RowStore::put(Stored& stored, const Column* column, std::span<const std::uint32_t> rows,
                   std::span<const RowSlot> slots) {
    if (!column && !stored.built) return;
    // Rows that are there already did not have it.
    if (!stored.built && size() > slots.size()) stored.nulls.assign(m_used.size(), 1);
    stored.built = true;
    if (!stored.nulls.empty() || !column || !column->validity().allValid()) {
        stored.nulls.resize(m_used.size());
        for (std::size_t i = 0; i < slots.size(); ++i)
            stored.nulls[slots[i]] = !column || column->isNull(rows[i]) ? 1 : 0;
    }
    if (isReference(stored.type.id)) {
        stored.texts.resize(m_used.size());
        if (column) putTexts(stored, *column, rows, slots);
        return;
    }
    stored.values.resize(m_used.size() * stored.width);
    withWidth(stored.width, [&](auto unit) {
        using Unit = decltype(unit);
        const auto* from = column ? reinterpret_cast<const Unit*>(column->raw()) : nullptr;
        auto* to = reinterpret_cast<Unit*>(stored.values.data());
        for (std::size_t i = 0; i < slots.size(); ++i) to[slots[i]] = from ? from[rows[i]] : Unit{};
    });
}

void RowStore::putTexts(Stored& stored, const Column& column, std::span<const std::uint32_t> rows,
                        std::span<const RowSlot> slots) {
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (column.isNull(rows[i])) continue;
        std::string& text = stored.texts[slots[i]];
        text = std::string(column.string(rows[i]));
        m_textBytes += heapBytes(text);
    }
}

void RowStore::put(Stored& stored, const Stored& other, RowSlot row, RowSlot slot) {
    if (!other.built && !stored.built) return;
    // Rows that are there already did not have it.
    if (!stored.built && size() > 1) stored.nulls.assign(m_used.size(), 1);
    stored.built = true;
    const bool null = other.isNull(row);
    if (!stored.nulls.empty() || null) {
        stored.nulls.resize(m_used.size());
        stored.nulls[slot] = null ? 1 : 0;
    }
    if (isReference(stored.type.id)) {
        stored.texts.resize(m_used.size());
        if (null) return;
        stored.texts[slot] = other.texts[row];
        m_textBytes += heapBytes(stored.texts[slot]);
        return;
    }
    stored.values.resize(m_used.size() * stored.width);
    std::byte* const to = stored.values.data() + slot * stored.width;
    if (other.built) {
        std::memcpy(to, other.values.data() + row * stored.width, stored.width);
    } else {
        std::memset(to, 0, stored.width);
    }
}

void RowStore::remove(std::span<const RowSlot> slots) {
    for (const RowSlot slot : slots) m_used[slot] = 0;
    // Reversed, so that they are used again in their order: rows that come together lie side by side.
    m_free.insert(m_free.end(), slots.rbegin(), slots.rend());
    for (Stored& stored : m_columns) {
        if (stored.texts.empty()) continue;
        for (const RowSlot slot : slots) {
            m_textBytes -= heapBytes(stored.texts[slot]);
            std::string().swap(stored.texts[slot]);  // an assignment would keep the bytes
        }
    }
}

std::size_t RowStore::textBytes(RowSlot slot) const {
    std::size_t bytes = 0;
    for (const Stored& stored : m_columns) bytes += stored.texts.empty() ? 0 : stored.texts[slot].size();
    return bytes;
}

bool RowStore::equals(int column, RowSlot slot, const Column& other, std::size_t row) const {
    const Stored& stored = at(column);
    if (stored.isNull(slot) || other.isNull(row)) return false;
    if (isReference(stored.type.id)) return stored.texts[slot] == other.string(row);
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
    if (isReference(stored.type.id)) return gatherTexts(stored, slots);
    RawBytes values(slots.size() * stored.width);
    withWidth(stored.width, [&](auto unit) {
        using Unit = decltype(unit);
        const auto* from = reinterpret_cast<const Unit*>(stored.values.data());
        auto* to = reinterpret_cast<Unit*>(values.data());
        for (std::size_t i = 0; i < slots.size(); ++i) to[i] = slots[i] == kNoRow ? Unit{} : from[slots[i]];
    });
    Validity validity;
    if (!stored.nulls.empty() || std::find(slots.begin(), slots.end(), kNoRow) != slots.end()) {
        for (std::size_t i = 0; i < slots.size(); ++i) {
            if (slots[i] == kNoRow || stored.isNull(slots[i])) validity.setNull(i, slots.size());
        }
    }
    return std::make_shared<const Column>(stored.type, slots.size(), std::move(values), std::move(validity));
}

ColumnRef RowStore::gatherTexts(const Stored& stored, std::span<const RowSlot> slots) {
    ColumnBuilder texts(stored.type);
    texts.reserve(slots.size());
    for (const RowSlot slot : slots) {
        if (slot == kNoRow || stored.isNull(slot)) {
            texts.appendNull();
        } else {
            texts.appendString(stored.texts[slot]);
        }
    }
    return texts.finish();
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

std::size_t RowStore::growth(std::size_t rows) const {
    const std::size_t slots = m_used.size() + rows - std::min(rows, m_free.size());
    const auto more = [slots](const auto& entries, std::size_t ofSlot) {
        const std::size_t after = slots * ofSlot, room = entries.capacity();
        return after > room ? std::max(after, 2 * room) - room : 0;
    };
    std::size_t bytes = more(m_used, 1);
    for (const Stored& stored : m_columns) {
        if (!stored.values.empty()) bytes += more(stored.values, stored.width);
        if (!stored.nulls.empty()) bytes += more(stored.nulls, 1);
        if (!stored.texts.empty()) bytes += more(stored.texts, 1) * sizeof(std::string);
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
