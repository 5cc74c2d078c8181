// A set of values of one type, small at first: what DISTINCT has seen of one group.
#pragma once
#include <algorithm>
#include <bit>
#include <vector>

#include "core/data/hash.h"
#include "core/sql/aggregates/accumulate.h"

namespace rw::sql {

/// T is the memory type of the values. Doubles are the same when they are the same key.
template <class T>
class ValueSet {
 public:
    /// Whether `value`, of this hash, is new. Adds what heapBytes() grows by to `bytes`.
    bool insert(const T& value, std::uint64_t hash, std::size_t& bytes) {
        if (m_values.size() < kScanned) {
            for (const Kept<T>& known : m_values) {
                if (same(known, value)) return false;
            }
        } else {
            std::uint32_t& slot = slotOf(hash, value);
            if (slot != kFree) return false;
            slot = static_cast<std::uint32_t>(m_values.size());
        }
        if (m_values.size() == m_values.capacity()) bytes += makeRoom();
        keep<T>(m_values.emplace_back(), value);
        const std::size_t text = sql::heapBytes(m_values.back());
        m_textBytes += text;
        bytes += text;
        if (m_values.size() >= kScanned && m_slots.size() < m_values.size() * 2)
            bytes += rehash(m_values.size() * 4);
        return true;
    }
    bool insert(const T& value, std::size_t& bytes) { return insert(value, hashValue(value), bytes); }
    /// Asks for the memory that insert() will look at first, and then, when that is there, for what comes
    /// next.
    void prefetchSlot(std::uint64_t hash) const {
        if (!m_slots.empty()) __builtin_prefetch(&m_slots[hash & (m_slots.size() - 1)]);
    }
    void prefetchValue(std::uint64_t hash) const {
        if (m_slots.empty()) return;
        const std::uint32_t slot = m_slots[hash & (m_slots.size() - 1)];
        if (slot != kFree) __builtin_prefetch(&m_values[slot]);
    }
    const std::vector<Kept<T>>& values() const { return m_values; }
    void clear() { *this = ValueSet(); }
    template <class Cells>
    static void cells(auto& self, Cells& cells) {
        if constexpr (Cells::kReads) {
            std::vector<Kept<T>> values;
            std::size_t ignored = 0;
            cells(values);
            for (const Kept<T>& value : values) self.insert(T(value), ignored);
        } else {
            cells(self.m_values);
        }
    }
    std::size_t heapBytes() const {
        return m_values.capacity() * sizeof(Kept<T>) + m_slots.capacity() * sizeof(std::uint32_t) +
               m_textBytes;
    }

 private:
    static constexpr std::size_t kScanned = 8;  // so many are found faster by looking at all of them
    static constexpr std::uint32_t kFree = 0xffffffff;

    static bool same(const Kept<T>& known, const T& value) {
        if constexpr (std::is_same_v<T, double>) {
            return known == value || (known != known && value != value);
        } else {
            return comparable(known) == comparable(value);
        }
    }
    std::uint32_t& slotOf(std::uint64_t hash, const T& value) {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t place = hash & mask;
        while (m_slots[place] != kFree && !same(m_values[m_slots[place]], value)) place = (place + 1) & mask;
        return m_slots[place];
    }
    // Both give the bytes that they take more.
    std::size_t makeRoom() {
        const std::size_t room = m_values.capacity();
        m_values.reserve(std::max<std::size_t>(1, room * 2));
        return (m_values.capacity() - room) * sizeof(Kept<T>);
    }
    std::size_t rehash(std::size_t atLeast) {
        const std::size_t room = m_slots.capacity();
        m_slots.assign(std::bit_ceil(atLeast), kFree);
        for (std::uint32_t i = 0; i < m_values.size(); ++i) {
            if constexpr (std::is_same_v<T, StringRef>) {
                const StringRef value(m_values[i]);
                slotOf(hashValue(value), value) = i;
            } else {
                slotOf(hashValue(m_values[i]), m_values[i]) = i;
            }
        }
        return (m_slots.capacity() - room) * sizeof(std::uint32_t);
    }

    std::vector<Kept<T>> m_values;
    std::size_t m_textBytes = 0;  ///< of the heaps of `m_values`
    std::vector<std::uint32_t>
        m_slots;  ///< open addressing: indexes into m_values; empty while there are few
};

}  // namespace rw::sql
