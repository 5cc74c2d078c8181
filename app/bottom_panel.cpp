#include "app/bottom_panel.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/document/number_text.h"
#include "widgets/pane/pane.h"
#include "widgets/theme/heads.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kSavedByTight = 12;  ///< pixels of a tab, as the style sheet has them
}

BottomPanel::BottomPanel(const std::vector<Pane*>& panels, QWidget* parent)
    : QWidget(parent),
      m_tabs(new QTabBar),
      m_pages(new QStackedWidget),
      m_head(new TabRow(m_tabs)),
      m_below(new QWidget),
      m_more(new IconButton(QStringLiteral("more"), tr("More panels"))),
      m_collapse(new IconButton(QStringLiteral("chevron-down"), tr("Close the panels"))) {
    setObjectName(QStringLiteral("bottomPanel"));
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs->setAccessibleName(tr("Panels"));
    m_more->setObjectName(QStringLiteral("morePanels"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(new QMenu(m_more));
    m_more->hide();
    m_head->line().insertWidget(1, m_more);  // behind the tabs
    m_head->line().addWidget(m_collapse);
    auto* below = new QHBoxLayout(m_below);
    below->setContentsMargins(metrics::kGrid, 0, 0, 0);
    below->addStretch();
    m_below->hide();
    column->addWidget(m_head);
    column->addWidget(m_below);
    column->addWidget(m_pages, 1);
    for (Pane* panel : panels) addPanel(panel);
    refreshNames();
    const auto there =
        std::find_if(panels.begin(), panels.end(), [](Pane* panel) { return panel->isPresent(); });
    if (there != panels.end()) m_tabs->setCurrentIndex(static_cast<int>(there - panels.begin()));
    choose(m_tabs->currentIndex());
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        choose(index);
        Q_EMIT chosenChanged();
    });
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int index) {
        if (m_collapsed && index >= 0) setCollapsed(false);
    });
    connect(m_collapse, &QToolButton::clicked, this, [this] { setCollapsed(!m_collapsed); });
    // Later: widgets that grow with the text have not grown yet.
    connect(&Theme::of(this), &Theme::changed, this, &BottomPanel::fitBadges, Qt::QueuedConnection);
}

void BottomPanel::addPanel(Pane* panel) {
    auto* badge = new QLabel(this);
    badge->setProperty("role", "badge");
    badge->hide();
    m_panels.push_back({panel, badge});
    m_pages->addWidget(panel);
    if (QWidget* tools = panel->tools()) {
        m_head->line().insertWidget(m_head->line().count() - 1, tools);
        tools->hide();
        tools->installEventFilter(this);
    }
    m_tabs->addTab(QString());
    connect(panel, &Pane::openRequested, this, [this, panel] { open(panel); });
    connect(panel, &Pane::seeRequested, this, [this, panel] { see(panel); });
    connect(panel, &Pane::countChanged, this, &BottomPanel::refreshNames);
    m_tabs->setTabVisible(m_tabs->count() - 1, panel->isPresent());
    connect(panel, &Pane::presentChanged, this, [this, panel](bool present) {
        if (!present) leave(panel);
        placeTools();
    });
}

// A panel that came by itself is gone: the one that it came over is there again.
void BottomPanel::leave(const Pane* panel) {
    if (chosen() != panel || m_chosenBefore < 0) return;
    if (m_panels[static_cast<std::size_t>(m_chosenBefore)].panel->isPresent())
        m_tabs->setCurrentIndex(m_chosenBefore);
}

int BottomPanel::indexOf(const Pane* panel) const {
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        if (m_panels[i].panel == panel) return static_cast<int>(i);
    }
    return -1;
}

// The widget with the keyboard may be gone with the panel before. Qt would give it to the next widget, and a
// space pauses the run.
void BottomPanel::see(Pane* panel) {
    const QPointer<QWidget> focus = QApplication::focusWidget();
    m_tabs->setCurrentIndex(indexOf(panel));
    setCollapsed(false);
    if (focus && !focus->isVisible()) panel->setFocus(Qt::OtherFocusReason);
}

void BottomPanel::open(Pane* panel) {
    see(panel);
    panel->setFocus(Qt::ShortcutFocusReason);
}

void BottomPanel::setCollapsed(bool collapsed) {
    if (m_collapsed == collapsed) return;
    m_collapsed = collapsed;
    m_pages->setVisible(!collapsed);
    m_collapse->setIconName(collapsed ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"));
    m_collapse->setLabel(collapsed ? tr("Open the panels") : tr("Close the panels"));
    setMaximumHeight(collapsed ? m_head->sizeHint().height() : QWIDGETSIZE_MAX);
    choose(m_tabs->currentIndex());
    Q_EMIT collapsedChanged(collapsed);
}

void BottomPanel::choose(int index) {
    if (index != m_chosen) m_chosenBefore = std::exchange(m_chosen, index);
    m_pages->setCurrentIndex(index);
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        QWidget* tools = m_panels[i].panel->tools();
        if (tools) tools->setVisible(!m_collapsed && static_cast<int>(i) == index);
    }
    placeTools();
}

const Pane* BottomPanel::chosen() const {
    const int index = m_tabs->currentIndex();
    return index < 0 ? nullptr : m_panels[static_cast<std::size_t>(index)].panel;
}

// Told what holds already, Qt 6.4 forgets that other tabs have come or gone, and their places stay.
void BottomPanel::showTab(int index, bool shown) {
    if (m_tabs->isTabVisible(index) != shown) m_tabs->setTabVisible(index, shown);
}

// Large text in a narrow window: the tabs stand closer together before some of them are folded away.
void BottomPanel::fitTabs() {
    const int room = width() - m_collapse->sizeHint().width() - 2 * metrics::kGrid;
    for (std::size_t i = 0; i < m_panels.size(); ++i)
        showTab(static_cast<int>(i), m_panels[i].panel->isPresent());
    int wanted = m_tabs->sizeHint().width();
    for (int i = 0; m_tight && i < m_tabs->count(); ++i)
        wanted += m_tabs->isTabVisible(i) ? kSavedByTight : 0;
    const bool tight = wanted > room;
    if (tight != m_tight) {
        m_tight = tight;
        m_tabs->setProperty("tight", tight);
        Theme::repolish(m_tabs);
        m_tabs->updateGeometry();
    }
    foldTabs(room);
    m_tabs->updateGeometry();  // which it forgets when a tab comes or goes
}

// The last ones go into a menu, but for the one in front.
void BottomPanel::foldTabs(int room) {
    QMenu& menu = *m_more->menu();
    menu.clear();
    const bool folds = m_tabs->sizeHint().width() > room;
    m_more->setVisible(folds);
    if (!folds) return;
    const int left = room - m_more->sizeHint().width() - metrics::kGrid;
    for (int i = m_tabs->count() - 1; i > 0 && m_tabs->sizeHint().width() > left; --i) {
        if (i != m_tabs->currentIndex()) showTab(i, false);
    }
    for (int i = 0; i < m_tabs->count(); ++i) {
        Pane& panel = *m_panels[static_cast<std::size_t>(i)].panel;
        if (panel.isPresent() && !m_tabs->isTabVisible(i)) menu.addAction(panel.opens());
    }
}

// Beside the tabs where there is room for both, else in a row of their own.
void BottomPanel::placeTools() {
    fitTabs();
    const int index = m_tabs->currentIndex();
    QWidget* tools = index < 0 ? nullptr : m_panels[static_cast<std::size_t>(index)].panel->tools();
    if (tools == nullptr || m_collapsed) return m_below->hide();
    tools->ensurePolished();  // else it does not know yet how wide it is
    const QBoxLayout& line = m_head->line();
    const int beside = line.indexOf(tools) >= 0 ? 0 : line.spacing() + tools->sizeHint().width();
    const bool below = line.sizeHint().width() + beside > width();
    m_below->setVisible(below);
    if (below == (m_below->layout()->indexOf(tools) >= 0)) return;
    if (below) {
        m_below->layout()->addWidget(tools);
    } else {
        m_head->line().insertWidget(line.count() - 1, tools);
    }
    tools->show();  // a layout shows what comes to it only later
}

void BottomPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeTools();
}

// Tools grow and shrink with what they offer: there may be room beside the tabs no more, or again.
bool BottomPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LayoutRequest)
        QMetaObject::invokeMethod(this, &BottomPanel::placeTools, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void BottomPanel::refreshNames() {
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        const auto& [panel, badge] = m_panels[i];
        const int index = static_cast<int>(i);
        const bool any = panel->count() > 0;
        const QString count = countText(static_cast<std::uint64_t>(panel->count()));
        const QString said = withoutMnemonic(panel->title());
        m_tabs->setTabText(index, panel->tabTitle());
        m_tabs->setAccessibleTabName(index, any ? said + u' ' + count : said);
        if (badge->text() == count) continue;
        badge->setText(count);
        fitBadge(index);
    }
    m_tabs->updateGeometry();  // which it forgets while it is not shown
    placeTools();
}

// The tab makes room for its button when it is given one, not when the button grows.
void BottomPanel::fitBadge(int index) {
    const auto& [panel, badge] = m_panels[static_cast<std::size_t>(index)];
    const bool any = panel->count() > 0;
    badge->adjustSize();
    m_tabs->setTabButton(index, QTabBar::RightSide, nullptr);
    badge->setVisible(any);
    if (any) m_tabs->setTabButton(index, QTabBar::RightSide, badge);
}

void BottomPanel::fitBadges() {
    for (int i = 0; i < m_tabs->count(); ++i) fitBadge(i);
    m_tabs->updateGeometry();
    placeTools();
}

void BottomPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        refreshNames();
        m_tabs->setAccessibleName(tr("Panels"));
        m_more->setLabel(tr("More panels"));
        m_collapse->setLabel(m_collapsed ? tr("Open the panels") : tr("Close the panels"));
    }
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
