// Datagrams: one message each or one a line, losses that the kernel counts, ports that are taken.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <QtTest/QtTest>

#include <string>
#include <vector>

#include "core/connect/sockets/udp_reader.h"

using namespace rw;

namespace {

constexpr int kPatience = 20'000;  // milliseconds

class CameOverUdp final : public ReadOutput {
 public:
    void give(std::unique_ptr<Chunk> chunk, std::size_t, int) override {
        const auto& piece = static_cast<const JournalChunk&>(*chunk);
        for (std::size_t i = 0; i < piece.messages.size(); ++i) rows.emplace_back(*piece.messages.value(i));
    }
    int partition(const std::string&) override { return 0; }
    void tell(PartitionState, Text, int) override {}
    void note(Text text) override { notes.push_back(english(text)); }
    bool wants(int) const override { return true; }

    std::vector<std::string> rows{}, notes{};
};

std::unique_ptr<UdpReader> makeUdpReader(bool lines, int buffer = 1 << 20) {
    JournalReading journal;
    journal.journal = *Journal::open({}, {});
    UdpReading how;
    how.lines = lines;
    how.clock = systemClock();
    return std::make_unique<UdpReader>(std::move(journal), *UdpSocket::open({"127.0.0.1", 0}, buffer),
                                       std::move(how));
}

void sendTo(int port, const std::vector<std::string>& datagrams) {
    const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    at.sin_port = htons(static_cast<std::uint16_t>(port));
    for (const std::string& datagram : datagrams) {
        (void)::sendto(socket, datagram.data(), datagram.size(), 0, reinterpret_cast<const sockaddr*>(&at),
                       sizeof at);
    }
    ::close(socket);
}

template <class Done>
bool takeUntil(UdpReader& reader, CameOverUdp& given, Done done) {
    const std::int64_t end = systemClock()->steadyMillis() + kPatience;
    while (systemClock()->steadyMillis() < end && !done()) {
        if (!reader.read(20, given).ok()) break;
    }
    return done();
}

}  // namespace

class TestUdpReader : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aDatagramIsAMessage() {
        const auto reader = makeUdpReader(false);
        CameOverUdp given;
        sendTo(reader->port(), {"one\ntwo", "three"});
        QVERIFY(takeUntil(*reader, given, [&] { return given.rows.size() == 2; }));
        QVERIFY(given.rows == (std::vector<std::string>{"one\ntwo", "three"}));
    }

    void eachLineCanBeOne() {
        const auto reader = makeUdpReader(true);
        CameOverUdp given;
        sendTo(reader->port(), {"one\ntwo", "three\n"});
        QVERIFY(takeUntil(*reader, given, [&] { return given.rows.size() == 3; }));
        QVERIFY(given.rows == (std::vector<std::string>{"one", "two", "three"}));
    }

    void whatTheKernelDropsIsCounted() {
        const auto reader = makeUdpReader(false, 4'096);
        CameOverUdp given;
        constexpr std::size_t kMany = 2'000;
        sendTo(reader->port(), std::vector<std::string>(kMany, std::string(500, 'x')));
        QVERIFY(takeUntil(*reader, given, [&] { return !given.rows.empty(); }));
        (void)takeUntil(*reader, given, [&, last = std::size_t{0}]() mutable {
            return std::exchange(last, given.rows.size()) == given.rows.size();
        });
        const std::size_t taken = given.rows.size();
        QVERIFY(taken < kMany);
        // The kernel tells with the next one that it takes.
        sendTo(reader->port(), {"last"});
        QVERIFY(takeUntil(*reader, given, [&] { return given.rows.back() == "last"; }));
        QCOMPARE(reader->journal().figures().lost.load(), std::uint64_t{kMany - taken});
        QVERIFY(!given.notes.empty());
    }

    void aPortThatIsTakenIsSaid() {
        const auto reader = makeUdpReader(false);
        const Result<UdpSocket> other = UdpSocket::open({"127.0.0.1", reader->port()}, 4'096);
        QVERIFY(!other.ok());
        QVERIFY(!other.error().fix.empty());
    }
};

QTEST_APPLESS_MAIN(TestUdpReader)
#include "test_udp_reader.moc"
