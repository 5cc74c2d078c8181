#include "core/net/tcp_stream.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/readable.h"
#include "core/net/curl_handles.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

constexpr int kLargestPort = 65'535;
constexpr int kFlagMillis = 100, kLongestWait = 60'000;  ///< how often the caller's flag is read

/// A name or a number, and nothing that reaches into another part of the address.
bool isHost(const std::string& host) {
    in6_addr numbers{};
    if (host.find(':') != std::string::npos) return ::inet_pton(AF_INET6, host.c_str(), &numbers) == 1;
    return !host.empty() && std::none_of(host.begin(), host.end(), [](char c) {
        return isAsciiControl(c) || isAsciiBlank(c) ||
               std::string_view("/@?#[]\\%").find(c) != std::string_view::npos;
    });
}

Status usableTcpServer(const TcpServer& server) {
    if (isHost(server.host) && server.port > 0 && server.port <= kLargestPort) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("net", "“%1” is not the address of a server.").with(addressOf(server)),
            RW_TEXT("net", "Write the computer's name or number, and a port from 1 to 65535.")};
}

/// In the words of HTTP where they say the same.
Status connectError(const TcpServer& server, const TransferEnd& end) {
    HttpServer spoken;
    spoken.address = addressOf(server);
    spoken.caFile = server.caFile;
    spoken.certificate = server.certificate;
    switch (end.code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return {ErrorCode::Io,
                    RW_TEXT("net", "The host name “%1” cannot be resolved (address %2).")
                        .with(server.host, spoken.address),
                    RW_TEXT("net", "Correct the address; a name may be known in another network only.")};
        case CURLE_SSL_CONNECT_ERROR:
            return {ErrorCode::Io,
                    RW_TEXT("net", "The server at %1 does not use TLS.").with(spoken.address),
                    RW_TEXT("net", "Leave TLS out if the server is meant to be without it.")};
        case CURLE_COULDNT_CONNECT:
        case CURLE_OPERATION_TIMEDOUT:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CERTPROBLEM:
            return transferError(spoken, end);
        default:
            break;
    }
    return {ErrorCode::Io, RW_TEXT("net", "No connection to %1: %2").with(spoken.address, end.said),
            RW_TEXT("net", "See whether the server still runs, and try again.")};
}

Status connectionCancelled(const TcpServer& server) {
    return {ErrorCode::Cancelled,
            RW_TEXT("net", "The connection to %1 was cancelled.").with(addressOf(server))};
}

Status notConnected(const TcpServer& server) {
    return {ErrorCode::Io, RW_TEXT("net", "There is no connection to %1.").with(addressOf(server)),
            RW_TEXT("net", "See whether the server still runs, and try again.")};
}

}  // namespace

std::string addressOf(const TcpServer& server) {
    const bool numbers = server.host.find(':') != std::string::npos;  // IPv6
    return numbers ? fmt::format("[{}]:{}", server.host, server.port)
                   : fmt::format("{}:{}", server.host, server.port);
}

struct TcpStream::Handles : CurlHandles {
    bool attached = false;
};

TcpStream::TcpStream(TcpServer server)
    : m_server(std::move(server)),
      m_usable(usableTcpServer(m_server)),
      m_handles(std::make_unique<Handles>()) {}

TcpStream::~TcpStream() {
    close();
}

void TcpStream::close() {
    m_connected = false;
    if (!std::exchange(m_handles->attached, false)) return;
    // libcurl closes a connection that it made for nothing else.
    curl_multi_remove_handle(m_handles->multi, m_handles->easy);
    curl_easy_reset(m_handles->easy);
}

// libcurl looks the name up on a thread of its own, tries all its addresses side by side and speaks TLS; then
// the connection is ours.
Status TcpStream::connect() {
    RW_TRY(m_usable);
    close();
    if (cancelled()) return connectionCancelled(m_server);
    Handles& curl = *m_handles;
    const std::string url = (m_server.tls ? "https://" : "http://") + addressOf(m_server);
    curl.said[0] = 0;
    curl.set(CURLOPT_URL, url.c_str());
    curl.set(CURLOPT_CONNECT_ONLY, 1L);
    curl.set(CURLOPT_PROXY, "");
    curl.set(CURLOPT_NOSIGNAL, 1L);
    curl.set(CURLOPT_QUICK_EXIT, 1L);  // a silent name server is not waited for
    curl.set(CURLOPT_ERRORBUFFER, curl.said);
    curl.set(CURLOPT_SSL_ENABLE_ALPN, 0L);  // it is no HTTP
    curl.set(CURLOPT_TCP_NODELAY, 1L);
    curl.set(CURLOPT_TCP_KEEPALIVE, 1L);
    const long within = static_cast<long>(std::max<Millis>(m_server.connectWithin, 1));
    curl.set(CURLOPT_CONNECTTIMEOUT_MS, within);
    if (!m_server.caFile.empty()) curl.set(CURLOPT_CAINFO, m_server.caFile.c_str());
    if (m_server.tls) curl.present(m_server.certificate);

    curl_multi_add_handle(curl.multi, curl.easy);
    curl.attached = true;
    int running = 1;
    CURLMcode kept = CURLM_OK;
    while (kept == CURLM_OK && !cancelled()) {
        kept = curl_multi_perform(curl.multi, &running);
        if (running == 0) break;
        if (kept == CURLM_OK)
            kept = curl_multi_poll(curl.multi, nullptr, 0, std::min(longestWait(), 1'000), nullptr);
    }
    if (cancelled()) return failed(connectionCancelled(m_server));
    const CURLcode end = running == 0 ? curl.end() : CURLE_FAILED_INIT;
    const long verified = curl.get(CURLINFO_SSL_VERIFYRESULT, 0L);
    if (end != CURLE_OK) return failed(connectError(m_server, {end, verified, curl.said}));
    m_connected = true;
    return {};
}

int TcpStream::longestWait() const {
    return m_flag != nullptr || m_givesUp ? kFlagMillis : kLongestWait;
}

TcpStream::Ready TcpStream::await(bool toWrite, std::int64_t until) {
    const auto socket = m_handles->get<curl_socket_t>(CURLINFO_ACTIVESOCKET, CURL_SOCKET_BAD);
    curl_waitfd wait{socket, static_cast<short>(toWrite ? CURL_WAIT_POLLOUT : CURL_WAIT_POLLIN), 0};
    while (!cancelled()) {
        const std::int64_t left = until - m_clock->steadyMillis();
        if (left <= 0) return Ready::TimeOver;
        const int most = static_cast<int>(std::min<std::int64_t>(left, longestWait()));
        int ready = 0;
        if (curl_multi_poll(m_handles->multi, &wait, 1, most, &ready) != CURLM_OK || wait.revents != 0)
            return Ready::Yes;
    }
    return Ready::Cancelled;
}

Status TcpStream::failed(Status status) {
    close();
    return status;
}

Status TcpStream::lost(const char* said) {
    return failed({ErrorCode::Io,
                   RW_TEXT("net", "The connection to %1 was lost: %2").with(addressOf(m_server), said),
                   RW_TEXT("net", "See whether the server still runs, and try again.")});
}

Result<TcpStream::Received> TcpStream::receive(std::span<char> into, Millis within) {
    const std::int64_t until = m_clock->steadyMillis() + within;
    for (;;) {
        if (cancelled()) return failed(connectionCancelled(m_server));
        if (!m_connected) return notConnected(m_server);
        if (into.empty()) return Received{};  // no bytes is how libcurl tells the end
        std::size_t bytes = 0;
        const CURLcode code = curl_easy_recv(m_handles->easy, into.data(), into.size(), &bytes);
        if (code == CURLE_OK) return Received{bytes, bytes == 0};
        if (code != CURLE_AGAIN) return lost(curl_easy_strerror(code));
        if (await(false, until) == Ready::TimeOver) return Received{};
    }
}

Status TcpStream::send(std::string_view bytes, Millis within) {
    const std::int64_t until = m_clock->steadyMillis() + within;
    while (!bytes.empty()) {
        if (cancelled()) return failed(connectionCancelled(m_server));
        if (!m_connected) return notConnected(m_server);
        std::size_t sent = 0;
        const CURLcode code = curl_easy_send(m_handles->easy, bytes.data(), bytes.size(), &sent);
        bytes.remove_prefix(sent);
        if (code == CURLE_OK) continue;
        if (code != CURLE_AGAIN) return lost(curl_easy_strerror(code));
        if (await(true, until) != Ready::TimeOver) continue;
        return failed({ErrorCode::Io,
                       RW_TEXT("net", "%1 did not take what was sent within %2.")
                           .with(addressOf(m_server), durationText(within)),
                       RW_TEXT("net", "See whether the server is busy, and try again.")});
    }
    return {};
}

void TcpStream::cancel() {
    m_cancelled = true;
    curl_multi_wakeup(m_handles->multi);
}

}  // namespace rw
