// An MQTT broker in memory, of version 3.1.1, which clients reach over loopback as a real one. It keeps
// sessions and what is retained for as long as it lives, and does what a test says: refuses, forgets, goes
// away.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/connect/connections/connections.h"

namespace rw::test {

class MqttWorld {
 public:
    MqttWorld();
    ~MqttWorld();
    MqttWorld(const MqttWorld&) = delete;
    MqttWorld& operator=(const MqttWorld&) = delete;

    std::string address() const;
    /// A connection to it, of that name.
    std::shared_ptr<const Connections> connections(const std::string& name) const;
    NodeConnection connection() const;

    /// To all sessions that have asked for it, as far as their sockets take it at once; the rest as they read
    /// on.
    void publish(const std::string& topic, const std::string& payload, bool retained = false);
    /// What clients have sent, each as “topic=payload”, in order.
    std::vector<std::string> taken() const;
    std::size_t acknowledged() const;          ///< messages, by clients
    std::size_t unacknowledged() const;        ///< that sessions still have
    std::vector<std::string> filters() const;  ///< that clients asked for, in order, each time

    void cutClients();               ///< their connections end
    void resetClients();             ///< the same, and what they send then fails at once
    void setAway(bool away);         ///< connections are ended as they come
    void forgetSessions();           ///< as a broker that was killed
    void forgetAll();                ///< as a new one
    void refuse(int code);           ///< greetings from now on; 0: none
    void setGranted(int granted);    ///< of subscriptions; less than 0: what was asked for
    void setTakes(bool takes);       ///< false: messages of clients are not acknowledged
    void awaitClients(std::size_t);  ///< until so many are connected; gives up after a while

 private:
    struct Message {
        std::string topic{}, payload{};
        int qos = 0;
        bool retained = false, sent = false;
        std::uint16_t id = 0;
    };
    struct Session {
        std::map<std::string, int> filters{};
        std::deque<Message> queue{};
        std::uint16_t lastId = 0;
        int socket = -1;  ///< of the client; less than 0: it is away
    };

    void accept();
    void serve(int socket);
    bool handle(int socket, unsigned char head, const std::string& body, std::string& client);
    bool greet(int socket, const std::string& body, std::string& client);
    void subscribe(int socket, const std::string& body, Session& session);
    void give(Session& session, Message message);
    void sendMore(Session& session);
    static void write(int socket, const std::string& bytes);

    int m_listening = -1;
    int m_port = 0;
    mutable std::mutex m_mutex;  ///< guards the members below
    std::condition_variable m_news;
    std::map<std::string, Session> m_sessions;
    std::map<std::string, std::string> m_retained;
    std::vector<std::string> m_taken, m_filters;
    std::vector<int> m_sockets;
    std::vector<std::thread> m_threads;
    std::size_t m_acknowledged = 0;
    int m_refused = 0, m_granted = -1;
    bool m_away = false, m_takes = true, m_over = false;
    std::thread m_accepting;
};

}  // namespace rw::test
