#include "widgets/canvas/tools/snapping.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace rw::ui {

namespace {

struct Match {
    double shift = 0;
    double at = 0;
    QRectF other{};
};

using Marks = std::array<double, 3>;

Marks across(const QRectF& rect) {
    return {rect.left(), rect.center().x(), rect.right()};
}
Marks down(const QRectF& rect) {
    return {rect.top(), rect.center().y(), rect.bottom()};
}

// The smallest shift that brings like marks into line: left to left, centre to centre, right to right.
std::optional<Match> nearest(const QRectF& rect, const std::vector<QRectF>& others, double reach,
                             Marks (*marks)(const QRectF&)) {
    std::optional<Match> best;
    const Marks own = marks(rect);
    for (const QRectF& other : others) {
        const Marks theirs = marks(other);
        for (std::size_t i = 0; i < own.size(); ++i) {
            const double shift = theirs[i] - own[i];
            if (std::abs(shift) > (best ? std::abs(best->shift) - 1e-9 : reach)) continue;
            best = Match{shift, theirs[i], other};
        }
    }
    return best;
}

}  // namespace

double snapped(double value) {
    return std::round(value / kGrid) * kGrid;
}

Snap snap(const QRectF& rect, const std::vector<QRectF>& others, double reach, bool grid) {
    const auto vertical = nearest(rect, others, reach, across);
    const auto horizontal = nearest(rect, others, reach, down);
    Snap result;
    const QPointF onGrid =
        grid ? QPointF(snapped(rect.left()) - rect.left(), snapped(rect.top()) - rect.top()) : QPointF();
    result.offset = {vertical ? vertical->shift : onGrid.x(), horizontal ? horizontal->shift : onGrid.y()};
    const QRectF placed = rect.translated(result.offset);
    if (vertical) {
        const QRectF both = placed.united(vertical->other);
        result.guides.emplace_back(vertical->at, both.top() - 8, vertical->at, both.bottom() + 8);
    }
    if (horizontal) {
        const QRectF both = placed.united(horizontal->other);
        result.guides.emplace_back(both.left() - 8, horizontal->at, both.right() + 8, horizontal->at);
    }
    return result;
}

}  // namespace rw::ui
