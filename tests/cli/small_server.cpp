#include "tests/cli/small_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace rw::testing {

namespace {

constexpr int kLookEvery = 20;  // ms

/// A bound socket and the port that it got.
std::pair<int, int> boundSocket() {
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof at;
    if (made < 0 || ::bind(made, reinterpret_cast<const sockaddr*>(&at), length) != 0 ||
        ::getsockname(made, reinterpret_cast<sockaddr*>(&at), &length) != 0)
        qFatal("no socket");
    return {made, ntohs(at.sin_port)};
}

QString addressOf(int port) {
    return QStringLiteral("http://127.0.0.1:%1").arg(port);
}

bool somethingComes(int socket) {
    pollfd look{socket, POLLIN, 0};
    return ::poll(&look, 1, kLookEvery) > 0;
}

/// Whether all of a request has come: bytes that nobody reads would break the answer off.
bool isWhole(const QByteArray& request) {
    const qsizetype end = request.indexOf("\r\n\r\n");
    if (end < 0) return false;
    const qsizetype length = request.indexOf("Content-Length: ");
    if (length < 0 || length > end) return true;
    const qsizetype from = length + 16;
    return request.size() >= end + 4 + request.mid(from, request.indexOf("\r\n", from) - from).toLongLong();
}

}  // namespace

SmallServer::SmallServer(QByteArray body)
    : SmallServer([body = std::move(body)](const QByteArray&) { return body; }) {}

SmallServer::SmallServer(Reply reply) : m_reply(std::move(reply)) {
    const auto [listening, port] = boundSocket();
    m_listening = listening;
    m_address = addressOf(port);
    ::listen(m_listening, 16);
    m_thread = std::thread([this] { serve(); });
}

SmallServer::~SmallServer() {
    m_over = true;
    m_thread.join();
    ::close(m_listening);
}

void SmallServer::serve() {
    while (!m_over) {
        if (!somethingComes(m_listening)) continue;
        const int connection = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) continue;
        ++m_requests;
        QByteArray request;
        while (!m_over && !isWhole(request)) {
            if (!somethingComes(connection)) continue;
            char bytes[4096];
            const auto count = ::recv(connection, bytes, sizeof bytes, 0);
            if (count <= 0) break;
            request.append(bytes, static_cast<qsizetype>(count));
        }
        const QByteArray body = m_reply(request.left(request.indexOf("\r\n")));
        const QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                                  QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
        static_cast<void>(
            ::send(connection, answer.constData(), static_cast<std::size_t>(answer.size()), MSG_NOSIGNAL));
        ::close(connection);
    }
}

QString deadAddress() {
    const auto [socket, port] = boundSocket();
    ::close(socket);
    return addressOf(port);
}

}  // namespace rw::testing
