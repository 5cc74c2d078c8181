#include "core/stream/windows/session_operator.h"

#include <algorithm>

#include "core/stream/rows/cell_compare.h"

namespace rw {

namespace {
constexpr std::size_t kFewKeys = 4096;  // not worth renumbering
constexpr std::size_t kLookUnits = 4;   // of a call's budget, for an early result
}  // namespace

SessionOperator::SessionOperator(WindowPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_context(context),
      m_results(m_plan, m_context),
      m_held(HeldUntil::Stamp, m_plan->input.eventTime, m_context.batchRows),
      m_keys(m_plan->keyTypes),
      m_sessions(m_plan->gap, m_plan->early == 0),
      m_report(*m_plan, m_context),
      m_disorder(m_context),
      m_aggregates(*m_plan),
      m_taking(*m_plan, m_context) {
    if (m_context.spill && m_context.stateMemory > 0 && !m_plan->emitsUpdates())
        m_files = std::make_unique<SessionFiles>(*m_plan, m_sessions, m_aggregates, m_context);
}

Status SessionOperator::onWatermark(Instant watermark, Output& out) {
    m_watermark = std::max(m_watermark, watermark);  // after a restart it begins below the one restored
    m_task = Task::Release;
    return resume(out);
}

Status SessionOperator::resume(Output& out) {
    if (m_closed.any()) {
        m_closed.emitSome(out);
        return {};
    }
    const Status status = proceed(out);
    m_report.flush(m_watermark);
    return status;
}

void SessionOperator::report(WindowEvent::Kind kind, std::span<const std::uint32_t> sessions) {
    if (m_report.on() && !sessions.empty()) m_report.shown(kind, sessions, m_sessions, m_keys);
}

Status SessionOperator::proceed(Output& out) {
    CallBudget budget(m_context.batchRows);
    if (usesFiles()) return m_files->run(budget);
    if (isTaking()) return takeMore(out);
    while (m_task == Task::Release && !budget.spent() && !usesFiles()) {
        if (m_held.due(m_watermark)) {
            RW_TRY(takeReleased(budget, out));
        } else {
            m_task = Task::Fire;
        }
    }
    while (m_task == Task::Fire && !budget.spent()) RW_TRY(fireSome(budget, out));
    if (m_task != Task::Compact || !compactKeys(budget)) return {};
    m_task = Task::None;
    if (m_files) m_files->kept(stateSize().bytes);
    m_results.flush(out);
    out.watermark(kWindowOut, saturatingAdd(m_watermark, -m_plan->allowedLateness - 1));
    for (int port = kWindowLate; port < outputPorts; ++port) out.watermark(port, m_watermark);
    return {};
}

Status SessionOperator::fireSome(CallBudget& budget, Output& out) {
    std::vector<std::uint32_t> complete, passed;
    std::uint32_t session = SessionStore::kNone;
    while (complete.size() + passed.size() < m_context.batchRows) {
        session = nextDue(budget);
        if (session == SessionStore::kNone) break;
        const Instant last = m_sessions.at(session).window.end - 1;
        if (last <= m_watermark && m_files && m_files->isInFile(session)) {
            m_sessions.wake(session, last);
            if (!complete.empty()) break;  // to make room first
            RW_TRY(m_files->load(session, m_loaded, budget));
            continue;
        }
        if (last <= m_watermark && (!m_plan->emitsUpdates() || !m_shown[session].final))
            complete.push_back(session);
        if (last > m_watermark && nextLook(session) <= m_watermark) {
            budget.spend(kLookUnits);
            RW_TRY(show({&session, 1}, out));
            report(WindowEvent::Kind::Early, {&session, 1});
        }
        if (saturatingAdd(last, m_plan->allowedLateness) <= m_watermark) {
            passed.push_back(session);
        } else {
            m_sessions.wake(session,
                            last <= m_watermark ? last + m_plan->allowedLateness : nextLook(session));
        }
    }
    if (session == SessionStore::kNone && !budget.spent()) m_task = Task::Compact;
    budget.spend(complete.size() + passed.size());
    RW_TRY(fire(complete, out));
    report(WindowEvent::Kind::Fired, complete);
    forget(passed);
    return {};
}

/// Those that were in a file with one that is due go first: very many may be due at the same time, and are
/// not to be in memory all at once.
std::uint32_t SessionOperator::nextDue(CallBudget& budget) {
    while (!m_loaded.empty() && !budget.spent()) {
        const std::uint32_t session = m_loaded.back();
        m_loaded.pop_back();
        budget.spend(1);
        if (m_sessions.at(session).window.end - 1 > m_watermark) continue;
        m_sessions.forgetDue(session);
        return session;
    }
    return m_sessions.nextDue(m_watermark, budget);
}

/// When an incomplete session next has something to show.
Instant SessionOperator::nextLook(std::uint32_t number) const {
    const Window& window = m_sessions.at(number).window;
    if (m_plan->early == 0) return window.end - 1;
    const Shown& shown = m_shown[number];
    const Instant step = window.start + (shown.earlySteps + 1) * m_plan->early;
    // An early result of a session that has grown since is to be withdrawn before its time has passed.
    const Instant withdrawn = shown.values ? shown.window.end - 1 : kMaxTimestamp;
    return std::min({window.end - 1, step, withdrawn});
}

Status SessionOperator::fire(std::span<const std::uint32_t> sessions, Output& out) {
    if (sessions.empty()) return {};
    if (m_plan->emitsUpdates()) return show(sessions, out);
    std::vector<Window> windows;
    std::vector<std::uint32_t> keys;
    for (const std::uint32_t session : sessions) {
        windows.push_back(m_sessions.at(session).window);
        keys.push_back(m_sessions.at(session).key);
    }
    return m_results.add(windows, m_keys, keys, m_aggregates, groupsOf(sessions), out);
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
        // A complete session that has grown is open again. Its early result may stand until the next
        // time.
        if (m_shown[number].final) retract(number, out);
        m_sessions.wake(number, nextLook(number));
    }
    m_changed.clear();
    RW_TRY(show(again, out));
    report(WindowEvent::Kind::FiredAgain, again);
    m_results.flush(out);
    return {};
}

void SessionOperator::forget(std::span<const std::uint32_t> sessions) {
    if (sessions.empty()) return;
    if (m_report.on()) m_report.gone(sessions, m_sessions);
    if (m_changes) {
        for (const std::uint32_t session : sessions) m_changes->willGo(session);
        m_changes->copy();
    }
    for (const std::uint32_t session : sessions) {
        m_sessions.remove(session);
        if (m_plan->emitsUpdates()) m_shown[session] = {};
    }
    clearAggregates(sessions);
    m_sessions.release(sessions);
}

bool SessionOperator::compactKeys(CallBudget& budget) {
    if (!m_keptKeys) {
        if (m_keys.size() < kFewKeys || m_sessions.keysInUse() * 4 > m_keys.size()) return true;
        if (m_changes && m_changes->anyInStore()) return true;  // behind a watermark to come
        m_keptKeys = m_keys.emptied();
    }
    std::vector<std::uint32_t> kept, numbers;
    const bool done = m_sessions.compactKeys(budget, kept);
    m_keptKeys->insert(m_keys, kept, numbers);
    if (!done) return false;
    m_keys = *std::move(m_keptKeys);
    m_keptKeys.reset();
    return true;
}

Operator::StateSize SessionOperator::stateSize() const {
    std::size_t bytes = m_keys.memoryBytes() + m_sessions.memoryBytes() + m_aggregates.memoryBytes() +
                        m_held.memoryBytes() + m_shown.capacity() * sizeof(Shown);
    if (m_changes) bytes += m_changes->memoryBytes();
    if (!m_files) return {bytes, m_sessions.keysInUse()};
    return {bytes + m_files->memoryBytes(), m_sessions.keysInUse(), m_files->fileBytes()};
}

}  // namespace rw
