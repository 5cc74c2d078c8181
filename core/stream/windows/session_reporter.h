// Tells those who watch a run of the sessions of a node.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/stream/keys/key_table.h"
#include "core/stream/window_events.h"
#include "core/stream/window_plan.h"
#include "core/stream/windows/session_store.h"

namespace rw {

/// Of one instance of the node, and single-threaded as that is. There may be hundreds of thousands of
/// sessions a second: it follows some of those that open in a call, from their first row to their end.
class SessionReporter {
 public:
    SessionReporter(const WindowPlan& plan, const MakeContext& context);

    /// Before rows are taken: begins to follow sessions, or ends, as somebody watches or nobody does.
    void look();
    /// Until the next look().
    bool on() const { return m_on; }
    void opened(std::uint32_t session, const SessionStore& store, const KeyTable& keys);
    /// Each entry is a row that has joined.
    void joined(std::span<const std::uint32_t> sessions);
    /// `from` has become part of `into`.
    void merged(std::uint32_t from, std::uint32_t into, const SessionStore& store, const KeyTable& keys);
    void shown(WindowEvent::Kind kind, std::span<const std::uint32_t> sessions, const SessionStore& store,
               const KeyTable& keys);
    /// Sessions are forgotten, before they are removed.
    void gone(std::span<const std::uint32_t> sessions, const SessionStore& store);
    /// At the end of a call: hands on what it was told. `watermark`: of the node.
    void flush(Instant watermark);

 private:
    static constexpr std::int64_t kMostAtOnce = 500;     ///< that open, and are followed …
    static constexpr std::int64_t kMillisForOne = 2;     ///< … behind these one in so many milliseconds
    static constexpr std::size_t kMostFollowed = 2'000;  ///< at a time

    void tell(WindowEvent::Kind kind, std::uint32_t session, const SessionStore& store);
    void tellWithKey(WindowEvent::Kind kind, std::uint32_t session, const SessionStore& store,
                     const KeyTable& keys);
    void forget(std::uint32_t session);
    bool follows(std::uint32_t session) const { return session < m_followed.size() && m_followed[session]; }

    const bool m_waits;  ///< for rows that come late
    const NodeId m_node;
    const int m_task;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<WindowEvents> m_events;
    bool m_on = false;
    /// Of those that are followed; less than 0: they were not all counted.
    std::unordered_map<std::uint32_t, std::int64_t> m_rows;
    std::vector<bool> m_followed;      ///< by session number
    std::int64_t m_left = 0;           ///< that may be followed yet
    std::int64_t m_filledAt = 0;       ///< when there were more, in the clock's steady milliseconds
    std::vector<WindowEvent> m_told;
};

}  // namespace rw
