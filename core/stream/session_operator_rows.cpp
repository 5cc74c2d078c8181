// Taking rows: which session each joins, which sessions it makes one, and which rows leave as late or
// rejected.
#include "core/stream/session_operator.h"

namespace rw {

namespace {

/// Two past its stamp, a row can't touch a session that has passed.
bool isClean(Instant time, Instant stamp) {
    return stamp == kCleanStamp || time >= saturatingAdd(stamp, 2);
}

}  // namespace

Status SessionOperator::onBatch(int, const Batch& batch, Output& out) {
    const Column& times = batch.column(m_plan->input.eventTime);
    const bool holds = m_context.inputs.front().severalProducers && batch.stamps;
    std::vector<std::uint32_t> now, later;
    now.reserve(batch.rows);
    for (std::uint32_t row = 0; row < batch.rows; ++row) {
        const bool waits =
            holds && !times.isNull(row) && !isClean(times.at<Instant>(row), (*batch.stamps)[row]);
        (waits ? later : now).push_back(row);
    }
    m_held.hold(batch, later);
    return take(batch, now, out);
}

Status SessionOperator::take(const Batch& batch, std::span<const std::uint32_t> rows, Output& out) {
    if (rows.empty()) return {};
    m_input.take(batch);
    m_keys.findOrInsert(m_input.keyColumns(), m_input.hashes(), rows, m_groups);
    m_sessions.resizeKeys(m_keys.size());
    m_joined.clear();
    m_joinedRows.clear();
    RW_TRY(joinRows(batch, rows, out));
    m_late.emit(batch, out);
    m_aggregates.resize(m_sessions.numbers());
    m_aggregates.update(m_input, m_joinedRows, m_joined);
    m_aggregates.merge(m_aggregates, m_mergedFrom, m_mergedInto);
    m_aggregates.clear(m_mergedFrom);
    if (m_plan->emitsUpdates()) {
        for (const std::uint32_t session : m_mergedFrom) retract(session, out);
        for (const std::uint32_t session : m_joined) noteChange(session);
        RW_TRY(showChanged(out));
    }
    m_sessions.release(m_mergedFrom);
    m_mergedFrom.clear();
    m_mergedInto.clear();
    return {};
}

Status SessionOperator::joinRows(const Batch& batch, std::span<const std::uint32_t> rows, Output& out) {
    const Column& times = batch.column(m_plan->input.eventTime);
    const auto& errors = m_input.errors();
    const bool plain = !batch.stamps && errors.empty() && times.validity().allValid();
    auto error = errors.begin();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Instant time = times.at<Instant>(rows[i]);
        std::uint32_t session = SessionStore::kNone;
        if (plain && WindowAssigner::inRange(time)) {
            session = joinOpen(m_groups[i], {time + m_plan->gap, time});
        } else {
            while (error != errors.end() && error->row < rows[i]) ++error;
            const bool failed = error != errors.end() && error->row == rows[i];
            RW_TRY(join(batch, rows[i], m_groups[i], failed ? &*error : nullptr, session, out));
        }
        if (session == SessionStore::kNone) continue;
        m_joined.push_back(session);
        m_joinedRows.push_back(rows[i]);
    }
    return {};
}

Status SessionOperator::join(const Batch& batch, std::uint32_t row, std::uint32_t key,
                             const sql::RowError* error, std::uint32_t& session, Output& out) {
    const Column& times = batch.column(m_plan->input.eventTime);
    if (times.isNull(row)) return out.reject(batch, row, RW_TEXT("window", "The event time is NULL"));
    const Instant time = times.at<Instant>(row);
    if (!WindowAssigner::inRange(time)) {
        return out.reject(batch, row, RW_TEXT("window", "The event time is too far from 1970"));
    }
    const Window window{time + m_plan->gap, time};
    const Instant stamp = batch.stamps ? (*batch.stamps)[row] : kCleanStamp;
    if (!isClean(time, stamp)) {
        seal(key, stamp);
        // A row that fails is late all the same: it would have been, had it not failed.
        if (saturatingAdd(window.end - 1, m_plan->allowedLateness) <= stamp && !touchesOpen(key, window)) {
            m_late.add(row, stamp - (window.end - 1), window.end);
            return {};
        }
    }
    if (error) return out.reject(batch, row, error->reason);
    session = joinOpen(key, window);
    return {};
}

bool SessionOperator::touchesOpen(std::uint32_t key, const Window& window) const {
    for (auto at = m_sessions.first(key); at != SessionStore::kNone; at = m_sessions.at(at).next) {
        if (m_sessions.at(at).takes(window)) return true;
    }
    return false;
}

std::uint32_t SessionOperator::joinOpen(std::uint32_t key, const Window& window) {
    std::uint32_t joined = SessionStore::kNone;
    for (auto at = m_sessions.first(key); at != SessionStore::kNone;) {
        const SessionStore::Session& session = m_sessions.at(at);
        const std::uint32_t next = session.next;
        if (session.takes(window)) {
            if (joined == SessionStore::kNone) {
                joined = at;
            } else {
                absorb(joined, at);
            }
        }
        at = next;
    }
    if (joined == SessionStore::kNone) {
        joined = m_sessions.add(key, window);
        if (m_plan->emitsUpdates()) m_shown.resize(m_sessions.numbers());
        m_sessions.wake(joined, nextLook(joined));
        return joined;
    }
    Window& grown = m_sessions.at(joined).window;
    grown.start = std::min(grown.start, window.start);
    grown.end = std::max(grown.end, window.end);
    return joined;
}

void SessionOperator::seal(std::uint32_t key, Instant stamp) {
    for (auto at = m_sessions.first(key); at != SessionStore::kNone; at = m_sessions.at(at).next) {
        SessionStore::Session& session = m_sessions.at(at);
        if (saturatingAdd(session.window.end - 1, m_plan->allowedLateness) <= stamp) session.open = false;
    }
}

/// `session` takes over `other`. The aggregates follow when all rows of the batch are in theirs.
void SessionOperator::absorb(std::uint32_t session, std::uint32_t other) {
    Window& window = m_sessions.at(session).window;
    const Window& taken = m_sessions.at(other).window;
    window.start = std::min(window.start, taken.start);
    window.end = std::max(window.end, taken.end);
    m_sessions.remove(other);
    m_mergedFrom.push_back(other);
    m_mergedInto.push_back(session);
}

void SessionOperator::noteChange(std::uint32_t session) {
    if (m_shown[session].changed) return;
    m_shown[session].changed = true;
    m_changed.push_back(session);
}

}  // namespace rw
