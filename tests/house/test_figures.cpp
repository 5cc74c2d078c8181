// Numbers, sizes and plurals are written by one set of rules.
#include <QtTest/QtTest>

#include "tests/house/checkout.h"
#include "tests/house/figure_rules.h"

using namespace rw::house;

class TestFigures : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyNumberGoesByTheRules() {
        QStringList breaches;
        for (const SourceFile& file :
             filesBelow({QStringLiteral("core"), QStringLiteral("widgets"), QStringLiteral("app")},
                        {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            for (const QString& stray : strayFigures(file.path, file.lines.join(QLatin1Char('\n'))))
                breaches << file.path + QLatin1Char(':') + stray;
        }
        QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
    }

    void straysAreRecognised_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("refused");
        const auto row = [](const char* path, const char* code, bool refused) {
            QTest::newRow(code) << QString::fromLatin1(path) << QString::fromUtf8(code) << refused;
        };
        const char* const window = "widgets/panels/x.cpp";
        row(window, "label->setText(QString::number(value, 'f', 1));", true);
        row(window, "label->setText(QString::number(half(value),\n   'g', 3));", true);
        row(window, "text = tr(\"%1 s\").arg(seconds, 0, 'f', 1);", true);
        row(window, "return QLocale::c().formattedDataSize(bytes);", true);
        row(window, "tr(\"%L1\").arg(count)", true);
        row(window, "return tr(\"%1 rows\").arg(countText(rows));", true);
        row(window, "return QCoreApplication::translate(\"card\", \"%1 rows\").arg(n);", true);
        row(window, "return tr(\"Export %n rows\");", true);
        row(window, "return tr(\"%n rows\", nullptr, rows);", false);
        row(window, "translated(figures::counted(n, RW_TEXT(\"x\", \"1 row\"), RW_TEXT(\"x\", \"%1 rows\")))",
            false);
        row(window, "return tr(\"The newest of at most %1 rows\").arg(most);", false);
        row(window, "const QString id = QString::number(number);", false);
        row(window, "return tr(\"%1 %\").arg(percent);", true);
        row(window, "return tr(\"under 1 % empty\");", true);
        row(window, "return tr(\"%1 empty\").arg(shareText(share));", false);
        const char* const engine = "core/nodes/x.cpp";
        row(engine, "summary = RW_TEXT(\"x\", \"%1 rows\").with(rows);", true);
        row(engine, "summary = RW_TEXT(\"x\", \"it has %2 \"\n \"bytes\").with(rows);", true);
        row(engine, "return counted(n, RW_TEXT(\"x\", \"1 row\"), RW_TEXT(\"x\", \"%1 rows\"));", false);
        row(engine, "return RW_TEXT(\"x\", \"It takes at most %1 rows.\").with(kMost);", false);
        row(engine, "const double x = 1'000; f(RW_TEXT(\"x\", \"%1 keys\").with(k));", true);
        row(engine, "text += fmt::format(\"{} ({} %)\", key, percent);", true);
        row(engine, "return fmt::format(\"{} % {}\", value, unit);", false);
        const char* const line = "app/cli/x.cpp";
        row(line, "print(fmt::format(\"{} rows in {}\", rows, time));", true);
        row(line, "print(fmt::format(\"{} note{}\", n, n == 1 ? \"\" : \"s\"));", true);
        row(line, "print(fmt::format(\"{:.1f} s\", seconds));", true);
        row(line, "print(fmt::format(\"from {}\", name));", false);
        row(line, "print(figures::counted(rows, \"row\", \"rows\"));", false);
        row("core/base/x.cpp", "return fmt::format(\"{} rows\", n);", false);
    }

    void straysAreRecognised() {
        QFETCH(QString, path);
        QFETCH(QString, code);
        QTEST(!strayFigures(path, code).isEmpty(), "refused");
    }
};

QTEST_APPLESS_MAIN(TestFigures)
#include "test_figures.moc"
