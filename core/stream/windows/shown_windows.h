// Windows whose results are updated: the rows that each has emitted, and which have to emit changes.
#pragma once
#include <map>
#include <optional>

#include "core/stream/windows/shown_window.h"
#include "core/stream/windows/window_ranges.h"
#include "core/stream/windows/window_slicing.h"

namespace rw {

class ShownWindows {
 public:
    /// `slicing` is that of the plan, and outlives this.
    ShownWindows(WindowPlanRef plan, const WindowSlicing& slicing)
        : m_plan(std::move(plan)), m_slicing(slicing), m_changed(slicing.assigner()) {}

    /// Rows came that count in the windows of `slice` that end at `from` or later: those of them that the
    /// watermark has completed are to be shown again.
    void rowsCame(const Window& slice, Instant from, Instant watermark);
    bool anyChanged() const { return !m_changed.empty(); }
    /// The first window that is to be shown again.
    std::optional<Window> takeChanged() { return m_changed.takeFirst(); }
    /// Whether a window that is not complete has come so far that it shows its present result.
    bool earlyIsDue(const Window& window, Instant watermark);

    /// As ShownWindow::show(): while busy() it is to be called again, with the same window.
    Status show(const Window& window, const GroupState& groups, bool last, WindowResults& results,
                CallBudget& budget, Output& out);
    bool busy() const { return m_busy; }

    /// Forgets windows that are at most `upTo` and passed. False: there are more.
    bool drop(const Window& upTo, Instant watermark, CallBudget& budget);
    std::size_t memoryBytes() const { return m_bytes; }

    /// Writes the rows shown of each window; not while busy().
    void snapshot(StateWriter& out) const;
    /// Takes over such records: of a window's early results, and of its keys, which are new here.
    Status restoreEarly(const StateReader& record);
    Status restoreKeys(const StateReader& record, int keyGroup, std::size_t chunkRows);

 private:
    /// The rows shown of a window; it begins with none.
    ShownWindow& at(const Window& window);

    WindowPlanRef m_plan;
    const WindowSlicing& m_slicing;
    std::map<Window, ShownWindow> m_shown;
    std::size_t m_bytes = 0;
    WindowRanges m_changed;  ///< complete windows that took rows since
    bool m_busy = false;
};

}  // namespace rw
