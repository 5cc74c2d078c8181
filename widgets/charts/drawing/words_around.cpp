#include "widgets/charts/drawing/words_around.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace rw::ui {

namespace {

constexpr double kFromCircle = 6, kBetweenWords = 2, kUpright = 0.2;

QRectF besideCircle(const QPointF& center, double radius, double turns, const QSizeF& size) {
    const QPointF toward = onCircle({}, 1, turns);
    // Above and below the circle words need half of their height more.
    const QPointF at = center + toward * (radius + kFromCircle + std::fabs(toward.y()) * size.height() / 2);
    const double left = toward.x() > kUpright    ? at.x()
                        : toward.x() < -kUpright ? at.x() - size.width()
                                                 : at.x() - size.width() / 2;
    return {QPointF(left, at.y() - size.height() / 2), size};
}

bool liesOutside(const QRectF& place, const QPointF& center, double radius) {
    const QPointF nearest(std::clamp(center.x(), place.left(), place.right()),
                          std::clamp(center.y(), place.top(), place.bottom()));
    return std::hypot(nearest.x() - center.x(), nearest.y() - center.y()) >= radius;
}

}  // namespace

QPointF onCircle(const QPointF& center, double radius, double turns) {
    const double angle = 2 * std::numbers::pi * turns;
    return center + QPointF(std::sin(angle), -std::cos(angle)) * radius;
}

std::vector<PlacedWords> placeAround(const QRectF& area, const QPointF& center, double radius,
                                     const std::vector<CircleWords>& wanted, const QFontMetricsF& metrics) {
    std::vector<PlacedWords> placed;
    const auto fits = [&](const QRectF& place) {
        const QRectF around = place.adjusted(-kBetweenWords, 0, kBetweenWords, 0);
        return area.contains(place) && liesOutside(place, center, radius) &&
               std::none_of(placed.begin(), placed.end(),
                            [&](const PlacedWords& other) { return other.place.intersects(around); });
    };
    for (const CircleWords& each : wanted) {
        for (const QString& words : {each.words, each.brief}) {
            if (words.isEmpty()) continue;
            const QSizeF size(metrics.horizontalAdvance(words) + 1, metrics.height());
            const QRectF place = besideCircle(center, radius, each.turns, size);
            if (!fits(place)) continue;
            placed.push_back({place, words});
            break;
        }
    }
    return placed;
}

}  // namespace rw::ui
