#include "app/pipeline_page.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/panes.h"
#include "widgets/background/background.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/charts/cards/chart_window.h"
#include "widgets/csv_import/csv_import.h"
#include "widgets/files/file_actions.h"
#include "widgets/files/rewritten_bar.h"
#include "widgets/pane/front.h"
#include "widgets/theme/theme.h"
#include "widgets/welcome/recovery_bar.h"
#include "widgets/welcome/welcome_page.h"

namespace rw::ui {

namespace {
constexpr PaneFacts kFacts{
    .id = "pipeline", .icon = "pipeline", .shortcut = "Ctrl+1", .place = 1, .sides = true, .bottom = true};
}

PipelinePage::PipelinePage(const WindowParts& parts)
    : Pane(kFacts),
      m_document(parts.document),
      m_files(parts.files),
      m_csv(parts.csv),
      m_canvas(parts.canvas),
      m_welcome(new WelcomePage(parts.recent)),
      m_recovery(new RecoveryBar),
      m_pages(new QStackedWidget),
      m_tools(new QWidget(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_recovery);
    auto* rewritten = new RewrittenBar(m_document, m_files);
    connect(rewritten, &RewrittenBar::told, this, &PipelinePage::told);
    column->addWidget(rewritten);
    column->addWidget(m_pages, 1);
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(&m_canvas);
    setFocusProxy(m_welcome);
    makeTools();
    connectCanvas(parts);
    connectWelcome();
    if (parts.offersRecovery) connectRecovery();
    connect(&m_document, &PipelineDocument::changed, this, &PipelinePage::onDocument);
    connect(&m_document.selection(), &Selection::revealed, this, &PipelinePage::openRequested);
    onDocument();
}

QString PipelinePage::title() const {
    return tr("&Pipeline");
}

void PipelinePage::makeTools() {
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kStep);
    const CanvasActions& actions = m_canvas.actions();
    for (QAction* action : {actions.snap, actions.align, actions.arrange, actions.fitAll, actions.minimap}) {
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setProperty("role", "flat");
        button->setPopupMode(QToolButton::InstantPopup);
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        row->addWidget(button);
    }
}

void PipelinePage::connectCanvas(const PaneParts& parts) {
    for (QAction* action : m_canvas.actions().all()) onlyWhileOn(action);
    onlyWhileOn(m_canvas.actions().align);
    connect(&m_canvas, &CanvasWidget::chartActivated, this,
            [this, &session = parts.session, &charts = parts.charts](const NodeId& chart) {
                auto* large = new ChartWindow(chart, m_document, session, charts, mainWindowOf(*this));
                connect(large, &ChartWindow::lostRowsRequested, this, &PipelinePage::lostRowsRequested);
                large->show();
            });
}

void PipelinePage::connectWelcome() {
    connect(m_welcome, &WelcomePage::exampleRequested, &m_files, &FileActions::openExample);
    connect(m_welcome, &WelcomePage::emptyRequested, &m_files, &FileActions::startEmpty);
    connect(m_welcome, &WelcomePage::openRequested, &m_files, &FileActions::promptAndOpen);
    connect(m_welcome, &WelcomePage::fileRequested, &m_files, &FileActions::open);
    connect(m_welcome, &WelcomePage::csvRequested, &m_csv, &CsvImport::prompt);
    connect(m_welcome, &WelcomePage::nodeDragged, this, &PipelinePage::showCanvas);
    connect(m_welcome, &WelcomePage::quickAddRequested, this, [this] {
        showCanvas();
        m_canvas.actions().quickAdd->trigger();
    });
    connect(&m_files, &FileActions::startedEmpty, this, &PipelinePage::showCanvas);
    connect(&m_csv, &CsvImport::addRequested, this,
            [this](const NodeTemplate& node, const std::optional<QPoint>& globalPos) {
                openCanvas();
                globalPos ? m_canvas.addUnder(node, *globalPos) : m_canvas.addBesideSelection(node);
            });
}

void PipelinePage::connectRecovery() {
    connect(&m_files, &FileActions::recovered, m_recovery, &RecoveryBar::next);
    connect(m_recovery, &RecoveryBar::recoverRequested, &m_files, &FileActions::recover);
    connect(m_recovery, &RecoveryBar::discardRequested, this, [this](const Recoverable& left) {
        runInBackground(
            this, [left] { return (Autosave::discard(left), true); }, [](bool) {});
        m_recovery->next();
    });
    runInBackground(this, &Autosave::recoverable,
                    [this](std::vector<Recoverable> left) { m_recovery->offer(std::move(left)); });
}

bool PipelinePage::isWelcome() const {
    return m_pages->currentWidget() == m_welcome;
}

bool PipelinePage::actsNow() const {
    return !isWelcome();
}

void PipelinePage::showCanvas() {
    if (!isWelcome()) return;
    m_pages->setCurrentWidget(&m_canvas);
    setFocusProxy(&m_canvas);
    m_canvas.setFocus(Qt::OtherFocusReason);
    refreshActions();
    Q_EMIT welcomeShown(false);
}

void PipelinePage::openCanvas() {
    Q_EMIT openRequested();
    showCanvas();
}

void PipelinePage::openWelcome() {
    Q_EMIT openRequested();
    if (isWelcome() || !m_document.pipeline().nodes.empty() || !m_document.path().isEmpty()) return;
    m_pages->setCurrentWidget(m_welcome);
    setFocusProxy(m_welcome);
    m_welcome->setFocus(Qt::OtherFocusReason);
    refreshActions();
    Q_EMIT welcomeShown(true);
}

void PipelinePage::onDocument() {
    const Pipeline& pipeline = m_document.pipeline();
    if (!pipeline.nodes.empty() || !pipeline.notes.empty() || !m_document.path().isEmpty()) showCanvas();
}

}  // namespace rw::ui
