// Shared by a line chart and its thumbnail: the range of both axes, and where a line runs between them.
#pragma once
#include <QList>
#include <QPointF>
#include <limits>

#include "core/views/line_view.h"
#include "widgets/charts/drawing/ticks.h"

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

}  // namespace rw::ui
