#include "app/main_window.h"

#include <QCloseEvent>
#include <QGraphicsView>
#include <QMenuBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "app/file_actions.h"
#include "app/run_bar.h"
#include "app/status_line.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr QSize kSize(1600, 1000), kSmallest(1120, 700);
}

MainWindow::MainWindow(const Catalogue& catalogue)
    : m_document(catalogue),
      m_session(m_document),
      m_files(new FileActions(m_document, m_recent, this)),
      m_runBar(new RunBar(m_document, m_session)),
      m_status(new StatusLine(m_document, m_session)) {
    setMinimumSize(kSmallest);
    resize(kSize);
    buildMenus();
    addToolBar(m_runBar);
    setStatusBar(m_status);
    buildCentre();
    connect(&m_document, &PipelineDocument::fileChanged, this, &MainWindow::refreshTitle);
    connect(m_files, &FileActions::opened, this, [this](bool run) {
        if (run) m_session.start();
    });
    retranslate();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildMenus() {
    m_files->fill(*menuBar()->addMenu(tr("File")));
}

void MainWindow::buildCentre() {
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs = new QTabBar;
    m_pages = new QStackedWidget;
    m_tabs->addTab(Theme::of(this).icon(u"pipeline"), QString());
    auto* scene = new CanvasScene(m_document, m_session, this);
    m_pages->addWidget(new QGraphicsView(scene));
    column->addWidget(m_tabs);
    column->addWidget(m_pages, 1);
    setCentralWidget(centre);
}

void MainWindow::openAtStart(const QString& path, bool run) {
    m_files->openAtStart(path, run);
}

void MainWindow::refreshTitle() {
    setWindowTitle(m_document.displayName() + QStringLiteral("[*] – Rillwright"));
    setWindowModified(m_document.isModified());
}

void MainWindow::retranslate() {
    m_tabs->setTabText(0, tr("Pipeline"));
    refreshTitle();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!m_files->mayClose()) return event->ignore();
    m_session.stop();
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QMainWindow::changeEvent(event);
}

}  // namespace rw::ui
