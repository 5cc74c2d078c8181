#include "widgets/canvas/graph_view.h"

#include <QApplication>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/canvas/ground.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr double kGraphReach = 50'000, kGraphMargin = 32, kGraphLeastZoom = 0.05, kGraphMostZoom = 4;
constexpr double kGraphWheelZoom = 1.0015;

}  // namespace

GraphView::GraphView(QWidget* parent) : QGraphicsView(parent) {
    setScene(new QGraphicsScene(this));
    scene()->setSceneRect(-kGraphReach, -kGraphReach, 2 * kGraphReach, 2 * kGraphReach);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(NoAnchor);
    connect(&Theme::of(), &Theme::changed, this, [this] {
        setZoom(m_zoom);
        scene()->update();
    });
}

void GraphView::setZoom(double zoom) {
    m_zoom = std::clamp(zoom, kGraphLeastZoom, kGraphMostZoom);
    const double scale = m_zoom * Theme::of().settings().textZoomPercent / 100;
    setTransform(QTransform::fromScale(scale, scale));
    showScale(scale);
}

void GraphView::zoomTo(double zoom, QPoint at) {
    const QPointF before = mapToScene(at);
    setZoom(zoom);
    panBy(-(transform().map(before) - transform().map(mapToScene(at))).toPoint());
}

void GraphView::zoomBy(double factor) {
    zoomTo(m_zoom * factor, viewport()->rect().center());
}

void GraphView::fitTo(const QRectF& part) {
    if (part.isEmpty()) return setZoom(1);
    const QSizeF room(std::max(1.0, viewport()->width() - 2 * kGraphMargin),
                      std::max(1.0, viewport()->height() - 2 * kGraphMargin));
    const double fitting = std::min(room.width() / part.width(), room.height() / part.height());
    setZoom(std::min(1.0, fitting * 100 / Theme::of().settings().textZoomPercent));
    centerOn(part.center());
}

void GraphView::showAs(const GraphView& other) {
    if (m_zoom != other.m_zoom) setZoom(other.m_zoom);
    horizontalScrollBar()->setValue(other.horizontalScrollBar()->value());
    verticalScrollBar()->setValue(other.verticalScrollBar()->value());
}

void GraphView::panBy(QPoint pixels) {
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - pixels.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - pixels.y());
    Q_EMIT viewMoved();
}

void GraphView::reveal(const QRectF& part) {
    if (!mapToScene(viewport()->rect()).boundingRect().contains(part)) centerOn(part.center());
}

void GraphView::drawBackground(QPainter* painter, const QRectF& rect) {
    paintGround(*painter, rect, transform().m11());
}

void GraphView::wheelEvent(QWheelEvent* event) {
    const QPoint pixels = event->pixelDelta(), angle = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoomTo(m_zoom * std::pow(kGraphWheelZoom, angle.y()), event->position().toPoint());
    } else {
        const QPoint by = pixels.isNull() ? angle / 2 : pixels;
        panBy(event->modifiers().testFlag(Qt::ShiftModifier) ? by.transposed() : by);
    }
    event->accept();
}

QPoint GraphView::movedTo(QPoint at) {
    return at - std::exchange(m_lastAt, at);
}

bool GraphView::isDragged(QPoint at) const {
    return (at - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
}

}  // namespace rw::ui
