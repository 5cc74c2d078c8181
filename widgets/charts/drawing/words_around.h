// Words around a circle: the shares of a pie, the numbers of a gauge.
#pragma once
#include <QFontMetricsF>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <vector>

namespace rw::ui {

/// A place on a circle by its turns, which go clockwise from the top: 0.25 is at the right.
QPointF onCircle(const QPointF& center, double radius, double turns);

struct CircleWords {
    double turns = 0;
    QString words{};
    QString brief{};  ///< where there is no room for the words; empty: nothing
};

struct PlacedWords {
    QRectF place{};
    QString words{};
};

/// The places of words, each beside its place on the circle. None leave `area`, are on the circle's inside or
/// over others; words without room are left out, and the first have the first choice.
std::vector<PlacedWords> placeAround(const QRectF& area, const QPointF& center, double radius,
                                     const std::vector<CircleWords>& wanted, const QFontMetricsF& metrics);

}  // namespace rw::ui
