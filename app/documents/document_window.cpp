#include "app/documents/document_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <algorithm>

#include "app/documents/accessible_tab.h"
#include "app/documents/tab_bar.h"
#include "app/documents/window_place.h"
#include "app/main_window.h"
#include "widgets/files/file_actions.h"
#include "widgets/files/file_drop.h"

namespace rw::ui {

DocumentWindow::DocumentWindow(const Catalogue& catalogue, Preferences& preferences,
                               const std::vector<MakeFeature>& features)
    : m_catalogue(catalogue),
      m_preferences(preferences),
      m_features(features),
      m_bar(new TabBar),
      m_pages(new QStackedWidget) {
    showTabsAsPanels();
    setMenuWidget(m_bar);
    setCentralWidget(m_pages);
    restorePlace(*this);
    addTab();
    connectBar();
    refreshTitle();
}

// The tabs look at what they share until their end.
DocumentWindow::~DocumentWindow() {
    m_closing = true;
    disconnect(m_pages, nullptr, this, nullptr);
    disconnect(m_bar, nullptr, this, nullptr);
    disconnect(qApp, nullptr, this, nullptr);
    m_tabs.clear();
    delete m_pages;
}

void DocumentWindow::connectBar() {
    connect(m_bar, &QTabBar::currentChanged, this, [this](int index) {
        if (index >= 0 && index < count()) m_pages->setCurrentWidget(&tab(index));
    });
    connect(m_bar, &QTabBar::tabMoved, this, [this](int from, int to) {
        MainWindow* const moved = m_tabs[static_cast<std::size_t>(from)];
        m_tabs.erase(m_tabs.begin() + from);
        m_tabs.insert(m_tabs.begin() + to, moved);
    });
    connect(m_bar, &TabBar::closeRequested, this, &DocumentWindow::closeTab);
    connect(m_bar, &TabBar::closeOthersRequested, this, &DocumentWindow::closeOthers);
    connect(m_pages, &QStackedWidget::currentChanged, this, &DocumentWindow::follow);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { keepFocus(now); });
    auto* drop = new FileDrop({}, m_bar);
    connect(drop, &FileDrop::pipelineDropped, this,
            [this](const QString& path) { front().files().open(path); });
}

// Qt gives the keyboard to a hidden widget, too, that asks for it in the window that has it.
void DocumentWindow::keepFocus(const QWidget* now) {
    const auto hides = [this, now](const MainWindow* tab) {
        return tab != &front() && tab->isAncestorOf(now);
    };
    if (now == nullptr || now->window() != this || std::none_of(m_tabs.begin(), m_tabs.end(), hides)) return;
    QWidget* const seen = front().focusWidget();
    (seen != nullptr ? seen : &front())->setFocus(Qt::OtherFocusReason);
}

MainWindow& DocumentWindow::addTab() {
    if (!m_tabs.empty()) front().keepLayout();  // the new one begins with it
    const TabPlace place{m_pages, this, m_bar, &m_shared, m_tabs.empty()};
    auto* made = new MainWindow(m_catalogue, m_preferences, m_features, &place);
    m_tabs.push_back(made);
    m_pages->addWidget(made);
    if (m_logs) made->log().writeTo(m_log);
    m_bar->append(made->tabFacts());
    connect(made, &MainWindow::tabChanged, this, [this, made] { refreshTab(*made); });
    connect(made, &MainWindow::heardBehind, this, [this, made](const QString& words) {
        if (made != &front()) front().hear(tr("%1: %2").arg(made->tabFacts().name, words));
    });
    connect(&made->actions(), &ActionRegistry::keysChanged, this, [this, made] { shareKeys(*made); });
    made->setFullScreenShown(isFullScreen());
    connectActions(*made);
    refreshCount();
    keepFocus(QApplication::focusWidget());  // it asked for the keyboard while it was made
    return *made;
}

void DocumentWindow::connectActions(MainWindow& tab) {
    TabActions& actions = tab.tabActions();
    connect(actions.newTab, &QAction::triggered, this, &DocumentWindow::newTab);
    connect(actions.closeTab, &QAction::triggered, this, [this, &tab] { closeTab(indexOf(&tab)); });
    connect(actions.nextTab, &QAction::triggered, this, [this] { setFrontTab((frontTab() + 1) % count()); });
    connect(actions.previousTab, &QAction::triggered, this,
            [this] { setFrontTab((frontTab() + count() - 1) % count()); });
}

int DocumentWindow::frontTab() const {
    return std::max(0, indexOf(m_pages->currentWidget()));
}

int DocumentWindow::indexOf(const QWidget* page) const {
    const auto found = std::find(m_tabs.begin(), m_tabs.end(), page);
    return found == m_tabs.end() ? -1 : static_cast<int>(found - m_tabs.begin());
}

int DocumentWindow::indexOf(const FileActions& files) const {
    const auto found = std::find_if(m_tabs.begin(), m_tabs.end(),
                                    [&files](const MainWindow* tab) { return &tab->files() == &files; });
    return found == m_tabs.end() ? -1 : static_cast<int>(found - m_tabs.begin());
}

void DocumentWindow::setFrontTab(int index) {
    m_pages->setCurrentWidget(&tab(index));
}

void DocumentWindow::follow() {
    m_bar->setCurrentIndex(frontTab());
    refreshTitle();
}

void DocumentWindow::newTab() {
    setFrontTab(indexOf(&addTab()));
}

bool DocumentWindow::closeTab(int index) {
    if (m_closing || index < 0 || index >= count()) return false;
    if (count() == 1) return close();
    MainWindow* const closing = &tab(index);
    MainWindow* const before = &front();
    setFrontTab(index);  // the questions are about what is seen
    if (!closing->mayClose()) return false;
    closing->leave(true);
    if (before != closing && indexOf(before) >= 0) setFrontTab(indexOf(before));
    remove(indexOf(closing));
    return true;
}

void DocumentWindow::closeOthers(int index) {
    MainWindow* const kept = &tab(index);
    for (int i = count() - 1; i >= 0; --i) {
        if (&tab(i) != kept && !closeTab(i)) return;
    }
    setFrontTab(indexOf(kept));
}

// Its outputs may take a while to be completed: the window goes on meanwhile.
void DocumentWindow::remove(int index) {
    MainWindow* const gone = &tab(index);
    if (gone == &front()) setFrontTab(index + 1 < count() ? index + 1 : index - 1);
    disconnect(gone, nullptr, this, nullptr);
    m_tabs.erase(m_tabs.begin() + index);
    {
        const QSignalBlocker quiet(m_bar);  // for a moment it has other indices than the tabs
        m_bar->removeTab(index);
    }
    m_pages->removeWidget(gone);
    gone->hide();
    follow();
    refreshCount();
    if (!gone->isRunning()) return gone->deleteLater();
    // A disk may hold it up for ever, and to delete it would be to wait for that.
    connect(gone, &MainWindow::tabChanged, gone, [this, gone] {
        if (gone->isRunning()) return;
        gone->deleteLater();
        const Status& ended = gone->runFailure();
        if (ended.ok()) return;
        const QString what =
            tr("The run of “%1” failed while it was being stopped").arg(gone->tabFacts().name);
        QMetaObject::invokeMethod(
            this, [this, ended, what] { front().files().showError(ended, what); }, Qt::QueuedConnection);
    });
}

std::vector<FileActions*> DocumentWindow::all() const {
    std::vector<FileActions*> files;
    for (const MainWindow* tab : m_tabs) files.push_back(&tab->files());
    return files;
}

FileActions& DocumentWindow::add() {
    return addTab().files();
}

void DocumentWindow::bringToFront(FileActions& tab) {
    if (const int index = indexOf(tab); index >= 0) setFrontTab(index);
}

void DocumentWindow::drop(FileActions& tab) {
    const int index = indexOf(tab);
    if (index < 0 || count() == 1) return;
    this->tab(index).leave(false);
    remove(index);
}

void DocumentWindow::openAtStart(const QStringList& paths, bool run) {
    MainWindow* const first = &front();
    for (const QString& path : paths) front().openAtStart(path, run);
    if (const int index = indexOf(first); index >= 0) setFrontTab(index);
}

void DocumentWindow::writeLogTo(const LogFile& file) {
    m_log = file;
    m_logs = true;
    for (MainWindow* tab : m_tabs) tab->log().writeTo(file);
}

void DocumentWindow::saveCopies() {
    for (MainWindow* tab : m_tabs) tab->saveCopy();
}

void DocumentWindow::refreshTab(MainWindow& tab) {
    const int index = indexOf(&tab);
    if (index < 0) return;
    m_bar->setFacts(index, tab.tabFacts());
    if (&tab == &front()) refreshTitle();
}

void DocumentWindow::refreshTitle() {
    setWindowTitle(front().windowTitle());
    setWindowModified(front().isWindowModified());
}

void DocumentWindow::refreshCount() {
    for (MainWindow* tab : m_tabs) tab->tabActions().setCount(count());
}

void DocumentWindow::shareKeys(const MainWindow& from) {
    const ChosenKeys keys = from.actions().chosen();
    for (MainWindow* tab : m_tabs) {
        if (tab->actions().chosen() != keys) tab->actions().setChosen(keys);
    }
}

// From the tabs the keyboard goes on in the order of the regions of the document.
bool DocumentWindow::focusNextPrevChild(bool next) {
    return (!m_tabs.empty() && front().stepKeyboard(next)) || QMainWindow::focusNextPrevChild(next);
}

void DocumentWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange) {
        for (MainWindow* tab : m_tabs) tab->setFullScreenShown(isFullScreen());
    }
    // A window over another tab, as that of the preferences, may have changed what all have in common.
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && !m_tabs.empty())
        front().readShared();
}

// Nothing goes before all may go: after one Cancel everything is as it was.
void DocumentWindow::closeEvent(QCloseEvent* event) {
    if (m_closing) return event->ignore();
    const QScopedValueRollback closing(m_closing, true);
    MainWindow* const before = &front();
    for (MainWindow* each : std::vector<MainWindow*>(m_tabs)) {
        if (each->asksBeforeClosing()) setFrontTab(indexOf(each));  // the question is about what is seen
        if (!each->mayClose()) return event->ignore();
    }
    savePlace(*this);
    for (MainWindow* each : m_tabs) each->leave(each == before);
    QMainWindow::closeEvent(event);
}

}  // namespace rw::ui
