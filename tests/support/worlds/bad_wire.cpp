#include "tests/support/worlds/bad_wire.h"

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "tests/support/worlds/loopback.h"

namespace rw::test {

namespace {

constexpr int kWireLookMillis = 10;
constexpr std::string_view kHost = "127.0.0.1";
constexpr std::size_t kPortBytes = 4;
constexpr unsigned kMostPort = 65'535;
constexpr int kPrime = 7'919;  // neighbours are far from each other

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

void WirePorts::add(int server, int wire) {
    const std::lock_guard lock(m_mutex);
    m_wires[server] = wire;
}

std::string WirePorts::through(const std::string& bytes, std::string& held) const {
    std::string all = std::move(held) + bytes;
    held.clear();
    std::size_t at = 0;
    for (std::size_t found; (found = all.find(kHost, at)) != std::string::npos;) {
        at = found + kHost.size();
        if (all.size() < at + kPortBytes) break;
        unsigned port = 0;
        for (std::size_t i = 0; i < kPortBytes; ++i)
            port = port << 8 | static_cast<unsigned char>(all[at + i]);
        const std::lock_guard lock(m_mutex);
        const auto wire = m_wires.find(static_cast<int>(port));
        if (wire == m_wires.end() || port > kMostPort) continue;
        for (std::size_t i = 0; i < kPortBytes; ++i)
            all[at + i] = static_cast<char>(wire->second >> (8 * (kPortBytes - 1 - i)) & 0xff);
    }
    // The longest end that may go on as a host and its port.
    for (std::size_t size = std::min(all.size(), kHost.size() + kPortBytes - 1); size > 0; --size) {
        const std::string_view end = std::string_view(all).substr(all.size() - size);
        if (!end.starts_with(kHost.substr(0, std::min(size, kHost.size())))) continue;
        held = end;
        all.resize(all.size() - size);
        break;
    }
    return all;
}

BadWire::BadWire(const std::string& server, WirePorts* ports)
    : m_port(std::atoi(&server[server.rfind(':') + 1])), m_ports(ports) {
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at = loopback(0);
    socklen_t size = sizeof at;
    ::bind(m_listening, reinterpret_cast<const sockaddr*>(&at), size);
    ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&at), &size);
    ::listen(m_listening, 16);
    m_address = fmt::format("http://127.0.0.1:{}", ntohs(at.sin_port));
    if (m_ports != nullptr) m_ports->add(m_port, ntohs(at.sin_port));
    m_accepting = std::thread([this] {
        while (!m_over) {
            pollfd look{m_listening, POLLIN, 0};
            if (::poll(&look, 1, kWireLookMillis) <= 0) continue;
            const int client = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (client < 0) continue;
            m_connections.emplace_back([this, client, number = m_came++] { carry(client, number); });
        }
    });
}

BadWire::~BadWire() {
    m_over = true;
    m_accepting.join();
    for (std::thread& connection : m_connections) connection.join();
    ::close(m_listening);
}

/// The bytes that came; 0: one of the two has ended.
std::size_t BadWire::handOn(int from, int to, std::size_t most, std::string* held) const {
    std::array<char, 65'536> bytes{};
    const ssize_t count = most == 0 ? 0 : ::recv(from, bytes.data(), std::min(most, bytes.size()), 0);
    if (count <= 0) return 0;
    std::string piece(bytes.data(), static_cast<std::size_t>(count));
    if (held != nullptr) piece = m_ports->through(piece, *held);
    return sendAll(to, piece.data(), piece.size()) ? static_cast<std::size_t>(count) : 0;
}

void BadWire::carry(int client, int number) {
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in at = loopback(m_port);
    const unsigned cutsBefore = m_faults.cuts;
    bool ends = m_faults.refuses || ::connect(server, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0;
    m_broken += m_faults.refuses ? 1 : 0;
    // A piece is to come as one.
    const int yes = 1;
    for (const int socket : {client, server})
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    std::size_t answered = 0;
    std::string held;
    while (!ends && !m_over) {
        std::array<pollfd, 2> look{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
        const int ready = ::poll(look.data(), look.size(), kWireLookMillis);
        if (cutsBefore != m_faults.cuts) {
            ++m_broken;
            break;
        }
        // The server says no more for now: it was no place after all.
        if (ready == 0 && !held.empty()) {
            const std::string rest = std::exchange(held, {});
            ends = !sendAll(client, rest.data(), rest.size());
        }
        if (ready <= 0 || m_faults.silent) {
            if (m_faults.silent) ::poll(nullptr, 0, kWireLookMillis);
            continue;
        }
        for (const pollfd& one : look) {
            if (one.revents == 0 || ends) continue;
            const bool ofServer = one.fd == server;
            std::size_t most = std::max<std::size_t>(m_faults.piece, 1);
            const std::size_t cut = m_faults.cutAfter;
            if (ofServer && cut > 0) most = std::min(most, cut - std::min(answered, cut));
            m_broken += most == 0 ? 1 : 0;
            const int spread = m_faults.spread;
            const int pause = m_faults.delay + (spread > 0 ? number * kPrime % (spread + 1) : 0);
            if (pause > 0) ::poll(nullptr, 0, pause);
            const std::size_t count =
                handOn(one.fd, ofServer ? client : server, most, ofServer && m_ports ? &held : nullptr);
            ends = count == 0;
            if (ofServer) answered += count;
        }
    }
    if (!held.empty() && !m_over) (void)sendAll(client, held.data(), held.size());
    endConnection(client, m_faults.resets);
    endConnection(server, false);
}

}  // namespace rw::test
