// A mosquitto of one test's own, which it may kill, and a program that publishes to it.
#pragma once
#include <QByteArray>
#include <QProcess>
#include <QTemporaryDir>
#include <memory>

struct mosquitto;

namespace rw::servers {

/// It keeps any number of messages for clients that are away, and writes what it has to disk each second.
class OwnMosquitto {
 public:
    OwnMosquitto();
    ~OwnMosquitto();
    OwnMosquitto(const OwnMosquitto&) = delete;
    OwnMosquitto& operator=(const OwnMosquitto&) = delete;

    bool start();
    /// As a power cut ends it.
    void kill();
    QByteArray address() const { return "127.0.0.1:" + QByteArray::number(m_port); }
    int port() const { return m_port; }

 private:
    const QTemporaryDir m_folder{};
    int m_port = 0;
    QProcess m_process{};
};

/// Publishes with QoS 1.
class MqttPublisher {
 public:
    explicit MqttPublisher(int port);
    ~MqttPublisher();
    MqttPublisher(const MqttPublisher&) = delete;
    MqttPublisher& operator=(const MqttPublisher&) = delete;

    void publish(const QByteArray& topic, const QByteArray& payload);
    /// Whether the broker has taken all of them soon.
    bool flush();

 private:
    mosquitto* const m_client;
    const int m_port;
    std::size_t m_sent = 0, m_taken = 0;
};

}  // namespace rw::servers
