// The servers of app/server: which there are, and the connections that lead to them.
#include <QtTest/QtTest>
#include <set>

#include "core/connect/connections/local_server.h"
#include "core/connect/connections/usable_connection.h"

using namespace rw;

class TestLocalServer : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theProgramKnowsEach() {
        std::set<std::string> connections;
        for (const LocalServer& server : localServers()) {
            const QString part =
                QStringLiteral(RILLWRIGHT_SOURCE "/app/servers/") + QString::fromStdString(server.name);
            QVERIFY2(QFile::exists(part), server.name.c_str());
            QVERIFY2(connectionKind(server.kind) != nullptr, server.kind.c_str());
            QVERIFY(!server.label.empty() && !server.fetched.empty());
            QVERIFY(connections.insert(server.connection).second);
            QVERIFY(localServer(server.name) == &server && localServerBehind(server.connection) == &server);
        }
        QVERIFY(localServer("oracle") == nullptr && localServerBehind("kafka") == nullptr);
    }

    void aConnectionIsMadeOfWhatItPrints() {
        for (const LocalServer& server : localServers()) {
            const auto made = connectionToLocal(server, "more x\naddress 127.0.0.1:19092\npid 12\n");
            QVERIFY2(made.ok(), server.name.c_str());
            QCOMPARE(made.value().name, server.connection);
            QCOMPARE(made.value().fields.at("address"), std::string("127.0.0.1:19092"));
            const Status usable = usableConnection(made.value());
            QVERIFY2(usable.ok(), usable.ok() ? "" : english(usable.error()).c_str());
            QVERIFY(!usesTls(made.value()) && made.value().secrets.empty());
            QVERIFY(mayLeadTo(made.value(), server));
        }
    }

    void itLeadsToNoOtherComputer() {
        const LocalServer& kafka = *localServer("kafka");
        for (const char* const printed :
             {"", "address", "address \n", "address 10.0.0.7:9092\n", "address broker.example:9092\n",
              "address 127.0.0.1\n", "address 127.0.0.1:99999\n", "the address 127.0.0.1:1\n"})
            QVERIFY2(!connectionToLocal(kafka, printed).ok(), printed);
        QVERIFY(connectionToLocal(kafka, "address 127.0.0.1:1").ok());
    }

    void othersOfItsNameAreLeftAlone() {
        const LocalServer& kafka = *localServer("kafka");
        const auto leads = [&kafka](const char* kind, const char* address) {
            return mayLeadTo({kafka.connection, kind, {{"address", address}}, {}}, kafka);
        };
        QVERIFY(leads("kafka", "127.0.0.1:9092") && leads("kafka", "localhost:9092"));
        QVERIFY(!leads("kafka", "broker.example:9092") && !leads("mqtt", "127.0.0.1:9092"));
        QVERIFY(!leads("kafka", "127.0.0.1:9092, broker.example:9092") && !leads("kafka", ""));
    }

    void severalHaveTheirNamesInALine() {
        QVERIFY(namesOf({}).empty());
        QCOMPARE(english(namesOf({localServer("kafka")})), std::string("Kafka"));
        QCOMPARE(english(namesOf({localServer("kafka"), localServer("postgresql")})),
                 std::string("Kafka, PostgreSQL"));
    }
};

QTEST_APPLESS_MAIN(TestLocalServer)
#include "test_local_server.moc"
