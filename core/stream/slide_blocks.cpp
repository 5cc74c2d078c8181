#include "core/stream/slide_blocks.h"

namespace rw {

void SlideBlocks::addTo(GroupState& sum, std::int64_t first, std::int64_t last) {
    while (first < last) {
        std::int64_t size = 1;
        while (first % (size * kFanOut) == 0 && first + size * kFanOut <= last) size *= kFanOut;
        add(sum, {first, size});
        first += size;
    }
}

void SlideBlocks::add(GroupState& sum, const Place& place) {
    if (place.size == 1) return m_slides.addSlide(sum, place.first);
    auto block = m_blocks.find(place);
    if (block == m_blocks.end()) {
        if (!m_slides.any(place.first, place.first + place.size)) return;
        const std::int64_t part = place.size / kFanOut;
        GroupState made(*m_plan);
        for (std::int64_t i = 0; i < kFanOut; ++i) add(made, {place.first + i * part, part});
        block = m_blocks.emplace(place, std::move(made)).first;
    }
    sum.merge(block->second);
}

void SlideBlocks::dropBefore(std::int64_t first) {
    m_blocks.erase(m_blocks.begin(), m_blocks.lower_bound({first, 0}));
}

std::size_t SlideBlocks::memoryBytes() const {
    std::size_t bytes = 0;
    for (const auto& [place, block] : m_blocks) bytes += sizeof(place) + sizeof(block) + block.memoryBytes();
    return bytes;
}

}  // namespace rw
