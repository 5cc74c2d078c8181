// tests/skipped tells allowed skips from others, and tests/may_skip lists only tests that exist.
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/house/checkout.h"

using namespace rw::house;

class TestSkipped : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void tellsWhatIsNotAllowed_data() {
        QTest::addColumn<QByteArray>("log");
        QTest::addColumn<QByteArray>("told");
        const QByteArray allowed = "SKIP   : TestExport::programsAreGoodPython() there is no python3\n";
        QTest::newRow("nothing") << QByteArray("PASS   : TestExport::initTestCase()\n") << QByteArray();
        QTest::newRow("allowed") << allowed << QByteArray();
        QTest::newRow("in a group of tests")
            << QByteArray("SKIP   : of_test_export::TestExport::programsAreGoodPython() there is no python3\n")
            << QByteArray();
        QTest::newRow("a row") << QByteArray("SKIP   : TestExport::programsAreGoodPython(a: b) there is no python3\n")
                               << QByteArray();
        QTest::newRow("another reason")
            << QByteArray("SKIP   : TestExport::programsAreGoodPython() not today\n")
            << QByteArray("TestExport::programsAreGoodPython not today");
        QTest::newRow("another test")
            << allowed + "SKIP   : TestExport::aFullDiskIsToldOf() there is no /dev/full\n"
            << QByteArray("TestExport::aFullDiskIsToldOf there is no /dev/full");
    }

    void tellsWhatIsNotAllowed() {
        QFETCH(QByteArray, log);
        QFETCH(QByteArray, told);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(log) == log.size());
        file.close();
        QProcess process;
        process.start(top() + QStringLiteral("/tests/skipped"), {path});
        QVERIFY(process.waitForFinished());
        const QByteArray out = process.readAllStandardOutput().trimmed();
        QCOMPARE(process.exitCode(), told.isEmpty() ? 0 : 1);
        QVERIFY2(told.isEmpty() ? out.isEmpty() : out.endsWith(told) && out.count('\n') == 0, out.constData());
    }

    void everyAllowedTestExists() {
        QFile list(top() + QStringLiteral("/tests/may_skip"));
        QVERIFY(list.open(QIODevice::ReadOnly));
        QString sources;
        for (QDirIterator it(top() + QStringLiteral("/tests"), {QStringLiteral("test_*.cpp")}, QDir::Files,
                             QDirIterator::Subdirectories);
             it.hasNext();) {
            QFile source(it.next());
            QVERIFY(source.open(QIODevice::ReadOnly));
            sources += QString::fromUtf8(source.readAll());
        }
        QStringList faults;
        for (const QString& line : QString::fromUtf8(list.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            if (line.startsWith(QLatin1Char('#'))) continue;
            const QString test = line.section(QLatin1Char(' '), 0, 0), reason = line.section(QLatin1Char(' '), 1);
            const QString name = test.section(QStringLiteral("::"), 0, 0);
            const QString function = test.section(QStringLiteral("::"), 1);
            if (!sources.contains(QStringLiteral("class %1 ").arg(name)) ||
                !sources.contains(QStringLiteral("%1()").arg(function)) ||
                !sources.contains(QStringLiteral("QSKIP(\"%1\")").arg(reason)))
                faults << line;
        }
        QVERIFY2(faults.isEmpty(), qPrintable(QStringLiteral("no such test, or it never skips for that reason:\n") +
                                              faults.join(QLatin1Char('\n'))));
    }
};

QTEST_APPLESS_MAIN(TestSkipped)
#include "test_skipped.moc"
