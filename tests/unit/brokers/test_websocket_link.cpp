// Both ends of WebSockets, and servers that are none.
#include <QtTest/QtTest>
#include <fstream>

#include "core/base/ascii.h"
#include "core/connect/web/websocket_link.h"
#include "tests/support/child.h"
#include "tests/support/worlds/fake_server.h"
#include "tests/support/worlds/web_world.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kPatience = 20000;  // milliseconds

WebsocketOptions listening() {
    WebsocketOptions made;
    made.listens = ListenAddress{"127.0.0.1", 0};
    made.path = "/feed";
    made.token = Secret("open sesame");
    made.largestMessage = 1000;
    return made;
}

WebsocketOptions to(const std::string& address) {
    WebsocketOptions made;
    made.server.address = address;
    return made;
}

std::unique_ptr<WebsocketLink> opened(WebsocketOptions options) {
    Result<std::unique_ptr<WebsocketLink>> link = WebsocketLink::open(std::move(options));
    return link.ok() ? std::move(link).value() : nullptr;
}

/// Serves both until the server has so many messages, or the client an error.
struct Both {
    std::unique_ptr<WebsocketLink> server, client;
    std::vector<std::string> messages{};
    Status failed{};

    bool until(std::size_t count) {
        QElapsedTimer timer;
        timer.start();
        while (messages.size() < count && failed.ok() && timer.elapsed() < kPatience) {
            const auto come = server->serve(5);
            if (come.ok()) messages.insert(messages.end(), come->messages.begin(), come->messages.end());
            const auto served = client->serve(5);
            if (!served.ok()) failed = served.status();
        }
        return messages.size() >= count;
    }
};

Both both(const std::string& token, const std::string& path, const std::string& first) {
    Both made{opened(listening()), nullptr};
    WebsocketOptions client = to("http://127.0.0.1:" + std::to_string(made.server->port()));
    client.path = path;
    client.first = first;
    if (!token.empty()) client.server.bearer = Secret(token);
    made.client = opened(std::move(client));
    return made;
}

Status failureOf(WebsocketOptions options) {
    options.connectWithin = 2000;
    const auto link = WebsocketLink::open(std::move(options));
    if (!link.ok()) return link.status();
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kPatience) {
        const auto served = (*link)->serve(20);
        if (!served.ok()) return served.status();
    }
    return {};
}

std::string words(const Status& status) {
    return status.ok() ? std::string("no error") : english(status.error());
}

}  // namespace

class TestWebsocketLink : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void messagesCome() {
        Both ends = both("open sesame", "/feed", "hello");
        QVERIFY2(ends.until(1), words(ends.failed).c_str());
        QCOMPARE(ends.messages.front(), std::string("hello"));
        Both whole = both("open sesame", "/feed", std::string(900, 'x'));
        QVERIFY2(whole.until(1), words(whole.failed).c_str());
        QCOMPARE(whole.messages.front().size(), std::size_t{900});
    }

    void aServersMessagesCome() {
        FakeServer fake([](const FakeRequest& request) {
            FakeAnswer said;
            said.bytes = websocketAccept(request.head) + websocketFrame("one") +
                         websocketFrame(std::string(70000, 'y'));
            said.never = true;
            return said;
        });
        const auto client = opened(to(fake.address()));
        std::vector<std::string> messages;
        QElapsedTimer timer;
        timer.start();
        while (messages.size() < 2 && timer.elapsed() < kPatience) {
            const auto served = client->serve(20);
            QVERIFY2(served.ok(), words(served.status()).c_str());
            messages.insert(messages.end(), served->messages.begin(), served->messages.end());
        }
        QCOMPARE(messages.size(), std::size_t{2});
        QCOMPARE(messages.front(), std::string("one"));
        QCOMPARE(messages.back().size(), std::size_t{70000});
    }

    void whoMayNotIsTurnedAway() {
        Both wrong = both("sesame", "/feed", "hello");
        QVERIFY(!wrong.until(1));
        QCOMPARE(wrong.failed.error().code, ErrorCode::Denied);
        Both none = both({}, "/feed", "hello");
        QVERIFY(!none.until(1));
        Both elsewhere = both("open sesame", "/other", "hello");
        QVERIFY(!elsewhere.until(1));
        QCOMPARE(elsewhere.failed.error().code, ErrorCode::NotFound);
    }

    void aMessageThatIsTooLongEndsItsConnection() {
        Both ends = both("open sesame", "/feed", std::string(1001, 'x'));
        QVERIFY(!ends.until(1));
        QVERIFY(!ends.failed.ok());
    }

    /// What many clients have begun to send must not fill the memory.
    void messagesThatAreTooLongTogetherEndAConnection() {
        WebsocketOptions options = listening();
        options.largestInAll = 500;
        Both ends{opened(options), nullptr};
        WebsocketOptions client = to("http://127.0.0.1:" + std::to_string(ends.server->port()));
        client.path = "/feed";
        client.first = std::string(501, 'x');
        client.server.bearer = Secret("open sesame");
        ends.client = opened(client);
        QVERIFY(!ends.until(1));
        QVERIFY(!ends.failed.ok());
        client.first = std::string(400, 'x');  // what was given up counts no more
        for (int i = 0; i < 3; ++i) {
            Both again{std::move(ends.server), opened(client)};
            QVERIFY(again.until(1));
            ends.server = std::move(again.server);
        }
    }

    /// As all clients of HTTP: a key in a header, else a user and a password.
    void aConnectionsHeadersAreSent() {
        FakeServer server([](const FakeRequest&) { return answer("", 404); });
        WebsocketOptions options = to(server.address());
        options.server.headers = {{"X-Team", "shop"}};
        options.server.keyHeader = "X-Api-Key";
        options.server.key = Secret("open sesame");
        options.server.user = "me";
        options.server.password = Secret("x");
        QVERIFY(!failureOf(options).ok());
        const std::string head = inAsciiSmall(server.requests().front().head);
        for (const char* const line :
             {"x-team: shop", "x-api-key: open sesame", "authorization: basic bwu6ea=="})
            QVERIFY2(head.find(line) != std::string::npos, head.c_str());
    }

    void itWaitsNoLongerThanItIsTold() {
        const auto server = opened(listening());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(server->serve(50).ok());
        QVERIFY2(timer.elapsed() < 5000, std::to_string(timer.elapsed()).c_str());
    }

    void whatIsNoWebsocketIsTold_data() {
        QTest::addColumn<QString>("bytes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a page") << "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
                                << "no WebSocket";
        QTest::newRow("refused") << "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"
                                 << "HTTP 401";
        QTest::newRow("busy") << "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"
                              << "HTTP 503";
        QTest::newRow("elsewhere")
            << "HTTP/1.1 302 No\r\nLocation: http://other/\r\nContent-Length: 0\r\n\r\n"
            << "http://other/";
        QTest::newRow("silence") << ""
                                 << "does not answer";
    }
    void whatIsNoWebsocketIsTold() {
        QFETCH(const QString, bytes);
        QFETCH(const QString, expected);
        FakeServer fake([&](const FakeRequest&) { return FakeAnswer{bytes.toStdString(), true, false}; });
        const std::string said = words(failureOf(to(fake.address())));
        QVERIFY2(said.find(expected.toStdString()) != std::string::npos, said.c_str());
    }

    void aRedirectionIsNotFollowed() {
        FakeServer other([](const FakeRequest&) { return answer({}); });
        FakeServer fake([&other](const FakeRequest&) {
            return FakeAnswer{
                "HTTP/1.1 302 No\r\nLocation: " + other.address() + "/\r\nContent-Length: 0\r\n\r\n", true,
                false};
        });
        QVERIFY(!failureOf(to(fake.address())).ok());
        QVERIFY(other.requests().empty());
    }

    void certificatesAreVerified() {
        const Certificate certificate("IP:127.0.0.1"), elsewhere("DNS:elsewhere.example");
        FakeServer fake([](const FakeRequest&) { return answer({}); }, &certificate);
        const std::string said = words(failureOf(to(fake.address())));
        QVERIFY2(said.find("self-signed") != std::string::npos, said.c_str());
        // Of who is trusted, but another server.
        const testing::ScratchFolder folder("websocket");
        const std::string file = (folder.path() / "ca.pem").string();
        std::ofstream(file) << elsewhere.pem();
        FakeServer other([](const FakeRequest&) { return answer({}); }, &elsewhere);
        WebsocketOptions options = to(other.address());
        options.server.caFile = file;
        const Status wrongName = failureOf(options);
        QCOMPARE(wrongName.error().code, ErrorCode::Refused);
    }

    void nobodyIsTold() {
        const Status nobody = failureOf(to(nobodysAddress()));
        QCOMPARE(nobody.error().code, ErrorCode::Io);
        QVERIFY2(words(nobody).find("Nothing answers") != std::string::npos, words(nobody).c_str());
    }

    void aPortThatIsTakenIsTold() {
        const auto server = opened(listening());
        WebsocketOptions again = listening();
        again.listens->port = server->port();
        const auto second = WebsocketLink::open(again);
        QVERIFY(!second.ok());
        QCOMPARE(second.error().code, ErrorCode::Locked);
    }

    void addresses() {
        QCOMPARE(httpOfWebsocket("wss://api.example/feed"), std::string("https://api.example/feed"));
        QCOMPARE(httpOfWebsocket("ws://127.0.0.1:1"), std::string("http://127.0.0.1:1"));
        QCOMPARE(httpOfWebsocket("https://api.example"), std::string());
    }
};

QTEST_GUILESS_MAIN(TestWebsocketLink)
#include "test_websocket_link.moc"
