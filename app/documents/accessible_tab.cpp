#include "app/documents/accessible_tab.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include "app/main_window.h"

namespace rw::ui {

namespace {

class AccessibleTab : public QAccessibleWidget {
 public:
    using QAccessibleWidget::QAccessibleWidget;
    /// A part of it may be asked about while it is made, before it is put into the other.
    QAccessible::Role role() const override {
        return widget()->isWindow() ? QAccessible::Window : QAccessible::Pane;
    }
};

QAccessibleInterface* makeAccessibleTab(const QString&, QObject* object) {
    auto* tab = qobject_cast<MainWindow*>(object);
    return tab != nullptr ? new AccessibleTab(tab) : nullptr;
}

}  // namespace

void showTabsAsPanels() {
    QAccessible::installFactory(makeAccessibleTab);
}

}  // namespace rw::ui
