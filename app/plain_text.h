// The words of an action outside a menu, where nothing underlines its letter.
#pragma once
#include <QAction>

namespace rw::ui {

inline QString plainText(const QAction& action) {
    return action.text().remove(QLatin1Char('&'));
}

}  // namespace rw::ui
