// Which windows an instant lies in, and the slices that windows share.
//
// A slice is a stretch of event time that no window's edge cuts: all its rows belong to the same windows.
// Rows are added up once in their slice, and a window is the merger of its slices. Tumbling: a slice is a
// window. Hopping: where the slide does not divide the size, slices of two lengths alternate (size mod slide,
// and the rest of the slide), so there are never more than two a slide. Cumulating: a slice is a step.
#pragma once
#include <string>

#include "core/stream/multiples.h"

namespace rw {

enum class WindowKind { Tumble, Hop, Cumulate, Session, Input };

/// [start, end), ordered by end: the order in which windows complete.
struct Window {
    Instant end = 0, start = 0;
    auto operator<=>(const Window&) const = default;
};

class WindowAssigner {
 public:
    /// `step` is the slide of a hop, the step of a cumulate and the size of a tumble. All lengths are
    /// positive; a hop's step is at most its size, a cumulate's size a multiple of its step.
    WindowAssigner(WindowKind kind, Millis size, Millis step, Millis offset);

    /// Event times beyond this many milliseconds from the epoch have no windows: sums would overflow. It is
    /// more than a hundred million years.
    static constexpr Instant kFarthest = Instant{1} << 62;
    static bool inRange(Instant time) { return time > -kFarthest && time < kFarthest; }
    /// Whether a window of such event times may begin or end there. No length is as long as kLongest.
    static constexpr Millis kLongest = Millis{1} << 50;
    static bool edgeInRange(Instant edge) {
        return edge > -kFarthest - kLongest && edge < kFarthest + kLongest;
    }

    /// The slice that `time` lies in.
    Window sliceOf(Instant time) const;
    /// The window that contains `slice` and ends first, and the one that ends last.
    Window firstWindow(const Window& slice) const;
    Window lastWindow(const Window& slice) const;
    /// The window that contains `slice` and ends first among those that end after `end`. Only when the last
    /// window of the slice does.
    Window windowAfter(const Window& slice, Instant end) const;
    /// The window that contains `slice` and ends last among those that end at `end` or before. Only when the
    /// first window of the slice does.
    Window windowUpTo(const Window& slice, Instant end) const;
    /// Whether every slice is a window, and the only one of its rows.
    bool sliceIsWindow() const { return m_size == m_step; }

 private:
    Window windowEndingAt(Instant end) const;

    WindowKind m_kind;
    Millis m_size, m_step;
    Millis m_shorter;    ///< from a slide's start to the end of a window that cuts the slide; 0: none does
    Multiples m_steps;   ///< starts of slides or steps
    Multiples m_ends;    ///< of windows
    Multiples m_starts;  ///< of windows
};

}  // namespace rw
