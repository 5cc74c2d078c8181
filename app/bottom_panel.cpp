#include "app/bottom_panel.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "widgets/document/number_text.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/tab_row.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

BottomPanel::BottomPanel(QWidget* parent)
    : QWidget(parent),
      m_tabs(new QTabBar),
      m_pages(new QStackedWidget),
      m_head(new TabRow(m_tabs)),
      m_below(new QWidget),
      m_collapse(new IconButton(QStringLiteral("chevron-down"), tr("Close the panels"))) {
    setObjectName(QStringLiteral("bottomPanel"));
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs->setAccessibleName(tr("Panels"));
    m_head->line().addWidget(m_collapse);
    auto* below = new QHBoxLayout(m_below);
    below->setContentsMargins(metrics::kGrid, 0, 0, 0);
    below->addStretch();
    m_below->hide();
    column->addWidget(m_head);
    column->addWidget(m_below);
    column->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &BottomPanel::choose);
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int index) {
        if (m_collapsed && index >= 0) setCollapsed(false);
    });
    connect(m_collapse, &QToolButton::clicked, this, [this] { setCollapsed(!m_collapsed); });
}

void BottomPanel::addPanel(QWidget* panel, std::function<QString()> name, QWidget* tools) {
    auto* badge = new QLabel(this);
    badge->setProperty("role", "badge");
    badge->hide();
    auto* shows = new QAction(this);
    shows->setShortcut(QKeySequence(QStringLiteral("Alt+%1").arg(m_panels.size() + 1)));
    connect(shows, &QAction::triggered, this, [this, panel] { open(panel); });
    addAction(shows);
    m_panels.push_back({panel, tools, badge, shows, std::move(name), 0});
    m_pages->addWidget(panel);
    if (tools) {
        m_head->line().insertWidget(m_head->line().count() - 1, tools);
        tools->hide();
    }
    m_tabs->addTab(QString());
    refreshNames();
    choose(m_tabs->currentIndex());
}

int BottomPanel::indexOf(const QWidget* panel) const {
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        if (m_panels[i].widget == panel) return static_cast<int>(i);
    }
    return -1;
}

void BottomPanel::setCount(QWidget* panel, int count) {
    const int index = indexOf(panel);
    if (index < 0 || m_panels[static_cast<std::size_t>(index)].count == count) return;
    m_panels[static_cast<std::size_t>(index)].count = count;
    refreshNames();
}

void BottomPanel::open(QWidget* panel) {
    m_tabs->setCurrentIndex(indexOf(panel));
    setCollapsed(false);
    panel->setFocus(Qt::ShortcutFocusReason);
}

void BottomPanel::setCollapsed(bool collapsed) {
    if (m_collapsed == collapsed) return;
    m_collapsed = collapsed;
    m_pages->setVisible(!collapsed);
    m_collapse->setIconName(collapsed ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"));
    m_collapse->setWords(collapsed ? tr("Open the panels") : tr("Close the panels"));
    setMaximumHeight(collapsed ? m_head->sizeHint().height() : QWIDGETSIZE_MAX);
    choose(m_tabs->currentIndex());
    Q_EMIT collapsedChanged(collapsed);
}

void BottomPanel::choose(int index) {
    m_pages->setCurrentIndex(index);
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        if (m_panels[i].tools) m_panels[i].tools->setVisible(!m_collapsed && static_cast<int>(i) == index);
    }
    placeTools();
}

// Beside the tabs where there is room for both, else in a row of their own.
void BottomPanel::placeTools() {
    const int index = m_tabs->currentIndex();
    QWidget* tools = index < 0 ? nullptr : m_panels[static_cast<std::size_t>(index)].tools;
    if (tools == nullptr || m_collapsed) return m_below->hide();
    const int needed = m_tabs->sizeHint().width() + tools->sizeHint().width() +
                       m_collapse->sizeHint().width() + 2 * metrics::kGrid;
    const bool below = needed > width();
    m_below->setVisible(below);
    if (below == (m_below->layout()->indexOf(tools) >= 0)) return;
    if (below) {
        m_below->layout()->addWidget(tools);
    } else {
        m_head->line().insertWidget(m_head->line().count() - 1, tools);
    }
}

void BottomPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeTools();
}

void BottomPanel::refreshNames() {
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        const Panel& panel = m_panels[i];
        const int index = static_cast<int>(i);
        const QString name = panel.name(), count = countText(static_cast<std::uint64_t>(panel.count));
        m_tabs->setTabText(index, name);
        const QString said = withoutMnemonic(name);
        panel.shows->setText(tr("Panel “%1”").arg(name));
        m_tabs->setAccessibleTabName(index, panel.count > 0 ? said + u' ' + count : said);
        if (panel.badge->text() == count) continue;
        panel.badge->setText(count);
        panel.badge->adjustSize();
        // The tab makes room for its button when it is given one, not when the button grows.
        m_tabs->setTabButton(index, QTabBar::RightSide, nullptr);
        panel.badge->setVisible(panel.count > 0);
        if (panel.count > 0) m_tabs->setTabButton(index, QTabBar::RightSide, panel.badge);
    }
    m_tabs->updateGeometry();  // which it forgets while it is not shown
    placeTools();
}

void BottomPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        refreshNames();
        m_tabs->setAccessibleName(tr("Panels"));
        m_collapse->setWords(m_collapsed ? tr("Open the panels") : tr("Close the panels"));
    }
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
