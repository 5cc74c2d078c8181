// Schemas of Avro: what is read, what is refused and why, and those that are made of columns.
#include "core/connect/avro/avro_schema.h"

#include "tests/unit/connect/fixtures/rows_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string refusalOf(const std::string& json) {
    const Result<AvroSchema> schema = AvroSchema::parse(json);
    return schema.ok() ? "none" : english(schema.error().message);
}

}  // namespace

class TestAvroSchema : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void names() {
        const Result<AvroSchema> schema = AvroSchema::parse(
            R"({"type":"record","name":"Order","namespace":"shop","doc":"…","fields":[
                {"name":"id","type":"long"},
                {"name":"state","type":{"type":"enum","name":"State","symbols":["OPEN","DONE"]}},
                {"name":"before","type":["null","State"],"default":null},
                {"name":"again","type":["null","shop.State"]},
                {"name":"part","type":{"type":"record","name":"parts.Part","fields":[
                    {"name":"next","type":["null","Part"]},{"name":"order","type":["null","shop.Order"]}]}},
                {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
                {"name":"at","type":{"type":"long","logicalType":"local-timestamp-micros"}},
                {"name":"uuid","type":{"type":"string","logicalType":"uuid"}}]})");
        QVERIFY2(schema.ok(), schema.ok() ? "" : english(schema.error()).c_str());
        const auto& fields = schema->root().fields;
        QCOMPARE(schema->root().name, std::string("shop.Order"));
        QCOMPARE(schema->nameOf(0), std::string("record shop.Order"));
        QCOMPARE(schema->nameOf(fields[1].type), std::string("enum shop.State"));
        QCOMPARE(schema->nameOf(fields[2].type), std::string("union of null and shop.State"));
        QCOMPARE(schema->withoutNull(fields[2].type), fields[1].type);
        QCOMPARE(schema->withoutNull(fields[3].type), fields[1].type);
        const AvroType& part = schema->types[fields[4].type];
        QCOMPARE(part.name, std::string("parts.Part"));
        QCOMPARE(schema->withoutNull(part.fields[0].type), fields[4].type);
        QCOMPARE(schema->withoutNull(part.fields[1].type), std::size_t{0});
        QCOMPARE(schema->nameOf(fields[5].type), std::string("bytes (decimal(9,2))"));
        QCOMPARE(schema->nameOf(fields[6].type), std::string("long (timestamp-micros)"));
        QCOMPARE(schema->nameOf(fields[7].type), std::string("string"));
        std::string columns;
        for (const Field& column : columnsOfAvro(*schema).fields)
            columns += column.name + " " + toString(column.type) + ", ";
        QCOMPARE(columns,
                 std::string("id BIGINT, state STRING, before STRING, again STRING, part STRING, price "
                             "DECIMAL(9,2), at TIMESTAMP(3), uuid STRING, "));
    }

    /// Annotations that do not fit are as none.
    void annotations() {
        for (const char* const json : {R"({"type":"bytes","logicalType":"decimal"})",
                                       R"({"type":"int","logicalType":"timestamp-millis"})",
                                       R"({"type":"bytes","logicalType":"decimal","precision":2,"scale":3})",
                                       R"({"type":"bytes","logicalType":"decimal","precision":-2})",
                                       R"({"type":"long","logicalType":7})"}) {
            const Result<AvroSchema> schema = AvroSchema::parse(json);
            QVERIFY2(schema.ok() && schema->root().logical == AvroLogical::None, json);
        }
    }

    void refused_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* json, const char* why) {
            QTest::newRow(json) << QByteArray(json) << QString::fromUtf8(why);
        };
        row("", "The schema is no JSON.");
        row("{", "The schema is no JSON.");
        row("7", "“7” is no type of Avro.");
        row("{}", "“{}” is no type of Avro.");
        row("null", "“null” is no type of Avro.");
        row(R"("text")", "“text” is no type of Avro, and none that is declared before.");
        row(R"("record")", "“record” is no type of Avro, and none that is declared before.");
        row(R"({"type":"record","fields":[]})", "“{\"type\":\"record\",\"fields\":[]}” has no name.");
        row(R"({"type":"record","name":"r"})", "“r” has no fields.");
        row(R"({"type":"record","name":"r","fields":[7]})", "“7” is no field with a name and a type.");
        row(R"({"type":"record","name":"r","fields":[{"name":"a"}]})",
            "“{\"name\":\"a\"}” is no field with a name and a type.");
        row(R"({"type":"record","name":"r","fields":[{"name":"a","type":"int"},{"name":"a","type":"int"}]})",
            "“a” is declared twice.");
        row(R"([{"type":"fixed","name":"f","size":1},{"type":"fixed","name":"f","size":1}])",
            "“f” is declared twice.");
        row(R"({"type":"fixed","name":"f"})", "“f” has no size.");
        row(R"({"type":"fixed","name":"f","size":-1})", "“f” has no size.");
        row(R"({"type":"enum","name":"e"})", "“e” has no symbols.");
        row(R"({"type":"array"})", "“{\"type\":\"array\"}” does not say the type of its items.");
        row("[]", "A union has no types.");
        row(R"([["null"],"int"])", "A union stands in a union.");
        row(R"({"type":"record","name":"r","fields":[{"name":"a","type":"s"}]})",
            "“s” is no type of Avro, and none that is declared before.");
    }
    void refused() {
        QFETCH(QByteArray, json);
        QFETCH(QString, why);
        QCOMPARE(refusalOf(json.toStdString()), why.toStdString());
    }

    void tooLarge() {
        std::string deep = "\"int\"";
        for (int i = 0; i < 120; ++i) deep = R"({"type":"array","items":)" + deep + "}";
        QCOMPARE(refusalOf(deep), std::string("The schema is nested deeper than 100."));
        QVERIFY(refusalOf(std::string(100'000, '[')).starts_with("The schema is no JSON."));
        // In a member that means nothing: a stranger's pipeline may hold such a schema.
        const std::size_t levels = 500'000;
        const std::string nested = std::string(levels, '[') + std::string(levels, ']');
        QCOMPARE(refusalOf(R"({"type":"record","x":)" + nested + "}"),
                 std::string("The schema is nested deeper than 100."));
        std::string many = "\"int\"";
        for (int i = 0; i < 10'000; ++i) many += ",\"int\"";
        QCOMPARE(refusalOf("[" + many + "]"), std::string("The schema has more than 10000 types."));
    }

    void aRecordOfManyFieldsTakesNoLongTime() {
        std::string fields;
        for (int i = 0; i < 100'000; ++i)
            fields += fmt::format(R"({}{{"name":"f{}","type":"r"}})", i > 0 ? "," : "", i);
        QElapsedTimer timer;
        timer.start();
        const auto schema = AvroSchema::parse(R"({"type":"record","name":"r","fields":[)" + fields + "]}");
        QVERIFY(schema.ok());
        QCOMPARE(schema->root().fields.size(), std::size_t{100'000});
        QVERIFY2(timer.elapsed() < 10'000, "names are compared one with another");
    }

    void ofColumns() {
        const Result<std::string> json = avroSchemaOf(schemaOf({{"b", "BOOLEAN"},
                                                                {"i", "INT"},
                                                                {"l", "BIGINT"},
                                                                {"x", "DOUBLE"},
                                                                {"d", "DECIMAL(10,2)"},
                                                                {"s_1", "STRING"},
                                                                {"day", "DATE"},
                                                                {"t", "TIMESTAMP(3)"},
                                                                {"y", "BYTES"}}));
        QVERIFY(json.ok());
        QVERIFY(json->starts_with(
            R"({"type":"record","name":"row","fields":[{"name":"b","type":["null","boolean"],)"
            R"("default":null},)"));
        const Result<AvroSchema> schema = AvroSchema::parse(*json);
        QVERIFY(schema.ok());
        std::string columns;
        for (const Field& column : columnsOfAvro(*schema).fields) columns += toString(column.type) + " ";
        QCOMPARE(columns,
                 std::string("BOOLEAN INT BIGINT DOUBLE DECIMAL(10,2) STRING DATE TIMESTAMP(3) BYTES "));
        for (const char* const name : {"", "1a", "a b", "é", "a.b"}) {
            const Result<std::string> none = avroSchemaOf(schemaOf({{"a", "INT"}, {name, "INT"}}));
            QVERIFY(!none.ok());
            QCOMPARE(english(none.error().message), fmt::format("“{}” is no name of a field in Avro.", name));
            QVERIFY(!none.error().fix.empty());
        }
    }
};

QTEST_APPLESS_MAIN(TestAvroSchema)
#include "test_avro_schema.moc"
