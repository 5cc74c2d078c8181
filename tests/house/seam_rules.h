// The parts of the outside world that core reaches only by the interfaces of RunOptions: time, threads, files.
#pragma once
#include <QString>
#include <QStringList>

namespace rw::house {

/// Why `line` of the file `path` of core goes past them, “word: what to use instead”; empty when it doesn't.
QString pastTheSeams(const QString& path, const QString& line);

/// The files that stand at the edge and may, “path: rule” each.
QStringList filesAtTheEdge();

/// Those of them that the line needs.
QStringList edgesThatAllow(const QString& path, const QString& line);

}  // namespace rw::house
