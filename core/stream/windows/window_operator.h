// Tumbling, hopping and cumulating windows, and windows that the rows already carry.
//
// Rows are added up in slices (slice_store.h); a window that completes merges its slices (window_sum.h). This
// operator does the rest: it finds the slice of each row and the windows that are due, and emits their rows.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "core/stream/changing_state.h"
#include "core/stream/disorder.h"
#include "core/stream/late_rows.h"
#include "core/stream/windows/closed_results.h"
#include "core/stream/windows/shown_windows.h"
#include "core/stream/windows/slice_store.h"
#include "core/stream/windows/window_reporter.h"
#include "core/stream/windows/window_sum.h"

namespace rw {

class WindowOperator : public Operator, public ChangingState {
 public:
    WindowOperator(WindowPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    bool hasMore() const override { return m_closed.any() || m_task != Task::None || m_input.hasMore(); }
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    /// Rows that are taken back make groups go, and states are rebuilt without them.
    bool writesChanges() const override { return !m_plan->input.updating; }
    void writeRest(StateWriter& out) const override;
    void freeze(bool whole) override { m_store.freeze(whole); }
    bool writePiece(StateWriter& out) override { return m_store.writePiece(out); }
    Status writing() const override { return m_store.writing(); }
    bool mayNameRuns() const override { return m_store.mayNameRuns(); }
    std::vector<NamedRun> takeRuns() override { return m_store.takeRuns(); }
    std::map<std::string, std::uint64_t> runsNamed() const override { return m_store.runsNamed(); }
    Span firstOpen() const override;
    std::vector<Text> takeNotes() override { return m_store.takeNotes(); }

 private:
    /// The work that a call may leave.
    enum class Task {
        None,
        Changed,  ///< windows that have fired and took rows since fire again
        Due,      ///< windows that are complete fire
        Early,    ///< windows that are not show their present result
        Drop,     ///< state that no window needs any more is forgotten
        Spill     ///< state that is too large for memory goes to files
    };

    /// A slice that rows came for lately, and its part that counts in all windows of the slice.
    struct Recent {
        Window slice{};
        Instant passedAt = 0;  ///< the stamp at which the first window of the slice has passed
        SliceStore::Part* part = nullptr;
    };

    // Taking rows (window_rows.cpp)
    /// Those that m_input has taken.
    Status take(const Batch& rows, Output& out);
    Status boundState(std::size_t rows);
    Status assign(const Batch& batch, Output& out);
    template <class IsIn>
    Status assignRuns(const Batch& batch, IsIn isIn, Output& out);
    Status place(const Batch& batch, std::uint32_t row, const sql::RowError* error, Output& out);
    void addRows(const Window& slice, SliceStore::Part& part, std::uint32_t first, std::uint32_t end);
    void remember(const Window& slice, SliceStore::Part& part);
    void take(const Window& slice, SliceStore::Part& part);
    void reportRows(const Window& slice, Instant from);
    /// Rows that WindowCombiner added up (combined_windows.cpp).
    Status takeCombined(const CombinedRows& rows, Output& out);

    // Windows that are due, some at a time (window_firing.cpp)
    Status proceed(Output& out);
    Status next(CallBudget& budget, Output& out);
    Status nextEarly(Output& out);
    Status begin(const Window& window, Output& out);
    Status show(CallBudget& budget, Output& out);
    void countShown();
    void reportShown();
    Status spill(CallBudget& budget, Output& out);
    Status emit(CallBudget& budget, Output& out);
    Status emitSame(Output& out);
    Status finish(Output& out);
    /// Forgets the state that only windows up to `upTo` needed; false: there is more.
    bool drop(const Window& upTo, CallBudget& budget);

    Status restoreProgress(const StateReader& record);

    WindowPlanRef m_plan;
    MakeContext m_context;
    const WindowSlicing m_slicing;
    AggregateRows m_input;
    WindowResults m_results;
    LateRows m_late;
    SliceStore m_store;
    ShownWindows m_shown;  ///< updating results only
    WindowSum m_sum;
    WindowReporter m_report;
    DisorderMeter m_disorder;
    ClosedResults m_closed{};  ///< after a restore

    Window m_fired{kMinTimestamp, kMinTimestamp};
    Instant m_watermark = kMinTimestamp;
    bool m_restored = false;

    std::vector<std::pair<Window, SliceStore::Part*>> m_touched;  ///< parts that took rows of this batch
    std::vector<std::vector<std::uint32_t>> m_spareRows;          ///< for parts that will take some
    /// Rows out of order come for a few slices by turns. None of them stays when time rises.
    std::array<Recent, 4> m_recent{};
    std::size_t m_nextRecent = 0;  ///< place of the one that came first, which goes next

    Task m_task = Task::None;
    std::optional<Window> m_open;  ///< the window that is being fired
    Window m_early{};              ///< the last one that was looked at for early results
    bool m_dropping = false;       ///< the state for the windows up to m_fired is being dropped
    std::size_t m_next = 0;        ///< the first group of m_sum that has not been emitted
    std::size_t m_shownGroups = 0;  ///< of the window that is being fired, for those who watch the run
    std::vector<Window> m_same;    ///< windows of the same few groups, which are emitted together
    bool m_watermarkWaits = false;  ///< until state has gone to files
};

}  // namespace rw
