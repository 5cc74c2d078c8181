// A feature: one thing that the window can do, with all that it has there. The window makes features from the
// list in app/features.cpp, where a new one is one line, and knows no more of them than this interface;
// tests/unit/app/test_features.cpp holds every feature to it.
//
// Life. A feature is made before the window is shown and lives as long as the window does; its parts outlive
// it, and their functions are called only after it was made. All of it is on the GUI thread. Each function
// below is called once, in this order, apart from preferencesPages(), which is called each time Preferences
// opens, retranslate() and closing(). The caller owns their results.
#pragma once
#include <QString>
#include <functional>
#include <vector>

#include "widgets/secrets/secret_store.h"

class QToolBar;
class QWidget;

namespace rw::ui {

class ActionRegistry;
class ChartScheduler;
class ClusterSession;
class ConnectionList;
class LogBook;
class OffersExport;
class OpensSearch;
class Pane;
class PipelineDocument;
class PreferencesPage;
class RecentFiles;
class RunConsent;
class RunElsewhere;
class RunSession;
class SearchItems;
class ShowsHelp;
class StartAction;
class TargetList;

/// The parts that features are made of.
struct FeatureParts {
    PipelineDocument& document;
    RunSession& session;
    ChartScheduler& charts;
    ConnectionList& connections;
    const RecentFiles& recent;
    TargetList& targets;
    ClusterSession& cluster;
    const RunConsent& consent;
    LogBook& log;
    QWidget& window;        ///< dialogs belong to it
    SecretStore secrets{};  ///< of the desktop
    /// Says what was done, or was not, in the status bar and to screen readers.
    std::function<void(const QString& words)> tell{};
    /// Puts a pane in front, by its id; the keyboard stays where it is. Nothing where there is none.
    std::function<void(const char* pane)> see{};
    /// Opens Preferences on a page, by its id.
    std::function<void(const char* page)> preferences{};
    /// Saves the pipeline, and asks for a name where it has none; whether it is saved.
    std::function<bool()> save{};
    /// Shows a page of the help, as helpPages() names it, before `over`: a dialog, or the window. Null: there
    /// is no help.
    std::function<void(const QString& page, QWidget& over)> help{};
    /// The help page, named likewise, on that which has the person's attention; empty: that is the selection,
    /// or nothing has a page.
    std::function<QString()> helpHere{};
};

class Feature {
 public:
    Feature() = default;
    Feature(const Feature&) = delete;
    Feature& operator=(const Feature&) = delete;
    virtual ~Feature() = default;

    /// Begins the ids of its actions: “replay” of “replay.record”. No two features share it.
    virtual const char* id() const = 0;
    /// Where their tabs stand PaneFacts says.
    virtual std::vector<Pane*> pages() { return {}; }
    virtual std::vector<Pane*> panels() { return {}; }
    /// Its actions and lists, with their places in the menus.
    virtual void addActions(ActionRegistry&) {}
    /// What the search of everything finds of it, besides its actions.
    virtual void addSearchItems(SearchItems&) {}
    /// The search itself; null: that is another's business. Owned by the feature; one of all features has it.
    virtual OpensSearch* search() { return nullptr; }
    /// The help, likewise.
    virtual ShowsHelp* help() { return nullptr; }
    /// Another way to begin a run, beside Run; null: it has none. Owned by the feature; one of all features
    /// has it.
    virtual StartAction* startAction() { return nullptr; }
    /// What Run and Stop do while the run that is shown is somewhere else; null: that is another's business.
    /// Owned by the feature; one of all features has it.
    virtual RunElsewhere* runElsewhere() { return nullptr; }
    /// What Run offers while another engine is chosen, and no target of it; null: that is another's business.
    /// Owned by the feature; one of all features has it.
    virtual OffersExport* exports() { return nullptr; }
    /// Small buttons beside Run and Stop. They are hidden where the tool bar has no room for them, so each of
    /// their commands is an action, too.
    virtual std::vector<QWidget*> toolBarParts() { return {}; }
    /// A bar under the tool bar, which shows and hides itself; null: it has none.
    virtual QToolBar* bar() { return nullptr; }
    /// Right of the messages in the status bar.
    virtual std::vector<QWidget*> statusParts() { return {}; }
    /// Behind the window's own, in the order of their tabs.
    virtual std::vector<PreferencesPage*> preferencesPages() { return {}; }
    /// Sets the words of its actions and lists, at first and when the language is another. Its widgets hear
    /// of that as all widgets do.
    virtual void retranslate() {}
    /// The window closes: what would hold it up ends, and what goes on without it is noted. It may be opened
    /// again.
    virtual void closing() {}
};

}  // namespace rw::ui
