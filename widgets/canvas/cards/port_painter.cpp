#include "widgets/canvas/cards/port_painter.h"

#include <QPainterPath>

#include "widgets/canvas/cards/card_layout.h"

namespace rw::ui {

QColor portColor(const Tokens& tokens, const CardPort& port, NodeGroup group) {
    switch (port.role) {
        case PortRole::Late:
            return tokens.warn.line;
        case PortRole::Rejected:
            return tokens.error.text;
        case PortRole::Rows:
            break;
    }
    return !port.input && group == NodeGroup::Source ? tokens.source.text : tokens.op.text;
}

QPainterPath portShape(PortRole role, bool updating, double size) {
    const double half = size / 2;
    QPainterPath path;
    if (role == PortRole::Late) {
        path.addPolygon(QPolygonF({{-half * 0.8, -half}, {half, 0}, {-half * 0.8, half}}));
        path.closeSubpath();
    } else if (role == PortRole::Rejected) {
        path.addRoundedRect(QRectF(-half * 0.9, -half * 0.9, size * 0.9, size * 0.9), 1, 1);
    } else if (updating) {
        path.addPolygon(
            QPolygonF({{0, -half * 1.15}, {half * 1.15, 0}, {0, half * 1.15}, {-half * 1.15, 0}}));
        path.closeSubpath();
    } else {
        path.addEllipse(QPointF(0, 0), half, half);
    }
    return path;
}

namespace {

// On the wire that leaves the port, as editors mark the line of a program.
void paintMark(QPainter& painter, BreakMark mark, const Tokens& tokens) {
    constexpr double kRadius = card_metrics::kBreakMark / 2;
    const QPointF centre(card_metrics::kPortHover / 2 + kRadius + 2, 0);
    painter.setPen(QPen(tokens.card, 3));
    painter.setBrush(tokens.card);
    painter.drawEllipse(centre, kRadius, kRadius);
    painter.setPen(QPen(tokens.error.line, 2));
    painter.setBrush(mark == BreakMark::Off ? tokens.card : tokens.error.line);
    painter.drawEllipse(centre, kRadius - 1, kRadius - 1);
    if (mark != BreakMark::Stands) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.card);
    painter.drawPolygon(
        QPolygonF({centre + QPointF(-1.5, -2.5), centre + QPointF(2.5, 0), centre + QPointF(-1.5, 2.5)}));
}

}  // namespace

void paintPort(QPainter& painter, QPointF centre, const CardPort& port, NodeGroup group,
               PortEmphasis emphasis, const Tokens& tokens) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(centre);
    if (emphasis == PortEmphasis::Dimmed) painter.setOpacity(opacityOf(Shade::Dimmed) * painter.opacity());
    const bool hovered = emphasis == PortEmphasis::Hover;
    const double size = hovered ? card_metrics::kPortHover - 2 : card_metrics::kPortBody;
    const QColor color = portColor(tokens, port, group);
    const QPainterPath shape = portShape(port.role, port.updating, size);
    if (port.mark != BreakMark::None) paintMark(painter, port.mark, tokens);
    // A rim in the canvas colour keeps the port apart from the card's edge.
    painter.strokePath(shape, QPen(tokens.card, 3));
    if (port.wired || hovered) {
        painter.fillPath(shape, color);
    } else {
        painter.setPen(QPen(color, 2));
        painter.setBrush(tokens.card);
        painter.drawPath(portShape(port.role, port.updating, size - 1));
    }
    if (emphasis == PortEmphasis::Fits) {
        painter.setPen(QPen(tokens.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(0, 0), 11, 11);
    }
    painter.restore();
}

}  // namespace rw::ui
