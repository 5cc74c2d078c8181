#include "widgets/charts/series_look.h"

#include "widgets/theme/tokens.h"

namespace rw::ui {

namespace {
constexpr std::size_t kSolid = 4, kThickUpTo = 4;
}

QColor seriesColor(const Tokens& tokens, std::size_t place) {
    return tokens.series[place % tokens.series.size()];
}

Qt::PenStyle seriesStroke(std::size_t place) {
    if (place % 8 < kSolid) return Qt::SolidLine;
    return place % 2 == 0 ? Qt::DashLine : Qt::DashDotLine;
}

QPen seriesPen(const Tokens& tokens, std::size_t place, std::size_t count) {
    QPen pen(seriesColor(tokens, place), count > kThickUpTo ? 1.0 : 2.0, seriesStroke(place));
    pen.setJoinStyle(Qt::RoundJoin);
    return pen;
}

QPen thinPen(const Tokens& tokens, std::size_t place) {
    QPen pen(seriesColor(tokens, place), 1);
    pen.setCosmetic(true);
    return pen;
}

}  // namespace rw::ui
