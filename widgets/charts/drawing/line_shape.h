// Shared by a line chart and its thumbnail: the range of both axes, and where a line and its band run between
// them.
#pragma once
#include <QList>
#include <QPointF>
#include <QRectF>
#include <functional>
#include <limits>

#include "core/views/line_view.h"
#include "widgets/charts/drawing/ticks.h"

class QColor;
class QPainter;

namespace rw::ui {

inline constexpr Range kNoValues{std::numeric_limits<double>::infinity(),
                                 -std::numeric_limits<double>::infinity()};
Range united(const Range& a, const Range& b);

/// The time that is shown while following the newest rows: the last `span` of it, 0: all.
Range liveTimes(const LineExtent& extent, Millis span);
/// The vertical axis for values in `seen`: round, from zero where zero says something, with the threshold.
Range valueAxis(const LineInfo& info, Range seen);

/// A line on both sides of the watermark, by time and value, cut where it leaves the picture.
struct LineShape {
    QList<QPointF> final, open;  ///< the open part begins where the final one ends
    Range values = kNoValues;    ///< of the visible points
    bool endsInside = false;     ///< its last point is seen
};
LineShape shapeOf(const LineSnapshot& shot, const LineSeries& line, const Range& times);

/// The edges of a band by time and value, cut where it leaves the picture; empty: it is not in it.
struct BandShape {
    QList<QPointF> low, high;
    Range values = kNoValues;
};
BandShape bandOf(const LineSeries& line, const Range& times);
/// `place`: where a point of the band is in the picture; nothing is drawn outside of `area`.
void paintBand(QPainter& painter, const BandShape& band, const QColor& color, const QRectF& area,
               const std::function<QPointF(const QPointF&)>& place);

}  // namespace rw::ui
