// yamlText(): what a reader of YAML 1.1 takes for the same values.
#include "core/superset/yaml_text.h"

#include <QtTest/QtTest>

using namespace rw;

class TestYamlText : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void blocksAreIndented() {
        const Json value = {{"a", {{"b", Json::array({1, Json::array({true, nullptr})})}}},
                            {"none", Json::object()},
                            {"empty", Json::array()}};
        QCOMPARE(yamlText(value), std::string("\"a\":\n  \"b\":\n    - 1\n    -\n      - true\n      - null\n"
                                              "\"none\": {}\n\"empty\": []\n"));
    }

    void textsStayTexts_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("a word of YAML") << QByteArray("no") << QByteArray("\"no\"\n");
        QTest::newRow("quotes") << QByteArray("a \"b\" \\c") << QByteArray("\"a \\\"b\\\" \\\\c\"\n");
        QTest::newRow("lines") << QByteArray("a\nb\tc") << QByteArray("\"a\\nb\\u0009c\"\n");
        QTest::newRow("letters of others") << QByteArray("负载 ü 😀") << QByteArray("\"负载 ü 😀\"\n");
        // These may not stand in YAML, or end a line there.
        QTest::newRow("control") << QByteArray("\x7f\xc2\x85\xe2\x80\xa8\xef\xbb\xbf")
                                 << QByteArray("\"\\u007f\\u0085\\u2028\\ufeff\"\n");
        QTest::newRow("no UTF-8") << QByteArray("a\xff\xc0\x80z")
                                  << QByteArray("\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\"\n");
        QTest::newRow("half of a pair")
            << QByteArray("\xed\xa0\x80") << QByteArray("\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"\n");
        QTest::newRow("cut short") << QByteArray("\xe8\xb4") << QByteArray("\"\xef\xbf\xbd\xef\xbf\xbd\"\n");
        QTest::newRow("empty") << QByteArray() << QByteArray("\"\"\n");
    }

    void textsStayTexts() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, written);
        QCOMPARE(QByteArray::fromStdString(yamlText(Json(text.toStdString()))), written);
    }

    /// “1e-05” is a text in YAML 1.1.
    void numbersStayNumbers() {
        QCOMPARE(yamlText(Json(1e-7)), std::string("1.0e-7\n"));
        QCOMPARE(yamlText(Json(1.5e300)), std::string("1.5e+300\n"));
        QCOMPARE(yamlText(Json(85.0)), std::string("85.0\n"));
        QCOMPARE(yamlText(Json(0.15)), std::string("0.15\n"));
        QCOMPARE(yamlText(Json(-3)), std::string("-3\n"));
    }
};

QTEST_APPLESS_MAIN(TestYamlText)
#include "test_yaml_text.moc"
