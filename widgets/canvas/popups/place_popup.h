// Places a small panel inside its parent: beside a point, never over it, never outside.
#pragma once
#include <QWidget>

namespace rw::ui {

/// Puts `popup` below and right of `at` (in its parent's coordinates), or on the other sides where there is
/// no room.
void placePopup(QWidget& popup, QPoint at, int gap);

}  // namespace rw::ui
