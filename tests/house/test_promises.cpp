// Every promise of tests/promises.md names the tests that hold it, and all of these are there.
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/house/checkout.h"
#include "tests/house/promise_rules.h"

using namespace rw::house;

class TestPromises : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyPromiseHasItsTests() {
        const auto pages = filesBelow({QStringLiteral("tests")}, {QStringLiteral("/promises.md")});
        QCOMPARE(pages.size(), std::size_t{1});
        const SourceFile& page = pages.front();
        QVERIFY(std::count_if(page.lines.begin(), page.lines.end(), isPromise) > 100);
        QStringList faults;
        for (qsizetype i = 0; i < page.lines.size(); ++i) {
            const QString fault = promiseFault(page.lines[i]);
            if (!fault.isEmpty()) faults << at(page.path, i + 1, fault);
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void aBreachIsRecognised_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char* line, const char* fault) {
            QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(fault);
        };
        row("- Kept. `house/test_promises::aBreachIsRecognised`", "");
        row("- Kept by a whole file. `house/test_promises`", "");
        row("- Kept in a room of unit. `look/test_look::aSinkHasItsInput`", "");
        row("- Kept by a test that is written below its class. "
            "`charts/test_chart_card::saysWhatAStepHasBrought`",
            "");
        row("- `rillwright why` keeps it, as told in `tests/README.md`. `cli/test_why`", "");
        row("- Measured. `bench/bench_look`", "");
        row("## Promises", "");
        row("A paragraph needs no test, and may name `tests/house/test_promises.cpp`.", "");
        row("- Kept by nobody.", "names no test");
        row("  - Kept by nobody, below another.", "names no test");
        row("* Kept by nobody, with another sign.", "names no test");
        row("- Kept by a file. `house/test_promises.cpp`", "names no test");
        row("- Kept by words. house/test_promises", "names no test");
        row("- Without its room. `test_promises`", "write `room/test_file::function`");
        row("- Shortened. `house/test_promises::aBreachIsRecognised`, `::more`", "“::more”: write");
        row("- From the top. `tests/house/test_promises`", "write `room/test_file::function`");
        row("- Without a file. `house::aBreachIsRecognised`", "write `room/test_file::function`");
        row("- With brackets. `house/test_promises::aBreachIsRecognised()`",
            "write `room/test_file::function`");
        row("- In another room. `look/test_promises`", "neither tests/unit/look/test_promises.cpp nor");
        row("- Its file is gone. `house/test_wishes::aBreachIsRecognised`",
            "nor tests/house/test_wishes.cpp");
        row("- Its function is gone. `house/test_promises::aWishIsHeld`", "has no function aWishIsHeld");
        row("- One of two is gone. `house/test_promises`, `house/test_promises::aWish`", "no function aWish");
        row("A paragraph names one that is gone: `house/test_wishes`.", "nor tests/house/test_wishes.cpp");
    }

    void aBreachIsRecognised() {
        QFETCH(QString, line);
        QFETCH(QString, fault);
        const QString said = promiseFault(line);
        QVERIFY2(said.isEmpty() == fault.isEmpty() && said.contains(fault), qPrintable(said));
    }

    void aFunctionIsToldFromItsName_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("defined");
        const auto row = [](const char* name, const char* text, bool defined) {
            QTest::newRow(name) << QString::fromUtf8(text) << defined;
        };
        row("in its class", "    void aRowComes() {", true);
        row("below its class", "int x;\nvoid TestRows::aRowComes() {\n}", true);
        row("without a class", "static void aRowComes(int rows) {", true);
        row("a call", "    aRowComes();", false);
        row("a longer name", "    void aRowComesLate() {", false);
        row("the end of a name", "    void noteThataRowComes() {", false);
        row("a comment", "    // void aRowComes() {", false);
        row("its data", "    void aRowComes_data() {", false);
        row("an empty file", "", false);
    }

    void aFunctionIsToldFromItsName() {
        QFETCH(QString, text);
        QTEST(definesFunction(text, QStringLiteral("aRowComes")), "defined");
    }
};

QTEST_APPLESS_MAIN(TestPromises)
#include "test_promises.moc"
