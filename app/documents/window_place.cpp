#include "app/documents/window_place.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QWidget>
#include <algorithm>

namespace rw::ui {

namespace {

constexpr QSize kFirstSize(1600, 1000), kSmallest(1120, 700);
constexpr QSize kFrame(16, 48);  // the frame that a window manager may put around a window
constexpr char kGeometry[] = "window/geometry";

QSize roomFor(const QWidget& window) {
    return window.screen()->availableGeometry().size() - kFrame;
}

// The screen that it stood on may be gone, or smaller.
void keepOnScreen(QWidget& window) {
    if (window.isMaximized()) return;
    const int edge = kFrame.width() / 2, title = kFrame.height() - edge;
    QRect place = window.geometry();
    const QScreen* screen = QGuiApplication::screenAt(place.center());
    if (screen == nullptr) screen = window.screen();
    const QRect room = screen->availableGeometry().adjusted(edge, title, -edge, -edge);
    place.setSize(place.size().boundedTo(room.size()));
    place.moveLeft(std::clamp(place.left(), room.left(), room.right() + 1 - place.width()));
    place.moveTop(std::clamp(place.top(), room.top(), room.bottom() + 1 - place.height()));
    window.setGeometry(place);
}

}  // namespace

void restorePlace(QWidget& window) {
    const QSize room = roomFor(window);
    window.setMinimumSize(kSmallest.boundedTo(room));
    window.resize(kFirstSize.boundedTo(room));
    // False also when the screen has another scale: sizes measured there mean nothing here.
    if (!window.restoreGeometry(QSettings().value(QLatin1String(kGeometry)).toByteArray())) return;
    window.setWindowState(window.windowState() & ~Qt::WindowFullScreen);
    keepOnScreen(window);
}

void savePlace(const QWidget& window) {
    QSettings().setValue(QLatin1String(kGeometry), window.saveGeometry());
}

int roomHeight(const QWidget& window) {
    return roomFor(window).height();
}

}  // namespace rw::ui
