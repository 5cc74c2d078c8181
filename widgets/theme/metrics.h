// Sizes in logical pixels at 100 % text zoom (a grid of 8, inner steps of 4). Rows, bars and controls that
// hold words go through Theme::scaled(), so that they grow with the text; gaps, edges and radii do not.
#pragma once

namespace rw::ui::metrics {

inline constexpr int kStep = 4;
inline constexpr int kGrid = 8;
inline constexpr int kPanelPadding = 16;
inline constexpr int kListPadding = 12;
inline constexpr int kBarPadding = 6;       // above and below the widgets in a row of tools
inline constexpr int kDialogPadding = 24;   // at the sides
inline constexpr int kDialogHeadroom = 20;  // above and below
inline constexpr int kColumnGap = 24;       // between columns of words

inline constexpr int kMenuBarHeight = 32;
inline constexpr int kToolBarHeight = 48;
inline constexpr int kTabBarHeight = 32;
inline constexpr int kStatusBarHeight = 24;
inline constexpr int kInspectorHeadHeight = 56;
inline constexpr int kFooterHeight = 48;

inline constexpr int kControlHeight = 28;
inline constexpr int kSmallButtonHeight = 24;
inline constexpr int kTableRowHeight = 28;
inline constexpr int kGroupRowHeight = 28;
inline constexpr int kItemRowHeight = 36;

inline constexpr int kBarRadius = 2;  // of bars and marks
inline constexpr int kCapRadius = 3;
inline constexpr int kControlRadius = 4;
inline constexpr int kCardRadius = 6;
inline constexpr int kFocusRing = 2;
inline constexpr int kMinimumTarget = 24;

inline constexpr int kIconTiny = 12;
inline constexpr int kIconSmall = 14;
inline constexpr int kIcon = 16;
inline constexpr int kIconLarge = 20;

}  // namespace rw::ui::metrics
