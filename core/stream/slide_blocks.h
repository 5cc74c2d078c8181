// Sums of neighbouring slides, for hopping windows that consist of many.
//
// A window of n slides would merge n sums whenever one completes. Instead 4, 16, 64 … aligned slides are
// merged into a block once, when the first window that covers them completes, and the windows after it take
// the block: a window is put together from a few pieces at each end of every size.
#pragma once
#include <map>
#include <memory>

#include "core/stream/group_state.h"

namespace rw {

class SlideBlocks {
 public:
    /// The slides themselves, by number. What a slide holds must not change any more once it was asked for.
    class Slides {
     public:
        virtual ~Slides() = default;
        virtual bool any(std::int64_t first,
                         std::int64_t last) const = 0;  ///< whether [first, last) has rows
        virtual void addSlide(GroupState& sum, std::int64_t slide) = 0;
    };

    /// Fewer slides a window are merged as quickly one by one.
    static constexpr std::int64_t kWorthwhile = 16;

    SlideBlocks(WindowPlanRef plan, Slides& slides) : m_plan(std::move(plan)), m_slides(slides) {}

    /// Adds the slides [first, last) to `sum`, in their order.
    void addTo(GroupState& sum, std::int64_t first, std::int64_t last);
    /// Forgets the blocks that begin before the slide: no window will ask for them.
    void dropBefore(std::int64_t first);
    std::size_t memoryBytes() const;

 private:
    /// `size` slides, a power of kFanOut, from a multiple of it on.
    struct Place {
        std::int64_t first, size;
        auto operator<=>(const Place&) const = default;
    };
    static constexpr std::int64_t kFanOut = 4;

    void add(GroupState& sum, const Place& place);

    WindowPlanRef m_plan;
    Slides& m_slides;
    std::map<Place, GroupState> m_blocks;
};

}  // namespace rw
