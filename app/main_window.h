// The window: puts the rooms together and lets them know of each other. What a room does is its own business.
#pragma once
#include <QMainWindow>
#include <QPointer>

#include "app/features.h"
#include "app/panes.h"
#include "app/running/change_actions.h"
#include "widgets/document/autosave.h"
#include "widgets/document/connection_list.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/recent_files.h"
#include "widgets/pane/log_book.h"
#include "widgets/pane/search_items.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown_choice.h"
#include "widgets/session/target_list.h"

class QDockWidget;
class QSplitter;

namespace rw::ui {

class BottomPanel;
class LiveRegion;
class Menus;
class OffersExport;
class OpensSearch;
class Pages;
class Palette;
class Preferences;
class PreferencesDialog;
class Regions;
class RunBar;
class ShowsHelp;
class StartPage;
class StatusLine;
class WindowLayout;

class MainWindow : public QMainWindow {
    Q_OBJECT
 public:
    /// Both must outlive the window. `features`: those that it has.
    MainWindow(const Catalogue& catalogue, Preferences& preferences,
               const std::vector<MakeFeature>& features = allFeatures());
    ~MainWindow() override;

    /// Opens the argument of the command line; an example of the program's own is opened as an unsaved copy.
    void openAtStart(const QString& path, bool run);
    LogBook& log() { return m_log; }
    const SearchItems& searchItems() const { return m_searchItems; }
    void saveCopy() { m_autosave.saveNow(); }  ///< of what is not saved: the program is about to be killed

 protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

 private:
    void buildCentre();
    void buildDocks();
    void connectActions();
    void connectPages();
    void connectStart();
    void addFeatures();
    void addSearchItems();
    /// In the status bar and to screen readers.
    void tell(const QString& words);
    /// Puts a pane in front, by its id; nothing where there is none.
    void see(const char* pane);
    /// The page of the help on the page in front; empty: the selection has the person's attention, or it has
    /// none.
    QString helpHere() const;
    /// On that page, by its id; empty: on the one that was open.
    void openPreferences(const QString& page = {});
    QDockWidget* dock(const QString& name, QWidget* content, Qt::DockWidgetArea area);
    void refreshTitle();
    void retranslate();

    Preferences& m_preferences;
    LogBook m_log{};
    PipelineDocument m_document;
    RunConsent m_consent;
    ConnectionList m_connections;
    TargetList m_targets;
    ClusterSession m_cluster;
    RunSession m_session;  // after the run that it may show
    ShownChoice m_shown;
    ChangeActions m_changes;
    Autosave m_autosave;
    RecentFiles m_recent;
    FileActions* m_files;
    RunBar* m_runBar;
    StatusLine* m_status;
    LiveRegion* m_heard = nullptr;
    ChartScheduler* m_charts;
    CanvasWidget* m_canvas;
    CsvImport* m_csv;
    std::vector<std::unique_ptr<Feature>> m_features{};
    Panes m_panes;
    StartPage* m_start;
    Palette* m_palette;
    Inspector* m_inspector;
    Pages* m_pages;
    BottomPanel* m_bottom;
    ActionRegistry m_actions{};
    Menus* m_menus;
    std::vector<QWidget*> m_bars{};  ///< of features
    Regions* m_regions = nullptr;
    SearchItems m_searchItems{};
    OpensSearch* m_search = nullptr;  ///< null: no feature has it
    ShowsHelp* m_help = nullptr;      ///< likewise
    OffersExport* m_exports = nullptr;  ///< likewise
    QSplitter* m_centre = nullptr;
    WindowLayout* m_layout = nullptr;
    QPointer<PreferencesDialog> m_settings{};
    QDockWidget *m_left = nullptr, *m_right = nullptr, *m_outline = nullptr;
};

}  // namespace rw::ui
