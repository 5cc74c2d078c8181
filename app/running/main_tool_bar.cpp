#include "app/running/main_tool_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <algorithm>
#include <utility>

#include "app/running/bar_parts.h"
#include "app/running/engine_choice.h"
#include "core/base/figures.h"
#include "core/cluster/engine_backend.h"
#include "widgets/document/number_text.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/translated.h"
#include "widgets/document/unfinished.h"
#include "widgets/document/verdict_appearance.h"
#include "widgets/pane/run_elsewhere.h"
#include "widgets/pane/start_action.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/cluster_text.h"
#include "widgets/session/pill_text.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/session/words/restart_text.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/pill.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/sparkline.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kWordsFrom = 1280;  ///< times the size of the text; narrower: buttons show only their icon
constexpr int kFramesPerSecond = 1000 / RunSession::kFrameMillis;
constexpr int kAgeingMillis = 1'000;
constexpr int kLongestCause = 60;  ///< characters; the tool tip has all

QString clockText(const QDateTime& time) {
    return time.toString(QStringLiteral("HH:mm:ss"));
}

}  // namespace

MainToolBar::MainToolBar(PipelineDocument& document, RunSession& session, TargetList& targets,
                         ClusterSession& cluster, QWidget* parent)
    : QToolBar(parent),
      m_document(document),
      m_session(session),
      m_cluster(cluster),
      m_run(new QAction(this)),
      m_pause(new QAction(this)),
      m_stop(new QAction(this)),
      m_engine(new EngineChoice(document, targets, cluster)),
      m_pill(new Pill),
      m_sparkline(new Sparkline),
      m_undo(new IconButton(QStringLiteral("undo"), {})),
      m_redo(new IconButton(QStringLiteral("redo"), {})),
      m_theme(new IconButton(QStringLiteral("sun"), {})),
      m_ageing(*this, kAgeingMillis) {
    setObjectName(QStringLiteral("mainToolBar"));
    setMovable(false);
    m_run->setShortcut(QKeySequence(QStringLiteral("Ctrl+R")));
    m_pause->setShortcut(QKeySequence(QStringLiteral("Ctrl+P")));
    m_stop->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+R")));
    build();
    connect(m_run, &QAction::triggered, this, &MainToolBar::onRun);
    connect(m_pause, &QAction::triggered, &m_session, &RunSession::pause);
    connect(m_stop, &QAction::triggered, this, &MainToolBar::onStop);
    connect(m_undo, &QToolButton::clicked, &m_document.undoStack(), &QUndoStack::undo);
    connect(m_redo, &QToolButton::clicked, &m_document.undoStack(), &QUndoStack::redo);
    connect(m_theme, &QToolButton::clicked, this, &MainToolBar::themeRequested);
    connect(&m_session, &RunSession::stateChanged, this, &MainToolBar::refreshState);
    connect(&m_session, &RunSession::nodesReady, this, [this] {
        if (m_session.state() == RunSession::State::Starting && !isElsewhere())
            m_pill->set(Pill::State::Busy, startingText());
    });
    connect(&m_session, &RunSession::refusedChanged, this, &MainToolBar::refreshState);
    connect(&m_session, &RunSession::unappliedChangesChanged, this, [this] {
        m_frames = 0;
        refreshPill();
    });
    connect(&m_session, &RunSession::runReplaced, m_sparkline, &Sparkline::clear);
    connect(&m_session, &RunSession::updated, this, &MainToolBar::onUpdate);
    connect(m_engine, &EngineChoice::targetsRequested, this, &MainToolBar::targetsRequested);
    for (const auto told : {&ClusterSession::targetChanged, &ClusterSession::undeployedChanged})
        connect(&m_cluster, told, this, &MainToolBar::refreshState);
    // A check is no run: the session does not tell of it.
    connect(&m_cluster, &RemoteRun::stateChanged, this, &MainToolBar::refreshState);
    connect(&m_ageing, &Ticker::ticked, this, &MainToolBar::refreshPill);
    connect(&m_document.portability(), &PortabilityCheck::engineChanged, this, &MainToolBar::refreshState);
    connect(&m_document, &PipelineDocument::validatedChanged, this, &MainToolBar::refreshState);
    connect(&m_document, &PipelineDocument::changed, this, &MainToolBar::refreshState);
    connect(&m_document.undoStack(), &QUndoStack::indexChanged, this, &MainToolBar::refreshState);
    connect(&Theme::of(this), &Theme::changed, this, &MainToolBar::refreshState);
    retranslate();
}

QPushButton* MainToolBar::button(QAction* action, const QString& icon) {
    auto* made = new QPushButton;
    made->setIcon(Theme::of(this).icon(icon));
    made->setObjectName(icon + QStringLiteral("Button"));
    connect(made, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, made, [made, action] { made->setEnabled(action->isEnabled()); });
    return made;
}

void MainToolBar::build() {
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(metrics::kPanelPadding, 0, metrics::kPanelPadding, 0);
    row->setSpacing(metrics::kGrid);
    m_runButton = new QPushButton;
    m_runButton->setObjectName(QStringLiteral("runButton"));
    connect(m_runButton, &QPushButton::clicked, this, [this] { (runPauses() ? m_pause : m_run)->trigger(); });
    m_stopButton = button(m_stop, QStringLiteral("stop"));
    row->addWidget(m_runButton);
    row->addWidget(m_stopButton);
    m_parts = new QHBoxLayout;
    m_parts->setSpacing(metrics::kGrid);
    row->addLayout(m_parts);
    m_starts = new QHBoxLayout;  // comes and goes: the button that is pressed blindly stands before it
    row->addLayout(m_starts);
    row->addSpacing(metrics::kStep);
    row->addWidget(barSeparator());
    row->addSpacing(metrics::kStep);
    row->addWidget(m_engine);
    row->addSpacing(metrics::kStep);
    row->addWidget(m_pill);
    m_sparkline->setColorRole(ColorRole::Ok);
    m_sparkline->setFixedSize(80, 20);
    row->addWidget(m_sparkline);
    row->addStretch();
    m_search = new QPushButton;
    m_search->setObjectName(QStringLiteral("searchEverything"));
    m_search->setProperty("role", "search");
    m_search->setProperty("keys", "Ctrl K");
    m_search->setIcon(Theme::of(this).icon(u"search", ColorRole::Dim));
    connect(m_search, &QPushButton::clicked, this, &MainToolBar::searchRequested);
    row->addWidget(m_search);
    row->addWidget(barSeparator());
    row->addWidget(m_undo);
    row->addWidget(m_redo);
    row->addWidget(m_theme);
    addWidget(content);
}

void MainToolBar::addPart(QWidget* part) {
    m_parts->addWidget(part);
    refreshTexts();
}

bool MainToolBar::isElsewhere() const {
    return m_session.shownRun().isElsewhere();
}

void MainToolBar::onRun() {
    if (m_exports) {
        Q_EMIT exportRequested();
    } else if (isElsewhere()) {
        if (m_elsewhere != nullptr) m_elsewhere->deploy();
    } else if (m_session.state() == RunSession::State::Paused) {
        m_session.resume();
    } else {
        m_session.startOrRefuse();
    }
}

void MainToolBar::onStop() {
    if (isElsewhere()) {
        if (m_elsewhere != nullptr) m_elsewhere->offerEnd(*m_stopButton);
        return;
    }
    m_leaves ? m_session.stopWaiting() : m_session.stop();
}

QString MainToolBar::startingText() const {
    const auto& nodes = m_session.runningPipeline().nodes;
    const auto all =
        std::count_if(nodes.begin(), nodes.end(), [](const Node& node) { return !node.disabled; });
    return all == 1 ? tr("Starting the node")
                    : tr("Starting %1 of %2 nodes").arg(m_session.readyNodes().size()).arg(all);
}

void MainToolBar::retranslate() {
    m_pause->setText(tr("&Pause"));
    m_engine->retranslate();
    m_search->setAccessibleName(tr("Search nodes, actions, settings"));
    m_search->setToolTip(tr("Search everything (Ctrl+K)"));
    refreshState();
}

void MainToolBar::refreshState() {
    setFixedHeight(Theme::of(this).scaled(metrics::kToolBarHeight));
    refreshRunButtons();
    refreshTools();
    refreshPill();
    m_sparkline->setVisible(m_session.isActive());
    m_ageing.setNeeded(isElsewhere() && m_session.isActive());
}

void MainToolBar::refreshRunButtons() {
    const std::optional<Engine> engine = m_document.portability().engine();
    m_exports = engine && !isElsewhere() && !m_session.isActive();
    m_leaves = m_session.mayStopWaiting();
    m_pause->setEnabled(m_session.shownRun().has(RunAbility::Pausing) &&
                        m_session.state() == RunSession::State::Running);
    refreshRunAction();
    refreshRunButton();
    refreshStartButton();
    refreshStopButton();
    refreshTexts();
}

bool MainToolBar::runPauses() const {
    const RunSession::State state = m_session.state();
    return m_session.shownRun().has(RunAbility::Pausing) &&
           (state == RunSession::State::Starting || state == RunSession::State::Running);
}

void MainToolBar::refreshRunAction() {
    const RunSession::State state = m_session.state();
    const bool paused = state == RunSession::State::Paused, there = isElsewhere();
    // A new deployment replaces a run on a cluster, or runs beside it: that is asked.
    const bool again = there && state == RunSession::State::Running;
    const bool nothing = m_document.pipeline().nodes.empty();
    m_run->setText(paused ? tr("&Resume") : m_exports ? tr("&Export…") : there ? tr("&Deploy") : tr("&Run"));
    m_run->setEnabled(!nothing && (!m_session.isActive() || paused || again) &&
                      !(there && m_cluster.isChecking()));
    QString tip = paused ? tr("Resume the run (Ctrl+R)") : tr("Run the pipeline (Ctrl+R)");
    const QString effect = m_start != nullptr ? m_start->effectOfRun() : QString();
    if (!there && !paused && !effect.isEmpty()) tip += QLatin1Char('\n') + effect;
    if (there) tip = tr("Deploy the pipeline to %1 (Ctrl+R)").arg(targetNameOf(m_cluster));
    if (m_exports) {
        tip = tr("Export the pipeline for %1 (Ctrl+R), where it is run by hand for now: see Help, "
                 "Deploying to Flink and Spark")
                  .arg(engineTitle(*m_document.portability().engine()));
        tip += QLatin1Char('\n') + translated(backendOf(*m_document.portability().engine()).facts().toDeploy);
    }
    m_runButton->setToolTip(runPauses() ? tr("Pause the sources (Ctrl+P)")
                            : nothing   ? tr("Add a source and a sink first")
                                        : tip);
}

void MainToolBar::refreshRunButton() {
    const bool pauses = runPauses(), there = isElsewhere();
    const bool again = there && m_session.state() == RunSession::State::Running;
    const bool enabled = pauses ? m_pause->isEnabled() : m_run->isEnabled();
    const bool wanted = enabled && !pauses && (!again || m_cluster.hasUndeployedChanges());
    const QString role = wanted ? QStringLiteral("primary") : QString();
    if (m_runButton->property("role").toString() != role) {
        m_runButton->setProperty("role", role);
        Theme::repolish(m_runButton);
    }
    m_runButton->setIcon(Theme::of(this).icon(pauses      ? u"pause"
                                              : m_exports ? u"download"
                                              : there     ? u"deploy"
                                                          : u"run",
                                              wanted ? ColorRole::OnAccent : ColorRole::Text));
    m_runButton->setEnabled(enabled);
    // It went grey under the keyboard, which has waited here since.
    if (enabled && hasFocus()) m_runButton->setFocus(Qt::OtherFocusReason);
}

bool MainToolBar::keepKeyboard() {
    const QWidget* at = window()->focusWidget();
    if (at == nullptr || !isAncestorOf(at) || (at->isEnabled() && at->isVisible())) return false;
    const bool begins = at == m_runButton || at == m_startButton;  // the run that it began goes on from Run
    if (!begins) {
        Q_EMIT keyboardLeft();
    } else if (m_runButton->isEnabled()) {
        m_runButton->setFocus(Qt::OtherFocusReason);
    } else {
        setFocus(Qt::OtherFocusReason);
    }
    return true;
}

void MainToolBar::setStart(StartAction& start) {
    m_start = &start;
    m_startButton = button(&start, QStringLiteral("history"));
    m_startButton->installEventFilter(this);
    m_starts->addWidget(m_startButton);
    connect(&start, &QAction::changed, this, &MainToolBar::refreshRunButtons);
    refreshRunButtons();
}

QString MainToolBar::startsFrom() const {
    return m_start != nullptr ? m_start->startsFrom() : QString();
}

void MainToolBar::refreshStartButton() {
    if (m_start == nullptr) return;
    m_startButton->setVisible(m_start->isVisible());
    m_startButton->setEnabled(m_start->isEnabled());
    m_startButton->setToolTip(m_start->toolTip());
}

void MainToolBar::refreshStopButton() {
    const bool there = isElsewhere();
    m_stop->setText(m_leaves ? tr("&Stop waiting") : there ? tr("&Stop…") : tr("&Stop"));
    m_stop->setEnabled(there ? m_cluster.isActive() : m_session.isActive());
    m_stopButton->setToolTip(
        m_leaves ? tr("Stop waiting (Ctrl+Shift+R): what is not in place yet will be discarded")
        : there && !m_cluster.facts().savepoints
            ? tr("Cancel the run, or stop it and keep its checkpoint (Ctrl+Shift+R)") + QLatin1Char('\n') +
                  tr("Clusters don't pause: stop the run with its checkpoint kept, and resume from that "
                     "later")
        : there ? tr("Cancel the job, or stop it with a savepoint (Ctrl+Shift+R)") + QLatin1Char('\n') +
                      tr("Clusters don't pause: stop the job with a savepoint, and resume from that later")
                : tr("Stop the run (Ctrl+Shift+R)"));
}

void MainToolBar::refreshTools() {
    const QUndoStack& undo = m_document.undoStack();
    m_undo->setEnabled(undo.canUndo());
    m_redo->setEnabled(undo.canRedo());
    m_undo->setLabel(undo.canUndo() ? tr("Undo %1 (Ctrl+Z)").arg(shownText(undo.undoText()))
                                    : tr("Nothing to undo"));
    m_redo->setLabel(undo.canRedo() ? tr("Redo %1 (Ctrl+Shift+Z)").arg(shownText(undo.redoText()))
                                    : tr("Nothing to redo"));
    m_theme->setIconName(Theme::of(this).isDark() ? QStringLiteral("sun") : QStringLiteral("moon"));
    m_theme->setLabel(Theme::of(this).isDark() ? tr("Switch to the light theme")
                                               : tr("Switch to the dark theme"));
}

void MainToolBar::refreshPill() {
    using State = RunSession::State;
    if (isElsewhere() && (m_session.isActive() || m_cluster.isChecking())) return refreshCluster();
    m_pill->setToolTip(QString());
    switch (m_session.state()) {
        case State::Starting:
            m_pill->set(Pill::State::Busy,
                        m_session.isAwaitingConsent() ? tr("Waiting for your answer") : startingText());
            break;
        case State::Running:
            refreshFigures();
            break;
        case State::Paused:
            m_pill->set(Pill::State::Paused, tr("Paused at"), clockText(m_session.pausedAt()));
            break;
        case State::Stopping:
            m_pill->set(Pill::State::Busy, tr("Stopping"), stoppingText(m_session, m_document));
            break;
        case State::Failed:
            if (isElsewhere()) return refreshCluster();
            m_pill->set(Pill::State::Error, failedText(m_session, m_document));
            break;
        case State::Stopped:
        case State::Finished:
            showRest();
            break;
    }
}

void MainToolBar::refreshCluster() {
    showPill(clusterPill(m_session, m_cluster, m_document));
}

void MainToolBar::showPill(const PillText& pill) {
    m_pill->set(pill.state, pill.words, pill.figures);
    m_pill->setToolTip(pill.tip);
}

void MainToolBar::showRest() {
    const auto& issues = m_document.issues();
    const bool calm = !m_session.wasRefused();
    const auto errors = std::count_if(issues.begin(), issues.end(), [calm](const Issue& issue) {
        return issue.severity == Severity::Error && !isUnfinished(issue, calm);
    });
    const QString lastRun =
        clockText(m_session.startedAt()) + QStringLiteral(" – ") + clockText(m_session.endedAt());
    if (m_document.pipeline().nodes.empty()) {
        m_pill->set(Pill::State::Idle, tr("Nothing to run yet"));
    } else if (errors > 0) {
        m_pill->set(Pill::State::Error, tr("%n problem(s)", nullptr, static_cast<int>(errors)));
    } else if (waitsForOffers(issues)) {
        m_pill->set(Pill::State::Idle, tr("Waits for a server"));
    } else if (hasErrors(issues)) {
        m_pill->set(Pill::State::Idle, tr("Not finished yet"));
    } else if (isElsewhere()) {
        refreshCluster();
    } else if (m_session.wasDeclined()) {
        m_pill->set(Pill::State::Idle, m_session.untypedSecret().empty()
                                           ? tr("Not run: you declined")
                                           : tr("Not run: a secret was not typed"));
    } else if (m_session.state() == RunSession::State::Finished) {
        showPill(finishedPill(m_document, m_session, lastRun));
    } else if (m_session.startedAt().isNull()) {
        m_pill->set(Pill::State::Idle, tr("Not run yet"));
    } else {
        m_pill->set(Pill::State::Idle, tr("Stopped · last run"), lastRun);
    }
}

void MainToolBar::onUpdate() {
    if (isElsewhere()) {
        refreshPill();
        const QDateTime at = m_cluster.figuresAt();
        if (at == m_figuresAt) return;
        m_figuresAt = at;
        if (m_session.state() == RunSession::State::Running)
            m_sparkline->push(m_session.snapshot().sources.perSecond());
        return;
    }
    refreshFigures();
    if (m_session.state() == RunSession::State::Stopping) refreshPill();
    if (m_session.mayStopWaiting() != m_leaves) refreshRunButtons();
}

void MainToolBar::refreshFigures() {
    if (m_session.state() != RunSession::State::Running) return;
    const RestartMetrics& restart = m_session.snapshot().metrics.restart;
    if (restart.waiting()) {
        m_pill->set(Pill::State::Warn, restartText(restart, kLongestCause));
        m_pill->setToolTip(shownLines(translated(restart.cause), kTipLength));
        m_frames = 0;
        return;
    }
    if (const std::optional<Instant> moment = m_session.replayHeldAt()) return showHeld(*moment);
    const double rate = m_session.snapshot().sources.perSecond();
    // Figures that change more often than this can't be read.
    if (m_frames++ % (kFramesPerSecond / 4) == 0) {
        const bool behind = m_session.hasUnappliedChanges();
        m_pill->setToolTip(QString());
        m_pill->set(behind ? Pill::State::Warn : Pill::State::Ok,
                    behind ? tr("Running without the changes") : tr("Running"), rateText(rate));
    }
    if (m_frames % kFramesPerSecond == 0) m_sparkline->push(rate);
}

void MainToolBar::showHeld(Instant moment) {
    const QString at = eventTimeText(moment);
    const bool behind = m_session.hasUnappliedChanges();
    m_pill->set(behind ? Pill::State::Warn : Pill::State::Paused,
                behind ? tr("Held without the changes at") : tr("Held at"), at.section(QLatin1Char(' '), 1));
    m_pill->setToolTip(tr("The replay is held at %1 of event time (UTC). To let it go: Run ▸ Record and "
                          "replay ▸ Go on from there")
                           .arg(at));
    m_frames = 0;  // that it goes on is shown at once
}

void MainToolBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QToolBar::changeEvent(event);
}

// The checkpoint that it names has grown older since.
bool MainToolBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_startButton && event->type() == QEvent::ToolTip) m_start->retranslate();
    return QToolBar::eventFilter(watched, event);
}

// The figures of a cluster grew older behind it.
void MainToolBar::showEvent(QShowEvent* event) {
    QToolBar::showEvent(event);
    if (m_ageing.isTicking()) refreshPill();
}

void MainToolBar::resizeEvent(QResizeEvent* event) {
    QToolBar::resizeEvent(event);
    refreshTexts();
}

void MainToolBar::refreshTexts() {
    const bool words = width() >= Theme::of(this).scaled(kWordsFrom);
    const auto name = [words](QPushButton* button, const QAction& action) {
        button->setText(words ? plainText(action) : QString());
        button->setAccessibleName(plainText(action));
    };
    name(m_runButton, runPauses() ? *m_pause : *m_run);
    name(m_stopButton, *m_stop);
    fitRunButtons();
    // Of many words, and of use without them.
    if (m_start != nullptr) {
        m_startButton->setText(words ? m_start->buttonText() : QString());
        m_startButton->setAccessibleName(plainText(*m_start));
    }
    m_search->setText(words ? m_search->accessibleName() : QString());
    // Else they are in the menus alone: there is no room.
    for (int i = 0; i < m_parts->count(); ++i) m_parts->itemAt(i)->widget()->setVisible(words);
}

// As wide as the longest of its words: neither it nor the widgets behind it move when a run begins or ends.
void MainToolBar::fitRunButtons() {
    const QStringList run{tr("&Run"), tr("&Pause"), tr("&Resume"), tr("&Deploy"), tr("&Export…")};
    const QStringList stop{tr("&Stop"), tr("&Stop…")};
    const bool words = !m_runButton->text().isEmpty();
    const QString fitted = m_runButton->font().toString() +
                           (run + stop + QStringList{words ? QStringLiteral("words") : QString()}).join(u' ');
    if (std::exchange(m_fitted, fitted) == fitted) return;
    fitButton(*m_runButton, run);
    fitButton(*m_stopButton, stop);
}

}  // namespace rw::ui
