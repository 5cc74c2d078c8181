// What the README of a folder must say: a stranger reads it first, so it names what there is, and the
// folder includes no more than it says.
#pragma once
#include <QString>
#include <QStringList>

namespace rw::house {

/// The folders with C++ files, from the top, sorted. Those of tests/unit have one README for all, there.
QStringList foldersWithSources();

/// What is wrong with `lines`, the README.md of `folder`; empty when nothing is. No lines: there is none.
QString readmeFault(const QString& folder, const QStringList& lines);

}  // namespace rw::house
