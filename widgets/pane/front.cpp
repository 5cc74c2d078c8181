#include "widgets/pane/front.h"

#include <QMainWindow>
#include <QStackedWidget>

namespace rw::ui {

QWidget* mainWindowOf(const QWidget& part) {
    for (QWidget* above = part.parentWidget(); above != nullptr; above = above->parentWidget()) {
        if (qobject_cast<QMainWindow*>(above) != nullptr) return above;
    }
    return part.window();
}

void bringToFront(QWidget& part) {
    QWidget* const page = mainWindowOf(part);
    if (auto* tabs = qobject_cast<QStackedWidget*>(page->parentWidget())) tabs->setCurrentWidget(page);
    QWidget* const window = page->window();
    if (window->isMinimized()) window->showNormal();
    window->raise();
    window->activateWindow();
}

}  // namespace rw::ui
