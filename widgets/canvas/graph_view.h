// A graph that is looked at and not edited: a subflow from inside, two pipelines in one picture. It is
// scrolled and zoomed as the canvas is; what stands in it is put there by those that inherit it.
#pragma once
#include <QGraphicsView>

namespace rw::ui {

class GraphView : public QGraphicsView {
    Q_OBJECT
 public:
    double zoom() const { return m_zoom; }
    /// What is at that point of the viewport stays there.
    void zoomTo(double zoom, QPoint at);
    void zoomBy(double factor);  ///< around the middle
    /// Shows that part whole, and no larger than it is; an empty one: the zoom is 1.
    void fitTo(const QRectF& part);
    /// Shows the same part as another view.
    void showAs(const GraphView& other);

 Q_SIGNALS:
    void viewMoved();  ///< scrolled or zoomed, but not by showAs() or fitTo()

 protected:
    /// The zoom is 1; showScale() is called for the first time by setZoom().
    explicit GraphView(QWidget* parent);

    void setZoom(double zoom);
    void panBy(QPoint pixels);
    /// Scrolls to it where it is not in sight.
    void reveal(const QRectF& part);
    /// Items show what there is room for; `scale` counts the size of texts in.
    virtual void showScale(double scale) = 0;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void wheelEvent(QWheelEvent* event) override;

    // Of the mouse, in the viewport.
    void press(QPoint at) { m_pressedAt = m_lastAt = at; }
    /// How far it has gone since this was asked, or since it was pressed.
    QPoint movedTo(QPoint at);
    bool isDragged(QPoint at) const;

 private:
    double m_zoom = 1;
    QPoint m_pressedAt{}, m_lastAt{};
};

}  // namespace rw::ui
