// How the boxes below a form are laid out that say in three lines how a node does.
#pragma once
#include <QVBoxLayout>

class QLabel;

namespace rw::ui {

/// Sets the look of the box and of its lines: what it is about, the result, the rest. Gives the column that
/// they go into.
QVBoxLayout* layOutBelowForm(QWidget& box, QLabel& head, QLabel& result, QLabel& rest);

}  // namespace rw::ui
