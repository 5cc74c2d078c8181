// Words of tooltips, which Qt does not break into lines: a long one would be wider than the screen.
#pragma once
#include <QString>

namespace rw::ui {

/// In lines of 80 letters at most, Chinese ones counted twice. They end where words do; a longer word is
/// broken.
QString wrappedLines(const QString& words);

/// Words that others wrote, such as the value of a cell: shownLines() of kTipLength, wrapped, 40 lines at
/// most.
QString tipText(const QString& words);

}  // namespace rw::ui
