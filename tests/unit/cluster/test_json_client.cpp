// Answers of servers that speak JSON, right or wrong.
#include <QtTest/QtTest>

#include "core/cluster/json_client.h"
#include "tests/support/worlds/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

HttpServer jsonServerAt(const std::string& address) {
    HttpServer server;
    server.address = address;
    server.answerWithin = 20'000;
    server.firstPause = 1;
    return server;
}

template <class T>
std::string saidBy(const Result<T>& result) {
    return result.ok() ? "ok" : english(result.error());
}

}  // namespace

class TestJsonClient : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void asksAsItIsTold() {
        FakeServer fake([](const FakeRequest&) { return answer("{\"n\": 9223372036854775807}"); });
        JsonClient client(jsonServerAt(fake.address()));
        const auto got = client.get("/v3/info?x=1");
        QCOMPARE(saidBy(got), std::string("ok"));
        QCOMPARE(got->at("n").get<std::int64_t>(), std::int64_t{9'223'372'036'854'775'807});
        Json body = Json::object();
        body["a"] = "b\"c";
        QCOMPARE(saidBy(client.ask(HttpMethod::Post, "/p", body)), std::string("ok"));
        QCOMPARE(saidBy(client.ask(HttpMethod::Delete, "/r")), std::string("ok"));
        QCOMPARE(fake.lines(), std::string("GET /v3/info?x=1, POST /p, DELETE /r"));
        const auto requests = fake.requests();
        QCOMPARE(requests[1].body, std::string("{\"a\":\"b\\\"c\"}"));
        QVERIFY(requests[1].head.find("Content-Type: application/json") != std::string::npos);
        QVERIFY(requests[0].head.find("Accept: application/json") != std::string::npos);
    }

    void nothingIsAnAnswerToo() {
        FakeServer fake([](const FakeRequest&) { return answer("", 202); });
        JsonClient client(jsonServerAt(fake.address()));
        const auto got = client.ask(HttpMethod::Patch, "/");
        QVERIFY(got.ok() && got->is_null());
    }

    void wrongAnswers_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* name, const FakeAnswer& said, const char* words) {
            QTest::newRow(name) << QByteArray::fromStdString(said.bytes) << QByteArray(words);
        };
        row("half a JSON", answer("{\"a\":"), "it says “{\"a\":”");
        row("a page", answer("<html>\nhello"), "it says “<html>”");
        row("no UTF-8", answer("\"\xff\""), "is not what was expected");
        row("an error page", answer("<html>", 500), "answers HTTP 500: <html>");
        row("an error without a word", answer("", 500), "answers HTTP 500.");
        row("Flink's errors",
            answer("{\"errors\": [\"Internal server error.\", \"<Exception on server side:\\n"
                   "java.lang.IllegalStateException: it is so\\n\\tat x.y(Z.java:1)\\n\"]}",
                   500),
            "answers HTTP 500: it is so");
        row("no such path", answer("{\"errors\": [\"Not found: /v3\"]}", 404), "SQL gateway");
        row("no token", answer("", 401), "Give the token");
    }

    void wrongAnswers() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, words);
        FakeServer fake([&](const FakeRequest&) { return FakeAnswer{bytes.toStdString()}; });
        JsonClient client(jsonServerAt(fake.address()));
        const std::string said = saidBy(client.get("/"));
        QVERIFY2(said.find(words.toStdString()) != std::string::npos, said.c_str());
        QVERIFY2(said.find(fake.address()) != std::string::npos, said.c_str());
    }

    /// Half a character can't be shown, nor a page of them.
    void aLongAnswerIsCutBetweenCharacters() {
        std::string page = "<";
        for (int i = 0; i < 1'000; ++i) page += "ü";
        FakeServer fake([&](const FakeRequest&) { return answer(page, 500); });
        JsonClient client(jsonServerAt(fake.address()));
        const QString said = QString::fromStdString(saidBy(client.get("/")));
        QVERIFY(said.contains(QStringLiteral("ü…")) && said.size() < 400);
        QVERIFY(!said.contains(QChar::ReplacementCharacter));
    }
};

QTEST_APPLESS_MAIN(TestJsonClient)
#include "test_json_client.moc"
