// The windows of a node as the timeline draws them, put together from what its tasks told of them.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/stream/window_events.h"

namespace rw::ui {

/// A window, over all tasks of its node.
struct LaneWindow {
    enum class State : std::uint8_t {
        Open,      ///< it takes rows; nothing was shown yet
        Early,     ///< the same, and a present result was shown
        Fired,     ///< its result was shown, and it takes no rows any more
        Lateness,  ///< its result was shown, and rows that come late still change it
        Waits      ///< others are past its end, but the watermark is not
    };
    Window window{};
    State state = State::Open;
    std::int64_t rows = WindowEvent::kUnknown;
    std::uint64_t results = 0;
    std::uint64_t again = 0;          ///< so often its result was shown anew, for rows that came late
    std::uint64_t late = 0;           ///< rows that came too late for it, and for every window after
    Instant earlyAt = kMinTimestamp;  ///< watermark of the newest early result
    Instant firedAt = 0;              ///< wall time; 0: it has not
    int row = 0;                      ///< of those that windows which overlap are drawn in

    bool hasFired() const { return state == State::Fired || state == State::Lateness; }
};

/// Windows of a node, or of one key of a node with sessions.
struct LaneStrip {
    std::string key{};
    std::vector<LaneWindow> windows{};  ///< by their ends
};

/// Bounded: the newest kMost windows are kept. Plain data, for any thread.
class LaneWindows {
 public:
    static constexpr std::size_t kMost = 600;      ///< windows
    static constexpr std::size_t kMostKeys = 200;  ///< of sessions
    static constexpr std::size_t kKeysShown = 3;
    static constexpr int kMostRows = 4;  ///< that windows are drawn in

    explicit LaneWindows(WindowLane lane) : m_lane(std::move(lane)) {}

    const WindowLane& lane() const { return m_lane; }
    /// The newest event that was taken.
    std::uint64_t newest() const { return m_newest; }
    /// Events of the node, in their order.
    void take(const std::vector<WindowEvent>& events);
    /// The strips as they are at this watermark of the node; `ahead`: that of the input that is furthest,
    /// which the node would have if nothing held it. Of sessions those of the keys with the most rows.
    std::vector<LaneStrip> strips(Instant watermark, Instant ahead) const;
    /// Keys of sessions that are known here.
    std::size_t keys() const { return m_sessions.size(); }
    /// Rows that were too late, by the end of the window that they missed.
    const std::map<Instant, std::uint64_t>& late() const { return m_late; }

 private:
    /// A window in one task.
    struct Part {
        bool fired = false, closed = false, early = false;
        std::int64_t rows = WindowEvent::kUnknown;
        std::uint64_t results = 0, again = 0;
        Instant earlyAt = kMinTimestamp, firedAt = 0;

        void apply(const WindowEvent& event);
    };
    struct Session {
        int task = 0;
        std::uint32_t number = 0;
        Window window{};
        Part part{};
    };
    struct Key {
        std::vector<Session> sessions{};
        std::uint64_t newest = 0;  ///< event
        std::int64_t rows() const;
    };

    void takeWindow(const WindowEvent& event);
    void takeSession(const WindowEvent& event);
    Session* findSession(const WindowEvent& event);
    LaneWindow windowOf(const Window& window, const std::vector<const Part*>& parts, Instant watermark,
                        Instant ahead) const;

    WindowLane m_lane;
    std::uint64_t m_newest = 0;
    std::map<Window, std::map<int, Part>> m_windows{};  ///< parts by task
    std::map<std::string, Key> m_sessions{};
    std::map<Instant, std::uint64_t> m_late{};
};

/// Gives each window the first row that is free from its start on, but for those behind the last.
void stackWindows(std::vector<LaneWindow>& windows, int mostRows);

}  // namespace rw::ui
