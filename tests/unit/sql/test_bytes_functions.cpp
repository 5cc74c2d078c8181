// BYTES in expressions: literals, comparisons, casts, character sets and Base64, as Flink 2.3 has them.
#include <QtTest/QtTest>

#include "core/data/text.h"
#include "core/sql/aggregates/aggregates.h"
#include "core/sql/bind/typed_tree.h"
#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

/// Three values and NULL; the cells are Base64.
Batch sample() {
    return table({{"b BYTES", {"", "AP8=", "SGVsbG8=", "NULL"}},
                  {"c BYTES", {"AA==", "AP8=", "gA==", "AA=="}},
                  {"s STRING", {"", "SGVsbG8=", "no base64", "NULL"}},
                  {"f BOOLEAN", {"true", "false", "true", "false"}}});
}

/// The bytes of an expression without columns, in hexadecimal digits.
QString hexOf(const std::string& text) {
    const auto bound = bindText(text, scopeOf(rowsOnly()));
    if (const auto* const error = std::get_if<SqlError>(&bound))
        return "? " + QString::fromStdString(english(error->message));
    const Vector vector = evaluate(*std::get<BoundRef>(bound), rowsOnly(), {});
    if (vector.isNull(0)) return "NULL";
    std::string hex;
    appendHex(hex, vector.at<StringRef>(0).view());
    return QString::fromStdString(hex);
}

}  // namespace

class TestBytesFunctions : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void bytes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("hex");
        const auto row = [](const char* text, const char* hex) { QTest::newRow(text) << text << hex; };
        row("x'00ff'", "00ff");
        row("X'00Ff'", "00ff");
        row("x''", "");
        row("CAST('é' AS BYTES)", "c3a9");
        row("CAST('é' AS VARBINARY(2))", "c3a9");
        row("TRY_CAST('é' AS BINARY)", "c3a9");
        row("CAST(x'80' AS BYTES)", "80");
        row("CAST(NULL AS BYTES)", "NULL");
        row("ENCODE('é😀', 'UTF-8')", "c3a9f09f9880");
        row("ENCODE('a😀', 'UTF-16')", "feff0061d83dde00");
        row("ENCODE('', 'UTF-16')", "");
        row("ENCODE('a😀', 'utf-16be')", "0061d83dde00");
        row("ENCODE('a😀', 'UTF-16LE')", "61003dd800de");
        row("ENCODE('é😀a', 'US-ASCII')", "3f3f61");
        row("ENCODE('é😀a', 'ISO-8859-1')", "e93f61");
        row("ENCODE(NULL, 'UTF-8')", "NULL");
        row("CAST(FROM_BASE64('AP8=') AS BYTES)", "00ff");
        row("CAST(FROM_BASE64('AP8') AS BYTES)", "00ff");
        row("CAST(FROM_BASE64(x'41503d') AS BYTES)", "? ");
        row("CAST(FROM_BASE64(x'4150383d') AS BYTES)", "00ff");
        row("CAST(FROM_BASE64(NULL) AS BYTES)", "NULL");
        row("COALESCE(NULL, x'01')", "01");
        row("IF(FALSE, x'01', x'0203')", "0203");
        row("CASE WHEN TRUE THEN x'01' ELSE NULL END", "01");
        row("NULLIF(x'01', x'01')", "NULL");
        row("GREATEST(x'01', x'80', x'7f')", "80");
        row("LEAST(x'0100', x'01')", "01");
    }
    void bytes() {
        QFETCH(QString, text);
        QFETCH(QString, hex);
        if (hex == "? ") {  // it binds, and fails its rows
            QVERIFY(result(text.toStdString()).startsWith("! “"));
        } else {
            QCOMPARE(hexOf(text.toStdString()), hex);
        }
    }

    void values_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* text, const char* value) { QTest::newRow(text) << text << value; };
        row("CAST(x'c3a9' AS STRING)", "é");
        row("CAST(x'61ff62' AS STRING)", "a\uFFFDb");
        row("CAST(x'eda080' AS STRING)", "\uFFFD");
        row("DECODE(x'c3a9', 'UTF-8')", "é");
        row("DECODE(x'61ff', 'utf-8')", "a\uFFFD");
        row("DECODE(x'e961', 'ISO-8859-1')", "éa");
        row("DECODE(x'4180ff', 'US-ASCII')", "A\uFFFD\uFFFD");
        row("DECODE(x'feff0041', 'UTF-16')", "A");
        row("DECODE(x'fffe4100', 'UTF-16')", "A");
        row("DECODE(x'0041', 'UTF-16')", "A");
        row("DECODE(x'd83dde00', 'UTF-16BE')", "😀");
        row("DECODE(x'3dd800de', 'UTF-16LE')", "😀");
        row("DECODE(x'd83d00410042', 'UTF-16BE')",
            "\uFFFD"
            "B");  // as Java: what follows belongs to it
        row("DECODE(x'dc000041', 'UTF-16BE')",
            "\uFFFD"
            "A");
        row("DECODE(x'd83dde', 'UTF-16BE')", "\uFFFD");
        row("DECODE(x'004142', 'UTF-16BE')", "A\uFFFD");
        row("DECODE(NULL, 'UTF-8')", "NULL");
        row("TO_BASE64('Hello')", "SGVsbG8=");
        row("TO_BASE64('')", "");
        row("TO_BASE64(x'00ff')", "AP8=");
        row("TO_BASE64(CAST(NULL AS BYTES))", "NULL");
        row("FROM_BASE64('SGVsbG8=')", "Hello");
        row("FROM_BASE64('')", "");
        row("FROM_BASE64('gA==')", "\uFFFD");
        row("OCTET_LENGTH('é')", "2");
        row("OCTET_LENGTH(x'000000')", "3");
        row("OCTET_LENGTH(CAST(NULL AS STRING))", "NULL");
        row("x'00' = x'00'", "true");
        row("x'00' = x'0000'", "false");
        row("x'7f' < x'80'", "true");
        row("x'01' < x'0100'", "true");
        row("x'02' > x'0100'", "true");
        row("x'01' <> x'02'", "true");
        row("x'05' BETWEEN x'01' AND x'ff'", "true");
        row("x'01' IN (x'00', x'01', x'02')", "true");
        row("x'01' IS NULL", "false");
        row("x'01' IS DISTINCT FROM NULL", "true");
        row("CASE x'01' WHEN x'01' THEN 1 ELSE 2 END", "1");
        row("DECODE(ENCODE('日本 é😀', 'UTF-16'), 'UTF-16') = '日本 é😀'", "true");
    }
    void values() {
        QFETCH(QString, text);
        QFETCH(QString, value);
        QCOMPARE(result(text.toStdString()), value);
    }

    void columns() {
        const Batch batch = sample();
        QCOMPARE(results("b = c", batch), (QStringList{"false", "true", "false", "NULL"}));
        QCOMPARE(results("b < c", batch), (QStringList{"true", "false", "true", "NULL"}));
        QCOMPARE(results("CAST(b AS STRING)", batch),
                 (QStringList{"", QString(QChar(u'\0')) + QChar(u'\uFFFD'), "Hello", "NULL"}));
        QCOMPARE(results("CAST(s AS BYTES) = b", batch), (QStringList{"true", "false", "false", "NULL"}));
        QCOMPARE(results("CASE WHEN f THEN b ELSE c END", batch),
                 (QStringList{"", "AP8=", "SGVsbG8=", "AA=="}));
        QCOMPARE(results("COALESCE(b, c)", batch), (QStringList{"", "AP8=", "SGVsbG8=", "AA=="}));
        QCOMPARE(results("FROM_BASE64(s)", batch),
                 (QStringList{"", "Hello", "! “no base64” is no Base64.", "NULL"}));
        QCOMPARE(results("CAST(FROM_BASE64(s) AS BYTES)", batch),
                 (QStringList{"", "SGVsbG8=", "! “no base64” is no Base64.", "NULL"}));
        QCOMPARE(results("OCTET_LENGTH(b)", batch), (QStringList{"0", "2", "5", "NULL"}));
        QCOMPARE(selected("b IN (x'00ff', c)", batch), (std::vector<std::uint32_t>{1}));
    }

    void types() {
        const Batch batch = sample();
        for (const char* text : {"x'00'", "b", "ENCODE(s, 'UTF-8')", "COALESCE(b, x'00')", "CAST(s AS BYTES)",
                                 "CAST(FROM_BASE64(s) AS BYTES)", "IF(f, b, NULL)", "GREATEST(b, c)"})
            QCOMPARE(typeOf(text, batch), QString("BYTES"));
        for (const char* text : {"DECODE(b, 'UTF-8')", "TO_BASE64(b)", "TO_BASE64(s)", "FROM_BASE64(s)",
                                 "FROM_BASE64(b)", "CAST(b AS STRING)"})
            QCOMPARE(typeOf(text, batch), QString("STRING"));
        QCOMPARE(typeOf("OCTET_LENGTH(b)", batch), QString("INT"));
    }

    void refused_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* text, const char* message) {
            QTest::newRow(text) << text << message;
        };
        row("x'0'", "x'0' is not BYTES.");
        row("x'0g'", "x'0g' is not BYTES.");
        row("b = s", "“=” can't compare BYTES with STRING.");
        row("b = 'text'", "“=” can't compare BYTES with STRING.");
        row("'text' < b", "“<” can't compare STRING with BYTES.");
        row("b IN ('text')", "“=” can't compare BYTES with STRING.");
        row("b BETWEEN 'a' AND 'b'", "“>=” can't compare BYTES with STRING.");
        row("b = 1", "“=” can't compare BYTES with INT.");
        row("NULLIF(b, s)", "“=” can't compare BYTES with STRING.");
        row("COALESCE(b, s)", "COALESCE can't mix BYTES with STRING.");
        row("CASE WHEN f THEN b ELSE s END", "The branches of CASE give BYTES and STRING.");
        row("b || b", "|| does not take BYTES as argument 1.");
        row("CONCAT(s, b)", "CONCAT does not take BYTES as argument 2.");
        row("UPPER(b)", "UPPER does not take BYTES as argument 1.");
        row("b LIKE 'a%'", "LIKE does not take BYTES as argument 1.");
        row("CHAR_LENGTH(b)", "CHAR_LENGTH does not take BYTES as argument 1.");
        row("CAST(b AS INT)", "BYTES can't become INT.");
        row("CAST(1 AS BYTES)", "INT can't become BYTES.");
        row("CAST(f AS BYTES)", "BOOLEAN can't become BYTES.");
        row("CAST(DATE '2024-01-01' AS BYTES)", "DATE can't become BYTES.");
        row("ENCODE(b, 'UTF-8')", "ENCODE does not take BYTES as argument 1.");
        row("DECODE(s, 'UTF-8')", "DECODE does not take STRING as argument 1.");
        row("ENCODE(s, 'KOI8')", "“KOI8” is not a character set.");
        row("ENCODE(s, s)", "The character set of ENCODE is a text in quotes.");
        row("DECODE(b, NULL)", "The character set of DECODE is a text in quotes.");
        row("TO_BASE64(1)", "TO_BASE64 does not take INT as argument 1.");
        row("CAST(FROM_BASE64(1) AS BYTES)", "FROM_BASE64 does not take INT as argument 1.");
        row("CAST(FROM_BASE64(s, s) AS BYTES)", "FROM_BASE64 does not take so many arguments: 2.");
    }
    void refused() {
        QFETCH(QString, text);
        QFETCH(QString, message);
        const SqlError error = errorOf(text.toStdString(), sample());
        QCOMPARE(QString::fromStdString(english(error.message)), message);
    }

    void everyRefusalOfAComparisonHasAMend() {
        QVERIFY(!errorOf("b = 'text'", sample()).fix.empty());
        QVERIFY(!errorOf("x'0'", sample()).fix.empty());
        QVERIFY(!errorOf("ENCODE(s, 'KOI8')", sample()).fix.empty());
    }

    /// A column “x” before a text is a mistake as before, and no literal.
    void aBlankEndsTheLetter() {
        const Batch batch = table({{"x INT", {"1"}}});
        QVERIFY(errorOf("x '00'", batch).position == 2);
        QCOMPARE(results("x + x", batch), QStringList{"2"});
    }

    void textsThatWouldFillTheMemory() {
        const QString tooLong = "! The text would be longer than 64 MiB.";
        QCOMPARE(results("TO_BASE64(REPEAT('x', 51000000))", rowsOnly()), QStringList{tooLong});
        QCOMPARE(results("ENCODE(REPEAT('x', 34000000), 'UTF-16')", rowsOnly()), QStringList{tooLong});
        QCOMPARE(results("OCTET_LENGTH(ENCODE(REPEAT('x', 1000000), 'UTF-16BE'))", rowsOnly()),
                 QStringList{"2000000"});
    }

    /// For other engines the call under the CAST is a text.
    void partsOfTheTree() {
        const Scope scope = scopeOf(sample());
        const auto typed = typeText("CAST(FROM_BASE64(s) AS BYTES)", scope);
        QVERIFY(std::holds_alternative<TypedTree>(typed));
        const TypedTree& tree = std::get<TypedTree>(typed);
        QVERIFY(tree.type().is(TypeId::Bytes));
        const Expr& call = *tree.tree().args.front();
        QVERIFY(tree.of(call).type.is(TypeId::String) && tree.of(call).canFail);
        QVERIFY(tree.of(*call.args.front()).type.is(TypeId::String));
        QVERIFY(tree.canFail());
        const auto cast = typeText("CAST(s AS BYTES)", scope);
        QVERIFY(!std::get<TypedTree>(cast).canFail());
    }

    void aggregates() {
        const Scope scope = scopeOf(sample());
        for (const char* text :
             {"COUNT(b) AS r", "COUNT(DISTINCT b) AS r", "APPROX_COUNT_DISTINCT(b) AS r"}) {
            const auto bound = bindAggregate(text, scope);
            QVERIFY2(std::holds_alternative<BoundAggregate>(bound), text);
            QVERIFY(std::get<BoundAggregate>(bound).type.is(TypeId::Bigint));
        }
        for (const char* text : {"MIN(b) AS r", "MAX(b) AS r", "FIRST_VALUE(b) AS r", "LAST_VALUE(b) AS r"}) {
            const auto bound = bindAggregate(text, scope);
            QVERIFY2(std::holds_alternative<BoundAggregate>(bound), text);
            QVERIFY(std::get<BoundAggregate>(bound).type.is(TypeId::Bytes));
        }
        const auto message = [&scope](const char* text) {
            const auto bound = bindAggregate(text, scope);
            const auto* const error = std::get_if<SqlError>(&bound);
            return error != nullptr ? QString::fromStdString(english(error->message)) : QString();
        };
        QCOMPARE(message("SUM(b) AS r"), QString("SUM takes a number, not BYTES."));
        QCOMPARE(message("AVG(b) AS r"), QString("AVG takes a number, not BYTES."));
        QCOMPARE(message("LISTAGG(b) AS r"), QString("LISTAGG takes a STRING, not BYTES."));
        QCOMPARE(message("LISTAGG(s, x'2c') AS r"), QString("The separator of LISTAGG is a text in quotes."));
    }
};

QTEST_APPLESS_MAIN(TestBytesFunctions)
#include "test_bytes_functions.moc"
