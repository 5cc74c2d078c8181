// The application's style sheet: resources/themes/controls.qss with the theme's values put in.
#pragma once
#include <QString>

namespace rw::ui {

class Theme;

// In the file, @name stands for a token ("@accent", "@error.text") and @28 for 28 pixels at the theme's zoom.
QString styleSheet(const Theme& theme);

}  // namespace rw::ui
