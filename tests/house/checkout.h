// The files of the project: the input of the tests of the house.
#pragma once
#include <QString>
#include <QStringList>
#include <vector>

namespace rw::house {

struct SourceFile {
    QString path;       ///< from the project's top, with '/'
    QStringList lines;  ///< without line ends

    bool operator==(const SourceFile& other) const = default;
};

/// The project's top folder.
QString top();

/// Every file below these folders (given from the top) whose name ends in one of the suffixes, sorted by
/// path. The golden cases are data of another program and are left out. Ends the test where a folder is not
/// there, a file can't be read, or none is found: a test of no files would pass.
std::vector<SourceFile> filesBelow(const QStringList& folders, const QStringList& suffixes);

/// The C++ files of the project: app, core, widgets and tests.
std::vector<SourceFile> cppFiles();

/// The room of a path: "core/data" of "core/data/batch.h", "app" of "app/cli/run.cpp".
QString room(const QString& path);

/// Entries of one of two lists only, “only HERE: name” a line with the words for the lists; empty when they
/// are equal. `fix`, the action, stands at the end.
QString difference(const QStringList& one, const QString& here, const QStringList& other,
                   const QString& there, const QString& fix);

/// “path:line: words”, as compilers say where.
QString at(const QString& path, qsizetype line, const QString& words);

}  // namespace rw::house
