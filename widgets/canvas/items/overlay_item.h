// The drawing of a tool above the canvas while it is at work: rubber band, guide lines, the wire being drawn.
#pragma once
#include <QGraphicsItem>
#include <functional>

namespace rw::ui {

class OverlayItem : public QGraphicsItem {
 public:
    using Paint = std::function<void(QPainter&)>;
    OverlayItem() {
        setAcceptedMouseButtons(Qt::NoButton);
        hide();
    }
    /// `rect`: the area that `paint` covers, in scene coordinates.
    void show(const QRectF& rect, Paint paint) {
        prepareGeometryChange();
        m_rect = rect;
        m_paint = std::move(paint);
        setVisible(true);
        update();
    }
    void clear() {
        m_paint = nullptr;
        hide();
    }
    QRectF boundingRect() const override { return m_rect; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
        if (m_paint) m_paint(*painter);
    }

 private:
    using QGraphicsItem::show;
    QRectF m_rect;
    Paint m_paint;
};

}  // namespace rw::ui
