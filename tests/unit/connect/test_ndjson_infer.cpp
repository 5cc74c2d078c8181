// Columns guessed from the beginning of a file of JSON.
#include "core/connect/ndjson/infer.h"

#include "core/connect/messages/framing.h"
#include "tests/unit/connect/fixtures/rows_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

/// “name TYPE, name TYPE”, or the error.
std::string inferredFrom(std::string_view content, const Schema& declared = {}) {
    Folder folder;
    const Result<Schema> schema = inferNdjsonSchema(folder.write("a.ndjson", content), declared);
    if (!schema.ok()) return "!" + english(schema.error());
    std::string out;
    for (const Field& field : schema->fields) out += fmt::format("{} {}, ", field.name, toString(field.type));
    return out;
}

}  // namespace

class TestNdjsonInfer : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void types() {
        QCOMPARE(
            inferredFrom(R"({"b":true,"i":1,"l":3000000000,"x":1.5,"s":"a","d":"2024-03-01"})"
                         "\n"
                         R"({"t":"2024-03-01T10:00:00Z","o":{"a":1},"n":null,"d":"2024-03-02"})"
                         "\n"),
            std::string("b BOOLEAN, i INT, l BIGINT, x DOUBLE, s STRING, d DATE, t TIMESTAMP(3), o STRING, "
                        "n STRING, "));
    }
    void theWidestOfAllValues() {
        QCOMPARE(
            inferredFrom("{\"a\":1,\"b\":1,\"c\":\"2024-03-01\",\"d\":1,\"e\":true}\n"
                         "{\"a\":2.5,\"b\":9223372036854775807,\"c\":\"2024-03-01 10:00:00\",\"d\":\"x\","
                         "\"e\":1}\n"),
            std::string("a DOUBLE, b BIGINT, c TIMESTAMP(3), d STRING, e STRING, "));
    }
    /// A value that its writer made a string is no number, nor is one beyond all number types.
    void whatIsNoNumber() {
        QCOMPARE(inferredFrom("{\"zip\":\"53111\",\"id\":12345678901234567890,\"yes\":\"true\"}\n"),
                 std::string("zip STRING, id STRING, yes STRING, "));
    }
    void declaredTypesStay() {
        const auto of = [](Type type, std::string_view values) {
            return inferredFrom(values, Schema{{{"x", type}}});
        };
        const Type real = Type::of(TypeId::Double), whole = Type::of(TypeId::Int);
        // A few values that are no numbers make no text of a column that the user made a number.
        QCOMPARE(of(real, "{\"x\":1}\n{\"x\":\"n/a\"}\n{\"x\":2.5}\n{\"x\":null}\n"),
                 std::string("x DOUBLE, "));
        QCOMPARE(of(real, "{\"x\":1}\n{\"x\":\"n/a\"}\n{\"x\":{}}\n"), std::string("x STRING, "));
        QCOMPARE(of(Type::decimal(18, 2), "{\"x\":1.5}\n{\"x\":2}\n"), std::string("x DECIMAL(18,2), "));
        // A source reads a number in quotes as a number, and no number as a time.
        QCOMPARE(of(whole, "{\"x\":\"42\"}\n"), std::string("x INT, "));
        QCOMPARE(of(Type::of(TypeId::Timestamp), "{\"x\":1767225600}\n"), std::string("x INT, "));
        // Values that have a type in common have it.
        QCOMPARE(of(whole, "{\"x\":1}\n{\"x\":2}\n{\"x\":2.5}\n"), std::string("x DOUBLE, "));
        QCOMPARE(of(Type::of(TypeId::String), "{\"x\":1}\n"), std::string("x INT, "));
        QCOMPARE(of(whole, "{\"y\":\"a\"}\n"), std::string("y STRING, "));
    }
    void brokenRowsDoNotCount() {
        QCOMPARE(inferredFrom("{\"a\":1}\n{\"b\":2,\n[1]\n\n{\"c\":\"x\"}\n"),
                 std::string("a INT, c STRING, "));
        QCOMPARE(inferredFrom("{\"a\":1,\"\":2}\n"), std::string("a INT, "));
    }
    void theFirstThousandRowsDecide() {
        std::string content;
        for (int i = 0; i < 1'000; ++i) content += "{\"a\":1}\n";
        QCOMPARE(inferredFrom(content + "{\"a\":\"x\",\"b\":1}\n"), std::string("a INT, "));
    }
    /// A document without line ends is not empty.
    void aRowThatIsTooLong() {
        const std::string longest = "{\"a\":\"" + std::string(kLongestRow, 'x') + "\"}\n";
        QVERIFY(inferredFrom("\n" + longest).find("no row of 16 MiB or less") != std::string::npos);
        QCOMPARE(inferredFrom(longest + "{\"b\":1}\n"), std::string("b INT, "));
    }

    void whatSaysNothing() {
        QVERIFY(inferredFrom("").find("can't be guessed: The file is empty.") != std::string::npos);
        QVERIFY(inferredFrom("{}\n").find("The objects have no fields.") != std::string::npos);
        QVERIFY(inferredFrom("[\n{\"a\":1},\n{\"a\":2}\n]\n") == "a INT, ");
        QVERIFY(inferredFrom("a,b\n1,2\n").find("The row is not a JSON object.") != std::string::npos);
        QVERIFY(inferredFrom("\xFF\xFE{\n").find("not UTF-8") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestNdjsonInfer)
#include "test_ndjson_infer.moc"
