// An item's look as pixels, painted once for each scale. Qt's cache for items of a scene
// (DeviceCoordinateCache) paints anew for each step of a zoom; this one enlarges what it has until the zoom
// has come to rest.
#pragma once
#include <QPainter>
#include <QPixmapCache>
#include <functional>

namespace rw::ui {

class ItemPicture {
 public:
    ItemPicture() = default;
    ~ItemPicture() { forget(); }
    Q_DISABLE_COPY_MOVE(ItemPicture)

    /// The item looks different now.
    void forget();
    /// Draws what `paint` paints within `bounds`, both in coordinates of the item that `painter` has.
    /// `rough`: a picture of about this scale will do. A painter that turns or shears is handed to `paint`
    /// itself.
    void draw(QPainter& painter, const QRectF& bounds, bool rough,
              const std::function<void(QPainter&)>& paint);

 private:
    QPixmap painted(const QPainter& painter, const QRectF& bounds,
                    const std::function<void(QPainter&)>& paint);

    QPixmapCache::Key m_key;  ///< Qt drops the pictures that were not used for long when there are too many
    double m_scale = 0;       ///< pixels of the screen for a unit of the item
    QPointF m_corner;         ///< of the picture, from the item's origin, in pixels
};

}  // namespace rw::ui
