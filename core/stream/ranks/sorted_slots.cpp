#include "core/stream/ranks/sorted_slots.h"

namespace rw {

std::size_t SortedSlots::positionOf(Place block, Block::iterator place, std::size_t most) {
    std::size_t position = static_cast<std::size_t>(place - block->begin());
    for (auto each = m_blocks.begin(); each != block && position < most; ++each) position += each->size();
    return std::min(position, most);
}

void SortedSlots::split(Place block) {
    const auto half = block->begin() + static_cast<std::ptrdiff_t>(block->size() / 2);
    Block behind(half, block->end());
    block->erase(half, block->end());
    m_blocks.insert(std::next(block), std::move(behind));
}

void SortedSlots::tidy(Place block) {
    if (block->empty()) {
        m_blocks.erase(block);
        return;
    }
    if (block->size() > kMostInBlock / 8 || m_blocks.size() == 1) return;
    if (std::next(block) == m_blocks.end()) --block;
    const auto other = std::next(block);
    if (block->size() + other->size() > kMostInBlock / 2) return;
    block->insert(block->end(), other->begin(), other->end());
    m_blocks.erase(other);
}

RowSlot SortedSlots::popBack() {
    const RowSlot last = back();
    m_blocks.back().pop_back();
    --m_size;
    tidy(std::prev(m_blocks.end()));
    return last;
}

void SortedSlots::copy(std::size_t from, std::size_t count, std::vector<RowSlot>& out) const {
    for (const Block& block : m_blocks) {
        if (count == 0) return;
        if (from >= block.size()) {
            from -= block.size();
            continue;
        }
        const std::size_t some = std::min(count, block.size() - from);
        const auto first = block.begin() + static_cast<std::ptrdiff_t>(from);
        out.insert(out.end(), first, first + static_cast<std::ptrdiff_t>(some));
        from = 0;
        count -= some;
    }
}

}  // namespace rw
