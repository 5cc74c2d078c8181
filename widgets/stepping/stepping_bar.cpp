#include "widgets/stepping/stepping_bar.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

#include "widgets/document/number_text.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/stepping/halt_words.h"
#include "widgets/stepping/step_back.h"
#include "widgets/stepping/stepping_menu.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kSteppingBarHeight = 36;
}  // namespace

SteppingBar::SteppingBar(RunSession& session, const SteppingMenu& menu, QWidget* parent)
    : QToolBar(parent),
      m_session(session),
      m_menu(menu),
      m_where(new ElidedLabel),
      m_changed(new ElidedLabel),
      m_back(new QPushButton),
      m_result(new QPushButton),
      m_batch(new QPushButton),
      m_goOn(new QPushButton) {
    setObjectName(QStringLiteral("steppingBar"));
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    toggleViewAction()->setVisible(false);
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(metrics::kPanelPadding, 0, metrics::kPanelPadding, 0);
    row->setSpacing(metrics::kGrid);
    m_where->setObjectName(QStringLiteral("steppingWhere"));
    m_changed->setObjectName(QStringLiteral("steppingChanged"));
    m_changed->setProperty("role", "dim");
    m_back->setObjectName(QStringLiteral("steppingBack"));
    m_result->setObjectName(QStringLiteral("steppingResult"));
    m_batch->setObjectName(QStringLiteral("steppingBatch"));
    m_goOn->setObjectName(QStringLiteral("steppingGoOn"));
    row->addWidget(m_where, 2);
    row->addWidget(m_changed, 1);
    for (QPushButton* const each : {m_back, m_result, m_batch, m_goOn}) {
        each->setProperty("controlSize", "small");
        row->addWidget(each);
    }
    addWidget(content);
    const auto leads = [this](QPushButton* button, QAction* action) {
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, this, &SteppingBar::refresh);
    };
    leads(m_back, m_menu.backAction());
    leads(m_result, m_menu.resultAction());
    leads(m_batch, m_menu.batchAction());
    connect(m_goOn, &QPushButton::clicked, &m_session, &RunSession::resume);
    connect(&m_menu.stepBack(), &StepBack::changed, this, &SteppingBar::refresh);
    connect(&m_session, &RunSession::stateChanged, this, &SteppingBar::refresh);
    connect(&m_session, &RunSession::halted, this, &SteppingBar::refresh);
    // Rows of a batch reach the sinks a little later than the step is over.
    connect(&m_session, &RunSession::updated, this, [this] {
        if (isVisible()) refresh();
    });
    connect(&Theme::of(this), &Theme::changed, this, &SteppingBar::refresh);
    retranslate();
}

void SteppingBar::retranslate() {
    m_back->setText(tr("Back"));
    m_result->setText(tr("Step"));
    m_batch->setText(tr("One batch"));
    m_goOn->setText(tr("Resume"));
    refresh();
}

void SteppingBar::refresh() {
    setFixedHeight(Theme::of(this).scaled(kSteppingBarHeight));
    const SteppingState now = m_session.stepping();
    const bool active = m_session.isActive() && m_session.shownRun().has(RunAbility::Stepping);
    const StepBack& back = m_menu.stepBack();
    setVisible(active && (now.underWay || now.last || back.isGoing() || back.standsBackAt()));
    if (isHidden()) return;
    const Pipeline& pipeline = m_session.runningPipeline();
    m_where->setText(back.isGoing() ? tr("Going back to before the last step")
                     : back.standsBackAt()
                         ? tr("Back at %1 UTC, before the steps").arg(eventTimeText(*back.standsBackAt()))
                         : shownText(now.last ? HaltWords::of(*now.last, pipeline) : HaltWords::underWay()));
    m_changed->setText(
        shownText(m_session.beforeStep() && !back.isGoing()
                      ? HaltWords::changes(*m_session.beforeStep(), m_session.snapshot().metrics, pipeline)
                      : QString()));
    const auto follow = [](QPushButton* button, const QAction& action) {
        button->setEnabled(action.isEnabled());
        button->setToolTip(action.toolTip());
    };
    follow(m_back, *m_menu.backAction());
    follow(m_result, *m_menu.resultAction());
    follow(m_batch, *m_menu.batchAction());
    m_goOn->setEnabled(m_session.state() == RunSession::State::Paused);
}

void SteppingBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QToolBar::changeEvent(event);
}

}  // namespace rw::ui
