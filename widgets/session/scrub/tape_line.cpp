#include "widgets/session/scrub/tape_line.h"

#include <QEvent>

#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

TapeLine::TapeLine(RunSession& session, QWidget* parent) : ReplaySlider(parent), m_session(session) {
    connect(this, &ReplaySlider::chosen, &m_session, [this](Instant moment) { m_session.seek(moment); });
    retranslate();
}

bool TapeLine::isReplaying(const RunSession& session) {
    return !session.tape().replay.isEmpty() && session.shownRun().has(RunAbility::Seeking);
}

bool TapeLine::follow() {
    const TapeTimes* const times = m_session.tapeTimes();
    if (times == nullptr || !times->known()) return false;
    const std::optional<Instant> reached = m_session.replayReached();
    setShown({times->first(), times->last(),
              m_session.tape().until ? std::optional<Instant>(*m_session.tape().until) : reached, reached,
              m_session.checkpointTimes()});
    return true;
}

QString TapeLine::whyNone() const {
    return m_session.tapeTimes() == nullptr
               ? tr("Run the pipeline to see the event time of the tape")
               : tr("No source of the tape has an event time: there are no moments to go to");
}

void TapeLine::retranslate() {
    setAccessibleName(tr("Moment of the tape, event time (UTC)"));
    setAccessibleDescription(
        tr("Arrow keys lead the replay a little, Page Up and Page Down far, Home and End to the ends"));
}

void TapeLine::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    ReplaySlider::changeEvent(event);
}

}  // namespace rw::ui
