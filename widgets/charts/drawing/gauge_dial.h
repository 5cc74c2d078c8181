// The half circle of a gauge: its scale from the left to the right, the part that the value fills, and the part
// above the threshold.
#pragma once
#include <QPainter>
#include <optional>
#include <vector>

#include "core/views/gauge_view.h"
#include "widgets/charts/drawing/words_around.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

struct Dial {
    QPointF center{};
    double radius = 0;  ///< of the outer edge
    double band() const;
};

/// The place of `value` from the left to the right end, 0 to 1; values beyond an end are at it.
double placeOnScale(const GaugeInfo& info, double value);

bool isAbove(const GaugeInfo& info, const std::optional<double>& value);  ///< the threshold

void paintDial(QPainter& painter, const Dial& dial, const GaugeInfo& info, const std::optional<double>& value,
               const Tokens& tokens);

/// The ends of the scale, then its round numbers.
std::vector<CircleWords> scaleWords(const GaugeInfo& info, int wanted);

}  // namespace rw::ui
