#include "app/focus_regions.h"

#include <QApplication>
#include <QLayout>
#include <QScrollArea>
#include <algorithm>

namespace rw::ui {

namespace {

bool contains(const QWidget& area, const QWidget* widget) {
    return widget != nullptr && (&area == widget || area.isAncestorOf(widget));
}

/// Of its own: not for a widget in it, or for one that it is part of.
bool takesFocus(const QWidget* widget) {
    return widget != nullptr && widget->isVisible() && widget->isEnabled() &&
           widget->focusProxy() == nullptr && (widget->focusPolicy() & Qt::TabFocus) != 0;
}

/// Appends the widgets in it that take the focus, and itself, as laid out.
void collect(QWidget& widget, std::vector<QWidget*>& into);

void collect(QLayout& layout, std::vector<QWidget*>& into) {
    for (int i = 0; i < layout.count(); ++i) {
        if (QWidget* widget = layout.itemAt(i)->widget()) {
            collect(*widget, into);
        } else if (QLayout* inner = layout.itemAt(i)->layout()) {
            collect(*inner, into);
        }
    }
}

void collect(QWidget& widget, std::vector<QWidget*>& into) {
    const bool takes = takesFocus(&widget);
    if (takes) into.push_back(&widget);
    if (auto* scrolled = qobject_cast<QScrollArea*>(&widget); scrolled && scrolled->widget()) {
        collect(*scrolled->widget(), into);
    } else if (widget.layout()) {
        collect(*widget.layout(), into);
    } else if (!takes) {  // else its children are parts of it
        for (QObject* child : widget.children()) {
            auto* inner = qobject_cast<QWidget*>(child);
            if (inner && !inner->isWindow()) collect(*inner, into);
        }
    }
}

}  // namespace

FocusRegions::FocusRegions(const std::vector<QWidget*>& regions, QWidget* window) : QObject(window) {
    for (QWidget* area : regions) m_regions.push_back({area, nullptr});
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { remember(now); });
}

void FocusRegions::remember(QWidget* focused) {
    for (Region& region : m_regions) {
        if (contains(*region.area, focused)) region.last = focused;
    }
}

void FocusRegions::step(int by) {
    const int count = static_cast<int>(m_regions.size());
    int at = by > 0 ? -1 : count;  // the focus in none of them: the first, or the last
    for (int i = 0; i < count; ++i) {
        if (contains(*m_regions[static_cast<std::size_t>(i)].area, QApplication::focusWidget())) at = i;
    }
    for (int tried = 0; tried < count; ++tried) {
        at = (at + by + count) % count;
        const Region& region = m_regions[static_cast<std::size_t>(at)];
        if (enter(region, by > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason)) return;
    }
}

bool FocusRegions::enter(const Region& region, Qt::FocusReason reason) {
    std::vector<QWidget*> places;
    collect(*region.area, places);
    if (places.empty()) return false;
    (takesFocus(region.last) ? region.last.data() : places.front())->setFocus(reason);
    return true;
}

bool FocusRegions::enter(const QWidget* area, Qt::FocusReason reason) {
    return std::any_of(m_regions.begin(), m_regions.end(),
                       [&](const Region& region) { return region.area == area && enter(region, reason); });
}

bool FocusRegions::tab(bool forward) {
    std::vector<QWidget*> places;
    for (const Region& region : m_regions) collect(*region.area, places);
    // The innermost: a widget that takes the focus may hold others.
    const auto at = std::find_if(places.rbegin(), places.rend(), [](const QWidget* place) {
        return contains(*place, QApplication::focusWidget());
    });
    if (at == places.rend()) return false;
    const std::size_t index = static_cast<std::size_t>(places.rend() - at) - 1, count = places.size();
    QWidget* target = places[(index + (forward ? 1 : count - 1)) % count];
    target->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

}  // namespace rw::ui
