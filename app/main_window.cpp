#include "app/main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "app/announcer.h"
#include "app/bottom_panel.h"
#include "app/consent_wiring.h"
#include "app/csv_import.h"
#include "app/file_actions.h"
#include "app/file_drop.h"
#include "app/help_wiring.h"
#include "app/live_region.h"
#include "app/locator_wiring.h"
#include "app/log_wiring.h"
#include "app/menu_states.h"
#include "app/menus.h"
#include "app/regions.h"
#include "app/run_bar.h"
#include "app/start_page.h"
#include "app/status_line.h"
#include "app/window_layout.h"
#include "widgets/canvas/canvas_actions.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/canvas/outline.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/charts/chart_window.h"
#include "widgets/dashboard/dashboard.h"
#include "widgets/inspector/inspector.h"
#include "widgets/palette/palette.h"
#include "widgets/panels/data_panel.h"
#include "widgets/panels/late_rejected_panel.h"
#include "widgets/panels/log_panel.h"
#include "widgets/panels/problems_panel.h"
#include "widgets/results/results_page.h"
#include "widgets/settings/preferences.h"
#include "widgets/settings/preferences_dialog.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/tab_row.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

MainWindow::MainWindow(const Catalogue& catalogue, Preferences& preferences)
    : m_preferences(preferences),
      m_document(catalogue),
      m_consent(m_document),
      m_session(m_document),
      m_autosave(m_document),
      m_files(new FileActions(m_document, m_session, m_autosave, m_recent, this)),
      m_runBar(new RunBar(m_document, m_session)),
      m_status(new StatusLine(m_document, m_session)),
      m_charts(new ChartScheduler(this)),
      m_canvas(new CanvasWidget(m_document, m_session)),
      m_csv(new CsvImport(m_document, *m_canvas, *m_files, this)),
      m_start(new StartPage(m_document, m_recent, *m_files, *m_csv, m_canvas)),
      m_palette(new Palette(catalogue)),
      m_inspector(new Inspector(m_document, m_session)),
      m_problems(new ProblemsPanel(m_document, m_session)),
      m_data(new DataPanel(m_document, m_session)),
      m_late(new LateRejectedPanel(m_document, m_session)),
      m_log(new LogPanel),
      m_logWiring(new LogWiring(m_session, *m_files, *m_log, this)),
      m_bottom(new BottomPanel),
      m_menus(new Menus(m_document, *m_files, m_canvas->actions(), *m_runBar)) {
    setMenuBar(m_menus);
    addToolBar(m_runBar);
    setStatusBar(m_status);
    buildCentre();
    buildDocks();
    m_regions =
        new Regions({m_runBar, m_left, m_outline, m_head, m_pages, m_right, m_bottom, m_status}, this);
    connect(new Announcer(m_document, m_session, this), &Announcer::announced, new LiveRegion(this),
            &LiveRegion::say);
    new ConsentWiring(m_document, m_session, m_consent, this);
    connectActions();
    connectRooms();
    connectPanels();
    retranslate();
}

MainWindow::~MainWindow() {
    // The widgets look at the document and the run until their own end, and members would go before children.
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

void MainWindow::buildCentre() {
    auto* upper = new QWidget;
    auto* column = new QVBoxLayout(upper);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs = new QTabBar;
    m_pages = new QStackedWidget;
    addPage(m_start, QStringLiteral("pipeline"), QStringLiteral("Ctrl+1"));
    auto* dashboard = new Dashboard(m_document, m_session, *m_charts);
    addPage(dashboard, QStringLiteral("dashboard"), QStringLiteral("Ctrl+2"));
    addPage(new ResultsPage(m_document, m_session), QStringLiteral("database"), QStringLiteral("Ctrl+3"));
    fitPages();
    connect(dashboard, &Dashboard::enlargeWanted, this, &MainWindow::enlarge);
    auto* head = new TabRow(m_tabs);
    m_head = head;
    m_canvasTools = new QWidget;
    auto* tools = new QHBoxLayout(m_canvasTools);
    tools->setContentsMargins(0, 0, 0, 0);
    CanvasActions& actions = m_canvas->actions();
    tools->setSpacing(metrics::kStep);
    for (QAction* action : {actions.snap, actions.align, actions.arrange, actions.fitAll, actions.minimap}) {
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setProperty("role", "flat");
        button->setPopupMode(QToolButton::InstantPopup);
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        tools->addWidget(button);
    }
    head->line().addWidget(m_canvasTools);
    column->addWidget(m_head);
    column->addWidget(m_pages, 1);
    m_centre = new QSplitter(Qt::Vertical);
    m_centre->addWidget(upper);
    m_centre->addWidget(m_bottom);
    m_centre->setStretchFactor(0, 1);
    m_centre->setChildrenCollapsible(false);
    setCentralWidget(m_centre);
    buildPanels();
}

void MainWindow::buildPanels() {
    m_bottom->addPanel(
        m_problems, [] { return tr("Problems"); }, m_problems->tools());
    m_bottom->addPanel(
        m_data, [] { return tr("Data"); }, m_data->tools());
    m_bottom->addPanel(
        m_late, [] { return tr("Late && rejected"); }, m_late->tools());
    m_bottom->addPanel(
        m_log, [] { return tr("Log"); }, m_log->tools());
}

void MainWindow::addPage(QWidget* page, const QString& icon, const QString& keys) {
    const int index = m_pages->addWidget(page);
    m_tabs->addTab(Theme::of(this).icon(icon, ColorRole::Dim), QString());
    auto* action = new QAction(this);
    action->setShortcut(QKeySequence(keys));
    addAction(action);
    m_pageActions.push_back(action);
    connect(action, &QAction::triggered, m_tabs, [this, index] { m_tabs->setCurrentIndex(index); });
}

void MainWindow::enlarge(const NodeId& chart) {
    (new ChartWindow(chart, m_document, m_session, *m_charts, this))->show();
}

QDockWidget* MainWindow::dock(const QString& name, QWidget* content, Qt::DockWidgetArea area) {
    auto* made = new QDockWidget;
    made->setObjectName(name);
    made->setFeatures(QDockWidget::NoDockWidgetFeatures);
    made->setTitleBarWidget(new QWidget);
    made->setWidget(content);
    addDockWidget(area, made);
    return made;
}

void MainWindow::buildDocks() {
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_left = dock(QStringLiteral("paletteDock"), m_palette, Qt::LeftDockWidgetArea);
    m_outline =
        dock(QStringLiteral("outlineDock"), new Outline(m_document, m_session), Qt::LeftDockWidgetArea);
    m_outline->hide();
    m_right = dock(QStringLiteral("inspectorDock"), m_inspector, Qt::RightDockWidgetArea);
    // Charts and tables need the room.
    m_layout = new WindowLayout(
        {this, m_left, m_right, m_centre, m_bottom, m_menus->sidePanels, m_menus->bottomPanels},
        {{"pipeline", true, true}, {"dashboard"}, {"results"}});
    m_layout->restore();
}

void MainWindow::connectActions() {
    connect(m_menus->outline, &QAction::toggled, m_outline, &QDockWidget::setVisible);
    connect(m_menus->fullScreen, &QAction::toggled, this,
            [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
    connect(m_menus->theme, &QAction::triggered, &m_preferences, &Preferences::toggleDark);
    connect(m_menus->language, &QAction::triggered, &m_preferences, &Preferences::toggleLanguage);
    connect(m_menus->preferences, &QAction::triggered, this, [this] {
        auto* dialog = new PreferencesDialog(m_preferences, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
    connect(m_menus->applyChanges, &QAction::triggered, &m_session, &RunSession::apply);
    connect(m_menus->revertChanges, &QAction::triggered, &m_session, &RunSession::revert);
    connect(m_menus->search, &QAction::triggered, m_runBar, &RunBar::searchWanted);
    connect(m_menus->searchPalette, &QAction::triggered, this, [this] {
        showCanvas();
        m_menus->sidePanels->setChecked(true);
        m_palette->focusSearch();
    });
    connect(m_menus->nextRegion, &QAction::triggered, m_regions, &Regions::next);
    connect(m_menus->previousRegion, &QAction::triggered, m_regions, &Regions::previous);
    connect(m_tabs, &QTabBar::currentChanged, this, &MainWindow::choosePage);
}

void MainWindow::connectRooms() {
    connect(&m_document, &PipelineDocument::fileChanged, this, &MainWindow::refreshTitle);
    connect(m_files, &FileActions::opened, this, [this](bool run) {
        m_canvas->actions().fitAll->trigger();
        if (run) m_session.start();
    });
    connectStart();
    connect(m_palette, &Palette::addRequested, this, [this](const NodeTemplate& node) {
        showCanvas();
        m_canvas->addBesideSelection(node);
    });
    connect(m_palette, &Palette::left, this, [this] { m_canvas->view().setFocus(); });
    connect(m_canvas, &CanvasWidget::chartActivated, this, &MainWindow::enlarge);
    connect(m_canvas, &CanvasWidget::zoomChanged, m_status, &StatusLine::setZoom);
    connect(m_status, &StatusLine::zoomStepWanted, this, [this](int steps) {
        (steps > 0 ? m_canvas->actions().zoomIn : m_canvas->actions().zoomOut)->trigger();
    });
    connect(m_status, &StatusLine::zoomResetWanted, m_canvas->actions().zoomActual, &QAction::trigger);
    connect(m_status, &StatusLine::languageWanted, &m_preferences, &Preferences::toggleLanguage);
    connect(m_runBar, &RunBar::themeWanted, &m_preferences, &Preferences::toggleDark);
}

void MainWindow::connectPanels() {
    m_bottom->setCount(m_problems, m_problems->count());
    connect(m_problems, &ProblemsPanel::countChanged, this,
            [this](int count) { m_bottom->setCount(m_problems, count); });
    connect(m_late, &LateRejectedPanel::countChanged, this,
            [this](int count) { m_bottom->setCount(m_late, count); });
    connect(m_inspector, &Inspector::lateRowsWanted, this, [this](const NodeId& node) {
        m_late->showNode(node);
        m_bottom->open(m_late);
    });
    connect(m_log, &LogPanel::nodeActivated, this,
            [this](const QString& node) { m_document.selection().reveal(node.toStdString()); });
    const auto toProblems = [this] {
        m_bottom->open(m_problems);
        m_problems->goToFirst();
    };
    connect(m_runBar, &RunBar::problemsWanted, this, toProblems);
    connect(&m_session, &RunSession::startRefused, this, toProblems);
    connect(&m_document.selection(), &Selection::revealed, this,
            [this] { m_tabs->setCurrentIndex(PipelinePage); });
    const auto step = [this](int by) {
        m_bottom->open(m_problems);
        m_problems->step(by);
    };
    connect(m_menus->nextProblem, &QAction::triggered, this, [step] { step(1); });
    connect(m_menus->previousProblem, &QAction::triggered, this, [step] { step(-1); });
    connect(m_menus->applyFix, &QAction::triggered, m_problems, &ProblemsPanel::applyFix);
    new MenuStates(*m_menus, m_document, m_session, *m_problems, *m_start, m_menus);
    connect(&m_session, &RunSession::stateChanged, this, [this] {
        if (m_session.state() != RunSession::State::Failed || m_session.failure().ok()) return;
        m_bottom->open(m_log);
        m_log->showNewest(QString::fromStdString(m_session.failure().error().node));
    });
}

void MainWindow::connectStart() {
    connect(m_start, &StartPage::welcomeShown, m_layout, &WindowLayout::setWelcome);
    connect(m_csv, &CsvImport::addWanted, this, &MainWindow::showCanvas);
    connect(m_menus->welcome, &QAction::triggered, this, [this] {
        m_tabs->setCurrentIndex(PipelinePage);
        if (!m_files->mayReplace()) return;
        m_document.startEmpty();
        m_start->showWelcome();
    });
    auto* help = new HelpWiring(m_document, *m_menus, *m_canvas, *m_inspector, this);
    auto* locator = new LocatorWiring(m_document, *m_menus, *m_files, *help, this);
    connect(m_runBar, &RunBar::searchWanted, locator,
            [this, locator] { locator->open(*m_runBar->searchButton()); });
    connect(locator, &LocatorWiring::addWanted, m_palette, &Palette::addRequested);
    connect(locator, &LocatorWiring::nodeWanted, this, [this](const NodeId& node) {
        showCanvas();
        m_document.selection().reveal(node);
    });
    auto* drop = new FileDrop(m_csv->endings(), this);
    connect(drop, &FileDrop::pipelineDropped, m_files, &FileActions::open);
    connect(drop, &FileDrop::dataDropped, m_csv, &CsvImport::add);
    m_layout->setWelcome(m_start->isWelcome());
}

void MainWindow::showCanvas() {
    m_tabs->setCurrentIndex(PipelinePage);
    m_start->showCanvas();
}

void MainWindow::choosePage(int page) {
    m_layout->leavePage();
    m_pages->setCurrentIndex(page);
    fitPages();
    m_canvasTools->setVisible(page == PipelinePage);
    m_layout->enterPage(page);
}

// A page that is not in front needs no room: beside the side panels there is not enough for the tables.
void MainWindow::fitPages() {
    for (int i = 0; i < m_pages->count(); ++i) {
        const auto policy = i == m_pages->currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        m_pages->widget(i)->setSizePolicy(policy, policy);
    }
}

void MainWindow::openAtStart(const QString& path, bool run) {
    m_files->openAtStart(path, run);
}

void MainWindow::refreshTitle() {
    setWindowTitle(titleBarText(m_document.displayName()) + QStringLiteral("[*] – Rillwright"));
    setWindowModified(m_document.isModified());
}

void MainWindow::retranslate() {
    m_tabs->setTabText(PipelinePage, tr("Pipeline"));
    m_tabs->setTabText(DashboardPage, tr("Dashboard"));
    m_tabs->setTabText(ResultsPagePlace, tr("Results"));
    m_tabs->setAccessibleName(tr("Views"));
    for (std::size_t page = 0; page < m_pageActions.size(); ++page)
        m_pageActions[page]->setText(m_tabs->tabText(static_cast<int>(page)));
    m_menus->retranslate();
    refreshTitle();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!m_files->mayClose()) return event->ignore();
    m_layout->save();
    m_session.stop();
    QMainWindow::closeEvent(event);
}

bool MainWindow::focusNextPrevChild(bool next) {
    return m_regions->tab(next) || QMainWindow::focusNextPrevChild(next);
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QMainWindow::changeEvent(event);
}

}  // namespace rw::ui
