#include "tests/servers/own_server.h"

#include <signal.h>

#include <QProcess>
#include <QStringList>
#include <QThread>
#include <utility>

namespace rw::servers {

namespace {

constexpr int kStartPatience = 300'000;  // milliseconds: beside a build it takes its time

/// What app/server prints; empty if it fails.
QByteArray told(const QString& name, const QStringList& words) {
    QProcess server;
    server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.start(qEnvironmentVariable("RILLWRIGHT_SERVER"), QStringList{name} + words);
    if (!server.waitForFinished(kStartPatience) || server.exitCode() != 0) return {};
    return server.readAllStandardOutput();
}

QByteArray factIn(const QByteArray& facts, const QByteArray& name) {
    for (const QByteArray& line : facts.split('\n')) {
        if (line.startsWith(name + ' ')) return line.mid(name.size() + 1);
    }
    return {};
}

}  // namespace

OwnServer::OwnServer(QString server, QString word) : m_server(std::move(server)), m_word(std::move(word)) {
    (void)told(m_server, {"down", "--as", m_word, "--erase"});
    (void)up();
}

OwnServer::~OwnServer() {
    (void)told(m_server, {"down", "--as", m_word, "--erase"});
}

bool OwnServer::up() {
    const QByteArray facts = told(m_server, {"up", "--as", m_word, "--port", "free"});
    if (facts.isEmpty()) return false;
    m_address = factIn(facts, "address");
    m_process = factIn(facts, "pid").toLongLong();
    return !m_address.isEmpty() && m_process > 0;
}

void OwnServer::kill() {
    const auto process = static_cast<pid_t>(m_process);
    (void)::kill(process, SIGKILL);
    while (::kill(process, 0) == 0) QThread::msleep(10);
}

bool OwnServer::startAgain() {
    const QByteArray before = m_address;
    return up() && m_address == before;
}

}  // namespace rw::servers
