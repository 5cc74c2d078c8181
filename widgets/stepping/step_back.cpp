#include "widgets/stepping/step_back.h"

#include <utility>

#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

using State = RunSession::State;

StepBack::StepBack(RunSession& session, QObject* parent) : QObject(parent), m_session(session) {
    connect(&m_session, &RunSession::stateChanged, this, &StepBack::onState);
    connect(&m_session, &RunSession::updated, this, &StepBack::onUpdate);
    connect(&m_session, &RunSession::halted, this, &StepBack::onHalt);
    connect(&m_session, &RunSession::tapeChanged, this, &StepBack::onTape);
    // The run that was stepped goes on being shown.
    connect(&m_session, &RunSession::declined, this, [this] {
        if (isGoing()) giveUp({});
    });
    connect(&m_session, &RunSession::tapeRefused, this, [this](const Status& why) {
        if (isGoing()) giveUp(translated(why.error().message));
    });
}

Status StepBack::step(const Until& until) {
    if (isGoing()) giveUp({});
    const bool fresh = !m_session.isActive();
    const std::optional<qint64> held = m_session.tape().until;
    std::optional<Origin> origin = m_origin;
    if (fresh) {
        origin = Origin{};
    } else if (m_taken.empty()) {
        const std::optional<Instant> moment = held             ? std::optional<Instant>(*held)
                                              : m_standsBackAt ? m_standsBackAt
                                                               : m_session.replayReached();
        origin = moment ? std::optional(Origin{moment}) : std::nullopt;
    }
    // Its sources would give nothing.
    if (held && (fresh || m_session.state() == State::Paused)) m_session.continueReplay();
    RW_TRY(m_session.step(until));
    if (fresh) m_taken.clear();
    m_origin = origin;
    m_taken.push_back(until);
    m_standsBackAt.reset();
    Q_EMIT changed();
    return {};
}

QString StepBack::whyNot() const {
    if (isGoing()) return tr("The run is going back");
    if (const QString why = m_session.shownRun().lacks(RunAbility::Stepping); !why.isEmpty()) return why;
    if (m_session.tape().replay.isEmpty())
        return tr("Record a tape to step back: a replay of it can go back");
    if (m_taken.empty() || m_session.state() != State::Paused) return tr("Take a step first");
    if (m_session.lastTape() != m_session.tape().replay)
        return tr("This run does not replay the tape: start it anew");
    if (!m_origin) return tr("No source of the tape has an event time: there is no moment to go back to");
    return {};
}

void StepBack::back() {
    if (!whyNot().isEmpty()) return;
    m_wanted.assign(m_taken.begin(), m_taken.end() - 1);
    m_next = 0;
    m_tape = m_session.tape().replay;
    m_speed = m_session.tape().speed;
    if (m_origin->moment) {
        m_phase = Phase::Arriving;
        m_session.seek(*m_origin->moment);
    } else {
        // Before the first step of a run there is no run.
        m_phase = Phase::Stopping;
        m_session.stop(StopMode::Discard);
    }
    Q_EMIT changed();
}

void StepBack::onState() {
    const State state = m_session.state();
    if (m_phase == Phase::Stopping) {
        if (m_session.isActive()) return;
        if (m_wanted.empty()) return end(true);
        m_phase = Phase::Repeating;
        setSpeed(0);
        // Others hear first that it has stopped.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_phase == Phase::Repeating && m_next == 0) repeatNext();
            },
            Qt::QueuedConnection);
        return;
    }
    if (isGoing()) {
        if (m_phase == Phase::Repeating && m_next == 0) return;
        if (!m_session.isActive())
            giveUp(state == State::Stopped
                       ? QString()
                       : tr("The run ended before it came to where it stood before the step."));
        return;
    }
    const SteppingState stepping = m_session.stepping();
    const bool wentOn = state == State::Running && !stepping.underWay && !stepping.last;
    if (wentOn || !m_session.isActive()) forget();
    Q_EMIT changed();
}

void StepBack::onUpdate() {
    if (m_phase != Phase::Arriving || !m_session.replayHeldAt()) return;
    m_phase = Phase::Repeating;
    m_session.pause();
    // Paused, it gives nothing, though nothing holds it any more.
    TapeChoice choice = m_session.tape();
    choice.until.reset();
    choice.speed = m_wanted.empty() ? m_speed : 0;
    m_session.setTape(choice);
    repeatNext();
}

void StepBack::onHalt() {
    if (m_phase == Phase::Repeating && m_session.state() == State::Paused) repeatNext();
}

// Another tape, another moment, or the sources themselves: somebody wants something else by now.
void StepBack::onTape() {
    if (m_session.tape().replay != m_tape && !m_taken.empty() && !isGoing()) forget();
    if (isGoing()) {
        const std::optional<qint64> until = m_session.tape().until;
        const bool own = m_session.tape().replay == m_tape &&
                         (m_phase == Phase::Arriving ? until == m_origin->moment : !until);
        if (!own) giveUp({});
    }
    Q_EMIT changed();
}

void StepBack::repeatNext() {
    if (m_next >= m_wanted.size()) return end(true);
    const Status taken = m_session.step(m_wanted[m_next++]);
    if (!taken.ok()) giveUp(translated(taken.error().message));
}

void StepBack::setSpeed(double speed) {
    TapeChoice choice = m_session.tape();
    choice.speed = speed;
    m_session.setTape(choice);
}

void StepBack::end(bool arrived) {
    m_phase = Phase::None;
    if (m_session.tape().replay == m_tape) setSpeed(m_speed);
    if (arrived && m_session.isActive()) {
        m_taken = std::exchange(m_wanted, {});
        m_standsBackAt = m_taken.empty() ? m_origin->moment : std::nullopt;
    } else {
        forget();
    }
    Q_EMIT changed();
}

void StepBack::giveUp(const QString& words) {
    end(false);
    if (!words.isEmpty()) Q_EMIT told(words);
}

void StepBack::forget() {
    m_origin.reset();
    m_taken.clear();
    m_standsBackAt.reset();
}

}  // namespace rw::ui
