// A server on this computer that comes as far as TLS, and takes what is sent to it behind that.
#pragma once
#include <atomic>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/worlds/certificate.h"

namespace rw::test {

/// What is said in the clear before TLS begins.
enum class TlsGreeting {
    None,
    Postgresql,  ///< the client asks for TLS, and is told yes
    Mariadb      ///< the server says who it is, and the client asks for TLS
};

class TlsServer {
 public:
    /// `certificate` outlives it.
    TlsServer(const Certificate& certificate, TlsGreeting greeting);
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    int port() const { return m_port; }
    int clients() const { return m_clients; }
    /// Bytes that clients have sent behind the handshake: they trusted it.
    std::size_t received() const { return m_received; }

 private:
    void serve(int connection);
    bool greet(int connection) const;

    const Certificate& m_certificate;
    const TlsGreeting m_greeting;
    int m_listening = -1, m_port = 0;
    std::atomic<int> m_clients{0};
    std::atomic<std::size_t> m_received{0};
    std::atomic<bool> m_over{false};
    std::vector<std::thread> m_connections{};
    std::thread m_accepting{};
};

}  // namespace rw::test
