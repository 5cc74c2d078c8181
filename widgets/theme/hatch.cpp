#include "widgets/theme/hatch.h"

#include <QPainter>
#include <QPixmapCache>

namespace rw::ui {

QBrush hatchBrush(const QColor& color, double ratio) {
    constexpr int kTile = 8;
    const QString key = QStringLiteral("hatch-%1-%2").arg(color.rgba()).arg(ratio, 0, 'f', 2);
    QPixmap tile;
    if (!QPixmapCache::find(key, &tile)) {
        tile = QPixmap(QSize(kTile, kTile) * ratio);
        tile.setDevicePixelRatio(ratio);
        tile.fill(Qt::transparent);
        QPainter painter(&tile);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color, 1));
        for (const int shift : {-kTile, 0, kTile}) painter.drawLine(shift, kTile, shift + kTile, 0);
        painter.end();
        QPixmapCache::insert(key, tile);
    }
    return QBrush(tile);
}

}  // namespace rw::ui
