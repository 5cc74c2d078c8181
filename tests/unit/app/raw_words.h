// Words of a window that hold what no label may get as it is, see core/base/control_characters.h: told of
// all that can be seen, heard or hovered, whoever wrote it.
#pragma once
#include <QStringList>

class QWidget;

namespace rw::ui {

/// A line for every label, button, tab, menu, cell, tooltip and name for screen readers in `root` that holds
/// such a character. What a field is there to edit is not among them. Empty: all went through shownText().
QStringList rawWords(const QWidget& root);

}  // namespace rw::ui
