// Numbers for keys: every different key of some columns gets the next number, its group.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/status.h"
#include "core/stream/keys/key_column.h"
#include "core/stream/keys/key_groups.h"

namespace rw {

/// An open-addressing table from keys to groups 0 … size()-1, in the order of their first rows. Keys are kept
/// in columns, so that results need no conversion. NULLs group together. With no key columns there is one
/// group. A group is not taken out alone: state that forgets keys keeps the others, or starts a new table.
/// Single-threaded.
class KeyTable {
 public:
    explicit KeyTable(std::span<const Type> types);

    /// groups[i] becomes the group of the key at row rows[i] of `columns`, a new one when the key is new.
    /// `hashes` holds one hash for every row of the columns, as hashKeys() gives them.
    void findOrInsert(std::span<const Column* const> columns, std::span<const std::uint64_t> hashes,
                      std::span<const std::uint32_t> rows, std::vector<std::uint32_t>& groups);
    static constexpr std::uint32_t kAbsent = 0xffffffff;
    /// The same without new groups: kAbsent where the key is not there.
    void findKnown(std::span<const Column* const> columns, std::span<const std::uint64_t> hashes,
                   std::span<const std::uint32_t> rows, std::vector<std::uint32_t>& groups) const;
    /// Takes over the keys of groups `groups` of `other`, a table of the same types: groups[i] is targets[i]
    /// here.
    void insert(const KeyTable& other, std::span<const std::uint32_t> groups,
                std::vector<std::uint32_t>& targets);

    /// Takes over `rows` keys of a saved state, column by column as column() gives them; their groups follow
    /// those that are there, in their order. An error when they are not new, of other types, or of another
    /// key group than `keyGroup`.
    Status restore(std::span<const ColumnRef> columns, std::size_t rows, int keyGroup);
    /// The same for keys of which some may be there already: that of row i has the group targets[i].
    Status add(std::span<const ColumnRef> columns, std::size_t rows, int keyGroup,
               std::vector<std::uint32_t>& targets);

    /// A table of the same types without keys.
    KeyTable emptied() const;

    std::size_t size() const { return m_hashes.size(); }
    /// Key column `index` of the groups `groups`.
    ColumnRef column(std::size_t index, std::span<const std::uint32_t> groups) const {
        return m_columns[index].gather(groups);
    }
    /// Appends it to a column that is being built; texts are copied.
    void appendTo(std::size_t index, std::span<const std::uint32_t> groups, ColumnBuilder& builder) const {
        m_columns[index].appendTo(groups, builder);
    }
    /// All of them.
    std::vector<ColumnRef> columns(std::span<const std::uint32_t> groups) const;
    std::size_t columnCount() const { return m_columns.size(); }
    std::vector<Type> types() const;
    /// Of a group's key.
    std::uint64_t hash(std::uint32_t group) const { return m_hashes[group]; }
    std::size_t memoryBytes() const;
    /// Keeps the keys of these groups, which ascend: they get the numbers 0, 1, … The room for the others
    /// stays.
    void keep(std::span<const std::uint32_t> groups);
    /// Gives the room back that no key takes.
    void shrink();
    /// How many bytes more it takes with so many keys more; those of long texts come besides.
    std::size_t growth(std::size_t keys) const;
    /// Whether there is room for many times as many keys.
    bool isSparse() const {
        return m_slots.size() > kFirstSlots && m_hashes.size() * kSparse < m_slots.size();
    }

 private:
    /// Where a group stands: the high half of its hash, to avoid most comparisons of keys, above its number.
    /// So one word tells of a slot and a hash whether they belong together: slot ^ high half is the group
    /// then, and larger than every group otherwise.
    using Slot = std::uint64_t;
    static constexpr Slot kFree = 0xffffffff;
    static constexpr std::size_t kFirstSlots = 4;                    ///< there may be many tables of one key
    static constexpr std::size_t kGrows = 4;                         ///< to so many times the slots
    static constexpr std::size_t kSparse = 4 * kGrows;               ///< fewer than one in so many is taken
    static constexpr std::size_t kBlock = 256;                       ///< rows that are looked up together
    static constexpr std::size_t kWarmSlots = std::size_t{1} << 14;  ///< no more than stay in a core's cache

    /// The groups of some rows, at most kBlock, as far as they are found at once; the places among the rows
    /// of the others.
    struct Looked {
        std::uint32_t* groups = nullptr;
        std::uint32_t others[kBlock];  ///< only the first `count` are written
        std::size_t count = 0;
    };
    // cellsOf(i): the KeyCells in which the rows have key column i.
    template <class CellsOf>
    void find(CellsOf cellsOf, std::span<const std::uint64_t> hashes, std::span<const std::uint32_t> rows,
              std::vector<std::uint32_t>& groups);
    template <class CellsOf>
    void look(CellsOf cellsOf, const std::uint64_t* hashes, std::span<const std::uint32_t> rows,
              Looked& looked) const;
    template <class IsKey>
    void lookAt(const std::uint64_t* hashes, std::span<const std::uint32_t> rows, Looked& looked,
                IsKey isKey) const;
    template <class CellsOf>
    void insertOthers(CellsOf cellsOf, const std::uint64_t* hashes, std::span<const std::uint32_t> rows,
                      const Looked& looked);
    bool becomesCopy(const KeyTable& other, std::span<const std::uint32_t> groups) const;
    void grow();
    void placeAll();
    static std::uint64_t highHalf(std::uint64_t hash) { return hash & ~std::uint64_t{0xffffffff}; }

    std::vector<KeyColumn> m_columns;
    std::vector<std::uint64_t> m_hashes;  ///< one a group
    /// A power of two, at most half of them taken. A hash is at its low bits or behind: exchanges deal
    /// rows out by the high ones, so that one instance sees few of those.
    std::vector<Slot> m_slots;
};

}  // namespace rw
