#include "app/documents/tab_bar.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDir>
#include <QGuiApplication>
#include <QMenu>
#include <algorithm>

#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr qsizetype kLongestName = 80;  ///< more is measured in vain: the tab elides it

struct RunMark {
    const char* icon = nullptr;  ///< null: none
    ColorRole color = ColorRole::Dim;
};

RunMark markOf(RunSession::State run) {
    using State = RunSession::State;
    switch (run) {
        case State::Starting:
        case State::Running:
            return {"run", ColorRole::Ok};
        case State::Paused:
            return {"pause", ColorRole::Warn};
        case State::Stopping:
            return {"hourglass", ColorRole::Dim};
        case State::Failed:
            return {"error", ColorRole::Error};
        case State::Finished:
            return {"check", ColorRole::Dim};
        case State::Stopped:
            break;
    }
    return {};
}

}  // namespace

TabBar::TabBar(QWidget* parent) : QTabBar(parent) {
    setObjectName(QStringLiteral("documentTabs"));
    setDocumentMode(true);
    setDrawBase(false);
    setMovable(true);
    setChangeCurrentOnDrag(true);  // what is dragged over a tab may be meant for its pipeline
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideMiddle);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Documents"));
    hide();
    connect(this, &QTabBar::tabMoved, this, [this](int from, int to) {
        const auto first = m_facts.begin();
        from < to ? std::rotate(first + from, first + from + 1, first + to + 1)
                  : std::rotate(first + to, first + from, first + from + 1);
    });
    connect(&Theme::of(this), &Theme::changed, this, &TabBar::showAll, Qt::QueuedConnection);
}

QString TabBar::runWords(RunSession::State run) {
    using State = RunSession::State;
    switch (run) {
        case State::Starting:
            return tr("starting");
        case State::Running:
            return tr("running");
        case State::Paused:
            return tr("paused");
        case State::Stopping:
            return tr("stopping");
        case State::Finished:
            return tr("finished");
        case State::Failed:
            return tr("failed");
        case State::Stopped:
            break;
    }
    return {};
}

void TabBar::append(const TabFacts& facts) {
    m_facts.push_back(facts);
    const int tab = addTab(QString());
    addCloseButton(tab);
    showFacts(tab);
}

void TabBar::addCloseButton(int tab) {
    auto* close = new IconButton(QStringLiteral("x"), QString());
    close->setDense();
    close->setFocusPolicy(Qt::NoFocus);  // the keyboard stays in the document
    setTabButton(tab, QTabBar::RightSide, close);
    connect(close, &IconButton::clicked, this, [this, close] {
        for (int i = 0; i < count(); ++i) {
            if (tabButton(i, QTabBar::RightSide) == close) return Q_EMIT closeRequested(i);
        }
    });
}

void TabBar::setFacts(int tab, const TabFacts& facts) {
    m_facts[static_cast<std::size_t>(tab)] = facts;
    showFacts(tab);
}

const TabFacts& TabBar::facts(int tab) const {
    return m_facts[static_cast<std::size_t>(tab)];
}

void TabBar::showFacts(int tab) {
    const TabFacts& of = facts(tab);
    const QString name = shownText(of.name, kLongestName), run = runWords(of.run);
    setTabText(tab, labelText(of.modified ? name + QLatin1Char('*') : name));
    const RunMark mark = markOf(of.run);
    setTabIcon(tab, mark.icon != nullptr ? Theme::of(this).icon(QString::fromLatin1(mark.icon), mark.color)
                                         : QIcon());
    QStringList said{name};
    if (of.modified) said << tr("changed");
    if (!run.isEmpty()) said << run;
    setAccessibleTabName(tab, said.join(QStringLiteral(", ")));
    const QString place =
        of.path.isEmpty() ? tr("Not saved yet") : shownText(QDir::toNativeSeparators(of.path));
    setTabToolTip(tab, run.isEmpty() ? place : tr("%1\nIts run: %2").arg(place, run));
    if (auto* close = qobject_cast<IconButton*>(tabButton(tab, QTabBar::RightSide)))
        close->setLabel(tr("Close %1").arg(name));
}

void TabBar::showAll() {
    for (int i = 0; i < count(); ++i) showFacts(i);
    updateGeometry();
}

QSize TabBar::tabSizeHint(int tab) const {
    const QSize asked = QTabBar::tabSizeHint(tab);
    return {std::min(asked.width(), Theme::of(this).scaled(kWidest)), asked.height()};
}

QSize TabBar::minimumTabSizeHint(int tab) const {
    return tabSizeHint(tab);  // more than fit are scrolled
}

// As in a browser: both ends of the click on the same tab.
void TabBar::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->button() == Qt::MiddleButton ? tabAt(event->position().toPoint()) : -1;
    if (event->button() != Qt::MiddleButton) QTabBar::mousePressEvent(event);
}

void TabBar::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::MiddleButton) return QTabBar::mouseReleaseEvent(event);
    const int tab = tabAt(event->position().toPoint());
    if (tab >= 0 && tab == std::exchange(m_pressed, -1)) Q_EMIT closeRequested(tab);
}

void TabBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete && currentIndex() >= 0) return Q_EMIT closeRequested(currentIndex());
    QTabBar::keyPressEvent(event);
}

void TabBar::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const int tab = byMouse ? tabAt(event->pos()) : currentIndex();
    if (tab < 0) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Close"), this, [this, tab] { Q_EMIT closeRequested(tab); });
    menu->addAction(tr("Close &others"), this, [this, tab] { Q_EMIT closeOthersRequested(tab); })
        ->setEnabled(count() > 1);
    menu->addSeparator();
    const QString path = facts(tab).path;
    menu->addAction(tr("Copy &path"), this,
                    [path] { QGuiApplication::clipboard()->setText(QDir::toNativeSeparators(path)); })
        ->setEnabled(!path.isEmpty());
    menu->popup(byMouse ? event->globalPos() : mapToGlobal(tabRect(tab).bottomLeft()));
}

void TabBar::changeEvent(QEvent* event) {
    QTabBar::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    setAccessibleName(tr("Documents"));
    showAll();
}

void TabBar::tabInserted(int tab) {
    QTabBar::tabInserted(tab);
    setVisible(count() > 1);
}

void TabBar::tabRemoved(int tab) {
    QTabBar::tabRemoved(tab);
    m_facts.erase(m_facts.begin() + tab);
    setVisible(count() > 1);
}

}  // namespace rw::ui
