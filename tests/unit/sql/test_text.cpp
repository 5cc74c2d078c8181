// Functions of texts: characters and not bytes, NULLs, broken UTF-8, lengths that would fill the memory.
#include <QtTest/QtTest>

#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

const QString kTooLong = QStringLiteral("! The text would be longer than 64 MiB.");

/// Rows of bytes that are no UTF-8, among others.
Batch brokenTexts() {
    Batch batch = table({{"s STRING", {}}, {"t STRING", {}}});
    ColumnBuilder s(Type::of(TypeId::String)), t(Type::of(TypeId::String));
    for (const std::string_view text : {"\x80", "\xFF\xFE", "a\xC3", "\xE6\x97", "\xF0\x9F\x98", "ok", ""}) {
        s.appendString(text);
        t.appendString("\x80");
        ++batch.rows;
    }
    batch.columns = {s.finish(), t.finish()};
    return batch;
}

}  // namespace

class TestText : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void values_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* text, const char* value) { QTest::newRow(text) << text << value; };
        row("CHAR_LENGTH('日本語')", "3");
        row("UPPER('straße ñ')", "STRASSE Ñ");
        row("LOWER('ÀÉÎ Ω')", "àéî ω");
        row("INITCAP('ÉCOLE normale-sup 2nd')", "École Normale-Sup 2nd");
        row("REVERSE('a日b')", "b日a");
        row("TRIM('  a b ')", "a b");
        row("TRIM(LEADING '日' FROM '日日x日')", "x日");
        row("TRIM(BOTH 'ab' FROM 'abxba')", "x");
        row("LTRIM('xxy', 'x')", "y");
        row("RTRIM('y  ')", "y");
        row("TRIM(BOTH '' FROM ' a ')", " a ");
        row("SUBSTRING('hello', 2, 3)", "ell");
        row("SUBSTRING('hello', -3)", "llo");
        row("SUBSTRING('hello', -9)", "");
        row("SUBSTRING('hello', 0, 2)", "he");
        row("SUBSTRING('hello', 2, -1)", "NULL");
        row("SUBSTRING('hello', 2147483647, 2147483647)", "");
        row("SUBSTRING('hello', -2147483648, 2)", "");
        row("SUBSTRING('日本語' FROM 2)", "本語");
        row("LEFT('日本語', 2)", "日本");
        row("LEFT('abc', -1)", "");
        row("RIGHT('日本語', 2)", "本語");
        row("RIGHT('abc', 2147483647)", "abc");
        row("LPAD('7', 3, '0')", "007");
        row("RPAD('日', 4, 'ab')", "日aba");
        row("LPAD('hello', 2, 'x')", "he");
        row("LPAD('a', -1, 'x')", "NULL");
        row("LPAD('a', 3, '')", "NULL");
        row("REPEAT('ab', 3)", "ababab");
        row("REPEAT('ab', -1)", "");
        row("REPLACE('aaa', 'aa', 'b')", "ba");
        row("REPLACE('日', '', '-')", "-日-");
        row("REPLACE('abc', 'x', 'y')", "abc");
        row("POSITION('本' IN '日本')", "2");
        row("POSITION('' IN 'abc')", "1");
        row("POSITION('x' IN '')", "0");
        row("SPLIT_INDEX('a,b,,c', ',', 2)", "");
        row("SPLIT_INDEX('a,b', ',', 2)", "NULL");
        row("SPLIT_INDEX('a b\tc', '', 1)", "b");
        row("SPLIT_INDEX('a b\tc', '', 2)", "c");
        row("SPLIT_INDEX('a,b', ',', -1)", "NULL");
        row("CONCAT('a')", "a");
        row("CONCAT('a', NULL, 'b')", "NULL");
        row("CONCAT('a', 'b', 'c', 'd')", "abcd");
        row("CONCAT_WS(', ', 'a', NULL, 'b')", "a, b");
        row("CONCAT_WS(NULL, 'a', 'b')", "NULL");
        row("CONCAT_WS('-', NULL, NULL)", "");
        row("REGEXP_EXTRACT('2024-03-01', '(\\d+)-(\\d+)', 2)", "03");
        row("REGEXP_EXTRACT('abc', 'x')", "NULL");
        row("REGEXP_EXTRACT('abc', '(x)?b', 1)", "NULL");
        row("REGEXP_EXTRACT('abc', 'b', 5)", "NULL");
        row("REGEXP_REPLACE('a.b', '\\.', '\\1')", "a\\1b");
        row("JSON_VALUE('{\"a\":[1,{\"b\":\"x\"}]}', '$.a[1].b')", "x");
        row("JSON_VALUE('{\"a\":12345678901234567890123}', '$.a')", "12345678901234567890123");
        row("JSON_VALUE('{\"a\":1', '$.a')", "NULL");
        // Text behind the value is ignored, as in Flink; a number or word must be over there.
        row("JSON_VALUE('{\"a\":1} and more', '$.a')", "1");
        row("JSON_VALUE('[1]]', '$[0]')", "1");
        row("JSON_VALUE('12 x', '$')", "12");
        row("JSON_VALUE('12x', '$')", "NULL");
        row("JSON_VALUE('truely', '$')", "NULL");
        row("JSON_VALUE('true, really', '$')", "true");
        // Empty matches as Java has them: at the end of a match before, too.
        row("REGEXP_REPLACE('axb', 'x*', '-')", "-a--b-");
        row("REGEXP_REPLACE('日本', '', '-')", "-日-本-");
        row("REGEXP_REPLACE('aaa', '^a', '')", "aa");
        row("REGEXP_REPLACE('', 'x*', 'y')", "y");
        row("REGEXP_REPLACE('a&&b', '[&]&', '+')", "a+b");
        row("REGEXP_REPLACE('a]&&b', '[]]&&', '+')", "a+b");
        row("JSON_VALUE('5', '$')", "5");
        row("JSON_VALUE('{\"a\":1}', 'strict $.a')", "1");
        row("JSON_VALUE('{\"a\":1}', 'strict $.b')", "NULL");
    }
    void values() {
        QFETCH(QString, text);
        QFETCH(QString, value);
        QCOMPARE(result(text.toStdString()), value);
    }

    void wrongPatternsAreFoundWhileTyping() {
        const auto message = [](const char* text) { return english(errorOf(text, rowsOnly()).message); };
        QVERIFY(message("REGEXP_EXTRACT('a', '(')").starts_with("“(” is not a regular expression"));
        QVERIFY(
            message("REGEXP_REPLACE('a', '(?=b)', '')").starts_with("“(?=b)” is not a regular expression"));
        QCOMPARE(message("JSON_VALUE('{}', 'a.b')"), std::string("“a.b” is not a JSON path."));
        QCOMPARE(message("JSON_VALUE('{}', '$.c.length()')"),
                 std::string("“$.c.length()” is not a JSON path."));
        for (const char* const pattern : {"[a-z&&[^b]]", "[^]&&a]", "x[[:alpha:]&&b]", "[\\]&&a]"}) {
            const std::string text = std::string("REGEXP_EXTRACT('a', '") + pattern + "')";
            QVERIFY2(message(text.c_str()).find("does not intersect") != std::string::npos, pattern);
        }
        QVERIFY(message(("REGEXP_EXTRACT('a', '" + std::string(10'001, 'a') + "')").c_str()).find("10000") !=
                std::string::npos);
    }

    void wrongPatternsOfColumnsFailTheirRow() {
        const Batch batch = table({{"s STRING", {"abc", "abc", "NULL"}}, {"p STRING", {"b", "(", "("}}});
        const QStringList values = results("REGEXP_EXTRACT(s, p)", batch);
        QCOMPARE(values[0], QString("b"));
        QVERIFY(values[1].startsWith("! “(” is not a regular expression"));
        QCOMPARE(values[2], QString("NULL"));
    }

    void brokenBytesHarmNothing() {
        const Batch batch = brokenTexts();
        for (const char* const text : {"UPPER(s)",
                                       "LOWER(s)",
                                       "INITCAP(s)",
                                       "REVERSE(s)",
                                       "TRIM(BOTH t FROM s)",
                                       "LEFT(s, 1)",
                                       "RIGHT(s, 1)",
                                       "SUBSTRING(s, 2)",
                                       "LPAD(s, 9, t)",
                                       "RPAD(s, 9, t)",
                                       "REPLACE(s, '', t)",
                                       "REPLACE(s, t, 'x')",
                                       "s LIKE '_'",
                                       "SPLIT_INDEX(s, t, 0)",
                                       "REGEXP_REPLACE(s, '.', 'x')",
                                       "REGEXP_EXTRACT(s, t)",
                                       "JSON_VALUE(s, '$')",
                                       "CAST(CHAR_LENGTH(s) AS STRING)",
                                       "MD5(s)",
                                       "CAST(POSITION(t IN s) AS STRING)"}) {
            QCOMPARE(results(text, batch).size(), static_cast<int>(batch.rows));
        }
        // The sound texts among them (the last two rows) are computed as ever.
        const auto last = [&batch](const char* text) { return results(text, batch).mid(5); };
        QCOMPARE(last("REVERSE(REVERSE(s)) = s"), (QStringList{"true", "true"}));
        QCOMPARE(last("REVERSE(s)"), (QStringList{"ko", ""}));
        QCOMPARE(last("INITCAP(s)"), (QStringList{"Ok", ""}));
        QCOMPARE(last("TRIM(BOTH t FROM s)"), (QStringList{"ok", ""}));
        QCOMPARE(last("REPLACE(s, t, 'x')"), (QStringList{"ok", ""}));
        QCOMPARE(last("CHAR_LENGTH(s)"), (QStringList{"2", "0"}));
        QCOMPARE(last("POSITION(t IN s)"), (QStringList{"0", "0"}));
    }

    void textsDoNotFillTheMemory() {
        QCOMPARE(result("REPEAT('abcdefgh', 2147483647)"), kTooLong);
        QCOMPARE(result("REPLACE(REPEAT('a', 1000000), 'a', REPEAT('b', 1000000))"), kTooLong);
        QCOMPARE(result("CHAR_LENGTH(REPEAT('x', 60000000) || REPEAT('x', 60000000))"), kTooLong);
        QVERIFY(result("LPAD('a', 2147483647, 'x')").startsWith("! "));
    }

    void errorsOfEveryArgumentCount() {
        const Batch batch = table({{"b INT", {"0", "1"}}});
        const QString zero = "! Division by zero.";
        QCOMPARE(results("CONCAT_WS('-', 'a', CAST(1 / b AS STRING))", batch), (QStringList{zero, "a-1"}));
        QCOMPARE(results("CONCAT('a', CAST(1 / b AS STRING), NULL)", batch), (QStringList{zero, "NULL"}));
        QCOMPARE(results("LPAD('x', 1 / b + 2, '-')", batch), (QStringList{zero, "--x"}));
    }
};

QTEST_APPLESS_MAIN(TestText)
#include "test_text.moc"
