// The window: puts the rooms together and lets them know of each other. What a room does is its own business.
#pragma once
#include <QMainWindow>

#include "widgets/document/autosave.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/recent_files.h"
#include "widgets/document/run_session.h"

class QDockWidget;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace rw::ui {

class BottomPanel;
class CanvasWidget;
class ChartScheduler;
class CsvImport;
class DataPanel;
class FileActions;
class Inspector;
class LateRejectedPanel;
class LogPanel;
class LogWiring;
class Menus;
class Palette;
class Preferences;
class ProblemsPanel;
class Regions;
class RunBar;
class StartPage;
class StatusLine;
class WindowLayout;

class MainWindow : public QMainWindow {
    Q_OBJECT
 public:
    /// Both must outlive the window.
    MainWindow(const Catalogue& catalogue, Preferences& preferences);
    ~MainWindow() override;

    /// Opens what the command line named; an example of the program's own is opened as an unsaved copy.
    void openAtStart(const QString& path, bool run);
    LogWiring& log() { return *m_logWiring; }

 protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

 private:
    enum Page { PipelinePage, DashboardPage, ResultsPagePlace };
    void buildCentre();
    void buildPanels();
    void buildDocks();
    void connectActions();
    void connectRooms();
    void connectStart();
    void showCanvas();
    void connectPanels();
    QDockWidget* dock(const QString& name, QWidget* content, Qt::DockWidgetArea area);
    void addPage(QWidget* page, const QString& icon, const QString& keys);
    void choosePage(int page);
    void fitPages();
    void enlarge(const NodeId& chart);
    void refreshTitle();
    void retranslate();

    Preferences& m_preferences;
    PipelineDocument m_document;
    RunConsent m_consent;
    RunSession m_session;
    Autosave m_autosave;
    RecentFiles m_recent;
    FileActions* m_files;
    RunBar* m_runBar;
    StatusLine* m_status;
    ChartScheduler* m_charts;
    CanvasWidget* m_canvas;
    CsvImport* m_csv;
    StartPage* m_start;
    Palette* m_palette;
    Inspector* m_inspector;
    ProblemsPanel* m_problems;
    DataPanel* m_data;
    LateRejectedPanel* m_late;
    LogPanel* m_log;
    LogWiring* m_logWiring;
    BottomPanel* m_bottom;
    Menus* m_menus;
    Regions* m_regions = nullptr;
    QTabBar* m_tabs = nullptr;
    std::vector<QAction*> m_pageActions;
    QStackedWidget* m_pages = nullptr;
    QSplitter* m_centre = nullptr;
    QWidget* m_head = nullptr;  ///< the tabs, with the canvas's tools beside them
    QWidget* m_canvasTools = nullptr;
    WindowLayout* m_layout = nullptr;
    QDockWidget *m_left = nullptr, *m_right = nullptr, *m_outline = nullptr;
};

}  // namespace rw::ui
