// The stacking order of items on the canvas.
#pragma once

namespace rw::ui::layers {

inline constexpr double kNote = 0, kNextNote = 1e-6;  ///< each is a little above the one before it
inline constexpr double kWire = 10;
inline constexpr double kWireLabel = 20;
inline constexpr double kNode = 30;
inline constexpr double kSelectedNode = 31;
inline constexpr double kBackwardWire = 40;
inline constexpr double kGuide = 50;  ///< guide lines, rubber band, the wire being drawn

}  // namespace rw::ui::layers

namespace rw::ui {

/// Opacity of what is off the way that is shown.
inline constexpr double kFaint = 0.32;

}  // namespace rw::ui
