// Faults that a picky reader finds on a window that is full of data: words that are cut, figures that are
// written against the rules of core/base/figures.h, columns that have no room for what they are about.
#pragma once
#include <QStringList>

class QWidget;

namespace rw::ui {

/// A line for every fault of what `root` and the visible widgets in it paint:
/// - words that end at an edge without an ellipsis;
/// - words with an ellipsis whose whole no tooltip has, or of which fewer than a dozen characters are seen in
/// a
///   table that has room for more; figures with an ellipsis, whatever has them;
/// - columns that are narrower than their heads;
/// - figures and counted things of badFigures().
QStringList wordFaults(QWidget& root);

/// The parts of a line that are no figures as people read them: “1e+05”, fifteen digits, “12 KB”, “1 rows”.
QStringList badFigures(const QString& words);

}  // namespace rw::ui
