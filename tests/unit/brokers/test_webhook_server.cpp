// The server of webhooks against those who send as they should, and against those who don't.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <algorithm>
#include <atomic>
#include <cerrno>

#include "core/connect/web/webhook_server.h"
#include "core/net/http_client.h"

using namespace rw;

namespace {

constexpr const char* kToken = "open sesame";

WebhookOptions options() {
    WebhookOptions made;
    made.address = {"127.0.0.1", 0};
    made.path = "/in";
    made.token = Secret(kToken);
    made.largestBody = 100000;
    return made;
}

/// A server that keeps what it takes.
class Listening {
 public:
    explicit Listening(WebhookOptions how = options()) {
        Result<std::unique_ptr<WebhookServer>> started =
            WebhookServer::start(std::move(how), [this](WebhookRequest& request) {
                body = request.body;
                headers = request.headers;
                ++taken;
                return verdict.load();
            });
        if (started.ok()) server = std::move(started).value();
    }
    Result<HttpAnswer> send(const std::string& path, const std::string& token, const std::string& text,
                            HttpMethod method = HttpMethod::Post) const {
        HttpServer to;
        to.address = "http://127.0.0.1:" + std::to_string(server->port());
        if (!token.empty()) to.bearer = Secret(token);
        to.tries = 1;
        to.answerWithin = 20000;
        HttpClient client(to);
        HttpRequest request;
        request.method = method;
        request.path = path;
        request.body = text;
        request.headers = {{"X-Event", "order"}};
        return client.send(request);
    }
    long statusOf(const std::string& path, const std::string& token, const std::string& text = "x",
                  HttpMethod method = HttpMethod::Post) const {
        const Result<HttpAnswer> answer = send(path, token, text, method);
        return answer.ok() ? answer->status : 0;
    }

    std::atomic<WebhookVerdict> verdict{WebhookVerdict::Taken};
    std::string body{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::atomic<int> taken{0};
    std::unique_ptr<WebhookServer> server{};
};

/// A client that sends what it is told, and no more.
class SlowClient {
 public:
    explicit SlowClient(int port) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(static_cast<std::uint16_t>(port));
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        (void)::connect(m_socket, reinterpret_cast<const sockaddr*>(&at), sizeof at);
    }
    ~SlowClient() { ::close(m_socket); }
    SlowClient(const SlowClient&) = delete;
    SlowClient& operator=(const SlowClient&) = delete;

    void send(const std::string& bytes) const {
        (void)::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    bool isEnded() const {
        char byte = 0;
        const ssize_t got = ::recv(m_socket, &byte, 1, MSG_DONTWAIT | MSG_PEEK);
        return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
    }

 private:
    const int m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
};

}  // namespace

class TestWebhookServer : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void requestsAreTaken() {
        Listening listening;
        QVERIFY(listening.server);
        QCOMPARE(listening.statusOf("/in", kToken, "{\"id\":1}"), 204L);
        QCOMPARE(listening.body, std::string("{\"id\":1}"));
        const std::pair<std::string, std::string> event{"X-Event", "order"};
        QVERIFY(std::count(listening.headers.begin(), listening.headers.end(), event) == 1);
        for (const auto& [name, value] : listening.headers) QVERIFY(value.find(kToken) == std::string::npos);
        QCOMPARE(listening.statusOf("/in", kToken, {}), 204L);
        QCOMPARE(listening.body, std::string());
    }

    void othersAreTurnedAway() {
        Listening listening;
        QCOMPARE(listening.statusOf("/in", {}), 401L);
        QCOMPARE(listening.statusOf("/in", "open sesam"), 401L);
        QCOMPARE(listening.statusOf("/in", std::string(kToken) + "!"), 401L);
        QCOMPARE(listening.statusOf("/other", kToken), 404L);
        QCOMPARE(listening.statusOf("/in", kToken, {}, HttpMethod::Get), 405L);
        QCOMPARE(listening.statusOf("/in", kToken, std::string(100001, 'x')), 413L);
        QCOMPARE(listening.taken.load(), 0);
        QCOMPARE(listening.statusOf("/in", kToken, std::string(100000, 'x')), 204L);
    }

    void pressureIsPassedOn() {
        Listening listening;
        listening.verdict = WebhookVerdict::NotNow;
        const Result<HttpAnswer> answer = listening.send("/in", kToken, "x");
        QVERIFY(answer.ok());
        QCOMPARE(answer->status, 503L);
        QCOMPARE(std::string(headerOf(*answer, "Retry-After").value_or("")), std::string("1"));
        listening.verdict = WebhookVerdict::Malformed;
        QCOMPARE(listening.statusOf("/in", kToken), 400L);
    }

    void bodiesOnTheirWayAreBoundedTogether() {
        WebhookOptions how = options();
        how.largestInAll = 50000;
        Listening listening(how);
        QCOMPARE(listening.statusOf("/in", kToken, std::string(60000, 'x')), 503L);
        QCOMPARE(listening.statusOf("/in", kToken, std::string(40000, 'x')), 204L);
    }

    void whoIsSlowIsGivenUp() {
        WebhookOptions how = options();
        how.requestWithin = 500;
        Listening listening(how);
        const SlowClient slow(listening.server->port());
        slow.send("POST /in HTTP/1.1\r\nX-A: ");
        const auto trickles = [&slow] {
            slow.send("a");
            return slow.isEnded();
        };
        QTRY_VERIFY_WITH_TIMEOUT(trickles(), 20000);
    }

    void manyThatAreSlowKeepNobodyOut() {
        WebhookOptions how = options();
        how.connections = 3;
        Listening listening(how);
        std::vector<std::unique_ptr<SlowClient>> slow;
        for (int i = 0; i < 8; ++i) {
            slow.push_back(std::make_unique<SlowClient>(listening.server->port()));
            slow.back()->send("POST /in HTTP/1.1\r\n");
        }
        QCOMPARE(listening.statusOf("/in", kToken), 204L);
    }

    void aPortThatIsTakenIsTold() {
        Listening listening;
        WebhookOptions how = options();
        how.address.port = listening.server->port();
        const auto second = WebhookServer::start(how, [](WebhookRequest&) { return WebhookVerdict::Taken; });
        QVERIFY(!second.ok());
        QVERIFY(english(second.error()).find("Choose another port") != std::string::npos);
        listening.server.reset();
        QVERIFY(WebhookServer::start(how, [](WebhookRequest&) { return WebhookVerdict::Taken; }).ok());
    }
};

QTEST_GUILESS_MAIN(TestWebhookServer)
#include "test_webhook_server.moc"
