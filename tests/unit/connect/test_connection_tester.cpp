// The test of a connection against servers on this computer that do as they should, and against those that
// don't.
#include <QTemporaryDir>
#include <atomic>
#include <fstream>
#include <thread>

#include <QtTest/QtTest>

#include "core/connect/connections/connection_tester.h"
#include "tests/support/worlds/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

/// “127.0.0.1:4711” of an address with a scheme.
std::string hostOfServer(const std::string& address) {
    return address.substr(address.find("://") + 3);
}

Connection api(const std::string& address) {
    return {"api", "http", {{"address", address}}, {}};
}

Connection brokerAt(const std::string& address, const char* security) {
    return {"broker", "kafka", {{"address", address}, {"security", security}}, {}};
}

ConnectionReport tested(const Connection& connection, const SecretSource& secrets = environmentSecret) {
    return testConnection(connection, secrets, reachTesters());
}

/// “Reach: 127.0.0.1:1, TLS!: …”, for failures of tests, too.
std::string wordsOfReport(const ConnectionReport& report) {
    std::string words;
    for (const ConnectionStep& step : report.steps) {
        const bool failed = step.outcome == ConnectionStep::Outcome::Failed;
        const bool warns = step.outcome == ConnectionStep::Outcome::Warning;
        words += english(step.name) +
                 (failed  ? "!"
                  : warns ? "?"
                          : "") +
                 ": " + english(step.detail) + " " + english(step.mend) + "\n";
    }
    return words;
}

}  // namespace

class TestConnectionTester : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyKindHasOne() {
        const ConnectionTesters testers = reachTesters();
        for (const ConnectionKind& kind : connectionKinds())
            QVERIFY2(testers.count(kind.name) == 1, kind.name.c_str());
        const ConnectionReport report =
            testConnection(api("http://127.0.0.1:1"), environmentSecret, ConnectionTesters());
        QVERIFY(report.warns() && report.failure() == nullptr);
    }

    void aUserAndAPasswordOverHttp() {
        FakeServer server([](const FakeRequest& request) {
            const bool known =
                request.head.find("Authorization: Basic c2hvcDpzZXNhbWU=") != std::string::npos;
            return answer("", known ? 200 : 401);
        });
        Connection connection = api(server.address());
        connection.fields["user"] = "shop";
        connection.secrets["password"] = {SecretRef::Kind::Keyring, "api"};
        QVERIFY(connectionField(*connectionKind("http"), "user") != nullptr);
        QVERIFY(connectionSecret(*connectionKind("http"), "password") != nullptr);
        const ConnectionReport report =
            tested(connection, [](const SecretRef&) { return Result<Secret>(Secret("sesame")); });
        QVERIFY2(report.failure() == nullptr, wordsOfReport(report).c_str());
    }

    void anAnswerOverHttp() {
        FakeServer server([](const FakeRequest&) {
            return FakeAnswer{"HTTP/1.1 404 No\r\nServer: shop/1.2\r\nContent-Length: 0\r\n\r\n"};
        });
        Connection connection = api(server.address());
        connection.fields["headers"] = "X-Team: shop\nX-Empty:";
        connection.secrets["token"] = {SecretRef::Kind::Keyring, "api"};
        const ConnectionReport report = tested(
            connection, [](const SecretRef& where) { return Result<Secret>(Secret(where.name + "!")); });
        QVERIFY2(report.failure() == nullptr && !report.warns(), wordsOfReport(report).c_str());
        QCOMPARE(report.version, std::string("shop/1.2"));
        QVERIFY(report.latency >= 0);
        QCOMPARE(report.steps.size(), std::size_t{2});
        QCOMPARE(english(report.steps.back().detail), std::string("HTTP 404 from shop/1.2"));
        const std::string head = server.requests().front().head;
        QVERIFY(head.find("Authorization: Bearer api!") != std::string::npos);
        QVERIFY(head.find("X-Team: shop") != std::string::npos);
    }

    /// As Flume's HTTP source does.
    void aServerThatFailsWithoutAMessageIsThere() {
        FakeServer server([](const FakeRequest&) {
            return FakeAnswer{"HTTP/1.1 500 No\r\nServer: Jetty\r\nContent-Length: 0\r\n\r\n"};
        });
        const ConnectionReport report = tested(api(server.address()));
        const std::string words = wordsOfReport(report);
        QVERIFY2(report.failure() == nullptr && report.warns(), words.c_str());
        QVERIFY2(words.find("HTTP 500 from Jetty") != std::string::npos, words.c_str());
        QVERIFY2(words.find("such as Flume") != std::string::npos, words.c_str());
    }

    void refusalsOverHttp_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        QTest::newRow("token") << QByteArray("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")
                               << QStringLiteral("Give the token");
        QTest::newRow("broken") << QByteArray("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")
                                << QStringLiteral("HTTP 502");
        QTest::newRow("elsewhere") << QByteArray(
                                          "HTTP/1.1 302 Go\r\nLocation: https://evil.example/x\r\n"
                                          "Content-Length: 0\r\n\r\n")
                                   << QStringLiteral("https://evil.example/x");
        QTest::newRow("no HTTP") << QByteArray("SSH-2.0-x\r\n") << QStringLiteral("no HTTP");
    }
    void refusalsOverHttp() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, said);
        FakeServer server([&bytes](const FakeRequest&) { return FakeAnswer{bytes.toStdString()}; });
        const ConnectionReport report = tested(api(server.address()));
        QVERIFY(report.failure() != nullptr);
        const std::string words = wordsOfReport(report);
        QVERIFY2(QString::fromStdString(words).contains(said), words.c_str());
        QCOMPARE(server.requests().size(), std::size_t{1});  // nobody else is asked, nor the same again
    }

    void aPathOfTheKindIsAsked() {
        FakeServer server([](const FakeRequest&) { return answer("OK"); });
        Connection superset{"s", "superset", {{"address", server.address()}, {"user", "me"}}, {}};
        const ConnectionReport report = tested(superset);
        QVERIFY2(report.failure() == nullptr && report.warns(), wordsOfReport(report).c_str());
        QCOMPARE(server.lines(), std::string("GET /health"));
    }

    void certificatesAreVerifiedAlways() {
        const QTemporaryDir folder;
        const std::string pem = folder.filePath(QStringLiteral("ca.pem")).toStdString();
        const Certificate certificate("IP:127.0.0.1");
        std::ofstream(pem) << certificate.pem();
        FakeServer server([](const FakeRequest&) { return answer("OK"); }, &certificate);
        const std::string at = hostOfServer(server.address());
        for (Connection connection : {api(server.address()), brokerAt(at, "ssl")}) {
            const ConnectionReport strange = tested(connection);
            const std::string words = wordsOfReport(strange);
            QVERIFY2(strange.failure() != nullptr && words.find("CA file") != std::string::npos,
                     words.c_str());
            QCOMPARE(strange.failure()->field, std::string("ca_file"));
            connection.fields["ca_file"] = pem;
            const ConnectionReport known = tested(connection);
            QVERIFY2(known.failure() == nullptr, wordsOfReport(known).c_str());
            connection.fields["ca_file"] = "/nowhere.pem";
            QCOMPARE(english(tested(connection).failure()->name), std::string("Files"));
        }
    }

    void oneOfSeveralAddressesIsEnough() {
        FakeServer server([](const FakeRequest&) { return answer(""); });
        const std::string here = hostOfServer(server.address()), nobody = hostOfServer(nobodysAddress());
        const ConnectionReport report = tested(brokerAt(nobody + ", " + here, "plaintext"));
        const std::string words = wordsOfReport(report);
        QVERIFY2(report.failure() == nullptr && report.warns(), words.c_str());
        QVERIFY2(words.find("Reach: " + here) != std::string::npos, words.c_str());
        QVERIFY2(words.find("No connection to " + nobody) != std::string::npos, words.c_str());
        const ConnectionReport none = tested(brokerAt(nobody, "plaintext"));
        QCOMPARE(english(none.failure()->name), std::string("Reach"));
        QVERIFY(!none.failure()->mend.empty());
    }

    void whatIsWrongIsToldBeforeAnythingIsAsked() {
        Connection connection = api("https://me:hunter2@api.example");
        const std::string words = wordsOfReport(tested(connection));
        QVERIFY2(words.starts_with("Settings!"), words.c_str());
        QVERIFY(words.find("hunter2") == std::string::npos);
    }

    void aSecretThatCantBeHadEndsIt() {
        FakeServer server([](const FakeRequest&) { return answer(""); });
        Connection connection = api(server.address());
        connection.secrets["token"] = {SecretRef::Kind::Environment, "RILL_TEST_NO_SUCH"};
        const ConnectionReport report = tested(connection);
        QCOMPARE(english(report.failure()->name), std::string("Secrets"));
        QVERIFY(server.requests().empty());
    }

    void aSilentServerIsCancelled() {
        FakeServer server([](const FakeRequest&) {
            FakeAnswer silence;
            silence.never = true;
            return silence;
        });
        std::atomic<bool> cancelled{false};
        std::thread other([&] {
            server.awaitRequests(1);
            cancelled = true;
        });
        const ConnectionReport report =
            testConnection(api(server.address()), environmentSecret, reachTesters(), &cancelled, 600'000);
        other.join();
        QVERIFY(report.cancelled);
    }

    void aSilentServerIsNotWaitedForLonger() {
        QCOMPARE(kTestWithin, Millis{10'000});  // where nothing else is asked for
        FakeServer server([](const FakeRequest&) {
            FakeAnswer silence;
            silence.never = true;
            return silence;
        });
        const ConnectionReport report =
            testConnection(api(server.address()), environmentSecret, reachTesters(), nullptr, 300);
        QVERIFY(report.failure() != nullptr && !report.cancelled);
        const std::string words = wordsOfReport(report);
        QVERIFY2(words.find("did not answer in time") != std::string::npos, words.c_str());
    }
};

QTEST_APPLESS_MAIN(TestConnectionTester)
#include "test_connection_tester.moc"
