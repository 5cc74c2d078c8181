// Rows of a real Kafka's messages, and back: every format, parts of messages, and messages that are none.
#include <QtTest/QtTest>
#include <exception>

#include "tests/servers/kafka_fixture.h"

using rw::servers::csvSink;
using rw::servers::KafkaFixture;
using rw::servers::KafkaRow;
using rw::servers::kafkaSink;
using rw::servers::source;
using rw::servers::wired;
using rw::testing::describe;
using rw::testing::Ended;

namespace {

const QByteArray kBounded = "\"end\": \"latest\"";

QByteArray inFormat(const QByteArray& format) {
    return "\"format\": \"" + format + '"';
}

/// As this program writes it: each field may be null.
const QByteArray kSchema =
    "\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"r\\\",\\\"fields\\\":["
    "{\\\"name\\\":\\\"id\\\",\\\"type\\\":[\\\"null\\\",\\\"long\\\"]},"
    "{\\\"name\\\":\\\"city\\\",\\\"type\\\":[\\\"null\\\",\\\"string\\\"]},"
    "{\\\"name\\\":\\\"raw\\\",\\\"type\\\":[\\\"null\\\",\\\"bytes\\\"]}]}\"";

KafkaRow message(const std::optional<std::string>& value, const std::optional<std::string>& key = {},
                 const std::string& trace = {}) {
    KafkaRow row;
    row.value = value;
    row.key = key;
    row.trace = trace;
    return row;
}

}  // namespace

class TestKafkaRows : public QObject {
    Q_OBJECT

    /// Reads “topic” to its end into out.csv and bad.csv.
    static Ended readAll(const KafkaFixture& fixture, const QByteArray& node) {
        fixture.pipeline("reads", {node, csvSink("out", "out.csv"), csvSink("bad", "bad.csv")},
                         {wired("src.out", "out.in"), wired("src.rejected", "bad.in")});
        return fixture.runIt("reads");
    }

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_KAFKA"), "run it by tests/run --servers");
    }

    void theConnectionCanBeTested() {
        const KafkaFixture fixture;
        const Ended ended = fixture.run({"connections", "test", "k"});
        QVERIFY2(ended.status == 0 && ended.out.contains("Reach"), describe(ended).constData());
    }

    void partsOfMessagesAreColumns() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("parts", 2);
        KafkaRow second = message("{\"id\": 2}", "\xff\x01");
        second.partition = 1;
        second.timestamp = 1700000000000;
        fixture.kafka().put(topic.toStdString(), {message("{\"id\": 1}", "a", "t1"), second});
        const Ended ended = readAll(fixture, source(topic,
                                                    "id BIGINT, k BYTES FROM KEY, t STRING FROM HEADER "
                                                    "'trace', p INT FROM PARTITION, o BIGINT FROM OFFSET, "
                                                    "name STRING FROM TOPIC",
                                                    {inFormat("json"), kBounded}));
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv"),
                 (QByteArrayList{"1,YQ==,t1,0,0," + topic, "2,/wE=,,1,0," + topic}));
        const Ended times = readAll(fixture, source(topic, "id BIGINT, at TIMESTAMP(3) FROM TIMESTAMP",
                                                    {inFormat("json"), kBounded}));
        QVERIFY2(times.status == 0, describe(times).constData());
        QCOMPARE(fixture.rowsIn("out.csv").last(), QByteArray("2,2023-11-14 22:13:20.000"));
    }

    void whatIsWrittenInAFormatIsReadInIt_data() {
        QTest::addColumn<QByteArray>("schema");
        QTest::newRow("json") << QByteArray();
        QTest::newRow("csv") << QByteArray();
        QTest::newRow("avro") << kSchema;
        QTest::newRow("debezium") << QByteArray();
    }
    void whatIsWrittenInAFormatIsReadInIt() {
        QFETCH(const QByteArray, schema);
        const QByteArray format = QTest::currentDataTag();
        const KafkaFixture fixture;
        const QByteArray from = fixture.topic("from"), to = fixture.topic("to", 2);
        std::vector<KafkaRow> rows;
        for (int i = 0; i < 1000; ++i)
            rows.push_back(
                message("{\"id\": " + std::to_string(i) + ", \"city\": \"Łódź\"}", std::string("\xfe")));
        fixture.kafka().put(from.toStdString(), rows);
        fixture.pipeline(
            "writes",
            {source(from, "id BIGINT, city STRING, raw BYTES FROM KEY", {inFormat("json"), kBounded}),
             kafkaSink("ks", to, {inFormat(format), "\"key\": [\"id\"]"})},
            {wired("src.out", "ks.in")});
        const Ended written = fixture.runIt("writes");
        QVERIFY2(written.status == 0, describe(written).constData());
        QByteArrayList more{inFormat(format), kBounded};
        if (!schema.isEmpty()) more << schema;
        if (format == "debezium") more << "\"key\": [\"id\"]";
        const QByteArray node = source(to, "id BIGINT, city STRING, raw BYTES", more);
        const Ended ended = readAll(fixture, node);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QByteArrayList found = fixture.rowsIn("out.csv");
        QCOMPARE(found.size(), 1000);
        QVERIFY2(found.first().contains("0,Łódź,/g=="), found.first().constData());
        QVERIFY(fixture.rowsIn("bad.csv").isEmpty());
    }

    void poisonIsRejectedWithItsOffset() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("poison");
        fixture.kafka().put(
            topic.toStdString(),
            {message("{\"id\": 1}", "a"), message("{\"id\":"), message(""), message({}),
             message(std::string("\xff\x00\x01", 3)), message("{\"id\": \"x\"}"), message("{\"id\": 2}")});
        const Ended ended =
            readAll(fixture, source(topic, "id BIGINT, k STRING FROM KEY", {inFormat("json"), kBounded}));
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv"), (QByteArrayList{"1,a", "2,"}));
        const QByteArrayList bad = fixture.rowsIn("bad.csv");
        QCOMPARE(bad.size(), 5);
        for (int i = 0; i < bad.size(); ++i)
            QVERIFY2(bad[i].contains("offset " + QByteArray::number(i + 1)), bad[i].constData());
        QVERIFY2(bad[3].contains("base64:/wAB"), bad[3].constData());
    }

    /// Of 0 bytes, and of none: two things.
    void emptyIsNotNull() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("empty"), to = fixture.topic("copy");
        fixture.kafka().put(topic.toStdString(), {message("", ""), message({})});
        fixture.pipeline("copies",
                         {source(topic, "v BYTES, k BYTES FROM KEY", {inFormat("text"), kBounded}),
                          kafkaSink("ks", to, {inFormat("json")})},
                         {wired("src.out", "ks.in")});
        const Ended ended = fixture.runIt("copies");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const std::vector<std::string> found = fixture.kafka().values(to.toStdString());
        QCOMPARE(found, (std::vector<std::string>{"{\"v\":\"\",\"k\":\"\"}", "{\"v\":null,\"k\":null}"}));
    }

    void deletedRowsBecomeTombstones() {
        const KafkaFixture fixture;
        const QByteArray from = fixture.topic("changes"), to = fixture.topic("table");
        fixture.kafka().putValues(
            from.toStdString(),
            {"{\"before\":null,\"after\":{\"id\":1,\"c\":\"a\"},\"op\":\"c\"}",
             "{\"before\":null,\"after\":{\"id\":2,\"c\":\"b\"},\"op\":\"r\"}",
             "{\"before\":{\"id\":1,\"c\":\"a\"},\"after\":{\"id\":1,\"c\":\"z\"},\"op\":\"u\"}",
             "{\"before\":{\"id\":2,\"c\":\"b\"},\"after\":null,\"op\":\"d\"}"});
        fixture.pipeline(
            "changes",
            {source(from, "id BIGINT, c STRING", {inFormat("debezium"), kBounded, "\"key\": [\"id\"]"}),
             kafkaSink("ks", to, {inFormat("json")})},
            {wired("src.out", "ks.in")});
        const Ended ended = fixture.runIt("changes");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const std::vector<KafkaRow> rows = fixture.kafka().rows(to.toStdString());
        QVERIFY(rows.size() >= 2);
        QVERIFY(rows.back().key == "2" && !rows.back().value);
        QVERIFY(rows[rows.size() - 2].value == "{\"id\":1,\"c\":\"z\"}");
    }

    /// Longer than a row may be: it comes, and is set aside.
    void aMessageOf100Megabytes() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("long", 1, {{"max.message.bytes", "110000000"}});
        fixture.kafka().putValues(
            topic.toStdString(),
            {"{\"id\": 1, \"s\": \"" + std::string(100000000, 'x') + "\"}",
             "{\"id\": 2, \"s\": \"" + std::string(10000000, 'x') + "\"}", "{\"id\": 3}"});
        const Ended ended =
            readAll(fixture, source(topic, "id BIGINT, s STRING", {inFormat("json"), kBounded}));
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QByteArrayList found = fixture.rowsIn("out.csv");
        QCOMPARE(found.size(), 2);
        QVERIFY(found[0].startsWith("2,xxx") && found[0].size() > 10000000);
        QCOMPARE(found[1], QByteArray("3,"));
        QCOMPARE(fixture.rowsIn("bad.csv").size(), 1);
        QVERIFY(fixture.read("bad.csv").contains("16\u2009MiB"));
    }

    /// A row that is too long is left out; the others are there.
    void aTopicThatTakesShortMessagesAlone() {
        const KafkaFixture fixture;
        const QByteArray from = fixture.topic("from"),
                         to = fixture.topic("short", 1, {{"max.message.bytes", "1000"}});
        fixture.kafka().putValues(from.toStdString(), {std::string(100000, 'x'), "short"});
        fixture.pipeline(
            "writes",
            {source(from, "s STRING", {inFormat("text"), kBounded}), kafkaSink("ks", to, {inFormat("text")})},
            {wired("src.out", "ks.in")});
        const Ended ended = fixture.runIt("writes");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const std::vector<KafkaRow> rows = fixture.kafka().rows(to.toStdString());
        QCOMPARE(rows.size(), std::size_t{1});
        QVERIFY(rows.front().value == "short");
    }
};

QTEST_GUILESS_MAIN(TestKafkaRows)
#include "test_kafka_rows.moc"
