// The pictures of HintSketch.
#pragma once
#include <QPainter>

#include "widgets/welcome/hint_sketch.h"

namespace rw::ui {

/// Each is painted into 176 × 48 from the painter's origin.
inline constexpr QSize kGestureSize(176, 48);
void paintGesture(QPainter& painter, HintSketch::Gesture gesture);

}  // namespace rw::ui
