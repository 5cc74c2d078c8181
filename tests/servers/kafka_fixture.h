// Pipelines over a real Kafka, run by the built program.
#pragma once
#include <QByteArray>
#include <QByteArrayList>
#include <QJsonArray>
#include <QJsonObject>
#include <functional>
#include <map>
#include <memory>

#include "tests/cli/program_fixture.h"
#include "tests/servers/real_kafka.h"

namespace rw::servers {

/// Waits until `reached`; whether that comes within the patience of a test.
bool comes(const std::function<bool()>& reached);

/// A folder in which the connection “k” leads to a Kafka: that of $RILLWRIGHT_KAFKA if no address is given.
/// All calls of the program may use it.
class KafkaFixture : public rw::testing::ProgramFixture {
 public:
    explicit KafkaFixture(const QByteArray& address = qgetenv("RILLWRIGHT_KAFKA"));

    const RealKafka& kafka() const { return m_kafka; }
    /// A topic of this fixture alone, which it makes.
    QByteArray topic(const QByteArray& name, int partitions = 1,
                     const RealKafka::Settings& settings = {}) const;
    /// Its name, when it is not there.
    QByteArray topicName(const QByteArray& name) const;

    /// connections.json with “k”, and with others.
    void connect(const QByteArrayList& others = {}) const;
    /// One of them, as JSON, with these fields and the environment variable of its password.
    static QByteArray connection(const QByteArray& name, const std::map<QByteArray, QByteArray>& fields,
                                 const QByteArray& password = {});

    /// NAME.rill of these nodes and wires.
    void pipeline(const QString& name, const QByteArrayList& nodes, const QByteArrayList& wires) const;
    rw::testing::Ended runIt(const QString& name, const QStringList& words = {}) const;
    std::unique_ptr<QProcess> beginIt(const QString& name, const QStringList& words = {}) const;
    /// Interrupts it, and waits for its end.
    static rw::testing::Ended stop(QProcess& process);

    /// The rows of a CSV file without its head, sorted.
    QByteArrayList rowsIn(const QString& file) const;
    /// Node “src” of --metrics.
    QJsonObject sourceIn(const QString& metrics) const;

 private:
    const QByteArray m_prefix;
    const RealKafka m_kafka;
};

/// A kafka_source called “src” on “k”: its columns with commas between, and more parameters, each as
/// “"name": value”.
QByteArray source(const QByteArray& topic, const QByteArray& columns, const QByteArrayList& more = {});
/// A kafka_sink on “k”.
QByteArray kafkaSink(const QByteArray& id, const QByteArray& topic, const QByteArrayList& more = {});
QByteArray csvSink(const QByteArray& id, const QByteArray& path);
QByteArray wired(const QByteArray& from, const QByteArray& to);

}  // namespace rw::servers
