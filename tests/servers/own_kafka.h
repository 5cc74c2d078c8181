// A Kafka of one test's own, which it may kill: app/server starts it, and starts it again.
#pragma once
#include <QByteArray>
#include <QString>

namespace rw::servers {

class OwnKafka {
 public:
    /// A word of small letters tells it from others.
    explicit OwnKafka(const QString& word);
    /// Ends it, and forgets its data.
    ~OwnKafka();
    OwnKafka(const OwnKafka&) = delete;
    OwnKafka& operator=(const OwnKafka&) = delete;

    /// Empty: it did not start.
    const QByteArray& address() const { return m_address; }
    /// As a power cut ends it.
    void kill();
    /// With its data and at its address.
    bool startAgain();

 private:
    bool up();

    const QString m_word;
    QByteArray m_address{};
    qint64 m_process = 0;
};

}  // namespace rw::servers
