// Parts of a panel as a user finds them: by their names.
#pragma once
#include <QtWidgets/QtWidgets>

#include "widgets/theme/icon_button.h"

namespace rw::ui {

inline QTableView& tableIn(const QWidget& panel, const char* name) {
    for (auto* each : panel.findChildren<QTableView*>()) {
        if (each->accessibleName() == QLatin1String(name)) return *each;
    }
    qFatal("no such table");
}

/// By how its tip begins.
inline IconButton& toolIn(const QWidget& tools, const char* words) {
    for (auto* each : tools.findChildren<IconButton*>()) {
        if (each->toolTip().startsWith(QLatin1String(words))) return *each;
    }
    qFatal("no such button");
}

}  // namespace rw::ui
