// A set of values of one type, small at first: the values of one group that DISTINCT has seen.
#pragma once
#include <algorithm>
#include <bit>
#include <string>
#include <vector>

#include "core/data/hash.h"
#include "core/sql/aggregates/accumulate.h"
#include "core/sql/aggregates/number_set.h"

namespace rw::sql {

/// Texts; as NumberSet in all that is not said here.
class TextSet {
 public:
    static std::uint64_t placeOf(const StringRef& value) { return hashValue(value); }
    bool insert(const StringRef& value, std::uint64_t hash, std::size_t& bytes) {
        if (m_values.size() < kScanned) {
            for (const std::string& known : m_values) {
                if (known == value.view()) return false;
            }
        } else {
            std::uint32_t& slot = slotOf(hash, value);
            if (slot != kFree) return false;
            slot = static_cast<std::uint32_t>(m_values.size());
        }
        if (m_values.size() == m_values.capacity()) bytes += makeRoom();
        const std::size_t text = sql::heapBytes(m_values.emplace_back(value.view()));
        m_textBytes += text;
        bytes += text;
        if (m_values.size() >= kScanned && m_slots.size() < m_values.size() * 2)
            bytes += rehash(m_values.size() * 4);
        return true;
    }
    bool insert(const StringRef& value, std::size_t& bytes) { return insert(value, hashValue(value), bytes); }
    void prefetch(std::uint64_t hash) const {
        if (!m_slots.empty()) __builtin_prefetch(&m_slots[hash & (m_slots.size() - 1)]);
    }
    void prefetchFound(std::uint64_t hash) const {
        if (m_slots.empty()) return;
        const std::uint32_t slot = m_slots[hash & (m_slots.size() - 1)];
        if (slot != kFree) __builtin_prefetch(&m_values[slot]);
    }
    bool hasAtOnce(const StringRef&, std::uint64_t) const { return false; }
    void reserve(std::size_t, std::size_t&) {}
    std::size_t size() const { return m_values.size(); }
    /// In the order in which they came.
    template <class Body>
    void forEach(Body body) const {
        for (const std::string& value : m_values) body(StringRef(value));
    }
    void clear() { *this = TextSet(); }
    template <class Cells>
    static void cells(auto& self, Cells& cells) {
        if constexpr (Cells::kReads) {
            std::vector<std::string> values;
            std::size_t ignored = 0;
            cells(values);
            for (const std::string& value : values) self.insert(StringRef(value), ignored);
        } else {
            cells(self.m_values);
        }
    }
    std::size_t heapBytes() const {
        return m_values.capacity() * sizeof(std::string) + m_slots.capacity() * sizeof(std::uint32_t) +
               m_textBytes;
    }

 private:
    static constexpr std::size_t kScanned = 8;
    static constexpr std::uint32_t kFree = 0xffffffff;

    std::uint32_t& slotOf(std::uint64_t hash, const StringRef& value) {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t place = hash & mask;
        while (m_slots[place] != kFree && m_values[m_slots[place]] != value.view())
            place = (place + 1) & mask;
        return m_slots[place];
    }
    // Both give the bytes that they take more.
    std::size_t makeRoom() {
        const std::size_t room = m_values.capacity();
        m_values.reserve(std::max<std::size_t>(1, room * 2));
        return (m_values.capacity() - room) * sizeof(std::string);
    }
    std::size_t rehash(std::size_t atLeast) {
        const std::size_t room = m_slots.capacity();
        m_slots.assign(std::bit_ceil(atLeast), kFree);
        for (std::uint32_t i = 0; i < m_values.size(); ++i) {
            const StringRef value(m_values[i]);
            slotOf(hashValue(value), value) = i;
        }
        return (m_slots.capacity() - room) * sizeof(std::uint32_t);
    }

    std::vector<std::string> m_values;
    std::size_t m_textBytes = 0;         ///< of the heaps of `m_values`
    std::vector<std::uint32_t> m_slots;  ///< open addressing: indexes into m_values; none while there are few
};

template <class T>
using ValueSet = std::conditional_t<std::is_same_v<T, StringRef>, TextSet, NumberSet<T>>;

}  // namespace rw::sql
