// The comparer must refuse differences: golden cases that could not fail would prove nothing.
#include <QtTest/QtTest>
#include <fstream>
#include <stdexcept>

#include "tests/golden/cases.h"
#include "tests/golden/compare.h"
#include "tests/golden/late_facts.h"
#include "tests/golden/may_differ.h"
#include "tests/support/child.h"

using namespace rw;
using namespace rw::golden;

namespace {

Table table(const QByteArray& text) {
    const std::vector<Row> records = parseCsv(text.toStdString());
    return {records.front(), {records.begin() + 1, records.end()}};
}

}  // namespace

class TestCompare : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void parsesQuotesAndNulls() {
        const std::vector<Row> records = parseCsv("a,b,c\r\n1,,\"\"\n\"x,\"\"y\nz\",,\n");
        QCOMPARE(records.size(), std::size_t{3});
        QVERIFY((records[1] == Row{"1", std::nullopt, ""}));
        QVERIFY((records[2] == Row{"x,\"y\nz", std::nullopt, std::nullopt}));
    }

    void lateFactsBecomeColumns() {
        const Table late =
            lateRowsOf(table("id,stamp,last_window_time\n"
                             "1,2024-03-01 00:00:25.000,2024-03-01 00:00:19.999\n"
                             "2,2024-02-29 23:59:59.999,2024-02-29 23:59:59.999\n"));
        QVERIFY((late.header == Row{"id", "late_by", "late_for"}));
        QVERIFY((late.rows[0] == Row{"1", "5001", "2024-03-01 00:00:20.000"}));
        QVERIFY((late.rows[1] == Row{"2", "0", "2024-03-01 00:00:00.000"}));
    }

    void compares_data() {
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<QByteArray>("actual");
        QTest::addColumn<bool>("ordered");
        QTest::addColumn<bool>("atLeast");
        QTest::addColumn<bool>("same");
        const QByteArray two = "k,d\na,1.5\nb,2.5\n";
        QTest::newRow("itself") << two << two << true << false << true;
        QTest::newRow("another order") << two << QByteArray("k,d\nb,2.5\na,1.5\n") << false << false << true;
        QTest::newRow("order counts") << two << QByteArray("k,d\nb,2.5\na,1.5\n") << true << false << false;
        QTest::newRow("nearly equal")
            << two << QByteArray("k,d\na,1.5000000001\nb,2.5\n") << false << false << true;
        QTest::newRow("not equal") << two << QByteArray("k,d\na,1.50000001\nb,2.5\n") << false << false
                                   << false;
        QTest::newRow("text is exact")
            << two << QByteArray("k,d\na ,1.5\nb,2.5\n") << false << false << false;
        QTest::newRow("missing row") << two << QByteArray("k,d\na,1.5\n") << false << false << false;
        QTest::newRow("row too many")
            << two << QByteArray("k,d\na,1.5\na,1.5\nb,2.5\n") << false << false << false;
        QTest::newRow("null and empty")
            << QByteArray("k,d\n\"\",1\n") << QByteArray("k,d\n,1\n") << false << false << false;
        QTest::newRow("other columns") << two << QByteArray("k,e\na,1.5\nb,2.5\n") << false << false << false;
        QTest::newRow("more columns")
            << two << QByteArray("k,x,d\na,0,1.5\nb,0,2.5\n") << false << false << false;
        QTest::newRow("more allowed")
            << two << QByteArray("k,x,d\na,0,1.5\nb,0,2.5\n") << false << true << true;
        QTest::newRow("ragged") << two << QByteArray("k,d\na,1.5,9\nb,2.5\n") << false << true << false;
        QTest::newRow("updates") << two << QByteArray("op,k,d\n+I,a,1\n-U,a,1\n+U,a,1.5\n+I,b,2.5\n") << false
                                 << false << true;
        QTest::newRow("wrong update")
            << two << QByteArray("op,k,d\n+I,a,1.5\n-D,c,1\n+I,b,2.5\n") << false << false << false;
        QTest::newRow("not finite") << QByteArray("k,d\na,NaN\n") << QByteArray("k,d\na,1\n") << false
                                    << false << false;
    }

    void compares() {
        QFETCH(QByteArray, expected);
        QFETCH(QByteArray, actual);
        QFETCH(bool, ordered);
        QFETCH(bool, atLeast);
        QFETCH(bool, same);
        const Columns columns = atLeast ? Columns::AtLeast : Columns::Same;
        const std::string diff =
            compare(table(expected), table(actual), {"STRING", "DOUBLE"}, ordered, columns);
        QVERIFY2(diff.empty() == same, diff.c_str());
    }

    /// Golden cases that are not there can't fail.
    void allCasesAreThere() {
        const auto why = [](const std::filesystem::path& cases) -> std::string {
            try {
                return casesIn(cases).size() == kCases ? "" : "another number";
            } catch (const std::runtime_error& missing) {
                return missing.what();
            }
        };
        QCOMPARE(why(RILLWRIGHT_GOLDEN_CASES), std::string());
        const testing::ScratchFolder scratch("cases");
        std::filesystem::create_directory(scratch.path() / "a");
        QVERIFY2(why(scratch.path()).ends_with("/a has no pipeline.rill"), why(scratch.path()).c_str());
        std::ofstream(scratch.path() / "a" / "pipeline.rill") << "{}";
        const std::string instead = "holds 1 cases instead of " + std::to_string(kCases);
        QVERIFY2(why(scratch.path()).find(instead) != std::string::npos, why(scratch.path()).c_str());
    }

    void anEmptyExpectationIsNone() {
        const testing::ScratchFolder scratch("compare");
        std::ofstream(scratch.path() / "expected.csv");
        std::ofstream(scratch.path() / "out.csv");
        QCOMPARE(compareFiles(scratch.path() / "expected.csv", scratch.path() / "out.csv", Columns::Same),
                 std::string("expected.csv is empty"));
    }

    /// A file beside an expectation tells how it is compared.
    void filesAreComparedByTheirTypes() {
        const testing::ScratchFolder scratch("compare");
        const auto put = [&scratch](const char* name, const char* text) {
            std::ofstream(scratch.path() / name) << text;
        };
        const auto differs = [&scratch] {
            return compareFiles(scratch.path() / "expected.csv", scratch.path() / "out.csv", Columns::Same);
        };
        put("expected.csv", "k,d\na,1.5\nb,2.5\n");
        QCOMPARE(differs(), std::string("out.csv was not written"));
        put("out.csv", "k,d\nb,2.50\na,1.5\n");
        QVERIFY(!differs().empty());  // without types all cells are exact texts
        put("expected.types", "STRING|DOUBLE\n");
        QCOMPARE(differs(), std::string());
        put("expected.types", "STRING|DOUBLE\nordered\n");
        QVERIFY(differs().find("order counts") != std::string::npos);
    }

    void onlyWhatIsSaidMayDiffer_data() {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QByteArray>("actual");
        QTest::addColumn<bool>("same");
        // Expected is: k,n,d of a,1,1.5 and b,2,2.5 and NULL,3,3.5.
        const auto row = [](const char* said, const char* rows, bool same) {
            QTest::addRow("%s; %s", said, rows)
                << QString(said) << "k,n,d\n" + QByteArray(rows).replace(' ', '\n') + '\n'
                << same;
        };
        row("nothing", ",3,3.5 b,2,2.5000000001 a,1,1.5", true);
        row("nothing", "a,1,1.5 b,2,2.5", false);
        row("late.csv fewer", "a,1,1.5 b,2,2.5", false);
        row("out.csv fewer", "a,1,1.5 b,2,2.5", true);
        row("out.csv fewer", "a,1,1.5 b,2,2.6", false);
        row("out.csv fewer", "a,1,1.5 a,1,1.5", false);
        row("out.csv more", "a,1,1.5 b,2,2.5 ,3,3.5 c,1,1 a,1,1.5", true);
        row("out.csv more", "a,1,1.5 b,2,2.5 c,1,1", false);
        row("out.csv columns n", "a,7,1.5 b,,2.5 ,9,3.5", true);
        row("out.csv columns n", "a,7,1.5 b,,2.6 ,9,3.5", false);
        row("out.csv columns n", "a,7,1.5 b,,2.5", false);
        row("out.csv columns n, d", "a,7,1 b,, ,9,", true);
        row("out.csv columns n, d", "a,7,1 c,, ,9,", false);
        row("out.csv rows k = b", "a,1,1.5 b,9,9 b,8,8 ,3,3.5", true);
        row("out.csv rows k = b", "a,1,1.5 ,3,3.5", true);
        row("out.csv rows k = b", "a,1,1.6 ,3,3.5", false);
        row("out.csv rows k = b", "a,1,1.5 c,2,2.5 ,3,3.5", false);
        row("out.csv rows k = b, NULL", "a,1,1.5", true);
        row("out.csv rows k = NULL; late.csv more", "a,1,1.5", false);
    }

    /// Parts without an entry are compared as ever, and no error is an allowed difference.
    void onlyWhatIsSaidMayDiffer() {
        QFETCH(QString, said);
        QFETCH(QByteArray, actual);
        QFETCH(bool, same);
        const testing::ScratchFolder scratch("compare");
        const auto expected = scratch.path() / "expected.csv", out = scratch.path() / "out.csv";
        std::ofstream(expected) << "k,n,d\na,1,1.5\nb,2,2.5\n,3,3.5\n";
        std::ofstream(scratch.path() / "expected.types") << "STRING|INT|DOUBLE\n";
        const MayDiffer differs(said.toStdString());
        QVERIFY(!differs(expected, out, Columns::Same).empty());  // it was not written
        std::ofstream(out) << "k,n\na,1\n";
        QVERIFY(!differs(expected, out, Columns::Same).empty());  // it has other columns
        std::ofstream(out) << actual.toStdString();
        const std::string why = differs(expected, out, Columns::Same);
        QVERIFY2(why.empty() == same, why.c_str());
    }

    void whatMayDifferIsThere() {
        const testing::ScratchFolder scratch("compare");
        std::ofstream(scratch.path() / "expected.csv") << "k,n\na,1\n";
        std::ofstream(scratch.path() / "expected_late.csv") << "id\n1\n";
        const auto unknown = [&scratch](const char* said) {
            return QString::fromStdString(MayDiffer(said).unknownIn(scratch.path()));
        };
        QCOMPARE(unknown("nothing"), QString());
        QCOMPARE(unknown("out.csv columns k, n; late.csv rows id = 1"), QString());
        QCOMPARE(unknown("early.csv more"), QStringLiteral("the case has no answer for “early.csv”"));
        QCOMPARE(unknown("out.csv columns k, m"), QStringLiteral("“out.csv” has no column “m”"));
        for (const char* wrong : {"", "out.csv", "out.csv anything", "out.csv rows k", "more; "})
            QVERIFY_THROWS_EXCEPTION(std::runtime_error, MayDiffer{wrong});
    }
};

QTEST_APPLESS_MAIN(TestCompare)
#include "test_compare.moc"
