// Words that others wrote (titles, names, paths, data), made fit to be shown. Nothing here reads markup: that
// no label and no tooltip does is the doing of ControlStyle, which makes all of them plain.
#pragma once
#include <QString>

class QAction;

namespace rw::ui {

/// No line on a screen shows more; measuring a text of a million characters takes seconds.
inline constexpr qsizetype kShownLength = 512;
/// A tooltip may show the whole of a text that was cut elsewhere, within reason.
inline constexpr qsizetype kTipLength = 2000;

/// One line of at most `most` characters, then “…”: line ends become spaces, other control characters “�”,
/// and characters that would turn the order of the words around it are removed. The text itself where that
/// changes nothing.
QString shownText(const QString& text, qsizetype most = kShownLength);
/// The same with its line ends: for tooltips and notes.
QString shownLines(const QString& text, qsizetype most);

/// `text` as the words of a menu entry, a button or a tab, in which an & would underline a letter.
QString labelText(const QString& text);
/// `text` as a window title, in which “[*]” would be the mark of changes.
QString titleBarText(const QString& text);
/// An entry of a list in a menu, counted from 1: its number is its letter, and behind nine the letters
/// follow.
QString numberedLabel(qsizetype number, const QString& words);

/// The words of a menu entry where nothing underlines a letter: “&Open…” is “Open…”, “打开(&O)…” is “打开…”.
QString withoutMnemonic(const QString& words);
/// The words of an action outside a menu.
QString plainText(const QAction& action);

}  // namespace rw::ui
