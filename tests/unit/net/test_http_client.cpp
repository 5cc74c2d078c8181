// The client of HTTP against servers that do as they should, and against those that don't.
#include <openssl/pem.h>

#include <QtTest/QtTest>
#include <cstdio>
#include <fstream>
#include <thread>

#include "core/net/http_client.h"
#include "core/net/http_error.h"
#include "tests/support/child.h"
#include "tests/support/worlds/fake_server.h"

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

Result<HttpAnswer> get(HttpClient& client, const std::string& path = "/") {
    return client.send({HttpMethod::Get, path});
}

std::string wordsOfGet(const HttpServer& server) {
    HttpClient client(server);
    return wordsOf(get(client));
}

Result<HttpAnswer> post(HttpClient& client, const std::string& path = "/") {
    return client.send({HttpMethod::Post, path});
}

FakeServer::Reply always(FakeAnswer same) {
    return [same = std::move(same)](const FakeRequest&) { return same; };
}

}  // namespace

class TestHttpClient : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// For protocols that lead on by redirections: they are never followed here.
    void aRedirectionIsAnAnswerWhereItIsWanted() {
        FakeServer fake([](const FakeRequest&) {
            return FakeAnswer{
                "HTTP/1.1 307 There\r\nLocation: http://127.0.0.1:1/x\r\nContent-Length: 0\r\n\r\n"};
        });
        HttpClient client(serverAt(fake.address()));
        QVERIFY(!get(client).ok());
        HttpRequest request;
        request.takesRedirections = true;
        const Result<HttpAnswer> answered = client.send(request);
        QVERIFY2(answered.ok(), wordsOf(answered).c_str());
        QCOMPARE(answered->status, 307L);
        QCOMPARE(std::string(headerOf(*answered, "location").value_or("none")),
                 std::string("http://127.0.0.1:1/x"));
    }

    void aSecretQueryIsSentEncryptedOrToThisComputer() {
        FakeServer fake([](const FakeRequest&) { return answer({}); });
        HttpRequest request;
        request.path = "/v1?op=A";
        request.query = Secret("token=marker");
        HttpClient client(serverAt(fake.address()));
        QVERIFY(client.send(request).ok());
        QCOMPARE(fake.lines(), std::string("GET /v1?op=A&token=marker"));
        HttpClient open(serverAt("http://server.example"));
        const std::string said = wordsOf(open.send(request));
        QVERIFY2(said.find("for everybody to read") != std::string::npos, said.c_str());
        QVERIFY(said.find("marker") == std::string::npos);
    }

    void aSecretThatIsRepeatedIsHidden() {
        FakeServer fake(always(FakeAnswer{"HTTP/1.1 400 No\r\nContent-Length: 17\r\n\r\nkey marker: wrong"}));
        HttpServer server = serverAt(fake.address());
        server.keyHeader = "X-Api-Key";
        server.key = Secret("marker");
        HttpClient client(std::move(server));
        const Result<HttpAnswer> refused = get(client);
        QCOMPARE(refused.ok() ? refused->body : wordsOf(refused), std::string("key …: wrong"));
    }

    void aLentBodyIsSent() {
        FakeServer fake([](const FakeRequest&) { return answer({}); });
        const std::string bytes(100'000, 'x');
        HttpRequest request;
        request.method = HttpMethod::Put;
        request.lent = bytes;
        HttpClient client(serverAt(fake.address()));
        QVERIFY(client.send(request).ok());
        QCOMPARE(fake.requests().front().body, bytes);
    }

    void asksAsItIsTold() {
        FakeServer fake(always(answer("\x01 no text")));
        HttpServer server = serverAt(fake.address() + "/below/");
        server.bearer = Secret("secret");
        HttpClient client(server);
        const auto got = get(client, "/v3/info?x=1");
        QCOMPARE(wordsOf(got), std::string("ok"));
        QCOMPARE(got->status, 200L);
        QCOMPARE(got->body, std::string("\x01 no text"));
        QCOMPARE(wordsOf(client.send({HttpMethod::Post, "/p", "a b", {{"Content-Type", "text/plain"}}})),
                 std::string("ok"));
        QCOMPARE(wordsOf(client.send({HttpMethod::Put, "/o", "whole"})), std::string("ok"));
        QCOMPARE(wordsOf(client.send({HttpMethod::Patch, "/q?mode=cancel"})), std::string("ok"));
        QCOMPARE(wordsOf(client.send({HttpMethod::Delete, "/r"})), std::string("ok"));
        QCOMPARE(fake.lines(), std::string("GET /below/v3/info?x=1, POST /below/p, PUT /below/o, "
                                           "PATCH /below/q?mode=cancel, DELETE /below/r"));
        const auto requests = fake.requests();
        QCOMPARE(requests[1].body, std::string("a b"));
        QVERIFY(requests[1].head.find("Content-Type: text/plain") != std::string::npos);
        QCOMPARE(requests[2].body, std::string("whole"));
        for (const FakeRequest& request : requests)
            QVERIFY(request.head.find("Authorization: Bearer secret") != std::string::npos);
    }

    void nameAndPassword() {
        FakeServer fake(always(answer("")));
        HttpServer server = serverAt(fake.address());
        server.user = "shop";
        server.password = Secret("open sesame");
        HttpClient client(server);
        QCOMPARE(wordsOf(get(client)), std::string("ok"));
        // base64 of “shop:open sesame”
        QVERIFY(fake.requests().front().head.find("Authorization: Basic c2hvcDpvcGVuIHNlc2FtZQ==") !=
                std::string::npos);
        server.address = "http://registry.example";
        QCOMPARE(wordsOfGet(server),
                 std::string("The password would go to http://registry.example for everybody to read. Use an "
                             "address with https://."));
    }

    void aKeyInAHeaderOfItsOwn() {
        FakeServer fake(always(answer("")));
        HttpServer server = serverAt(fake.address());
        server.headers = {{"X-Team", "shop"}, {"Accept", "text/plain"}};
        server.keyHeader = "X-Api-Key";
        server.key = Secret("open sesame");
        HttpClient client(server);
        HttpRequest request;
        request.headers = {{"accept", "application/json"}};
        QCOMPARE(wordsOf(client.send(request)), std::string("ok"));
        const std::string head = fake.requests().front().head;
        for (const char* const line : {"X-Team: shop", "X-Api-Key: open sesame", "accept: application/json"})
            QVERIFY2(head.find(line) != std::string::npos, line);
        QVERIFY2(head.find("text/plain") == std::string::npos, "a request's own header goes before");
        server.address = "http://api.example";
        QCOMPARE(
            wordsOfGet(server),
            std::string("The API key would go to http://api.example for everybody to read. Use an address "
                        "with https://."));
        server.address = fake.address();
        server.key = Secret("open\nX-Evil: sesame");
        QVERIFY(wordsOfGet(server).find("sesame") == std::string::npos);
        QCOMPARE(fake.requests().size(), std::size_t{1});
    }

    void headersComeInTheirOrder() {
        FakeServer fake(
            always({"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie:  b=2 \r\n"
                    "Content-Length: 0\r\n\r\n"}));
        HttpClient client(serverAt(fake.address()));
        const auto got = get(client);
        QCOMPARE(wordsOf(got), std::string("ok"));
        QCOMPARE(got->headers.size(), std::size_t{3});
        QCOMPARE(got->headers[1].value, std::string("b=2"));
        QVERIFY(headerOf(*got, "SET-COOKIE") == "a=1");
        QVERIFY(!headerOf(*got, "X-None"));
    }

    /// Of any status: the caller knows its meaning.
    void aRefusalIsAnAnswer() {
        FakeServer fake(always(answer("no", 404)));
        HttpClient client(serverAt(fake.address()));
        const auto got = get(client);
        QCOMPARE(wordsOf(got), std::string("ok"));
        QCOMPARE(got->status, 404L);
        QCOMPARE(got->body, std::string("no"));
    }

    void whatAStatusMeans() {
        const auto kind = [](long status) { return errorKindOf(codeOf(status)); };
        for (const long status : {401L, 403L, 407L}) QVERIFY(kind(status) == ErrorKind::Denied);
        for (const long status : {404L, 408L, 425L, 429L, 500L, 502L, 503L, 504L, 599L})
            QVERIFY2(kind(status) == ErrorKind::Transient, qPrintable(QString::number(status)));
        for (const long status : {400L, 405L, 409L, 410L, 413L, 422L, 501L, 505L})
            QVERIFY2(kind(status) == ErrorKind::Permanent, qPrintable(QString::number(status)));
        QVERIFY(codeOf(404) == ErrorCode::NotFound);
        const HttpServer server = serverAt("http://127.0.0.1:1");
        QCOMPARE(
            english(refusedAnswer(server, 403, "go away\nnow").error()),
            std::string("http://127.0.0.1:1 answers HTTP 403: go away Give the token that the server asks "
                        "for."));
    }

    void howLongItWantsToBeLeftAlone() {
        const Instant now = 1'700'000'000'000;  // 2023-11-14 22:13:20
        const auto asked = [](const char* value) {
            return retryAfter({503, {}, {{"retry-after", value}}}, now);
        };
        QCOMPARE(asked("7"), Millis{7'000});
        QCOMPARE(asked("Tue, 14 Nov 2023 22:13:50 GMT"), Millis{30'000});
        QCOMPARE(asked("Tue, 14 Nov 2023 22:13:10 GMT"), Millis{0});
        QCOMPARE(asked("9999999999"), Millis{86'400'000});
        for (const char* none : {"", "-5", "soon", "7x"}) QCOMPARE(asked(none), Millis{0});
        QCOMPARE(retryAfter({503, {}, {}}, now), Millis{0});
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
        row("half a head", "HTTP/1.1 200 OK\r\nContent-Len", "broke off");
        row("a status alone", "HTTP/1.1 200 OK\r\n", "broke off");
        row("no word", "", "broke off");
        row("elsewhere", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/login\r\n\r\n",
            "sends its visitors on to “http://127.0.0.1:1/login”");
    }

    void wrongAnswers() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, words);
        FakeServer fake(always({bytes.toStdString()}));
        const std::string said = wordsOfGet(serverAt(fake.address()));
        QVERIFY2(said.find(words.toStdString()) != std::string::npos, said.c_str());
        QVERIFY2(said.find(fake.address()) != std::string::npos, said.c_str());
    }

    void nobodyThere() {
        HttpClient client(serverAt(nobodysAddress()));
        QVERIFY(wordsOf(get(client)).starts_with("Nothing answers at http://127.0.0.1:"));
        QVERIFY(wordsOf(post(client)).starts_with("Nothing answers at "));
    }

    void neverAnAnswer() {
        FakeServer fake(always({"", true}));
        HttpServer server = serverAt(fake.address());
        const auto late = [](const std::string& said) {
            return said.find("did not answer in time") != said.npos;
        };
        server.answerWithin = 200;
        QVERIFY(late(wordsOfGet(server)));
        server.answerWithin = 600'000;
        HttpClient client(server);
        QVERIFY(client.begin({}, 200).ok() && late(wordsOf(client.await(60'000))));
        client.hurry(200);
        QVERIFY(late(wordsOf(get(client))));
    }

    void tooLongAnAnswer() {
        FakeServer fake(always(answer("\"" + std::string(10'000, 'x') + "\"")));
        HttpServer server = serverAt(fake.address());
        server.largestAnswer = 5'000;
        HttpClient client(server);
        QVERIFY(wordsOf(get(client)).find("is longer than") != std::string::npos);
        server.largestAnswer = 10'002;
        QCOMPARE(wordsOfGet(server), std::string("ok"));
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
        server.bearer = Secret(token.toStdString());
        const std::string said = wordsOfGet(server);
        QVERIFY2(said.find(words.toStdString()) != std::string::npos, said.c_str());
    }

    /// A request that only reads may be repeated; one that changes something not, once the server may have it.
    void brokenOffIsTriedAgain() {
        int left = 2;
        const auto reply = [&left](const FakeRequest&) { return left-- > 0 ? FakeAnswer{} : answer("{}"); };
        FakeServer fake(reply);
        HttpClient client(serverAt(fake.address()));
        QCOMPARE(wordsOf(get(client)), std::string("ok"));
        QCOMPARE(fake.requests().size(), std::size_t{3});
        left = 1;
        QVERIFY(wordsOf(post(client)).find("broke off") != std::string::npos);
        QCOMPARE(fake.requests().size(), std::size_t{4});
        // Closing or cancelling twice is the same as once.
        for (const HttpMethod method : {HttpMethod::Delete, HttpMethod::Patch}) {
            left = 1;
            QCOMPARE(wordsOf(client.send({method, "/"})), std::string("ok"));
        }
        QCOMPARE(fake.requests().size(), std::size_t{8});
    }

    /// libcurl itself repeats any request that breaks off on a connection that was kept.
    void whatMayNotComeTwiceHasItsOwnConnection() {
        const auto reply = [](const FakeRequest& request) {
            if (request.line != "GET /") return FakeAnswer{};
            return FakeAnswer{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", false, true};
        };
        FakeServer fake(reply);
        HttpClient client(serverAt(fake.address()));
        QCOMPARE(wordsOf(get(client)), std::string("ok"));
        QVERIFY(wordsOf(post(client, "/start")).find("broke off") != std::string::npos);
        QCOMPARE(fake.lines(), std::string("GET /, POST /start"));
    }

    void aBusyServerIsAskedAgain() {
        int left = 1;
        int status = 503;
        const auto reply = [&](const FakeRequest&) {
            return left-- > 0 ? answer("wait", status) : answer("{}");
        };
        FakeServer fake(reply);
        HttpClient client(serverAt(fake.address()));
        QCOMPARE(get(client)->status, 200L);
        left = 100;
        QCOMPARE(get(client)->status, 503L);
        QCOMPARE(fake.requests().size(), std::size_t{6});
        // A request that may come once only was begun, as far as is known; one refused as too many was not.
        left = 1;
        QCOMPARE(post(client)->status, 503L);
        left = 1;
        status = 429;
        QCOMPARE(post(client)->status, 200L);
        QCOMPARE(fake.requests().size(), std::size_t{9});
    }

    /// It would be asked again too late: the caller gets the answer as it is, with its time.
    void aServerThatIsBusyForLongIsLeftAlone() {
        FakeServer fake(always({"HTTP/1.1 503 No\r\nRetry-After: 86400\r\nContent-Length: 0\r\n\r\n"}));
        HttpClient client(serverAt(fake.address()));
        const auto got = get(client);
        QCOMPARE(wordsOf(got), std::string("ok"));
        QCOMPARE(got->status, 503L);
        QCOMPARE(fake.requests().size(), std::size_t{1});
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
        const auto got = get(client);
        other.join();
        QVERIFY(!got.ok() && got.error().code == ErrorCode::Cancelled);
        QVERIFY(!get(client).ok());
        QVERIFY(!client.pause(600'000).ok());
        QCOMPARE(fake.requests().size(), std::size_t{1});
        client.resume();
        std::thread another([&] {
            fake.awaitRequests(2);
            client.cancel();
        });
        const bool ok = get(client).ok();
        another.join();
        QVERIFY(!ok);
        QCOMPARE(fake.requests().size(), std::size_t{2});
    }

    /// “Token abc is not valid”: its words are shown to people, and written into logs.
    void aSecretThatAServerRepeatsIsHidden() {
        FakeServer fake(always(answer("“open sesame” is not it, open sesame", 401)));
        HttpServer server = serverAt(fake.address());
        server.bearer = Secret("open sesame");
        HttpClient client(server);
        const auto refused = get(client, "/");
        QCOMPARE(wordsOf(refused), std::string("ok"));
        QCOMPARE(refused->body, std::string("“…” is not it, …"));
        // Rows of an answer stay as they are.
        FakeServer kind(always(answer("open sesame")));
        server.address = kind.address();
        HttpClient another(server);
        QCOMPARE(get(another, "/")->body, std::string("open sesame"));
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
            server.bearer = Secret("secret");
            return wordsOfGet(server);
        };
        QCOMPARE(words(fake, ourFile), std::string("ok"));
        QVERIFY2(words(fake, "").find("is self-signed") != std::string::npos, words(fake, "").c_str());
        QVERIFY(words(fake, otherFile).find("is self-signed") != std::string::npos);
        const std::string another = words(impostor, otherFile);
        QVERIFY2(another.find("does not hold") != std::string::npos, another.c_str());
        const std::string none = words(fake, scratch.path() / "none.pem");
        QVERIFY2(none.find("can't be read") != std::string::npos, none.c_str());
        QCOMPARE(fake.requests().size(), std::size_t{1});  // no other server saw the token
        QCOMPARE(impostor.requests().size(), std::size_t{0});
    }

    /// Its key may be encrypted; nobody is asked for the passphrase at a terminal.
    void aCertificateOfTheClient() {
        const testing::ScratchFolder scratch("client_certificate");
        const Certificate ours("IP:127.0.0.1"), client("DNS:client.example");
        const std::string caFile = scratch.path() / "ca.pem", file = scratch.path() / "client.pem",
                          plain = scratch.path() / "plain.pem", locked = scratch.path() / "locked.pem";
        std::ofstream(caFile) << ours.pem();
        std::ofstream(file) << client.pem();
        std::FILE* out = std::fopen(plain.c_str(), "w");
        QVERIFY(PEM_write_PrivateKey(out, client.key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
        std::fclose(out);
        const unsigned char passphrase[] = "open sesame";
        out = std::fopen(locked.c_str(), "w");
        QVERIFY(PEM_write_PrivateKey(out, client.key.get(), EVP_aes_256_cbc(), passphrase, 11, nullptr,
                                     nullptr) == 1);
        std::fclose(out);
        FakeServer fake(always(answer("{}")), &ours);
        const auto words = [&](const ClientCertificate& certificate) {
            HttpServer server = serverAt(fake.address());
            server.caFile = caFile;
            server.certificate = certificate;
            return wordsOfGet(server);
        };
        QCOMPARE(words({file, plain, {}}), std::string("ok"));
        QCOMPARE(words({file, locked, Secret("open sesame")}), std::string("ok"));
        for (const ClientCertificate& wrong :
             {ClientCertificate{file, locked, {}}, ClientCertificate{file, locked, Secret("close sesame")},
              ClientCertificate{file, file, {}}, ClientCertificate{"/nowhere.pem", plain, {}}}) {
            const std::string said = words(wrong);
            QVERIFY2(said.find("The client certificate") != std::string::npos, said.c_str());
        }
    }

    void plainServersDoNotEncrypt() {
        FakeServer fake(always(answer("{}")));
        const std::string said = wordsOfGet(serverAt("https" + fake.address().substr(4)));
        QVERIFY2(said.find("does not use TLS") != std::string::npos, said.c_str());
    }

    /// Proxies are for others, never for this computer.
    void noProxyStandsBeforeThisComputer() {
        qputenv("http_proxy", nobodysAddress().c_str());
        FakeServer fake(always(answer("{}")));
        const std::string said = wordsOfGet(serverAt(fake.address()));
        qunsetenv("http_proxy");
        QCOMPARE(said, std::string("ok"));
    }
};

QTEST_APPLESS_MAIN(TestHttpClient)
#include "test_http_client.moc"
