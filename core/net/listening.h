// A socket at which this program listens for connections of others.
#pragma once
#include <string>

#include "core/base/status.h"

namespace rw {

/// Where to listen: numbers, or “localhost”, for no name server is asked.
struct ListenAddress {
    std::string host{};  ///< “127.0.0.1”, “::1”, “0.0.0.0”; of IPv6 without brackets
    int port = 0;        ///< 0: any that is free
};

/// “127.0.0.1:8077”, “[::1]:8077”, “localhost:8077”.
Result<ListenAddress> parseListenAddress(const std::string& text);
/// “[::1]:8077”.
std::string listenText(const ListenAddress& address);
/// Whether only programs of this computer can reach it.
bool isLoopbackAddress(const ListenAddress& address);

/// Closed with its owner.
class ListeningSocket {
 public:
    /// An error that may pass where another program has the port.
    static Result<ListeningSocket> open(const ListenAddress& address);
    ListeningSocket(ListeningSocket&& other) noexcept;
    ListeningSocket& operator=(ListeningSocket&&) = delete;
    ~ListeningSocket();

    int handle() const { return m_socket; }
    /// Hands the socket over to the caller.
    int release();
    int port() const { return m_port; }

 private:
    ListeningSocket(int socket, int port) : m_socket(socket), m_port(port) {}
    int m_socket = -1;
    int m_port = 0;
};

}  // namespace rw
