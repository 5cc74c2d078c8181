// New, open, save, recent files, examples, recovery: the actions of the File menu and the questions they ask.
// The window makes it before all features, which can ask it to save.
#pragma once
#include <QAction>
#include <QMenu>
#include <QObject>

#include "widgets/document/autosave.h"
#include "widgets/document/file_watch.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/recent_files.h"
#include "widgets/session/end_question.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

class ActionRegistry;
class DocumentTabs;
class SearchItems;

class FileActions : public QObject {
    Q_OBJECT
 public:
    FileActions(PipelineDocument& document, RunSession& session, Autosave& autosave, RecentFiles& recent,
                QWidget* window);

    /// With lists of recent files and of examples.
    void addActions(ActionRegistry& registry);
    /// From now on a file is opened in a tab of its own, unless this one is untouched, and a file that is in
    /// a tab already comes to front there. They must outlive this. Null, as at first: what is opened takes
    /// the place of the document.
    void setTabs(DocumentTabs* tabs) { m_tabs = tabs; }
    /// Whether a person sees the document, as at first: its tab is in front.
    void setWatched(bool watched) { m_watch->setWatched(watched); }
    void addSearchItems(SearchItems& items);  ///< the examples
    void retranslate();

    void startEmpty();
    /// The welcome page, on an empty document.
    void startWithWelcome();
    void promptAndOpen();                  ///< asks which
    void open(const QString& path);  ///< in place of the document only after asking about it and its run
    void openSubflow(const NodeId& node);  ///< the file that this one stands for
    /// Opens it as an unsaved copy; `run`: at once.
    void openExample(const QString& path, bool run);
    /// Opens an argument of the command line, without asking anything; a file of the program's own examples
    /// becomes a copy.
    void openAtStart(const QString& path, bool run);
    /// Opens the copy of a crashed session, likewise.
    void recover(const Recoverable& left);
    /// Opens the file of the document again, without what is not saved; asks about a run first.
    void reload();
    bool save();  ///< false: not saved, the person was told or gave up
    bool saveAs();
    /// Whether the document may go: saved, or the person lets the changes go.
    bool confirmClose();
    /// Whether another document may take its place: it may go, and so may its run.
    bool confirmReplace() { return confirmClose() && confirmStop(EndedBy::OtherPipeline); }
    /// Whether the window may close: it may go, and so may its run.
    bool confirmQuit() { return confirmClose() && confirmStop(EndedBy::Closing); }
    /// Shows the error and how to fix it; whether the user took the way out that `action` offers.
    bool showError(const Status& status, const QString& what, const QString& action = {});

 Q_SIGNALS:
    void opened(bool run);
    void startedEmpty();
    void startedWithWelcome();
    void recovered();
    void failed(const rw::Status& status);  ///< the person is told

 private:
    /// How to treat a file that another program has changed.
    enum class Change { Reload, Overwrite, SaveAs, Keep };
    Change promptToSaveChanges();
    /// Whether nothing is lost when another document takes the place of this one: it is empty, has no file
    /// and no run.
    bool isUntouched() const;
    void finishTyping();
    /// Where something is to be opened: here, or in a new tab; null: the person keeps what is here.
    FileActions* placeToOpen();
    /// The new tab comes to front, or goes where nothing was opened.
    void settle(FileActions& place, bool opened);
    /// The tab that has this file, which may be this one; null: none has.
    FileActions* tabWith(const QString& path);
    void refreshSave();
    void fillRecent();
    void fillExamples();
    bool confirmStop(EndedBy what);
    /// The file to save in, which may be overwritten if it is there; empty: the person gave up.
    QString promptForPath(QString path);
    bool confirmOverwrite(const QString& name);
    bool saveElsewhere(const Status& status, const QString& name);
    bool isExample(const QString& path);
    void provideExampleData(const QString& path);

    PipelineDocument& m_document;
    RunSession& m_session;
    Autosave& m_autosave;
    RecentFiles& m_recent;
    QWidget* m_window;
    FileWatch* m_watch;
    DocumentTabs* m_tabs = nullptr;
    QAction *m_new, *m_open, *m_save, *m_saveAs, *m_quit;
    QMenu *m_recentMenu, *m_examples;
};

}  // namespace rw::ui
