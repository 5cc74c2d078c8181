#include "tests/house/readme_rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include "tests/house/checkout.h"
#include "tests/house/include_rules.h"

namespace rw::house {

namespace {

constexpr qsizetype kLeastLines = 5, kMostLines = 15, kParagraphs = 3;

QStringList matchesOf(const QString& pattern, const QString& text) {
    QStringList found;
    auto match = QRegularExpression(pattern).globalMatch(text);
    while (match.hasNext()) found << match.next().captured(1);
    return found;
}

QStringList paragraphsOf(const QStringList& lines) {
    QStringList paragraphs = lines.mid(1).join(QLatin1Char('\n')).split(QStringLiteral("\n\n"));
    paragraphs.removeAll(QString());
    return paragraphs;
}

/// The files that a text names in back quotes: “status.h”, “parse/ast.h”, “node/node.cpp.in”.
QStringList filesNamed(const QString& text) {
    return matchesOf(QStringLiteral("`([\\w/]+\\.(?:h|cpp|def)(?:\\.in)?)`"), text);
}

bool isThere(const QString& folder, const QString& file) {
    return QFileInfo::exists(top() + QLatin1Char('/') + folder + QLatin1Char('/') + file) ||
           QFileInfo::exists(top() + QLatin1Char('/') + file);
}

/// “core” of “core/data”; empty for other folders, be they parts of a module or more than one.
QString halfOf(const QString& folder) {
    const QString half = folder.section(QLatin1Char('/'), 0, 0);
    const bool isModule = folder != half && room(folder + QStringLiteral("/x.h")) == folder;
    return isModule ? half : QString();
}

/// The modules of the same half that files of the module include.
QStringList modulesIncluded(const QString& folder) {
    QSet<QString> found;
    for (const SourceFile& file : filesBelow({folder}, {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
        for (const QString& line : file.lines) {
            const Include include = includeOf(line);
            if (include.quoted) found << room(include.target);
        }
    }
    QStringList others(found.begin(), found.end());
    others.removeIf([&](const QString& other) { return other == folder || halfOf(other) != halfOf(folder); });
    return others;
}

bool mayInclude(const QString& folder, const QString& other) {
    QDirIterator headers(top() + QLatin1Char('/') + other, {QStringLiteral("*.h")}, QDir::Files,
                         QDirIterator::Subdirectories);
    if (!headers.hasNext()) return false;
    const QString header = QDir(top()).relativeFilePath(headers.next());
    return breach(folder + QStringLiteral("/x.h"), {header, true}).isEmpty();
}

QString modulesFault(const QString& folder, const QString& paragraph) {
    const QString half = halfOf(folder);
    if (half.isEmpty()) return {};
    QStringList named = matchesOf(QStringLiteral("`(%1/\\w+)`").arg(half), paragraph);
    for (const QString& other : named) {
        if (!mayInclude(folder, other))
            return QStringLiteral("says that it may include %1, which it may not").arg(other);
    }
    // Naming a module means those below it, too.
    for (qsizetype i = 0; i < named.size(); ++i) {
        for (const QString& below : modulesIncluded(named[i]))
            if (!named.contains(below)) named << below;
    }
    for (const QString& other : modulesIncluded(folder)) {
        if (!named.contains(other)) return QStringLiteral("does not say that it includes %1").arg(other);
    }
    return {};
}

}  // namespace

QStringList foldersWithSources() {
    QSet<QString> folders;
    for (const SourceFile& file : cppFiles()) {
        const QString folder = file.path.section(QLatin1Char('/'), 0, -2);
        folders << (folder.startsWith(QLatin1String("tests/unit/")) ? QStringLiteral("tests/unit") : folder);
    }
    QStringList sorted(folders.begin(), folders.end());
    sorted.sort();
    return sorted;
}

QString readmeFault(const QString& folder, const QStringList& lines) {
    if (lines.isEmpty()) {
        return QStringLiteral(
                   "is not there: write “# %1” and three paragraphs: what lives here; what it may ")
                   .arg(folder) +
               QStringLiteral("include, as tests/house/include_rules.cpp has it; with which `file` to start");
    }
    if (lines.first() != QStringLiteral("# ") + folder)
        return QStringLiteral("begins with something else than “# %1”").arg(folder);
    const QStringList paragraphs = paragraphsOf(lines);
    if (paragraphs.size() != kParagraphs || lines.size() < kLeastLines || lines.size() > kMostLines)
        return QStringLiteral(
            "is not three short paragraphs: what lives here, what it may include, the start");
    for (const QString& file : filesNamed(lines.join(QLatin1Char('\n')))) {
        if (!isThere(folder, file)) return QStringLiteral("names %1, which is not there").arg(file);
    }
    if (filesNamed(paragraphs.last()).isEmpty())
        return QStringLiteral("names no `file` in its last paragraph, to start reading with");
    return modulesFault(folder, paragraphs[1]);
}

}  // namespace rw::house
