// Tumbling, hopping and cumulating windows, and windows that the rows already carry.
//
// Rows are added up in slices (window_assigner.h); a window that completes merges its slices. A row that is
// late for the first windows of its slice but not for all is kept in a part of the slice that only counts
// from a later window on, for those windows may be passed for this row before they have fired (event-time
// rules, 13).
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "core/stream/late_rows.h"
#include "core/stream/shown_window.h"
#include "core/stream/slide_blocks.h"
#include "core/stream/window_ranges.h"

namespace rw {

class WindowOperator : public Operator, private SlideBlocks::Slides {
 public:
    WindowOperator(WindowPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    bool hasMore() const override { return m_task != Task::None; }
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    Span firstOpen() const override;

 private:
    /// What counts in the windows of a slice that end at `from` or later.
    struct Part {
        Part(Instant first, const WindowPlan& plan) : from(first), state(plan) {}
        Instant from;
        GroupState state;
        std::vector<std::uint32_t> rows{};  ///< of the batch being taken
        mutable StateSize size{};           ///< when it was measured last
        mutable bool measured = true;       ///< it has not changed since
    };
    using Slice = std::map<Instant, Part>;  ///< by `from`
    /// A part that does not count in all windows of its slice: from when on it does, and the slice.
    using Tag = std::pair<Instant, Window>;
    /// The groups of a window that is being put together, or was.
    struct Sum {
        explicit Sum(const WindowPlan& plan) : state(plan) {}
        Window window{};
        GroupState state;
        /// The windows after it that start at `lastStart` or before and end before `nextEnd` are the same.
        Instant lastStart = kMinTimestamp, nextEnd = kMinTimestamp;
    };
    /// What a call may leave to be done.
    enum class Task {
        None,
        Changed,  ///< windows that have fired and took rows since fire again
        Due,      ///< windows that are complete fire
        Early,    ///< windows that are not show what they have
        Drop      ///< state that no window needs any more is forgotten
    };

    // Taking rows (window_rows.cpp)
    Status assign(const Batch& batch, Output& out);
    Status place(const Batch& batch, std::uint32_t row, const sql::RowError* error, Output& out);
    Part& partFor(const Window& slice, Instant from);
    void take(const Window& slice, Part& part);
    void markChanged(const Window& slice, const Part& part);

    // Slices and windows (window_operator.cpp)
    Window sliceOf(const Batch& batch, std::size_t row) const;
    Window firstWindow(const Window& slice) const;
    Window lastWindow(const Window& slice) const;
    /// The window with rows that completes first after `window`.
    std::optional<Window> nextWindow(const Window& window) const;
    bool passed(const Window& window) const;
    /// What is shown of a window; it begins with nothing.
    ShownWindow& shownOf(const Window& window);

    // What falls due, some at a time (window_firing.cpp)
    Status goOn(Output& out);
    Status next(CallBudget& budget, Output& out);
    Status nextEarly(Output& out);
    Status begin(const Window& window, Output& out);
    Status show(CallBudget& budget, Output& out);
    Status emit(CallBudget& budget, Output& out);
    Status emitSame(Output& out);
    Status finish(Output& out);
    /// Forgets what only windows up to `upTo` needed; false: there is more.
    bool drop(const Window& upTo, CallBudget& budget);

    // Putting a window together (window_sum.cpp)
    Status beginSum(const Window& window, Output& out);
    void findPieces(const Window& window, Instant summed);
    void sum(CallBudget& budget);
    bool nextPiece();

    // State (window_snapshot.cpp)
    Status restoreProgress(const StateReader& record);
    Window lastCompletedBy(Instant watermark) const;
    Status restoreEarly(const StateReader& record);
    Status restorePart(const StateReader& record, int keyGroup);
    Status restoreShown(const StateReader& record, int keyGroup);
    bool isWindow(const Window& window) const;
    bool isPart(const Window& slice, Instant from) const;

    // Slides of a hop by number, as m_blocks asks for them.
    std::int64_t slideAt(Instant start) const { return (start - m_plan->offset) / m_plan->step; }
    Instant startOf(std::int64_t slide) const { return slide * m_plan->step + m_plan->offset; }
    bool any(std::int64_t first, std::int64_t last) const override;
    void addPieces(std::int64_t slide, std::vector<const GroupState*>& pieces) const override;

    WindowPlanRef m_plan;
    MakeContext m_context;
    WindowAssigner m_assigner;
    bool m_sliceIsWindow;
    AggregateRows m_input;
    WindowResults m_results;
    LateRows m_late;

    std::map<Window, Slice> m_slices;
    std::set<Tag> m_tags;
    std::map<Window, ShownWindow> m_shown;  ///< updating results only
    std::optional<SlideBlocks> m_blocks;    ///< hops of many slides, unless their results change
    WindowRanges m_changed;                 ///< fired windows that took rows since
    Window m_fired{kMinTimestamp, kMinTimestamp};
    Instant m_watermark = kMinTimestamp;
    bool m_restored = false;

    std::vector<std::pair<Window, Part*>> m_touched;  ///< parts that took rows of this batch
    Window m_slice{};                                 ///< of the row before
    Part* m_part = nullptr;  ///< the one that counts in all windows of m_slice, or null
    Instant m_passedAt = 0;  ///< the stamp at which the first window of m_slice has passed

    Task m_task = Task::None;
    std::optional<Window> m_open;          ///< the window that is being fired
    Window m_early{};                      ///< the last one that was looked at for early results
    bool m_dropping = false;               ///< what the windows up to m_fired needed is being dropped
    const GroupState* m_groups = nullptr;  ///< of the window that is being fired: its only part's, or m_sum's
    std::size_t m_next = 0;                ///< the first of them that has not been emitted
    std::vector<Window> m_same;            ///< windows of the same few groups, which are emitted together

    std::optional<Sum> m_sum;
    bool m_summing = false;  ///< m_sum is not whole yet
    GroupMerge m_merge;
    // The pieces that are still to be added: what is left of the slice before m_nextSlice, slices from there
    // to the window's end, and tags from m_nextTag.
    std::map<Window, Slice>::const_iterator m_nextSlice;
    Slice::const_iterator m_nextPart;
    bool m_inSlice = false;
    bool m_onlyWhole = false;  ///< tagged parts of these slices come with the tags
    bool m_withTags = false;
    std::set<Tag>::const_iterator m_nextTag;
    Instant m_tagsUpTo = 0;  ///< slices that end later are not looked at by their tags

    // Sizes are kept: there may be millions of slices.
    mutable StateSize m_size{};  ///< of all parts, as they were measured last
    mutable std::vector<Tag> m_unmeasured{};
    std::size_t m_shownBytes = 0;
};

}  // namespace rw
