// Kafka → windows → MariaDB by key, each window right, while the program and the servers are killed at random
// instants. $RILLWRIGHT_KILLS: how often, of each.
#include "tests/servers/window_kills.h"

using rw::servers::WindowKills;

class TestMariadbKills : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowKills> m_kills{};

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_SERVER"), "run it by tests/run --servers");
        m_kills = std::make_unique<WindowKills>(
            "mariadb", QByteArrayList{"\"mode\": \"upsert\"", "\"key\": [\"window_start\", \"k\"]"},
            QStringLiteral("mariakills"));
        m_kills->prepare();
    }
    void cleanupTestCase() { m_kills.reset(); }

    void windowsWhileTheProgramIsKilled() { m_kills->programIsKilled(); }
    void windowsWhileTheDatabaseIsKilled() { m_kills->databaseIsKilled(); }
    void windowsWhileKafkaIsKilled() { m_kills->kafkaIsKilled(); }
};

QTEST_GUILESS_MAIN(TestMariadbKills)
#include "test_mariadb_kills.moc"
