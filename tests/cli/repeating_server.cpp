#include "tests/cli/repeating_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace rw::testing {

namespace {

constexpr int kTurn = 20;       // ms
constexpr int kMostTurns = 20;  // without a byte: the client waits for an answer

bool bytesCome(int socket) {
    pollfd look{socket, POLLIN, 0};
    return ::poll(&look, 1, kTurn) > 0;
}

}  // namespace

RepeatingServer::RepeatingServer(QByteArray secret) : m_secret(std::move(secret)) {
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof at;
    if (::bind(m_listening, reinterpret_cast<const sockaddr*>(&at), length) != 0 ||
        ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&at), &length) != 0)
        qFatal("no socket");
    m_port = ntohs(at.sin_port);
    ::listen(m_listening, 16);
    m_accepting = std::thread([this] { accept(); });
}

RepeatingServer::~RepeatingServer() {
    m_over = true;
    m_accepting.join();
    for (std::thread& each : m_serving) each.join();
    ::close(m_listening);
}

void RepeatingServer::accept() {
    while (!m_over) {
        if (!bytesCome(m_listening)) continue;
        const int client = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        ++m_clients;
        m_serving.emplace_back([this, client] { refuse(client); });
    }
}

void RepeatingServer::refuse(int client) {
    QByteArray said;
    for (int quiet = 0; quiet < kMostTurns && !m_over && !said.contains("\r\n\r\n");) {
        if (!bytesCome(client)) {
            ++quiet;
            continue;
        }
        char bytes[4'096];
        const auto count = ::recv(client, bytes, sizeof bytes, 0);
        if (count <= 0) break;
        said.append(bytes, static_cast<qsizetype>(count));
        quiet = 0;
    }
    const bool knows = said.contains(m_secret);
    m_shown += knows ? 1 : 0;
    const QByteArray body = knows ? "“" + m_secret + "” is not right" : said;
    const QByteArray answer = "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain\r\nContent-Length: " +
                              QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
    (void)::send(client, answer.constData(), static_cast<std::size_t>(answer.size()), MSG_NOSIGNAL);
    ::close(client);
}

}  // namespace rw::testing
