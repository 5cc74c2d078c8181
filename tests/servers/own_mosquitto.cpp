#include "tests/servers/own_mosquitto.h"

#include <mosquitto.h>

#include <QDeadlineTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

namespace rw::servers {

namespace {

constexpr int kBrokerPatience = 30'000;  // milliseconds
constexpr int kPublisherStep = 20, kSignOfLife = 30;

int freePort() {
    QTcpServer server;
    (void)server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

}  // namespace

OwnMosquitto::OwnMosquitto() : m_port(freePort()) {
    QFile settings(m_folder.filePath(QStringLiteral("mosquitto.conf")));
    (void)settings.open(QIODevice::WriteOnly);
    const QByteArray user = qEnvironmentVariableIsSet("USER") ? qgetenv("USER") : QByteArray("root");
    settings.write("user " + user + "\nlistener " + QByteArray::number(m_port) +
                   " 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\npersistence true\n" +
                   "persistence_location " + m_folder.path().toUtf8() + "/\nautosave_interval 1\n");
}

OwnMosquitto::~OwnMosquitto() {
    kill();
}

bool OwnMosquitto::start() {
    const QString program = QStandardPaths::findExecutable(
        QStringLiteral("mosquitto"),
        {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin"), QStringLiteral("/usr/local/sbin")});
    m_process.setStandardOutputFile(m_folder.filePath(QStringLiteral("log")), QIODevice::Append);
    m_process.setStandardErrorFile(m_folder.filePath(QStringLiteral("log")), QIODevice::Append);
    m_process.start(program, {QStringLiteral("-c"), m_folder.filePath(QStringLiteral("mosquitto.conf"))});
    for (QDeadlineTimer late(kBrokerPatience); !late.hasExpired(); QThread::msleep(kPublisherStep)) {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(m_port));
        if (socket.waitForConnected(kPublisherStep)) return true;
    }
    return false;
}

void OwnMosquitto::kill() {
    m_process.kill();
    (void)m_process.waitForFinished(kBrokerPatience);
}

MqttPublisher::MqttPublisher(int port)
    : m_client([] {
          (void)mosquitto_lib_init();
          return mosquitto_new(nullptr, true, nullptr);
      }()),
      m_port(port) {
    mosquitto_user_data_set(m_client, this);
    mosquitto_publish_callback_set(
        m_client, [](mosquitto*, void* self, int) { ++static_cast<MqttPublisher*>(self)->m_taken; });
    (void)mosquitto_int_option(m_client, MOSQ_OPT_TCP_NODELAY, 1);
    (void)mosquitto_connect(m_client, "127.0.0.1", m_port, kSignOfLife);
}

MqttPublisher::~MqttPublisher() {
    mosquitto_destroy(m_client);
}

void MqttPublisher::publish(const QByteArray& topic, const QByteArray& payload) {
    (void)mosquitto_publish(m_client, nullptr, topic.constData(), static_cast<int>(payload.size()),
                            payload.constData(), 1, false);
    ++m_sent;
}

bool MqttPublisher::flush() {
    for (QDeadlineTimer late(kBrokerPatience); !late.hasExpired();) {
        if (m_taken >= m_sent) return true;
        if (mosquitto_loop(m_client, kPublisherStep, 1) == MOSQ_ERR_SUCCESS) continue;
        QThread::msleep(kPublisherStep);
        (void)mosquitto_reconnect(m_client);
    }
    return false;
}

}  // namespace rw::servers
