#include "tests/support/worlds/fake_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace rw::test {

namespace {

constexpr int kLookMillis = 20;  ///< how often a thread looks whether the test is over

/// A bound socket and its address.
int bound(std::string& address) {
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);  // its connections have it from here
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof at;
    ::bind(made, reinterpret_cast<const sockaddr*>(&at), length);
    ::getsockname(made, reinterpret_cast<sockaddr*>(&at), &length);
    address = fmt::format("127.0.0.1:{}", ntohs(at.sin_port));
    return made;
}

/// The bytes of a connection, encrypted or not.
class Wire {
 public:
    Wire(int connection, const Certificate* certificate) : m_connection(connection) {
        if (!certificate) return;
        m_context = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate(m_context, certificate->certificate.get());
        SSL_CTX_use_PrivateKey(m_context, certificate->key.get());
        m_ssl = SSL_new(m_context);
        SSL_set_fd(m_ssl, connection);
        SSL_accept(m_ssl);
    }
    ~Wire() {
        if (m_ssl) SSL_shutdown(m_ssl);
        SSL_free(m_ssl);
        SSL_CTX_free(m_context);
        ::close(m_connection);
    }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    /// Adds the bytes that have come; false at its end.
    bool read(std::string& to) const {
        char bytes[4096];
        const long count = m_ssl ? SSL_read(m_ssl, bytes, sizeof bytes)
                                 : static_cast<long>(::recv(m_connection, bytes, sizeof bytes, 0));
        if (count > 0) to.append(bytes, static_cast<std::size_t>(count));
        return count > 0;
    }
    void write(const std::string& bytes) const {
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t left = bytes.size() - at;
            const long count =
                m_ssl ? SSL_write(m_ssl, bytes.data() + at, static_cast<int>(left))
                      : static_cast<long>(::send(m_connection, bytes.data() + at, left, MSG_NOSIGNAL));
            if (count <= 0) return;
            at += static_cast<std::size_t>(count);
        }
    }
    int connection() const { return m_connection; }

 private:
    const int m_connection;
    SSL_CTX* m_context = nullptr;
    SSL* m_ssl = nullptr;
};

bool somethingComes(int socket) {
    pollfd look{socket, POLLIN, 0};
    return ::poll(&look, 1, kLookMillis) > 0;
}

/// A whole request in `bytes`, if there is one; the beginning of encryption counts as one.
bool parse(const std::string& bytes, FakeRequest& request) {
    if (bytes.starts_with('\x16')) return true;
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    request.head = bytes.substr(0, end);
    request.line = request.head.substr(0, request.head.find(" HTTP/"));
    constexpr const char* kLength = "Content-Length: ";
    const std::size_t length = request.head.find(kLength);
    const std::size_t wanted =
        length == std::string::npos ? 0 : std::strtoul(&request.head[length + 16], nullptr, 10);
    request.body = bytes.substr(end + 4);
    return request.body.size() >= wanted;
}

}  // namespace

FakeAnswer answer(const std::string& body, int status) {
    return {fmt::format("HTTP/1.1 {} Said\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}", status,
                        body.size(), body)};
}

FakeServer::FakeServer(Reply reply, const Certificate* certificate)
    : m_reply(std::move(reply)), m_certificate(certificate) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
    std::string place;
    m_listening = bound(place);
    m_address = (certificate ? "https://" : "http://") + place;
    ::listen(m_listening, 16);
    m_accepting = std::thread([this] {
        while (!m_over) {
            if (!somethingComes(m_listening)) continue;
            const int connection = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection >= 0) m_connections.emplace_back([this, connection] { serve(connection); });
        }
    });
}

FakeServer::~FakeServer() {
    m_over = true;
    m_accepting.join();
    for (std::thread& connection : m_connections) connection.join();
    ::close(m_listening);
}

void FakeServer::serve(int connection) {
    const Wire wire(connection, m_certificate);
    for (bool more = true; more;) {
        std::string bytes;
        FakeRequest request;
        while (!parse(bytes, request)) {
            while (!m_over && !somethingComes(connection)) {
            }
            if (m_over || !wire.read(bytes)) return;
        }
        FakeAnswer said;
        {
            const std::lock_guard lock(m_mutex);
            said = m_reply(request);
            m_requests.push_back(std::move(request));
        }
        m_news.notify_all();
        wire.write(said.bytes);
        while (said.never && !m_over) ::poll(nullptr, 0, kLookMillis);
        more = said.keep;
    }
}

std::vector<FakeRequest> FakeServer::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

std::string FakeServer::lines() const {
    std::string all;
    for (const FakeRequest& request : requests()) all += (all.empty() ? "" : ", ") + request.line;
    return all;
}

void FakeServer::awaitRequests(std::size_t count) {
    std::unique_lock lock(m_mutex);
    m_news.wait(lock, [&] { return m_requests.size() >= count; });
}

std::string nobodysAddress() {
    std::string place;
    ::close(bound(place));
    return "http://" + place;
}

}  // namespace rw::test
