#include "app/start_page.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/csv_import.h"
#include "app/file_actions.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/document/aside.h"
#include "widgets/welcome/recovery_bar.h"
#include "widgets/welcome/welcome_page.h"

namespace rw::ui {

StartPage::StartPage(PipelineDocument& document, RecentFiles& recent, FileActions& files, CsvImport& csv,
                     CanvasWidget* canvas, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_files(files),
      m_csv(csv),
      m_canvas(canvas),
      m_welcome(new WelcomePage(recent)),
      m_recovery(new RecoveryBar),
      m_pages(new QStackedWidget) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_recovery);
    column->addWidget(m_pages, 1);
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_canvas);
    connectWelcome();
    connect(&document, &PipelineDocument::changed, this, &StartPage::onDocument);
    connect(&files, &FileActions::startedEmpty, this, &StartPage::showCanvas);
    connect(&files, &FileActions::recovered, m_recovery, &RecoveryBar::next);
    connect(m_recovery, &RecoveryBar::recoverWanted, &files, &FileActions::recover);
    connect(m_recovery, &RecoveryBar::discardWanted, this, [this](const Recoverable& left) {
        aside(
            this, [left] { return (Autosave::discard(left), true); }, [](bool) {});
        m_recovery->next();
    });
    aside(this, &Autosave::recoverable,
          [this](std::vector<Recoverable> left) { m_recovery->offer(std::move(left)); });
    onDocument();
}

void StartPage::connectWelcome() {
    connect(m_welcome, &WelcomePage::exampleWanted, &m_files, &FileActions::openExample);
    connect(m_welcome, &WelcomePage::emptyWanted, &m_files, &FileActions::startEmpty);
    connect(m_welcome, &WelcomePage::openWanted, &m_files, &FileActions::openAsked);
    connect(m_welcome, &WelcomePage::fileWanted, &m_files, &FileActions::open);
    connect(m_welcome, &WelcomePage::csvWanted, &m_csv, &CsvImport::ask);
    connect(m_welcome, &WelcomePage::nodeDragged, this, &StartPage::showCanvas);
    connect(m_welcome, &WelcomePage::quickAddWanted, this, [this] {
        showCanvas();
        m_canvas->actions().quickAdd->trigger();
    });
}

bool StartPage::isWelcome() const {
    return m_pages->currentWidget() == m_welcome;
}

void StartPage::showCanvas() {
    if (!isWelcome()) return;
    m_pages->setCurrentWidget(m_canvas);
    m_canvas->setFocus(Qt::OtherFocusReason);
    Q_EMIT welcomeShown(false);
}

void StartPage::showWelcome() {
    if (isWelcome() || !m_document.pipeline().nodes.empty() || !m_document.path().isEmpty()) return;
    m_pages->setCurrentWidget(m_welcome);
    m_welcome->setFocus(Qt::OtherFocusReason);
    Q_EMIT welcomeShown(true);
}

void StartPage::onDocument() {
    const Pipeline& pipeline = m_document.pipeline();
    if (!pipeline.nodes.empty() || !pipeline.notes.empty() || !m_document.path().isEmpty()) showCanvas();
}

}  // namespace rw::ui
