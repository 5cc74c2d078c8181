// Connections over TCP to servers that do as they should, and to those that don't.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <array>
#include <fstream>
#include <functional>
#include <mutex>
#include <thread>

#include "core/net/tcp_stream.h"
#include "tests/support/child.h"
#include "tests/support/worlds/fake_server.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kLong = 60'000;

/// Listens on this computer; each connection has a thread, which does as the test says and then closes it.
class Peer {
 public:
    using Serve = std::function<void(int connection)>;
    explicit Peer(Serve serve) : m_serve(std::move(serve)) {
        m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        (void)::bind(m_listening, reinterpret_cast<sockaddr*>(&at), sizeof at);
        (void)::listen(m_listening, 128);
        socklen_t length = sizeof at;
        (void)::getsockname(m_listening, reinterpret_cast<sockaddr*>(&at), &length);
        m_port = ntohs(at.sin_port);
        m_accepting = std::thread([this] { accept(); });
    }
    ~Peer() {
        (void)::shutdown(m_listening, SHUT_RDWR);
        m_accepting.join();
        ::close(m_listening);
        for (std::thread& each : m_threads) each.join();
    }
    TcpServer server() const {
        TcpServer server;
        server.host = "127.0.0.1";
        server.port = m_port;
        server.connectWithin = kLong;
        return server;
    }
    void awaitConnection() const {
        while (m_accepted == 0) std::this_thread::yield();
    }

 private:
    void accept() {
        for (;;) {
            const int connection = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0) return;
            ++m_accepted;
            m_threads.emplace_back([this, connection] {
                m_serve(connection);
                ::close(connection);
            });
        }
    }
    const Serve m_serve;
    int m_listening = -1, m_port = 0;
    std::atomic<int> m_accepted{0};
    std::vector<std::thread> m_threads{};
    std::thread m_accepting{};
};

/// Until the other side ends: returns the bytes that come.
void giveBack(int connection) {
    std::array<char, 4096> bytes{};
    for (;;) {
        const ssize_t got = ::read(connection, bytes.data(), bytes.size());
        if (got <= 0) return;
        (void)::send(connection, bytes.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL);
    }
}

void awaitEnd(int connection) {
    char byte = 0;
    while (::read(connection, &byte, 1) > 0) {
    }
}

std::string wordsOf(const Status& status) {
    return status.ok() ? "ok" : english(status.error());
}

/// The bytes that come until there are so many, or no more come.
std::string received(TcpStream& stream, std::size_t count) {
    std::string all;
    std::array<char, 1024> bytes{};
    while (all.size() < count) {
        const auto got = stream.receive(bytes, kLong);
        if (!got.ok() || got->bytes == 0) return all;
        all.append(bytes.data(), got->bytes);
    }
    return all;
}

}  // namespace

class TestTcpStream : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void bytesGoBothWays() {
        Peer peer(giveBack);
        TcpStream stream(peer.server());
        QVERIFY(!stream.isConnected());
        QCOMPARE(wordsOf(stream.connect()), std::string("ok"));
        const std::string sent("one\0two", 7);
        QVERIFY(stream.send(sent, kLong).ok());
        QCOMPARE(received(stream, sent.size()), sent);
        QCOMPARE(wordsOf(stream.connect()), std::string("ok"));  // again
        QVERIFY(stream.send("x", kLong).ok());
        QCOMPARE(received(stream, 1), std::string("x"));
    }

    void theEndIsSeen() {
        Peer peer([](int connection) { (void)::send(connection, "last", 4, MSG_NOSIGNAL); });
        TcpStream stream(peer.server());
        QVERIFY(stream.connect().ok());
        QCOMPARE(received(stream, 100), std::string("last"));
        std::array<char, 8> bytes{};
        const auto end = stream.receive(bytes, kLong);
        QVERIFY(end.ok() && end->ended && end->bytes == 0);
    }

    void silenceIsNoError() {
        std::atomic<bool> speaks{false};
        Peer peer([&speaks](int connection) {
            while (!speaks) std::this_thread::yield();
            (void)::send(connection, "now", 3, MSG_NOSIGNAL);
            awaitEnd(connection);
        });
        TcpStream stream(peer.server());
        QVERIFY(stream.connect().ok());
        std::array<char, 8> bytes{};
        for (const Millis within : {0, 20}) {
            const auto none = stream.receive(bytes, within);
            QVERIFY(none.ok() && none->bytes == 0 && !none->ended);
        }
        speaks = true;
        QCOMPARE(received(stream, 3), std::string("now"));
    }

    void noRoomIsNoEnd() {
        Peer peer([](int connection) {
            (void)::send(connection, "now", 3, MSG_NOSIGNAL);
            awaitEnd(connection);
        });
        TcpStream stream(peer.server());
        QVERIFY(stream.connect().ok());
        const auto none = stream.receive({}, 0);
        QVERIFY(none.ok() && none->bytes == 0 && !none->ended);
        QCOMPARE(received(stream, 3), std::string("now"));
        const auto still = stream.receive({}, kLong);
        QVERIFY(still.ok() && still->bytes == 0 && !still->ended);
    }

    void nobodyIsThere() {
        const std::string address = nobodysAddress();
        TcpServer server;
        server.host = "127.0.0.1";
        server.port = std::stoi(address.substr(address.rfind(':') + 1));
        TcpStream stream(server);
        const Status status = stream.connect();
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Io);
        QVERIFY(wordsOf(status).find("Nothing answers at " + addressOf(server)) != std::string::npos);
        QVERIFY(!status.error().fix.empty());
        std::array<char, 8> bytes{};
        QVERIFY(!stream.receive(bytes, 0).ok());
        QVERIFY(!stream.send("x", 0).ok());
    }

    void namesThatNobodyKnows() {
        TcpServer server;
        server.host = "nobody.invalid";
        server.port = 1;
        TcpStream stream(server);
        const Status status = stream.connect();
        QVERIFY(!status.ok() && errorKindOf(status.error().code) == ErrorKind::Transient);
        QVERIFY2(wordsOf(status).find("nobody.invalid") != std::string::npos, wordsOf(status).c_str());
    }

    void whatIsNoAddress() {
        for (const char* const host :
             {"", "a b", "a/b", "user@host", "host:1", "a\nb", "[::1]", "a?b", "%41"}) {
            TcpStream stream({.host = host, .port = 1});
            QVERIFY2(stream.connect().error().code == ErrorCode::Invalid, host);
        }
        for (const int port : {0, -1, 65'536}) {
            TcpStream stream({.host = "127.0.0.1", .port = port});
            QVERIFY(stream.connect().error().code == ErrorCode::Invalid);
        }
        QCOMPARE(addressOf({.host = "::1", .port = 5}), std::string("[::1]:5"));
    }

    void muchIsSent() {
        constexpr std::size_t kBytes = std::size_t{64} << 20;
        std::atomic<std::size_t> came{0};
        Peer peer([&came](int connection) {
            std::array<char, 65'536> bytes{};
            while (came < kBytes) {
                const ssize_t got = ::read(connection, bytes.data(), bytes.size());
                if (got <= 0) return;
                came += static_cast<std::size_t>(got);
            }
            (void)::send(connection, "all", 3, MSG_NOSIGNAL);
            awaitEnd(connection);
        });
        TcpStream stream(peer.server());
        QVERIFY(stream.connect().ok());
        QCOMPARE(wordsOf(stream.send(std::string(kBytes, 'x'), kLong)), std::string("ok"));
        QCOMPARE(received(stream, 3), std::string("all"));
    }

    void whoDoesNotReadIsNotWaitedFor() {
        std::atomic<bool> over{false};
        Peer peer([&over](int) {
            while (!over) std::this_thread::yield();
        });
        TcpStream stream(peer.server());
        QVERIFY(stream.connect().ok());
        const Status status = stream.send(std::string(std::size_t{64} << 20, 'x'), 100);
        over = true;
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Io);
        QVERIFY(wordsOf(status).find("did not take what was sent") != std::string::npos);
        QVERIFY(!stream.isConnected());
    }

    /// The server is gone without a word: an error, and no signal.
    void theConnectionIsLost() {
        Peer peer([](int connection) {
            char byte = 0;
            (void)!::read(connection, &byte, 1);
            const linger at{1, 0};
            (void)::setsockopt(connection, SOL_SOCKET, SO_LINGER, &at, sizeof at);
        });
        for (const bool sends : {false, true}) {
            TcpStream stream(peer.server());
            QVERIFY(stream.connect().ok());
            Status status = stream.send("x", kLong);
            std::array<char, 8> bytes{};
            if (!sends) status = stream.receive(bytes, kLong).status();
            while (sends && status.ok()) status = stream.send(std::string(65'536, 'x'), kLong);
            QVERIFY(!status.ok() && errorKindOf(status.error().code) == ErrorKind::Transient);
            QVERIFY2(wordsOf(status).find(addressOf(stream.server())) != std::string::npos,
                     wordsOf(status).c_str());
            QVERIFY(!stream.isConnected());
        }
    }

    void whoReadsIsCancelled() {
        Peer peer(awaitEnd);
        TcpStream stream(peer.server());
        for (const bool before : {false, true}) {
            stream.resume();
            QVERIFY(stream.connect().ok());
            if (before) stream.cancel();
            std::thread other([&] {
                peer.awaitConnection();
                stream.cancel();
            });
            std::array<char, 8> bytes{};
            const auto got = stream.receive(bytes, 600'000);
            other.join();
            QVERIFY(!got.ok() && got.error().code == ErrorCode::Cancelled);
            QVERIFY(stream.connect().error().code == ErrorCode::Cancelled);
        }
    }

    /// The server takes the connection and sends nothing: no handshake comes about.
    void whoConnectsIsCancelled() {
        Peer peer(awaitEnd);
        TcpServer server = peer.server();
        server.tls = true;
        server.connectWithin = 600'000;
        TcpStream stream(server);
        std::thread other([&] {
            peer.awaitConnection();
            stream.cancel();
        });
        const Status status = stream.connect();
        other.join();
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Cancelled);
    }

    void aHandshakeTakesItsTime() {
        Peer peer(awaitEnd);
        TcpServer server = peer.server();
        server.tls = true;
        server.connectWithin = 200;
        const Status status = TcpStream(server).connect();
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Io);
        QVERIFY2(wordsOf(status).find("did not answer in time") != std::string::npos,
                 wordsOf(status).c_str());
    }

    void bytesAreEncrypted() {
        const testing::ScratchFolder scratch("tcp_stream");
        const Certificate certificate("IP:127.0.0.1");
        const std::string caFile = (scratch.path() / "ca.pem").string();
        std::ofstream(caFile) << certificate.pem();
        FakeServer fake([](const FakeRequest&) { return answer(std::string(300'000, 'x')); }, &certificate);
        const std::string address = fake.address();
        TcpServer server;
        server.host = "127.0.0.1";
        server.port = std::stoi(address.substr(address.rfind(':') + 1));
        server.tls = true;
        server.connectWithin = kLong;
        server.caFile = caFile;
        TcpStream stream(server);
        QCOMPARE(wordsOf(stream.connect()), std::string("ok"));
        QVERIFY(stream.send("GET /secret HTTP/1.1\r\nHost: x\r\n\r\n", kLong).ok());
        const std::string said = received(stream, 300'000);
        QVERIFY(said.starts_with("HTTP/1.1 200") && said.ends_with("xxxx"));
        QVERIFY(said.size() >= 300'000);
        QCOMPARE(fake.lines(), std::string("GET /secret"));

        server.caFile.clear();
        const Status untrusted = TcpStream(server).connect();
        QVERIFY(!untrusted.ok() && untrusted.error().code == ErrorCode::Refused);
        QVERIFY(wordsOf(untrusted).find("certificate") != std::string::npos);
        server.caFile = (scratch.path() / "none.pem").string();
        QVERIFY(TcpStream(server).connect().error().code == ErrorCode::NotFound);
    }

    void whoDoesNotEncrypt() {
        Peer peer([](int connection) {
            (void)::send(connection, "hello there, I am no TLS\r\n", 26, MSG_NOSIGNAL);
            awaitEnd(connection);
        });
        TcpServer server = peer.server();
        server.tls = true;
        const Status status = TcpStream(server).connect();
        QVERIFY(!status.ok());
        QVERIFY2(wordsOf(status).find("does not use TLS") != std::string::npos, wordsOf(status).c_str());
    }

    void manyAtOnce() {
        Peer peer(giveBack);
        std::atomic<int> right{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 40; ++i) {
            threads.emplace_back([&peer, &right, i] {
                TcpStream stream(peer.server());
                const std::string own = "stream " + std::to_string(i);
                if (!stream.connect().ok()) return;
                for (int round = 0; round < 20; ++round) {
                    if (!stream.send(own, kLong).ok() || received(stream, own.size()) != own) return;
                }
                ++right;
            });
        }
        for (std::thread& each : threads) each.join();
        QCOMPARE(right.load(), 40);
    }
};

QTEST_APPLESS_MAIN(TestTcpStream)
#include "test_tcp_stream.moc"
