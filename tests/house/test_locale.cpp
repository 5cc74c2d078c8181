// Nothing in the code goes by the locale of the environment.
#include <QtTest/QtTest>

#include "tests/house/checkout.h"
#include "tests/house/locale_rules.h"

using namespace rw::house;

class TestLocale : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void wordsAreTheSameEverywhere() {
        QStringList breaches;
        for (const SourceFile& file :
             filesBelow({QStringLiteral("core"), QStringLiteral("widgets"), QStringLiteral("app")},
                        {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                const QString why = goesByLocale(file.lines[i]);
                if (!why.isEmpty()) breaches << at(file.path, i + 1, why);
            }
        }
        QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
    }

    void whatGoesByTheLocaleIsRecognised_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("refused");
        const auto row = [](const char* line, bool refused) {
            QTest::newRow(line) << QString::fromUtf8(line) << refused;
        };
        row("out += static_cast<char>(std::toupper(byte));", true);
        row("if (isspace(c)) continue;", true);
        row("std::transform(a, b, c, ::tolower);", true);
        row("return ::strcasecmp(a, b) == 0;", true);
        row("return std::towupper(code);", true);
        row("#include <cctype>", true);
        row("#include <strings.h>", true);
        row("const double x = std::stod(text);", true);
        row("const double x = strtod(text, &end);", true);
        row("return asciiCapital(c);", false);
        row("return towupper_l(code, unicode());", false);
        row("const QString upper = word.toUpper();", false);
        row("if (c.isDigit()) return;", false);
        row("field.isspace(c);", false);
        row("// unlike std::toupper(c)", false);
        row("{\"UPPER\", 1, 1, toupper_name}", false);
    }

    void whatGoesByTheLocaleIsRecognised() {
        QFETCH(QString, line);
        QTEST(!goesByLocale(line).isEmpty(), "refused");
    }
};

QTEST_APPLESS_MAIN(TestLocale)
#include "test_locale.moc"
