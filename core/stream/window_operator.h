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
#include "core/stream/row_table.h"
#include "core/stream/shown_window.h"
#include "core/stream/slide_blocks.h"

namespace rw {

class WindowOperator : public Operator, private SlideBlocks::Slides {
 public:
    WindowOperator(WindowPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    StateSize stateSize() const override;

 private:
    /// What counts in the windows of a slice that end at `from` or later.
    struct Part {
        Part(Instant first, const WindowPlan& plan) : from(first), state(plan) {}
        Instant from;
        GroupState state;
        std::unique_ptr<RowTable> table{};  ///< instead of `state` when the input is an updating stream
        std::vector<std::uint32_t> rows{};  ///< of the batch being taken
    };
    using Slice = std::vector<std::unique_ptr<Part>>;
    /// The state that consecutive windows of a cumulate share: all parts that count up to `end`.
    struct Running {
        Window window;
        GroupState state;
    };

    // Taking rows
    Status assign(const Batch& batch, Output& out);
    Status place(const Batch& batch, std::uint32_t row, const sql::RowError* error, Output& out);
    Part& partFor(const Window& slice, Instant from);
    void take(const Batch& batch, Part& part);
    void markChanged(const Window& slice, const Part& part);

    // Slices and windows
    Window sliceOf(const Batch& batch, std::size_t row) const;
    Window firstWindow(const Window& slice) const;
    Window lastWindow(const Window& slice) const;
    /// The window with rows that completes first after `window`.
    std::optional<Window> nextWindow(const Window& window) const;
    std::vector<Part*> partsOf(const Window& window);

    // Emitting
    Status fire(const Window& window, Output& out);
    Status fireEarly(Instant watermark, Output& out);
    Status fireCumulate(const Window& window, const std::vector<Part*>& parts, Output& out);
    Status fireBlocks(const Window& window, Output& out);
    void addTo(GroupState& state, Part& part);
    void drop(Instant watermark);

    // Slides of a hop by number, as m_blocks asks for them.
    std::int64_t slideAt(Instant start) const { return (start - m_plan->offset) / m_plan->step; }
    Instant startOf(std::int64_t slide) const { return slide * m_plan->step + m_plan->offset; }
    bool any(std::int64_t first, std::int64_t last) const override;
    void addSlide(GroupState& sum, std::int64_t slide) override;
    /// Adds those parts of the slices in [from, to) that count in all windows of their slice.
    void addWhole(GroupState& sum, Instant from, Instant to);

    WindowPlanRef m_plan;
    MakeContext m_context;
    WindowAssigner m_assigner;
    bool m_sliceIsWindow;
    AggregateRows m_input;
    WindowResults m_results;
    LateRows m_late;

    std::map<Window, Slice> m_slices;
    std::map<Window, ShownWindow> m_shown;  ///< updating results only
    std::optional<Running> m_running;
    std::optional<SlideBlocks> m_blocks;  ///< hops of many slides, unless their results change
    std::set<Window> m_tagged;            ///< with m_blocks: slices that have parts for later windows alone
    std::set<Window> m_changed;           ///< fired windows that took rows since
    Window m_fired{kMinTimestamp, kMinTimestamp};
    Instant m_watermark = kMinTimestamp;

    std::vector<std::pair<Window, Part*>> m_touched;  ///< parts that took rows of this batch
    Window m_slice{};                                 ///< of the row before
    Part* m_part = nullptr;  ///< the one that counts in all windows of m_slice, or null
    Instant m_passedAt = 0;  ///< the stamp at which the first window of m_slice has passed
};

}  // namespace rw
