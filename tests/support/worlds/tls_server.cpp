#include "tests/support/worlds/tls_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

namespace rw::test {

namespace {

constexpr int kTlsLook = 10;              // ms
constexpr int kLongestSilence = 2;        // seconds; then the client has nothing to say
constexpr std::size_t kAskForTls = 8;     // bytes of PostgreSQL's request
constexpr std::size_t kMariadbAsks = 36;  // bytes of MariaDB's, with their head

/// As protocol version 10 has it: it offers TLS.
std::string mariadbGreeting() {
    const std::string eight = "abcdefgh", twelve = "ijklmnopqrst";
    std::string body =
        "\x0a"
        "10.11.0-MariaDB";
    body += '\0';
    body += std::string("\x01\0\0\0", 4) + eight + '\0';
    body += std::string("\xff\xff", 2);    // what it can do, with TLS
    body += std::string("\x21\x02\0", 3);  // characters, standing
    body += std::string("\xff\x81", 2);    // the rest of what it can do
    body += std::string("\x15", 1) + std::string(10, '\0');
    body += twelve + '\0' + "mysql_native_password" + '\0';
    std::string head(4, '\0');
    head[0] = static_cast<char>(body.size());
    return head + body;
}

bool takeBytes(int connection, std::size_t count) {
    std::array<char, 64> bytes{};
    while (count > 0) {
        const ssize_t came = ::recv(connection, bytes.data(), std::min(count, bytes.size()), 0);
        if (came <= 0) return false;
        count -= static_cast<std::size_t>(came);
    }
    return true;
}

}  // namespace

TlsServer::TlsServer(const Certificate& certificate, TlsGreeting greeting)
    : m_certificate(certificate), m_greeting(greeting) {
    (void)std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    (void)::bind(m_listening, reinterpret_cast<const sockaddr*>(&at), size);
    (void)::getsockname(m_listening, reinterpret_cast<sockaddr*>(&at), &size);
    (void)::listen(m_listening, 16);
    m_port = ntohs(at.sin_port);
    m_accepting = std::thread([this] {
        while (!m_over) {
            pollfd look{m_listening, POLLIN, 0};
            if (::poll(&look, 1, kTlsLook) <= 0) continue;
            const int connection = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0) continue;
            ++m_clients;
            m_connections.emplace_back([this, connection] { serve(connection); });
        }
    });
}

TlsServer::~TlsServer() {
    m_over = true;
    m_accepting.join();
    for (std::thread& connection : m_connections) connection.join();
    ::close(m_listening);
}

bool TlsServer::greet(int connection) const {
    switch (m_greeting) {
        case TlsGreeting::None:
            break;
        case TlsGreeting::Postgresql:
            return takeBytes(connection, kAskForTls) && ::send(connection, "S", 1, MSG_NOSIGNAL) == 1;
        case TlsGreeting::Mariadb: {
            const std::string greeting = mariadbGreeting();
            return ::send(connection, greeting.data(), greeting.size(), MSG_NOSIGNAL) > 0 &&
                   takeBytes(connection, kMariadbAsks);
        }
    }
    return true;
}

void TlsServer::serve(int connection) {
    const timeval silence{kLongestSilence, 0};
    (void)::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
    if (greet(connection)) {
        SSL_CTX* const context = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(context, m_certificate.certificate.get());
        SSL_CTX_use_PrivateKey(context, m_certificate.key.get());
        SSL* const ssl = SSL_new(context);
        SSL_set_fd(ssl, connection);
        if (SSL_accept(ssl) == 1) {
            std::array<char, 4'096> bytes{};
            const int count = SSL_read(ssl, bytes.data(), static_cast<int>(bytes.size()));
            if (count > 0) m_received += static_cast<std::size_t>(count);
        }
        SSL_free(ssl);
        SSL_CTX_free(context);
    }
    ::close(connection);
}

}  // namespace rw::test
