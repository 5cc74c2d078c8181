// The window of the program: a tab for each document, with a main window of its own in it. With one document
// no tabs are to be seen.
#pragma once
#include <QMainWindow>
#include <QStringList>
#include <vector>

#include "app/documents/tab_place.h"
#include "app/features.h"
#include "core/pipeline/node_kind.h"
#include "widgets/pane/log_book.h"

class QStackedWidget;

namespace rw::ui {

class MainWindow;
class Preferences;
class TabBar;

/// On the GUI thread. It is a QMainWindow for screen readers, which take no other widget for a window of a
/// program: the bars and docks are those of its tabs.
class DocumentWindow : public QMainWindow, private DocumentTabs {
    Q_OBJECT
 public:
    /// Both must outlive the window. It begins with one tab, on the welcome page.
    DocumentWindow(const Catalogue& catalogue, Preferences& preferences,
                   const std::vector<MakeFeature>& features = allFeatures());
    ~DocumentWindow() override;

    /// Opens the arguments of the command line: the first in the tab in front, each other one in its own, and
    /// the first of them comes to front.
    void openAtStart(const QStringList& paths, bool run);
    /// From now on the logs of all tabs go to that file as well.
    void writeLogTo(const LogFile& file);
    /// Of what is not saved in any tab: the program is about to be killed.
    void saveCopies();

    int count() const { return static_cast<int>(m_tabs.size()); }
    int frontTab() const;
    MainWindow& tab(int index) const { return *m_tabs[static_cast<std::size_t>(index)]; }
    MainWindow& front() const { return tab(frontTab()); }
    /// Opens a tab with the welcome page, in front.
    void newTab();
    /// Asks what closing a window asks; the last tab closes the window. Whether it is gone.
    bool closeTab(int index);
    /// All but this one, each as closeTab(); ends with the first that stays.
    void closeOthers(int index);
    void setFrontTab(int index);

 protected:
    bool focusNextPrevChild(bool next) override;
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

 private:
    std::vector<FileActions*> all() const override;
    FileActions& add() override;
    void bringToFront(FileActions& tab) override;
    void drop(FileActions& tab) override;
    int indexOf(const FileActions& files) const;
    int indexOf(const QWidget* page) const;

    MainWindow& addTab();
    void connectActions(MainWindow& tab);
    void connectBar();
    void keepFocus(const QWidget* now);
    /// Takes the tab away; it is deleted once its run has ended.
    void remove(int index);
    void refreshTab(MainWindow& tab);
    void refreshTitle();
    void refreshCount();
    /// The front tab is another.
    void follow();
    /// A person chose other keys in one tab: they hold in all.
    void shareKeys(const MainWindow& from);

    const Catalogue& m_catalogue;
    Preferences& m_preferences;
    const std::vector<MakeFeature> m_features;
    SharedByTabs m_shared{};
    LogFile m_log{};
    bool m_logs = false;     ///< to m_log
    bool m_closing = false;  ///< closeEvent() is asking, or has closed all
    TabBar* m_bar;
    QStackedWidget* m_pages;
    std::vector<MainWindow*> m_tabs{};  ///< in the order of the bar
};

}  // namespace rw::ui
