// Tells those who watch a run of the sessions of a node.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/stream/keys/key_table.h"
#include "core/stream/window_events.h"
#include "core/stream/window_plan.h"
#include "core/stream/windows/session_store.h"

namespace rw {

/// Of one instance of the node, and single-threaded as that is. There may be hundreds of thousands of
/// sessions a second: in a call it tells of a few that open, and of those that close with the most rows.
/// Whatever has been told of is followed until it is gone.
class SessionReporter {
 public:
    SessionReporter(const WindowPlan& plan, const MakeContext& context);

    /// Before rows are taken: begins to follow sessions, or ends, as somebody watches or nobody does. The
    /// rows of the sessions that are there, so many numbers, are not known.
    void look(std::size_t numbers);
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
    static constexpr std::size_t kMostOpened = 4;   ///< in a call
    static constexpr std::size_t kMostShown = 4;    ///< at once, of those that were not told of before …
    static constexpr std::size_t kMostLooked = 64;  ///< … the ones with most rows among the first so many

    void tell(WindowEvent::Kind kind, std::uint32_t session, const SessionStore& store);
    void tellWithKey(WindowEvent::Kind kind, std::uint32_t session, const SessionStore& store,
                     const KeyTable& keys);
    bool follows(std::uint32_t session) const { return session < m_followed.size() && m_followed[session]; }

    const bool m_waits;  ///< for rows that come late
    const NodeId m_node;
    const int m_task;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<WindowEvents> m_events;
    bool m_on = false;
    std::vector<std::int64_t> m_rows;  ///< by session number; less than 0: they were not all counted
    std::vector<bool> m_followed;      ///< by session number: it was told of
    std::size_t m_opened = 0;          ///< in this call
    std::vector<WindowEvent> m_told;
};

}  // namespace rw
