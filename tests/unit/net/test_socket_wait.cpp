// Waiting for several sockets at once.
#include <sys/socket.h>
#include <unistd.h>
#include <QtTest/QtTest>

#include <array>

#include "core/net/socket_wait.h"

using namespace rw;

class TestSocketWait : public QObject {
    Q_OBJECT

    std::array<int, 2> m_pair{-1, -1};

 private Q_SLOTS:
    void init() { QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, m_pair.data()), 0); }
    void cleanup() {
        for (const int socket : m_pair) ::close(socket);
    }

    void theOneWithBytesIsReady() {
        std::array<WatchedSocket, 2> both{WatchedSocket{m_pair[0]}, WatchedSocket{m_pair[1]}};
        QVERIFY(!awaitSockets(both, 0));
        QVERIFY(!both[0].ready && !both[1].ready);
        QCOMPARE(::send(m_pair[0], "x", 1, 0), ssize_t{1});
        QVERIFY(awaitSockets(both, 10'000));
        QVERIFY(!both[0].ready && both[1].ready);
        QVERIFY(awaitSocket(m_pair[1], 0));
    }

    void oneThatCanBeWrittenIsReadyWhereThatIsAsked() {
        QVERIFY(!awaitSocket(m_pair[0], 0));
        WatchedSocket socket{m_pair[0], true};
        QVERIFY(awaitSockets({&socket, 1}, 10'000) && socket.ready);
    }
};

QTEST_APPLESS_MAIN(TestSocketWait)
#include "test_socket_wait.moc"
