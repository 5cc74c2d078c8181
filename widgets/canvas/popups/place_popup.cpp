#include "widgets/canvas/popups/place_popup.h"

#include <algorithm>

namespace rw::ui {

void placePopup(QWidget& popup, QPoint at, int gap) {
    constexpr int kMargin = 8;
    popup.adjustSize();
    const QSize size = popup.size();
    const QSize room = popup.parentWidget()->size();
    int x = at.x() + gap, y = at.y() + gap;
    if (x + size.width() > room.width() - kMargin) x = at.x() - gap - size.width();
    if (y + size.height() > room.height() - kMargin) y = at.y() - gap - size.height();
    x = std::clamp(x, kMargin, std::max(kMargin, room.width() - size.width() - kMargin));
    y = std::clamp(y, kMargin, std::max(kMargin, room.height() - size.height() - kMargin));
    popup.move(x, y);
    popup.raise();
}

}  // namespace rw::ui
