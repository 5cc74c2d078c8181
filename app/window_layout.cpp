#include "app/window_layout.h"

#include <QAction>
#include <QCoreApplication>
#include <QDockWidget>
#include <QEvent>
#include <QLayout>
#include <QMainWindow>
#include <QScopedValueRollback>
#include <QSettings>
#include <QSplitter>
#include <algorithm>
#include <utility>

#include "app/bottom_panel.h"
#include "app/documents/window_place.h"
#include "app/inspector_place.h"
#include "widgets/palette/palette.h"
#include "widgets/pane/pane.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

// The height of a window that has room for a bottom panel at first: of its bars, times the size of the text,
// and of the space between them.
constexpr int kBars = 168, kBottomFrom = 472;
constexpr double kBottomShare = 0.55;  ///< of the centre, at most, until a person asks for more

QString key(const char* page, const char* what) {
    return QStringLiteral("window/%1/%2").arg(QLatin1String(page), QLatin1String(what));
}

}  // namespace

WindowLayout::WindowLayout(const Parts& parts, const std::vector<Pane*>& pages)
    : QObject(parts.window), m_parts(parts), m_textZoom(Theme::of(parts.window).settings().textZoomPercent) {
    parts.window->installEventFilter(this);
    for (const Pane* page : pages)
        m_pages.push_back({page->facts().id, page->facts().sides, page->facts().bottom});
    connect(parts.sidePanels, &QAction::toggled, this, [this](bool shown) {
        if (!m_arranging) keepSizes();
        here().sides = shown;
        showSides(shown);
    });
    connect(parts.bottomPanels, &QAction::toggled, this,
            [this](bool shown) { m_parts.bottom->setCollapsed(!shown); });
    connect(parts.bottom, &BottomPanel::collapsedChanged, this, [this](bool collapsed) {
        if (!m_arranging) {
            here().bottom = !collapsed;
        }
        m_parts.bottomPanels->setChecked(!collapsed);
        showBottom();
    });
    connect(parts.bottom, &BottomPanel::chosenChanged, this, &WindowLayout::showBottom);
    connect(parts.centre, &QSplitter::splitterMoved, this, &WindowLayout::keepHeight);
    connect(&Theme::of(parts.window), &Theme::changed, this, [this] {
        const int now = Theme::of(m_parts.window).settings().textZoomPercent;
        if (now == std::exchange(m_textZoom, now)) return;
        for (Around& page : m_pages) page.left = page.right = 0;
        setSideWidths();
    });
    connect(parts.inspector, &InspectorPlace::moved, this, [this] {
        if (m_parts.window->isVisible() && m_parts.left->isVisible()) here().left = m_parts.left->width();
        setSideWidths();
    });
}

void WindowLayout::restore() {
    if (m_parts.window->isWindow()) restorePlace(*m_parts.window);
    if (roomHeight(*m_parts.window->window()) < kBottomFrom + kBars * m_textZoom / 100) {
        for (Around& page : m_pages) page.bottom = false;
    }
    QSettings settings;
    for (Around& page : m_pages) {
        page.sides = settings.value(key(page.name, "sides"), page.sides).toBool();
        page.bottom = settings.value(key(page.name, "bottom"), page.bottom).toBool();
        page.left = std::max(0, settings.value(key(page.name, "left")).toInt());
        page.right = std::max(0, settings.value(key(page.name, "right")).toInt());
        page.height = std::max(0, settings.value(key(page.name, "height")).toInt());
    }
    enterPage(static_cast<int>(m_page));
}

void WindowLayout::save() {
    keepSizes();
    QSettings settings;
    if (m_parts.window->isWindow()) savePlace(*m_parts.window);
    for (const Around& page : m_pages) {
        settings.setValue(key(page.name, "sides"), page.sides);
        settings.setValue(key(page.name, "bottom"), page.bottom);
        settings.setValue(key(page.name, "left"), page.left);
        settings.setValue(key(page.name, "right"), page.right);
        settings.setValue(key(page.name, "height"), page.height);
    }
}

void WindowLayout::keepSizes() {
    if (!m_parts.window->isVisible()) return;
    if (m_parts.left->isVisible()) here().left = m_parts.left->width();
    if (m_parts.right->isVisible()) here().right = m_parts.right->width();
}

void WindowLayout::keepHeight() {
    const Pane* tab = m_parts.bottom->chosen();
    if (tab == nullptr || m_parts.bottom->isCollapsed()) return;
    here().height = m_parts.centre->sizes().at(1);
}

int WindowLayout::bottomHeight() {
    const Pane* tab = m_parts.bottom->chosen();
    if (tab == nullptr || m_parts.bottom->isCollapsed()) return 0;
    if (here().height > 0) return here().height;
    here().asked = std::max(here().asked, tab->facts().height);
    const QList<int> sizes = m_parts.centre->sizes();
    return std::min(here().asked, static_cast<int>((sizes.at(0) + sizes.at(1)) * kBottomShare));
}

void WindowLayout::enterPage(int page) {
    const QScopedValueRollback arranging(m_arranging, true);
    m_page = static_cast<std::size_t>(page);
    m_parts.sidePanels->setChecked(here().sides);
    showSides(here().sides);
    m_parts.bottom->setCollapsed(!here().bottom || (m_welcome && m_page == 0));
    showBottom();
}

void WindowLayout::setWelcome(bool shown) {
    if (m_page == 0) keepSizes();
    m_welcome = shown;
    if (m_page == 0) enterPage(0);
}

// Only now the sizes that all parts ask for are known.
bool WindowLayout::eventFilter(QObject* window, QEvent* event) {
    // A tab that comes to front again has its sizes still, unless they were to change meanwhile.
    if (event->type() == QEvent::Show && !event->spontaneous() && m_due) enterPage(static_cast<int>(m_page));
    return QObject::eventFilter(window, event);
}

void WindowLayout::showSides(bool shown) {
    m_parts.left->setVisible(shown);
    m_parts.inspector->setShown(shown);
    setSideWidths();
}

// The main window takes the room for docks that come back from all parts alike, and resizeDocks() only tells
// it preferred sizes: so for one layout they may have no other width.
void WindowLayout::setSideWidths() {
    m_due = !m_parts.window->isVisible();
    if (!here().sides || m_due) return;
    // The page that was in front may have needed more room: the page in front now has told only its parent.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    // Wider text needs more room, but not the whole of a small window.
    const int palette =
        std::min(Palette::kWidth * m_textZoom / 100, std::max(Palette::kWidth, m_parts.window->width() / 5));
    const int least = m_parts.left->widget()->minimumWidth();
    QList<QDockWidget*> docks{m_parts.left};
    QList<int> widths{std::max(least, here().left > 0 ? here().left : palette)};
    if (!m_parts.inspector->isOver()) {
        docks << m_parts.right;
        widths << (here().right > 0 ? here().right : InspectorPlace::kWidth * m_textZoom / 100);
    }
    m_parts.window->resizeDocks(docks, widths, Qt::Horizontal);
    for (qsizetype i = 0; i < docks.size(); ++i) docks[i]->setFixedWidth(widths[i]);
    m_parts.window->layout()->activate();
    for (QDockWidget* dock : docks) {
        dock->setMinimumWidth(0);
        dock->setMaximumWidth(QWIDGETSIZE_MAX);
    }
}

// The splitter leaves the room of a panel that has become smaller empty.
void WindowLayout::showBottom() {
    const QList<int> sizes = m_parts.centre->sizes();
    const int all = sizes.at(0) + sizes.at(1);
    const int wanted = bottomHeight();
    m_parts.centre->setSizes({std::max(0, all - wanted), wanted});
}

}  // namespace rw::ui
