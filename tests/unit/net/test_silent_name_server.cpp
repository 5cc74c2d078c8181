// A name server that does not answer keeps its thread, and no other. It replaces the C
// library's.
#include <dlfcn.h>
#include <netdb.h>

#include <QtTest/QtTest>
#include <atomic>
#include <string_view>
#include <thread>

#include "core/net/http_client.h"
#include "core/net/tcp_stream.h"

using namespace rw;

namespace {

constexpr const char* kSilentAddress = "http://silent.example:1";
constexpr const char* kSilentName = "silent.example";

std::atomic<int> asked{0}, answered{0};
std::atomic<bool> answers{false};

HttpServer silentServer() {
    HttpServer server;
    server.address = kSilentAddress;
    server.connectWithin = 600'000;
    server.answerWithin = 600'000;
    server.tries = 1;
    return server;
}

void awaitCount(const std::atomic<int>& count, int number) {
    while (count < number) std::this_thread::yield();
}

}  // namespace

extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** found) {
    if (name == nullptr || std::string_view(name) != kSilentName) {
        using Real = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
        static const auto real = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "getaddrinfo"));
        return real(name, service, hints, found);
    }
    ++asked;
    while (!answers) std::this_thread::yield();
    ++answered;
    return EAI_AGAIN;
}

class TestSilentNameServer : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init() {
        asked = answered = 0;
        answers = false;
    }
    /// The thread that asked ends when it has its answer, whatever else is still there.
    void cleanup() {
        answers = true;
        awaitCount(answered, asked);
    }

    void whoCancelsDoesNotWait() {
        // A caller that waits for the name all the same must come to an end, to say so.
        std::thread late([] {
            for (int i = 0; i < 10'000 && !answers; ++i) QTest::qSleep(1);
            answers = true;
        });
        {
            HttpClient client(silentServer());
            std::thread other([&client] {
                awaitCount(asked, 1);
                client.cancel();
            });
            const auto got = client.send({HttpMethod::Get, "/"});
            other.join();
            QVERIFY(!got.ok() && got.error().code == ErrorCode::Cancelled);
        }
        const int waitedFor = answered;
        answers = true;
        late.join();
        QCOMPARE(waitedFor, 0);
    }

    void noStreamWaits() {
        for (const bool cancels : {true, false}) {
            init();
            std::thread late([] {
                for (int i = 0; i < 10'000 && !answers; ++i) QTest::qSleep(1);
                answers = true;
            });
            ErrorCode code = ErrorCode::Internal;
            {
                TcpStream stream({.host = kSilentName, .port = 1, .connectWithin = cancels ? 600'000 : 200});
                std::thread other([&] {
                    awaitCount(asked, 1);
                    if (cancels) stream.cancel();
                });
                const Status status = stream.connect();
                other.join();
                if (!status.ok()) code = status.error().code;
            }
            const int waitedFor = answered;
            cleanup();
            late.join();
            QCOMPARE(code, cancels ? ErrorCode::Cancelled : ErrorCode::Io);
            QCOMPARE(waitedFor, 0);
        }
    }

    void whoHasNoTimeDoesNotWait() {
        std::thread late([] {
            for (int i = 0; i < 10'000 && !answers; ++i) QTest::qSleep(1);
            answers = true;
        });
        HttpServer server = silentServer();
        server.answerWithin = 200;
        HttpClient client(server);
        const auto got = client.send({HttpMethod::Get, "/"});
        const int waitedFor = answered;
        answers = true;
        late.join();
        QVERIFY(!got.ok() && got.error().code == ErrorCode::Io);
        QCOMPARE(waitedFor, 0);
    }
};

QTEST_APPLESS_MAIN(TestSilentNameServer)
#include "test_silent_name_server.moc"
