#include "widgets/canvas/minimap.h"

#include <QMouseEvent>
#include <QPainter>

#include "widgets/document/node_mark.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

Minimap::Minimap(CanvasView& view, QWidget* parent) : QWidget(parent), m_view(view) {
    setFixedSize(kWidth, kHeight);
    setObjectName(QStringLiteral("minimap"));
    retranslate();
    connect(&view, &CanvasView::viewChanged, this, qOverload<>(&QWidget::update));
    connect(&view.canvas(), &CanvasScene::contentMoved, this, qOverload<>(&QWidget::update));
}

void Minimap::retranslate() {
    setAccessibleName(tr("Minimap"));
    setToolTip(tr("Drag to move, double-click to fit all"));
}

QTransform Minimap::toMap() const {
    const QRectF world = m_view.canvas().contentRect().united(m_view.visibleSceneRect());
    const QRectF room = QRectF(rect()).adjusted(5, 5, -5, -5);
    if (world.isEmpty()) return {};
    const double scale = std::min(room.width() / world.width(), room.height() / world.height());
    QTransform map;
    map.translate(room.center().x(), room.center().y());
    map.scale(scale, scale);
    map.translate(-world.center().x(), -world.center().y());
    return map;
}

void Minimap::paintEvent(QPaintEvent*) {
    const Tokens& tokens = Theme::of().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.line2, 1));
    painter.setBrush(tokens.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const QTransform map = toMap();
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const auto& [id, item] : m_view.canvas().nodes()) {
        const QColor fill = kindColors(tokens, item->card().group).fill;
        painter.fillRect(map.mapRect(item->cardRect()).toAlignedRect(), mixed(fill, tokens.panel, 0.85));
    }
    QRectF seen = map.mapRect(m_view.visibleSceneRect());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(seen.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
}

void Minimap::centreAt(QPoint point) {
    bool invertible = false;
    const QTransform back = toMap().inverted(&invertible);
    if (invertible) m_view.centerOn(back.map(QPointF(point)));
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    centreAt(event->pos());
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton)) centreAt(event->pos());
}

void Minimap::mouseDoubleClickEvent(QMouseEvent*) {
    m_view.fitAll();
}

}  // namespace rw::ui
