// What holds for messages of every format: the parts beside their values, messages without a value, of no
// bytes and of too many, and what becomes of those that can't be decoded.
#include <array>

#include "tests/unit/connect/fixtures/messages_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

const std::array kAllFormats{FormatKind::JsonObjects, FormatKind::Csv, FormatKind::Text, FormatKind::Avro,
                             FormatKind::Debezium};

MessageFormat anyFormat(FormatKind kind, std::vector<std::string> more = {}) {
    more.emplace_back("a STRING");
    MessageFormat format = formatWith(kind, more);
    if (kind == FormatKind::Avro)
        format.avro = std::make_shared<const AvroSchema>(
            *AvroSchema::parse(R"({"type":"record","name":"r","fields":[{"name":"a","type":"string"}]})"));
    return format;
}

/// A message whose column `a` is “x”.
std::string anyMessage(FormatKind kind) {
    switch (kind) {
        case FormatKind::JsonObjects:
            return R"({"a":"x"})";
        case FormatKind::Avro:
            return "\x02x";
        case FormatKind::Debezium:
            return R"({"after":{"a":"x"},"op":"c"})";
        case FormatKind::Csv:
        case FormatKind::Text:
            break;
    }
    return "x";
}

/// A message with a key, a header and a place.
ReceivedMessage wholeMessage(FormatKind kind, std::string& value) {
    static const std::array<MessageHeader, 3> kHeaders{
        MessageHeader{"trace", "first"}, MessageHeader{"other", "o"}, MessageHeader{"trace", "last"}};
    value = anyMessage(kind);
    ReceivedMessage message;
    message.value = value;
    message.key = "7";
    message.timestamp = 1'709'294'400'123;
    message.partition = 3;
    message.offset = 12'345'678'901;
    message.topic = "orders";
    message.headers = kHeaders;
    return message;
}

}  // namespace

class TestMessageFormats : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void partsAreColumns() {
        for (const FormatKind kind : kAllFormats) {
            const MessageFormat format = anyFormat(
                kind, {"k STRING FROM KEY", "n INT FROM KEY", "t STRING FROM HEADER 'trace'",
                       "ts TIMESTAMP(3) FROM TIMESTAMP", "p INT FROM PARTITION", "q BIGINT FROM PARTITION",
                       "o BIGINT FROM OFFSET", "topic STRING FROM TOPIC", "none STRING FROM HEADER 'none'"});
            std::string value;
            const Lines lines = decoded(format, std::array{wholeMessage(kind, value)});
            const std::string sign = kind == FormatKind::Debezium ? "+I " : "";
            QCOMPARE(
                lines,
                Lines{sign + R"("7"|7|"last"|2024-03-01 12:00:00.123|3|3|12345678901|"orders"|NULL|"x")"});
        }
    }

    void partsThatAreNotThereAreNull() {
        const MessageFormat format =
            anyFormat(FormatKind::Text, {"k INT FROM KEY", "t STRING FROM HEADER 'trace'",
                                         "ts TIMESTAMP(3) FROM TIMESTAMP", "p INT FROM PARTITION"});
        QCOMPARE(decoded(format, Lines{"x"}), Lines{R"(NULL|NULL|NULL|NULL|"x")"});
        ReceivedMessage message;
        message.value = "x";
        const std::array<MessageHeader, 1> headers{MessageHeader{"trace", {}}};
        message.headers = headers;
        message.key = "";
        const MessageFormat text =
            anyFormat(FormatKind::Text, {"k STRING FROM KEY", "t STRING FROM HEADER 'trace'"});
        QCOMPARE(decoded(text, std::array{message}), Lines{R"(""|NULL|"x")"});
    }

    void keysOfJson() {
        const MessageFormat format = anyFormat(
            FormatKind::Text, {"id BIGINT FROM KEY '$.payload.id'", "s STRING FROM KEY '$.payload.name'"});
        std::vector<ReceivedMessage> messages(3);
        for (ReceivedMessage& message : messages) message.value = "x";
        messages[0].key = R"({"schema":{},"payload":{"id":9223372036854775807,"name":"a\u0041"}})";
        messages[1].key = R"({"payload":{"id":"no number"}})";
        messages[2].key = "no JSON";
        const Lines lines = decoded(format, messages);
        QCOMPARE(lines[0], std::string(R"(9223372036854775807|"aA"|"x")"));
        QCOMPARE(lines[1], std::string("!Column “id”: “no number” is not of type BIGINT. # x"));
        QCOMPARE(lines[2], std::string(R"(NULL|NULL|"x")"));
    }

    /// Any bytes, as they are.
    void bytesAreKept() {
        const MessageFormat format =
            formatWith(FormatKind::Text,
                       {"k BYTES FROM KEY", "h BYTES FROM HEADER 'h'", "a BYTES", "j BYTES FROM KEY '$.b'"});
        const std::string value = bytesOf("\xff\0");
        const std::array<MessageHeader, 1> headers{MessageHeader{"h", value}};
        std::vector<ReceivedMessage> messages(3);
        messages[0].value = value;
        messages[0].key = value;
        messages[0].headers = headers;
        messages[1].key = R"({"b":"AAE="})";
        messages[2].value = "";
        messages[2].key = "";
        QCOMPARE(decoded(format, messages),
                 (Lines{"/wA=|/wA=|/wA=|NULL", "eyJiIjoiQUFFPSJ9|NULL|NULL|AAE=", "NULL||NULL"}));
    }

    /// Of two fields of one name the last counts; what is missing is NULL; what is too deep or too large is
    /// set aside.
    void jsonOfAllSorts() {
        const MessageFormat format = formatWith(FormatKind::JsonObjects, {"a INT", "d STRING"});
        const std::string deep = R"({"d":)" + std::string(600, '[') + std::string(600, ']') + "}";
        const Lines lines = decoded(format, Lines{R"({"a":1,"a":2})", R"({})", R"({"a":2147483648})", deep,
                                                  "{\"a\":\"\xff\"}", R"({"a":1}{"a":2})", R"([{"a":1}])"});
        QCOMPARE(lines.size(), std::size_t{7});
        QCOMPARE((Lines{lines[0], lines[1]}), (Lines{"2|NULL", "NULL|NULL"}));
        QVERIFY2(lines[2].starts_with("!Column “a”: “2147483648” is not of type INT."), lines[2].c_str());
        QVERIFY2(lines[3].starts_with("!Objects and arrays are nested deeper than 500."), lines[3].c_str());
        QVERIFY2(lines[4].ends_with(" # base64:eyJhIjoi/yJ9"), lines[4].c_str());
        QVERIFY(lines[5].starts_with("!") && lines[6].starts_with("!"));
    }

    /// With its place, and the message itself.
    void wrongPartsSetAside() {
        const MessageFormat format = anyFormat(FormatKind::JsonObjects, {"k INT FROM KEY"});
        std::string value;
        ReceivedMessage message = wholeMessage(FormatKind::JsonObjects, value);
        message.key = "99999999999";
        const Lines lines = decoded(format, std::array{message});
        QCOMPARE(lines,
                 Lines{"!Partition 3, offset 12345678901: Column “k”: “99999999999” is not of type INT. # "
                       R"({"a":"x"})"});
        message.partition.reset();
        QVERIFY(decoded(format, std::array{message}).front().starts_with("!Offset 12345678901: "));
        const MessageFormat text = anyFormat(FormatKind::JsonObjects, {"k STRING FROM KEY"});
        message.key = "\xff";
        QVERIFY(decoded(text, std::array{message}).front().starts_with("!Offset 12345678901: Column “k”: "));
        DecoderOptions options = optionsOf(format);
        options.nullOnError = true;
        const auto decoder = makeMessageDecoder(format, options);
        QCOMPARE(linesIn(decoder->decode(received(format, std::array{message}), 0)), Lines{R"(NULL|"x")"});
    }

    void withoutAValue() {
        for (const FormatKind kind : kAllFormats) {
            const MessageFormat format = anyFormat(kind);
            const std::string good = anyMessage(kind);
            std::vector<ReceivedMessage> messages(3);
            messages[0].value = good;
            messages[2].value = good;
            const auto decoder = makeMessageDecoder(format, optionsOf(format));
            const ParsedChunk rows = decoder->decode(received(format, messages), 0);
            QCOMPARE(rows.rowsRead, 3U);
            const Lines lines = linesIn(rows);
            if (kind == FormatKind::Debezium) {
                QCOMPARE(lines, (Lines{R"(+I "x")", R"(+I "x")"}));
                QCOMPARE(rows.batches.front().positions.at(1), std::int64_t{2});
            } else if (kind == FormatKind::Text) {
                QCOMPARE(lines, (Lines{R"("x")", "NULL", R"("x")"}));
            } else {
                QCOMPARE(lines.size(), std::size_t{3});
                QVERIFY2(lines[1].starts_with("!The message has no value: it is a tombstone"),
                         lines[1].c_str());
                QCOMPARE(lines[2], std::string(R"("x")"));
            }
        }
    }

    void ofNoBytes() {
        for (const FormatKind kind : kAllFormats) {
            const Lines lines = decoded(anyFormat(kind), Lines{""});
            const bool row = kind == FormatKind::Text || kind == FormatKind::Csv;
            QCOMPARE(lines.size(), std::size_t{1});
            QCOMPARE(lines.front().starts_with("!"), !row);
            if (row) QCOMPARE(lines.front(), std::string(kind == FormatKind::Csv ? "NULL" : R"("")"));
        }
    }

    /// 100 MB are set aside without being looked at, and only their beginning is kept.
    void ofTooManyBytes() {
        const std::string large(100'000'000, 'x');
        for (const FormatKind kind : kAllFormats) {
            const std::string good = anyMessage(kind);
            const Lines lines = decoded(anyFormat(kind), Lines{good, large, good});
            QCOMPARE(lines.size(), std::size_t{3});
            QVERIFY2(lines[1].starts_with("!The message is longer than 16\u2009MiB. # xxx"),
                     lines[1].substr(0, 100).c_str());
            QVERIFY(lines[1].size() < 2'000);
            QCOMPARE(lines[0], lines[2]);
        }
    }

    /// Whole, whatever its bytes: a dead-letter topic can have it.
    void whatIsSetAsideIsKept() {
        QCOMPARE(rejectedText("{\"a\": é"), std::string("{\"a\": é"));
        QCOMPARE(rejectedText(""), std::string());
        QCOMPARE(rejectedText("\xff"), std::string("base64:/w=="));
        QCOMPARE(rejectedText(std::string_view("a\0b", 3)), std::string("base64:YQBi"));
        QCOMPARE(rejectedText("\xff\xfe\xfd\xfc"), std::string("base64://79/A=="));
        const std::string longText = "{" + std::string(5'000, 'x');
        QVERIFY(
            decoded(anyFormat(FormatKind::JsonObjects), Lines{longText}).front().ends_with(" # " + longText));
    }

    /// Messages may be written over several lines.
    void linesInJson() {
        const MessageFormat format = formatWith(FormatKind::JsonObjects, {"a STRING", "n INT"});
        QCOMPARE(decoded(format, Lines{"{\n  \"a\": {\n    \"x\": \"1 2\"\n  },\n  \"n\": 3\n}\n"}),
                 Lines{R"("{"x":"1 2"}"|3)"});
    }

    void chunksAreBounded() {
        ReceivedMessages all;
        ReceivedMessage large;
        large.value = std::string_view("never read", ReceivedMessages::kMostBytes - 10);
        QVERIFY(all.fits(large));
        const std::string text(100, 'x');
        ReceivedMessage small;
        small.value = text;
        all.add(small);
        QVERIFY(!all.fits(large));
        QVERIFY(all.fits(small));
        QVERIFY(all.bytes() > text.size());
    }

    void topicsAreRemembered() {
        const MessageFormat format = anyFormat(FormatKind::Text, {"t STRING FROM TOPIC"});
        std::vector<ReceivedMessage> messages(5);
        const std::array<std::string_view, 5> topics{"a", "b", "b", "", "a"};
        for (std::size_t i = 0; i < messages.size(); ++i) {
            messages[i].value = "x";
            messages[i].topic = topics[i];
        }
        QCOMPARE(decoded(format, messages),
                 (Lines{R"("a"|"x")", R"("b"|"x")", R"("b"|"x")", R"(""|"x")", R"("a"|"x")"}));
    }

    /// A run that stays behind keeps none of the columns that nobody reads.
    void columnsThatNobodyReads() {
        const MessageFormat format =
            anyFormat(FormatKind::JsonObjects, {"k INT FROM KEY", "o BIGINT FROM OFFSET"});
        DecoderOptions options = optionsOf(format);
        options.wanted = {false, true, false};
        std::string value;
        std::vector<ReceivedMessage> messages{wholeMessage(FormatKind::JsonObjects, value),
                                              wholeMessage(FormatKind::JsonObjects, value)};
        messages[1].key = "no number";
        const Lines lines =
            linesIn(makeMessageDecoder(format, options)->decode(received(format, messages), 0));
        QCOMPARE(lines[0], std::string("-|12345678901|-"));
        QVERIFY(lines[1].find("Column “k”: “no number” is not of type INT.") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestMessageFormats)
#include "test_message_formats.moc"
