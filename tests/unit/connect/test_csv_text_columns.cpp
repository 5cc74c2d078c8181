// Columns that are text only because of some of their values.
#include "core/connect/csv/text_columns.h"

#include "tests/unit/connect/csv_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

CsvTextColumns lookedAt(std::string_view content, CsvFormat format = {}, std::uint64_t mostRows = 1'000) {
    Folder folder;
    const auto found = csvTextColumns(folder.write("a.csv", content), format, mostRows);
    if (!found.ok()) qFatal("%s", english(found.error()).c_str());
    return *found;
}

/// What is said of the columns, a line each.
std::string told(std::string_view content, CsvFormat format = {}) {
    std::string out;
    for (const CsvTextColumn& column : lookedAt(content, format).columns)
        out += english(column.text()) + " " + toString(column.numbers) +
               (column.decimalComma ? " comma\n" : "\n");
    return out;
}

}  // namespace

class TestCsvTextColumns : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void saysWhichValuesMakeItText() {
        QCOMPARE(told("id,price\n1,2.5\n2,n/a\n3,7\n4,\n"),
                 std::string("price is text: 1 of 3 values are no numbers (n/a). DOUBLE\n"));
        QCOMPARE(told("n\n1\n2\n3\n?\n?\n"),
                 std::string("n is text: 2 of 5 values are no numbers (? …). INT\n"));
    }
    void countsAllRows() {
        std::string content = "unit_price;place\n";
        for (int i = 0; i < 5'000; ++i) content += i % 5 == 0 ? "12,50;a\n" : "12.5;b\n";
        const CsvTextColumns found = lookedAt(content, {';', '"', true}, 100'000);
        QCOMPARE(found.rows, std::uint64_t{5'000});
        QVERIFY(found.whole);
        QCOMPARE(found.columns.size(), std::size_t{1});
        QCOMPARE(
            english(found.columns[0].text()),
            std::string("unit_price is text: 1\u2009000 of 5\u2009000 values are no numbers (12,50 …)."));
        QVERIFY(found.columns[0].decimalComma);
    }
    void recognisesADecimalComma_data() {
        QTest::addColumn<QByteArray>("values");
        QTest::addColumn<bool>("comma");
        QTest::newRow("all") << QByteArray("12,50\n-0,5\n") << true;
        QTest::newRow("groups") << QByteArray("1.234,50\n12.345.678,9\n") << true;
        QTest::newRow("blanks between groups") << QByteArray("1 234,50\n") << true;
        QTest::newRow("some") << QByteArray("1.5\n12,50\n") << true;
        QTest::newRow("not all of the odd ones") << QByteArray("12,50\n13,50\nn/a\n") << false;
        QTest::newRow("thousands") << QByteArray("1,234\n5,678\n") << false;
        QTest::newRow("one of them is no thousand") << QByteArray("1,234\n5,67\n") << true;
        QTest::newRow("groups of another size") << QByteArray("1\n2\n3\n12.34,5\n") << false;
    }
    void recognisesADecimalComma() {
        QFETCH(QByteArray, values);
        QFETCH(bool, comma);
        const CsvTextColumns found = lookedAt("x\n" + values.toStdString(), {';', '"', true});
        QCOMPARE(found.columns.size(), std::size_t{1});
        QCOMPARE(found.columns[0].decimalComma, comma);
    }
    void leavesOtherTextAlone() {
        QCOMPARE(told("name,zip,n\na,00420,1\nb,1,2\nc,x,3\n1,2,4\n"), std::string());
        QCOMPARE(told("a\n\n"), std::string());
        QCOMPARE(told("a,b\n1,x\n2\n3,y\n"), std::string());  // a short row is the run's to reject
    }
    void stopsWhereItIsTold() {
        const CsvTextColumns found = lookedAt("x\n1\n2\nz\n", {}, 2);
        QCOMPARE(found.rows, std::uint64_t{2});
        QVERIFY(!found.whole);
        QVERIFY(found.columns.empty());
        Folder folder;
        const std::atomic<bool> cancelled = true;
        const auto none = csvTextColumns(folder.write("a.csv", "x\n1\n"), {}, 2, &cancelled);
        QVERIFY(!none.ok() && none.error().code == ErrorCode::Cancelled);
    }
    void worksWithoutAHeader() {
        QCOMPARE(told("1\nx\n2\n", {',', '"', false}),
                 std::string("column_1 is text: 1 of 3 values are no numbers (x). INT\n"));
    }
};

QTEST_APPLESS_MAIN(TestCsvTextColumns)
#include "test_csv_text_columns.moc"
