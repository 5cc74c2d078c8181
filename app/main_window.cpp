#include "app/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QPushButton>
#include <QSplitter>
#include <algorithm>

#include "app/announcer.h"
#include "app/bottom_panel.h"
#include "app/focus_regions.h"
#include "app/inspector_place.h"
#include "app/menus.h"
#include "app/pages.h"
#include "app/pipeline_page.h"
#include "app/running/main_tool_bar.h"
#include "app/running/secret_questions.h"
#include "app/secrets.h"
#include "app/status_line.h"
#include "app/window_layout.h"
#include "core/launch/connection_browsers.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/csv_params.h"
#include "widgets/canvas/canvas_actions.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/canvas/outline.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/csv_import/csv_import.h"
#include "widgets/document/portability_check.h"
#include "widgets/files/file_actions.h"
#include "widgets/files/file_drop.h"
#include "widgets/inspector/inspector.h"
#include "widgets/palette/palette.h"
#include "widgets/pane/offers_export.h"
#include "widgets/pane/opens_search.h"
#include "widgets/pane/shows_help.h"
#include "widgets/session/consent_dialog.h"
#include "widgets/settings/preferences.h"
#include "widgets/settings/preferences_dialog.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

SecretStore desktopSecretStore() {
    SecretStore secrets{.read = desktopSecrets()};
    if (hasKeyring()) secrets.write = writeSecret;
    return secrets;
}

}  // namespace

MainWindow::MainWindow(const Catalogue& catalogue, Preferences& preferences,
                       const std::vector<MakeFeature>& features, const TabPlace* place)
    : m_preferences(preferences),
      m_shared(place != nullptr ? *place->shared : m_own),
      m_document(catalogue),
      m_consent(m_document),
      m_connections(m_document, desktopSecrets(), {}, this),
      m_targets({}, this),
      m_cluster(m_document, m_targets, desktopSecrets(), this),
      m_session(m_document),
      m_shown(m_session, m_cluster, this),
      m_changes(m_document, m_session, this),
      m_autosave(m_document),
      m_recent(m_shared.recent),
      m_files(new FileActions(m_document, m_session, m_autosave, m_recent, this)),
      m_mainToolBar(new MainToolBar(m_document, m_session, m_targets, m_cluster)),
      m_status(new StatusLine(m_document, m_session, m_cluster)),
      m_charts(new ChartScheduler(this)),
      m_canvas(new CanvasWidget(m_document, m_session)),
      m_csv(new CsvImport(m_document, {csvFormatOf, csvParamsOf, writeColumnDef}, this)),
      m_features(makeFeatures(
          features, {m_document, m_session, *m_charts, m_connections, m_recent, m_targets, m_cluster,
                     m_consent, m_log, *this, desktopSecretStore(),
                     [this](const QString& words) { tell(words); }, [this](const char* pane) { see(pane); },
                     [this](const char* page) { openPreferences(QLatin1String(page)); },
                     [this] { return m_files->save(); },
                     [this](const QString& page, QWidget& over) {
                         if (m_help != nullptr) m_help->showPage(page, over);
                     },
                     [this] { return helpHere(); }})),
      m_panes(makePanes({{m_document, m_session, *m_charts},
                         m_recent,
                         *m_files,
                         *m_csv,
                         *m_canvas,
                         place == nullptr || place->offersRecovery},
                        m_features)),
      m_start(m_panes.find<PipelinePage>()),
      m_palette(new Palette(catalogue)),
      m_inspector(new Inspector(m_document, m_session)),
      m_secrets(new SecretQuestions(
          m_document, m_session, [this](const QString& words) { tell(words); }, this)),
      m_tabActions(this),
      m_menus(new Menus(m_actions, m_document, m_canvas->actions(), *m_mainToolBar, m_changes, m_panes)) {
    if (place != nullptr) {
        setParent(place->parent, Qt::Widget);
        m_tabActions.addActions(m_actions);
    }
    setMenuBar(m_menus);
    addToolBar(m_mainToolBar);
    setStatusBar(m_status);
    addFeatures();
    addSearchItems();
    m_menus->build();
    buildCentre();
    buildDocks();
    std::vector<QWidget*> regions;
    if (place != nullptr) regions.push_back(place->bar);
    regions.push_back(m_mainToolBar);
    regions.insert(regions.end(), m_bars.begin(), m_bars.end());
    for (QWidget* region : std::initializer_list<QWidget*>{m_left, m_outline, m_pages->head(),
                                                           m_pages->body(), m_inspector, m_bottom, m_status})
        regions.push_back(region);
    regions.push_back(makeTour());
    m_regions = new FocusRegions(regions, this);
    m_heard = new LiveRegion(this);
    connect(new Announcer(m_document, m_session, this), &Announcer::announced, this, &MainWindow::hear);
    connect(m_files, &FileActions::failed, &m_log,
            [this](const Status& status) { m_log.record(status.error()); });
    connect(m_start, &PipelinePage::told, this, &MainWindow::hear);
    connect(m_canvas, &CanvasWidget::told, this, &MainWindow::tell);
    new ConsentQuestions(
        m_document, m_session, m_consent, [this] { return m_mainToolBar->startsFrom(); }, this);
    connectActions();
    connectPages();
    m_inspector->setBrowsers(allConnectionBrowsers());
    connectPanes(m_panes, *m_inspector, *m_canvas);
    connectTab(place);
    retranslate();
    m_start->setFocus(Qt::OtherFocusReason);  // not on the first part of the tool bar that is not grey
}

MainWindow::~MainWindow() {
    // The widgets look at the document and the run until their own end, and members would go before children.
    m_mainToolBar = nullptr;  // the keyboard goes on while they go
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

void MainWindow::addFeatures() {
    m_files->addActions(m_actions);
    m_csv->addActions(m_actions);
    for (const std::unique_ptr<Feature>& feature : m_features) {
        feature->addActions(m_actions);
        feature->addSearchItems(m_searchItems);
        if (OpensSearch* search = feature->search()) m_search = search;
        if (ShowsHelp* help = feature->help()) m_help = help;
        if (OffersExport* exports = feature->exports()) m_exports = exports;
        if (StartAction* start = feature->startAction()) m_mainToolBar->setStart(*start);
        if (RunElsewhere* elsewhere = feature->runElsewhere()) m_mainToolBar->setElsewhere(*elsewhere);
        for (QWidget* part : feature->toolBarParts()) m_mainToolBar->addPart(part);
        if (QToolBar* bar = feature->bar()) {
            addToolBarBreak();
            addToolBar(bar);
            m_bars.push_back(bar);
        }
        for (QWidget* part : feature->statusParts()) m_status->addPart(part);
    }
    m_secrets->addActions(m_actions);
}

void MainWindow::addSearchItems() {
    m_palette->addSearchItems(m_searchItems);
    m_files->addSearchItems(m_searchItems);
    m_inspector->addSearchItems(m_searchItems);
    PreferencesDialog::addSearchItems(m_searchItems, [this] { openPreferences(); });
}

void MainWindow::tell(const QString& words) {
    m_status->tell(words);
    hear(words);
}

void MainWindow::see(const char* pane) {
    if (Pane* found = m_panes.named(pane)) Q_EMIT found->seeRequested();
}

// From the outside in: a widget that comes to another parent gives the style sheet anew to all that is in it.
void MainWindow::buildCentre() {
    m_centre = new QSplitter(Qt::Vertical, this);
    setCentralWidget(m_centre);
    m_pages = new Pages(m_panes.pages, m_centre);
    m_bottom = new BottomPanel(m_panes.panels, m_centre);
    m_centre->addWidget(m_pages);
    m_centre->addWidget(m_bottom);
    m_centre->setStretchFactor(0, 1);
    m_centre->setChildrenCollapsible(false);
}

QDockWidget* MainWindow::dock(const QString& name, QWidget* content, Qt::DockWidgetArea area) {
    auto* made = new QDockWidget(this);
    made->setObjectName(name);
    made->setFeatures(QDockWidget::NoDockWidgetFeatures);
    made->setTitleBarWidget(new QWidget(made));
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
    auto* inspector =
        new InspectorPlace({this, m_right, m_inspector, m_canvas, m_pages->body(), m_centre}, m_document);
    m_layout = new WindowLayout(
        {this, m_left, m_right, inspector, m_centre, m_bottom, m_menus->sidePanels, m_menus->bottomPanels},
        m_panes.pages);
    m_layout->restore();
    connect(m_pages, &Pages::leaving, m_layout, &WindowLayout::leavePage);
    connect(m_pages, &Pages::entered, m_layout, &WindowLayout::enterPage);
}

void MainWindow::connectActions() {
    connect(m_menus->outline, &QAction::toggled, m_outline, &QDockWidget::setVisible);
    connect(m_menus->fullScreen, &QAction::toggled, this, [this](bool full) {
        QWidget* const top = window();
        top->setWindowState(top->windowState().setFlag(Qt::WindowFullScreen, full));
    });
    connect(m_menus->theme, &QAction::triggered, &m_preferences, &Preferences::toggleDark);
    connect(m_menus->language, &QAction::triggered, &m_preferences, &Preferences::toggleLanguage);
    connect(m_menus->preferences, &QAction::triggered, this, [this] { openPreferences(); });
    connect(m_mainToolBar, &MainToolBar::exportRequested, this, [this] {
        if (const auto engine = m_document.portability().engine(); engine && m_exports != nullptr)
            m_exports->offerExport(*engine, *m_mainToolBar->runButton());
    });
    connect(m_mainToolBar, &MainToolBar::targetsRequested, this,
            [this] { openPreferences(QStringLiteral("targets")); });
    connect(m_menus->search, &QAction::triggered, m_mainToolBar, &MainToolBar::searchRequested);
    connect(m_menus->searchPalette, &QAction::triggered, this, [this] {
        m_start->openCanvas();
        m_menus->sidePanels->setChecked(true);
        m_palette->focusSearch();
    });
    connect(m_menus->nextRegion, &QAction::triggered, m_regions, &FocusRegions::next);
    connect(m_menus->previousRegion, &QAction::triggered, m_regions, &FocusRegions::previous);
    connect(m_mainToolBar, &MainToolBar::keyboardLeft, this,
            [this] { m_regions->enter(m_pages->body(), Qt::OtherFocusReason); });
}

void MainWindow::connectPages() {
    connect(&m_document, &PipelineDocument::fileChanged, this, &MainWindow::refreshTitle);
    connect(m_files, &FileActions::opened, this, [this](bool run) {
        m_canvas->view().showOpened();
        if (run) m_shown.runHere();
    });
    connectStart();
    connect(m_palette, &Palette::addRequested, this, [this](const NodeTemplate& node) {
        m_start->openCanvas();
        m_canvas->addBesideSelection(node);
    });
    connect(m_palette, &Palette::left, this, [this] { m_canvas->view().setFocus(); });
    connect(m_canvas, &CanvasWidget::subflowActivated, m_files, &FileActions::openSubflow);
    connect(m_canvas, &CanvasWidget::fileActivated, m_files, &FileActions::open);
    connect(m_canvas, &CanvasWidget::saveRequested, m_files, &FileActions::save);
    connect(qApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive && isVisible()) lookAtSubflows();
    });
    connect(m_canvas, &CanvasWidget::zoomChanged, m_status, &StatusLine::setZoom);
    const auto fitZoom = [this] { m_status->setZoomable(m_start->isOn() && !m_start->isWelcome()); };
    connect(m_start, &Pane::turned, m_status, fitZoom);
    connect(m_start, &PipelinePage::welcomeShown, m_status, fitZoom);
    connect(m_status, &StatusLine::zoomStepRequested, this, [this](int steps) {
        (steps > 0 ? m_canvas->actions().zoomIn : m_canvas->actions().zoomOut)->trigger();
    });
    connect(m_status, &StatusLine::zoomResetRequested, m_canvas->actions().zoomActual, &QAction::trigger);
    connect(m_status, &StatusLine::languageRequested, &m_preferences, &Preferences::toggleLanguage);
    connect(m_mainToolBar, &MainToolBar::themeRequested, &m_preferences, &Preferences::toggleDark);
}

void MainWindow::connectStart() {
    connect(m_start, &PipelinePage::welcomeShown, m_layout, &WindowLayout::setWelcome);
    m_menus->welcome->setDisabled(m_start->isWelcome());
    connect(m_start, &PipelinePage::welcomeShown, m_menus->welcome, &QAction::setDisabled);
    connect(m_menus->welcome, &QAction::triggered, this, [this] {
        m_pages->open(m_start);
        m_files->startWithWelcome();
    });
    connect(m_files, &FileActions::startedWithWelcome, m_start, &PipelinePage::openWelcome);
    const auto showNode = [this](const QString& nodeType) {
        if (m_help != nullptr) m_help->showNode(nodeType);
    };
    connect(m_inspector, &Inspector::helpRequested, this, showNode);
    connect(m_inspector, &Inspector::openRequested, this, [this] { see("pipeline"); });
    connect(m_canvas, &CanvasWidget::helpRequested, this, showNode);
    connect(m_mainToolBar, &MainToolBar::searchRequested, this, [this] {
        if (m_search != nullptr) m_search->openSearch(*m_mainToolBar->searchButton());
    });
    auto* drop = new FileDrop(m_csv->endings(), this);
    connect(drop, &FileDrop::pipelineDropped, m_files, &FileActions::open);
    connect(drop, &FileDrop::dataDropped, m_csv, &CsvImport::addDropped);
    connect(m_csv, &CsvImport::failed, m_files,
            [this](const Status& status, const QString& what) { m_files->showError(status, what); });
    m_layout->setWelcome(m_start->isWelcome());
}

QString MainWindow::helpHere() const {
    // The inspector, which shows the selection, may stand beside any page.
    if (m_inspector->isAncestorOf(focusWidget())) return {};
    const auto front = std::find_if(m_panes.pages.begin(), m_panes.pages.end(),
                                    [](const Pane* page) { return page->isOn(); });
    return front != m_panes.pages.end() ? QLatin1String((*front)->facts().help) : QString();
}

void MainWindow::openPreferences(const QString& page) {
    // Two of them would type over each other's fields.
    if (m_shared.preferences.isNull() || !m_shared.preferences->isVisible()) {
        std::vector<PreferencesPage*> pages;
        for (const std::unique_ptr<Feature>& feature : m_features) {
            const std::vector<PreferencesPage*> own = feature->preferencesPages();
            pages.insert(pages.end(), own.begin(), own.end());
        }
        m_shared.preferences = new PreferencesDialog(m_preferences, pages, this);
        m_shared.preferences->setAttribute(Qt::WA_DeleteOnClose);
    }
    if (!page.isEmpty()) m_shared.preferences->showPage(page);
    m_shared.preferences->show();
    m_shared.preferences->raise();
    m_shared.preferences->activateWindow();
}

void MainWindow::openAtStart(const QString& path, bool run) {
    m_files->openAtStart(path, run);
}

void MainWindow::refreshTitle() {
    const QString name = titleBarText(m_document.displayName());
    setWindowTitle((m_document.isGone() ? tr("%1 (deleted on disk)").arg(name) : name) +
                   QStringLiteral("[*] – Rillwright"));
    setWindowModified(m_document.isModified());
}

void MainWindow::retranslate() {
    for (const std::unique_ptr<Feature>& feature : m_features) feature->retranslate();
    m_files->retranslate();
    m_tabActions.retranslate();
    m_csv->retranslate();
    m_secrets->retranslate();
    m_menus->retranslate();
    refreshTitle();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayClose()) return event->ignore();
    leave(true);
    QMainWindow::closeEvent(event);
}

bool MainWindow::focusNextPrevChild(bool next) {
    if (m_mainToolBar != nullptr && m_mainToolBar->keepKeyboard())
        return true;  // no step by Tab: the widget with the keyboard was disabled
    return m_regions->tab(next) || QMainWindow::focusNextPrevChild(next);
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QMainWindow::changeEvent(event);
}

}  // namespace rw::ui
