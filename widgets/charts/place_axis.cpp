#include "widgets/charts/place_axis.h"

#include <algorithm>
#include <cmath>

#include "widgets/charts/data_table.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/line_chart.h"
#include "widgets/document/number_text.h"

namespace rw::ui {

namespace {

/// Of a place that is a time; a time beyond all clocks is cut to the last one.
Instant instantOf(double at) {
    constexpr double kFarthest = 8e15;  // 250 000 years
    return std::llround(std::clamp(at, -kFarthest, kFarthest));
}

}  // namespace

AxisLook PlaceAxis::look(double at) const {
    const QString name = QString::fromStdString(column.name);
    if (!times()) return {AxisLook::Kind::Number, name, zone, {}};
    const QString where = zoneText(zone, instantOf(at));
    const QString title = eventTime ? LineChart::tr("Event time (%1)").arg(where)
                                    : name + QStringLiteral(" (") + where + QLatin1Char(')');
    return {AxisLook::Kind::Time, title, zone, {}};
}

QString PlaceAxis::text(double at) const {
    return times() ? clockText(instantOf(at), zone) : shownNumber(at);
}

QString PlaceAxis::spanText(double from, double to) const {
    if (times()) return ui::spanText(instantOf(from), instantOf(to), zone);
    return numbersText({from, to});
}

QString PlaceAxis::csv(double at) const {
    return times() ? isoTime(instantOf(at), zone) : csvNumber(at);
}

QString PlaceAxis::rangeText(const Range& shown) const {
    return times() ? text(shown.from) + QStringLiteral("–") + text(shown.to) : QString();
}

QString numbersText(const Range& range) {
    if (range.from == range.to) return shownNumber(range.from);
    return shownNumber(range.from) + QStringLiteral(" – ") + shownNumber(range.to);
}

Range valueRange(double least, double most) {
    least = std::clamp(least, -kFarthestPlace, kFarthestPlace);
    most = std::clamp(most, -kFarthestPlace, kFarthestPlace);
    return roundRange(least, most, least >= 0 && least < most / 2);
}

}  // namespace rw::ui
