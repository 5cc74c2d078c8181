#include "widgets/canvas/items/item_picture.h"

namespace rw::ui {

namespace {

constexpr double kRoughly = 2.5;  // a picture is enlarged or reduced so far

bool isNear(double scale, double painted, bool rough) {
    if (!rough) return qFuzzyCompare(scale, painted);
    return painted > 0 && scale < painted * kRoughly && painted < scale * kRoughly;
}

}  // namespace

void ItemPicture::forget() {
    QPixmapCache::remove(m_key);
    m_key = {};
}

void ItemPicture::draw(QPainter& painter, const QRectF& bounds, bool rough,
                       const std::function<void(QPainter&)>& paint) {
    const QTransform toPixels = painter.deviceTransform();
    if (toPixels.type() > QTransform::TxScale || toPixels.m11() <= 0) return paint(painter);
    const double scale = toPixels.m11();
    QPixmap picture;
    if (!isNear(scale, m_scale, rough) || !QPixmapCache::find(m_key, &picture))
        picture = painted(painter, bounds, paint);
    if (!qFuzzyCompare(scale, m_scale)) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(QRectF(m_corner / m_scale, QSizeF(picture.size()) / m_scale), picture,
                           QRectF(picture.rect()));
        return;
    }
    // The painter of a widget adds where that is in its window, which it has no other word for.
    const QTransform place = painter.worldTransform();
    const QTransform fromPixels = toPixels.inverted() * place;
    const QPointF corner = toPixels.map(QPointF()) + m_corner;
    painter.setWorldTransform(QTransform::fromTranslate(qRound(corner.x()), qRound(corner.y())) * fromPixels);
    painter.drawPixmap(0, 0, picture);
    painter.setWorldTransform(place);
}

QPixmap ItemPicture::painted(const QPainter& painter, const QRectF& bounds,
                             const std::function<void(QPainter&)>& paint) {
    const QTransform toPixels = painter.deviceTransform();
    const QRect pixels = toPixels.mapRect(bounds).toAlignedRect();
    QPixmap picture(pixels.size());
    picture.fill(Qt::transparent);
    QPainter within(&picture);
    within.setRenderHints(painter.renderHints());
    within.setWorldTransform(toPixels * QTransform::fromTranslate(-pixels.x(), -pixels.y()));
    paint(within);
    within.end();
    m_scale = toPixels.m11();
    m_corner = QPointF(pixels.topLeft()) - toPixels.map(QPointF());
    QPixmapCache::remove(m_key);
    m_key = QPixmapCache::insert(picture);
    return picture;
}

}  // namespace rw::ui
