// How screen readers see the main windows that are tabs.
#pragma once

namespace rw::ui {

/// From now on a main window within another one is a panel to them, for the program has one window. Before
/// such a window is made; once is enough.
void showTabsAsPanels();

}  // namespace rw::ui
