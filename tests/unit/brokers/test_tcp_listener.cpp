// Lines over TCP: many clients, tokens, lines without an end, ports that are taken, servers that end the
// connection.
#include <sys/socket.h>
#include <unistd.h>
#include <QtTest/QtTest>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/connect/connections/host_port.h"
#include "core/connect/sockets/tcp_caller.h"
#include "core/connect/sockets/tcp_listener.h"
#include "tests/support/worlds/socket_world.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kPatience = 20'000;  // milliseconds

class CameOverTcp final : public ReadOutput {
 public:
    void give(std::unique_ptr<Chunk> chunk, std::size_t, int) override {
        const auto& piece = static_cast<const JournalChunk&>(*chunk);
        for (std::size_t i = 0; i < piece.messages.size(); ++i) {
            rows.emplace_back(*piece.messages.value(i));
            senders.emplace_back(piece.messages.header(i, 0).value_or("NULL"));
        }
    }
    int partition(const std::string&) override { return 0; }
    void tell(PartitionState now, Text, int) override { state = now; }
    void note(Text text) override { notes.push_back(english(text)); }
    bool wants(int) const override { return true; }

    std::vector<std::string> rows{}, senders{}, notes{};
    PartitionState state = PartitionState::Live;
};

JournalReading inMemory() {
    JournalReading reading;
    reading.journal = *Journal::open({}, {});
    reading.wanted.headers = {"sender"};
    return reading;
}

template <class Done>
bool readUntil(JournalReader& reader, CameOverTcp& given, Done done) {
    const std::int64_t end = systemClock()->steadyMillis() + kPatience;
    while (systemClock()->steadyMillis() < end) {
        if (done()) return true;
        if (!reader.read(20, given).ok()) break;
    }
    return done();
}

std::unique_ptr<TcpListener> listener(TcpListening how = {}) {
    how.clock = systemClock();
    return std::make_unique<TcpListener>(inMemory(), *ListeningSocket::open({"127.0.0.1", 0}),
                                         std::move(how));
}

bool isClosed(int socket) {
    char byte = 0;
    return ::recv(socket, &byte, 1, MSG_DONTWAIT) == 0;
}

}  // namespace

class TestTcpListener : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void linesOfManyClientsCome() {
        const auto reader = listener();
        CameOverTcp given;
        std::vector<int> clients;
        for (int i = 0; i < 20; ++i) {
            clients.push_back(connectTo(reader->port()));
            QVERIFY(clients.back() >= 0);
            QVERIFY(sendAll(clients.back(),
                            "client " + std::to_string(i) + "\nsecond line\nthird, without an end"));
        }
        QVERIFY(readUntil(*reader, given, [&] { return given.rows.size() == 40; }));
        for (const int client : clients) ::close(client);
        QVERIFY(readUntil(*reader, given, [&] { return given.rows.size() == 60; }));
        QCOMPARE(std::count(given.rows.begin(), given.rows.end(), "third, without an end"),
                 std::ptrdiff_t{20});
        QVERIFY(given.senders.front().starts_with("127.0.0.1:"));
    }

    void whoDoesNotKnowTheTokenIsSentAway() {
        ::setenv("RW_TEST_TOKEN", "open sesame", 1);
        TcpListening how;
        how.token.kind = SecretRef::Kind::Environment;
        how.token.name = "RW_TEST_TOKEN";
        const auto reader = listener(how);
        CameOverTcp given;
        const int good = connectTo(reader->port()), bad = connectTo(reader->port());
        QVERIFY(sendAll(good, "open sesame\nlet in\n"));
        QVERIFY(sendAll(bad, "something else\nnot let in\n"));
        QVERIFY(readUntil(*reader, given, [&] { return !given.rows.empty() && isClosed(bad); }));
        QVERIFY(given.rows == std::vector<std::string>{"let in"});
        for (const std::string& note : given.notes) QVERIFY(note.find("sesame") == std::string::npos);
        QVERIFY(!given.notes.empty());
        ::close(good);
        ::close(bad);
    }

    void whoSaysNothingIsSentAway() {
        ::setenv("RW_TEST_TOKEN", "open sesame", 1);
        TcpListening how;
        how.token.kind = SecretRef::Kind::Environment;
        how.token.name = "RW_TEST_TOKEN";
        how.greetWithin = 50;
        const auto reader = listener(how);
        CameOverTcp given;
        const int silent = connectTo(reader->port());
        QVERIFY(readUntil(*reader, given, [&] { return isClosed(silent); }));
        ::close(silent);
    }

    void longLinesAreCountedAsLost() {
        TcpListening how;
        how.longestLine = 100;
        const auto reader = listener(how);
        CameOverTcp given;
        const int client = connectTo(reader->port());
        QVERIFY(sendAll(client, std::string(5'000, 'x') + "\nshort\n"));
        QVERIFY(readUntil(*reader, given, [&] { return !given.rows.empty(); }));
        QVERIFY(given.rows == std::vector<std::string>{"short"});
        QCOMPARE(reader->journal().figures().lost.load(), std::uint64_t{1});
        QVERIFY(!given.notes.empty());
        ::close(client);
    }

    void moreThanManyAreSentAway() {
        TcpListening how;
        how.mostClients = 1;
        const auto reader = listener(how);
        CameOverTcp given;
        const int first = connectTo(reader->port());
        QVERIFY(sendAll(first, "first\n"));
        QVERIFY(readUntil(*reader, given, [&] { return !given.rows.empty(); }));
        const int second = connectTo(reader->port());
        QVERIFY(readUntil(*reader, given, [&] { return isClosed(second); }));
        ::close(first);
        ::close(second);
    }

    void aPortThatIsTakenIsSaid() {
        const auto reader = listener();
        const Result<ListeningSocket> other = ListeningSocket::open({"127.0.0.1", reader->port()});
        QVERIFY(!other.ok());
        QVERIFY(!other.error().fix.empty());
    }

    void aServerIsConnectedToAgain() {
        SocketWorld world;
        TcpCalling how;
        const HostPort at = *parseHostPort(world.address(), 0);
        how.server.host = at.host;
        how.server.port = at.port;
        how.clock = systemClock();
        TcpCaller reader(inMemory(), std::move(how));
        CameOverTcp given;
        QVERIFY(readUntil(reader, given, [&] { return given.state == PartitionState::Disconnected; }));
        world.sendLines({"a", "b"});
        QVERIFY(readUntil(reader, given, [&] { return given.rows.size() == 2; }));
        QVERIFY(readUntil(reader, given, [&] { return given.state == PartitionState::Disconnected; }));
        world.sendLines({"c"});
        QVERIFY(readUntil(reader, given, [&] { return given.rows.size() == 3; }));
        QVERIFY(given.rows == (std::vector<std::string>{"a", "b", "c"}));
        const auto told = std::count_if(given.notes.begin(), given.notes.end(), [](const std::string& note) {
            return note.find("has ended the connection") != std::string::npos;
        });
        QVERIFY2(told <= 1, "the same is told once, however often it happens");
    }
};

QTEST_APPLESS_MAIN(TestTcpListener)
#include "test_tcp_listener.moc"
