// Records of Avro as rows: every type and promotion, schemas that changed, and bytes that are none.
#include "core/connect/avro/avro_bytes.h"
#include "core/connect/avro/writer_schemas.h"
#include "tests/unit/connect/fixtures/messages_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

std::shared_ptr<const AvroSchema> schemaFrom(const std::string& json) {
    Result<AvroSchema> schema = AvroSchema::parse(json);
    return schema.ok() ? std::make_shared<const AvroSchema>(*std::move(schema)) : nullptr;
}

/// A record with these fields, as JSON has them.
std::shared_ptr<const AvroSchema> recordOf(const std::string& fields) {
    return schemaFrom(R"({"type":"record","name":"row","fields":[)" + fields + "]}");
}

MessageFormat avroFormat(std::shared_ptr<const AvroSchema> schema, const Lines& columns) {
    MessageFormat format = formatWith(FormatKind::Avro, columns);
    format.avro = std::move(schema);
    return format;
}

std::string fieldOf(const std::string& type) {
    return R"({"name":"a","type":)" + type + "}";
}

std::string longOf(std::int64_t value) {
    std::string out;
    appendAvroLong(out, value);
    return out;
}

std::string textOf(const std::string& text) {
    std::string out;
    appendAvroString(out, text);
    return out;
}

std::string littleEndian(std::uint64_t bits, unsigned bytes) {
    std::string out;
    for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(bits >> (8 * i));
    return out;
}

/// Column `a` of that type, read from a field `a`.
std::string readAs(const std::string& avroType, const std::string& column, const std::string& message) {
    const auto schema = recordOf(fieldOf(avroType));
    if (!schema) return "no schema";
    return decoded(avroFormat(schema, {"a " + column}), Lines{message}).front();
}

}  // namespace

class TestAvro : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void values_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("column");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("line");
        const auto row = [](const std::string& type, const std::string& column, const std::string& message,
                            const char* line) {
            QTest::newRow((type + " as " + column + " " + line).c_str())
                << QByteArray::fromStdString(type) << QByteArray::fromStdString(column)
                << QByteArray::fromStdString(message) << QString::fromUtf8(line);
        };
        const std::string optional = R"(["null","long"])", day = R"({"type":"int","logicalType":"date"})";
        const std::string millis = R"({"type":"long","logicalType":"timestamp-millis"})";
        const std::string micros = R"({"type":"long","logicalType":"timestamp-micros"})";
        const std::string decimal = R"({"type":"bytes","logicalType":"decimal","precision":10,"scale":2})";
        const std::string fixed =
            R"({"type":"fixed","name":"f","size":3,"logicalType":"decimal","precision":6,"scale":1})";
        const std::string colours = R"({"type":"enum","name":"e","symbols":["red","green"]})";
        row(R"("boolean")", "BOOLEAN", "\x01", "true");
        row(R"("boolean")", "STRING", bytesOf("\x00"), "\"false\"");
        row(R"("int")", "INT", longOf(-2'147'483'648), "-2147483648");
        row(R"("int")", "BIGINT", longOf(7), "7");
        row(R"("int")", "DOUBLE", longOf(7), "7");
        row(R"("int")", "DECIMAL(5,2)", longOf(-7), "-7.00");
        row(R"("int")", "STRING", longOf(7), "\"7\"");
        row(R"("long")", "BIGINT", longOf(INT64_MIN), "-9223372036854775808");
        row(R"("long")", "BIGINT", longOf(INT64_MAX), "9223372036854775807");
        row(R"("long")", "INT", longOf(2'147'483'647), "2147483647");
        row(R"("float")", "DOUBLE", littleEndian(0x3FC00000, 4), "1.5");
        row(R"("double")", "DOUBLE", littleEndian(0xC00C000000000000, 8), "-3.5");
        row(R"("double")", "STRING", littleEndian(0x7FF8000000000000, 8), "\"NaN\"");
        row(R"("string")", "STRING", textOf("a longer text than twelve"), "\"a longer text than twelve\"");
        row(R"("string")", "STRING", textOf(""), "\"\"");
        row(R"("string")", "INT", textOf("12"), "12");
        row(R"("string")", "TIMESTAMP(3)", textOf("2024-03-01T12:00:00Z"), "2024-03-01 12:00:00.000");
        row(R"("bytes")", "STRING", textOf("é"), "\"é\"");
        row(R"("bytes")", "BYTES", textOf(bytesOf("\xff\0\x01")), "/wAB");
        row(R"({"type":"fixed","name":"f","size":1})", "BYTES", "\xff", "/w==");
        row(R"("string")", "BYTES", textOf("/w=="), "/w==");
        row(decimal, "BYTES", textOf("\xff"), "/w==");
        row(optional, "BIGINT", longOf(0), "NULL");
        row(optional, "BIGINT", longOf(1) + longOf(5), "5");
        row(R"("null")", "INT", "", "NULL");
        row(day, "DATE", longOf(19'783), "2024-03-01");
        row(day, "STRING", longOf(19'783), "\"2024-03-01\"");
        row(day, "INT", longOf(19'783), "19783");
        row(millis, "TIMESTAMP(3)", longOf(1'709'294'400'123), "2024-03-01 12:00:00.123");
        row(millis, "BIGINT", longOf(1), "1");
        row(micros, "TIMESTAMP(3)", longOf(1'709'294'400'123'999), "2024-03-01 12:00:00.123");
        row(micros, "TIMESTAMP(3)", longOf(-1), "1969-12-31 23:59:59.999");
        row(micros, "STRING", longOf(1'709'294'400'123'999), "\"2024-03-01 12:00:00.123\"");
        row(decimal, "DECIMAL(10,2)", textOf("\x04\xd2"), "12.34");
        row(decimal, "DECIMAL(10,1)", textOf("\x04\xd7"), "12.4");
        row(decimal, "DECIMAL(10,4)", textOf("\xff"), "-0.0100");
        row(decimal, "DECIMAL(10,2)", textOf(""), "0.00");
        row(decimal, "STRING", textOf("\x04\xd2"), "\"12.34\"");
        row(fixed, "DECIMAL(6,1)", "\xff\xff\xf6", "-1.0");
        row(colours, "STRING", longOf(1), "\"green\"");
        row(R"({"type":"array","items":"int"})", "STRING",
            longOf(2) + longOf(1) + longOf(2) + longOf(-1) + longOf(1) + longOf(3) + longOf(0),
            "\"[1,2,3]\"");
        row(R"({"type":"map","values":["null","string"]})", "STRING",
            longOf(2) + textOf("x") + longOf(1) + textOf("say \"hi\"") + textOf("y") + longOf(0) + longOf(0),
            "\"{\"x\":\"say \\\"hi\\\"\",\"y\":null}\"");
        row(R"({"type":"record","name":"in","fields":[{"name":"d","type":)" + decimal +
                R"(},{"name":"b","type":"bytes"},{"name":"x","type":"double"},{"name":"t","type":)" + millis +
                "}]}",
            "STRING", textOf("\x04\xd2") + textOf("\xff") + littleEndian(0x7FF0000000000000, 8) + longOf(0),
            "\"{\"d\":12.34,\"b\":\"/w==\",\"x\":\"Infinity\",\"t\":\"1970-01-01 00:00:00.000\"}\"");
        // What is not of the type of the column, though it could be.
        row(R"("long")", "INT", longOf(2'147'483'648), "!Column “a”: “2147483648” is not of type INT.");
        row(R"("string")", "INT", textOf("x"), "!Column “a”: “x” is not of type INT.");
        row(R"("string")", "BYTES", textOf("n"), "!Column “a”: “n” is not of type BYTES.");
        row(R"("int")", "BYTES", longOf(1),
            "!Column “a” is BYTES, and the field in the schema is of type int. Declare the column as INT.");
        row(R"("bytes")", "STRING", textOf("\xff"), "!Column “a”: the value is not of type STRING.");
        row(decimal, "DECIMAL(3,2)", textOf("\x04\xd2"), "!Column “a”: “12.34” is not of type DECIMAL(3,2).");
        row(decimal, "DECIMAL(38,2)", textOf(std::string(17, '\x7f')),
            "!Column “a”: the value is not of type DECIMAL(38,2).");
        row(R"("int")", "DECIMAL(2,1)", longOf(10), "!Column “a”: “10” is not of type DECIMAL(2,1).");
        // What can't be.
        row(R"("long")", "TIMESTAMP(3)", longOf(1),
            "!Column “a” is TIMESTAMP(3), and the field in the schema is of type long. Declare the column as "
            "BIGINT: "
            "the schema does not say that the number is a time.");
        row(R"("double")", "INT", littleEndian(0, 8),
            "!Column “a” is INT, and the field in the schema is of type double. Declare the column as "
            "DOUBLE.");
        row(R"({"type":"array","items":"int"})", "INT", longOf(0),
            "!Column “a” is INT, and the field in the schema is of type array. Declare the column as "
            "STRING.");
        row(decimal, "DOUBLE", textOf(""),
            "!Column “a” is DOUBLE, and the field in the schema is of type bytes (decimal(10,2)). Declare "
            "the column as "
            "DECIMAL(10,2).");
    }
    void values() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, column);
        QFETCH(QByteArray, message);
        QFETCH(QString, line);
        const std::string got = readAs(type.toStdString(), column.toStdString(), message.toStdString());
        const std::string expected = line.toStdString();
        const bool good = expected.starts_with("!") ? got.starts_with(expected + " # ") : got == expected;
        QVERIFY2(good, got.c_str());
    }

    void placesInARecord() {
        const auto schema = recordOf(
            R"({"name":"in","type":["null",{"type":"record","name":"in","fields":[{"name":"x","type":"int"},)"
            R"({"name":"y","type":"string"}]}]},{"name":"list","type":{"type":"array","items":"in"}},)"
            R"({"name":"map","type":{"type":"map","values":"int"}},{"name":"rest","type":"string"})");
        QVERIFY(schema);
        const MessageFormat format = avroFormat(
            schema, {"y STRING FROM '$.in.y'", "second INT FROM '$.list[1].x'",
                     "third INT FROM '$.list[2].x'", "k INT FROM '$.map.k'", "whole STRING FROM '$.in'"});
        const std::string inner = longOf(1) + longOf(3) + textOf("three");
        const std::string list =
            longOf(2) + longOf(4) + textOf("four") + longOf(5) + textOf("five") + longOf(0);
        const std::string map = longOf(3) + textOf("k") + longOf(6) + textOf("l") + longOf(7) + textOf("k") +
                                longOf(8) + longOf(0);
        QCOMPARE(decoded(format, Lines{inner + list + map + textOf("r"),
                                       longOf(0) + longOf(0) + longOf(0) + textOf("r")}),
                 (Lines{R"("three"|5|NULL|8|"{"x":3,"y":"three"}")", "NULL|NULL|NULL|NULL|NULL"}));
    }

    /// Fields that nobody reads are read over, in blocks that say their size without a look at them.
    void fieldsThatNobodyReads() {
        const auto schema =
            recordOf(R"({"name":"x","type":{"type":"array","items":"long"}},{"name":"a","type":"int"})");
        const std::string block = longOf(-2) + longOf(2) + longOf(1) + longOf(2) + longOf(0);
        QCOMPARE(decoded(avroFormat(schema, {"a INT"}), Lines{block + longOf(9)}), Lines{"9"});
    }

    /// To the last byte: a message of another schema is seldom a record of this one.
    void whatIsNoRecord() {
        const auto schema = recordOf(R"({"name":"a","type":["null","string"]},{"name":"b","type":"double"})");
        const MessageFormat format = avroFormat(schema, {"a STRING"});
        const std::string whole = longOf(1) + textOf("text") + littleEndian(0, 8);
        QCOMPARE(decoded(format, Lines{whole}), Lines{R"("text")"});
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const std::string line = decoded(format, Lines{whole.substr(0, size)}).front();
            QVERIFY2(line.starts_with("!The message is no record of the schema from byte "), line.c_str());
        }
        QVERIFY(decoded(format, Lines{whole + "x"})
                    .front()
                    .starts_with(
                        "!The record ends at byte 14, and the message goes on: it is of another schema."));
        for (const std::string& wrong :
             {longOf(2), longOf(-1), longOf(1) + longOf(-1), longOf(1) + longOf(INT64_MAX),
              std::string(11, '\xff'), longOf(1) + textOf("\xff") + littleEndian(0, 8)})
            QVERIFY(decoded(format, Lines{wrong}).front().starts_with("!The message is no record"));
        QVERIFY(readAs(R"("boolean")", "STRING", "\x02").starts_with("!The message is no record"));
        QVERIFY(readAs(R"("int")", "BIGINT", longOf(2'147'483'648)).starts_with("!The message is no record"));
        QVERIFY(readAs(R"({"type":"enum","name":"e","symbols":["x"]})", "STRING", longOf(1))
                    .starts_with("!The message is no record"));
    }

    /// A few bytes that ask for very much.
    void whatHasNoEnd() {
        const std::string endless = longOf(INT64_MAX);
        for (const char* const items : {R"("null")", R"({"type":"record","name":"none","fields":[]})",
                                        R"({"type":"fixed","name":"f","size":0})"}) {
            const std::string list = R"({"type":"array","items":)" + std::string(items) + "}";
            QVERIFY(readAs(list, "STRING", endless).starts_with("!"));
            const auto schema = recordOf(fieldOf(list) + R"(,{"name":"b","type":"int"})");
            QVERIFY(decoded(avroFormat(schema, {"b INT"}), Lines{endless}).front().starts_with("!"));
        }
        // Blocks of the least number there is.
        QVERIFY(readAs(R"({"type":"array","items":"int"})", "STRING", longOf(INT64_MIN) + longOf(1))
                    .starts_with("!"));
        // A list in a list in a list …
        const auto deep = recordOf(R"({"name":"a","type":["null","row"]})");
        QVERIFY(deep);
        QVERIFY(decoded(avroFormat(deep, {"a STRING"}), Lines{std::string(2'000, '\x02') + longOf(0)})
                    .front()
                    .starts_with("!"));
        QCOMPARE(decoded(avroFormat(deep, {"a STRING"}), Lines{std::string(2, '\x02') + longOf(0)}),
                 Lines{R"("{"a":{"a":null}}")"});
        // Records that double with every level, and have no bytes at all.
        std::string doubling = R"({"type":"record","name":"r0","fields":[{"name":"n","type":"null"}]})";
        std::string fields = R"({"name":"f0","type":)" + doubling + "}";
        for (int level = 1; level < 60; ++level)
            fields += fmt::format(R"(,{{"name":"f{0}","type":{{"type":"record","name":"r{0}","fields":[)"
                                  R"({{"name":"x","type":"r{1}"}},{{"name":"y","type":"r{1}"}}]}}}})",
                                  level, level - 1);
        const auto schema = recordOf(fields);
        QVERIFY(schema);
        QVERIFY(decoded(avroFormat(schema, {"f0 STRING"}), Lines{""}).front().starts_with("!"));
    }

    void schemasOfARegistry() {
        auto schemas = std::make_shared<WriterSchemas>();
        schemas->add(1, {recordOf(R"({"name":"a","type":"int"})"), {}});
        schemas->add(2,
                     {recordOf(R"({"name":"new","type":"string"},{"name":"a","type":["null","long"]})"), {}});
        schemas->add(3, {recordOf(R"({"name":"other","type":"int"})"), {}});
        schemas->add(4, {nullptr, RW_TEXT("test", "There is none.")});
        schemas->add(5, {schemaFrom(R"("int")"), {}});
        MessageFormat format = formatWith(FormatKind::Avro, {"a BIGINT"});
        format.registry = "registry";
        const auto message = [](char id, const std::string& record) {
            return bytesOf("\0\0\0\0") + id + record;
        };
        const Lines lines =
            decoded(format,
                    Lines{message(1, longOf(7)), message(2, textOf("x") + longOf(1) + longOf(8)),
                          message(3, longOf(9)), message(1, longOf(10)), message(4, ""),
                          message(5, longOf(1)), message(9, ""), "no head", ""},
                    schemas);
        QCOMPARE(lines.size(), std::size_t{9});
        QCOMPARE((Lines{lines[0], lines[1], lines[2], lines[3]}), (Lines{"7", "8", "NULL", "10"}));
        QVERIFY(lines[4].starts_with("!There is none."));
        QVERIFY(lines[5].starts_with("!The schema is no record, but of type int."));
        QVERIFY(lines[6].starts_with("!The schema 9 was not asked for at the registry."));
        QVERIFY(lines[7].starts_with("!The message does not begin with a schema's number in the registry."));
        QVERIFY(lines[8].starts_with("!The message does not begin with a schema's number in the registry."));
        QCOMPARE(schemaIdOf(bytesOf("\0\x01\x02\x03\xff")), std::optional<std::uint32_t>(0x010203FF));
        QCOMPARE(schemaIdOf(bytesOf("\x01\0\0\0\0")), std::optional<std::uint32_t>());
    }
};

QTEST_APPLESS_MAIN(TestAvro)
#include "test_avro.moc"
