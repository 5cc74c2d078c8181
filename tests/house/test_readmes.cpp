// Every folder opens with a README: its content, its allowed includes and where to start reading.
#include <QFile>
#include <QtTest/QtTest>

#include "tests/house/checkout.h"
#include "tests/house/readme_rules.h"

using namespace rw::house;

class TestReadmes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyFolderOpensWithAReadme() {
        const QStringList folders = foldersWithSources();
        QVERIFY(folders.contains(QStringLiteral("core/data")));
        QVERIFY(folders.contains(QStringLiteral("tests/unit")));
        QStringList faults;
        for (const QString& folder : folders) {
            const QString path = folder + QStringLiteral("/README.md");
            QFile file(top() + QLatin1Char('/') + path);
            QStringList lines;
            if (file.open(QIODevice::ReadOnly))
                lines = QString::fromUtf8(file.readAll()).trimmed().split(QLatin1Char('\n'));
            const QString fault = readmeFault(folder, lines);
            if (!fault.isEmpty()) faults << path + QLatin1Char(' ') + fault;
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void theRuleRefusesWhatItShould_data() {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("fault");
        const QString data = QStringLiteral("core/data"), start = QStringLiteral("Start with `batch.h`.");
        const auto text = [](const char* head, const char* includes, const QString& last) {
            return QStringLiteral("# %1\n\nRows.\n\n%2\n\n%3")
                .arg(QLatin1String(head), QLatin1String(includes), last);
        };
        const char* base = "May include `core/base`.";
        QTest::newRow("good") << data << text("core/data", base, start) << QString();
        QTest::newRow("none") << data << QString() << QStringLiteral("is not there");
        QTest::newRow("another head")
            << data << text("data", base, start) << QStringLiteral("something else");
        QTest::newRow("two paragraphs") << data << QStringLiteral("# core/data\n\nRows.\n\n") + start
                                        << QStringLiteral("three short paragraphs");
        QTest::newRow("a file that is gone")
            << data << text("core/data", base, QStringLiteral("Start with `gone.h`."))
            << QStringLiteral("names gone.h");
        QTest::newRow("a file from the top")
            << data << text("core/data", base, QStringLiteral("See `core/base/status.h`.")) << QString();
        QTest::newRow("no file to start with")
            << data << text("core/data", base, QStringLiteral("Start anywhere."))
            << QStringLiteral("names no `file`");
        QTest::newRow("includes more than it says")
            << data << text("core/data", "May include nothing.", start) << QStringLiteral("core/base");
        QTest::newRow("says more than it may")
            << data << text("core/data", "May include `core/base`, `core/sql`.", start)
            << QStringLiteral("core/sql, which it may not");
        QTest::newRow("says what stands on the rest")
            << QStringLiteral("core/views")
            << text("core/views", "May include `core/stream`.", QStringLiteral("Start with `view_state.h`."))
            << QString();
        QTest::newRow("widgets beside each other")
            << QStringLiteral("widgets/palette")
            << text("widgets/palette", "May include `widgets/document`, `widgets/canvas`.",
                    QStringLiteral("Start with `palette.h`."))
            << QStringLiteral("widgets/canvas, which it may not");
    }

    void theRuleRefusesWhatItShould() {
        QFETCH(QString, folder);
        QFETCH(QString, text);
        QFETCH(QString, fault);
        const QStringList lines = text.isEmpty() ? QStringList() : text.split(QLatin1Char('\n'));
        const QString said = readmeFault(folder, lines);
        QVERIFY2(said.isEmpty() == fault.isEmpty() && said.contains(fault), qPrintable(said));
    }
};

QTEST_APPLESS_MAIN(TestReadmes)
#include "test_readmes.moc"
