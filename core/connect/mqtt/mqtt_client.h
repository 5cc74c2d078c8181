// A client of an MQTT broker, through libmosquitto. Only these files know the library.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/connect/connections/connections.h"

struct mosquitto;

namespace rw {

/// A message; all of it is the library's.
struct MqttMessage {
    std::string_view topic{}, payload{};
    int qos = 0;
    bool retained = false;  ///< it was sent before anybody asked for it, and kept by the broker
};

/// Hears what a client is told. By the thread that is in its calls.
class MqttListener {
 public:
    virtual ~MqttListener() = default;
    virtual void onMessage(const MqttMessage&) {}
    /// Before anything is sent: all messages so far are acknowledged then. After an error nothing is, and the
    /// connection is dropped: they come again.
    virtual Status onSending() { return {}; }
    /// The broker has taken the message `id`.
    virtual void onTaken(int /*id*/) {}
};

/// The rules of MQTT, as Connection refused codes and grants are numbers of it.
struct MqttGreeting {
    int refused = 0;              ///< 0: it lets this client in
    bool sessionPresent = false;  ///< it knows this client from before, with its subscriptions
};

struct MqttClientOptions {
    std::string clientId{};
    bool keepsSession = false;  ///< the broker keeps messages while this client is away
    Millis within = 10'000;     ///< for connecting, and for the answers of the broker
    std::function<bool()> stopping = [] { return false; };  ///< nothing is waited for any longer
};

/// Single-threaded. The library is driven by hand: what it wants to send, acknowledgements among it, waits
/// until send() is called. So messages that came are acknowledged when they are safe
/// (MqttListener::onSending), and not before: a program that ends in between gets them again.
class MqttClient {
 public:
    MqttClient(NodeConnection connection, MqttClientOptions options, MqttListener& listener);
    ~MqttClient();
    MqttClient(const MqttClient&) = delete;
    MqttClient& operator=(const MqttClient&) = delete;

    /// Connects, and waits for the broker's greeting. Of a client that lost its connection: again, after
    /// which the library sends messages again that were not taken. Errors are words for people: transient
    /// where nothing answers or the broker is busy, Denied where it does not take user and password,
    /// permanent where the certificate is not valid. `cancelled` ends it soon.
    Result<MqttGreeting> connect(const std::atomic<bool>* cancelled = nullptr);
    bool isConnected() const { return m_connected; }
    /// Without a word to the broker: what was not acknowledged comes again.
    void drop();
    /// With one.
    void leave();

    /// Waits for the broker, but no longer than `within`, and reads what has come, until about so many bytes
    /// of messages. An error: the connection is lost.
    Status receive(Millis within, std::size_t most = std::size_t{128} << 10);
    /// Sends what is to be sent, as far as the broker takes it now, and keeps the connection alive.
    Status send();
    bool wantsToSend() const;

    /// Waits for the answer; the granted QoS.
    Result<int> subscribe(const std::string& filter, int qos);
    /// The id of the message, for MqttListener::onTaken(). ErrorCode::Row: it can't be sent, now or later.
    Result<int> publish(const std::string& topic, std::string_view payload, int qos, bool retained);

    /// “host:port”
    std::string address() const;

 private:
    struct Calls;  ///< of the library
    Status makeHandle();
    Status setTls(const std::string& caFile);
    Status probe(const std::atomic<bool>* cancelled) const;
    /// Serves the connection until `done`, but no longer than the options' time.
    template <class Done>
    Status await(Done done, const std::atomic<bool>* cancelled);
    Status lost(int code);

    const NodeConnection m_connection;
    const MqttClientOptions m_options;
    MqttListener& m_listener;
    mosquitto* m_handle = nullptr;
    bool m_begun = false;      ///< it was connected once
    bool m_connected = false;  ///< and greeted
    bool m_dropping = false;   ///< what comes is not wanted
    std::optional<MqttGreeting> m_greeting{};
    std::optional<int> m_granted{};
    int m_subscribing = 0;      ///< id of the request
    std::size_t m_taken = 0;    ///< bytes of messages in receive()
    std::size_t m_packets = 0;  ///< messages in it
    std::string m_said{};       ///< the last error that the library's log told
    Secret m_passphrase{};
};

/// Whether a topic matches a filter, in which + stands for a level and # for all that follow; also one that
/// is shared, “$share/group/filter”.
bool matchesFilter(const std::string& filter, std::string_view topic);
/// What is wrong with a filter, or with the name of a topic to write to; ok: nothing.
Status usableFilter(const std::string& filter);
Status usableTopic(const std::string& topic);

/// The id by which a broker knows the client of a node when it comes back: the connection's, or made of the
/// computer, `pipeline` (a text that no other pipeline has) and `node`.
std::string clientIdOf(const NodeConnection& connection, const std::string& pipeline,
                       const std::string& node);

}  // namespace rw
