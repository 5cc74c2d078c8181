// The windows of a node that a test looks at, step after step.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <utility>

#include "core/pipeline_tests/test_file.h"
#include "core/stream/window_events.h"

namespace rw {

/// What the newest events of the node say, as WindowWatch keeps them. A test may have ten thousand looks, and
/// a node as many events: each of these is read once.
class WindowStates {
 public:
    /// Reads what has come since the last time.
    void take(const WindowWatch& watch, const NodeId& node);
    /// Of the window that ends there.
    PipelineTestStep::Window at(Instant end) const;
    /// No event was let go of: a window that none tells of is not there.
    bool all() const { return m_newest.size() < WindowEvents::kKept; }

 private:
    struct Counts {
        std::size_t opened = 0, fired = 0;  ///< its events among the newest
    };
    void count(const std::pair<Instant, WindowEvent::Kind>& event, bool comes);

    std::uint64_t m_read = 0;  ///< the number of the last one
    std::deque<std::pair<Instant, WindowEvent::Kind>> m_newest{};
    std::unordered_map<Instant, Counts> m_windows{};
};

}  // namespace rw
