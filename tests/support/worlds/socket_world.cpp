#include "tests/support/worlds/socket_world.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>

#include "tests/support/worlds/loopback.h"

namespace rw::test {

namespace {

constexpr int kSocketPatience = 5'000, kSocketStep = 20;  // milliseconds

/// Bound to that port; 0: to any. Less than 0: it is taken.
int boundSocket(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const sockaddr_in at = loopback(port);
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0) return socket;
    ::close(socket);
    return -1;
}

/// Where nobody listens, a connection may get the port that it looks for as its own, and is its own other
/// side then.
bool isToItself(int socket) {
    sockaddr_in here{}, there{};
    socklen_t size = sizeof here;
    if (::getsockname(socket, reinterpret_cast<sockaddr*>(&here), &size) != 0) return false;
    size = sizeof there;
    if (::getpeername(socket, reinterpret_cast<sockaddr*>(&there), &size) != 0) return false;
    return here.sin_port == there.sin_port;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    return all;
}

}  // namespace

int connectTo(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in at = loopback(port);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0 && !isToItself(socket))
        return socket;
    ::close(socket);
    return -1;
}

bool sendAll(int socket, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t taken = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (taken <= 0) return false;
        sent += static_cast<std::size_t>(taken);
    }
    return true;
}

SocketWorld::SocketWorld() {
    const int socket = boundSocket(0);
    sockaddr_in at{};
    socklen_t size = sizeof at;
    if (socket < 0 || ::getsockname(socket, reinterpret_cast<sockaddr*>(&at), &size) != 0)
        throw std::runtime_error("no free port");
    m_port = ntohs(at.sin_port);
    ::close(socket);
}

SocketWorld::~SocketWorld() {
    giveUp();
}

void SocketWorld::giveUp() {
    m_over = true;
    if (m_serving.joinable()) m_serving.join();
    m_over = false;
}

std::string SocketWorld::address() const {
    return "127.0.0.1:" + std::to_string(m_port);
}

void SocketWorld::sendLines(const std::vector<std::string>& lines) {
    if (m_serving.joinable()) m_serving.join();
    if (sendIfHeard(lines)) return;
    const int listening = boundSocket(m_port);
    if (listening < 0 || ::listen(listening, 1) != 0) throw std::runtime_error("the port is taken");
    m_serving = std::thread([this, listening, text = joined(lines)] {
        pollfd ready{listening, POLLIN, 0};
        int asked = 0;
        for (int waited = 0; asked == 0 && waited < kSocketPatience && !m_over; waited += kSocketStep)
            asked = ::poll(&ready, 1, kSocketStep);
        if (asked > 0) {
            const int socket = ::accept(listening, nullptr, nullptr);
            (void)sendAll(socket, text);
            ::close(socket);
        }
        ::close(listening);
    });
}

bool SocketWorld::sendIfHeard(const std::vector<std::string>& lines) const {
    const int socket = connectTo(m_port);
    if (socket < 0) return false;
    (void)sendAll(socket, joined(lines));
    ::close(socket);
    return true;
}

void SocketWorld::sendWhenHeard(const std::vector<std::string>& lines) {
    if (m_serving.joinable()) m_serving.join();
    m_serving = std::thread([this, lines] {
        while (!m_over && !sendIfHeard(lines)) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    });
}

void SocketWorld::sendDatagrams(const std::vector<std::string>& datagrams) const {
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const sockaddr_in at = loopback(m_port);
    for (const std::string& datagram : datagrams) {
        (void)::sendto(socket, datagram.data(), datagram.size(), 0, reinterpret_cast<const sockaddr*>(&at),
                       sizeof at);
    }
    ::close(socket);
}

}  // namespace rw::test
