#include "tests/support/worlds/bad_server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

#include "tests/support/worlds/loopback.h"

namespace rw::test {

namespace {
constexpr int kBadServerStep = 5;  // milliseconds
}  // namespace

BadServer::BadServer(BadManner manner) : m_manner(manner) {
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at = loopback(0);
    socklen_t size = sizeof at;
    const bool bound = ::bind(m_listening, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0 &&
                       ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&at), &size) == 0;
    if (!bound) throw std::runtime_error("no free port");
    m_port = ntohs(at.sin_port);
    if (manner == BadManner::Nobody) return;  // the port is nobody else's meanwhile
    constexpr int kWaiting = 64;
    if (::listen(m_listening, kWaiting) != 0) throw std::runtime_error("nobody can be listened to");
    m_serving = std::thread([this] { serve(); });
}

BadServer::~BadServer() {
    m_over = true;
    if (m_serving.joinable()) m_serving.join();
    ::close(m_listening);
}

void BadServer::serve() const {
    const std::string words = "ZZZZ 999 this is nothing that you know\r\n";
    std::vector<int> clients;
    while (!m_over) {
        pollfd news{m_listening, POLLIN, 0};
        if (::poll(&news, 1, kBadServerStep) > 0) {
            const int client = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (client < 0) continue;
            ++m_clients;
            if (m_manner == BadManner::Closes) {
                ::close(client);
                continue;
            }
            if (m_manner == BadManner::Foreign)
                (void)::send(client, words.data(), words.size(), MSG_NOSIGNAL);
            clients.push_back(client);
        }
        for (const int client : clients) {
            char taken[4'096];
            while (::recv(client, taken, sizeof taken, MSG_DONTWAIT) > 0) continue;
            if (m_manner != BadManner::Endless) continue;
            (void)::send(client, words.data(), words.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        }
    }
    for (const int client : clients) ::close(client);
}

}  // namespace rw::test
