// What messages seem to be.
#include "core/connect/formats/format_guess.h"

#include <array>

#include "tests/unit/connect/fixtures/messages_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

/// “csv ; a INT, b STRING”; “nothing” where there is no guess.
std::string guessOf(const std::vector<std::string>& values) {
    ReceivedMessages messages;
    for (const ReceivedMessage& message : valuesOf(values)) messages.add(message);
    const auto guess = guessFormat(messages);
    if (!guess) return "nothing";
    const std::array<const char*, 5> names{"json", "csv", "text", "avro", "debezium"};
    std::string out = names[static_cast<std::size_t>(guess->kind)];
    if (guess->kind == FormatKind::Csv) out += guess->delimiter;
    if (guess->registered) out += " registered";
    for (const Field& column : guess->columns.fields)
        out += " " + column.name + " " + toString(column.type) + ",";
    return out;
}

}  // namespace

class TestFormatGuess : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyFormat() {
        QCOMPARE(
            guessOf({R"({"id":7,"at":"2024-03-01 12:00:00","in":{"x":1}})", R"({"id":3000000000,"b":true})"}),
            std::string("json id BIGINT, at TIMESTAMP(3), in STRING, b BOOLEAN,"));
        QCOMPARE(guessOf({"1;a;2.5", "2;\"b;c\";", "3;;7"}),
                 std::string("csv; column_1 INT, column_2 STRING, column_3 DOUBLE,"));
        QCOMPARE(guessOf({"a line", "another, line"}), std::string("text message STRING,"));
        QCOMPARE(guessOf({bytesOf("\0\0\0\0\x07\x02"), bytesOf("\0\0\0\0\x08\x02")}),
                 std::string("avro registered"));
        QCOMPARE(guessOf({"\xff", "text"}), std::string("text message BYTES,"));
        QCOMPARE(guessOf({"", ""}), std::string("nothing"));
        QCOMPARE(guessOf({}), std::string("nothing"));
    }

    void changes() {
        const std::string created = R"({"before":null,"after":{"id":1,"name":"a"},"op":"c"})";
        QCOMPARE(guessOf({created, R"({"before":{"id":1,"name":"b"},"after":null,"op":"d"})"}),
                 std::string("debezium id INT, name STRING,"));
        QCOMPARE(guessOf({R"({"schema":{"type":"struct"},"payload":)" + created + "}"}),
                 std::string("debezium id INT, name STRING,"));
        QCOMPARE(guessOf({R"({"op":"sum","value":1})"}), std::string("json op STRING, value INT,"));
    }

    /// A few broken ones do not matter.
    void nineOfTen() {
        std::vector<std::string> values(9, R"({"a":1})");
        values.emplace_back("broken");
        QCOMPARE(guessOf(values), std::string("json a INT,"));
        values.emplace_back("broken");
        QCOMPARE(guessOf(values), std::string("text message STRING,"));
    }
};

QTEST_APPLESS_MAIN(TestFormatGuess)
#include "test_format_guess.moc"
