// The elements of JSON arrays, and which texts are JSON at all.
#include <QtTest/QtTest>

#include "core/sql/functions/json_elements.h"
#include "core/sql/functions/json_path.h"

using namespace rw::sql;

class TestJsonElements : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void elements_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArrayList>("elements");
        const auto row = [](const char* name, const char* text, const QByteArrayList& elements) {
            QTest::newRow(name) << QByteArray(text) << elements;
        };
        row("numbers", "[1,2,-3.5e2]", {"1", "2", "-3.5e2"});
        row("blanks", " [ 1 ,\n\t\"a\" , null ] ", {"1", "\"a\"", "null"});
        row("empty", "[]", {});
        row("blank", " [ \n ] ", {});
        row("one", "[true]", {"true"});
        row("nested", "[[1,[2,3]],{\"a\":[4,5],\"b\":{}},[]]", {"[1,[2,3]]", "{\"a\":[4,5],\"b\":{}}", "[]"});
        row("texts with brackets", "[\"],[\",\"}{\",\"\\\"],\",\"\\\\\"]",
            {"\"],[\"", "\"}{\"", "\"\\\"],\"", "\"\\\\\""});
        row("an object", " {\"a\":[1,2]} ", {"{\"a\":[1,2]}"});
        row("a number", "7", {"7"});
        row("a text", "\"[1,2]\"", {"\"[1,2]\""});
        row("null", " null ", {});
        row("中文", "[\"中文\",\"é\"]", {"\"中文\"", "\"é\""});
    }
    void elements() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArrayList, elements);
        const std::string json = text.toStdString();
        QVERIFY(isJson(json));
        JsonElements found(json);
        QByteArrayList all;
        while (const auto element = found.next()) {
            all << QByteArray(element->data(), static_cast<qsizetype>(element->size()));
            QVERIFY(isJson(*element));
        }
        QCOMPARE(all, elements);
        QVERIFY(!found.next());
    }

    void whatIsNoJson() {
        for (const char* const text : {"", " ", "[", "[1,]", "[1 2]", "{a:1}", "[1]]", "hello", "'a'", "[01]",
                                       "\"\xff\"", "{\"a\":1", "nul"}) {
            QVERIFY2(!isJson(text), text);
        }
        QVERIFY(isJson(std::string(500, '[') + std::string(500, ']')));
        QVERIFY(!isJson(std::string(501, '[') + std::string(501, ']')));
    }

    void ofMembersOfOneNameTheLastCounts() {
        const JsonPath path = JsonPath::parse("$.a.b").value();
        std::string out;
        QVERIFY(path.scalar(out, R"({"a":{"b":1,"b":2}})") && out == "2");
        QVERIFY(path.scalar(out, R"({"a":{"b":1},"a":{"c":0,"b":2},"d":{"b":3}})") && out == "2");
        for (const char* const text : {R"({"a":{"b":1},"a":5})", R"({"a":{"b":1},"a":{"c":2}})",
                                       R"({"a":{"b":1},"a":[{"b":2}]})", R"({"a":{"b":1,"b":null}})"}) {
            QVERIFY2(!path.scalar(out, text), text);
        }
    }

    void aMemberMayHaveAnyName() {
        std::string out;
        for (const char* const name : {"a", "a.b", "$", "[0]", "", "中文", "a'b"}) {
            const std::string json = std::string("{\"x\":1,\"") + name + "\":\"here\"}";
            QVERIFY2(JsonPath::toField(name).scalar(out, json) && out == "here", name);
        }
        QVERIFY(!JsonPath::toField("y").scalar(out, "{\"x\":1}"));
        QVERIFY(!JsonPath::toField("x").scalar(out, "[1]"));
    }
};

QTEST_APPLESS_MAIN(TestJsonElements)
#include "test_json_elements.moc"
