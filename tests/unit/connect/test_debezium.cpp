// Change events of Debezium as rows of an updating stream.
#include "tests/unit/connect/fixtures/messages_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

MessageFormat changes(const Lines& columns = {"id INT", "name STRING"}) {
    return formatWith(FormatKind::Debezium, columns);
}

}  // namespace

class TestDebezium : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyKind() {
        QCOMPARE(decoded(changes(),
                         Lines{R"({"before":null,"after":{"id":1,"name":"a"},"op":"r"})",
                               R"({"before":null,"after":{"id":2,"name":"b"},"op":"c"})",
                               R"({"before":{"id":1,"name":"a"},"after":{"id":1,"name":null},"op":"u"})",
                               R"({"op":"d","after":null,"before":{"id":2,"name":"b"}})"}),
                 (Lines{R"(+I 1|"a")", R"(+I 2|"b")", R"(-U 1|"a")", "+U 1|NULL", R"(-D 2|"b")"}));
    }

    /// As “payload” beside its “schema”, whose own words are of no matter.
    void inAnEnvelope() {
        const std::string schema = R"({"schema":{"type":"struct","op":"x","after":{"id":9}},"payload":)";
        QCOMPARE(decoded(changes(), Lines{schema + R"({"before":null,"after":{"id":1,"name":"a"},"op":"c"}})",
                                          R"({"payload":{"op":"d","before":{"id":1,"name":"a"}},"op":"c"})"}),
                 (Lines{R"(+I 1|"a")", R"(-D 1|"a")"}));
    }

    void pathsAndKeys() {
        const MessageFormat format =
            changes({"k INT FROM KEY '$.payload.id'", "city STRING FROM '$.address.city'"});
        std::vector<ReceivedMessage> messages(1);
        messages[0].key = R"({"payload":{"id":7}})";
        messages[0].value = R"({"op":"u","before":{"address":{"city":"Rome"}},"after":{"address":null}})";
        QCOMPARE(decoded(format, messages), (Lines{R"(-U 7|"Rome")", "+U 7|NULL"}));
    }

    void setAside_data() {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* message, const char* why) {
            QTest::newRow(message) << QByteArray(message) << QString::fromUtf8(why);
        };
        row(R"({"before":null,"after":{"id":1},"op":"u"})",
            "The event does not say the row before the change. Let the database log whole rows: in "
            "PostgreSQL by "
            "ALTER TABLE … REPLICA IDENTITY FULL.");
        row(R"({"after":null,"op":"d"})", "The event does not say the row before the change.");
        row(R"({"before":{"id":1},"after":null,"op":"u"})",
            "The event does not say the row after the change.");
        row(R"({"before":null,"after":"x","op":"c"})", "The event does not say the row after the change.");
        row(R"({"id":1,"name":"a"})", "The message is no change event of Debezium: it has no “op”.");
        row(R"({"after":{"id":1},"op":7})", "The message is no change event of Debezium: it has no “op”.");
        row(R"({"op":"t"})", "Events of the kind “t” change no rows that are known here.");
        row("[]", "The row is not a JSON object.");
        row(R"({"op":"c","after":{"id":"x"}})", "Column “id”: “x” is not of type INT.");
        row(R"({"op":"u","before":{"id":3000000000},"after":{"id":1}})",
            "Column “id”: “3000000000” is not of type INT.");
        row(R"({"op":"u","before":{"id":1},"after":{"id":3000000000}})",
            "Column “id”: “3000000000” is not of type INT.");
    }
    /// Both rows of a change, or none.
    void setAside() {
        QFETCH(QByteArray, message);
        QFETCH(QString, why);
        const std::string good = R"({"before":null,"after":{"id":1,"name":"a"},"op":"c"})";
        const Lines lines = decoded(changes(), Lines{good, message.toStdString(), good});
        QCOMPARE(lines.size(), std::size_t{3});
        QVERIFY2(lines[1].starts_with("!" + why.toStdString()), lines[1].c_str());
        QVERIFY(lines[1].ends_with(" # " + message.toStdString()));
        QCOMPARE(lines[2], std::string(R"(+I 1|"a")"));
    }

    void nullInPlaceOfAWrongValue() {
        const MessageFormat format = changes();
        DecoderOptions options = optionsOf(format);
        options.nullOnError = true;
        const auto decoder = makeMessageDecoder(format, options);
        const std::vector<std::string> values{
            R"({"op":"u","before":{"id":"x","name":"a"},"after":{"id":1}})"};
        QCOMPARE(linesIn(decoder->decode(received(format, valuesOf(values)), 0)),
                 (Lines{R"(-U NULL|"a")", "+U 1|NULL"}));
    }

    /// Whatever the size of a batch, and where wrong events are among them.
    void batchesAreOfTheirSize() {
        const MessageFormat format = changes({"id INT"});
        std::vector<std::string> values;
        for (int i = 0; i < 40; ++i) {
            const std::string kind = i % 5 == 4 ? "x" : i % 3 == 0 ? "u" : "c";
            values.push_back(
                fmt::format(R"({{"op":"{0}","before":{{"id":{1}}},"after":{{"id":{1}}}}})", kind, i));
        }
        DecoderOptions options = optionsOf(format);
        options.batchRows = 1'000;
        const Lines whole =
            linesIn(makeMessageDecoder(format, options)->decode(received(format, valuesOf(values)), 0));
        for (const std::size_t rows : {1UL, 2UL, 3UL, 7UL}) {
            options.batchRows = rows;
            const ParsedChunk chunk =
                makeMessageDecoder(format, options)->decode(received(format, valuesOf(values)), 0);
            for (const Batch& batch : chunk.batches) QVERIFY(batch.rows > 0 && batch.rows <= rows);
            QCOMPARE(linesIn(chunk), whole);
        }
    }
};

QTEST_APPLESS_MAIN(TestDebezium)
#include "test_debezium.moc"
