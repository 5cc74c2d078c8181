// Sums of neighbouring slides, for hopping windows that consist of many.
//
// A window of n slides would merge n sums whenever one completes. Instead 4, 16, 64 … aligned slides are
// merged into a block once, when the first window that covers them completes, and the windows after it take
// the block: a window is put together from a few pieces at each end of every size.
#pragma once
#include <map>
#include <memory>
#include <vector>

#include "core/stream/aggregates/group_state.h"

namespace rw {

class SlideBlocks {
 public:
    /// The slides themselves, by number. The content of a slide must not change any more once it was asked for.
    class Slides {
     public:
        virtual ~Slides() = default;
        virtual bool any(std::int64_t first,
                         std::int64_t last) const = 0;  ///< whether [first, last) has rows
        /// Adds the sums that slide `slide` consists of, if any, to `pieces`.
        virtual void addPieces(std::int64_t slide, std::vector<const GroupState*>& pieces) const = 0;
    };

    /// Fewer slides a window are merged as quickly one by one.
    static constexpr std::int64_t kWorthwhile = 16;

    SlideBlocks(WindowPlanRef plan, const Slides& slides) : m_plan(std::move(plan)), m_slides(slides) {}

    /// Begins to add the slides [first, last) to `sum`, in their order.
    void begin(GroupState& sum, std::int64_t first, std::int64_t last);
    /// Whether work that was begun is not done yet.
    bool busy() const { return !m_open.empty(); }
    /// Goes on with it.
    void run(CallBudget& budget);
    /// Forgets blocks that begin before the slide: no window will ask for them. False: there are more.
    bool dropBefore(std::int64_t first, CallBudget& budget);
    std::size_t memoryBytes() const { return m_bytes; }

 private:
    /// `size` slides, a power of kFanOut, from a multiple of it on.
    struct Place {
        std::int64_t first, size;
        auto operator<=>(const Place&) const = default;
    };
    static constexpr std::int64_t kFanOut = 4;
    /// A sum being made: the window's at the bottom, above it the block that is needed next, and so on.
    struct Open {
        std::int64_t next, last;  ///< slides that are still to be added
        std::int64_t largest;     ///< slides in the largest block that may be taken
        Place place{};            ///< of the block that it becomes
        std::unique_ptr<GroupState> block{};
        GroupState* sum = nullptr;
    };

    Place nextPlace(const Open& open) const;
    void add(const Place& place, CallBudget& budget);
    void finishTop();
    static std::size_t bytesOf(const GroupState& block) {
        return sizeof(Place) + sizeof block + block.memoryBytes();
    }

    WindowPlanRef m_plan;
    const Slides& m_slides;
    std::map<Place, std::unique_ptr<GroupState>> m_blocks;
    std::size_t m_bytes = 0;  ///< of m_blocks, which stay as they are
    std::vector<Open> m_open;
    std::vector<const GroupState*> m_pieces;  ///< to be merged into the top of m_open, the last first
    GroupMerge m_merge;
};

}  // namespace rw
