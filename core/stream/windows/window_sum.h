// A window put together from its pieces: the parts of its slices, or blocks of many slides.
//
// Windows one after the other often have the same pieces, when a window moves on by less than rows are apart:
// then the sum stays. Those of a cumulate continue the sum of the one before.
//
// A window with pieces in files comes in portions, each with the groups of some key groups, and is put
// together from all of its pieces anew.
#pragma once
#include <memory>
#include <optional>

#include "core/stream/windows/slice_store.h"

namespace rw {

class WindowSum {
 public:
    /// `slicing` and `store` are those of the plan, and outlive this.
    WindowSum(WindowPlanRef plan, const WindowSlicing& slicing, const SliceStore& store);

    /// Whether the groups of `window` are there without adding anything up; groups() are its then.
    bool find(const Window& window);
    /// Begins to put `window` together. The result of groups() is not valid any more.
    void begin(const Window& window);
    /// Whether the window is not whole yet.
    bool busy() const { return m_busy; }
    Status run(CallBudget& budget);

    /// Of the window that was found or begun last, or of a portion of it; not while busy().
    const GroupState& groups() const { return *m_groups; }
    /// Whether a portion follows. next() begins it; the result of groups() is not valid any more then.
    bool hasNext() const { return m_portions && m_portions->hasNext(); }
    void next();
    /// Whether the next windows may have the very same groups, which stay until begin().
    bool mayLast() const { return m_sum && m_groups == &m_sum->state; }
    /// Those groups.
    const GroupState& lasting() const { return m_sum->state; }

    /// Slices took rows: sums so far may have grown; of a cumulate they are added to its sum.
    void rowsCame();
    /// Forgets all sums, for they can be made again: memory is short. No window is asked for at present.
    void forget();
    /// No window is asked for until rows come or time rises. Keeps the parts that the next window needs.
    void rest(Instant watermark);
    /// Forgets the parts that only windows up to `fired` needed. False: there is more.
    bool dropUpTo(const Window& fired, CallBudget& budget);
    std::size_t memoryBytes() const;

 private:
    /// The groups of a window that is being put together, or was.
    struct Sum {
        explicit Sum(const WindowPlan& plan) : state(plan) {}
        Window window{};
        GroupState state;
        /// The windows after it that start at `lastStart` or before and end before `nextEnd` are the same.
        Instant lastStart = kMinTimestamp, nextEnd = kMinTimestamp;
    };

    /// Whether the sum is of a window that ends no later than this one.
    bool follows(const Window& window) const { return m_sum && m_sum->window <= window; }
    void findPieces(const Window& window, Instant summed);
    bool nextPiece();

    WindowPlanRef m_plan;
    const WindowSlicing& m_slicing;
    const SliceStore& m_store;
    std::optional<SlideBlocks> m_blocks;  ///< hops of many slides, unless their results change

    const GroupState* m_groups = nullptr;  ///< of the window's only part, or m_sum's
    std::optional<Sum> m_sum;
    std::unique_ptr<KeyGroupMerge> m_portions{};  ///< of a window with pieces in files; null: it has none
    bool m_busy = false;
    GroupMerge m_merge;
    // The pieces that are still to be added: the rest of the slice before m_nextSlice, slices from there
    // to the window's end, and tags from m_nextTag.
    std::map<Window, SliceStore::Slice>::const_iterator m_nextSlice;
    SliceStore::Slice::const_iterator m_nextPart;
    bool m_inSlice = false;
    bool m_onlyWhole = false;  ///< tagged parts of these slices come with the tags
    bool m_withTags = false;
    std::set<SliceStore::Tag>::const_iterator m_nextTag;
    Instant m_tagsUpTo = 0;  ///< slices that end later are not looked at by their tags
};

}  // namespace rw
