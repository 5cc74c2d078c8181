// The required content of a folder's README: a stranger reads it first, so it names the files, and the folder
// includes no more than it says.
#pragma once
#include <QString>
#include <QStringList>

namespace rw::house {

/// The folders with C++ files, from the top, sorted. Those of tests/unit have one README for all, there.
QStringList foldersWithSources();

/// The errors in `lines`, the README.md of `folder`; empty when there are none. No lines: there is none.
QString readmeFault(const QString& folder, const QStringList& lines);

}  // namespace rw::house
