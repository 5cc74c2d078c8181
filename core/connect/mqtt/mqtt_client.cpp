#include "core/connect/mqtt/mqtt_client.h"

#include <fmt/format.h>
#include <mosquitto.h>
#include <sys/socket.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <utility>

#include "core/connect/connections/host_port.h"
#include "core/connect/connections/usable_connection.h"
#include "core/net/socket_wait.h"
#include "core/net/tcp_stream.h"

namespace rw {

namespace {

constexpr int kKeepAliveSeconds = 30;
constexpr Millis kServeStep = 50;
constexpr int kMostPackets = 1'000;                ///< read in one call
constexpr int kInFlight = 1'000;                   ///< messages that the library sends before one is taken
constexpr std::size_t kMostPayload = 268'435'455;  ///< bytes, by the protocol
constexpr unsigned kRefusedGrant = 128;            ///< of a subscription, by the protocol
// Of a greeting, by the protocol.
constexpr int kBadId = 2, kUnavailable = 3, kBadPassword = 4, kNotAllowed = 5;

void initLibrary() {
    static std::once_flag once;
    std::call_once(once, [] { (void)mosquitto_lib_init(); });
}

Result<TcpServer> brokerOf(const NodeConnection& connection) {
    RW_TRY_ASSIGN(const HostPort at, parseHostPort(connection.field("address"), 0));
    TcpServer server;
    server.host = at.host;
    server.port = at.port;
    server.tls = connection.field("tls") != "off";
    if (!server.tls) return server;
    server.caFile = connection.field("ca_file");
    server.certificate.file = connection.field("client_certificate");
    server.certificate.keyFile = connection.field("client_key");
    if (!server.certificate.file.empty()) {
        RW_TRY_ASSIGN(server.certificate.passphrase, connection.secret("key_passphrase"));
    }
    return server;
}

Status brokerGone(const std::string& address, const std::string& why) {
    return {ErrorCode::Io,
            RW_TEXT("mqtt", "The connection to the broker %1 was lost: %2.").with(address, why),
            RW_TEXT("mqtt", "See whether the broker runs, and whether another client has the same id.")};
}

/// It ended before the broker had said anything.
Status noBroker(const std::string& address, const std::string& why) {
    return {ErrorCode::Io,
            RW_TEXT("mqtt", "The connection to the broker %1 was lost: %2.").with(address, why),
            RW_TEXT("mqtt", "See whether the address is that of an MQTT broker, and whether it speaks TLS.")};
}

Status refusedBy(const std::string& address, int code) {
    switch (code) {
        case kBadPassword:
        case kNotAllowed:
            return {ErrorCode::Denied,
                    RW_TEXT("mqtt", "The broker %1 does not let this client in.").with(address),
                    RW_TEXT("mqtt", "Check user and password of the connection.")};
        case kBadId:
            return {ErrorCode::Refused,
                    RW_TEXT("mqtt", "The broker %1 does not take the client id.").with(address),
                    RW_TEXT("mqtt", "Give the connection an id that the broker allows.")};
        case kUnavailable:
            return {ErrorCode::Io, RW_TEXT("mqtt", "The broker %1 is not available now.").with(address),
                    RW_TEXT("mqtt", "See whether the broker runs.")};
        default:
            return {ErrorCode::Refused,
                    RW_TEXT("mqtt", "The broker %1 does not speak MQTT 3.1.1.").with(address),
                    RW_TEXT("mqtt", "See whether the address is that of an MQTT broker.")};
    }
}

/// Without the end of a sentence.
std::string saidByLibrary(int code) {
    std::string said = code == MOSQ_ERR_ERRNO ? std::strerror(errno) : mosquitto_strerror(code);
    while (said.ends_with('.')) said.pop_back();
    return said;
}

}  // namespace

struct MqttClient::Calls {
    static MqttClient& of(void* client) { return *static_cast<MqttClient*>(client); }

    static void greeted(mosquitto*, void* client, int refused, int flags) {
        of(client).m_greeting = MqttGreeting{refused, (flags & 1) != 0};
    }
    static void subscribed(mosquitto*, void* client, int id, int count, const int* granted) {
        if (id == of(client).m_subscribing && count > 0) of(client).m_granted = granted[0];
    }
    static void message(mosquitto*, void* client, const mosquitto_message* message) {
        MqttClient& self = of(client);
        if (self.m_dropping) return;
        MqttMessage received;
        received.topic = message->topic;
        received.payload = {static_cast<const char*>(message->payload),
                            static_cast<std::size_t>(message->payloadlen)};
        received.qos = message->qos;
        received.retained = message->retain;
        self.m_taken += received.payload.size() + received.topic.size();
        ++self.m_packets;
        self.m_listener.onMessage(received);
    }
    static void taken(mosquitto*, void* client, int id) { of(client).m_listener.onTaken(id); }
    /// The only place where errors of TLS are told.
    static void said(mosquitto*, void* client, int level, const char* text) {
        if (level == MOSQ_LOG_ERR) of(client).m_said = text;
    }
    static int passphrase(char* into, int size, int, void* handle) {
        MqttClient& self = of(mosquitto_userdata(static_cast<mosquitto*>(handle)));
        return self.m_passphrase.reveal([&](std::string_view text) {
            const std::size_t count = std::min(text.size(), static_cast<std::size_t>(std::max(size, 0)));
            std::memcpy(into, text.data(), count);
            return static_cast<int>(count);
        });
    }
};

MqttClient::MqttClient(NodeConnection connection, MqttClientOptions options, MqttListener& listener)
    : m_connection(std::move(connection)), m_options(std::move(options)), m_listener(listener) {}

MqttClient::~MqttClient() {
    if (m_handle != nullptr) mosquitto_destroy(m_handle);
}

std::string MqttClient::address() const {
    return m_connection.field("address");
}

Status MqttClient::makeHandle() {
    initLibrary();
    m_handle = mosquitto_new(m_options.clientId.empty() ? nullptr : m_options.clientId.c_str(),
                             !m_options.keepsSession || m_options.clientId.empty(), this);
    if (m_handle == nullptr) return outOfMemory();
    mosquitto_threaded_set(m_handle, true);  // nothing is sent but by loop_write
    mosquitto_connect_with_flags_callback_set(m_handle, &Calls::greeted);
    mosquitto_subscribe_callback_set(m_handle, &Calls::subscribed);
    mosquitto_message_callback_set(m_handle, &Calls::message);
    mosquitto_publish_callback_set(m_handle, &Calls::taken);
    mosquitto_log_callback_set(m_handle, &Calls::said);
    (void)mosquitto_int_option(m_handle, MOSQ_OPT_TCP_NODELAY, 1);
    (void)mosquitto_max_inflight_messages_set(m_handle, kInFlight);
    return {};
}

/// By a connection of our own: its errors are whole sentences, and it waits no longer than it may. What the
/// library says of a certificate is in its log alone.
Status MqttClient::probe(const std::atomic<bool>* cancelled) const {
    RW_TRY_ASSIGN(TcpServer server, brokerOf(m_connection));
    server.connectWithin = std::min(server.connectWithin, m_options.within);
    TcpStream stream(std::move(server));
    stream.cancelWith(cancelled);
    stream.cancelWhen(m_options.stopping);
    return stream.connect();
}

Status MqttClient::setTls(const std::string& caFile) {
    const std::string certificate = m_connection.field("client_certificate");
    const std::string key = m_connection.field("client_key");
    if (!certificate.empty()) {
        RW_TRY_ASSIGN(m_passphrase, m_connection.secret("key_passphrase"));
    }
    const auto given = [](const std::string& path) { return path.empty() ? nullptr : path.c_str(); };
    const int code =
        mosquitto_tls_set(m_handle, given(caFile), caFile.empty() ? "/etc/ssl/certs" : nullptr,
                          given(certificate), given(key), certificate.empty() ? nullptr : &Calls::passphrase);
    if (code == MOSQ_ERR_SUCCESS) return {};
    return {ErrorCode::Invalid, RW_TEXT("mqtt", "TLS can't be set up: %1.").with(mosquitto_strerror(code)),
            RW_TEXT("mqtt", "Check the files of the connection.")};
}

Result<MqttGreeting> MqttClient::connect(const std::atomic<bool>* cancelled) {
    m_connected = false;
    m_greeting.reset();
    m_said.clear();
    RW_TRY(secretsStaySecret(m_connection.connection()));
    RW_TRY(probe(cancelled));
    RW_TRY_ASSIGN(const TcpServer server, brokerOf(m_connection));
    if (m_handle == nullptr) {
        RW_TRY(makeHandle());
        if (server.tls) RW_TRY(setTls(server.caFile));
    }
    const std::string user = m_connection.field("user");
    if (!user.empty()) {
        RW_TRY_ASSIGN(const Secret password, m_connection.secret("password"));
        const int code = password.empty()
                             ? mosquitto_username_pw_set(m_handle, user.c_str(), nullptr)
                             : password.reveal([&](std::string_view text) {
                                   return mosquitto_username_pw_set(m_handle, user.c_str(), text.data());
                               });
        if (code != MOSQ_ERR_SUCCESS) return lost(code);
    }
    const int code = std::exchange(m_begun, true)
                         ? mosquitto_reconnect(m_handle)
                         : mosquitto_connect(m_handle, server.host.c_str(), server.port, kKeepAliveSeconds);
    if (code != MOSQ_ERR_SUCCESS) return lost(code);
    RW_TRY(await([this] { return m_greeting.has_value(); }, cancelled));
    if (m_greeting->refused != 0) {
        drop();
        return refusedBy(address(), m_greeting->refused);
    }
    m_connected = true;
    return *m_greeting;
}

template <class Done>
Status MqttClient::await(Done done, const std::atomic<bool>* cancelled) {
    const std::shared_ptr<Clock> clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + m_options.within;
    for (;;) {
        RW_TRY(send());
        RW_TRY(receive(kServeStep));
        if (done()) return {};
        if ((cancelled != nullptr && *cancelled) || m_options.stopping())
            return {ErrorCode::Cancelled, RW_TEXT("mqtt", "It was not waited for any longer.")};
        if (clock->steadyMillis() < until) continue;
        drop();
        return {
            ErrorCode::Io, RW_TEXT("mqtt", "The broker %1 does not answer.").with(address()),
            RW_TEXT("mqtt", "See whether the address is that of an MQTT broker, and whether it speaks TLS.")};
    }
}

void MqttClient::drop() {
    m_connected = false;
    if (m_handle == nullptr) return;
    const int socket = mosquitto_socket(m_handle);
    if (socket < 0) return;
    // The library has no call for it: the socket is shut, and a read finds that out, behind what had come
    // before.
    (void)::shutdown(socket, SHUT_RDWR);
    m_dropping = true;
    while (mosquitto_loop_read(m_handle, kMostPackets) == MOSQ_ERR_SUCCESS) continue;
    m_dropping = false;
}

void MqttClient::leave() {
    if (!m_connected) return;
    // What waits to be sent are acknowledgements, too.
    if (!m_listener.onSending().ok()) return drop();
    (void)mosquitto_disconnect(m_handle);
    (void)mosquitto_loop_write(m_handle, kMostPackets);
    m_connected = false;
}

Status MqttClient::lost(int code) {
    // A greeting that refuses comes before the end of the connection.
    if (m_greeting && m_greeting->refused != 0 && !m_connected)
        return refusedBy(address(), m_greeting->refused);
    const bool wasGreeted = std::exchange(m_connected, false) || m_greeting.has_value();
    const std::string why = m_said.empty() ? saidByLibrary(code) : m_said;
    return wasGreeted ? brokerGone(address(), why) : noBroker(address(), why);
}

Status MqttClient::receive(Millis within, std::size_t most) {
    const int socket = mosquitto_socket(m_handle);
    if (socket < 0) return lost(MOSQ_ERR_NO_CONN);
    WatchedSocket watched{socket, mosquitto_want_write(m_handle)};
    (void)awaitSockets({&watched, 1}, within);
    m_taken = m_packets = 0;
    for (std::size_t before = 0;; before = m_packets) {
        // A call reads a packet or a few: the library looks at nothing behind them, be it encrypted or not.
        const int code = mosquitto_loop_read(m_handle, kMostPackets);
        if (code != MOSQ_ERR_SUCCESS) return lost(code);
        if (m_packets > before && m_taken < most) continue;
        // More may be under way behind what has come: one sync is shared by all of it.
        if (m_packets == 0 || m_taken >= most || !awaitSocket(socket, 0)) return {};
    }
}

Status MqttClient::send() {
    if (Status safe = m_listener.onSending(); !safe.ok()) {
        drop();
        return safe;
    }
    int code = mosquitto_loop_write(m_handle, kMostPackets);
    if (code == MOSQ_ERR_SUCCESS) code = mosquitto_loop_misc(m_handle);
    return code == MOSQ_ERR_SUCCESS ? Status() : lost(code);
}

bool MqttClient::wantsToSend() const {
    return m_handle != nullptr && mosquitto_want_write(m_handle);
}

Result<int> MqttClient::subscribe(const std::string& filter, int qos) {
    m_granted.reset();
    const int code = mosquitto_subscribe(m_handle, &m_subscribing, filter.c_str(), qos);
    if (code != MOSQ_ERR_SUCCESS) return lost(code);
    RW_TRY(await([this] { return m_granted.has_value(); }, nullptr));
    if (static_cast<unsigned>(*m_granted) < kRefusedGrant) return *m_granted;
    return Status(ErrorCode::Denied,
                  RW_TEXT("mqtt", "The broker %1 does not let this user read “%2”.").with(address(), filter),
                  RW_TEXT("mqtt", "See which topics the broker's access list gives to the user."));
}

Result<int> MqttClient::publish(const std::string& topic, std::string_view payload, int qos, bool retained) {
    if (payload.size() > kMostPayload)
        return Status(ErrorCode::Row, RW_TEXT("mqtt", "The message is longer than MQTT allows, 256 MB."));
    int id = 0;
    const int code = mosquitto_publish(m_handle, &id, topic.c_str(), static_cast<int>(payload.size()),
                                       payload.data(), qos, retained);
    switch (code) {
        case MOSQ_ERR_SUCCESS:
            return id;
        case MOSQ_ERR_INVAL:
        case MOSQ_ERR_MALFORMED_UTF8:
            return Status(ErrorCode::Row, RW_TEXT("mqtt", "“%1” can't be a topic to write to.").with(topic));
        case MOSQ_ERR_PAYLOAD_SIZE:
        case MOSQ_ERR_OVERSIZE_PACKET:
            return Status(ErrorCode::Row, RW_TEXT("mqtt", "The message is longer than the broker allows."));
        default:
            return lost(code);
    }
}

bool matchesFilter(const std::string& filter, std::string_view topic) {
    std::string plain = filter;
    if (plain.starts_with("$share/")) {
        const std::size_t group = plain.find('/', sizeof "$share/" - 1);
        plain = group == std::string::npos ? std::string() : plain.substr(group + 1);
    }
    bool matches = false;
    return mosquitto_topic_matches_sub(plain.c_str(), std::string(topic).c_str(), &matches) ==
               MOSQ_ERR_SUCCESS &&
           matches;
}

Status usableFilter(const std::string& filter) {
    std::string plain = filter;
    if (plain.starts_with("$share/")) {
        const std::size_t group = plain.find('/', sizeof "$share/" - 1);
        plain = group == std::string::npos ? std::string() : plain.substr(group + 1);
    }
    if (!plain.empty() && mosquitto_sub_topic_check(plain.c_str()) == MOSQ_ERR_SUCCESS) return {};
    return {
        ErrorCode::Invalid, RW_TEXT("mqtt", "“%1” is no filter of topics.").with(filter),
        RW_TEXT("mqtt",
                "Write levels with slashes between: `+` stands for one of them, `#` at the end for all that "
                "follow, `$share/group/` at the beginning for a shared subscription.")};
}

Status usableTopic(const std::string& topic) {
    if (!topic.empty() && mosquitto_pub_topic_check(topic.c_str()) == MOSQ_ERR_SUCCESS) return {};
    return {ErrorCode::Invalid, RW_TEXT("mqtt", "“%1” can't be a topic to write to.").with(topic),
            RW_TEXT("mqtt", "Write levels with slashes between, without `+` and `#`.")};
}

std::string clientIdOf(const NodeConnection& connection, const std::string& pipeline,
                       const std::string& node) {
    if (std::string given = connection.field("client_id"); !given.empty()) return given;
    std::array<char, 256> host{};
    (void)::gethostname(host.data(), host.size() - 1);
    std::string all = host.data();
    for (const std::string* part : {&pipeline, &node, &connection.connection().name}) (all += '\0') += *part;
    return fmt::format("rill-{:016x}", XXH3_64bits(all.data(), all.size()));  // of at most 23 letters
}

}  // namespace rw
