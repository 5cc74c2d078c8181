#include "widgets/what_if/timed_recording.h"

#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

TimedRecording::TimedRecording(RunSession& session, QObject* parent) : QObject(parent), m_session(session) {
    m_ends.setParent(this);  // by its name a test finds it, and need not wait
    m_ends.setObjectName(QStringLiteral("recording_ends"));
    m_ends.setSingleShot(true);
    connect(&m_ends, &QTimer::timeout, this, [this] {
        if (m_end == End::Earlier) m_end = End::InTime;
        m_session.stop();
    });
    connect(&session, &RunSession::stateChanged, this, &TimedRecording::follow);
    connect(&session, &RunSession::runReplaced, this, &TimedRecording::follow);
    connect(&session, &RunSession::tapeChanged, this, &TimedRecording::followTape);
}

void TimedRecording::begin() {
    if (m_underWay || !m_session.mayStart()) return;
    m_before = m_session.tape().recordInto;
    m_underWay = true;
    m_end = End::Earlier;
    m_session.setTape({.recordInto = tapesFolder()});
    m_session.startOrRefuse();
    follow();
}

void TimedRecording::stop() {
    if (m_underWay) m_session.stop();
}

// What is told of a run elsewhere is not of this one.
void TimedRecording::follow() {
    if (!m_underWay || m_session.shownRun().isElsewhere()) return;
    if (!m_session.isActive()) return finish();
    if (m_session.state() == RunSession::State::Running && m_endsAt.isNull()) {
        m_endsAt = QDateTime::currentDateTime().addMSecs(kMillis);
        m_ends.start(kMillis);
    }
    // Stopping in another way may take longer than what is left of the time.
    if (m_session.state() == RunSession::State::Stopping) m_ends.stop();
    Q_EMIT changed();
}

// Any other run goes on without its tape; this one is for its tape alone. What is said of the run before,
// until this one has begun, is not of this one.
void TimedRecording::followTape() {
    if (m_endsAt.isNull() || m_session.recordingTrouble().empty()) return;
    m_end = End::Untaped;
    if (m_session.state() != RunSession::State::Stopping) m_session.stop();
}

void TimedRecording::finish() {
    m_underWay = false;
    m_ends.stop();
    m_endsAt = {};
    TapeChoice choice = m_session.tape();
    // Unless the person has chosen otherwise meanwhile.
    if (choice.recordInto == tapesFolder()) {
        choice.recordInto = m_before;
        m_session.setTape(choice);
    }
    Q_EMIT ended(m_end);
}

}  // namespace rw::ui
