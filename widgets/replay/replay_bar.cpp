#include "widgets/replay/replay_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "widgets/document/number_text.h"
#include "widgets/replay/tape_menu.h"
#include "widgets/session/run_session.h"
#include "widgets/session/scrub/tape_line.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kEndsFrom = 960;     ///< times the size of the text; narrower: the ends of the line say nothing
constexpr int kFramesPerLine = 5;  // of the session: four times a second
constexpr int kReplayBarHeight = 32;

}  // namespace

ReplayBar::ReplayBar(RunSession& session, const TapeMenu& tapes, QWidget* parent)
    : QToolBar(parent),
      m_session(session),
      m_tapes(tapes),
      m_moment(new QLabel),
      m_first(new QLabel),
      m_last(new QLabel),
      m_unknown(new ElidedLabel),
      m_line(new TapeLine(session)),
      m_goOn(new QPushButton),
      m_live(new IconButton(QStringLiteral("x"), {})) {
    setObjectName(QStringLiteral("replayBar"));
    setMovable(false);
    build();
    // Whether it is there is the tape's business.
    setContextMenuPolicy(Qt::PreventContextMenu);
    toggleViewAction()->setVisible(false);
    connect(m_line, &ReplaySlider::momentChanged, this, &ReplayBar::refreshMoment);
    connect(m_goOn, &QPushButton::clicked, this, [this] {
        if (m_goOn->hasFocus()) m_line->setFocus();  // it goes, and the button beside it leaves the replay
        m_tapes.goOnAction()->trigger();
    });
    connect(m_live, &QToolButton::clicked, m_tapes.liveAction(), &QAction::trigger);
    for (QAction* const action : {m_tapes.goOnAction(), m_tapes.liveAction()})
        connect(action, &QAction::changed, this, &ReplayBar::refreshTexts);
    connect(&m_session, &RunSession::tapeChanged, this, &ReplayBar::refresh);
    connect(&m_session, &RunSession::stateChanged, this, &ReplayBar::refresh);
    connect(&m_session, &RunSession::updated, this, &ReplayBar::onUpdate);
    connect(&Theme::of(this), &Theme::changed, this, &ReplayBar::refresh);
    refresh();
}

void ReplayBar::build() {
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(metrics::kPanelPadding, 0, metrics::kPanelPadding, 0);
    row->setSpacing(metrics::kGrid);
    m_moment->setObjectName(QStringLiteral("scrubMoment"));
    m_goOn->setObjectName(QStringLiteral("scrubGoOn"));
    m_live->setObjectName(QStringLiteral("scrubLive"));
    m_moment->setProperty("role", "code");
    m_unknown->setProperty("role", "dim");
    for (QLabel* const end : {m_first, m_last}) end->setProperty("role", "caption");
    m_goOn->setProperty("controlSize", "small");
    // Room is made for the moment before it is shown, in its own letters.
    for (const QLabel* const label : {m_moment, m_first, m_last, static_cast<QLabel*>(m_unknown)})
        label->ensurePolished();
    row->addWidget(m_moment);
    row->addWidget(m_first);
    row->addWidget(m_line, 1);
    row->addWidget(m_unknown, 1);
    row->addWidget(m_last);
    row->addWidget(m_goOn);
    row->addWidget(m_live);
    addWidget(content);
}

void ReplayBar::refresh() {
    setFixedHeight(Theme::of(this).scaled(kReplayBarHeight));
    setVisible(TapeLine::isReplaying(m_session));
    refreshTexts();
    if (!isHidden()) refreshLine();
}

void ReplayBar::refreshLine() {
    const bool known = m_line->follow();
    if (known) {
        m_first->setText(eventTimeText(m_line->shown().first));
        m_last->setText(eventTimeText(m_line->shown().last));
    } else {
        m_unknown->setText(m_line->whyNone());
    }
    m_line->setVisible(known);
    m_unknown->setVisible(!known);
    refreshMoment();
    refreshRoom();
}

void ReplayBar::refreshMoment() {
    m_moment->setVisible(!m_line->isHidden());
    if (m_line->isHidden()) return;
    m_moment->setText(eventTimeText(m_line->moment()));
    // Words that come and go with milliseconds would move the line under the mouse.
    const int widest =
        m_moment->fontMetrics().horizontalAdvance(QStringLiteral("2024-03-01 12:00:00.000")) + metrics::kStep;
    m_moment->setMinimumWidth(widest);
}

void ReplayBar::refreshRoom() {
    const bool ends = !m_line->isHidden() && width() >= Theme::of(this).scaled(kEndsFrom);
    m_first->setVisible(ends);
    m_last->setVisible(ends);
}

void ReplayBar::refreshTexts() {
    const QAction& goOn = *m_tapes.goOnAction();
    m_goOn->setText(plainText(goOn));
    m_goOn->setVisible(goOn.isEnabled());
    m_live->setLabel(plainText(*m_tapes.liveAction()));
    m_moment->setToolTip(tr("Event time (UTC)"));
}

void ReplayBar::onUpdate() {
    if (!isVisible() || m_frames++ % kFramesPerLine != 0) return;
    refreshLine();
}

void ReplayBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QToolBar::changeEvent(event);
}

void ReplayBar::resizeEvent(QResizeEvent* event) {
    QToolBar::resizeEvent(event);
    refreshRoom();
}

void ReplayBar::showEvent(QShowEvent* event) {
    QToolBar::showEvent(event);
    refreshLine();
}

}  // namespace rw::ui
