#include "core/connect/web/webhook_server.h"

#include <microhttpd.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>
#include <thread>

#include "core/base/ascii.h"
#include "core/net/socket_wait.h"

namespace rw {

namespace {

constexpr int kLongestSleep = 250;       ///< milliseconds between two looks at what is late
constexpr Millis kFullPatience = 2'000;  ///< so old a connection gives way to others where all are taken
constexpr std::size_t kHeadMemory = std::size_t{32} << 10;

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest digestOf(std::string_view text) {
    Digest digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return digest;
}

/// Takes as long whatever is sent.
bool isSame(const Digest& a, const Digest& b) {
    return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view bearerOf(const char* header) {
    constexpr std::string_view kScheme = "Bearer ";
    const std::string_view text = header != nullptr ? header : "";
    if (!sameAsciiWord(text.substr(0, kScheme.size()), kScheme)) return {};
    return text.substr(kScheme.size());
}

bool signsIn(std::string_view name) {
    return sameAsciiWord(name, "Authorization") || sameAsciiWord(name, "Proxy-Authorization") ||
           sameAsciiWord(name, "Cookie");
}

MHD_Result answerWith(MHD_Connection* connection, unsigned status) {
    MHD_Response* const response = MHD_create_response_from_buffer(0, nullptr, MHD_RESPMEM_PERSISTENT);
    if (response == nullptr) return MHD_NO;
    if (status == MHD_HTTP_SERVICE_UNAVAILABLE) MHD_add_response_header(response, "Retry-After", "1");
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED) MHD_add_response_header(response, "Allow", "POST, PUT");
    if (status == MHD_HTTP_UNAUTHORIZED) MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
    const MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

}  // namespace

class WebhookServer::Loop {
 public:
    Loop(WebhookOptions options, Take take, int port)
        : m_options(std::move(options)),
          m_take(std::move(take)),
          m_port(port),
          m_token(m_options.token.reveal(digestOf)) {}
    ~Loop() {
        m_over = true;
        if (m_wake >= 0) (void)::eventfd_write(m_wake, 1);
        if (m_thread.joinable()) m_thread.join();
        if (m_daemon != nullptr) MHD_stop_daemon(m_daemon);
        if (m_wake >= 0) ::close(m_wake);
    }
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    bool begin(ListeningSocket socket) {
        m_wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        m_daemon = MHD_start_daemon(
            MHD_USE_EPOLL, 0, nullptr, nullptr, &Loop::onAccess, this, MHD_OPTION_LISTEN_SOCKET,
            socket.handle(), MHD_OPTION_CONNECTION_LIMIT, m_options.connections,
            MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(m_options.silence / 1'000),
            MHD_OPTION_CONNECTION_MEMORY_LIMIT, kHeadMemory, MHD_OPTION_NOTIFY_CONNECTION,
            &Loop::onConnection, this, MHD_OPTION_NOTIFY_COMPLETED, &Loop::onCompleted, this, MHD_OPTION_END);
        if (m_daemon == nullptr || m_wake < 0) return false;
        (void)socket.release();  // it closes it
        const MHD_DaemonInfo* const info = MHD_get_daemon_info(m_daemon, MHD_DAEMON_INFO_EPOLL_FD);
        if (info == nullptr) return false;
        m_epoll = info->epoll_fd;
        m_thread = std::thread([this] { serve(); });
        return true;
    }
    int port() const { return m_port; }

 private:
    struct Coming {
        WebhookRequest request{};
        unsigned refused = 0;  ///< the status to answer with at its end
        std::size_t counted = 0;
    };
    struct Held {
        int socket = -1;
        std::int64_t since = 0;  ///< steady milliseconds: nothing whole came since
    };

    void serve() {
        while (!m_over) {
            MHD_UNSIGNED_LONG_LONG within = 0;
            Millis wait = kLongestSleep;
            if (MHD_get_timeout(m_daemon, &within) == MHD_YES)
                wait = static_cast<Millis>(std::min<MHD_UNSIGNED_LONG_LONG>(within, kLongestSleep));
            std::array<WatchedSocket, 2> look{WatchedSocket{m_epoll}, WatchedSocket{m_wake}};
            (void)awaitSockets(look, wait);
            if (m_over) break;
            MHD_run(m_daemon);
            closeLate();
        }
    }

    void closeLate() {
        const std::int64_t now = m_clock->steadyMillis();
        const Held* oldest = nullptr;
        for (const auto& [connection, held] : m_held) {
            if (now - held.since >= m_options.requestWithin) ::shutdown(held.socket, SHUT_RDWR);
            if (oldest == nullptr || held.since < oldest->since) oldest = &held;
        }
        if (m_held.size() >= m_options.connections && now - oldest->since >= kFullPatience)
            ::shutdown(oldest->socket, SHUT_RDWR);
    }

    unsigned refusalOf(MHD_Connection* connection, const char* url, std::string_view method) const {
        if (url != m_options.path) return MHD_HTTP_NOT_FOUND;
        const char* const said =
            MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_AUTHORIZATION);
        if (!isSame(digestOf(bearerOf(said)), m_token)) return MHD_HTTP_UNAUTHORIZED;
        if (method != "POST" && method != "PUT") return MHD_HTTP_METHOD_NOT_ALLOWED;
        const char* const length =
            MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
        const std::string_view digits = length != nullptr ? length : "0";
        std::uint64_t bytes = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bytes);
        if (error != std::errc() || bytes > m_options.largestBody) return MHD_HTTP_CONTENT_TOO_LARGE;
        return 0;
    }

    void add(Coming& coming, const char* bytes, std::size_t count) {
        if (coming.refused != 0) return;
        if (coming.request.body.size() + count > m_options.largestBody)
            coming.refused = MHD_HTTP_CONTENT_TOO_LARGE;
        if (m_bytes + count > m_options.largestInAll) coming.refused = MHD_HTTP_SERVICE_UNAVAILABLE;
        if (coming.refused != 0) {
            forget(coming);
            return;
        }
        coming.request.body.append(bytes, count);
        coming.counted += count;
        m_bytes += count;
    }

    void forget(Coming& coming) {
        m_bytes -= std::exchange(coming.counted, 0);
        coming.request.body = std::string();
    }

    unsigned statusOf(Coming& coming) const {
        if (coming.refused != 0) return coming.refused;
        switch (m_take(coming.request)) {
            case WebhookVerdict::Taken:
                return MHD_HTTP_NO_CONTENT;
            case WebhookVerdict::Malformed:
                return MHD_HTTP_BAD_REQUEST;
            case WebhookVerdict::TooLarge:
                return MHD_HTTP_CONTENT_TOO_LARGE;
            case WebhookVerdict::NotNow:
                break;
        }
        return MHD_HTTP_SERVICE_UNAVAILABLE;
    }

    MHD_Result access(MHD_Connection* connection, const char* url, const char* method, const char* bytes,
                      std::size_t* count, void** request) {
        auto* coming = static_cast<Coming*>(*request);
        if (coming == nullptr) {
            const unsigned refused = refusalOf(connection, url, method);
            coming = new Coming;
            *request = coming;
            // Answered at once: the body is not waited for, and the connection ends.
            if (refused != 0) return answerWith(connection, refused);
            MHD_get_connection_values(connection, MHD_HEADER_KIND, &Loop::onHeader, coming);
            return MHD_YES;
        }
        if (*count > 0) {
            add(*coming, bytes, *count);
            *count = 0;
            return MHD_YES;
        }
        return answerWith(connection, statusOf(*coming));
    }

    static MHD_Result onAccess(void* self, MHD_Connection* connection, const char* url, const char* method,
                               const char*, const char* bytes, std::size_t* count, void** request) {
        return static_cast<Loop*>(self)->access(connection, url, method, bytes, count, request);
    }

    static MHD_Result onHeader(void* into, MHD_ValueKind, const char* name, const char* value) {
        if (!signsIn(name))
            static_cast<Coming*>(into)->request.headers.emplace_back(name, value != nullptr ? value : "");
        return MHD_YES;
    }

    static void onCompleted(void* self, MHD_Connection* connection, void** request,
                            MHD_RequestTerminationCode) {
        auto& loop = *static_cast<Loop*>(self);
        const std::unique_ptr<Coming> coming(static_cast<Coming*>(std::exchange(*request, nullptr)));
        if (coming) loop.forget(*coming);
        if (const auto held = loop.m_held.find(connection); held != loop.m_held.end())
            held->second.since = loop.m_clock->steadyMillis();
    }

    static void onConnection(void* self, MHD_Connection* connection, void**,
                             MHD_ConnectionNotificationCode code) {
        auto& loop = *static_cast<Loop*>(self);
        if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
            loop.m_held.erase(connection);
            return;
        }
        const MHD_ConnectionInfo* const info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        if (info != nullptr) loop.m_held[connection] = {info->connect_fd, loop.m_clock->steadyMillis()};
    }

    const WebhookOptions m_options;
    const Take m_take;
    const int m_port;
    const Digest m_token;
    const std::shared_ptr<Clock> m_clock = systemClock();
    MHD_Daemon* m_daemon = nullptr;
    int m_epoll = -1, m_wake = -1;
    std::atomic<bool> m_over{false};
    std::thread m_thread{};
    // Of the thread.
    std::map<MHD_Connection*, Held> m_held{};
    std::size_t m_bytes = 0;  ///< of bodies on their way
};

WebhookServer::WebhookServer(std::unique_ptr<Loop> loop) : m_loop(std::move(loop)) {}

WebhookServer::~WebhookServer() = default;

Result<std::unique_ptr<WebhookServer>> WebhookServer::start(WebhookOptions options, Take take) {
    RW_TRY_ASSIGN(ListeningSocket socket, ListeningSocket::open(options.address));
    const std::string at = listenText(options.address);
    auto loop = std::make_unique<Loop>(std::move(options), std::move(take), socket.port());
    if (!loop->begin(std::move(socket))) {
        return Status(ErrorCode::Io, RW_TEXT("http", "No server could be started at %1.").with(at),
                      RW_TEXT("http", "See whether this computer has memory and files left."));
    }
    return std::unique_ptr<WebhookServer>(new WebhookServer(std::move(loop)));
}

int WebhookServer::port() const {
    return m_loop->port();
}

}  // namespace rw
