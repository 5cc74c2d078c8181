#include "core/stream/session_operator.h"

#include <algorithm>

#include "core/stream/cell_compare.h"

namespace rw {

namespace {
constexpr std::size_t kFewKeys = 4096;  // not worth renumbering
}

SessionOperator::SessionOperator(WindowPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_context(context),
      m_input(m_plan->aggregates, m_plan->keys, m_plan->input.eventTime, m_context),
      m_results(m_plan, m_context),
      m_late(m_plan->late.schema, kWindowLate),
      m_keys(m_plan->keyTypes),
      m_sessions(m_plan->gap, m_plan->early == 0),
      m_aggregates(m_plan->aggregates) {}

Status SessionOperator::onWatermark(Instant watermark, Output& out) {
    m_watermark = watermark;
    std::vector<std::uint32_t> all;
    for (const Batch& batch : m_held.release(watermark)) {
        all.resize(batch.rows);
        for (std::uint32_t row = 0; row < batch.rows; ++row) all[row] = row;
        RW_TRY(take(batch, all, out));
    }
    std::vector<std::uint32_t> complete, passed;
    for (auto session = m_sessions.nextDue(watermark); session != SessionStore::kNone;
         session = m_sessions.nextDue(watermark)) {
        const Instant last = m_sessions.at(session).window.end - 1;
        if (last <= watermark && (!m_plan->emitsUpdates() || !m_shown[session].final))
            complete.push_back(session);
        if (last > watermark && nextLook(session) <= watermark) RW_TRY(show({&session, 1}, out));
        if (saturatingAdd(last, m_plan->allowedLateness) <= watermark) {
            passed.push_back(session);
        } else {
            m_sessions.wake(session, last <= watermark ? last + m_plan->allowedLateness : nextLook(session));
        }
    }
    RW_TRY(fire(complete, out));
    m_results.flush(out);
    forget(passed);
    compactKeys();
    out.watermark(kWindowOut, saturatingAdd(watermark, -m_plan->allowedLateness - 1));
    for (int port = kWindowLate; port < outputPorts; ++port) out.watermark(port, watermark);
    return {};
}

/// When an incomplete session next has something to show.
Instant SessionOperator::nextLook(std::uint32_t number) const {
    const Window& window = m_sessions.at(number).window;
    if (m_plan->early == 0) return window.end - 1;
    const Shown& shown = m_shown[number];
    const Instant step = window.start + (shown.earlySteps + 1) * m_plan->early;
    // What was shown early of a session that has grown since is to be withdrawn before its time has passed.
    const Instant withdrawn = shown.values ? shown.window.end - 1 : kMaxTimestamp;
    return std::min({window.end - 1, step, withdrawn});
}

Status SessionOperator::fire(std::span<const std::uint32_t> sessions, Output& out) {
    if (m_plan->emitsUpdates()) return show(sessions, out);
    std::vector<Window> windows;
    std::vector<std::uint32_t> keys;
    for (const std::uint32_t session : sessions) {
        windows.push_back(m_sessions.at(session).window);
        keys.push_back(m_sessions.at(session).key);
    }
    return m_results.add(windows, m_keys, keys, m_aggregates, sessions, out);
}

Status SessionOperator::show(std::span<const std::uint32_t> sessions, Output& out) {
    if (sessions.empty()) return {};
    std::vector<std::uint32_t> keys;
    for (const std::uint32_t session : sessions) keys.push_back(m_sessions.at(session).key);
    sql::RowErrors errors;
    const auto values = std::make_shared<const std::vector<ColumnRef>>(
        m_results.values(m_keys, keys, m_aggregates, sessions, errors));
    auto error = errors.begin();
    for (std::uint32_t row = 0; row < sessions.size(); ++row) {
        const bool failed = error != errors.end() && error->row == row;
        RW_TRY(showOne(sessions[row], values, row, failed ? &error->reason : nullptr, out));
        if (failed) ++error;
    }
    return {};
}

Status SessionOperator::showOne(std::uint32_t number,
                                const std::shared_ptr<const std::vector<ColumnRef>>& values,
                                std::uint32_t row, const Text* failure, Output& out) {
    const Window& window = m_sessions.at(number).window;
    Shown& shown = m_shown[number];
    const bool final = window.end - 1 <= m_watermark;
    if (m_plan->early > 0 && !final) shown.earlySteps = (m_watermark - window.start) / m_plan->early;
    if (failure) {
        retract(number, out);
        shown.final = final;
        return final ? m_results.reject(window, *values, row, *failure, out) : Status();
    }
    if (shown.values && shown.window == window) {
        if (!sameRow(*shown.values, shown.row, *values, row)) {
            m_results.add(RowKind::UpdateBefore, window, *shown.values, shown.row, out);
            m_results.add(RowKind::UpdateAfter, window, *values, row, out);
        }
    } else {
        retract(number, out);
        m_results.add(RowKind::Insert, window, *values, row, out);
    }
    shown.values = values;
    shown.row = row;
    shown.window = window;
    shown.final = final;
    return {};
}

void SessionOperator::retract(std::uint32_t number, Output& out) {
    Shown& shown = m_shown[number];
    if (shown.values) m_results.add(RowKind::Delete, shown.window, *shown.values, shown.row, out);
    shown.values = nullptr;
    shown.final = false;
}

Status SessionOperator::showChanged(Output& out) {
    std::vector<std::uint32_t> again;
    for (const std::uint32_t number : m_changed) {
        m_shown[number].changed = false;
        const SessionStore::Session& session = m_sessions.at(number);
        if (!session.alive) continue;  // it was merged, and has been retracted
        if (session.window.end - 1 <= m_watermark) {
            again.push_back(number);
            m_sessions.wake(number, session.window.end - 1 + m_plan->allowedLateness);
            continue;
        }
        // A complete session that has grown is open again. What was shown early may stand until the next
        // time.
        if (m_shown[number].final) retract(number, out);
        m_sessions.wake(number, nextLook(number));
    }
    m_changed.clear();
    RW_TRY(show(again, out));
    m_results.flush(out);
    return {};
}

void SessionOperator::forget(std::span<const std::uint32_t> sessions) {
    if (sessions.empty()) return;
    for (const std::uint32_t session : sessions) {
        m_sessions.remove(session);
        if (m_plan->emitsUpdates()) m_shown[session] = {};
    }
    m_aggregates.clear(sessions);
    m_sessions.release(sessions);
}

void SessionOperator::compactKeys() {
    if (m_keys.size() < kFewKeys || m_sessions.keysInUse() * 4 > m_keys.size()) return;
    m_keys = m_keys.subset(m_sessions.compactKeys());
}

Operator::StateSize SessionOperator::stateSize() const {
    std::size_t bytes = m_keys.memoryBytes() + m_sessions.memoryBytes() + m_aggregates.memoryBytes() +
                        m_held.memoryBytes() + m_shown.capacity() * sizeof(Shown);
    return {bytes, m_sessions.keysInUse()};
}

}  // namespace rw
