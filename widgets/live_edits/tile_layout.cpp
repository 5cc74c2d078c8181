#include "widgets/live_edits/tile_layout.h"

#include <algorithm>
#include <vector>

namespace rw::ui {

int TileLayout::heightForWidth(int width) const {
    return arrange(QRect(0, 0, width, 0), false);
}

void TileLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int TileLayout::arrange(const QRect& rect, bool place) const {
    const QMargins margins = contentsMargins();
    const QRect area = rect.marginsRemoved(margins);
    std::vector<QLayoutItem*> tiles;
    QSize least;
    for (int i = 0; i < count(); ++i) {
        QLayoutItem* const tile = itemAt(i);
        if (tile->isEmpty()) continue;
        tiles.push_back(tile);
        least = least.expandedTo(QSize(tile->minimumSize().width(), tile->sizeHint().height()));
    }
    if (tiles.empty()) return margins.top() + margins.bottom();
    const int all = static_cast<int>(tiles.size()), gap = spacing();
    const int most = std::clamp((area.width() + gap) / std::max(1, least.width() + gap), 1, all);
    const int rows = (all + most - 1) / most, inRow = (all + rows - 1) / rows;
    for (int i = 0; place && i < all; ++i) {
        // The rest of the division is spread over the tiles.
        const int column = i % inRow, row = i / inRow, whole = area.width() + gap;
        const int left = column * whole / inRow, right = (column + 1) * whole / inRow - gap;
        tiles[static_cast<std::size_t>(i)]->setGeometry(
            {area.x() + left, area.y() + row * (least.height() + gap), right - left, least.height()});
    }
    return margins.top() + rows * (least.height() + gap) - gap + margins.bottom();
}

}  // namespace rw::ui
