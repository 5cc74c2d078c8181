// Words are shown as they are: Qt classes that read markup are used in a few files only, each of which escapes
// its input or shows nothing but our own pages.
#pragma once
#include <QString>
#include <QStringList>

namespace rw::house {

/// Why `line` of the file `path` may take words for markup, “word: what to do instead”; empty when it can't.
QString takesMarkup(const QString& path, const QString& line);

/// The files that may, “path: rule” each.
QStringList filesOfMarkup();

/// Those of them that the line needs.
QStringList markupThatNeeds(const QString& path, const QString& line);

}  // namespace rw::house
