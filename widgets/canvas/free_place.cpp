#include "widgets/canvas/free_place.h"

#include <algorithm>
#include <cmath>

#include "widgets/canvas/tools/snapping.h"

namespace rw::ui {

namespace {

constexpr double kGap = kGrid;
constexpr double kBetweenPorts = 48;  // of cards side by side: a wire between them is seen
constexpr double kNear = 640;         // so far around a place others are tried
constexpr double kMostSteps = 96;     // that a room is divided into, however small the zoom is

bool isFree(const QRectF& card, const std::vector<QRectF>& taken, double gap = kGap) {
    const double beside = gap > 0 ? kBetweenPorts : 0;
    const QRectF around = card.adjusted(-beside, -gap, beside, gap);
    return std::none_of(taken.begin(), taken.end(),
                        [&around](const QRectF& other) { return other.intersects(around); });
}

double distance(QPointF from, QPointF to) {
    const QPointF by = to - from;
    constexpr double kBackwards = 1.25;
    return std::hypot(by.x() * (by.x() < 0 ? kBackwards : 1), by.y() * (by.y() < 0 ? kBackwards : 1));
}

}  // namespace

std::optional<QPointF> freePlaceWithin(const QRectF& room, QSizeF size, QPointF wanted,
                                       const std::vector<QRectF>& taken) {
    if (room.contains(QRectF(wanted, size)) && isFree({wanted, size}, taken, 0)) return wanted;
    std::vector<QRectF> near;
    for (const QRectF& each : taken) {
        if (each.intersects(room.adjusted(-kBetweenPorts, -kGap, kBetweenPorts, kGap))) near.push_back(each);
    }
    const double step =
        std::max(1.0, std::ceil(std::max(room.width(), room.height()) / kMostSteps / kGrid)) * kGrid;
    std::optional<QPointF> best;
    const double left = std::ceil(room.left() / kGrid) * kGrid, top = std::ceil(room.top() / kGrid) * kGrid;
    for (double x = left; x + size.width() <= room.right(); x += step) {
        for (double y = top; y + size.height() <= room.bottom(); y += step) {
            const QPointF at(x, y);
            if (best && distance(wanted, at) >= distance(wanted, *best)) continue;
            if (isFree({at, size}, near)) best = at;
        }
    }
    return best;
}

QPointF freePlaceNear(QSizeF size, QPointF wanted, const std::vector<QRectF>& taken) {
    const QRectF around(wanted - QPointF(kNear, kNear), size + QSizeF(2 * kNear, 2 * kNear));
    if (const auto place = freePlaceWithin(around, size, wanted, taken)) return *place;
    QPointF place(snapped(wanted.x()), snapped(wanted.y()));
    while (!isFree({place, size}, taken)) place.ry() += kGrid;
    return place;
}

}  // namespace rw::ui
