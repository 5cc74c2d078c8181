// The examples that need a server, as a person runs them whose servers have just been started: every table
// and chart of them gets rows, and the topic is made by the example itself.
#include <QtTest/QtTest>
#include <vector>

#include "tests/cli/program_fixture.h"

using namespace rw::testing;

namespace {

struct Server {
    const char *connection, *kind, *variable;
    QStringList fields;
};

const std::vector<Server>& servers() {
    static const QStringList kDatabase{"--field",       "tls=off", "--field",
                                       "database=rill", "--field", "user=rill"};
    static const std::vector<Server> kServers{
        {"local_kafka", "kafka", "RILLWRIGHT_KAFKA", {"--field", "security=plaintext"}},
        {"local_postgresql", "postgresql", "RILLWRIGHT_POSTGRESQL", kDatabase},
        {"local_mosquitto", "mqtt", "RILLWRIGHT_MOSQUITTO", {"--field", "tls=off"}}};
    return kServers;
}

/// With names of topics and tables that no other test has.
QByteArray exampleText(const QString& file) {
    QFile example(QStringLiteral(RILLWRIGHT_SOURCE "/resources/examples/") + file);
    if (!example.open(QIODevice::ReadOnly)) return {};
    QByteArray text = example.readAll();
    const QByteArray mark = "t" + QUuid::createUuid().toByteArray(QUuid::Id128).left(10);
    text.replace("\"topic\": \"", "\"topic\": \"" + mark + "-");
    text.replace("'plant/press-'", "'" + mark + "-plant/press-'");
    text.replace("\"table\": \"", "\"table\": \"" + mark + "_");
    return text;
}

}  // namespace

class TestLocalExamples : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void giveRowsEverywhere_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("filled");
        QTest::newRow("orders") << QStringLiteral("orders_kafka.rill")
                                << QStringList{"to_topic", "revenue", "counts", "totals", "all_orders"};
        QTest::newRow("sensors") << QStringLiteral("sensors_mqtt.rill")
                                 << QStringList{"to_broker", "over_time", "hot", "states", "newest"};
        QTest::newRow("superset") << QStringLiteral("superset_dashboard.rill")
                                  << QStringList{"over_time", "speed", "countries", "pages", "page_table"};
    }
    void giveRowsEverywhere() {
        QFETCH(const QString, file);
        QFETCH(const QStringList, filled);
        const ProgramFixture fixture;
        const QByteArray text = exampleText(file);
        QVERIFY(!text.isEmpty());
        fixture.write(file, text);
        QStringList allowed;
        for (const Server& server : servers()) {
            QVERIFY2(qEnvironmentVariableIsSet(server.variable), "run it by tests/run --servers");
            const QStringList address{"--field", "address=" + qEnvironmentVariable(server.variable)};
            const Ended added = fixture.run(
                QStringList{"connections", "add", server.connection, server.kind} + address + server.fields);
            QVERIFY2(added.status == 0, describe(added).constData());
            allowed << QString::fromLatin1(server.connection);
        }
        // Three windows of ten seconds: a busy computer needs one to begin.
        const Ended ran = fixture.run(
            QStringList{"run", file, "--for", "35s", "--metrics", "metrics.json", "--allow-connections"} +
            allowed);
        QVERIFY2(ran.status == 0, describe(ran).constData());
        const QJsonObject nodes =
            QJsonDocument::fromJson(fixture.read("metrics.json")).object().value("nodes").toObject();
        for (const QString& node : filled) {
            const double rows = nodes.value(node).toObject().value("rows_in").toDouble();
            QVERIFY2(rows > 0, qPrintable(node + QString::fromUtf8(QJsonDocument(nodes).toJson())));
        }
        QCOMPARE(nodes.value("broken").toObject().value("rows_in").toDouble(), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestLocalExamples)
#include "test_local_examples.moc"
