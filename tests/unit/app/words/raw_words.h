// Words of a window that hold what no label may get as it is, see core/base/control_characters.h: told of
// all that can be seen, heard or hovered, whoever wrote it.
#pragma once
#include <QStringList>

class QGraphicsScene;
class QWidget;

namespace rw::ui {

/// A line for every label, button, tab, menu, cell, tooltip and name for screen readers in `root` that holds
/// such a character. What a field is there to edit is not among them. Empty: all went through shownText().
QStringList rawWords(const QWidget& root);

/// What `root` and the visible widgets in it paint, but for fields that a person types in: the widget's class
/// and the words.
QStringList paintOf(QWidget& root);
/// The same of all items of a scene, which keeps no pictures of them from now on.
QStringList paintOf(QGraphicsScene& scene);
/// Those of the words that hold such a character.
QStringList rawAmong(const QStringList& words);

}  // namespace rw::ui
