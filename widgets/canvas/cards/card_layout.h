// Where the parts of a card are: pure geometry in the card's own coordinates, (0, 0) its top left corner.
#pragma once
#include <QPointF>
#include <QRectF>
#include <vector>

#include "widgets/canvas/cards/card_model.h"

namespace rw::ui {

namespace card_metrics {
inline constexpr double kHeader = 32;
inline constexpr double kSign = 14;    ///< an icon in the header
inline constexpr double kSignGap = 6;  ///< right of it
inline constexpr double kSettings = 40;
inline constexpr double kPortRow = 20;
inline constexpr double kThumbnail = 64;
inline constexpr double kFooter = 28;
inline constexpr double kMetrics = 46;
inline constexpr double kQueue = 24;
inline constexpr double kStrip = 24;
inline constexpr double kInset = 8;    ///< of a picture
inline constexpr double kMargin = 10;  ///< of words
inline constexpr double kPortBody = 10, kPortHover = 16, kPortHit = 24;
inline constexpr double kBreakMark = 10;  ///< of a breakpoint, beside its port
}  // namespace card_metrics

struct CardLayout {
    QRectF card;
    QRectF header, icon, title, dot;
    QRectF verdict;   ///< left of the dot; null without one
    QRectF settings;  ///< null for sinks and collapsed cards; so are the others that are not there
    QRectF thumbnail, footer, metrics, queue, strip;
    std::vector<QPointF> ports;     ///< centres, as in CardModel::ports
    std::vector<QRectF> portNames;  ///< null where the name is not shown

    /// Everything that is painted, hovered ports and edges included.
    QRectF bounds() const;
    /// Index of the port whose hit area holds `point`, or -1; `slack` widens the area.
    int portAt(QPointF point, double slack = 0) const;
};

double cardWidth(NodeGroup group);
/// How much higher the line at its foot and its queue make a card.
double footGrowth(const CardModel& card);
/// `tight`: there is no room below for that, and its own parts give way: of the figures the trend, of a
/// picture a part of its height.
CardLayout cardLayout(const CardModel& card, bool tight = false);

}  // namespace rw::ui
