#include "tests/house/checkout.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <algorithm>

namespace rw::house {

QString top() {
    return QStringLiteral(RILLWRIGHT_SOURCE);
}

std::vector<SourceFile> filesBelow(const QStringList& folders, const QStringList& suffixes) {
    std::vector<SourceFile> files;
    const QDir root(top());
    for (const QString& folder : folders) {
        if (!root.exists(folder)) qFatal("there is no folder %s to test", qPrintable(root.filePath(folder)));
        QDirIterator walk(root.filePath(folder), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const QString path = root.relativeFilePath(walk.next());
            const bool wanted = std::any_of(suffixes.begin(), suffixes.end(),
                                            [&](const QString& suffix) { return path.endsWith(suffix); });
            if (!wanted || path.startsWith(QLatin1String("tests/golden/cases/"))) continue;
            QFile file(root.filePath(path));
            if (!file.open(QIODevice::ReadOnly)) {
                if (!file.exists()) continue;  // files of builds come and go
                qFatal("%s can't be read", qPrintable(path));
            }
            QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
            if (lines.last().isEmpty()) lines.removeLast();
            files.push_back({path, lines});
        }
    }
    if (files.empty())
        qFatal("no file below %s ends in %s", qPrintable(folders.join(QLatin1String(", "))),
               qPrintable(suffixes.join(QLatin1String(", "))));
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

std::vector<SourceFile> cppFiles() {
    return filesBelow(
        {QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("widgets"), QStringLiteral("tests")},
        {QStringLiteral(".h"), QStringLiteral(".cpp"), QStringLiteral(".def")});
}

QString room(const QString& path) {
    const QStringList parts = path.split(QLatin1Char('/'));
    const bool hasRooms = parts.first() == QLatin1String("core") || parts.first() == QLatin1String("widgets");
    return hasRooms && parts.size() > 2 ? parts[0] + QLatin1Char('/') + parts[1] : parts.first();
}

QString difference(const QStringList& one, const QString& here, const QStringList& other,
                   const QString& there, const QString& fix) {
    QStringList lines;
    const auto onlyIn = [&lines](QStringList names, const QStringList& known, const QString& where) {
        for (const QString& name : known) names.removeOne(name);
        for (const QString& name : names) lines << QStringLiteral("only %1: %2").arg(where, name);
    };
    onlyIn(one, other, here);
    onlyIn(other, one, there);
    if (!lines.isEmpty()) lines << fix;
    return lines.join(QLatin1Char('\n'));
}

QString at(const QString& path, qsizetype line, const QString& words) {
    return QStringLiteral("%1:%2: %3").arg(path).arg(line).arg(words);
}

}  // namespace rw::house
