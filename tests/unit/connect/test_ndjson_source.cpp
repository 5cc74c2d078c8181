// JSON as it is found in the world: the rows read, those rejected and why, at any size of the blocks.
#include "tests/unit/connect/fixtures/ndjson_fixture.h"

using namespace rw;
using namespace rw::test;
using namespace std::string_view_literals;

namespace {

const std::vector<JsonColumn> kColumns{{"id", "INT"}, {"name", "STRING"}, {"x", "DOUBLE"}};

/// The one row, as NdjsonReader says it.
std::string readRow(std::string_view row, const std::vector<JsonColumn>& columns = kColumns) {
    NdjsonReader reader(columns);
    const GivenRows rows = reader.read(std::string(row) + "\n");
    return rows.error.empty() ? rows.text() : "error: " + rows.error;
}

}  // namespace

class TestNdjsonSource : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rows_data() {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("expected");
        const auto add = [](const char* name, const char* content, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(content) << QString::fromUtf8(expected);
        };
        add("plain",
            R"({"id":1,"name":"a","x":1.5}
{"id":2,"name":"b","x":2}
)",
            "1|\"a\"|1.5\n2|\"b\"|2");
        add("no line end at the end", R"({"id":1,"name":"a","x":1.5})", "1|\"a\"|1.5");
        add("CR LF", "{\"id\":1,\"name\":\"a\"}\r\n{\"id\":2,\"x\":2}\r\n", "1|\"a\"|NULL\n2|NULL|2");
        add("byte order mark", "\xEF\xBB\xBF{\"id\":1}\n", "1|NULL|NULL");
        add("empty and blank lines", "\n\r\n{\"id\":1}\n  \t\n\n{\"id\":2}\n\n", "1|NULL|NULL\n2|NULL|NULL");
        add("nothing", "", "");
        add("missing and null", "{}\n{\"id\":null,\"name\":null,\"x\":null}\n",
            "NULL|NULL|NULL\nNULL|NULL|NULL");
        add("other fields, other order", R"({"y":[1,{"id":9}],"x":1.5,"name":"a","z":{"name":"q"},"id":1})",
            "1|\"a\"|1.5");
        add("blanks between tokens", " { \"id\" :\t1 , \"name\" : \"a\" , \"x\" : 2 } \n", "1|\"a\"|2");
        add("escapes", "{\"id\":1,\"name\":\"say \\\"hi\\\" \\u00e9\\ud83d\\ude00\\/ and more\",\"x\":1}",
            "1|\"say \"hi\" é😀/ and more\"|1");
        add("a key with escapes", R"({"\u0069d":1,"na\u006de":"a"})", "1|\"a\"|NULL");
        add("UTF-8", "{\"id\":1,\"name\":\"größe 数 😀 is long\"}\n", "1|\"größe 数 😀 is long\"|NULL");
        add("the empty string", R"({"name":""})", "NULL|\"\"|NULL");
        add("the last of two counts", R"({"id":1,"name":"a","id":2,"name":null})", "2|NULL|NULL");
        add("strings are read as in CSV", R"({"id":" 1 ","x":"2.5"})", "1|NULL|2.5");
        add("numbers and truth in a STRING", "{\"name\":1.50}\n{\"name\":true}\n{\"name\":-1e3}\n",
            "NULL|\"1.50\"|NULL\nNULL|\"true\"|NULL\nNULL|\"-1e3\"|NULL");
        add("objects and arrays in a STRING", "{\"name\":{ \"a\" : [1, \"x \\\" y\"], \"b\" : {} }}",
            "NULL|\"{\"a\":[1,\"x \\\" y\"],\"b\":{}}\"|NULL");
        add("bad number", "{\"id\":1}\n{\"id\":\"x\"}\n{\"id\":3}\n",
            "1|NULL|NULL\n!Column “id”: “x” is not of type INT. # {\"id\":\"x\"}\n3|NULL|NULL");
        add("the first bad column counts", R"({"x":"y","id":"z"})",
            "!Column “id”: “z” is not of type INT. # {\"x\":\"y\",\"id\":\"z\"}");
        add("no object", "{\"id\":1}\n[1]\n{\"id\":2}\n",
            "1|NULL|NULL\n!The row is not a JSON object. # [1]\n2|NULL|NULL");
        add("never closed", "{\"id\":1\n{\"id\":2}\n",
            "!The object does not end where the row ends. # {\"id\":1\n2|NULL|NULL");
        add("a string never closed", "{\"id\":1,\"name\":\"a}\n{\"id\":2}\n",
            "!A string is not closed, or holds a control character. # {\"id\":1,\"name\":\"a}\n2|NULL|NULL");
    }
    /// Each at block sizes from a byte to all at once: the same rows.
    void rows() {
        QFETCH(QString, content);
        QFETCH(QString, expected);
        NdjsonReader reader(kColumns);
        for (const std::size_t block : {1U, 2U, 3U, 5U, 7U, 16U, 33U, 64U, 1U << 20}) {
            for (const std::size_t batch : {1U, 2U, 4096U}) {
                reader.block = block;
                reader.options.batchRows = batch;
                const GivenRows rows = reader.read(content.toStdString());
                QCOMPARE(QString::fromStdString(rows.error), QString());
                QCOMPARE(QString::fromStdString(rows.text()), expected);
            }
        }
    }
    /// One is passed over; a second is the fault of its row, at any size of the blocks.
    void byteOrderMarks() {
        NdjsonReader reader(kColumns);
        for (reader.block = 1; reader.block < 20; ++reader.block) {
            QCOMPARE(reader.read("\xEF\xBB\xBF{\"id\":1}\n").text(), std::string("1|NULL|NULL"));
            QVERIFY(reader.read("\xEF\xBB\xBF\xEF\xBB\xBF{\"id\":1}\n").text().starts_with('!'));
        }
    }

    /// All of a row is checked, for any columns.
    void whatIsNoJson_data() {
        QTest::addColumn<QString>("row");
        for (const char* row : {"5",
                                "\"a\"",
                                "null",
                                "nothing",
                                "[{\"id\":1}]",
                                "{\"id\":1}}",
                                "{\"id\":1} x",
                                "{\"id\":1},",
                                "{\"id\":1}{\"id\":2}",
                                "{\"id\":1,}",
                                "{,\"id\":1}",
                                "{\"id\"}",
                                "{\"id\":}",
                                "{\"id\" 1}",
                                "{\"id\"::1}",
                                "{\"id\":1 \"x\":2}",
                                "{id:1}",
                                "{'id':1}",
                                "{1:2}",
                                "{\"id\":01}",
                                "{\"id\":-}",
                                "{\"id\":+1}",
                                "{\"id\":.5}",
                                "{\"id\":1.}",
                                "{\"id\":1e}",
                                "{\"id\":1e+}",
                                "{\"id\":0x1}",
                                "{\"q\":-01}",
                                "{\"q\":1.5.5}",
                                "{\"q\":NaN}",
                                "{\"q\":Infinity}",
                                "{\"q\":nul}",
                                "{\"q\":nulll}",
                                "{\"q\":True}",
                                "{\"q\":truefalse}",
                                "{\"q\":1\"a\"}",
                                "{\"q\":\"a\"1}",
                                "{\"q\":\"a\"\"b\"}",
                                "{\"q\":[1,]}",
                                "{\"q\":[,1]}",
                                "{\"q\":[1 2]}",
                                "{\"q\":[1}",
                                "{\"q\":[1}}",
                                "{\"q\":{\"a\":1]}",
                                "{\"q\":{\"a\":1}",
                                "{\"q\":{\"a\"}}",
                                "{\"q\":{]}}",
                                "{\"q\":\"a\tb\"}",
                                "{\"q\":\"\\x\"}",
                                "{\"q\":\"\\u12g4\"}",
                                "{\"q\":\"\\ud800\"}",
                                "{\"q\":\"\\udc00\"}",
                                "{\"\\q\":1}",
                                "{\"q\":\"a\":1}",
                                "{\"q\":[\"a\":1]}",
                                "{\"q\":1}//",
                                "{\"q\":\f1}",
                                "{\"q\":\"\\\"}"}) {
            QTest::newRow(row) << QString::fromUtf8(row);
        }
    }
    void whatIsNoJson() {
        QFETCH(QString, row);
        const std::string said = readRow(row.toStdString());
        QVERIFY2(said.starts_with("!") && said.find("Column “") == std::string::npos, said.c_str());
        QVERIFY2(said.ends_with(" # " + row.toStdString()), said.c_str());
    }
    void theByteWhereItEnds() {
        QCOMPARE(readRow("{\"id\":01}"), std::string("!The row is no JSON from byte 7 on. # {\"id\":01}"));
        QCOMPARE(readRow("{\"id\":1}}"), std::string("!The row is no JSON from byte 9 on. # {\"id\":1}}"));
        QCOMPARE(readRow("{\"q\":[1,x]}"),
                 std::string("!The row is no JSON from byte 9 on. # {\"q\":[1,x]}"));
    }
    void bytesThatAreNoText() {
        NdjsonReader reader(kColumns);
        const GivenRows rows = reader.read(
            "{\"name\":\"a\0b\"}\n{\"name\":\"\xFF\xFE\"}\n{\"name\":\"\xC3\xA9\"}\n{\"q\":\"\xED\xA0\x80\"}\n"sv);
        QCOMPARE(rows.lines.size(), std::size_t{4});
        QVERIFY(rows.lines[0].starts_with("!The row holds a NUL byte."));
        QVERIFY(rows.lines[1].starts_with("!The row is not UTF-8 from byte 10 on."));
        QCOMPARE(rows.lines[2], std::string("NULL|\"é\"|NULL"));
        QVERIFY(rows.lines[3].starts_with("!The row is not UTF-8 from byte 7 on."));
    }
    void deepRows() {
        const auto nested = [](int levels) {
            return "{\"name\":" + std::string(static_cast<std::size_t>(levels), '[') +
                   std::string(static_cast<std::size_t>(levels), ']') + "}";
        };
        QVERIFY(readRow(nested(499)).starts_with("NULL|\"[[["));
        for (const int levels : {500, 5'000, 100'000})
            QVERIFY(readRow(nested(levels)).starts_with("!Objects and arrays are nested deeper than 500."));
    }
    void everyType() {
        const std::vector<JsonColumn> columns{{"b", "BOOLEAN"},       {"i", "INT"},    {"l", "BIGINT"},
                                              {"d", "DECIMAL(38,2)"}, {"x", "DOUBLE"}, {"day", "DATE"},
                                              {"t", "TIMESTAMP(3)"}};
        QCOMPARE(readRow(R"({"b":true,"i":-2147483648,"l":9223372036854775807,)"
                         "\"d\":123456789012345678901234567890123456.78,\"x\":1e300,\"day\":\"2024-02-29\","
                         "\"t\":\"2024-03-01T12:00:00Z\"}",
                         columns),
                 std::string("true|-2147483648|9223372036854775807|123456789012345678901234567890123456.78|"
                             "1e+300|2024-02-29|2024-03-01 12:00:00.000"));
        QCOMPARE(readRow(R"({"b":"FALSE","i":"7","l":"-9223372036854775808","d":"1.005","x":"NaN",)"
                         "\"day\":\"0001-01-01\",\"t\":\"2024-03-01 12:00:59.999\"}",
                         columns),
                 std::string("false|7|-9223372036854775808|1.01|NaN|0001-01-01|2024-03-01 12:00:59.999"));
        QCOMPARE(readRow(R"({"d":1.5e3,"l":1234567890123456789,"x":-0.0})", columns),
                 std::string("NULL|NULL|1234567890123456789|1500.00|-0|NULL|NULL"));
        for (const char* bad :
             {R"({"b":1})", R"({"b":"yes"})", R"({"i":1.5})", R"({"i":1.0})", R"({"i":1e3})",
              R"({"i":2147483648})", R"({"i":true})", R"({"i":""})", R"({"i":{"a":1}})", R"({"i":[1]})",
              R"({"l":9223372036854775808})", R"({"d":1e37})", R"({"d":false})", R"({"x":"one"})",
              R"({"x":true})", R"({"day":20240301})", R"({"day":"2024-02-30"})", R"({"t":1709294400000})",
              R"({"t":"12:00"})"}) {
            const std::string said = readRow(bad, columns);
            QVERIFY2(said.starts_with("!Column “"), said.c_str());
        }
    }
    void bytes() {
        const std::vector<JsonColumn> columns{{"b", "BYTES"}};
        QCOMPARE(readRow(R"({"b":"AP8="})", columns), std::string("AP8="));
        QCOMPARE(readRow(R"({"b":"AP\/\/"})", columns), std::string("AP//"));
        QCOMPARE(readRow(R"({"b":""})", columns), std::string());
        QCOMPARE(readRow(R"({"b":null})", columns), std::string("NULL"));
        const std::string large(100'000, 'A');
        QCOMPARE(readRow("{\"b\":\"" + large + "\"}", columns), large);
        for (const char* bad : {R"({"b":"no base64"})", R"({"b":1})", R"({"b":true})", R"({"b":[0,255]})"}) {
            const std::string said = readRow(bad, columns);
            QVERIFY2(said.starts_with("!Column “b”: "), said.c_str());
        }
    }
    void paths() {
        const std::vector<JsonColumn> columns{{"city", "STRING", "$.address.city"},
                                              {"second", "INT", "$.orders[1].id"},
                                              {"orders", "STRING"},
                                              {"dotted", "INT", "$['a.b']"},
                                              {"again", "STRING", "$.address.city"}};
        QCOMPARE(
            readRow(R"({"address":{"zip":"1","city":"Bonn"},"orders":[{"id":1},{"id":2}],"a.b":3})", columns),
            std::string("\"Bonn\"|2|\"[{\"id\":1},{\"id\":2}]\"|3|\"Bonn\""));
        QCOMPARE(readRow(R"({"address":"Bonn","orders":{"id":1}})", columns),
                 std::string("NULL|NULL|\"{\"id\":1}\"|NULL|NULL"));
        QCOMPARE(readRow(R"({"orders":[{"id":1}]})", columns),
                 std::string("NULL|NULL|\"[{\"id\":1}]\"|NULL|NULL"));
        // The fields of the first of two fields of one name are gone with it.
        QCOMPARE(readRow(R"({"address":{"city":"Bonn"},"address":{"zip":"1"}})", columns),
                 std::string("NULL|NULL|NULL|NULL|NULL"));
        QCOMPARE(readRow(R"({"address":{"city":"Bonn"},"address":null})", columns),
                 std::string("NULL|NULL|NULL|NULL|NULL"));
        QCOMPARE(readRow(R"( {"a": [1, 2]} )", {{"all", "STRING", "$"}, {"a", "STRING"}}),
                 std::string("\"{\"a\":[1,2]}\"|\"[1,2]\""));
    }
    /// Fields that are not read are checked all the same, and not built.
    void unwantedColumns() {
        NdjsonReader reader(kColumns);
        reader.options.wanted = {false, true, false};
        QCOMPARE(reader.read("{\"id\":1,\"name\":\"a\",\"x\":1}\n{\"id\":\"x\"}\n{\"x\":[]}\n").text(),
                 std::string("-|\"a\"|-\n!Column “id”: “x” is not of type INT. # {\"id\":\"x\"}\n"
                             "!Column “x”: “[]” is not of type DOUBLE. # {\"x\":[]}"));
    }
    void nullInPlaceOfAnError() {
        NdjsonReader reader(kColumns);
        reader.options.nullOnError = true;
        QCOMPARE(reader.read("{\"id\":\"x\",\"name\":\"b\"}\n{\"id\":}\n").text(),
                 std::string("NULL|\"b\"|NULL\n!The row is no JSON from byte 7 on. # {\"id\":}"));
    }
    void arrivalTime() {
        NdjsonReader reader(std::vector<JsonColumn>{{"id", "INT"}});
        Schema schema = *reader.options.schema;
        schema.fields.push_back({"at", Type::of(TypeId::Timestamp)});
        reader.options.schema = std::make_shared<const Schema>(std::move(schema));
        reader.options.arrival = 1;
        QCOMPARE(reader.read("{\"id\":1}\n[]\n{\"at\":5}\n").text(),
                 std::string("1|2023-11-14 22:13:20.000\n!The row is not a JSON object. # []\n"
                             "NULL|2023-11-14 22:13:20.000"));
    }
    void overlongRows() {
        NdjsonReader reader(kColumns);
        reader.longest = 100;
        const std::string content = "{\"id\":1}\n{\"id\":2,\"name\":\"" + std::string(1'000, 'b') +
                                    "\"}\n{\"id\":3,\"name\":\"" + std::string(70, 'c') + "\"}\n{\"id\":4}\n";
        for (const std::size_t block : {1U, 10U, 64U, 100U, 1U << 20}) {
            reader.block = block;
            const GivenRows rows = reader.read(content);
            QCOMPARE(rows.error, std::string());
            QCOMPARE(rows.lines.size(), std::size_t{4});
            QVERIFY(rows.lines[1].starts_with("!The row is longer than"));
            QCOMPARE(rows.lines[2], "3|\"" + std::string(70, 'c') + "\"|NULL");
            QCOMPARE(rows.lines[3], std::string("4|NULL|NULL"));
        }
    }
    /// The reader's state after a row does not show in the next.
    void rowsAreApart() {
        NdjsonReader reader({{"a", "STRING"}, {"b", "STRING", "$.c.b"}});
        QCOMPARE(reader
                     .read("{\"a\":\"\\u0041 rather long text\",\"c\":{\"b\":\"x\"}}\n"
                           "{\"a\":\"\\u0042 another long text\"}\n{}\n{\"c\":{\"b\":\"\\n\"}}\n")
                     .text(),
                 std::string(
                     "\"A rather long text\"|\"x\"\n\"B another long text\"|NULL\nNULL|NULL\nNULL|\"\n\""));
    }
};

QTEST_APPLESS_MAIN(TestNdjsonSource)
#include "test_ndjson_source.moc"
