// Finds rows of a store whose key is given and whose time lies in a span, as joins within a time ask for.
#pragma once
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/time.h"
#include "core/data/batch.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// Chained hashing over the slots by key and cell of time. A cell is longer than the spans that are asked
/// for, so that a span lies in two cells at most; and not much longer, so that few of the rows that are
/// looked at are outside of it, however many a key has. Adding rows to the store or removing them must be told
/// to this index, too; many at a time, so that it can ask for the memory of all before it waits for that of
/// the first. Single-threaded.
class RowsByKeyAndTime {
 public:
    /// `rows` outlives this. `length`: of a span, from its first to its last millisecond.
    RowsByKeyAndTime(const RowStore& rows, std::vector<int> keys, Millis length);

    struct Row {
        std::uint64_t hash = 0;  ///< as hashKeys() gives it for the key columns
        Instant time = 0;
        RowSlot slot = kNoRow;
    };
    /// None has a NULL in its key.
    void add(std::span<const Row> rows);
    /// Before the rows leave the store. Nothing happens to those that were not added.
    void remove(std::span<const RowSlot> slots);

    /// A row of a batch, and where the next one stands that it may meet.
    struct Look {
        std::uint32_t row = 0;
        RowSlot slot = kNoRow;
    };
    /// Of times; both ends belong to it.
    struct Span {
        Instant from = 0, until = 0;
        bool contains(Instant time) const { return from <= time && time <= until; }
    };
    /// The same, seen from a time.
    struct Distance {
        Millis from = 0, until = 0;
        Span of(Instant time) const { return {saturatingAdd(time, from), saturatingAdd(time, until)}; }
    };
    /// Where to look for partners of `rows`, none of which has a NULL in its key, at this distance from their
    /// `times`: up to two looks a row, none of them empty. While no row is added or taken out, the partners
    /// of a row are among the slots of its looks, those behind() them and so on up to kNoRow: those for which
    /// has() is true, each of them once.
    void find(std::span<const std::uint32_t> rows, std::span<const std::uint64_t> hashes,
              std::span<const Instant> times, const Distance& distance, std::vector<Look>& looks) const;
    RowSlot behind(RowSlot slot) const { return m_links[slot].next; }
    /// Whether the row in the slot has the key of row `row` in `columns`, with this hash, and a time in
    /// `span`.
    bool has(RowSlot slot, const Span& span, std::uint64_t hash, std::span<const Column* const> columns,
             std::size_t row) const {
        const Link& link = m_links[slot];
        return span.contains(link.time) && link.hash == static_cast<std::uint32_t>(hash) &&
               matches(slot, columns, row);
    }

    std::size_t memoryBytes() const {
        return m_heads.capacity() * sizeof(RowSlot) + m_links.capacity() * sizeof(Link) +
               m_previous.capacity() * sizeof(RowSlot);
    }

 private:
    static constexpr RowSlot kNotIn = kNoRow - 1;
    /// The fields that a search reads of a row that does not match. No link crosses a cache line.
    struct alignas(16) Link {
        Instant time = 0;
        std::uint32_t hash = 0;  // the low half
        RowSlot next = kNoRow;
    };
    bool in(RowSlot slot) const { return slot < m_previous.size() && m_previous[slot] != kNotIn; }
    /// The low bits: exchanges deal rows out by the high ones. An odd factor: cells side by side differ
    /// there.
    std::uint32_t placeOf(std::uint32_t hash, Instant time) const {
        return (hash + static_cast<std::uint32_t>(time >> m_cellBits) * 0x9e3779b1U) & m_placeMask;
    }
    std::uint32_t placeOf(const Link& link) const { return placeOf(link.hash, link.time); }
    bool matches(RowSlot slot, std::span<const Column* const> columns, std::size_t row) const {
        for (std::size_t i = 0; i < m_keys.size(); ++i) {
            if (!m_rows.equals(m_keys[i], slot, *columns[i], row)) return false;
        }
        return true;
    }
    void link(RowSlot slot);
    void makeRoom(std::size_t more);

    const RowStore& m_rows;
    const std::vector<int> m_keys;
    const int m_cellBits;               ///< a cell is 2 to this power milliseconds long
    std::uint32_t m_placeMask = 0;      ///< places − 1
    std::vector<RowSlot> m_heads{};     ///< by place, of which there are a power of two, or none
    std::vector<Link> m_links{};        ///< by slot
    std::vector<RowSlot> m_previous{};  ///< by slot; of the first of a place kNoRow
    std::size_t m_size = 0;
};

}  // namespace rw
