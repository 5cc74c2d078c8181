// Windows within windows: a main window may be a tab of a larger one.
#pragma once
#include <QWidget>

namespace rw::ui {

/// The main window that `part` belongs to: the parent of windows that go when its document does. The
/// top-level window of `part` where there is none.
QWidget* mainWindowOf(const QWidget& part);

/// Shows the window of `part`, with the tab in front that it belongs to, and gives it the keyboard.
void bringToFront(QWidget& part);

}  // namespace rw::ui
