// Paints a card from its model and layout. Rates and pictures are painted apart, see metrics_painter.h.
#pragma once
#include <QPainter>

#include "widgets/canvas/cards/card_layout.h"
#include "widgets/canvas/cards/port_painter.h"

namespace rw::ui {

/// How much of a card is worth painting at a zoom.
enum class Detail {
    Full,
    Plain,  ///< below 60 %: no port names, no metrics
    Header  ///< below 35 %: header and wires
};
inline constexpr double kFullDetailFrom = 0.6;
Detail detailAt(double scale);

struct CardLook {
    bool selected = false, hovered = false, focused = false;
    bool target = false;  ///< a wire being drawn may end at this card
    Detail detail = Detail::Full;
    bool operator==(const CardLook&) const = default;
};

/// Where the title is painted.
QRectF titleBox(const CardModel& card, const CardLayout& layout, Detail detail);
/// Where a badge with words is painted: left of the dot, or beside the name of the type where the title would
/// be cut for it. Null: it has no words.
QRectF badgeBox(const CardModel& card, const CardLayout& layout, Detail detail);

void paintCard(QPainter& painter, const CardModel& card, const CardLayout& layout, const CardLook& look,
               const std::vector<PortEmphasis>& ports);

}  // namespace rw::ui
