#include "core/stream/windows/session_reporter.h"

#include <algorithm>
#include <limits>

#include "core/base/readable.h"
#include "core/data/text.h"
#include "core/stream/operator.h"

namespace rw {

namespace {

constexpr std::int64_t kNotFollowed = std::numeric_limits<std::int64_t>::min() / 2;
constexpr std::size_t kLongestKey = 64;

std::string textOf(const KeyTable& keys, std::uint32_t group) {
    std::string text;
    for (const ColumnRef& column : keys.columns({&group, 1})) {
        if (!text.empty()) text += ", ";
        if (column->isNull(0)) {
            text += "NULL";
        } else {
            appendCell(text, *column, 0);
        }
    }
    return shortened(text, kLongestKey);
}

}  // namespace

SessionReporter::SessionReporter(const WindowPlan& plan, const MakeContext& context)
    : m_waits(plan.allowedLateness > 0),
      m_node(context.node),
      m_task(context.instance),
      m_clock(context.clock),
      m_events(WindowEvents::of(context)) {
    m_events->addLane(
        {context.node, plan.kind, plan.size, plan.step, plan.gap, plan.allowedLateness, plan.early, false});
}

void SessionReporter::look() {
    const bool on = m_events->watched();
    if (!on && !m_on) return;
    const std::int64_t now = m_clock->steadyMillis();
    if (on == m_on) {
        const std::int64_t more = (now - m_filledAt) / kMillisForOne;
        m_left = std::min(m_left + more, kMostAtOnce);
        m_filledAt += more * kMillisForOne;
        return;
    }
    m_on = on;
    m_left = kMostAtOnce;
    m_filledAt = now;
    m_rows.clear();
    m_followed.clear();
}

void SessionReporter::opened(std::uint32_t session, const SessionStore& store, const KeyTable& keys) {
    if (m_left == 0 || m_rows.size() >= kMostFollowed) return;
    --m_left;
    if (m_followed.size() < store.numbers()) m_followed.resize(store.numbers(), false);
    m_followed[session] = true;
    m_rows[session] = 0;
    tellWithKey(WindowEvent::Kind::Opened, session, store, keys);
}

void SessionReporter::joined(std::span<const std::uint32_t> sessions) {
    if (m_rows.empty()) return;
    // A bit a session: those of hundreds of thousands stay near the processor.
    for (const std::uint32_t session : sessions) {
        if (follows(session)) ++m_rows[session];
    }
}

void SessionReporter::merged(std::uint32_t from, std::uint32_t into, const SessionStore& store,
                             const KeyTable& keys) {
    const bool followsInto = follows(into);
    if (followsInto)
        m_rows[into] = follows(from) ? std::max(m_rows[into] + m_rows[from], kNotFollowed) : kNotFollowed;
    if (follows(from)) {
        tell(WindowEvent::Kind::Merged, from, store);
        forget(from);
    }
    if (followsInto) tellWithKey(WindowEvent::Kind::Opened, into, store, keys);
}

void SessionReporter::shown(WindowEvent::Kind kind, std::span<const std::uint32_t> sessions,
                            const SessionStore& store, const KeyTable& keys) {
    for (const std::uint32_t session : sessions) {
        if (follows(session)) tellWithKey(kind, session, store, keys);
    }
}

void SessionReporter::gone(std::span<const std::uint32_t> sessions, const SessionStore& store) {
    for (const std::uint32_t session : sessions) {
        if (!follows(session)) continue;
        if (m_waits) tell(WindowEvent::Kind::Closed, session, store);
        forget(session);
    }
}

void SessionReporter::forget(std::uint32_t session) {
    m_followed[session] = false;
    m_rows.erase(session);
}

void SessionReporter::tell(WindowEvent::Kind kind, std::uint32_t session, const SessionStore& store) {
    WindowEvent event;
    event.kind = kind;
    event.task = m_task;
    event.window = store.at(session).window;
    event.session = session;
    event.rows = std::max(m_rows[session], WindowEvent::kUnknown);
    event.results = 1;
    m_told.push_back(std::move(event));
}

void SessionReporter::tellWithKey(WindowEvent::Kind kind, std::uint32_t session, const SessionStore& store,
                                  const KeyTable& keys) {
    tell(kind, session, store);
    m_told.back().key = textOf(keys, store.at(session).key);
}

void SessionReporter::flush(Instant watermark) {
    if (m_told.empty()) return;
    for (WindowEvent& event : m_told) event.watermark = watermark;
    m_events->add(m_node, m_told, m_clock->now());
}

}  // namespace rw
