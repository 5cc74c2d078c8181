// Slots of rows in an order that the caller gives: a long list with insertion and removal of one slot at a
// time.
#pragma once
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

#include "core/stream/rows/row_store.h"

namespace rw {

/// In blocks, each of which is moved as one piece of memory: a step costs a search and a block, however long
/// the list is. `before(a, b)` is the same strict order of all slots that are in it, in every call. Positions
/// count from 0. Single-threaded.
class SortedSlots {
 public:
    static constexpr std::size_t kMostInBlock = 512;

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    RowSlot back() const { return m_blocks.back().back(); }

    /// The position that the slot has got, or `most` when that is further back.
    template <class Before>
    std::size_t insert(RowSlot slot, std::size_t most, Before before) {
        if (m_blocks.empty()) m_blocks.emplace_back();
        auto block = std::partition_point(m_blocks.begin(), std::prev(m_blocks.end()),
                                          [&](const Block& each) { return before(each.back(), slot); });
        const auto place = std::lower_bound(block->begin(), block->end(), slot, before);
        const std::size_t at = positionOf(block, place, most);
        block->insert(place, slot);
        ++m_size;
        if (block->size() > kMostInBlock) split(block);
        return at;
    }
    /// The position that the slot, which is there, had, or `most` when that was further back.
    template <class Before>
    std::size_t remove(RowSlot slot, std::size_t most, Before before) {
        const auto block = std::partition_point(m_blocks.begin(), std::prev(m_blocks.end()),
                                                [&](const Block& each) { return before(each.back(), slot); });
        const auto place = std::lower_bound(block->begin(), block->end(), slot, before);
        const std::size_t at = positionOf(block, place, most);
        block->erase(place);
        --m_size;
        tidy(block);
        return at;
    }
    RowSlot popBack();
    /// Adds the slots from position `from` on to `out`, at most `count`.
    void copy(std::size_t from, std::size_t count, std::vector<RowSlot>& out) const;

 private:
    using Block = std::vector<RowSlot>;
    using Place = std::vector<Block>::iterator;

    std::size_t positionOf(Place block, Block::iterator place, std::size_t most);
    void split(Place block);
    /// After something was taken out of a block: none is empty, and few are nearly so.
    void tidy(Place block);

    std::vector<Block> m_blocks{};
    std::size_t m_size = 0;
};

}  // namespace rw
