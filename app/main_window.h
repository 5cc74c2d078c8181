// The window of a document: puts the rooms together and lets them know of each other. What a room does is its
// own business. It may be a tab of a larger window (documents/document_window.h).
#pragma once
#include <QMainWindow>
#include <QPointer>

#include "app/documents/tab_actions.h"
#include "app/documents/tab_bar.h"
#include "app/documents/tab_place.h"
#include "app/features.h"
#include "app/panes.h"
#include "app/running/change_actions.h"
#include "widgets/background/ticker.h"
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
class SecretQuestions;
class FocusRegions;
class MainToolBar;
class ShowsHelp;
class PipelinePage;
class StatusLine;
class Tour;
class WindowLayout;

class MainWindow : public QMainWindow {
    Q_OBJECT
 public:
    /// Both must outlive the window. `features`: those that it has. `place`: as a tab; null: it is a window
    /// of its own.
    MainWindow(const Catalogue& catalogue, Preferences& preferences,
               const std::vector<MakeFeature>& features = allFeatures(), const TabPlace* place = nullptr);
    ~MainWindow() override;

    /// Opens the argument of the command line; an example of the program's own is opened as an unsaved copy.
    void openAtStart(const QString& path, bool run);
    LogBook& log() { return m_log; }
    const SearchItems& searchItems() const { return m_searchItems; }
    FileActions& files() const { return *m_files; }
    TabFacts tabFacts() const;
    TabActions& tabActions() { return m_tabActions; }
    ActionRegistry& actions() { return m_actions; }
    const ActionRegistry& actions() const { return m_actions; }
    /// A call-out beside each part of the window, one after the other.
    void startTour();
    /// Whether the person lets document and run go: asks about both. Nothing has happened yet.
    bool mayClose();
    /// The window goes for good, or is hidden: the run is stopped, `keepLayout`: the panels come back as they
    /// stand now. The run may take a while to complete its outputs.
    void leave(bool keepLayout);
    bool isRunning() const { return m_session.isActive(); }
    const Status& runFailure() const { return m_session.failure(); }
    bool asksBeforeClosing() const { return m_document.isModified() || isRunning(); }
    void keepLayout();
    /// Reads anew what all tabs and programs of the person have in common: connections and targets.
    void readShared();
    /// As the key Tab does; false: the keyboard is in no region of it.
    bool stepKeyboard(bool next);
    /// Shows in the menu whether the window around it has the whole screen.
    void setFullScreenShown(bool full);
    /// A screen reader says it; of a tab that is not in front, heardBehind() hands it on.
    void hear(const QString& words);
    void saveCopy() { m_autosave.saveNow(); }  ///< of what is not saved: the program is about to be killed

 Q_SIGNALS:
    void tabChanged();  ///< tabFacts(), or the title
    void heardBehind(const QString& words);

 protected:
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

 private:
    void buildCentre();
    void buildDocks();
    void connectActions();
    void connectPages();
    void connectStart();
    QWidget* makeTour();
    void addFeatures();
    void addSearchItems();
    void connectTab(const TabPlace* place);
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
    void setWatched(bool watched);
    void lookAtSubflows();
    void refreshTitle();
    void retranslate();

    Preferences& m_preferences;
    SharedByTabs m_own{};  ///< in use while this is no tab
    SharedByTabs& m_shared;
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
    RecentFiles& m_recent;
    FileActions* m_files;
    MainToolBar* m_mainToolBar;
    StatusLine* m_status;
    LiveRegion* m_heard = nullptr;
    ChartScheduler* m_charts;
    CanvasWidget* m_canvas;
    CsvImport* m_csv;
    std::vector<std::unique_ptr<Feature>> m_features{};
    Panes m_panes;
    PipelinePage* m_start;
    Palette* m_palette;
    Inspector* m_inspector;
    Pages* m_pages = nullptr;
    BottomPanel* m_bottom = nullptr;
    ActionRegistry m_actions{};
    SecretQuestions* m_secrets;
    TabActions m_tabActions;
    Menus* m_menus;
    std::vector<QWidget*> m_bars{};  ///< of features
    FocusRegions* m_regions = nullptr;
    SearchItems m_searchItems{};
    OpensSearch* m_search = nullptr;  ///< null: no feature has it
    ShowsHelp* m_help = nullptr;      ///< likewise
    OffersExport* m_exports = nullptr;  ///< likewise
    QSplitter* m_centre = nullptr;
    WindowLayout* m_layout = nullptr;
    Tour* m_tour = nullptr;
    QDockWidget *m_left = nullptr, *m_right = nullptr, *m_outline = nullptr;
    Sight m_sight{*this};  // goes first: what it tells of is there still
};

}  // namespace rw::ui
