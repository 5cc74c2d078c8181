// Slanted lines for what may still change: open windows, provisional spans and bars.
#pragma once
#include <QBrush>

namespace rw::ui {

/// A brush of thin lines in `color` on nothing; `ratio` is the device's pixel ratio.
QBrush hatchBrush(const QColor& color, double ratio);

}  // namespace rw::ui
