// What lays out a new node or chart knows the checkout: its files go where such files are, its lines into
// lists that are there. That they compile and keep their promises is tried in tests/scaffold.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/house/checkout.h"

using namespace rw::house;

namespace {

/// The files that a scaffold writes into, and the scaffolds themselves, in a folder of their own.
void copyInto(const QDir& folder) {
    QStringList files{QStringLiteral("core/nodes/nodes.def"),
                      QStringLiteral("widgets/charts/chart_kinds.cpp"),
                      QStringLiteral("tests/unit/nodes/view_text.cpp"),
                      QStringLiteral("translations/rillwright_zh_CN.ts"),
                      QStringLiteral("tests/new_node"),
                      QStringLiteral("tests/new_chart"),
                      QStringLiteral("tests/scaffold/lay_out")};
    for (const char* kind : {"node", "chart"}) {
        const QString templates = QStringLiteral("tests/scaffold/%1").arg(QLatin1String(kind));
        for (const QString& name : QDir(QDir(top()).filePath(templates)).entryList(QDir::Files))
            files << templates + QLatin1Char('/') + name;
    }
    for (const QString& file : files) {
        folder.mkpath(QFileInfo(file).path());
        QVERIFY2(QFile::copy(QDir(top()).filePath(file), folder.filePath(file)), qPrintable(file));
    }
    for (const char* room : {"core/views", "resources/help/en/nodes", "resources/help/zh_CN/nodes",
                             "resources/icons", "tests/unit/nodes", "tests/unit/views", "widgets/charts"}) {
        QVERIFY2(QDir(top()).exists(QLatin1String(room)), room);
        folder.mkpath(QLatin1String(room));
    }
}

QString read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

class TestScaffolds : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void layOut_data() {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QStringList>("files");
        const QStringList both{QStringLiteral("core/nodes/wind_rose.cpp"),
                               QStringLiteral("resources/help/en/nodes/wind_rose.md"),
                               QStringLiteral("resources/help/zh_CN/nodes/wind_rose.md"),
                               QStringLiteral("resources/icons/wind_rose.svg")};
        QTest::newRow("a node") << QStringLiteral("tests/new_node")
                                << both + QStringList{QStringLiteral("tests/unit/nodes/test_wind_rose.cpp")};
        QTest::newRow("a chart") << QStringLiteral("tests/new_chart")
                                 << both + QStringList{
                                               QStringLiteral("core/views/wind_rose_view.h"),
                                               QStringLiteral("core/views/wind_rose_view.cpp"),
                                               QStringLiteral("widgets/charts/wind_rose_chart.h"),
                                               QStringLiteral("widgets/charts/wind_rose_chart.cpp"),
                                               QStringLiteral("tests/unit/views/test_wind_rose_view.cpp")};
    }

    void layOut() {
        QFETCH(QString, script);
        QFETCH(QStringList, files);
        const QTemporaryDir temporary;
        const QDir folder(temporary.path());
        copyInto(folder);
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.start(folder.filePath(script), {QStringLiteral("wind_rose")});
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        for (const QString& file : files) {
            const QString text = read(folder.filePath(file));
            QVERIFY2(!text.isEmpty() && !text.contains(QLatin1Char('@')), qPrintable(file));
        }
        QVERIFY(read(folder.filePath(QStringLiteral("core/nodes/nodes.def")))
                    .contains(QLatin1String("\nRW_NODE(wind_rose)\n")));
        QVERIFY(read(folder.filePath(QStringLiteral("translations/rillwright_zh_CN.ts")))
                    .contains(QLatin1String("<name>wind_rose</name>")));
        process.start(folder.filePath(script), {QStringLiteral("wind_rose")});
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 1, "it writes over a node that is there");
    }
};

QTEST_APPLESS_MAIN(TestScaffolds)
#include "test_scaffolds.moc"
