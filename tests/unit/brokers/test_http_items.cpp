// The messages in the body of an answer.
#include <QtTest/QtTest>

#include "core/connect/web/http_items.h"
#include "core/sql/functions/json_elements.h"

using namespace rw;

namespace {

using Lines = std::vector<std::string>;

Lines itemsOf(const char* path, const std::string& body) {
    Lines found;
    const bool read =
        eachItem(*parseHttpItems(path), body, [&](std::string_view item) { found.emplace_back(item); });
    if (!read) return {"refused"};
    return found;
}

}  // namespace

class TestHttpItems : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void elementsOfAnArray() {
        const std::string body = "{\"a\":[1,2], \"data\": [ {\"x\":\"], }\"} , 17, \"t\" ] }";
        QCOMPARE(itemsOf("$.data[*]", body), (Lines{"{\"x\":\"], }\"}", "17", "\"t\""}));
        QCOMPARE(itemsOf("$.a[*]", body), (Lines{"1", "2"}));
        QCOMPARE(itemsOf("$.a", body), (Lines{"[1,2]"}));
        QCOMPARE(itemsOf("$", " 5 "), (Lines{"5"}));
        QCOMPARE(itemsOf("$[*]", "[]"), Lines());
        QCOMPARE(itemsOf("$.data[*]", "{\"data\":null}"), Lines());
    }

    void namesAreDecoded() {
        QCOMPARE(itemsOf("$.data", "{\"d\\u0061ta\":1}"), (Lines{"1"}));
        QCOMPARE(itemsOf("$.a", "{\"a\":1,\"a\":2}"), (Lines{"2"}));
        QCOMPARE(itemsOf("$.a[1].b", "{\"a\":[0,{\"b\":\"\\\"\"}]}"), (Lines{"\"\\\"\""}));
    }

    void whatIsNotThereIsTold() {
        QCOMPARE(itemsOf("$.data[*]", "{\"rows\":[]}"), (Lines{"refused"}));
        QCOMPARE(itemsOf("$.data[*]", "{\"data\":{}}"), (Lines{"refused"}));
        QCOMPARE(itemsOf("$.data[*]", "<html>"), (Lines{"refused"}));
        QCOMPARE(itemsOf("$.data[*]", ""), (Lines{"refused"}));
        QVERIFY(!parseHttpItems("data"));
        QVERIFY(!parseHttpItems("$.a[*].b[*]"));
    }

    void lines() {
        HttpItems items;
        items.kind = HttpItems::Kind::Lines;
        items.skip = 1;
        Lines found;
        QVERIFY(
            eachItem(items, "a,b\r\n1,2\r\n\n3,4", [&](std::string_view item) { found.emplace_back(item); }));
        QCOMPARE(found, (Lines{"1,2", "3,4"}));
    }
};

QTEST_APPLESS_MAIN(TestHttpItems)
#include "test_http_items.moc"
