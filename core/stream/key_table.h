// Numbers for keys: every different key of some columns gets the next number, its group.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/status.h"
#include "core/stream/key_column.h"
#include "core/stream/key_groups.h"

namespace rw {

/// An open-addressing table from keys to groups 0 … size()-1, in the order of their first rows. Keys are kept
/// in columns, so that results need no conversion. NULLs group together. With no key columns there is one
/// group. Groups are never taken out: state that forgets keys starts a new table. Single-threaded.
class KeyTable {
 public:
    explicit KeyTable(std::span<const Type> types);

    /// groups[i] becomes the group of the key at row rows[i] of `columns`, a new one when the key is new.
    /// `hashes` holds one hash for every row of the columns, as hashKeys() gives them.
    void findOrInsert(std::span<const Column* const> columns, std::span<const std::uint64_t> hashes,
                      std::span<const std::uint32_t> rows, std::vector<std::uint32_t>& groups);
    /// Takes over the keys of groups `groups` of `other`, a table of the same types: groups[i] is targets[i]
    /// here.
    void insert(const KeyTable& other, std::span<const std::uint32_t> groups,
                std::vector<std::uint32_t>& targets);

    /// Takes over `rows` keys of a saved state, column by column as column() gives them; their groups follow
    /// those that are there, in their order. An error when they are not new, of other types, or of another
    /// key group than `keyGroup`.
    Status restore(std::span<const ColumnRef> columns, std::size_t rows, int keyGroup);

    /// A table of the same types without keys.
    KeyTable emptied() const;

    std::size_t size() const { return m_hashes.size(); }
    /// Key column `index` of the groups `groups`.
    ColumnRef column(std::size_t index, std::span<const std::uint32_t> groups) const {
        return m_columns[index].gather(groups);
    }
    /// All of them.
    std::vector<ColumnRef> columns(std::span<const std::uint32_t> groups) const;
    std::size_t columnCount() const { return m_columns.size(); }
    std::vector<Type> types() const;
    /// Of a group's key.
    std::uint64_t hash(std::uint32_t group) const { return m_hashes[group]; }
    std::size_t memoryBytes() const;

 private:
    /// Where a group stands: the high half of its hash, to avoid most comparisons of keys, and its number.
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t group = kFree;
    };
    static constexpr std::uint32_t kFree = 0xffffffff;

    template <class Equals>
    void find(std::span<const Column* const> columns, std::span<const std::uint64_t> hashes,
              std::span<const std::uint32_t> rows, std::uint32_t* groups, Equals equals);
    std::uint32_t append(std::span<const Column* const> columns, std::size_t row, std::uint64_t hash,
                         std::size_t place);
    void grow();
    /// The low bits: exchanges deal rows out by the high ones, so that one instance sees few of those.
    std::size_t placeOf(std::uint64_t hash) const { return hash & (m_slots.size() - 1); }
    static std::uint32_t tagOf(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

    std::vector<KeyColumn> m_columns;
    std::vector<std::uint64_t> m_hashes;  ///< one a group
    std::vector<Slot> m_slots;            ///< a power of two, at most half of them taken
};

}  // namespace rw
