// Where a window stands and how large it is, kept between sessions.
#pragma once

class QWidget;

namespace rw::ui {

/// Puts the window where it was left, corrected for the screens of now; the first time, at a size that its
/// screen has room for. Before it is shown.
void restorePlace(QWidget& window);
void savePlace(const QWidget& window);
/// The height that its screen has for it, without the frame around it.
int roomHeight(const QWidget& window);

}  // namespace rw::ui
