#include "widgets/files/file_actions.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <map>

#include "core/pipeline/json/json.h"
#include "widgets/document/examples.h"
#include "widgets/document/translated.h"
#include "widgets/files/document_tabs.h"
#include "widgets/files/file_wait.h"
#include "widgets/pane/action_registry.h"
#include "widgets/pane/search_items.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

FileActions::FileActions(PipelineDocument& document, RunSession& session, Autosave& autosave,
                         RecentFiles& recent, QWidget* window)
    : QObject(window),
      m_document(document),
      m_session(session),
      m_autosave(autosave),
      m_recent(recent),
      m_window(window),
      m_watch(new FileWatch(document, this)),
      m_new(new QAction(this)),
      m_open(new QAction(this)),
      m_save(new QAction(this)),
      m_saveAs(new QAction(this)),
      m_quit(new QAction(this)),
      m_recentMenu(new QMenu(window)),
      m_examples(new QMenu(window)) {
    m_new->setShortcut(QKeySequence::New);
    m_open->setShortcut(QKeySequence::Open);
    m_save->setShortcut(QKeySequence::Save);
    m_saveAs->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+S")));
    m_quit->setShortcut(QKeySequence(QStringLiteral("Ctrl+Q")));
    connect(m_new, &QAction::triggered, this, &FileActions::startEmpty);
    connect(m_open, &QAction::triggered, this, &FileActions::promptAndOpen);
    connect(m_save, &QAction::triggered, this, &FileActions::save);
    connect(m_saveAs, &QAction::triggered, this, &FileActions::saveAs);
    connect(m_quit, &QAction::triggered, this, [this] { m_window->window()->close(); });
    connect(m_recentMenu, &QMenu::aboutToShow, this, &FileActions::fillRecent);
    connect(&m_document, &PipelineDocument::saved, &m_recent, &RecentFiles::add);
    connect(&m_session, &RunSession::failedUnseen, this, [this](const Status& failure) {
        showError(failure, tr("The run of the pipeline before failed while it was being stopped"));
    });
    connect(&m_document, &PipelineDocument::fileChanged, this, &FileActions::refreshSave);
    refreshSave();
    m_document.setFileWork([this](const QString& what, std::function<void()> work) {
        return waitForFiles(m_window, what, std::move(work));
    });
}

void FileActions::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("file.new"), m_new, MenuPlace{MainMenu::File, 0});
    registry.add(QStringLiteral("file.open"), m_open, MenuPlace{MainMenu::File, 0});
    registry.addList(QStringLiteral("file.recent"), m_recentMenu, {MainMenu::File, 0});
    registry.addList(QStringLiteral("file.examples"), m_examples, {MainMenu::File, 0}, false);
    registry.add(QStringLiteral("file.save"), m_save, MenuPlace{MainMenu::File, 1});
    registry.add(QStringLiteral("file.save_as"), m_saveAs, MenuPlace{MainMenu::File, 1});
    registry.add(QStringLiteral("file.quit"), m_quit, MenuPlace{MainMenu::File, 2});
}

void FileActions::retranslate() {
    m_new->setText(tr("&New pipeline"));
    m_open->setText(tr("&Open…"));
    m_save->setText(tr("&Save"));
    m_saveAs->setText(tr("Save &as…"));
    m_quit->setText(tr("&Quit"));
    m_recentMenu->setTitle(tr("Open &recent"));
    m_examples->setTitle(tr("&Examples"));
    fillExamples();
}

// A copy of an example has no file of its own yet.
void FileActions::refreshSave() {
    const bool unsaved = m_document.path().isEmpty() && !m_document.pipeline().nodes.empty();
    m_save->setEnabled(m_document.isModified() || unsaved);
}

void FileActions::fillRecent() {
    m_recent.look();
    m_recentMenu->clear();
    const QStringList files = m_recent.files();
    for (const QString& file : files) {
        m_recentMenu->addAction(
            numberedLabel(m_recentMenu->actions().size() + 1, QDir::toNativeSeparators(file)), this,
            [this, file] { open(file); });
    }
    if (files.isEmpty()) m_recentMenu->addAction(tr("&No files yet"))->setEnabled(false);
}

bool FileActions::isUntouched() const {
    const Pipeline& pipeline = m_document.pipeline();
    return m_document.path().isEmpty() && !m_document.isModified() && pipeline.nodes.empty() &&
           pipeline.notes.empty() && !m_session.isActive() && !m_session.shownRun().isElsewhere();
}

FileActions* FileActions::placeToOpen() {
    if (m_tabs != nullptr) return isUntouched() ? this : &m_tabs->add();
    return confirmReplace() ? this : nullptr;
}

void FileActions::settle(FileActions& place, bool opened) {
    if (&place == this) return;
    opened ? m_tabs->bringToFront(place) : m_tabs->drop(place);
}

// Links may lead to one file by several names.
FileActions* FileActions::tabWith(const QString& path) {
    if (m_tabs == nullptr) return nullptr;
    const std::vector<FileActions*> tabs = m_tabs->all();
    QStringList paths;
    for (const FileActions* tab : tabs) paths << tab->m_document.path();
    const auto found = std::make_shared<qsizetype>(paths.indexOf(path));
    if (*found < 0 &&
        std::any_of(paths.begin(), paths.end(), [](const QString& p) { return !p.isEmpty(); })) {
        (void)m_document.doFileWork(tr("Looking for “%1”").arg(QFileInfo(path).fileName()), [=] {
            const QString wanted = QFileInfo(path).canonicalFilePath();
            for (qsizetype i = 0; !wanted.isEmpty() && i < paths.size() && *found < 0; ++i) {
                if (!paths[i].isEmpty() && QFileInfo(paths[i]).canonicalFilePath() == wanted) *found = i;
            }
        });
    }
    return *found < 0 ? nullptr : tabs[static_cast<std::size_t>(*found)];
}

void FileActions::startEmpty() {
    FileActions* const place = placeToOpen();
    if (place == nullptr) return;
    place->m_document.startEmpty();
    settle(*place, true);
    Q_EMIT place->startedEmpty();
}

void FileActions::startWithWelcome() {
    FileActions* const place = placeToOpen();
    if (place == nullptr) return;
    place->m_document.startEmpty();
    settle(*place, true);
    Q_EMIT place->startedWithWelcome();
}

void FileActions::fillExamples() {
    m_examples->clear();
    qDeleteAll(m_examples->findChildren<QMenu*>(Qt::FindDirectChildrenOnly));  // their entries are gone
    std::map<QString, QMenu*> groups;
    for (const Example& example : examples()) {
        QMenu* place = m_examples;
        if (!example.group.isEmpty()) {
            QMenu*& group = groups[example.group];
            if (group == nullptr)
                group = m_examples->addMenu(numberedLabel(m_examples->actions().size() + 1, example.group));
            place = group;
        }
        QAction* action = place->addAction(numberedLabel(place->actions().size() + 1, example.title), this,
                                           [this, file = example.file] { openExample(file, false); });
        const QString& needs = example.needs;
        action->setToolTip(
            needs.isEmpty()
                ? example.description
                : tr("%1\nIt needs servers on this computer: %2").arg(example.description, needs));
    }
}

void FileActions::addSearchItems(SearchItems& items) {
    items.add([this](std::vector<SearchItem>& found) {
        for (const Example& example : examples()) {
            found.push_back({SearchItem::Kind::Example,
                             example.title,
                             example.description,
                             example.icon,
                             {},
                             [this, file = example.file] { openExample(file, false); }});
        }
    });
}

void FileActions::promptAndOpen() {
    const QString path = QFileDialog::getOpenFileName(m_window, tr("Open a pipeline"), m_document.folder(),
                                                      tr("Pipelines (*.rill);;All files (*)"));
    if (!path.isEmpty()) open(path);
}

void FileActions::open(const QString& path) {
    if (FileActions* const tab = tabWith(path)) return m_tabs->bringToFront(*tab);
    FileActions* const place = placeToOpen();
    if (place == nullptr) return;
    const Status status = place->m_document.open(path);
    settle(*place, status.ok());
    if (status.ok()) {
        Q_EMIT place->opened(false);
    } else {
        if (status.error().code == ErrorCode::NotFound) m_recent.forget(path);
        showError(status, tr("“%1” can't be opened").arg(QFileInfo(path).fileName()));
    }
}

void FileActions::openSubflow(const NodeId& node) {
    if (const QString path = m_document.subflowPath(node); !path.isEmpty()) open(path);
}

void FileActions::openExample(const QString& path, bool run) {
    FileActions* const place = placeToOpen();
    if (place == nullptr) return;
    provideExampleData(path);
    const Status status = place->m_document.openCopy(path);
    settle(*place, status.ok());
    if (status.ok()) {
        Q_EMIT place->opened(run);
    } else {
        showError(status, tr("The example can't be opened"));
    }
}

// Before it is opened, and its input files are looked for.
void FileActions::provideExampleData(const QString& path) {
    const QString file = QStringLiteral(":/examples/") + QFileInfo(path).fileName();
    const auto status = std::make_shared<Status>();
    const bool done = m_document.doFileWork(
        tr("Opening the example"),
        [status, file, folder = PipelineDocument::unsavedFolder()] { *status = provideData(file, folder); });
    if (done && !status->ok()) showError(*status, tr("The example's data are missing"));
}

void FileActions::recover(const Recoverable& left) {
    // Where the file is open, and nothing would be lost, its changes come back there.
    FileActions* const same = left.path.isEmpty() ? nullptr : tabWith(left.path);
    const bool takes = same != nullptr && !same->m_document.isModified() && !same->m_session.isActive();
    FileActions* const place = takes ? same : placeToOpen();
    if (place == nullptr) return;
    const Status status = place->m_autosave.recover(left);
    takes ? m_tabs->bringToFront(*place) : settle(*place, status.ok());
    if (status.ok()) {
        Q_EMIT place->opened(false);
        Q_EMIT recovered();  // the offer was made here
    } else {
        showError(status, tr("“%1” can't be recovered").arg(left.name));
    }
}

// Any folder can have that name: the file in it must be ours.
bool FileActions::isExample(const QString& path) {
    const auto known = std::make_shared<bool>(false);
    const bool done = m_document.doFileWork(tr("Opening the example"), [known, path] {
        const Result<std::string> text = readPipelineText(path.toStdString());
        *known = text.ok() && !exampleWith(fingerprint(*text)).isEmpty();
    });
    return done && *known;
}

void FileActions::openAtStart(const QString& path, bool run) {
    if (FileActions* const tab = tabWith(path)) return m_tabs->bringToFront(*tab);
    FileActions* const place = m_tabs != nullptr ? placeToOpen() : this;
    const bool example = path.contains(QStringLiteral("/resources/examples/")) && isExample(path);
    if (example) provideExampleData(path);
    const Status status = example ? place->m_document.openCopy(path) : place->m_document.open(path);
    settle(*place, status.ok());
    if (status.ok()) {
        Q_EMIT place->opened(run);
    } else {
        showError(status, tr("“%1” can't be opened").arg(QFileInfo(path).fileName()));
    }
}

// Some fields give the document what was typed when they lose the keyboard.
void FileActions::finishTyping() {
    const QPointer<QWidget> typing = m_window->focusWidget();
    if (typing.isNull()) return;
    typing->clearFocus();
    if (!typing.isNull() && typing->isVisible()) typing->setFocus();
}

bool FileActions::save() {
    finishTyping();
    if (m_document.path().isEmpty()) return saveAs();
    const std::optional<bool> changed = m_document.isChangedOutside();
    if (!changed) return saveAs();  // it does not answer: elsewhere it may be safe
    if (*changed) {
        switch (promptToSaveChanges()) {
            case Change::Reload:
                reload();
                return false;
            case Change::SaveAs:
                return saveAs();
            case Change::Keep:
                return false;
            case Change::Overwrite:
                break;
        }
    }
    const Status status = m_document.save();
    return status.ok() || saveElsewhere(status, m_document.displayName());
}

FileActions::Change FileActions::promptToSaveChanges() {
    const QString name = m_document.displayName();
    QMessageBox box(QMessageBox::Warning, tr("The file has changed"),
                    tr("“%1” was changed by another program since you opened or saved it.").arg(name),
                    QMessageBox::NoButton, m_window);
    box.setInformativeText(
        tr("Overwriting it loses what the other program wrote. Reloading it loses your changes."));
    const QPushButton* saveAs = box.addButton(tr("Save as…"), QMessageBox::AcceptRole);
    const QPushButton* overwrite = box.addButton(tr("Overwrite the file"), QMessageBox::DestructiveRole);
    const QPushButton* reload = box.addButton(tr("Reload the file"), QMessageBox::DestructiveRole);
    QPushButton* keep = box.addButton(tr("Keep editing"), QMessageBox::RejectRole);
    box.setDefaultButton(keep);
    box.exec();
    if (box.clickedButton() == saveAs) return Change::SaveAs;
    if (box.clickedButton() == overwrite) return Change::Overwrite;
    return box.clickedButton() == reload ? Change::Reload : Change::Keep;
}

void FileActions::reload() {
    if (!confirmStop(EndedBy::OtherPipeline)) return;
    const Status status = m_document.open(m_document.path());
    if (status.ok()) {
        Q_EMIT opened(false);
    } else {
        showError(status, tr("“%1” can't be opened").arg(m_document.displayName()));
    }
}

bool FileActions::saveAs() {
    finishTyping();
    const QString folder = m_document.folder();
    const bool unsaved = m_document.path().isEmpty();  // else its folder may be gone, and stays so
    const auto look = [folder, unsaved] { (void)(unsaved ? QDir().mkpath(folder) : QDir(folder).exists()); };
    if (!m_document.doFileWork(tr("Looking for “%1”").arg(folder), look)) return false;
    const QString name = QFileInfo(m_document.displayName()).completeBaseName();
    const QString start =
        unsaved ? QDir(m_document.folder()).filePath(name + QStringLiteral(".rill")) : m_document.path();
    const QString path = promptForPath(start);
    if (path.isEmpty()) return false;
    if (const FileActions* const tab = tabWith(path); tab != nullptr && tab != this) {
        const Status taken = {
            ErrorCode::Locked,
            RW_TEXT("files", "“%1” is open in another tab.").with(QFileInfo(path).fileName().toStdString()),
            RW_TEXT("files", "Choose another name, or close that tab first.")};
        return saveElsewhere(taken, m_document.displayName());
    }
    const Status status = m_document.saveAs(path);
    return status.ok() || saveElsewhere(status, QFileInfo(path).fileName());
}

// The dialog asks before a file is replaced that is called as was typed: not of one that the suffix makes it.
QString FileActions::promptForPath(QString path) {
    for (;;) {
        path =
            QFileDialog::getSaveFileName(m_window, tr("Save the pipeline"), path, tr("Pipelines (*.rill)"));
        if (path.isEmpty() || !QFileInfo(path).suffix().isEmpty()) return path;
        path += QStringLiteral(".rill");
        const QString name = QFileInfo(path).fileName();
        const auto there = std::make_shared<bool>(false);
        if (!m_document.doFileWork(tr("Looking for “%1”").arg(name),
                                   [there, path] { *there = QFileInfo::exists(path); }))
            return {};
        if (!*there || confirmOverwrite(name)) return path;
    }
}

bool FileActions::confirmOverwrite(const QString& name) {
    QMessageBox box(QMessageBox::Warning, tr("The file is there already"),
                    tr("“%1” is there already.").arg(name), QMessageBox::NoButton, m_window);
    box.setInformativeText(tr("Overwriting it loses what is in it."));
    const QPushButton* overwrite = box.addButton(tr("Overwrite the file"), QMessageBox::DestructiveRole);
    QPushButton* other = box.addButton(tr("Choose another name"), QMessageBox::RejectRole);
    box.setDefaultButton(other);
    box.exec();
    return box.clickedButton() == overwrite;
}

bool FileActions::saveElsewhere(const Status& status, const QString& name) {
    const QString what = tr("“%1” was not saved").arg(name);
    // It is the pipeline that can't be saved, anywhere: only a smaller one helps.
    if (status.error().code == ErrorCode::Invalid) return showError(status, what);
    return showError(status, what, tr("Save somewhere else…")) && saveAs();
}

bool FileActions::confirmClose() {
    finishTyping();
    if (!m_document.isModified()) return true;
    const bool gone = m_document.isGone();
    const QString what = gone ? tr("“%1” was deleted on disk.") : tr("“%1” has changes that are not saved.");
    QMessageBox box(QMessageBox::Question, tr("Unsaved changes"), what.arg(m_document.displayName()),
                    QMessageBox::NoButton, m_window);
    box.setInformativeText(gone ? tr("Without saving, the pipeline is lost.")
                                : tr("Without saving, the changes since the last save are lost."));
    QPushButton* save = box.addButton(tr("Save the pipeline"), QMessageBox::AcceptRole);
    QPushButton* drop = box.addButton(gone ? tr("Discard the pipeline") : tr("Discard the changes"),
                                      QMessageBox::DestructiveRole);
    box.addButton(tr("Keep editing"), QMessageBox::RejectRole);
    box.setDefaultButton(save);
    box.exec();
    if (box.clickedButton() == save) return this->save();
    return box.clickedButton() == drop;
}

bool FileActions::confirmStop(EndedBy what) {
    using State = RunSession::State;
    if (const RemoteRun* elsewhere = m_session.shown()) return confirmStopSpark(elsewhere, what, m_window);
    if (!m_session.isActive() || m_session.state() == State::Stopping) return true;
    const bool closing = what == EndedBy::Closing;
    const QString state =
        m_session.state() == State::Paused ? tr("The run of “%1” is paused.") : tr("“%1” is running.");
    QMessageBox box(QMessageBox::Question, tr("A run is going on"), state.arg(m_document.displayName()),
                    QMessageBox::NoButton, m_window);
    box.setInformativeText(
        closing && m_tabs != nullptr
            ? tr("Closing it stops the run. What the run has written so far is kept; windows that are still "
                 "open give no result.")
        : closing ? tr("Closing the window stops it. What it has written so far is kept; windows that are "
                       "still open give no result.")
                  : tr("Opening another pipeline stops it. What it has written so far is kept; windows that "
                       "are still open give no result."));
    const QPushButton* stop = box.addButton(
        closing ? tr("Stop the run and close") : tr("Stop the run and open"), QMessageBox::DestructiveRole);
    QPushButton* keep = box.addButton(tr("Keep the run"), QMessageBox::RejectRole);
    box.setDefaultButton(keep);
    box.exec();
    if (box.clickedButton() != stop) return false;
    if (!closing) m_session.setStopWhenReplaced(StopMode::Now);
    return true;
}

bool FileActions::showError(const Status& status, const QString& what, const QString& action) {
    if (status.error().code == ErrorCode::Cancelled && action.isEmpty()) return false;  // by the person
    Q_EMIT failed(status);
    QMessageBox box(QMessageBox::Warning, what, what + QLatin1Char('.'), QMessageBox::NoButton, m_window);
    box.setInformativeText(translated(status.error().message) + QLatin1Char('\n') +
                           translated(status.error().fix));
    const QPushButton* wayOut = action.isEmpty() ? nullptr : box.addButton(action, QMessageBox::AcceptRole);
    box.addButton(tr("Close"), QMessageBox::RejectRole);
    box.exec();
    return wayOut != nullptr && box.clickedButton() == wayOut;
}

}  // namespace rw::ui
