#include "core/stream/windows/slide_blocks.h"

#include <algorithm>
#include <limits>

namespace rw {

namespace {
constexpr std::size_t kPlaceUnits = 4;  // of a call's budget, for looking a block up
}

void SlideBlocks::begin(GroupState& sum, std::int64_t first, std::int64_t last) {
    m_open.push_back({first, last, std::numeric_limits<std::int64_t>::max() / kFanOut});
    m_open.back().sum = &sum;
}

void SlideBlocks::run(CallBudget& budget) {
    while (busy() && !budget.spent()) {
        if (m_merge.busy()) {
            m_merge.run(budget);
        } else if (!m_pieces.empty()) {
            m_merge.begin(*m_pieces.back(), *m_open.back().sum);
            m_pieces.pop_back();
        } else if (m_open.back().next < m_open.back().last) {
            const Place place = nextPlace(m_open.back());
            m_open.back().next += place.size;
            add(place, budget);
        } else {
            finishTop();
        }
    }
}

SlideBlocks::Place SlideBlocks::nextPlace(const Open& open) const {
    std::int64_t size = 1;
    while (size < open.largest && open.next % (size * kFanOut) == 0 &&
           open.next + size * kFanOut <= open.last) {
        size *= kFanOut;
    }
    return {open.next, size};
}

void SlideBlocks::add(const Place& place, CallBudget& budget) {
    budget.spend(kPlaceUnits);
    if (place.size == 1) {
        m_slides.addPieces(place.first, m_pieces);
        std::reverse(m_pieces.begin(), m_pieces.end());
        return;
    }
    if (const auto block = m_blocks.find(place); block != m_blocks.end()) {
        m_pieces.push_back(block->second.get());
        return;
    }
    if (!m_slides.any(place.first, place.first + place.size)) return;
    Open made{place.first, place.first + place.size, place.size / kFanOut, place};
    made.block = std::make_unique<GroupState>(*m_plan);
    made.sum = made.block.get();
    m_open.push_back(std::move(made));
}

/// A block that is whole is kept, and is the next piece of the sum below it.
void SlideBlocks::finishTop() {
    Open whole = std::move(m_open.back());
    m_open.pop_back();
    if (!whole.block) return;
    m_pieces.push_back(whole.block.get());
    m_bytes += bytesOf(*whole.block);
    m_blocks.emplace(whole.place, std::move(whole.block));
}

bool SlideBlocks::dropBefore(std::int64_t first, CallBudget& budget) {
    while (!m_blocks.empty() && m_blocks.begin()->first.first < first) {
        if (budget.spent()) return false;
        budget.spend(kPlaceUnits);
        m_bytes -= bytesOf(*m_blocks.begin()->second);
        m_blocks.erase(m_blocks.begin());
    }
    return true;
}

}  // namespace rw
