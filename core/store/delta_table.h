// Rows of a store that have changed and are not in its files yet.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/keyed_store.h"

namespace rw {

/// The last value of each key, or that it is erased. Keys have numbers, in the order in which they came.
/// Single-threaded; several threads may read one that does not change any more.
class DeltaTable {
 public:
    /// `value`: none, and the key is erased. Neither is part of this table.
    void set(const StoreKey& key, std::optional<std::string_view> value);

    static constexpr std::uint32_t kAbsent = 0xffffffff;
    /// The number of a key, or kAbsent.
    std::uint32_t find(const StoreKey& key) const;
    // Views are valid until the next set().
    StoreKey key(std::uint32_t number) const;
    std::optional<std::string_view> value(std::uint32_t number) const;  ///< none: it is erased
    std::size_t size() const { return m_entries.size(); }
    /// The numbers in the order of their keys.
    std::vector<std::uint32_t> sorted() const;
    std::size_t memoryBytes() const {
        return sizeof *this + m_entries.capacity() * sizeof(Entry) +
               m_slots.capacity() * sizeof(std::uint32_t) + m_bytes.capacity();
    }

 private:
    static constexpr std::uint32_t kErased = 0xffffffff;
    static constexpr std::size_t kFirstSlots = 8;
    struct Entry {
        std::uint64_t hash;
        std::uint64_t keyAt, valueAt;  ///< in m_bytes
        std::uint32_t keySize, valueSize;
        std::uint32_t room;  ///< bytes that a value may have at valueAt
    };
    std::size_t slotOf(const StoreKey& key) const;
    void grow();

    std::vector<Entry> m_entries{};
    std::vector<std::uint32_t> m_slots = std::vector<std::uint32_t>(kFirstSlots, kAbsent);
    std::string m_bytes{};  ///< keys and values; what was replaced by something longer stays
};

}  // namespace rw
