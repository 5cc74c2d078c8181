#include "widgets/timeline/replay_strip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>

#include "widgets/document/number_text.h"
#include "widgets/document/zoned_text.h"
#include "widgets/session/run_session.h"
#include "widgets/session/scrub/tape_line.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/timeline_painter.h"

namespace rw::ui {

ReplayStrip::ReplayStrip(RunSession& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_name(new QLabel(this)),
      m_moment(new QLabel(this)),
      m_line(new TapeLine(session, this)),
      m_none(new ElidedLabel({}, this)) {
    setObjectName(QStringLiteral("replayStrip"));
    m_moment->setObjectName(QStringLiteral("replayMoment"));
    m_moment->setProperty("role", "code");
    m_none->setProperty("role", "dim");
    m_none->setElideMode(Qt::ElideRight);
    // Room is made for the moment before it is shown, in its own letters.
    m_moment->ensurePolished();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, 0);
    row->setSpacing(metrics::kGrid);
    row->addWidget(m_name);
    row->addWidget(m_line, 1);
    row->addWidget(m_none, 1);
    row->addWidget(m_moment);
    connect(m_line, &ReplaySlider::momentChanged, this, &ReplayStrip::showMoment);
    hide();
    retranslate();
}

void ReplayStrip::look() {
    const bool replays = TapeLine::isReplaying(m_session);
    if (replays) {
        const Theme& theme = Theme::of(this);
        setFixedHeight(theme.scaled(kStripHigh));
        // The line begins where the axis does.
        m_name->setFixedWidth(
            std::max(m_name->sizeHint().width(),
                     theme.scaled(TimelinePainter::kNames) - metrics::kListPadding - metrics::kGrid));
        const bool line = m_line->follow();
        if (!line) m_none->setText(m_line->whyNone());
        m_line->setVisible(line);
        m_none->setVisible(!line);
        m_moment->setVisible(line);
        showMoment();
    }
    setVisible(replays);
}

void ReplayStrip::showMoment() {
    // The axis above may be of another zone.
    const auto inUtc = [this](const QString& words) {
        return withUtc(words, Type::of(TypeId::Timestamp), m_session.runningPipeline().settings.timeZone);
    };
    m_moment->setText(inUtc(eventTimeText(m_line->moment())));
    // Words that come and go with milliseconds would move the line under the mouse.
    m_moment->setMinimumWidth(
        m_moment->fontMetrics().horizontalAdvance(inUtc(QStringLiteral("2024-03-01 12:00:00.000"))) +
        metrics::kStep);
}

void ReplayStrip::retranslate() {
    m_name->setText(tr("Replay"));
    m_name->setToolTip(tr("Diamonds are checkpoints: a moment after one is reached quickly"));
    m_moment->setToolTip(tr("Event time (UTC)"));
}

void ReplayStrip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    retranslate();
    if (!isHidden()) look();
}

}  // namespace rw::ui
