// A pane: a page in the centre of the window, or a panel of the dock under it. The window makes panes from
// the lists in app/panes.cpp, where a new one is one line, and knows no more of them than this interface;
// tests/unit/app/test_panes.cpp walks those lists and holds every pane to it.
//
// Life. A pane is made before the window is shown and before a document is opened, and lives as long as the
// window does; its parts outlive it. All of it is on the GUI thread. Data from files or from the engine it asks
// for on other threads, and takes the answer from the event loop: it never waits.
//
// On and off. A pane is on while it can be seen: the page in front, or the panel that was chosen while the
// dock is open. At first it is off. A pane that is off does nothing for its looks: no timer of its own runs,
// and whatever happens to the document or the run, it changes none of its widgets and none of their models.
// It keeps its count() right, and a note of missed changes; onActivated() makes up for all of that at
// once, before anything is drawn.
//
// Presence. The subject of a pane may not be there yet: then it has neither tab nor entry, see isPresent().
//
// Documents. The document may be missing, empty, have errors or run, and be replaced by another: a pane shows
// the data that there is, or says in words why there is none.
#pragma once
#include <QWidget>
#include <functional>
#include <vector>

#include "widgets/pane/action_registry.h"

class QAction;
class QActionGroup;
class QKeySequence;
class QStackedLayout;

namespace rw::ui {

class ChartScheduler;
class PipelineDocument;
class RunSession;

/// The parts that panes are made of.
struct PaneParts {
    PipelineDocument& document;
    RunSession& session;
    ChartScheduler& charts;
};

/// The constant properties of a pane.
struct PaneFacts {
    static constexpr int kLastPlace = 1000;
    const char* id;        ///< names it in the settings: no two panes share it, and it stays for ever
    const char* icon;      ///< of resources/icons
    const char* shortcut;  ///< opens it, from anywhere in the window; nothing else has it
    /// Of its tab among those of the pages, or of the panels: lower ones stand before it, whichever room they
    /// are of; equal ones in the order in which they were made.
    int place = kLastPlace;
    bool sides = false;    ///< of a page: the docks beside it are open at first
    bool bottom = false;   ///< of a page: the dock under it is open at first
    /// Of a page: the help page about it, which F1 opens; null: F1 opens that of the selection.
    const char* help = nullptr;
    /// Of a panel: the least height of the dock once it was chosen, with the row of tabs, until a person
    /// gives it another; pixels, less in a small window.
    int height = 248;
};

class Pane : public QWidget {
    Q_OBJECT
 public:
    /// In a menu of the window, for a pane's entries: they stand below the window's own, in Tools above them,
    /// in the order in which they were made.
    struct Entry {
        QString id;  ///< in the registry
        MainMenu menu;
        QAction* action;
    };

    const PaneFacts& facts() const { return m_facts; }
    /// In the language of the interface, with the letter of its entry in the View menu: “&Problems”. The
    /// letter is its own among the panes.
    virtual QString title() const = 0;
    /// The same where nothing underlines a letter, for a tab.
    QString tabTitle() const;
    /// The entry that opens it: title, icon and shortcut.
    QAction* opens();
    /// The commands on its content. Each has words, a letter that is its own in the menu, and is
    /// disabled while it would do nothing.
    const std::vector<Entry>& entries() const { return m_entries; }
    /// Stands beside the tabs while the pane is chosen; null: nothing does. The caller owns it.
    virtual QWidget* tools() const { return nullptr; }
    /// How many things it lists, to be seen beside its title; 0: nothing is seen there.
    int count() const { return m_count; }
    bool isOn() const { return m_on; }
    /// Whether there is anything that it could be about. One that is not is absent, not empty.
    bool isPresent() const { return m_present; }

 Q_SIGNALS:
    /// A person asked for it: to be put in front, with the keyboard.
    void openRequested();
    /// Something happened that must be seen now: to be put in front. The keyboard stays where it is.
    void seeRequested();
    void countChanged(int count);
    void turned(bool on);
    void presentChanged(bool present);

 protected:
    explicit Pane(const PaneFacts& facts);

    /// It can be seen from now on; nothing has been laid out yet.
    virtual void onActivated() {}
    virtual void onDeactivated() {}
    /// Sets all words but the title. The last thing that a constructor does.
    virtual void retranslate() {}
    /// Whether the subject of its actions is in sight; asked while it is on.
    virtual bool actsNow() const { return true; }
    /// Has to be called when actsNow() is another.
    void refreshActions();

    /// Makes an entry; retranslate() gives it its words. Its id in the registry is that of the pane, a dot,
    /// and `what`, its verb.
    QAction* addEntry(MainMenu menu, const char* what, const QKeySequence& keys, std::function<void()> act);
    /// An action that can be chosen only while the pane is on, besides its other conditions.
    void onlyWhileOn(QAction* action);
    void setCount(int count);
    /// At first a pane is.
    void setPresent(bool present);
    /// Puts that page of a pane's own in front, with the widget that gets the keyboard in it: when the pane is
    /// opened, and at once when the page before had it.
    void turnTo(QStackedLayout& pages, int index, QWidget* keyboard);

    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) final;
    void hideEvent(QHideEvent* event) final;

 private:
    void turn(bool on);

    const PaneFacts m_facts;
    std::vector<Entry> m_entries;
    QAction* m_opens = nullptr;
    QActionGroup* m_whileOn;
    int m_count = 0;
    bool m_on = false;
    bool m_present = true;
};

}  // namespace rw::ui
