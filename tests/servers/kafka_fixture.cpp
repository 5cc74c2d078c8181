#include "tests/servers/kafka_fixture.h"

#include <signal.h>

#include <QDeadlineTimer>
#include <QDir>
#include <QJsonDocument>
#include <QThread>
#include <QUuid>
#include <algorithm>

namespace rw::servers {

namespace {

QByteArray quotedList(const QByteArray& words) {
    QByteArrayList quoted;
    for (const QByteArray& word : words.split(',')) quoted << '"' + word.trimmed() + '"';
    return '[' + quoted.join(", ") + ']';
}

}  // namespace

bool comes(const std::function<bool()>& reached) {
    const QDeadlineTimer deadline(120'000);
    while (!reached()) {
        if (deadline.hasExpired()) return false;
        QThread::msleep(50);
    }
    return true;
}

KafkaFixture::KafkaFixture(const QByteArray& address)
    : m_prefix("t" + QUuid::createUuid().toByteArray(QUuid::Id128).left(10) + "-"),
      m_kafka(address.toStdString()) {
    connect();
    qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "k");
}

QByteArray KafkaFixture::topicName(const QByteArray& name) const {
    return m_prefix + name;
}

QByteArray KafkaFixture::topic(const QByteArray& name, int partitions,
                               const RealKafka::Settings& settings) const {
    QByteArray made = topicName(name);
    m_kafka.createTopic(made.toStdString(), partitions, settings);
    return made;
}

QByteArray KafkaFixture::connection(const QByteArray& name, const std::map<QByteArray, QByteArray>& fields,
                                    const QByteArray& password) {
    QJsonObject all;
    for (const auto& [field, value] : fields) all[QString::fromUtf8(field)] = QString::fromUtf8(value);
    QJsonObject made{{"name", QString::fromUtf8(name)}, {"kind", "kafka"}, {"fields", all}};
    if (!password.isEmpty()) {
        const QJsonObject variable{{"environment", QString::fromUtf8(password)}};
        made["secrets"] = QJsonObject{{"password", variable}};
    }
    return QJsonDocument(made).toJson();
}

void KafkaFixture::connect(const QByteArrayList& others) const {
    QByteArrayList all = others;
    all << connection("k",
                      {{"address", QByteArray::fromStdString(m_kafka.address())}, {"security", "plaintext"}});
    QDir(path(".config")).mkpath("rillwright");
    write(".config/rillwright/connections.json", "{\"connections\": [" + all.join(",") + "]}");
    QFile(path(".config/rillwright/connections.json")).setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

void KafkaFixture::pipeline(const QString& name, const QByteArrayList& nodes,
                            const QByteArrayList& wires) const {
    write(name + ".rill", "{ \"rill\": 1, \"name\": \"" + name.toUtf8() + "\", \"nodes\": [" +
                              nodes.join(",\n") + "], \"wires\": [" + wires.join(",\n") + "] }");
}

rw::testing::Ended KafkaFixture::runIt(const QString& name, const QStringList& words) const {
    return run(QStringList{"run", name + ".rill"} + words);
}

std::unique_ptr<QProcess> KafkaFixture::beginIt(const QString& name, const QStringList& words) const {
    return begin(QStringList{"run", name + ".rill"} + words);
}

rw::testing::Ended KafkaFixture::stop(QProcess& process) {
    if (process.state() == QProcess::Running) ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    return ended(process);
}

QByteArrayList KafkaFixture::rowsIn(const QString& file) const {
    QByteArrayList rows = read(file).split('\n');
    if (!rows.isEmpty()) rows.removeFirst();
    rows.removeAll(QByteArray());
    std::sort(rows.begin(), rows.end());
    return rows;
}

QJsonObject KafkaFixture::sourceIn(const QString& metrics) const {
    return QJsonDocument::fromJson(read(metrics)).object()["nodes"].toObject()["src"].toObject();
}

QByteArray source(const QByteArray& topic, const QByteArray& columns, const QByteArrayList& more) {
    QByteArrayList params{"\"connection\": \"k\"", "\"topic\": \"" + topic + '"',
                          "\"columns\": " + quotedList(columns)};
    params += more;
    return "{\"id\": \"src\", \"type\": \"kafka_source\", \"params\": {" + params.join(", ") + "}}";
}

QByteArray kafkaSink(const QByteArray& id, const QByteArray& topic, const QByteArrayList& more) {
    QByteArrayList params{"\"connection\": \"k\"", "\"topic\": \"" + topic + '"'};
    params += more;
    return "{\"id\": \"" + id + "\", \"type\": \"kafka_sink\", \"params\": {" + params.join(", ") + "}}";
}

QByteArray csvSink(const QByteArray& id, const QByteArray& path) {
    return "{\"id\": \"" + id + "\", \"type\": \"csv_sink\", \"params\": {\"path\": \"" + path + "\"}}";
}

QByteArray wired(const QByteArray& from, const QByteArray& to) {
    return "{\"from\": \"" + from + "\", \"to\": \"" + to + "\"}";
}

}  // namespace rw::servers
