// CSV as it is found in the world: the rows read, those rejected and why, at any size of the blocks.
#include "tests/unit/connect/fixtures/csv_fixture.h"

using namespace rw;
using namespace rw::test;
using namespace std::string_view_literals;

namespace {

const std::vector<std::pair<std::string, std::string>> kColumns{
    {"id", "INT"}, {"name", "STRING"}, {"x", "DOUBLE"}};

class Reader {
 public:
    explicit Reader(const std::vector<std::pair<std::string, std::string>>& columns = kColumns) {
        options.parser.schema = std::make_shared<const Schema>(schemaOf(columns));
    }
    GivenRows read(std::string_view content) {
        options.files.path = m_folder.write("input.csv", content);
        return readAll(options);
    }
    CsvSourceOptions options;

 private:
    Folder m_folder;
};

}  // namespace

class TestCsvSource : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// A long row is a batch of its own, so that short ones behind it do not keep its bytes; the others come
    /// to two blocks at most.
    void longRowsAreAlone() {
        Folder folder;
        std::string content = "id,name,x\n";
        for (int id = 0; id < 120; ++id) {
            content += std::to_string(id) + "," + std::string(id % 10 == 5 ? 2'000 : 9, 'n') + ",1\n";
        }
        CsvSourceOptions options;
        options.parser.schema = std::make_shared<const Schema>(schemaOf(kColumns));
        options.files.path = folder.write("long.csv", content);
        options.files.blockSize = 100;
        options.clock = std::make_shared<StandingClock>();
        CsvSource source(options);
        QVERIFY(source.open().ok());
        std::size_t rows = 0, alone = 0;
        for (;;) {
            std::unique_ptr<Chunk> chunk;
            if (source.poll(chunk)->kind == Poll::Kind::End) break;
            ParsedChunk parsed;
            QVERIFY(source.parse(*chunk, parsed).ok());
            for (const Batch& batch : parsed.batches) {
                std::size_t bytes = 0;
                for (std::size_t row = 0; row < batch.rows; ++row)
                    bytes += batch.column(1).string(row).size();
                QVERIFY(batch.rows == 1 || bytes <= 200);
                alone += bytes == 2'000 ? 1 : 0;
                rows += batch.rows;
            }
        }
        QCOMPARE(rows, std::size_t{120});
        QCOMPARE(alone, std::size_t{12});
    }
    void rows_data() {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("expected");
        const auto add = [](const char* name, const char* content, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(content) << QString::fromUtf8(expected);
        };
        add("plain", "id,name,x\n1,a,1.5\n2,b,2\n", "1|\"a\"|1.5\n2|\"b\"|2");
        add("no line end at the end", "id,name,x\n1,a,1.5", "1|\"a\"|1.5");
        add("CR LF", "id,name,x\r\n1,a,1.5\r\n2,b,\r\n", "1|\"a\"|1.5\n2|\"b\"|NULL");
        add("byte order mark", "\xEF\xBB\xBFid,name,x\n1,a,1\n", "1|\"a\"|1");
        add("empty lines", "\n\r\nid,name,x\n\n1,a,1\n\r\n\n2,b,2\n\n", "1|\"a\"|1\n2|\"b\"|2");
        add("NULL and the empty string", "id,name,x\n,,\n1,\"\",\n", "NULL|NULL|NULL\n1|\"\"|NULL");
        add("other columns, other order", "y,x,name,z,id\n9,1.5,a,9,1\n", "1|\"a\"|1.5");
        add("blanks in the header", "id , name, x\n1,a,2\n", "1|\"a\"|2");
        add("blanks around values", "id,name,x\n 1 , a , 2.5 \n", "1|\" a \"|2.5");
        add("quoted", "id,name,x\n\"1\",\"a,b\",\"2\"\n", "1|\"a,b\"|2");
        add("doubled quotes", "id,name,x\n1,\"say \"\"hi\"\"\",2\n", "1|\"say \"hi\"\"|2");
        add("a CR before CR LF is text", "id,name,x\nx,a,2\r\r\n",
            "!Column “id”: “x” is not of type INT. # x,a,2\r");
        add("a CR before CR LF is text beside a broken row", "id,name,x\nx,a,2\r\r\n2\n",
            "!Column “id”: “x” is not of type INT. # x,a,2\r\n!Fields: 1 instead of 3. # 2");
        add("line break inside", "id,name,x\n1,\"two\r\nlines\",2\r\n", "1|\"two\r\nlines\"|2");
        add("quote inside a plain field", "id,name,x\n1,5\" pipe,2\n", "1|\"5\" pipe\"|2");
        add("a lone CR is text", "id,name,x\n1,a\rb,2\n", "1|\"a\rb\"|2");
        add("UTF-8", "id,name,x\n1,größe 数 😀 is long,2\n", "1|\"größe 数 😀 is long\"|2");
        add("header alone", "id,name,x\n", "");
        add("nothing", "", "");
        add("bad number", "id,name,x\n1,a,1\nx,b,2\n3,c,3\n",
            "1|\"a\"|1\n!Column “id”: “x” is not of type INT. # x,b,2\n3|\"c\"|3");
        add("first bad column counts", "id,name,x\n1.5,b,y\n",
            "!Column “id”: “1.5” is not of type INT. # 1.5,b,y");
        add("number too large", "id,name,x\n2147483648,b,1\n",
            "!Column “id”: “2147483648” is not of type INT. # 2147483648,b,1");
        add("the empty string is no number", "id,name,x\n1,a,\"\"\n",
            "!Column “x”: “” is not of type DOUBLE. # 1,a,\"\"");
        add("too few fields", "id,name,x\n1,a\n2,b,2\n", "!Fields: 2 instead of 3. # 1,a\n2|\"b\"|2");
        add("too many fields", "id,name,x\n1,a,1,1\r\n2,b,2\n",
            "!Fields: 4 instead of 3. # 1,a,1,1\n2|\"b\"|2");
        add("blanks alone", "id,name,x\n  \n", "!Fields: 1 instead of 3. #   ");
        add("text behind a quote", "id,name,x\n1,\"a\"b,1\n2,b,2\n",
            "!Text follows the closing quote of field 2. # 1,\"a\"b,1\n2|\"b\"|2");
        add("never closed", "id,name,x\n1,\"a,1\n2,b,2\n3,c,3",
            "!The quote that opens field 2 is not closed. # 1,\"a,1\n2|\"b\"|2\n3|\"c\"|3");
        add("closed by the next row's quote", "id,name,x\n1,\"a,1\n2,\"b\",2\n",
            "!The quote that opens field 2 is not closed. # 1,\"a,1\n2|\"b\"|2");
        add("broken at the very end", "id,name,x\n1,a,\"2",
            "!The quote that opens field 3 is not closed. # 1,a,\"2");
        add("header quoted, repeated, empty", "id,\"name\",x,x,\n1,a,2,3,4\n", "1|\"a\"|2");
    }
    /// Each at block sizes from a byte to all at once: the same rows.
    void rows() {
        QFETCH(QString, content);
        QFETCH(QString, expected);
        Reader reader;
        for (const std::size_t block : {1U, 2U, 3U, 5U, 7U, 16U, 33U, 64U, 1U << 20}) {
            for (const std::size_t batch : {1U, 2U, 4096U}) {
                reader.options.files.blockSize = block;
                reader.options.parser.batchRows = batch;
                const GivenRows rows = reader.read(content.toStdString());
                QCOMPARE(QString::fromStdString(rows.error), QString());
                QCOMPARE(QString::fromStdString(rows.text()), expected);
            }
        }
    }
    void bytesThatAreNoText() {
        Reader reader;
        const GivenRows rows =
            reader.read("id,name,x\n1,a\0b,1\n2,\xFF\xFE,2\n3,\xC3\xA9,3\n4,\xED\xA0\x80,4\n"sv);
        QCOMPARE(rows.lines.size(), std::size_t{4});
        QCOMPARE(rows.lines[0], std::string("!The row holds a NUL byte. # 1,a\xEF\xBF\xBD"
                                            "b,1"));
        QCOMPARE(rows.lines[1],
                 std::string("!The row is not UTF-8 from byte 3 on. # 2,\xEF\xBF\xBD\xEF\xBF\xBD,2"));
        QCOMPARE(rows.lines[2], std::string("3|\"é\"|3"));
        QVERIFY(rows.lines[3].starts_with("!The row is not UTF-8 from byte 3 on."));
    }
    /// Columns that are not read are checked all the same, and not built.
    void unwantedColumns() {
        Reader reader;
        reader.options.parser.wanted = {false, true, false};
        const GivenRows rows = reader.read("id,name,x\n1,a,1\nx,b,2\n3,c,y\n");
        QCOMPARE(rows.text(), std::string("-|\"a\"|-\n!Column “id”: “x” is not of type INT. # x,b,2\n"
                                          "!Column “x”: “y” is not of type DOUBLE. # 3,c,y"));
    }
    void nullInPlaceOfAnError() {
        Reader reader;
        reader.options.parser.nullOnError = true;
        QCOMPARE(reader.read("id,name,x\nx,b,2\n1,2\n").text(),
                 std::string("NULL|\"b\"|2\n!Fields: 2 instead of 3. # 1,2"));
    }
    void otherFormats() {
        Reader reader;
        reader.options.parser.format = {'\t', '\'', false};
        QCOMPARE(reader.read("1\t'a\tb'\t2\n").text(), std::string("1|\"a\tb\"|2"));
        reader.options.parser.format = {';', 0, false};
        QCOMPARE(reader.read("1;\"a;2\n").text(), std::string("1|\"\"a\"|2"));
    }
    void everyType() {
        Reader reader({{"b", "BOOLEAN"},
                       {"i", "INT"},
                       {"l", "BIGINT"},
                       {"d", "DECIMAL(8,3)"},
                       {"day", "DATE"},
                       {"t", "TIMESTAMP(3)"}});
        const GivenRows rows = reader.read(
            "b,i,l,d,day,t\n"
            "TRUE,-2147483648,-9223372036854775808,1.0005,2024-02-29,2024-03-01T12:00:00Z\n"
            "false,+7,9223372036854775807,-99999.9994,0001-01-01,2024-03-01 12:00:00\n"
            "false,00000000000000000000007,1234567890123456,1,9999-12-31,2024-03-01 12:00:59.999\n"
            ",,,,,\n");
        QCOMPARE(
            rows.text(),
            std::string("true|-2147483648|-9223372036854775808|1.001|2024-02-29|2024-03-01 12:00:00.000\n"
                        "false|7|9223372036854775807|-99999.999|0001-01-01|2024-03-01 12:00:00.000\n"
                        "false|7|1234567890123456|1.000|9999-12-31|2024-03-01 12:00:59.999\n"
                        "NULL|NULL|NULL|NULL|NULL|NULL"));
        for (const char* bad :
             {"yes,1,1,1,2024-01-01,2024-01-01", "true,--1,1,1,2024-01-01,2024-01-01",
              "true,1,1e3,1,2024-01-01,2024-01-01", "true,1,1,100000,2024-01-01,2024-01-01",
              "true,1,1,1,2024-02-30,2024-01-01", "true,1,1,1,2024-01-01,2024-01-01 00:00:60",
              "true,1,1,1,2024-01-01,2024-01-01 00:00:0a", "true,1,1,1,2024-01-01,2024-01-01 00:00:00.00a",
              "true,1234567a,1,1,2024-01-01,", "true,1,12345678901234567890,1,2024-01-01,"}) {
            const GivenRows rejected = reader.read(std::string("b,i,l,d,day,t\n") + bad + "\n");
            QCOMPARE(rejected.lines.size(), std::size_t{1});
            QVERIFY2(rejected.lines[0].starts_with("!Column “"), rejected.lines[0].c_str());
        }
    }
    void bytes() {
        Reader reader({{"b", "BYTES"}, {"i", "INT"}});
        QCOMPARE(reader.read("b,i\nAP8=,1\n AP8= ,2\n\"\",3\n,4\n\"AP8\",5\r\nno base64,6\n").text(),
                 std::string("AP8=|1\nAP8=|2\n3\nNULL|4\nAP8=|5\n"
                             "!Column “b”: “no base64” is not of type BYTES. # no base64,6"));
        reader.options.parser.wanted = {false, true};
        QCOMPARE(reader.read("b,i\nAP8=,1\nno base64,2\n").text(),
                 std::string("-|1\n!Column “b”: “no base64” is not of type BYTES. # no base64,2"));
        reader.options.parser.wanted = {};
        const std::string large(100'000, 'A');
        QCOMPARE(reader.read("b,i\n" + large + ",1\n").text(), large + "|1");
    }
    void overlongRows() {
        Reader reader;
        reader.options.parser.limits.row = 100;
        const std::string content = "id,name,x\n1,a,1\n2," + std::string(1'000, 'b') + ",2\n3," +
                                    std::string(90, 'c') + ",3\n4,\"" + std::string(500, 'd') +
                                    "\",4\n5,e,5\n";
        for (const std::size_t block : {1U, 10U, 64U, 100U, 1U << 20}) {
            reader.options.files.blockSize = block;
            const GivenRows rows = reader.read(content);
            QCOMPARE(rows.error, std::string());
            QCOMPARE(rows.lines.size(), std::size_t{5});
            QVERIFY(rows.lines[1].starts_with("!The row is longer than"));
            QVERIFY(rows.lines[1].size() < 400);
            QCOMPARE(rows.lines[2], "3|\"" + std::string(90, 'c') + "\"|3");
            QVERIFY(rows.lines[3].starts_with("!The row is longer than"));
            QCOMPARE(rows.lines[4], std::string("5|\"e\"|5"));
        }
    }
    /// A stray quote costs its line, not the file.
    void strayQuote() {
        Reader reader;
        reader.options.parser.limits.quoted = 40;
        const std::string content =
            "id,name,x\n1,\"a,1\n2,b,2\n3,c,3\n4,d,4\n5,e,5\n6,f,6\n7,g,7\n8,\"h\",8\n";
        for (const std::size_t block : {1U, 7U, 64U, 1U << 20}) {
            reader.options.files.blockSize = block;
            const GivenRows rows = reader.read(content);
            QCOMPARE(rows.lines.size(), std::size_t{8});
            QCOMPARE(rows.lines[0], std::string("!The quote that opens field 2 is not closed. # 1,\"a,1"));
            QCOMPARE(rows.lines[7], std::string("8|\"h\"|8"));
        }
    }
    void headerLacksAColumn() {
        Reader reader;
        const GivenRows rows = reader.read("id,Name,x\n1,a,1\n");
        QVERIFY(rows.error.find("has no column “name”. It has: id, Name, x.") != std::string::npos);
    }
    /// csv_sink's row for NULL alone is read as it was.
    void emptyLinesOfOneColumn() {
        const std::vector<std::pair<std::string, std::string>> columns{{"a", "STRING"}};
        Reader reader(columns);
        QCOMPARE(reader.read("\na\nx\n\n\"\"\n\r\n").text(), std::string("\"x\"\nNULL\n\"\"\nNULL"));
        reader.options.parser.format.header = false;
        QCOMPARE(reader.read("\nx").text(), std::string("NULL\n\"x\""));
    }
    void headerCantBeRead_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        QTest::newRow("broken quotes") << QByteArray("\"id,name,x\n") << "quotes in the header";
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFEi\0d\0\n\0", 8) << "UTF-16. Save it as UTF-8.";
        QTest::newRow("other bytes") << QByteArray("id,n\xE4me,x\n1,a,1\n") << "not UTF-8 from byte 5 on";
        QTest::newRow("CR alone") << QByteArray("id,name,x\r1,a,1\r") << "end with CR alone. Save it";
    }
    void headerCantBeRead() {
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        Reader reader;
        const GivenRows rows = reader.read({content.constData(), static_cast<std::size_t>(content.size())});
        QVERIFY2(QString::fromStdString(rows.error).contains(says), rows.error.c_str());
        QVERIFY(rows.lines.empty());
    }
    void arrivalTime() {
        Reader reader({{"id", "INT"}, {"at", "TIMESTAMP(3)"}});
        reader.options.parser.arrival = 1;
        QCOMPARE(reader.read("id\n7\n").text(), std::string("7|2023-11-14 22:13:20.000"));
    }
    /// Random text over the characters that matter: the same rows at every block and batch size.
    void randomText() {
        std::mt19937 random(5);
        const std::string_view alphabet = "1,\"\"\n\n\r,ab \xC3\xA9";
        Reader reader({{"a", "INT"}, {"b", "STRING"}});
        reader.options.parser.format.header = false;
        reader.options.parser.limits = {60, 25};
        for (int round = 0; round < 400; ++round) {
            std::string content;
            for (std::size_t i = random() % 300; i > 0; --i) content += alphabet[random() % alphabet.size()];
            std::optional<std::string> expected;
            for (const std::size_t block : {60U, 1U, 2U, 3U, 13U, 31U}) {
                reader.options.files.blockSize = block;
                reader.options.parser.batchRows = 1 + random() % 5;
                const GivenRows rows = reader.read(content);
                QCOMPARE(rows.error, std::string());
                if (!expected) expected = rows.text();
                QCOMPARE(rows.text(), *expected);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestCsvSource)
#include "test_csv_source.moc"
