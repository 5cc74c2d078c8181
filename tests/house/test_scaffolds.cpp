// The scripts that lay out a new node or chart know the checkout: their files go where such files are, their lines into
// lists that are there. That they compile and keep their promises is tried in tests/scaffold.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/house/checkout.h"

using namespace rw::house;

namespace {

/// The files that a scaffold writes into, and the scaffolds themselves, in a folder of their own.
void copyInto(const QDir& folder) {
    QStringList files{
        QStringLiteral("core/nodes/nodes.def"), QStringLiteral("tests/fixtures/in_no_set"),
        QStringLiteral("translations/rillwright_zh_CN.ts"), QStringLiteral("tests/new_node"),
        QStringLiteral("tests/new_chart"), QStringLiteral("tests/scaffold/lay_out")};
    for (const char* kind : {"node", "chart"}) {
        const QString templates = QStringLiteral("tests/scaffold/%1").arg(QLatin1String(kind));
        for (const QString& name : QDir(QDir(top()).filePath(templates)).entryList(QDir::Files))
            files << templates + QLatin1Char('/') + name;
    }
    for (const QString& file : files) {
        folder.mkpath(QFileInfo(file).path());
        QVERIFY2(QFile::copy(QDir(top()).filePath(file), folder.filePath(file)), qPrintable(file));
    }
    for (const char* room :
         {"core/views", "core/nodes/charts", "resources/help/en/nodes", "resources/help/zh_CN/nodes",
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
        QTest::addColumn<QString>("type");
        QTest::addColumn<QStringList>("files");
        static const QString kCharts = QStringLiteral("charts/");
        const auto both = [](const QString& type, const QString& part) {
            return QStringList{QStringLiteral("core/nodes/%1%2.cpp").arg(part, type),
                               QStringLiteral("resources/help/en/nodes/%1.md").arg(type),
                               QStringLiteral("resources/help/zh_CN/nodes/%1.md").arg(type),
                               QStringLiteral("resources/icons/%1.svg").arg(type)};
        };
        const auto picture = [](const QString& stem) {
            return QStringList{QStringLiteral("core/views/%1_view.h").arg(stem),
                               QStringLiteral("core/views/%1_view.cpp").arg(stem),
                               QStringLiteral("widgets/charts/%1_chart.h").arg(stem),
                               QStringLiteral("widgets/charts/%1_chart.cpp").arg(stem),
                               QStringLiteral("tests/unit/views/test_%1_view.cpp").arg(stem)};
        };
        const QString rose = QStringLiteral("wind_rose"), steps = QStringLiteral("step_chart");
        QTest::newRow("a node") << QStringLiteral("tests/new_node") << rose
                                << both(rose, {}) +
                                       QStringList{QStringLiteral("tests/unit/nodes/test_wind_rose.cpp")};
        QTest::newRow("a chart") << QStringLiteral("tests/new_chart") << rose
                                 << both(rose, kCharts) + picture(rose);
        QTest::newRow("a chart that is called so") << QStringLiteral("tests/new_chart") << steps
                                                   << both(steps, kCharts) + picture(QStringLiteral("step"));
    }

    void layOut() {
        QFETCH(QString, script);
        QFETCH(QString, type);
        QFETCH(QStringList, files);
        const QTemporaryDir temporary;
        const QDir folder(temporary.path());
        copyInto(folder);
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.start(folder.filePath(script), {type});
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        for (const QString& file : files) {
            const QString text = read(folder.filePath(file));
            QVERIFY2(!text.isEmpty() && !text.contains(QLatin1Char('@')), qPrintable(file));
        }
        QVERIFY(read(folder.filePath(QStringLiteral("core/nodes/nodes.def")))
                    .contains(QStringLiteral("\nRW_NODE(%1)\n").arg(type)));
        QVERIFY(read(folder.filePath(QStringLiteral("translations/rillwright_zh_CN.ts")))
                    .contains(QStringLiteral("<name>%1</name>").arg(type)));
        process.start(folder.filePath(script), {type});
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 1, "it writes over a node that is there");
    }

    /// Otherwise a node that is green in tests/run --only is red among all tests.
    void testsThatANodeIsToldOfAreAskedOfItAlone() {
        const QString run = read(QDir(top()).filePath(QStringLiteral("tests/run")));
        static const QRegularExpression list(QStringLiteral("units=\\(([^)]+)\\)"));
        const QStringList units = list.match(run).captured(1).split(u' ', Qt::SkipEmptyParts);
        QVERIFY(!units.isEmpty());
        for (const QString& unit : units) {
            const QString file = QStringLiteral("test_%1.cpp").arg(unit);
            QDirIterator there(QDir(top()).filePath(QStringLiteral("tests/unit")), {file}, QDir::Files,
                               QDirIterator::Subdirectories);
            QVERIFY2(there.hasNext(), qPrintable(QStringLiteral("tests/unit has no %1").arg(file)));
        }
        QVERIFY2(run.contains(QStringLiteral("/tests/house/test_*.cpp")),
                 "rules of the checkout are left out");
        const QString told = read(QDir(top()).filePath(QStringLiteral("tests/new_node")));
        static const QRegularExpression test(QStringLiteral("(?<!/)unit/\\w+/(\\w+)"));
        auto named = test.globalMatch(told);
        QVERIFY(named.hasNext());
        while (named.hasNext()) {
            const QString name = named.next().captured(1);
            QVERIFY2(units.contains(name), qPrintable(name));
        }
    }

    /// bar_chart is drawn in bar_chart.cpp, and so would bar be.
    void writesOverNothing() {
        const QTemporaryDir temporary;
        const QDir folder(temporary.path());
        copyInto(folder);
        QFile mine(folder.filePath(QStringLiteral("widgets/charts/wind_rose_chart.cpp")));
        QVERIFY(mine.open(QIODevice::WriteOnly) && mine.write("mine") == 4);
        mine.close();
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.start(folder.filePath(QStringLiteral("tests/new_chart")), {QStringLiteral("wind_rose")});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("wind_rose_chart.cpp is there already"));
        QCOMPARE(read(mine.fileName()), QStringLiteral("mine"));
        QVERIFY2(!folder.exists(QStringLiteral("core/nodes/charts/wind_rose.cpp")), "it lays out a part");
    }
};

QTEST_APPLESS_MAIN(TestScaffolds)
#include "test_scaffolds.moc"
