// A Kafka or a database of one test's own, which it may kill: app/server starts it, and starts it again.
#pragma once
#include <QByteArray>
#include <QString>

namespace rw::servers {

class OwnServer {
 public:
    /// `server`: as app/server calls it. A word of small letters tells it from others.
    OwnServer(QString server, QString word);
    /// Ends it, and forgets its data.
    ~OwnServer();
    OwnServer(const OwnServer&) = delete;
    OwnServer& operator=(const OwnServer&) = delete;

    /// Empty: it did not start.
    const QByteArray& address() const { return m_address; }
    /// As a power cut ends it.
    void kill();
    /// With its data and at its address.
    bool startAgain();

 private:
    bool up();

    const QString m_server, m_word;
    QByteArray m_address{};
    qint64 m_process = 0;
};

}  // namespace rw::servers
