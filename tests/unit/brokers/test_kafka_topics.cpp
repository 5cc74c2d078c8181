// What people see of a Kafka cluster: its topics with their sizes, and the test of its connection.
#include <QtTest/QtTest>

#include "core/connect/kafka/kafka_topics.h"
#include "tests/support/worlds/kafka_world.h"

using namespace rw;
using namespace rw::test;

namespace {

Connection shopAt(const std::string& address) {
    return {"shop", "kafka", {{"address", address}, {"security", "plaintext"}}, {}};
}

ConnectionReport tested(const std::string& address, Millis within) {
    return testConnection(shopAt(address), environmentSecret, {{"kafka", kafkaTester()}}, nullptr, within);
}

}  // namespace

class TestKafkaTopics : public QObject {
    Q_OBJECT

    KafkaWorld m_world{};
    std::atomic<bool> m_cancelled{false};

 private Q_SLOTS:
    void initTestCase() {
        m_world.createTopic("orders", 2);
        m_world.createTopic("empty", 1);
        m_world.createTopic("__own", 1);
        m_world.putValues("orders", {"1", "2", "3"});
    }

    void topicsHaveTheirSizes() {
        const auto sizes = kafkaTopicSizes(m_world.connection(), 20'000, m_cancelled);
        QVERIFY2(sizes.ok(), sizes.ok() ? "" : english(sizes.error()).c_str());
        QVERIFY(*sizes == (std::vector<KafkaTopicSize>{{"empty", 1, 0}, {"orders", 2, 3}}));
    }

    void aTestTellsHowManyCanBeSeen() {
        const ConnectionReport report = tested(m_world.address(), 20'000);
        QVERIFY(report.failure() == nullptr);
        QVERIFY(!report.steps.empty() && report.latency >= 0);
        QCOMPARE(english(report.steps.back().detail), std::string("2 topics can be seen: empty, orders"));
        std::string names;
        for (const ConnectionStep& step : report.steps) names += english(step.name) + " ";
        QCOMPARE(names, std::string("Reach Answer Topics "));
    }

    void aTestSaysWhatFailed() {
        // Nobody listens there.
        const ConnectionReport report = tested("127.0.0.1:1", 1'500);
        QVERIFY(report.failure() != nullptr);
        const std::string said = english(report.failure()->detail);
        QVERIFY2(said.find("127.0.0.1:1") != std::string::npos, said.c_str());
        QCOMPARE(english(report.failure()->name), std::string("Reach"));
        QVERIFY(!report.failure()->mend.empty());
    }

    /// Whoever has opened the dialog is not kept waiting for as long as brokers may need.
    void brokersThatRefuseAreToldAtOnce() {
        Connection connection = shopAt("127.0.0.1:1");
        const auto all =
            std::make_shared<const Connections>(std::vector<Connection>{connection}, environmentSecret);
        QElapsedTimer timer;
        timer.start();
        const auto sizes = kafkaTopicSizes(NodeConnection(connection, all), 60'000, m_cancelled);
        QVERIFY(!sizes.ok());
        QVERIFY2(english(sizes.error()).find("can't be reached") != std::string::npos,
                 english(sizes.error()).c_str());
        QVERIFY2(timer.elapsed() < 10'000, std::to_string(timer.elapsed()).c_str());
    }

    void aLookCanBeCancelled() {
        m_world.setDown(true);
        const std::atomic<bool> cancelled{true};
        const auto sizes = kafkaTopicSizes(m_world.connection(), 60'000, cancelled);
        m_world.setDown(false);
        QVERIFY(!sizes.ok());
        QCOMPARE(static_cast<int>(sizes.error().code), static_cast<int>(ErrorCode::Cancelled));
    }
};

QTEST_APPLESS_MAIN(TestKafkaTopics)
#include "test_kafka_topics.moc"
