#include "widgets/charts/drawing/gauge_dial.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/charts/drawing/ticks.h"
#include "widgets/document/number_text.h"

namespace rw::ui {

namespace {

constexpr int kHalfTurn = 180 * 16;  ///< as QPainter::drawArc counts
constexpr double kBandShare = 0.18, kThinnestBand = 5, kThickestBand = 24;
constexpr double kZoneEdge = 2, kNeedle = 2;

double turnsOf(double place) {
    return (place - 0.5) / 2;
}

/// From one place of the scale to another, `width` thick, its outer edge at `radius`.
void paintPart(QPainter& painter, const Dial& dial, double radius, double width, double from, double to,
               const QColor& color) {
    const int begin = static_cast<int>(std::lround(kHalfTurn * (1 - from)));
    const int end = static_cast<int>(std::lround(kHalfTurn * (1 - to)));
    if (begin == end) return;
    const double middle = radius - width / 2;
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
    painter.drawArc(QRectF(dial.center - QPointF(middle, middle), QSizeF(2 * middle, 2 * middle)), begin,
                    end - begin);
}

/// Across the band and a little beyond it.
void paintMark(QPainter& painter, const Dial& dial, double place, const QColor& color) {
    const double turns = turnsOf(place);
    painter.setPen(QPen(color, kNeedle));
    painter.drawLine(onCircle(dial.center, dial.radius - dial.band() - kNeedle, turns),
                     onCircle(dial.center, dial.radius + kNeedle, turns));
}

/// Below the end that a value is beyond: the scale would go on there.
void paintBeyond(QPainter& painter, const Dial& dial, bool right, const QColor& color) {
    const double band = dial.band(), side = right ? 1 : -1;
    const double outer = dial.center.x() + side * dial.radius, inner = outer - side * band;
    const double top = dial.center.y() + kNeedle;
    const std::array<QPointF, 3> arrow{QPointF(inner, top), QPointF(outer, top),
                                       QPointF((inner + outer) / 2, top + band * 0.7)};
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawConvexPolygon(arrow.data(), static_cast<int>(arrow.size()));
    painter.setBrush(Qt::NoBrush);
}

}  // namespace

double Dial::band() const {
    return std::clamp(radius * kBandShare, kThinnestBand, kThickestBand);
}

// By halves: the length of the scale may be more than a DOUBLE holds.
double placeOnScale(const GaugeInfo& info, double value) {
    const double within = std::clamp(value, info.min, info.max);
    return (within / 2 - info.min / 2) / (info.max / 2 - info.min / 2);
}

bool isAbove(const GaugeInfo& info, const std::optional<double>& value) {
    return value && info.threshold && *value > *info.threshold;
}

void paintDial(QPainter& painter, const Dial& dial, const GaugeInfo& info, const std::optional<double>& value,
               const Tokens& tokens) {
    const double band = dial.band();
    if (dial.radius <= band) return;
    painter.setBrush(Qt::NoBrush);
    paintPart(painter, dial, dial.radius, band, 0, 1, tokens.line);
    const QColor filled = isAbove(info, value) ? tokens.error.line : tokens.series[0];
    if (value) paintPart(painter, dial, dial.radius, band, 0, placeOnScale(info, *value), filled);
    if (info.threshold && *info.threshold < info.max) {
        const double from = placeOnScale(info, *info.threshold);
        paintPart(painter, dial, dial.radius + 2 * kZoneEdge, kZoneEdge, from, 1, tokens.error.line);
        paintMark(painter, dial, from, tokens.error.line);
    }
    if (!value) return;
    paintMark(painter, dial, placeOnScale(info, *value), tokens.text);
    if (*value < info.min || *value > info.max) paintBeyond(painter, dial, *value > info.max, filled);
}

std::vector<CircleWords> scaleWords(const GaugeInfo& info, int wanted) {
    std::vector<CircleWords> words{{turnsOf(0), roundedText(info.min), {}},
                                   {turnsOf(1), roundedText(info.max), {}}};
    for (const Tick& tick : numberTicks(info.min, info.max, wanted)) {
        if (tick.at > info.min && tick.at < info.max)
            words.push_back({turnsOf(placeOnScale(info, tick.at)), tick.label, {}});
    }
    return words;
}

}  // namespace rw::ui
