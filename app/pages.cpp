#include "app/pages.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPointer>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/pane/closable.h"
#include "widgets/pane/pane.h"
#include "widgets/theme/heads.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

Pages::Pages(const std::vector<Pane*>& pages, QWidget* parent)
    : QWidget(parent),
      m_pages(pages),
      m_tabs(new QTabBar),
      m_head(new TabRow(m_tabs)),
      m_body(new QStackedWidget) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_body, 1);
    for (Pane* page : m_pages) {
        m_body->addWidget(page);
        m_tabs->addTab(QString());
        if (page->tools()) m_head->line().addWidget(page->tools());
        for (const auto wanted : {&Pane::openRequested, &Pane::seeRequested})
            connect(page, wanted, this, [this, page] { open(page); });
        if (dynamic_cast<Closable*>(page) != nullptr) addCloseButton(m_tabs->count() - 1);
    }
    m_tabs->installEventFilter(this);
    // Later: the tools have not grown with the text yet.
    connect(&Theme::of(this), &Theme::changed, this, &Pages::fitTabs, Qt::QueuedConnection);
    retranslate();
    fit();
    connect(m_tabs, &QTabBar::currentChanged, this, &Pages::choose);
}

QWidget* Pages::head() const {
    return m_head;
}

QWidget* Pages::body() const {
    return m_body;
}

void Pages::addCloseButton(int page) {
    auto* close = new IconButton(QStringLiteral("x"), QString());
    close->setDense();
    close->setFocusPolicy(Qt::NoFocus);  // the keyboard stays on the page, or the tabs
    m_tabs->setTabButton(page, QTabBar::RightSide, close);
    m_tabs->setTabVisible(page, false);
    const Pane* const pane = m_pages[static_cast<std::size_t>(page)];
    connect(close, &IconButton::clicked, this, [this, pane] { closePage(pane); });
}

int Pages::indexOf(const Pane* page) const {
    const auto found = std::find(m_pages.begin(), m_pages.end(), page);
    return found != m_pages.end() ? static_cast<int>(found - m_pages.begin()) : -1;
}

/// And gives the tabs their room at once: else the bar would scroll to the one that is chosen next.
void Pages::showTab(int page, bool shown) {
    if (m_tabs->isTabVisible(page) == shown) return;
    m_tabs->setTabVisible(page, shown);
    fitTabs();
    m_head->line().activate();
}

void Pages::open(const Pane* page) {
    const int index = indexOf(page);
    if (index < 0) return;
    showTab(index, true);
    m_tabs->setCurrentIndex(index);
}

void Pages::closePage(const Pane* page) {
    const int index = indexOf(page);
    if (index < 0) return;
    auto* const closable = dynamic_cast<Closable*>(m_pages[static_cast<std::size_t>(index)]);
    if (closable == nullptr || !m_tabs->isTabVisible(index)) return;
    // The one before may have been closed meanwhile.
    if (index == m_tabs->currentIndex())
        m_tabs->setCurrentIndex(m_tabs->isTabVisible(m_before) ? m_before : 0);
    showTab(index, false);
    closable->closed();
}

void Pages::choose(int page) {
    const QPointer<QWidget> focus = QApplication::focusWidget();
    Q_EMIT leaving();
    m_before = std::exchange(m_front, page);
    m_body->setCurrentIndex(page);
    fit();
    Q_EMIT entered(page);
    // The widget with the keyboard may be gone with the page, or with the docks beside it. Qt would give it to the
    // next widget, and a space pauses the run.
    if (!focus || !focus->isVisible()) m_body->currentWidget()->setFocus(Qt::OtherFocusReason);
}

// A page that is not in front needs no room: beside the side panels there is not enough for the tables.
void Pages::fit() {
    for (int i = 0; i < m_body->count(); ++i) {
        const bool front = i == m_body->currentIndex();
        const auto policy = front ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        m_body->widget(i)->setSizePolicy(policy, policy);
        if (QWidget* tools = m_pages[static_cast<std::size_t>(i)]->tools()) tools->setVisible(front);
    }
    fitTabs();
}

// Large text in a narrow window: the words of tabs need the room of their icons.
void Pages::fitTabs() {
    const auto setIcons = [this](bool shown) {
        for (int i = 0; i < m_tabs->count(); ++i) {
            const char* const name = m_pages[static_cast<std::size_t>(i)]->facts().icon;
            m_tabs->setTabIcon(
                i, shown ? Theme::of(this).icon(QString::fromLatin1(name), ColorRole::Dim) : QIcon());
        }
    };
    const QWidget* const tools = m_pages[static_cast<std::size_t>(m_body->currentIndex())]->tools();
    const int room = width() - (tools == nullptr ? 0 : tools->sizeHint().width() + metrics::kGrid);
    setIcons(true);
    if (m_tabs->sizeHint().width() + 2 * metrics::kGrid > room) setIcons(false);
    m_tabs->updateGeometry();
}

void Pages::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitTabs();
}

void Pages::retranslate() {
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        m_tabs->setTabText(static_cast<int>(i), m_pages[i]->tabTitle());
        m_pages[i]->setAccessibleName(withoutMnemonic(m_pages[i]->title()));
        const auto place = static_cast<int>(i);
        if (auto* close = qobject_cast<IconButton*>(m_tabs->tabButton(place, QTabBar::RightSide)))
            close->setLabel(tr("Close %1").arg(m_pages[i]->tabTitle()));
    }
    m_tabs->setAccessibleName(tr("Views"));
    fitTabs();
}

/// Delete on a tab closes its page, where that can be.
bool Pages::eventFilter(QObject* watched, QEvent* event) {
    const bool deleted =
        event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete;
    if (deleted && watched == m_tabs) closePage(m_pages[static_cast<std::size_t>(m_tabs->currentIndex())]);
    return QWidget::eventFilter(watched, event);
}

void Pages::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
