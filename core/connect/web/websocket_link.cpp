#include "core/connect/web/websocket_link.h"

#include <libwebsockets.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/byte_size.h"
#include "core/connect/web/websocket_tls.h"
#include "core/data/base64.h"
#include "core/net/http_error.h"
#include "core/net/tcp_stream.h"

namespace rw {

namespace {

constexpr std::size_t kReadAtOnce = std::size_t{64} << 10;
constexpr std::size_t kServedBytes = std::size_t{4} << 20;  ///< of messages that one call gives
constexpr Millis kClearWithin = 1'000;
constexpr const char* kProtocol = "rillwright";

struct WebsocketPlace {
    bool tls = false;
    std::string host{}, path{};
    int port = 0;
};

/// Of an address that is usable (usableServer).
WebsocketPlace placeOf(const WebsocketOptions& options) {
    WebsocketPlace place;
    std::string_view rest = options.server.address;
    place.tls = rest.starts_with("https://");
    rest.remove_prefix(rest.find("://") + 3);
    const std::size_t slash = std::min(rest.find_first_of("/?"), rest.size());
    std::string_view authority = rest.substr(0, slash);
    place.path = withoutSlash(rest.substr(slash)) + options.path;
    if (!place.path.starts_with('/')) place.path = "/" + place.path;
    place.port = place.tls ? 443 : 80;
    const std::size_t colon = authority.rfind(':');
    if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
        place.port = std::atoi(std::string(authority.substr(colon + 1)).c_str());
        authority = authority.substr(0, colon);
    }
    if (authority.starts_with('[')) authority = authority.substr(1, authority.size() - 2);
    place.host = authority;
    return place;
}

using TokenDigest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

TokenDigest tokenDigest(std::string_view text) {
    TokenDigest digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return digest;
}

std::string socketHeader(lws* connection, lws_token_indexes token) {
    const int size = lws_hdr_total_length(connection, token);
    if (size <= 0) return {};
    std::string text(static_cast<std::size_t>(size) + 1, '\0');
    const int copied = lws_hdr_copy(connection, text.data(), static_cast<int>(text.size()), token);
    text.resize(copied > 0 ? static_cast<std::size_t>(copied) : 0);
    return text;
}

}  // namespace

std::string httpOfWebsocket(const std::string& address) {
    if (address.starts_with("wss://")) return "https://" + address.substr(6);
    if (address.starts_with("ws://")) return "http://" + address.substr(5);
    return {};
}

class WebsocketLink::Context {
 public:
    explicit Context(WebsocketOptions options)
        : m_options(std::move(options)), m_token(m_options.token.reveal(tokenDigest)) {}
    ~Context() {
        if (m_context != nullptr) lws_context_destroy(m_context);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    Status begin() {
        lws_set_log_level(0, nullptr);
        m_protocols[0].name = kProtocol;
        m_protocols[0].callback = &Context::onEvent;
        m_protocols[0].rx_buffer_size = kReadAtOnce;
        m_alive.secs_since_valid_ping = static_cast<std::uint16_t>(m_options.pingAfter / 1'000);
        m_alive.secs_since_valid_hangup = static_cast<std::uint16_t>(m_options.lostAfter / 1'000);
        lws_context_creation_info info{};
        info.port = CONTEXT_PORT_NO_LISTEN;
        info.protocols = m_protocols.data();
        info.gid = static_cast<decltype(info.gid)>(-1);
        info.uid = static_cast<decltype(info.uid)>(-1);
        info.user = this;
        info.retry_and_idle_policy = &m_alive;
        info.http_proxy_address = "";
        info.timeout_secs = static_cast<unsigned>(m_options.connectWithin / 1'000);
        return m_options.listens ? beginListening(info) : beginConnecting(info);
    }

    Result<Served> serve(Millis within) {
        Served served;
        if (m_messages.empty() && m_failed.ok()) {
            m_timeOver = false;
            m_timer.owner = this;
            lws_sul_schedule(m_context, 0, &m_timer.sul, &Context::onTime, within * LWS_US_PER_MS);
            while (!m_timeOver && m_messages.empty() && m_failed.ok()) {
                if (lws_service(m_context, 0) < 0) break;
            }
            const bool connecting = !m_open && !m_options.listens;
            if (connecting && m_clock->steadyMillis() - m_begunAt > m_options.connectWithin)
                fail("it does not answer");
            lws_sul_schedule(m_context, 0, &m_timer.sul, &Context::onTime, LWS_SET_TIMER_USEC_CANCEL);
        }
        // More may be there at once.
        while (!m_messages.empty() && m_failed.ok() && m_bytes < kServedBytes) {
            const std::size_t before = m_messages.size();
            if (lws_service(m_context, -1) < 0 || m_messages.size() == before) break;
        }
        served.messages.swap(m_messages);
        m_bytes = 0;
        served.isOpen = m_open;
        if (served.messages.empty() && !m_failed.ok()) {
            makeClear();
            return m_failed;
        }
        return served;
    }

    int port() const { return m_port; }

 private:
    struct Timer {
        lws_sorted_usec_list_t sul{};
        Context* owner = nullptr;
    };

    Status beginListening(lws_context_creation_info& info) {
        {
            // In its words, for libwebsockets does not say why.
            RW_TRY_ASSIGN(const ListeningSocket tried, ListeningSocket::open(*m_options.listens));
            m_port = tried.port();
        }
        m_interface = m_options.listens->host == "localhost" ? "127.0.0.1" : m_options.listens->host;
        info.port = m_port;
        info.iface = m_interface.c_str();
        info.options |= LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND;
        m_context = lws_create_context(&info);
        if (m_context != nullptr) return {};
        return {ErrorCode::Locked,
                RW_TEXT("websocket", "It can't be listened at %1.").with(listenText(*m_options.listens)),
                RW_TEXT("websocket", "Choose another port, or end the program that listens there.")};
    }

    Status beginConnecting(lws_context_creation_info& info) {
        RW_TRY(usableServer(m_options.server));
        const WebsocketPlace place = placeOf(m_options);
        if (place.tls) {
            RW_TRY_ASSIGN(m_tls, websocketTls(m_options.server));
            info.provided_client_ssl_ctx = m_tls.get();
            info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
        }
        m_context = lws_create_context(&info);
        if (m_context == nullptr) return outOfMemory();
        lws_client_connect_info to{};
        to.context = m_context;
        to.address = place.host.c_str();
        to.host = place.host.c_str();
        to.port = place.port;
        to.path = place.path.c_str();
        to.origin = nullptr;
        to.ssl_connection = LCCSCF_HTTP_NO_FOLLOW_REDIRECT | (place.tls ? LCCSCF_USE_SSL : 0);
        to.local_protocol_name = kProtocol;
        to.retry_and_idle_policy = &m_alive;
        if (lws_client_connect_via_info(&to) == nullptr && m_failed.ok()) fail("it can't be reached");
        return {};  // what failed is told by serve()
    }

    static void onTime(lws_sorted_usec_list_t* sul) {
        Context& self = *lws_container_of(sul, Timer, sul)->owner;
        self.m_timeOver = true;
        lws_cancel_service(self.m_context);  // else it goes on to wait for the next timer of its own
    }

    /// Of a client's connection; `said`: by libwebsockets.
    void fail(std::string_view said, unsigned status = 0, const std::string& location = {}) {
        if (!m_failed.ok()) return;
        m_open = false;
        const HttpServer& server = m_options.server;
        constexpr unsigned kSwitched = 101;
        if (status >= 400) {
            m_failed = refusedAnswer(server, static_cast<long>(status), {});
        } else if (status >= 300) {
            m_failed = redirected(server, location);
        } else if (status > 0 && status != kSwitched) {
            m_failed = strangeAnswer(server, RW_TEXT("websocket", "it is no WebSocket"));
        } else {
            m_failed = {
                ErrorCode::Io,
                RW_TEXT("websocket", "No connection to %1: %2").with(server.address, firstLineOf(said)),
                RW_TEXT("websocket", "See whether the server runs, and the address is right.")};
            m_unclear = !m_opened;
        }
    }

    /// libwebsockets does not say why a certificate does not hold, or a name is not found: the same is tried
    /// by a client that does.
    void makeClear() {
        if (!std::exchange(m_unclear, false)) return;
        const WebsocketPlace place = placeOf(m_options);
        TcpServer server;
        server.host = place.host;
        server.port = place.port;
        server.tls = place.tls;
        server.caFile = m_options.server.caFile;
        server.certificate = m_options.server.certificate;
        server.connectWithin = kClearWithin;
        const Status why = TcpStream(std::move(server)).connect();
        if (!why.ok()) m_failed = why;
    }

    /// The status to turn a client away with; 0: it may connect.
    unsigned refusalOf(lws* connection) const {
        if (socketHeader(connection, WSI_TOKEN_GET_URI) != m_options.path) return HTTP_STATUS_NOT_FOUND;
        if (m_coming.size() >= m_options.clients) return HTTP_STATUS_SERVICE_UNAVAILABLE;
        if (m_options.token.empty()) return 0;
        constexpr std::string_view kScheme = "Bearer ";
        std::string header = socketHeader(connection, WSI_TOKEN_HTTP_AUTHORIZATION);
        const bool scheme = sameAsciiWord(std::string_view(header).substr(0, kScheme.size()), kScheme);
        const TokenDigest shown =
            tokenDigest(scheme ? std::string_view(header).substr(kScheme.size()) : std::string_view());
        wipe(header);
        const bool same = CRYPTO_memcmp(shown.data(), m_token.data(), shown.size()) == 0;
        return same ? 0 : HTTP_STATUS_UNAUTHORIZED;
    }

    /// False: the connection ends.
    bool receive(lws* connection, const void* bytes, std::size_t count) {
        std::string& message = m_coming[connection];
        if (message.size() + count > m_options.largestMessage ||
            m_comingBytes + count > m_options.largestInAll) {
            lws_close_reason(connection, LWS_CLOSE_STATUS_MESSAGE_TOO_LARGE, nullptr, 0);
            if (!m_options.listens) {
                m_failed = {ErrorCode::Io,
                            RW_TEXT("websocket", "%1 sent a message of more than %2.")
                                .with(m_options.server.address, byteSizeText(m_options.largestMessage)),
                            {}};
            }
            return false;
        }
        message.append(static_cast<const char*>(bytes), count);
        m_comingBytes += count;
        if (lws_is_final_fragment(connection) == 0 || lws_remaining_packet_payload(connection) > 0)
            return true;
        m_bytes += message.size();
        m_comingBytes -= message.size();
        m_messages.push_back(std::exchange(message, std::string()));
        return true;
    }

    bool addHeaders(lws* connection, unsigned char** at, unsigned char* end) const {
        const auto add = [&](const std::string& name, std::string_view value) {
            const std::string named = name + ":";
            return lws_add_http_header_by_name(connection,
                                               reinterpret_cast<const unsigned char*>(named.c_str()),
                                               reinterpret_cast<const unsigned char*>(value.data()),
                                               static_cast<int>(value.size()), at, end) == 0;
        };
        const HttpServer& server = m_options.server;
        for (const HttpHeader& header : server.headers) {
            if (!add(header.name, header.value)) return false;
        }
        const auto addKey = [&](std::string_view key) { return add(server.keyHeader, key); };
        if (!server.key.empty() && !server.key.reveal(addKey)) return false;
        const auto prove = [&add](const std::string& how, std::string_view what) {
            std::string value = how + std::string(what);
            const bool added = add("Authorization", value);
            wipe(value);
            return added;
        };
        if (!server.bearer.empty())
            return server.bearer.reveal([&](std::string_view token) { return prove("Bearer ", token); });
        if (server.user.empty()) return true;
        return server.password.reveal([&](std::string_view password) {
            std::string both = server.user + ":" + std::string(password);
            std::string encoded;
            appendBase64(encoded, both);
            const bool added = prove("Basic ", encoded);
            wipe(both);
            wipe(encoded);
            return added;
        });
    }

    bool sendFirst(lws* connection) {
        if (m_options.first.empty() || std::exchange(m_sent, true)) return true;
        std::string padded(LWS_PRE, '\0');
        padded += m_options.first;
        const int sent = lws_write(connection, reinterpret_cast<unsigned char*>(padded.data()) + LWS_PRE,
                                   m_options.first.size(), LWS_WRITE_TEXT);
        return sent == static_cast<int>(m_options.first.size());
    }

    int handle(lws* connection, lws_callback_reasons reason, void* in, std::size_t count) {
        switch (reason) {
            case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER: {
                auto** const at = static_cast<unsigned char**>(in);
                return addHeaders(connection, at, *at + count) ? 0 : -1;
            }
            case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
                fail(in != nullptr ? std::string_view(static_cast<const char*>(in), count)
                                   : "it does not answer",
                     lws_http_client_http_response(connection),
                     socketHeader(connection, WSI_TOKEN_HTTP_LOCATION));
                return 0;
            case LWS_CALLBACK_CLIENT_ESTABLISHED:
                m_open = m_opened = true;
                if (!m_options.first.empty()) lws_callback_on_writable(connection);
                return 0;
            case LWS_CALLBACK_CLIENT_WRITEABLE:
                return sendFirst(connection) ? 0 : -1;
            case LWS_CALLBACK_CLIENT_RECEIVE:
            case LWS_CALLBACK_RECEIVE:
                return receive(connection, in, count) ? 0 : -1;
            case LWS_CALLBACK_CLIENT_CLOSED:
                fail("the connection ended");
                return 0;
            case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
                if (const unsigned refused = refusalOf(connection); refused != 0) {
                    (void)lws_return_http_status(connection, refused, nullptr);
                    return -1;
                }
                return 0;
            case LWS_CALLBACK_ESTABLISHED:
                m_coming[connection];
                return 0;
            case LWS_CALLBACK_CLOSED:
                if (const auto gone = m_coming.find(connection); gone != m_coming.end()) {
                    m_comingBytes -= gone->second.size();
                    m_coming.erase(gone);
                }
                return 0;
            case LWS_CALLBACK_HTTP:
                return -1;  // who does not ask for a WebSocket
            default:
                return 0;
        }
    }

    static int onEvent(lws* connection, lws_callback_reasons reason, void*, void* in, std::size_t count) {
        lws_context* const context = lws_get_context(connection);
        auto* const self = context != nullptr ? static_cast<Context*>(lws_context_user(context)) : nullptr;
        return self != nullptr ? self->handle(connection, reason, in, count) : 0;
    }

    const WebsocketOptions m_options;
    const TokenDigest m_token;
    std::array<lws_protocols, 2> m_protocols{};
    lws_retry_bo_t m_alive{};
    std::string m_interface{};
    int m_port = 0;
    TlsSettings m_tls{};  ///< of a client over TLS
    lws_context* m_context = nullptr;
    Timer m_timer{};
    const std::shared_ptr<Clock> m_clock = systemClock();  // as libwebsockets goes by
    const std::int64_t m_begunAt = m_clock->steadyMillis();
    bool m_open = false, m_opened = false, m_unclear = false, m_sent = false, m_timeOver = false;
    std::map<lws*, std::string> m_coming{};  ///< what has come so far of the message of each connection
    std::size_t m_comingBytes = 0;           ///< of these
    std::vector<std::string> m_messages{};
    std::size_t m_bytes = 0;
    Status m_failed{};
};

WebsocketLink::WebsocketLink(std::unique_ptr<Context> context) : m_context(std::move(context)) {}

WebsocketLink::~WebsocketLink() = default;

Result<std::unique_ptr<WebsocketLink>> WebsocketLink::open(WebsocketOptions options) {
    auto context = std::make_unique<Context>(std::move(options));
    RW_TRY(context->begin());
    return std::unique_ptr<WebsocketLink>(new WebsocketLink(std::move(context)));
}

Result<WebsocketLink::Served> WebsocketLink::serve(Millis within) {
    return m_context->serve(within);
}

int WebsocketLink::port() const {
    return m_context->port();
}

}  // namespace rw
