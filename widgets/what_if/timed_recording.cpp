#include "widgets/what_if/timed_recording.h"

#include <utility>

#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

TimedRecording::TimedRecording(RunSession& session, QObject* parent) : QObject(parent), m_session(session) {
    m_ends.setParent(this);  // by its name a test finds it, and need not wait
    m_ends.setObjectName(QStringLiteral("recording_ends"));
    m_ends.setSingleShot(true);
    connect(&m_ends, &QTimer::timeout, this, [this] {
        m_inTime = true;
        m_session.stop();
    });
    connect(&session, &RunSession::stateChanged, this, &TimedRecording::follow);
    connect(&session, &RunSession::runReplaced, this, &TimedRecording::follow);
}

void TimedRecording::begin() {
    if (m_underWay || !m_session.mayStart()) return;
    m_before = m_session.tape().recordInto;
    m_underWay = true;
    m_inTime = false;
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
    Q_EMIT changed();
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
    Q_EMIT ended(std::exchange(m_inTime, false));
}

}  // namespace rw::ui
