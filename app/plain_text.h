// The words of an action outside a menu, where nothing underlines its letter.
#pragma once
#include <QAction>

#include "widgets/theme/shown_text.h"

namespace rw::ui {

inline QString plainText(const QAction& action) {
    return withoutMnemonic(action.text());
}

}  // namespace rw::ui
