#include "widgets/timeline/lane_windows.h"

#include <algorithm>
#include <utility>

namespace rw::ui {

namespace {
constexpr std::size_t kSessionsOfKey = 100;
}

void LaneWindows::Part::apply(const WindowEvent& event) {
    using Kind = WindowEvent::Kind;
    if (event.kind == Kind::Early) {
        early = true;
        earlyAt = event.watermark;
    }
    if (event.kind == Kind::FiredAgain && fired) ++again;
    if (event.kind == Kind::Fired || event.kind == Kind::FiredAgain) {
        fired = true;
        if (firedAt == 0) firedAt = event.at;
    }
    if (event.kind == Kind::Closed) closed = true;
    if (event.kind == Kind::Opened || event.kind == Kind::Closed) return;
    rows = event.rows;
    results = event.results;
}

void LaneWindows::take(const std::vector<WindowEvent>& events) {
    for (const WindowEvent& event : events) {
        m_newest = event.number;
        if (event.kind == WindowEvent::Kind::Late) {
            m_late[event.window.end] += static_cast<std::uint64_t>(std::max<std::int64_t>(event.rows, 0));
        } else if (m_lane.kind == WindowKind::Session) {
            takeSession(event);
        } else {
            takeWindow(event);
        }
    }
    while (m_late.size() > kMost) m_late.erase(m_late.begin());
}

/// After a restart from a checkpoint windows open and fire again: what is told last counts.
void LaneWindows::takeWindow(const WindowEvent& event) {
    m_windows[event.window][event.task].apply(event);
    while (m_windows.size() > kMost) m_windows.erase(m_windows.begin());
}

LaneWindows::Session* LaneWindows::findSession(const WindowEvent& event) {
    for (auto& [key, sessions] : m_sessions) {
        if (!event.key.empty() && key != event.key) continue;
        // A number is used again: the newest session that has it is meant.
        const auto found = std::find_if(
            sessions.sessions.rbegin(), sessions.sessions.rend(), [&event](const Session& session) {
                return session.task == event.task && session.number == event.session && !session.part.closed;
            });
        if (found != sessions.sessions.rend()) return &*found;
    }
    return nullptr;
}

void LaneWindows::takeSession(const WindowEvent& event) {
    using Kind = WindowEvent::Kind;
    const bool waits = m_lane.allowedLateness > 0;
    Session* known = findSession(event);
    // One that has fired for good, or while another opens, is not the one that this is of.
    if (known != nullptr && known->part.fired && (!waits || event.kind == Kind::Opened)) known = nullptr;
    if (event.kind == Kind::Merged) {
        if (known == nullptr) return;
        for (auto& [key, of] : m_sessions)
            std::erase_if(of.sessions, [known](const Session& each) { return &each == known; });
        return;
    }
    if (known == nullptr) {
        if (event.kind == Kind::Closed) return;
        Key& key = m_sessions[event.key];
        if (key.sessions.size() >= kSessionsOfKey) key.sessions.erase(key.sessions.begin());
        known = &key.sessions.emplace_back(Session{event.task, event.session, event.window, {}});
    }
    known->window = event.window;
    known->part.apply(event);
    if (const auto of = m_sessions.find(event.key); of != m_sessions.end()) of->second.newest = event.number;
    if (m_sessions.size() <= kMostKeys) return;
    m_sessions.erase(std::min_element(m_sessions.begin(), m_sessions.end(), [](const auto& a, const auto& b) {
        return a.second.newest < b.second.newest;
    }));
}

std::int64_t LaneWindows::Key::rows() const {
    std::int64_t rows = 0;
    for (const Session& session : sessions) rows += std::max<std::int64_t>(session.part.rows, 0);
    return rows;
}

LaneWindow LaneWindows::windowOf(const Window& window, const std::vector<const Part*>& parts,
                                 Instant watermark, Instant ahead) const {
    using State = LaneWindow::State;
    LaneWindow made;
    made.window = window;
    made.rows = 0;
    bool fired = false, closed = true, early = false;
    for (const Part* part : parts) {
        fired = fired || part->fired;
        closed = closed && part->closed;
        early = early || part->early;
        made.rows = part->rows < 0 || made.rows < 0 ? WindowEvent::kUnknown : made.rows + part->rows;
        made.results += part->results;
        made.again = std::max(made.again, part->again);
        made.earlyAt = std::max(made.earlyAt, part->earlyAt);
        made.firedAt = std::max(made.firedAt, part->firedAt);
    }
    const Instant last = window.end - 1;
    // One of them may not have been told of.
    if (fired || watermark >= saturatingAdd(last, m_lane.allowedLateness)) {
        const bool over = closed || watermark >= saturatingAdd(last, m_lane.allowedLateness);
        made.state = over ? State::Fired : State::Lateness;
    } else if (watermark < last && ahead >= last) {
        made.state = State::Waits;
    } else {
        made.state = early ? State::Early : State::Open;
    }
    return made;
}

std::vector<LaneStrip> LaneWindows::strips(Instant watermark, Instant ahead) const {
    std::vector<LaneStrip> made;
    if (m_lane.kind != WindowKind::Session) {
        LaneStrip& strip = made.emplace_back();
        for (const auto& [window, tasks] : m_windows) {
            std::vector<const Part*> parts;
            for (const auto& [task, part] : tasks) parts.push_back(&part);
            strip.windows.push_back(windowOf(window, parts, watermark, ahead));
            if (const auto late = m_late.find(window.end); late != m_late.end())
                strip.windows.back().late = late->second;
        }
        stackWindows(strip.windows, kMostRows);
        return made;
    }
    std::vector<const std::pair<const std::string, Key>*> keys;
    for (const auto& key : m_sessions) keys.push_back(&key);
    const std::size_t shown = std::min(keys.size(), kKeysShown);
    std::partial_sort(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(shown), keys.end(),
                      [](const auto* a, const auto* b) {
                          return std::pair(-a->second.rows(), a->first) <
                                 std::pair(-b->second.rows(), b->first);
                      });
    keys.resize(shown);
    for (const auto* key : keys) {
        LaneStrip& strip = made.emplace_back();
        strip.key = key->first;
        for (const Session& session : key->second.sessions)
            strip.windows.push_back(windowOf(session.window, {&session.part}, watermark, ahead));
        std::sort(strip.windows.begin(), strip.windows.end(),
                  [](const LaneWindow& a, const LaneWindow& b) { return a.window < b.window; });
    }
    return made;
}

void stackWindows(std::vector<LaneWindow>& windows, int mostRows) {
    std::vector<Instant> free(static_cast<std::size_t>(std::max(mostRows, 1)), kMinTimestamp);
    for (LaneWindow& window : windows) {
        auto row = std::find_if(free.begin(), free.end(),
                                [&window](Instant end) { return end <= window.window.start; });
        if (row == free.end()) row = std::min_element(free.begin(), free.end());
        *row = window.window.end;
        window.row = static_cast<int>(row - free.begin());
    }
}

}  // namespace rw::ui
