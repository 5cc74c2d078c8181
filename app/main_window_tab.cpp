// The main window as a tab of a larger window.
#include <QShowEvent>

#include "app/announcer.h"
#include "app/focus_regions.h"
#include "app/main_window.h"
#include "app/menus.h"
#include "app/window_layout.h"
#include "widgets/files/file_actions.h"

namespace rw::ui {

void MainWindow::connectTab(const TabPlace* place) {
    connect(this, &QWidget::windowTitleChanged, this, &MainWindow::tabChanged);
    connect(&m_document, &PipelineDocument::fileChanged, this, &MainWindow::tabChanged);
    connect(&m_session, &RunSession::stateChanged, this, &MainWindow::tabChanged);
    // A run in a tab that is not in front, or in a window that is minimised, goes on, but nobody sees its
    // figures.
    connect(&m_sight, &Sight::changed, this, [this](bool seen) {
        if (seen || !isWindow() || isMinimized()) setWatched(seen);
    });
    if (place == nullptr) return;
    m_files->setTabs(place->tabs);
    setWatched(false);  // until it is shown
}

void MainWindow::setWatched(bool watched) {
    m_session.setWatched(watched);
    m_cluster.setWatched(watched);
    m_files->setWatched(watched);
}

TabFacts MainWindow::tabFacts() const {
    return {m_document.displayName(), m_document.path(), m_document.isModified(), m_session.state()};
}

bool MainWindow::mayClose() {
    return m_files->confirmQuit();
}

// What is hidden is not heard.
void MainWindow::hear(const QString& words) {
    isWindow() || isVisible() ? m_heard->announce(words) : Q_EMIT heardBehind(words);
}

bool MainWindow::stepKeyboard(bool next) {
    return m_regions->tab(next);
}

void MainWindow::keepLayout() {
    m_layout->save();
}

void MainWindow::leave(bool keepLayout) {
    if (keepLayout) m_layout->save();
    m_session.stop();
    for (const std::unique_ptr<Feature>& feature : m_features) feature->closing();
}

void MainWindow::setFullScreenShown(bool full) {
    m_menus->fullScreen->setChecked(full);
}

void MainWindow::readShared() {
    m_connections.reload();
    m_targets.reload();
}

// Their files may have changed meanwhile.
void MainWindow::lookAtSubflows() {
    if (m_document.validated().expanded) m_document.revalidate();
}

// What another tab changed is read when this one comes to front again.
void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (isWindow() || event->spontaneous()) return;
    readShared();
    lookAtSubflows();
}

}  // namespace rw::ui
