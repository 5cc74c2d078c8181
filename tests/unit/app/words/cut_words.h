// Texts of a window that are cut, or overlap something else: of visible widgets, by their own size hints.
#pragma once
#include <QStringList>

class QWidget;

namespace rw::ui {

/// A line for every label, button, tab and head whose words have less room than they need, unless its tool
/// tip has them, and for parts of a layout that overlap or stand outside of it. Empty: all is whole.
QStringList cutWords(const QWidget& root);

}  // namespace rw::ui
