#include "tests/support/worlds/bad_wire.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "tests/support/worlds/loopback.h"

namespace rw::test {

namespace {

constexpr int kWireLookMillis = 10;

void endConnection(int socket, bool resets) {
    const linger hard{1, 0};
    if (resets) ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(socket);
}

bool sendAll(int socket, const char* bytes, std::size_t count) {
    while (count > 0) {
        const ssize_t sent = ::send(socket, bytes, count, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes += sent;
        count -= static_cast<std::size_t>(sent);
    }
    return true;
}

}  // namespace

BadWire::BadWire(const std::string& server) : m_port(std::atoi(&server[server.rfind(':') + 1])) {
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at = loopback(0);
    socklen_t size = sizeof at;
    ::bind(m_listening, reinterpret_cast<const sockaddr*>(&at), size);
    ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&at), &size);
    ::listen(m_listening, 16);
    m_address = fmt::format("http://127.0.0.1:{}", ntohs(at.sin_port));
    m_accepting = std::thread([this] {
        while (!m_over) {
            pollfd look{m_listening, POLLIN, 0};
            if (::poll(&look, 1, kWireLookMillis) <= 0) continue;
            const int client = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (client >= 0) m_connections.emplace_back([this, client] { carry(client); });
        }
    });
}

BadWire::~BadWire() {
    m_over = true;
    m_accepting.join();
    for (std::thread& connection : m_connections) connection.join();
    ::close(m_listening);
}

void BadWire::carry(int client) {
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in at = loopback(m_port);
    bool ends = m_faults.refuses || ::connect(server, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0;
    std::size_t answered = 0;
    std::array<char, 65'536> bytes{};
    while (!ends && !m_over) {
        std::array<pollfd, 2> look{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
        if (::poll(look.data(), look.size(), kWireLookMillis) <= 0 || m_faults.silent) {
            if (m_faults.silent) ::poll(nullptr, 0, kWireLookMillis);
            continue;
        }
        for (const pollfd& one : look) {
            if (one.revents == 0 || ends) continue;
            const bool ofServer = one.fd == server;
            std::size_t most = std::clamp<std::size_t>(m_faults.piece, 1, bytes.size());
            const std::size_t cut = m_faults.cutAfter;
            if (ofServer && cut > 0) most = std::min(most, cut - std::min(answered, cut));
            const ssize_t count = most == 0 ? 0 : ::recv(one.fd, bytes.data(), most, 0);
            if (m_faults.delay > 0) ::poll(nullptr, 0, m_faults.delay);
            ends = count <= 0 ||
                   !sendAll(ofServer ? client : server, bytes.data(), static_cast<std::size_t>(count));
            if (ofServer && count > 0) answered += static_cast<std::size_t>(count);
        }
    }
    endConnection(client, m_faults.resets);
    endConnection(server, false);
}

}  // namespace rw::test
