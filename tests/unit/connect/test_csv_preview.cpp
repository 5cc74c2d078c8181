// The preview of a CSV file before it becomes a source.
#include "core/connect/csv/preview.h"

#include "tests/unit/connect/fixtures/csv_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

using Decimal = CsvFormat::Decimal;
using Counts = CsvFormat::Epoch;

CsvPreview previewed(std::string_view content, CsvFormat format = {}, const CsvPreviewOptions& options = {}) {
    Folder folder;
    Result<CsvPreview> preview = previewCsv(folder.write("a.csv", content), format, options);
    if (!preview.ok()) qFatal("%s", english(preview.error()).c_str());
    return *std::move(preview);
}

std::string refusal(std::string_view content, CsvFormat format = {}) {
    Folder folder;
    const Result<CsvPreview> preview = previewCsv(folder.write("a.csv", content), format);
    return preview.ok() ? "no refusal" : english(preview.error());
}

CsvFormat likely(std::string_view content) {
    Folder folder;
    return likelyCsvFormat(folder.write("a.csv", content)).value();
}

/// The messages on the columns, a line each.
std::string told(std::string_view content, CsvFormat format = {}) {
    std::string out;
    for (const CsvPreviewColumn& column : previewed(content, format).columns) {
        if (const Text why = column.whyText(); !why.empty()) out += english(why) + "\n";
    }
    return out;
}

std::string types(const CsvPreview& preview) {
    std::string out;
    for (const CsvPreviewColumn& column : preview.columns)
        out += (out.empty() ? "" : " ") + toString(column.type);
    return out;
}

}  // namespace

class TestCsvPreview : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void delimiters() {
        QCOMPARE(likely("a,b\n1,2\n").delimiter, ',');
        QCOMPARE(likely("a;b;c\n1;2,5;x,y\n1;2,5;x,y\n").delimiter, ';');
        QCOMPARE(likely("a\tb\n1\t2\n").delimiter, '\t');
        QCOMPARE(likely("a|b\n1|2\n").delimiter, '|');
        QCOMPARE(likely("a\n1\n").delimiter, ',');
        QCOMPARE(likely("").delimiter, ',');
        QCOMPARE(likely("a,b\n\"x;y\",2\n\"z;w\",3\n").delimiter, ',');
        Folder folder;
        const CsvFormat tabs{.delimiter = '\t'};
        const CsvFormat known = likelyCsvFormat(folder.write("b.tsv", "a,b\n1,2\n"), tabs, false).value();
        QCOMPARE(known.delimiter, '\t');
        // Short rows, and one with a comma in a text, do not lead astray.
        QCOMPARE(likely("a;b;c\n1;2,5;x\n1;2\n3;4,5;hello, you\n1;2;3\n").delimiter, ';');
    }

    void headers() {
        QVERIFY(likely("id,name\n1,a\n").header);
        QVERIFY(likely("a,b\nx,y\n").header);
        QVERIFY(!likely("1,a\n2,b\n").header);
        QVERIFY(!likely("2024-03-01,x\n2024-03-02,y\n").header);
        QVERIFY(!likely("1,2\n").header);
        QVERIFY(likely("id,\n1,2\n").header);
    }

    void typesAndFirstRows() {
        const CsvPreview preview = previewed(
            "\xEF\xBB\xBFid,x,ok,day,at,zip,t\n1,2.5,true,2024-03-01,2024-03-01 10:00:00,00420,\"a\nb\"\n"
            "3000000000,7,FALSE,2024-03-02,2024-03-01,1,\n");
        QCOMPARE(types(preview), std::string("BIGINT DOUBLE BOOLEAN DATE TIMESTAMP(3) STRING STRING"));
        QCOMPARE(preview.columns[0].name, std::string("id"));
        QCOMPARE(preview.rows, std::uint64_t{2});
        QVERIFY(preview.whole);
        QCOMPARE(preview.first.size(), std::size_t{2});
        QCOMPARE(preview.first[0].cells[6], std::string("a\nb"));
        QCOMPARE(preview.likelyEventTime(), 4);
        const CsvPreview head = previewed("a,b\n");
        QCOMPARE(types(head), std::string("STRING STRING"));
        QVERIFY(head.first.empty() && head.whole);
        QCOMPARE(previewed("1,2\n", {.header = false}).columns[1].name, std::string("column_2"));
    }

    /// “id,x”, two rows, as gzip and zstd pack them.
    void typesAndFirstRowsOfPackedFiles_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("packed");
        QTest::newRow("gzip") << QStringLiteral("a.csv.gz") << QByteArray(
            "1f8b0800000000000203cb4cd1a9e032d431d233e532d231e60200960f91450f000000");
        QTest::newRow("zstd") << QStringLiteral("a.csv.zst") << QByteArray(
            "28b52ffd200f79000069642c780a312c322e350a322c330a");
    }

    void typesAndFirstRowsOfPackedFiles() {
        QFETCH(QString, file);
        QFETCH(QByteArray, packed);
        Folder folder;
        const std::string path =
            folder.write(file.toStdString(), QByteArray::fromHex(packed).toStdString());
        QCOMPARE(likelyCsvFormat(path).value().delimiter, ',');
        const Result<CsvPreview> preview = previewCsv(path, CsvFormat{}, CsvPreviewOptions{});
        if (!preview.ok()) qFatal("%s", english(preview.error()).c_str());
        QCOMPARE(types(*preview), std::string("INT DOUBLE"));
        QVERIFY(preview->whole && preview->rows == 2);
        QCOMPARE(preview->first.at(1).cells.at(1), std::string("3"));
    }

    void saysWhichValuesMakeItText() {
        QCOMPARE(told("id,price\n1,2.5\n2,n/a\n3,7\n4,\n"),
                 std::string("price is text: 1 of 3 values are no numbers (n/a).\n"));
        QCOMPARE(told("n\n1\n2\n3\n?\n?\n"), std::string("n is text: 2 of 5 values are no numbers (? …).\n"));
        QCOMPARE(told("day\n2024-03-01\n2024-03-02 10:00:00\n01.03.2024\n"),
                 std::string("day is text: 1 of 3 values are no times (01.03.2024).\n"));
        QCOMPARE(told("day\n2024-03-01\n2024-03-02\n01.03.2024\n"),
                 std::string("day is text: 1 of 3 values are no times (01.03.2024).\n"));
        // Names in digits, texts, short rows.
        QCOMPARE(told("name,zip,n\na,00420,1\nb,1,2\nc,x,3\n1,2,4\n"), std::string());
        QCOMPARE(told("a\n\n"), std::string());
        QCOMPARE(told("a,b\n1,x\n2\n3,y\n"), std::string());
    }

    /// Rows far behind those by which columns are guessed elsewhere count, too.
    void countsAllRows() {
        std::string content = "unit_price;place\n";
        for (int i = 0; i < 5'000; ++i) content += i >= 3'000 && i < 4'000 ? "12,50;a\n" : "12.5;b\n";
        const CsvPreview preview = previewed(content, {.delimiter = ';'});
        QCOMPARE(preview.rows, std::uint64_t{5'000});
        QCOMPARE(
            english(preview.columns[0].whyText()),
            std::string("unit_price is text: 1\u2009000 of 5\u2009000 values are no numbers (12,50 …)."));
        QCOMPARE(preview.betterDecimal(), std::optional(Decimal::Either));
        const CsvPreview mended = previewed(content, {.delimiter = ';', .decimal = Decimal::Either});
        QCOMPARE(types(mended), std::string("DOUBLE STRING"));
        QVERIFY(!mended.betterDecimal());
    }

    void offersADecimalComma_data() {
        QTest::addColumn<QByteArray>("values");
        QTest::addColumn<int>("mark");
        QTest::newRow("all") << QByteArray("12,50\n-0,5\n") << 1;
        QTest::newRow("groups") << QByteArray("1.234,50\n12.345.678,9\n") << 1;
        QTest::newRow("groups without decimals") << QByteArray("1.234,50\n12.345\n") << 1;
        QTest::newRow("blanks between groups") << QByteArray("1 234,50\n") << 1;
        QTest::newRow("some") << QByteArray("1.5\n12,50\n") << 2;
        QTest::newRow("junk beside") << QByteArray("12,50\n13,50\nn/a\n") << 1;
        QTest::newRow("between semicolons") << QByteArray("1,234\n5,678\n") << 1;
        QTest::newRow("one of them is no thousand") << QByteArray("1,234\n5,67\n") << 1;
        QTest::newRow("groups of another size") << QByteArray("1\n2\n3\n12.34,5\n") << 0;
        QTest::newRow("text") << QByteArray("a\nb, c\nd\n1,5\n") << 0;
        QTest::newRow("names in digits") << QByteArray("007\n1,5\n2,5\n") << 0;
    }
    void offersADecimalComma() {
        QFETCH(QByteArray, values);
        QFETCH(int, mark);
        const auto better = previewed("x\n" + values.toStdString(), {.delimiter = ';'}).betterDecimal();
        QCOMPARE(better ? static_cast<int>(*better) : 0, mark);
    }

    void thousandsAreNoDecimals() {
        const CsvFormat tabs{.delimiter = '\t'};
        QVERIFY(!previewed("x\n1,234\n5,678\n", tabs).betterDecimal());
        QVERIFY(previewed("x\n1,234\n5,67\n", tabs).betterDecimal() == Decimal::Comma);
    }

    void misfitsOfChosenTypes() {
        const CsvPreview preview = previewed("n,t\n1,1709287200\n2.5,1709287201\nx,2024-03-01\n,\n");
        const CsvPreviewColumn& n = preview.columns[0];
        QCOMPARE(n.values, std::uint64_t{3});
        QCOMPARE(n.misfits(Type::of(TypeId::Int), Counts::None).count, std::uint64_t{2});
        QCOMPARE(n.misfits(Type::of(TypeId::Double), Counts::None).examples, std::vector<std::string>{"x"});
        QCOMPARE(n.misfits(Type::of(TypeId::Boolean), Counts::None).count, std::uint64_t{3});
        QCOMPARE(n.misfits(Type::of(TypeId::String), Counts::None).count, std::uint64_t{0});
        const Type time = Type::of(TypeId::Timestamp);
        QCOMPARE(preview.columns[1].misfits(time, Counts::None).count, std::uint64_t{2});
        QCOMPARE(preview.columns[1].misfits(time, Counts::Seconds).count, std::uint64_t{0});
    }

    void decimalsHaveRoom() {
        QVERIFY(previewed("x\n1\n2\n").columns[0].decimal() == Type::decimal(18, 2));
        QVERIFY(previewed("x\n1.5\n-2.125\n").columns[0].decimal() == Type::decimal(18, 3));
        QVERIFY(previewed("x\n12345678901234567.25\n").columns[0].decimal() == Type::decimal(38, 2));
        const CsvFormat comma{.delimiter = ';', .decimal = Decimal::Comma};
        QVERIFY(previewed("x\n1.234,5\n", comma).columns[0].decimal() == Type::decimal(18, 1));
    }

    void eventTimes() {
        const auto guessed = [](std::string_view content) { return previewed(content).likelyEventTime(); };
        QCOMPARE(guessed("id,when\n1,2024-03-01 10:00:00\n"), 1);
        QCOMPARE(guessed("ts,when\n1709287200,2024-03-01 10:00:00\n"), 1);
        QCOMPARE(guessed("id,ts\n1,1709287200\n2,1709287201\n"), 1);
        QCOMPARE(guessed("id,amount\n1,1709287200\n"), -1);
        QCOMPARE(guessed("id,ts\n1,12\n"), -1);
        QCOMPARE(previewed("ts\n1709287200\n").columns[0].epoch, Counts::Seconds);
        QCOMPARE(previewed("ts\n1709287200.5\n").columns[0].epoch, Counts::Seconds);
        QCOMPARE(previewed("ts\n1709287200000\n").columns[0].epoch, Counts::Milliseconds);
        QCOMPARE(previewed("ts\n1709287200000\n1709287200001\nn/a\n").columns[0].epoch, Counts::Milliseconds);
    }

    /// As times, by what their numbers count.
    void timesOutOfOrder() {
        const auto of = [](std::string_view content, Counts counts) {
            return previewed(content).columns[0].disorder[static_cast<std::size_t>(counts)];
        };
        QCOMPARE(of("at\n2024-03-01 10:00:00\n2024-03-01 10:02:00\n2024-03-01 10:01:00\n"
                    "2024-03-01 10:00:31\nn/a\n\n2024-03-01 10:03:00\n",
                    Counts::None),
                 Millis{89'000});
        QCOMPARE(of("at\n2024-03-01 10:00:00\n2024-03-01 10:00:00\n", Counts::None), Millis{0});
        QCOMPARE(of("at\n1709287200\n1709287190.5\n", Counts::Seconds), Millis{9'500});
        QCOMPARE(of("at\n1709287200000\n1709287200007\n1709287200001\n", Counts::Milliseconds), Millis{6});
        QCOMPARE(of("v\n7\n2\n", Counts::None), Millis{0});
    }

    void timesThatAreTheSame() {
        const auto of = [](std::string_view content) { return previewed(content).columns[0].ties[0]; };
        QVERIFY(of("at\n2024-03-01 10:00:00\n2024-03-01 10:00:00\n"));
        QVERIFY(!of("at\n2024-03-01 10:00:00\n2024-03-01 10:00:01\n"));
        QVERIFY(!previewed("at\n1709287200\n1709287200\n").columns[0].ties[0]);  // no times as such
    }

    /// Round ones, and longer than the disorder: a row that is as old as the watermark may be late.
    void delaysForIt() {
        QCOMPARE(likelyDelay(0, false), Millis{0});
        QCOMPARE(likelyDelay(0, true), Millis{1});
        QCOMPARE(likelyDelay(6, true), Millis{1'000});
        QCOMPARE(likelyDelay(6, false), Millis{1'000});
        QCOMPARE(likelyDelay(1'000, false), Millis{2'000});
        QCOMPARE(likelyDelay(12'300, false), Millis{13'000});
        QCOMPARE(likelyDelay(89'000, false), Millis{90'000});
        QCOMPARE(likelyDelay(90'000, false), Millis{100'000});
        QCOMPARE(likelyDelay(200'000, false), Millis{240'000});
        QCOMPARE(likelyDelay(Millis{100} * 86'400'000, false), Millis{2'401} * 3'600'000);
    }

    void rejectedRowsAreCounted() {
        const CsvPreview preview = previewed("a,b\n1,2\nx\n3,4\n5,6,7\n\xE9,1\n");
        QCOMPARE(preview.rows, std::uint64_t{5});
        QCOMPARE(preview.rejected, std::uint64_t{3});
        QCOMPARE(preview.firstRejected, std::uint64_t{2});
        QCOMPARE(english(preview.reason), std::string("Fields: 1 instead of 2."));
        QCOMPARE(types(preview), std::string("INT INT"));
        QVERIFY(preview.first[0].rejected.empty() && !preview.first[1].rejected.empty());
        QCOMPARE(preview.first[3].cells.size(), std::size_t{3});
        QCOMPARE(preview.first[4].cells[0], std::string("\uFFFD"));
        const CsvPreview broken = previewed("a,b\n\"1,2\n3,4\n");
        QCOMPARE(broken.rejected, std::uint64_t{1});
        QVERIFY(broken.columns[0].type == Type::of(TypeId::Int));
    }

    void whatKeepsItFromBeingRead() {
        QVERIFY(refusal("").find("is empty") != std::string::npos);
        QVERIFY(refusal("\xFF\xFE\x61").find("UTF-16") != std::string::npos);
        QVERIFY(refusal("caf\xE9,b\n1,2\n").find("is not UTF-8 from byte 4 on") != std::string::npos);
        QVERIFY(!previewCsv("/nowhere/none.csv", {}).ok());
        QVERIFY(!likelyCsvFormat("/nowhere/none.csv").ok());
    }

    void staysWithinItsBounds() {
        std::string content = "x\n";
        for (int i = 0; i < 5'000; ++i) content += "1\n";
        const CsvPreview rows = previewed(content, {}, {.mostRows = 2});
        QCOMPARE(rows.rows, std::uint64_t{2});
        QVERIFY(!rows.whole);
        const CsvPreview bytes = previewed(content, {}, {.mostBytes = 100});
        QVERIFY(!bytes.whole && bytes.rows == 50);
        CsvPreviewOptions options;
        options.enough = [] { return true; };
        const CsvPreview timed = previewed(content, {}, options);
        QVERIFY(!timed.whole && timed.rows > 0 && timed.rows < 5'000);
        options.cancelled = [] { return true; };
        Folder folder;
        const auto none = previewCsv(folder.write("a.csv", content), {}, options);
        QVERIFY(!none.ok() && none.error().code == ErrorCode::Cancelled);
        // A row that never ends is not read to its end.
        const std::string endless = folder.write("b.csv", std::string(40U << 20, 'x'));
        int asked = 0;
        options.cancelled = [&asked] { return ++asked > 2; };
        const auto cut = previewCsv(endless, {}, options);
        QVERIFY(!cut.ok() && cut.error().code == ErrorCode::Cancelled);
        const auto most = previewCsv(endless, {}, {.mostBytes = 24U << 20});
        QVERIFY(!most.ok());
        QVERIFY(english(most.error()).find("has no row of 16 MiB or less") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestCsvPreview)
#include "test_csv_preview.moc"
