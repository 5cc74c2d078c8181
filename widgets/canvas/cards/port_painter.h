// Ports: the shape tells the stream type, filled is wired, hollow is free.
#pragma once
#include <QPainter>

#include "widgets/canvas/cards/card_model.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

enum class PortEmphasis {
    None,
    Hover,  ///< larger
    Fits,   ///< a ring: the wire being drawn may end here
    Dimmed  ///< it may not
};

/// The colour of the rows of a port of that role; `group` of the node it belongs to.
QColor portColor(const Tokens& tokens, const CardPort& port, NodeGroup group);

void paintPort(QPainter& painter, QPointF centre, const CardPort& port, NodeGroup group,
               PortEmphasis emphasis, const Tokens& tokens);

/// Circle, diamond, triangle or square of that size around the origin.
QPainterPath portShape(PortRole role, bool updating, double size);

}  // namespace rw::ui
