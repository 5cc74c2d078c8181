// The window: puts the rooms together and lets them know of each other. What a room does is its own business.
#pragma once
#include <QMainWindow>
#include <memory>

#include "widgets/document/pipeline_document.h"
#include "widgets/document/recent_files.h"
#include "widgets/document/run_session.h"

class QTabBar;
class QStackedWidget;

namespace rw::ui {

class FileActions;
class RunBar;
class StatusLine;

class MainWindow : public QMainWindow {
    Q_OBJECT
 public:
    /// The catalogue must outlive the window.
    explicit MainWindow(const Catalogue& catalogue);
    ~MainWindow() override;

    /// Opens what the command line named; an example of the program's own is opened as an unsaved copy.
    void openAtStart(const QString& path, bool run);

 protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void buildMenus();
    void buildCentre();
    void refreshTitle();
    void retranslate();

    PipelineDocument m_document;
    RunSession m_session;
    RecentFiles m_recent;
    FileActions* m_files;
    RunBar* m_runBar;
    StatusLine* m_status;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
};

}  // namespace rw::ui
