// Small files, nothing from outside the project, and the top level as agreed.
#include <QProcess>
#include <QtTest/QtTest>

#include "tests/house/checkout.h"

using namespace rw::house;

namespace {

constexpr qsizetype kMostLines = 500;
constexpr qsizetype kMostLinesOfMainWindow = 400;
constexpr int kMostFilesOfRoom = 60;  ///< without its parts, which are folders in it

/// The lines of the files that match, as “path:line: the line”.
QStringList findings(const std::vector<SourceFile>& files, const QRegularExpression& pattern) {
    QStringList found;
    for (const SourceFile& file : files)
        for (qsizetype i = 0; i < file.lines.size(); ++i)
            if (pattern.match(file.lines[i]).hasMatch())
                found << at(file.path, i + 1, file.lines[i].trimmed());
    return found;
}

/// The names at the top that git tracks; without a repository, all that is there but the builds.
QStringList topLevel() {
    QProcess git;
    git.start(QStringLiteral("git"), {QStringLiteral("-C"), top(), QStringLiteral("ls-files")});
    if (git.waitForFinished() && git.exitCode() == 0) {
        QSet<QString> names;
        for (const QString& path :
             QString::fromUtf8(git.readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts))
            names.insert(path.section(QLatin1Char('/'), 0, 0));
        return names.values();
    }
    QStringList names = QDir(top()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    names.removeIf([](const QString& name) { return name.startsWith(QLatin1String("build")); });
    return names;
}

}  // namespace

class TestFiles : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void noFileIsTooLong() {
        QStringList tooLong;
        for (const SourceFile& file : cppFiles()) {
            const bool mainWindow = file.path.endsWith(QLatin1String("/main_window.cpp"));
            const qsizetype most = mainWindow ? kMostLinesOfMainWindow : kMostLines;
            if (file.lines.size() > most)
                tooLong << at(file.path, file.lines.size(),
                              QStringLiteral("more than %1 lines: cut it where its parts meet").arg(most));
        }
        QVERIFY2(tooLong.isEmpty(), qPrintable(tooLong.join(QLatin1Char('\n'))));
    }

    void noRoomIsTooLarge() {
        QMap<QString, int> rooms;
        for (const SourceFile& file : cppFiles()) ++rooms[file.path.section(QLatin1Char('/'), 0, -2)];
        QVERIFY(rooms.size() > 50);
        QStringList tooLarge;
        for (auto room = rooms.cbegin(); room != rooms.cend(); ++room) {
            if (room.value() > kMostFilesOfRoom)
                tooLarge << QStringLiteral("%1: %2 files; give it parts by what they do")
                                .arg(room.key())
                                .arg(room.value());
        }
        QVERIFY2(tooLarge.isEmpty(), qPrintable(tooLarge.join(QLatin1Char('\n'))));
    }

    void nothingPointsOutOfTheProject() {
        // Put together from pieces, so that this file does not accuse itself.
        const QString outside = QStringLiteral("\\.\\./") + QStringLiteral("shared|(^|[\\s\"'=(])/(wor") +
                                QStringLiteral("k|far") + QStringLiteral("m|Use") + QStringLiteral("rs)/");
        const auto files =
            filesBelow({QStringLiteral(".")},
                       {QStringLiteral(".h"), QStringLiteral(".cpp"), QStringLiteral(".def"),
                        QStringLiteral(".md"), QStringLiteral(".txt"), QStringLiteral(".json"),
                        QStringLiteral(".rill"), QStringLiteral("/run"), QStringLiteral("/packages")});
        auto ours = files;
        std::erase_if(ours, [](const SourceFile& file) {
            return file.path.startsWith(QLatin1String("build")) ||
                   file.path.startsWith(QLatin1String(".git/"));  // a branch may be named “run”
        });
        const QRegularExpression pattern(outside);
        QVERIFY(pattern.match(QStringLiteral("see ../") + QStringLiteral("shared/x")).hasMatch());
        QVERIFY(pattern.match(QStringLiteral("open(\"/wor") + QStringLiteral("k/x\")")).hasMatch());
        const QStringList found = findings(ours, pattern);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n')) +
                                             QLatin1String("\nThe project stands for itself: say it here.")));
    }

    void theTopLevelIsAsAgreed() {
        QStringList names = topLevel();
        names.removeIf([](const QString& name) { return name.startsWith(QLatin1Char('.')); });
        names.sort();
        const QStringList agreed{"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md",    "app",
                                 "core",           "resources",         "tests",   "translations", "widgets"};
        const QString wrong =
            difference(names, QStringLiteral("at the top"), agreed, QStringLiteral("in this test"),
                       QStringLiteral("Put it into a folder that is there, or agree on it here first."));
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
};

QTEST_APPLESS_MAIN(TestFiles)
#include "test_files.moc"
