// The requests of a client are nowhere in memory once the client is gone: neither its token nor its body.
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <array>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "core/net/http_client.h"

using namespace rw;

namespace {

/// A token that stands nowhere as it is: each letter is the one behind it in the alphabet.
constexpr std::string_view kShifted = "uijt.jt.b.uplfo.uibu.opcpez.xspuf.epxo";

/// Larger are those that a sanitizer has for itself alone: terabytes.
constexpr std::uintptr_t kLargestMapping = std::uintptr_t{1} << 30;

std::string unshifted() {
    std::string token(kShifted);
    for (char& c : token) c = static_cast<char>(c - 1);
    return token;
}

bool isShiftedAt(const char* bytes) {
    for (std::size_t i = 0; i < kShifted.size(); ++i)
        if (bytes[i] + 1 != kShifted[i]) return false;
    return true;
}

/// How often the token is in the memory that this process may write.
int countInMemory() {
    static std::vector<char> bytes(std::size_t{1} << 20);
    int found = 0;
    std::ifstream maps("/proc/self/maps"), memory("/proc/self/mem", std::ios::binary);
    for (std::string line; std::getline(maps, line);) {
        std::uintptr_t from = 0, to = 0;
        char rights[5] = "";
        if (std::sscanf(line.c_str(), "%lx-%lx %4s", &from, &to, rights) != 3 || rights[1] != 'w') continue;
        if (to - from > kLargestMapping) continue;
        while (from + kShifted.size() <= to) {
            const std::size_t length = std::min<std::size_t>(bytes.size(), to - from);
            memory.clear();
            memory.seekg(static_cast<std::streamoff>(from));
            memory.read(bytes.data(), static_cast<std::streamsize>(length));
            if (memory.gcount() != static_cast<std::streamsize>(length)) break;
            for (std::size_t i = 0; i + kShifted.size() <= length; ++i)
                found += isShiftedAt(&bytes[i]) ? 1 : 0;
            ::explicit_bzero(bytes.data(), length);
            if (length < bytes.size()) break;
            from += length - kShifted.size();
        }
    }
    return found;
}

/// Answers 200 to one request, of which it keeps nothing.
class ForgetfulServer {
 public:
    ForgetfulServer() : m_listening(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof place;
        (void)::bind(m_listening, reinterpret_cast<sockaddr*>(&place), length);
        (void)::listen(m_listening, 1);
        (void)::getsockname(m_listening, reinterpret_cast<sockaddr*>(&place), &length);
        address = "http://127.0.0.1:" + std::to_string(ntohs(place.sin_port));
        m_thread = std::thread([this] { serve(); });
    }
    ~ForgetfulServer() {
        ::shutdown(m_listening, SHUT_RDWR);
        m_thread.join();
        ::close(m_listening);
    }
    std::string address{};
    bool sawToken = false;

 private:
    void serve() {
        const int connection = ::accept(m_listening, nullptr, nullptr);
        if (connection < 0) return;
        std::array<char, 64 * 1024> bytes{};
        std::size_t got = 0;
        // The body ends with the token and a line.
        while (got == 0 || bytes[got - 1] != '\n' || std::string_view(bytes.data(), got).ends_with("\r\n")) {
            const ssize_t more = ::read(connection, &bytes[got], bytes.size() - got);
            if (more <= 0) break;
            got += static_cast<std::size_t>(more);
        }
        for (std::size_t i = 0; i + kShifted.size() <= got; ++i)
            sawToken = sawToken || isShiftedAt(&bytes[i]);
        ::explicit_bzero(bytes.data(), bytes.size());
        constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        (void)!::write(connection, kAnswer.data(), kAnswer.size());
        ::close(connection);
    }

    const int m_listening;
    std::thread m_thread{};
};

}  // namespace

class TestWipedTokens : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void nothingStays() {
        QCOMPARE(countInMemory(), 0);
        ForgetfulServer there;
        {
            HttpServer server;
            server.address = there.address;
            std::string token = unshifted();
            server.bearer = Secret(token);
            HttpRequest request{HttpMethod::Post, "/login", token + "\n"};
            wipe(token);
            QVERIFY(countInMemory() > 0);
            HttpClient client(server);
            const auto got = client.send(request);
            QVERIFY2(got.ok(), got.ok() ? "" : english(got.error()).c_str());
            QCOMPARE(got->status, 200L);
            wipe(request.body);
        }
        QVERIFY(there.sawToken);
        QCOMPARE(countInMemory(), 0);
    }
};

QTEST_APPLESS_MAIN(TestWipedTokens)
#include "test_wiped_tokens.moc"
