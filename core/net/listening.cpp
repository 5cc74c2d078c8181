#include "core/net/listening.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <utility>

namespace rw {

namespace {

constexpr int kHighestPort = 65'535, kWaiting = 64;

struct FreeAddresses {
    void operator()(addrinfo* addresses) const { ::freeaddrinfo(addresses); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

/// Null: the host is no number.
Addresses addressesOf(const ListenAddress& address) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    const std::string host = address.host == "localhost" ? "127.0.0.1" : address.host;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(address.port).c_str(), &hints, &found) != 0)
        return nullptr;
    return Addresses(found);
}

Status noListenAddress(const std::string& text) {
    return {ErrorCode::Invalid, RW_TEXT("net", "“%1” is no address to listen at.").with(text),
            RW_TEXT("net", "Write a number of this computer and a port, as 127.0.0.1:8077.")};
}

Status cantListen(const ListenAddress& address, int reason) {
    const std::string at = listenText(address);
    if (reason == EADDRINUSE) {
        return {ErrorCode::Locked, RW_TEXT("net", "Another program listens at %1.").with(at),
                RW_TEXT("net", "Choose another port, or end that program.")};
    }
    if (reason == EACCES) {
        return {ErrorCode::Denied, RW_TEXT("net", "This program may not listen at %1.").with(at),
                RW_TEXT("net", "Choose a port from 1024 on.")};
    }
    return {ErrorCode::Invalid,
            RW_TEXT("net", "It can't be listened at %1: %2").with(at, std::strerror(reason)),
            RW_TEXT("net", "Write a number of this computer and a port, as 127.0.0.1:8077.")};
}

}  // namespace

Result<ListenAddress> parseListenAddress(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return noListenAddress(text);
    ListenAddress address;
    address.host = text.substr(0, colon);
    const char* const end = text.data() + text.size();
    const auto [behind, error] = std::from_chars(text.data() + colon + 1, end, address.port);
    if (error != std::errc() || behind != end || address.port < 0 || address.port > kHighestPort)
        return noListenAddress(text);
    if (address.host.starts_with('[') && address.host.ends_with(']'))
        address.host = address.host.substr(1, address.host.size() - 2);
    if (!addressesOf(address)) return noListenAddress(text);
    return address;
}

std::string listenText(const ListenAddress& address) {
    const bool numbers = address.host.find(':') != std::string::npos;  // IPv6
    return numbers ? fmt::format("[{}]:{}", address.host, address.port)
                   : fmt::format("{}:{}", address.host, address.port);
}

bool isLoopbackAddress(const ListenAddress& address) {
    return address.host == "localhost" || address.host == "::1" || address.host.starts_with("127.");
}

Result<ListeningSocket> ListeningSocket::open(const ListenAddress& address) {
    const Addresses found = addressesOf(address);
    if (!found) return noListenAddress(listenText(address));
    ListeningSocket opened(::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
                           address.port);
    if (opened.m_socket < 0) return cantListen(address, errno);
    const int yes = 1;
    ::setsockopt(opened.m_socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (::bind(opened.m_socket, found->ai_addr, found->ai_addrlen) != 0 ||
        ::listen(opened.m_socket, kWaiting) != 0)
        return cantListen(address, errno);
    sockaddr_storage at{};
    socklen_t size = sizeof at;
    if (::getsockname(opened.m_socket, reinterpret_cast<sockaddr*>(&at), &size) == 0) {
        opened.m_port = ntohs(at.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(at).sin6_port
                                                       : reinterpret_cast<sockaddr_in&>(at).sin_port);
    }
    return opened;
}

ListeningSocket::ListeningSocket(ListeningSocket&& other) noexcept
    : m_socket(std::exchange(other.m_socket, -1)), m_port(other.m_port) {}

ListeningSocket::~ListeningSocket() {
    if (m_socket >= 0) ::close(m_socket);
}

int ListeningSocket::release() {
    return std::exchange(m_socket, -1);
}

}  // namespace rw
