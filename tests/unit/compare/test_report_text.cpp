// A comparison in plain English, as the command line prints it and the window copies it.
#include <QtTest/QtTest>

#include "core/base/table_text.h"
#include "core/compare/report_text.h"
#include "tests/support/made_comparison.h"

using namespace rw;
using rw::testing::madeReport;

class TestReportText : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void bothSidesCanBeToldApart() {
        const ComparedNames other = comparedNames("embedded", "staging");
        QCOMPARE(other.a + " " + other.b, std::string("embedded staging"));
        const ComparedNames same = comparedNames("embedded", "embedded");
        QCOMPARE(same.a + " " + same.b, std::string("embedded (1) embedded (2)"));
    }

    void aDifferenceIsTold() {
        const std::string text = compareText(madeReport("out", "shown"), comparedNames("here", "there"));
        QCOMPARE(QString::fromStdString(text),
                 QStringLiteral("out: 8 rows and 7; 2 only in here, 1 only in there, 1 different\n"
                                "  ROWS             k  n\n"
                                "  only here        a  1\n"
                                "  only here        b  2\n"
                                "  only there       c  NULL\n"
                                "  different here   d  3\n"
                                "  different there  d  4\n"
                                "  cause: late. Rows were late: per_minute (3).\n"
                                "  cause: unfired windows (2 rows). One side did not close them.\n"
                                "shown: the same, 5 rows\n"
                                "conditions of the verdicts\n"
                                "  staging, out: no row is late: not held\n"
                                "  staging, shown: no sum overflows: held\n"));
    }

    /// The names of nodes come from a foreign file.
    void namesCannotPlayWithTheTerminal() {
        CompareReport report = madeReport("out\u009b31m", "shown\u202e");
        report.nodes.front().causes.front().evidence =
            RW_TEXT("test", "Rows were late: %1.").with("w\u009b\u202e");
        report.conditions.front().condition = RW_TEXT("test", "“%1” is late").with("c\u009b\u202e");
        const QString text = QString::fromStdString(compareText(report, comparedNames("here", "there")));
        QVERIFY2(!text.contains(QChar(0x9b)) && !text.contains(QChar(0x202e)), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("out\uFFFD31m: 8 rows")) &&
                text.contains(QStringLiteral("shown\uFFFD: the same")));
        QVERIFY(text.contains(QStringLiteral("late: w\uFFFD\uFFFD.")) &&
                text.contains(QStringLiteral("“c\uFFFD\uFFFD” is late")));
    }

    void noMoreRowsThanAskedFor() {
        const CompareReport report = madeReport("out", "shown");
        const ComparedNames names = comparedNames("here", "there");
        const QString one = QString::fromStdString(compareText(report, names, 1));
        QVERIFY(one.contains(QLatin1String("  a  1\n")) && !one.contains(QLatin1String("  b  2\n")));
        QVERIFY(!QString::fromStdString(compareText(report, names, 0)).contains(QLatin1String("ROWS")));
    }

    void refusalsAreALineEach() {
        CompareReport report;
        report.refusals.push_back({"staging",
                                   "late",
                                   "size",
                                   RW_TEXT("test", "It can't be there."),
                                   RW_TEXT("test", "Take another."),
                                   {}});
        report.refusals.push_back({{}, {}, {}, RW_TEXT("test", "Nothing takes rows."), {}, {}});
        QCOMPARE(QString::fromStdString(compareText(report, {})),
                 QStringLiteral("refused: staging: late.size: It can't be there. Take another.\n"
                                "refused: Nothing takes rows.\n"));
    }

    // Rows may hold anything, and end in a terminal or a mail.
    void noCellPlaysWithATerminal() {
        CompareReport report = madeReport("out", "shown");
        report.nodes[0].difference.onlyA[0][0] = "\x1b[2J";
        const std::string text = compareText(report, comparedNames("here", "there"));
        QVERIFY(text.find('\x1b') == std::string::npos);
        QVERIFY(text.find("\xEF\xBF\xBD[2J") != std::string::npos);
    }

    void cellsStandBelowEachOther() {
        QCOMPARE(QString::fromStdString(tableText({{"a", "b"}, {"ä ö", "c"}, {"d"}})),
                 QStringLiteral("a    b\nä ö  c\nd\n"));
    }
};

QTEST_APPLESS_MAIN(TestReportText)
#include "test_report_text.moc"
