#include "tests/support/worlds/mqtt_world.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "core/connect/mqtt/mqtt_client.h"

namespace rw::test {

namespace {

constexpr std::size_t kWindow = 500;  // messages on their way to a client
constexpr auto kLongestWait = std::chrono::seconds(20);
// Kinds of packets, by the protocol.
constexpr int kConnect = 1, kPublish = 3, kPuback = 4, kSubscribe = 8, kPing = 12, kDisconnect = 14;
constexpr char kConnack = 0x20, kPubackHead = 0x40, kSuback = char(0x90), kPingAnswer = char(0xD0);

std::string number(std::size_t value) {
    return {static_cast<char>(value >> 8), static_cast<char>(value & 0xFF)};
}

std::size_t numberAt(const std::string& body, std::size_t at) {
    if (at + 2 > body.size()) throw std::runtime_error("a packet is too short");
    return static_cast<std::size_t>(static_cast<unsigned char>(body[at])) << 8 |
           static_cast<unsigned char>(body[at + 1]);
}

std::string textAt(const std::string& body, std::size_t& at) {
    const std::size_t size = numberAt(body, at);
    const std::string text = body.substr(at + 2, size);
    at += 2 + size;
    return text;
}

std::string packet(char head, const std::string& body) {
    std::string out(1, head);
    std::size_t left = body.size();
    do {
        const std::size_t digit = left % 128;
        left /= 128;
        out += static_cast<char>(digit | (left > 0 ? 0x80U : 0U));
    } while (left > 0);
    return out + body;
}

bool readAll(int socket, char* into, std::size_t size) {
    while (size > 0) {
        const ssize_t got = ::recv(socket, into, size, 0);
        if (got <= 0) return false;
        into += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

/// The length of a packet's body; false: the connection has ended.
bool readLength(int socket, std::size_t& length) {
    length = 0;
    for (unsigned shift = 0; shift < 28; shift += 7) {
        char digit = 0;
        if (!readAll(socket, &digit, 1)) return false;
        length |= static_cast<std::size_t>(static_cast<unsigned char>(digit) & 0x7FU) << shift;
        if ((static_cast<unsigned char>(digit) & 0x80U) == 0) return true;
    }
    return false;
}

}  // namespace

MqttWorld::MqttWorld() : m_listening(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    if (::bind(m_listening, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0 ||
        ::listen(m_listening, 64) != 0 ||
        ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&at), &size) != 0)
        throw std::runtime_error("no port for a broker");
    m_port = ntohs(at.sin_port);
    m_accepting = std::thread([this] { accept(); });
}

MqttWorld::~MqttWorld() {
    {
        const std::lock_guard lock(m_mutex);
        m_over = true;
        for (const int socket : m_sockets) ::shutdown(socket, SHUT_RDWR);
    }
    ::shutdown(m_listening, SHUT_RDWR);
    m_accepting.join();
    for (std::thread& thread : m_threads) thread.join();
    ::close(m_listening);
}

std::string MqttWorld::address() const {
    return "127.0.0.1:" + std::to_string(m_port);
}

std::shared_ptr<const Connections> MqttWorld::connections(const std::string& name) const {
    Connection made{name, "mqtt", {{"address", address()}, {"tls", "off"}}, {}};
    return std::make_shared<const Connections>(std::vector<Connection>{std::move(made)}, environmentSecret);
}

NodeConnection MqttWorld::connection() const {
    const std::shared_ptr<const Connections> all = connections("world");
    return NodeConnection(*all->named("world"), all);
}

void MqttWorld::accept() {
    for (;;) {
        const int socket = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        const std::lock_guard lock(m_mutex);
        if (socket < 0 || m_over) {
            if (socket >= 0) ::close(socket);
            return;
        }
        if (m_away) {
            ::close(socket);
            continue;
        }
        // As brokers do: else a message waits 40 ms for the acknowledgement of what was sent before.
        const int yes = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        m_sockets.push_back(socket);
        m_threads.emplace_back([this, socket] { serve(socket); });
    }
}

void MqttWorld::serve(int socket) {
    std::string client;
    for (;;) {
        char head = 0;
        std::size_t length = 0;
        if (!readAll(socket, &head, 1) || !readLength(socket, length)) break;
        std::string body(length, '\0');
        if (!readAll(socket, body.data(), length)) break;
        const std::lock_guard lock(m_mutex);
        if (!handle(socket, static_cast<unsigned char>(head), body, client)) break;
        m_news.notify_all();
    }
    const std::lock_guard lock(m_mutex);
    if (const auto session = m_sessions.find(client); session != m_sessions.end()) {
        if (session->second.socket == socket) session->second.socket = -1;
    }
    m_sockets.erase(std::find(m_sockets.begin(), m_sockets.end(), socket));
    ::close(socket);
    m_news.notify_all();
}

/// Whether the connection goes on.
bool MqttWorld::handle(int socket, unsigned char head, const std::string& body, std::string& client) {
    const int kind = head >> 4U;
    if (kind == kConnect) return greet(socket, body, client);
    const auto known = m_sessions.find(client);
    // A client that comes again has taken the session over.
    if (known == m_sessions.end() || known->second.socket != socket) return false;
    Session& session = known->second;
    if (kind == kSubscribe) {
        subscribe(socket, body, session);
    } else if (kind == kPing) {
        write(socket, packet(kPingAnswer, {}));
    } else if (kind == kPuback) {
        const std::size_t id = numberAt(body, 0);
        const auto done = std::find_if(session.queue.begin(), session.queue.end(),
                                       [id](const Message& each) { return each.id == id; });
        if (done != session.queue.end()) session.queue.erase(done);
        ++m_acknowledged;
        sendMore(session);
    } else if (kind == kPublish) {
        std::size_t at = 0;
        const std::string topic = textAt(body, at);
        const bool answers = (head & 0x06U) != 0;
        const std::string id = answers ? body.substr(at, 2) : std::string();
        const std::string payload = body.substr(at + id.size());
        if (answers && !m_takes) return true;
        m_taken.push_back(topic + "=" + payload);
        if ((head & 0x01U) != 0) m_retained[topic] = payload;
        if (answers) write(socket, packet(kPubackHead, id));
    }
    return kind != kDisconnect;
}

bool MqttWorld::greet(int socket, const std::string& body, std::string& client) {
    std::size_t at = 0;
    (void)textAt(body, at);  // “MQTT”
    const bool clean = (static_cast<unsigned char>(body.at(at + 1)) & 0x02U) != 0;
    at += 4;  // version, flags, time between signs of life
    client = textAt(body, at);
    if (client.empty()) client = "nameless " + std::to_string(socket);
    if (clean) m_sessions.erase(client);
    const bool present = m_sessions.contains(client);
    write(socket, packet(kConnack, {static_cast<char>(present && m_refused == 0 ? 1 : 0),
                                    static_cast<char>(m_refused)}));
    if (m_refused != 0) return false;
    Session& session = m_sessions[client];
    session.socket = socket;
    for (Message& message : session.queue) message.sent = false;
    sendMore(session);
    return true;
}

void MqttWorld::subscribe(int socket, const std::string& body, Session& session) {
    std::size_t at = 2;
    std::string granted = body.substr(0, 2);
    std::vector<std::string> anew;
    while (at < body.size()) {
        const std::string filter = textAt(body, at);
        const int qos = static_cast<unsigned char>(body.at(at++));
        session.filters[filter] = m_granted < 0 ? qos : std::min(qos, m_granted);
        granted += static_cast<char>(m_granted < 0 ? qos : m_granted);
        m_filters.push_back(filter);
        anew.push_back(filter);
    }
    write(socket, packet(kSuback, granted));
    for (const std::string& filter : anew) {
        for (const auto& [topic, payload] : m_retained) {
            if (matchesFilter(filter, topic)) give(session, {topic, payload, session.filters[filter], true});
        }
    }
}

void MqttWorld::give(Session& session, Message message) {
    if (message.qos > 0 && ++session.lastId == 0) ++session.lastId;
    if (message.qos > 0) message.id = session.lastId;
    if (message.qos > 0 || session.socket >= 0) session.queue.push_back(std::move(message));
    sendMore(session);
}

void MqttWorld::sendMore(Session& session) {
    if (session.socket < 0) return;
    std::size_t under = 0;
    for (auto message = session.queue.begin(); message != session.queue.end() && under < kWindow;) {
        if (!message->sent) {
            const auto head = static_cast<char>(0x30 | message->qos << 1 | (message->retained ? 1 : 0));
            const std::string id = message->qos > 0 ? number(message->id) : std::string();
            write(session.socket,
                  packet(head, number(message->topic.size()) + message->topic + id + message->payload));
            message->sent = true;
        }
        if (message->qos == 0) {
            message = session.queue.erase(message);
        } else {
            ++message;
            ++under;
        }
    }
}

void MqttWorld::write(int socket, const std::string& bytes) {
    (void)::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void MqttWorld::publish(const std::string& topic, const std::string& payload, bool retained) {
    const std::lock_guard lock(m_mutex);
    if (retained) m_retained[topic] = payload;
    for (auto& [client, session] : m_sessions) {
        for (const auto& [filter, qos] : session.filters) {
            if (matchesFilter(filter, topic)) give(session, {topic, payload, qos});
        }
    }
}

std::vector<std::string> MqttWorld::taken() const {
    const std::lock_guard lock(m_mutex);
    return m_taken;
}

std::size_t MqttWorld::acknowledged() const {
    const std::lock_guard lock(m_mutex);
    return m_acknowledged;
}

std::size_t MqttWorld::unacknowledged() const {
    const std::lock_guard lock(m_mutex);
    std::size_t count = 0;
    for (const auto& [client, session] : m_sessions) count += session.queue.size();
    return count;
}

std::vector<std::string> MqttWorld::filters() const {
    const std::lock_guard lock(m_mutex);
    return m_filters;
}

void MqttWorld::cutClients() {
    const std::lock_guard lock(m_mutex);
    for (const int socket : m_sockets) ::shutdown(socket, SHUT_RDWR);
}

void MqttWorld::resetClients() {
    {
        const std::lock_guard lock(m_mutex);
        const linger none{1, 0};
        for (const int socket : m_sockets) ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    }
    cutClients();
    awaitClients(0);
}

void MqttWorld::setAway(bool away) {
    {
        const std::lock_guard lock(m_mutex);
        m_away = away;
    }
    if (away) cutClients();
}

void MqttWorld::forgetSessions() {
    const std::lock_guard lock(m_mutex);
    m_sessions.clear();
}

void MqttWorld::forgetAll() {
    const std::lock_guard lock(m_mutex);
    m_sessions.clear();
    m_retained.clear();
    m_taken.clear();
    m_filters.clear();
    m_acknowledged = 0;
}

void MqttWorld::refuse(int code) {
    const std::lock_guard lock(m_mutex);
    m_refused = code;
}

void MqttWorld::setGranted(int granted) {
    const std::lock_guard lock(m_mutex);
    m_granted = granted;
}

void MqttWorld::setTakes(bool takes) {
    const std::lock_guard lock(m_mutex);
    m_takes = takes;
}

void MqttWorld::awaitClients(std::size_t count) {
    std::unique_lock lock(m_mutex);
    (void)m_news.wait_for(lock, kLongestWait, [this, count] { return m_sockets.size() == count; });
}

}  // namespace rw::test
