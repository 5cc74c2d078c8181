// Tells those who watch a run of the windows of a node: tumbling, hopping and cumulating ones, and those that
// rows carry.
#pragma once
#include <deque>
#include <memory>
#include <set>
#include <vector>

#include "core/stream/window_events.h"
#include "core/stream/windows/window_slicing.h"

namespace rw {

/// Of one instance of the node, and single-threaded as that is. It does nothing while nobody watches. Told of
/// slices, it finds out which windows these open: a row may lie in thousands.
class WindowReporter {
 public:
    static constexpr std::size_t kMostOpened = 64;  ///< windows that a slice may open, the last ones

    /// Both must outlive it. `joins`: see WindowLane.
    WindowReporter(const WindowPlan& plan, const WindowSlicing& slicing, const MakeContext& context,
                   bool joins = false);

    bool on() const { return m_events->watched(); }
    /// Somebody watches, and it was not told yet of the slices that have rows.
    bool asksForSlices() { return on() != m_knowsSlices && begin(); }
    /// Rows came for a slice that count from the window on that ends at `from`; `watermark`: of the node.
    void rowsCame(const Window& slice, Instant from, Instant watermark);
    /// A window has shown its result.
    void shown(WindowEvent::Kind kind, const Window& window, std::int64_t rows, std::uint64_t results,
               Instant watermark);
    /// The node has done all that the watermark asks for.
    void passed(Instant watermark);
    /// At the end of a call: hands on what it was told.
    void flush() {
        if (!m_told.empty()) hand();
    }

 private:
    static constexpr std::size_t kMostSlices = 10'000;  ///< that are known at a time

    bool begin();
    WindowEvent& tell(WindowEvent::Kind kind, const Window& window, Instant watermark);
    void hand();

    const WindowSlicing& m_slicing;
    const Millis m_allowedLateness;
    const NodeId m_node;
    const int m_task;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<WindowEvents> m_events;
    bool m_knowsSlices = false;
    std::set<Window> m_slices;     ///< with rows, of windows that have not fired
    std::deque<Window> m_waiting;  ///< that have fired, and take rows that come late
    std::vector<WindowEvent> m_told;
};

}  // namespace rw
