// Which slice and which windows the rows of a window aggregation belong to: those that WindowAssigner makes,
// or those that the rows carry.
#pragma once
#include "core/data/batch.h"
#include "core/stream/window_plan.h"

namespace rw {

class WindowSlicing {
 public:
    explicit WindowSlicing(const WindowPlan& plan);

    const WindowAssigner& assigner() const { return m_assigner; }
    int eventTime() const { return m_eventTime; }  ///< column of the input
    /// Whether every slice is a window, and the only one of its rows.
    bool sliceIsWindow() const { return m_sliceIsWindow; }
    /// The slice of a row whose event time WindowAssigner::inRange().
    Window sliceOf(const Batch& batch, std::size_t row) const;
    /// The first row from `row` on that lies in another slice than `slice`, or whose event time is out of
    /// range. NULLs count as zeros.
    std::uint32_t endOfRun(const Batch& batch, const Window& slice, std::uint32_t row) const;
    // As WindowAssigner has them.
    Window firstWindow(const Window& slice) const;
    Window lastWindow(const Window& slice) const;
    Window windowAfter(const Window& slice, Instant end) const;
    Window windowUpTo(const Window& slice, Instant end) const;

    /// A window has passed for a row of this stamp when it ends at this or before.
    Instant passedAt(Instant stamp) const { return saturatingAdd(stamp, 1 - m_allowedLateness); }
    /// The first watermark, or stamp, at which rows of the window are late.
    Instant lateFrom(const Window& window) const { return saturatingAdd(window.end - 1, m_allowedLateness); }
    /// Whether rows of the window are late at this watermark.
    bool passed(const Window& window, Instant watermark) const { return lateFrom(window) <= watermark; }
    /// The last window that a watermark completes, whether there were rows for it or not.
    Window lastCompletedBy(Instant watermark) const;

    /// As far as it matters: with no other can the operator compute.
    bool isWindow(const Window& window) const;
    /// Whether the rows of a part of this slice may count from the window on that ends at `from`.
    bool isPart(const Window& slice, Instant from) const;

 private:
    WindowKind m_kind;
    Millis m_size, m_allowedLateness;
    int m_eventTime, m_windowStart, m_windowEnd;  ///< columns of the input
    WindowAssigner m_assigner;
    bool m_sliceIsWindow;
};

}  // namespace rw
