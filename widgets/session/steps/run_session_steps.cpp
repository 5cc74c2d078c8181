// How the own run is paused and goes on: steps and breakpoints.
#include <algorithm>
#include <utility>

#include "widgets/session/remote_run.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

void RunSession::pause() {
    if (m_state != State::Running) return;
    m_run->pause();
    m_pausedAt = QDateTime::currentDateTime();
    setState(State::Paused);
}

void RunSession::resume() {
    if (m_state != State::Paused) return;
    m_run->resume();
    m_beforeStep.reset();
    m_pausedAt = {};
    setState(State::Running);
}

Status RunSession::step(const Until& until) {
    if (const QString why = whyNoStep(); !why.isEmpty())
        return {ErrorCode::Invalid,
                RW_TEXT("stepping", "No step can be taken now: %1").with(why.toStdString()),
                {}};
    if (m_state != State::Paused) {
        begin({}, true);
        m_firstStep = until;
        return {};
    }
    RW_TRY(takeStep(until));
    m_pausedAt = {};
    setState(State::Running);
    return {};
}

Status RunSession::takeStep(const Until& until) {
    RunMetrics before = m_run->metrics();
    RW_TRY(m_run->step(until));
    m_beforeStep = std::move(before);
    return {};
}

std::optional<std::uint64_t> RunSession::steppedRows(const Wire& wire) const {
    if (m_remote != nullptr || m_state != State::Paused || !m_beforeStep) return std::nullopt;
    const auto found = std::find(m_running.wires.begin(), m_running.wires.end(), wire);
    const auto place = static_cast<std::size_t>(found - m_running.wires.begin());
    const std::vector<WireMetrics>& now = m_snapshot.metrics.wires;
    if (place >= now.size() || place >= m_beforeStep->wires.size()) return std::nullopt;
    // After a restart they are counted anew.
    return now[place].rows - std::min(now[place].rows, m_beforeStep->wires[place].rows);
}

void RunSession::showBegun() {
    const std::optional<Until> first = std::exchange(m_firstStep, std::nullopt);
    Status stepped;
    if (first && !m_stopRequested) stepped = takeStep(*first);
    const bool paused = m_run->state() == RunState::Paused;
    if (paused) m_pausedAt = QDateTime::currentDateTime();
    setState(paused ? State::Paused : State::Running);
    if (!stepped.ok() && !m_remote) Q_EMIT noted({NodeId(), stepped.error().message, true});
}

// The run has paused by itself: a step is over, or a row came to a breakpoint.
void RunSession::noteHalt() {
    const std::uint64_t halts = m_run->stepping().halts;
    if (m_state == State::Running && m_run->state() == RunState::Paused) {
        m_pausedAt = QDateTime::currentDateTime();
        setState(State::Paused);
    }
    if (std::exchange(m_halts, halts) != halts && !m_remote) Q_EMIT halted();
}

QString RunSession::whyNoStep() const {
    if (QString why = shownRun().lacks(RunAbility::Stepping); !why.isEmpty()) return why;
    if (m_state == State::Paused) return {};
    if (m_state == State::Running) return tr("The run goes on: pause it first");
    if (m_state == State::Stopping) return tr("The run is being stopped");
    if (m_state == State::Starting) return tr("The run is being started");
    if (m_document.pipeline().nodes.empty()) return tr("The pipeline has no nodes");
    if (!mayStart()) return tr("Another engine is chosen");
    if (hasErrors(m_document.issues())) return tr("The pipeline has errors");
    return {};
}

SteppingState RunSession::stepping() const {
    return m_run && m_remote == nullptr ? m_run->stepping() : SteppingState();
}

}  // namespace rw::ui
