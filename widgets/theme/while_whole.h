#pragma once
#include <QObject>

namespace rw::ui {

/// A member of a widget that is the context of what it does when a line of text is left. It is gone before the base
/// class, which takes the focus from a line that has it: that line would else call a widget that is not whole any more.
using WhileWhole = QObject;

}  // namespace rw::ui
