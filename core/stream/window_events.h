// What happens to the windows of a run, for those who watch it: they open, show results and close, and rows
// come too late for them.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/pipeline/pipeline.h"
#include "core/stream/run_scope.h"
#include "core/stream/window_assigner.h"

namespace rw {

class Disorder;
struct MakeContext;

/// The windows of a node, as they are while it runs.
struct WindowLane {
    NodeId node{};
    WindowKind kind = WindowKind::Tumble;
    Millis size = 0, step = 0, gap = 0;  ///< as WindowPlan
    Millis allowedLateness = 0, early = 0;
    bool joins = false;  ///< rows of two inputs meet in them
};

struct WindowEvent {
    enum class Kind : std::uint8_t {
        Opened,      ///< the first row came; of a session also that another has become part of it
        Early,       ///< it showed its present result before it was complete
        Fired,       ///< it was complete, and its result was shown
        FiredAgain,  ///< rows came after that, in the allowed lateness, and its result was shown again
        Closed,      ///< the allowed lateness is over; where there is none a window closes as it fires
        Merged,      ///< a session has become part of another one
        Late         ///< rows came after that
    };
    static constexpr std::int64_t kUnknown = -1;

    Kind kind = Kind::Opened;
    int task = 0;     ///< the instance of the node: each has a part of the keys
    Window window{};  ///< of a late row the last one that it would have counted for, whose start is not told
    std::string key{};          ///< of a session: “country=AT”
    std::uint32_t session = 0;  ///< of a session: tells it from others of the task that are there with it
    std::int64_t rows =
        kUnknown;               ///< that it has; kUnknown: not counted. Of late rows how many came together
    std::uint64_t results = 0;  ///< rows of the result
    Instant watermark = kMinTimestamp;  ///< of the node at that time; of late rows it is not told
    Instant at = 0;                     ///< wall time
    std::uint64_t number = 0;           ///< counts up over all nodes, for taking only new ones
};

/// Of a run. Nodes tell it of their windows only while somebody watches, a call's worth at a time: what that
/// costs goes by windows, not by rows. Any thread.
class WindowEvents {
 public:
    static constexpr std::size_t kKept = 10'000;  ///< events of a node, the newest

    WindowEvents();

    /// The one of the run that a node is made for.
    static std::shared_ptr<WindowEvents> of(const MakeContext& context);
    /// Before the nodes of a run are made: of() gives them this one, which outlives them.
    static void share(RunScope& scope, const std::shared_ptr<WindowEvents>& events);

    /// Asked for each batch.
    bool watched() const { return m_watchers.load(std::memory_order_relaxed) > 0; }
    /// How far behind others rows come, which has watchers of its own.
    const std::shared_ptr<Disorder>& disorder() const { return m_disorder; }
    /// The windows of a node; its instances tell the same.
    void addLane(WindowLane lane);
    /// Takes the events over, in their order, and empties the list.
    void add(const NodeId& node, std::vector<WindowEvent>& events, Instant now);

 private:
    friend class WindowWatch;
    const std::shared_ptr<Disorder> m_disorder;
    std::atomic<int> m_watchers{0};
    mutable std::mutex m_mutex;  ///< guards the members below
    std::map<NodeId, WindowLane> m_lanes;
    std::map<NodeId, std::deque<WindowEvent>> m_events;
    std::uint64_t m_number = 0;
};

/// As long as there is one, events are collected. Any thread.
class WindowWatch {
 public:
    explicit WindowWatch(std::shared_ptr<WindowEvents> events);
    ~WindowWatch();
    WindowWatch(const WindowWatch&) = delete;
    WindowWatch& operator=(const WindowWatch&) = delete;

    /// The nodes with windows, by their ids.
    std::vector<WindowLane> lanes() const;
    /// The events of a node with a number above `after`, oldest first.
    std::vector<WindowEvent> since(const NodeId& node, std::uint64_t after) const;
    const std::shared_ptr<Disorder>& disorder() const { return m_events->disorder(); }

 private:
    const std::shared_ptr<WindowEvents> m_events;
};

}  // namespace rw
