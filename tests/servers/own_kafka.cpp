#include "tests/servers/own_kafka.h"

#include <signal.h>

#include <QProcess>
#include <QStringList>
#include <QThread>

namespace rw::servers {

namespace {

constexpr int kStartPatience = 300'000;  // milliseconds: beside a build it takes its time

/// What app/server prints; empty if it fails.
QByteArray told(const QStringList& words) {
    QProcess server;
    server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.start(qEnvironmentVariable("RILLWRIGHT_SERVER"), QStringList{"kafka"} + words);
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

OwnKafka::OwnKafka(const QString& word) : m_word(word) {
    (void)told({"down", "--as", m_word, "--erase"});
    (void)up();
}

OwnKafka::~OwnKafka() {
    (void)told({"down", "--as", m_word, "--erase"});
}

bool OwnKafka::up() {
    const QByteArray facts = told({"up", "--as", m_word, "--port", "free"});
    if (facts.isEmpty()) return false;
    m_address = factIn(facts, "address");
    m_process = factIn(facts, "pid").toLongLong();
    return !m_address.isEmpty() && m_process > 0;
}

void OwnKafka::kill() {
    const auto process = static_cast<pid_t>(m_process);
    (void)::kill(process, SIGKILL);
    while (::kill(process, 0) == 0) QThread::msleep(10);
}

bool OwnKafka::startAgain() {
    const QByteArray before = m_address;
    return up() && m_address == before;
}

}  // namespace rw::servers
