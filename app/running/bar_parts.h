// The parts of bars: lines between widgets, and buttons that do not move when their words
// change.
#pragma once
#include <QStringList>

class QFrame;
class QPushButton;

namespace rw::ui {

/// A line from top to bottom, for a row of controls. The caller owns it.
QFrame* barSeparator();
/// Makes a button wide enough for each of these texts of actions, whichever it shows; one without words for
/// its icon alone.
void fitButton(QPushButton& button, const QStringList& texts);

}  // namespace rw::ui
