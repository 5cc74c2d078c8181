#include "core/store/delta_table.h"

#include <algorithm>
#include <numeric>

namespace rw {

/// Where the key is, or would be. At the low bits of its hash: all of a table have the same high ones.
std::size_t DeltaTable::slotOf(const StoreKey& key) const {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = key.hash & mask;
    for (; m_slots[slot] != kAbsent; slot = (slot + 1) & mask) {
        const Entry& entry = m_entries[m_slots[slot]];
        if (entry.hash == key.hash && this->key(m_slots[slot]).bytes == key.bytes) break;
    }
    return slot;
}

std::uint32_t DeltaTable::find(const StoreKey& key) const {
    return m_slots[slotOf(key)];
}

void DeltaTable::grow() {
    m_slots.assign(m_slots.size() * 2, kAbsent);
    const std::size_t mask = m_slots.size() - 1;
    for (std::uint32_t number = 0; number < m_entries.size(); ++number) {
        std::size_t slot = m_entries[number].hash & mask;
        while (m_slots[slot] != kAbsent) slot = (slot + 1) & mask;
        m_slots[slot] = number;
    }
}

void DeltaTable::set(const StoreKey& key, std::optional<std::string_view> value) {
    const std::size_t slot = slotOf(key);
    std::uint32_t number = m_slots[slot];
    if (number == kAbsent) {
        number = static_cast<std::uint32_t>(m_entries.size());
        m_slots[slot] = number;
        m_entries.push_back(
            {key.hash, m_bytes.size(), 0, static_cast<std::uint32_t>(key.bytes.size()), kErased, 0});
        m_bytes += key.bytes;
        if (m_entries.size() * 2 > m_slots.size()) grow();
    }
    Entry& entry = m_entries[number];
    if (!value) {
        entry.valueSize = kErased;
        return;
    }
    const auto size = static_cast<std::uint32_t>(value->size());
    if (size <= entry.room) {
        value->copy(m_bytes.data() + entry.valueAt, size);
    } else {
        entry.valueAt = m_bytes.size();
        entry.room = size;
        m_bytes += *value;
    }
    entry.valueSize = size;
}

StoreKey DeltaTable::key(std::uint32_t number) const {
    const Entry& entry = m_entries[number];
    return {entry.hash, std::string_view(m_bytes).substr(entry.keyAt, entry.keySize)};
}

std::optional<std::string_view> DeltaTable::value(std::uint32_t number) const {
    const Entry& entry = m_entries[number];
    if (entry.valueSize == kErased) return std::nullopt;
    return std::string_view(m_bytes).substr(entry.valueAt, entry.valueSize);
}

std::vector<std::uint32_t> DeltaTable::sorted() const {
    std::vector<std::uint32_t> numbers(m_entries.size());
    std::iota(numbers.begin(), numbers.end(), 0U);
    std::sort(numbers.begin(), numbers.end(),
              [this](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    return numbers;
}

}  // namespace rw
