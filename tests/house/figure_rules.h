// Numbers are shown by core/base/figures.h and its face in the window, widgets/document/number_text.h.
#pragma once
#include <QString>
#include <QStringList>

namespace rw::house {

/// Lines of the file that write a number for people by themselves, “line: why” each; nothing for the files of
/// the rules themselves.
QStringList strayFigures(const QString& path, const QString& source);

}  // namespace rw::house
