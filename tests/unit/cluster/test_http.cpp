// The client of HTTP against servers that do as they should, and against those that don't.
#include <QtTest/QtTest>
#include <fstream>

#include "core/cluster/http.h"
#include "core/cluster/http_error.h"
#include "tests/support/child.h"
#include "tests/support/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Impatient, so that a test of a server that never answers ends.
HttpServer serverAt(const std::string& address) {
    HttpServer server;
    server.address = address;
    server.answerWithin = 20'000;
    server.firstPause = 1;
    return server;
}

template <class T>
std::string wordsOf(const Result<T>& result) {
    return result.ok() ? "ok" : english(result.error());
}

FakeServer::Reply always(FakeAnswer same) {
    return [same = std::move(same)](const FakeRequest&) { return same; };
}

}  // namespace

class TestHttp : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void asksAsItIsTold() {
        FakeServer fake(always(answer("{\"n\": 9223372036854775807}")));
        HttpServer server = serverAt(fake.address() + "/below/");
        server.bearer = "secret";
        HttpClient client(server);
        const auto got = client.get("/v3/info?x=1");
        QCOMPARE(wordsOf(got), std::string("ok"));
        QCOMPARE(got->at("n").get<std::int64_t>(), std::int64_t{9'223'372'036'854'775'807});
        Json body = Json::object();
        body["a"] = "b\"c";
        QCOMPARE(wordsOf(client.ask(HttpMethod::Post, "/p", body)), std::string("ok"));
        QCOMPARE(wordsOf(client.ask(HttpMethod::Patch, "/q?mode=cancel")), std::string("ok"));
        QCOMPARE(wordsOf(client.ask(HttpMethod::Delete, "/r")), std::string("ok"));
        QCOMPARE(fake.lines(), std::string("GET /below/v3/info?x=1, POST /below/p, "
                                           "PATCH /below/q?mode=cancel, DELETE /below/r"));
        const auto requests = fake.requests();
        QCOMPARE(requests[1].body, std::string("{\"a\":\"b\\\"c\"}"));
        QVERIFY(requests[1].head.find("Content-Type: application/json") != std::string::npos);
        for (const FakeRequest& request : requests)
            QVERIFY(request.head.find("Authorization: Bearer secret") != std::string::npos);
    }

    void nothingIsAnAnswerToo() {
        FakeServer fake(always(answer("", 202)));
        HttpClient client(serverAt(fake.address()));
        const auto got = client.ask(HttpMethod::Patch, "/");
        QVERIFY(got.ok() && got->is_null());
    }

    void wrongAnswers_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* name, const std::string& bytes, const char* words) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(words);
        };
        row("garbage", "\x01\x02 garbage\n\n", "it is no HTTP");
        row("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", "is not what was expected");
        row("half", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", "broke off");
        row("no word", "", "broke off");
        row("half a JSON", answer("{\"a\":").bytes, "it says “{\"a\":”");
        row("a page", answer("<html>\nhello").bytes, "it says “<html>”");
        row("no UTF-8", answer("\"\xff\"").bytes, "is not what was expected");
        row("elsewhere", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/login\r\n\r\n",
            "sends its visitors on to “http://127.0.0.1:1/login”");
        row("an error page", answer("<html>", 500).bytes, "answers HTTP 500: <html>");
        row("an error without a word", answer("", 500).bytes, "answers HTTP 500.");
        row("Flink's errors",
            answer("{\"errors\": [\"Internal server error.\", \"<Exception on server side:\\n"
                   "java.lang.IllegalStateException: it is so\\n\\tat x.y(Z.java:1)\\n\"]}",
                   500)
                .bytes,
            "answers HTTP 500: it is so");
        row("no such path", answer("{\"errors\": [\"Not found: /v3\"]}", 404).bytes, "SQL gateway");
        row("no token", answer("", 401).bytes, "Give the token");
    }

    void wrongAnswers() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, words);
        FakeServer fake(always({bytes.toStdString()}));
        HttpClient client(serverAt(fake.address()));
        const std::string said = wordsOf(client.get("/"));
        QVERIFY2(said.find(words.toStdString()) != std::string::npos, said.c_str());
        QVERIFY2(said.find(fake.address()) != std::string::npos, said.c_str());
    }

    void nobodyThere() {
        HttpClient client(serverAt(nobodysAddress()));
        QVERIFY(wordsOf(client.get("/")).starts_with("Nothing answers at http://127.0.0.1:"));
        QVERIFY(wordsOf(client.ask(HttpMethod::Post, "/")).starts_with("Nothing answers at "));
    }

    void neverAnAnswer() {
        FakeServer fake(always({"", true}));
        HttpServer server = serverAt(fake.address());
        server.answerWithin = 200;
        HttpClient client(server);
        QVERIFY(wordsOf(client.get("/")).find("did not answer in time") != std::string::npos);
    }

    void tooLongAnAnswer() {
        FakeServer fake(always(answer("\"" + std::string(10'000, 'x') + "\"")));
        HttpServer server = serverAt(fake.address());
        server.largestAnswer = 5'000;
        HttpClient client(server);
        QVERIFY(wordsOf(client.get("/")).find("is longer than") != std::string::npos);
        server.largestAnswer = 10'002;
        QCOMPARE(wordsOf(HttpClient(server).get("/")), std::string("ok"));
    }

    void noAddresses_data() {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("none") << QByteArray() << QByteArray() << QByteArray("is not the address of a server");
        QTest::newRow("no scheme") << QByteArray("localhost:8083") << QByteArray() << QByteArray("http://");
        QTest::newRow("a file") << QByteArray("file:///etc/passwd") << QByteArray()
                                << QByteArray("is not the address of a server");
        QTest::newRow("a password") << QByteArray("http://me:word@127.0.0.1:1") << QByteArray()
                                    << QByteArray("no place for a name and a password");
        QTest::newRow("two lines of token")
            << QByteArray("https://127.0.0.1:1") << QByteArray("a\nX-Header: b") << QByteArray("one line");
        QTest::newRow("a token for all") << QByteArray("http://flink.example:8083") << QByteArray("a")
                                         << QByteArray("for everybody to read");
        QTest::newRow("a name that looks like this computer")
            << QByteArray("http://127.0.0.1.evil.example:8083") << QByteArray("a")
            << QByteArray("for everybody to read");
        QTest::newRow("numbers that are not this computer")
            << QByteArray("http://128.0.0.1:8083") << QByteArray("a") << QByteArray("for everybody to read");
    }

    void thisComputerAlone() {
        for (const char* here :
             {"http://127.0.0.1:1", "http://127.8.9.1", "https://localhost/a", "http://[::1]:1"})
            QVERIFY2(isLoopback(here), here);
        for (const char* elsewhere : {"http://127.evil.example", "http://127.1:1", "http://localhost.example",
                                      "http://[::2]:1", "http://[127.0.0.1]:1", "http://:1"})
            QVERIFY2(!isLoopback(elsewhere), elsewhere);
    }

    void noAddresses() {
        QFETCH(QByteArray, address);
        QFETCH(QByteArray, token);
        QFETCH(QByteArray, words);
        HttpServer server = serverAt(address.toStdString());
        server.bearer = token.toStdString();
        const std::string said = wordsOf(HttpClient(server).get("/"));
        QVERIFY2(said.find(words.toStdString()) != std::string::npos, said.c_str());
    }

    /// What only asks may be asked again; what does something not, once the server may have it.
    void brokenOffIsTriedAgain() {
        int left = 2;
        const auto reply = [&left](const FakeRequest&) { return left-- > 0 ? FakeAnswer{} : answer("{}"); };
        FakeServer fake(reply);
        HttpClient client(serverAt(fake.address()));
        QCOMPARE(wordsOf(client.get("/")), std::string("ok"));
        QCOMPARE(fake.requests().size(), std::size_t{3});
        left = 1;
        QVERIFY(wordsOf(client.ask(HttpMethod::Post, "/")).find("broke off") != std::string::npos);
        QCOMPARE(fake.requests().size(), std::size_t{4});
        // What is closed or cancelled twice is closed or cancelled.
        for (const HttpMethod method : {HttpMethod::Delete, HttpMethod::Patch}) {
            left = 1;
            QCOMPARE(wordsOf(client.ask(method, "/")), std::string("ok"));
        }
        QCOMPARE(fake.requests().size(), std::size_t{8});
    }

    /// libcurl sends what breaks off on a connection that was kept once more, whatever it is.
    void whatMayNotComeTwiceHasItsOwnConnection() {
        const auto reply = [](const FakeRequest& request) {
            if (request.line != "GET /") return FakeAnswer{};
            return FakeAnswer{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", false, true};
        };
        FakeServer fake(reply);
        HttpClient client(serverAt(fake.address()));
        QCOMPARE(wordsOf(client.get("/")), std::string("ok"));
        QVERIFY(wordsOf(client.ask(HttpMethod::Post, "/start")).find("broke off") != std::string::npos);
        QCOMPARE(fake.lines(), std::string("GET /, POST /start"));
    }

    void whoIsInAHurryDoesNotWait() {
        FakeServer fake(always({"", true}));
        HttpServer server = serverAt(fake.address());
        server.answerWithin = 600'000;
        HttpClient client(server);
        client.hurry(200);
        QVERIFY(wordsOf(client.get("/")).find("did not answer in time") != std::string::npos);
    }

    /// Nobody can show half a character, or a page of them.
    void aLongAnswerIsCutBetweenCharacters() {
        std::string page = "<";
        for (int i = 0; i < 1'000; ++i) page += "ü";
        FakeServer fake(always(answer(page, 500)));
        HttpServer server = serverAt(fake.address());
        const QString said = QString::fromStdString(wordsOf(HttpClient(server).get("/")));
        QVERIFY(said.contains(QStringLiteral("ü…")) && said.size() < 400);
        QVERIFY(!said.contains(QChar::ReplacementCharacter));
    }

    void aBusyServerIsAskedAgain() {
        int left = 1;
        const auto reply = [&left](const FakeRequest&) {
            return left-- > 0 ? answer("wait", 503) : answer("{}");
        };
        FakeServer fake(reply);
        HttpClient client(serverAt(fake.address()));
        QCOMPARE(wordsOf(client.get("/")), std::string("ok"));
        left = 100;
        QVERIFY(wordsOf(client.get("/")).find("HTTP 503: wait") != std::string::npos);
        QCOMPARE(fake.requests().size(), std::size_t{6});
    }

    void cancelledFromAnotherThread() {
        FakeServer fake(always({"", true}));
        HttpServer server = serverAt(fake.address());
        server.answerWithin = 600'000;
        HttpClient client(server);
        std::thread other([&] {
            fake.awaitRequests(1);
            client.cancel();
        });
        const auto got = client.get("/");
        other.join();
        QVERIFY(!got.ok() && got.error().code == ErrorCode::Cancelled);
        QVERIFY(!client.get("/").ok());
        QVERIFY(!client.pause(600'000).ok());
        QCOMPARE(fake.requests().size(), std::size_t{1});
        client.resume();
        std::thread another([&] {
            fake.awaitRequests(2);
            client.cancel();
        });
        QVERIFY(!client.get("/").ok());
        another.join();
        QCOMPARE(fake.requests().size(), std::size_t{2});
    }

    void whoSignedItCounts() {
        const testing::ScratchFolder scratch("tls");
        const Certificate ours("IP:127.0.0.1"), others("DNS:elsewhere.example");
        const std::string ourFile = scratch.path() / "ours.pem", otherFile = scratch.path() / "others.pem";
        std::ofstream(ourFile) << ours.pem();
        std::ofstream(otherFile) << others.pem();
        FakeServer fake(always(answer("{}")), &ours), impostor(always(answer("{}")), &others);
        const auto words = [](const FakeServer& at, const std::string& caFile) {
            HttpServer server = serverAt(at.address());
            server.caFile = caFile;
            server.bearer = "secret";
            return wordsOf(HttpClient(server).get("/"));
        };
        QCOMPARE(words(fake, ourFile), std::string("ok"));
        QVERIFY2(words(fake, "").find("is self-signed") != std::string::npos, words(fake, "").c_str());
        QVERIFY(words(fake, otherFile).find("is self-signed") != std::string::npos);
        const std::string another = words(impostor, otherFile);
        QVERIFY2(another.find("does not hold") != std::string::npos, another.c_str());
        const std::string none = words(fake, scratch.path() / "none.pem");
        QVERIFY2(none.find("can't be read") != std::string::npos, none.c_str());
        QCOMPARE(fake.requests().size(), std::size_t{1});  // nobody else saw the token
        QCOMPARE(impostor.requests().size(), std::size_t{0});
    }

    void plainServersDoNotEncrypt() {
        FakeServer fake(always(answer("{}")));
        const std::string said = wordsOf(HttpClient(serverAt("https" + fake.address().substr(4))).get("/"));
        QVERIFY2(said.find("does not encrypt") != std::string::npos, said.c_str());
    }

    /// Proxies are for others, never for this computer.
    void noProxyStandsBeforeThisComputer() {
        qputenv("http_proxy", nobodysAddress().c_str());
        FakeServer fake(always(answer("{}")));
        const std::string said = wordsOf(HttpClient(serverAt(fake.address())).get("/"));
        qunsetenv("http_proxy");
        QCOMPARE(said, std::string("ok"));
    }
};

QTEST_APPLESS_MAIN(TestHttp)
#include "test_http.moc"
