// A look at a Kafka: its topics with their sizes, and the newest messages of one.
#include "core/connect/kafka/kafka_browser.h"

#include <QtTest/QtTest>

#include "tests/support/worlds/kafka_world.h"

using namespace rw;
using namespace rw::test;

namespace {

ConnectionBrowsers kafkaAlone() {
    return {{"kafka", kafkaBrowser()}};
}

/// “0:2=x”, partition and offset before each value; NULL where it is null.
std::vector<std::string> wordsOf(const SubjectContent& content) {
    std::vector<std::string> words;
    for (const SubjectMessage& each : content.messages)
        words.push_back(fmt::format("{}:{}={}", each.partition, each.offset, each.value.value_or("NULL")));
    return words;
}

std::string errorWords(const Status& status) {
    return status.ok() ? "none" : english(status.error());
}

}  // namespace

class TestKafkaBrowser : public QObject {
    Q_OBJECT

    KafkaWorld m_world{};

    Result<SubjectContent> lookAt(const std::string& topic) {
        return browseSubject(m_world.connection(), topic, kafkaAlone(), nullptr, 30000);
    }

 private Q_SLOTS:
    void initTestCase() {
        m_world.createTopic("orders", 2);
        m_world.createTopic("orders-old", 1);
        m_world.createTopic("empty", 1);
        m_world.createTopic("many", 3);
        m_world.createTopic("__own", 1);
        m_world.put("orders", {{.value = "b", .partition = 1, .timestamp = 2000},
                               {.value = "a", .partition = 0, .timestamp = 1000},
                               {.value = std::nullopt, .key = "k", .partition = 0, .timestamp = 3000}});
        m_world.put("orders-old", {{.value = "old", .timestamp = 500}});
        std::vector<KafkaWorld::Message> many(3000);
        for (std::size_t i = 0; i < many.size(); ++i) {
            many[i].value = std::to_string(i);
            many[i].partition = i < 10 ? 0 : 1;
            many[i].timestamp = static_cast<std::int64_t>(i) + 1;
        }
        m_world.put("many", many);
    }

    void topicsAreListedBeforeTheirSizes() {
        ConnectionSubjects early;
        const auto found = browseConnection(m_world.connection(), kafkaAlone(), nullptr,
                                            [&early](const ConnectionSubjects& names) { early = names; });
        QVERIFY2(found.ok(), errorWords(found.status()).c_str());
        QVERIFY(
            *found ==
            (ConnectionSubjects{
                {"empty", 1, 0, -1}, {"many", 3, 3000, -1}, {"orders", 2, 3, -1}, {"orders-old", 1, 1, -1}}));
        QCOMPARE(early.size(), found->size());
        QCOMPARE(early.front().name, std::string("empty"));
        QCOMPARE(early.front().rows, std::int64_t{-1});
    }

    void messagesOfAllPartitionsByTheirTimes() {
        const auto content = lookAt("orders");
        QVERIFY2(content.ok(), errorWords(content.status()).c_str());
        QVERIFY(!content->isTable);
        QVERIFY(wordsOf(*content) == (std::vector<std::string>{"0:0=a", "1:0=b", "0:1=NULL"}));
    }

    void theNewestAreReadAndNoMore() {
        const auto content = lookAt("many");
        QVERIFY2(content.ok(), errorWords(content.status()).c_str());
        const std::vector<std::string> words = wordsOf(*content);
        QCOMPARE(words.size(), kNewestMessages);
        QCOMPARE(words.front(), std::string("0:0=0"));  // a partition with few messages is seen whole
        QCOMPARE(words.back(), std::string("1:2989=2999"));
    }

    void partitionsWithoutALeaderAreLeftOut() {
        m_world.setLeader("orders", 1, false);
        const auto content = lookAt("orders");
        const auto found = browseConnection(m_world.connection(), kafkaAlone());
        m_world.setLeader("orders", 1, true);
        QVERIFY2(content.ok(), errorWords(content.status()).c_str());
        QVERIFY(wordsOf(*content) == (std::vector<std::string>{"0:0=a", "0:1=NULL"}));
        QVERIFY2(found.ok(), errorWords(found.status()).c_str());
        QCOMPARE((*found)[2].rows, std::int64_t{-1});  // the others have their sizes
        QCOMPARE((*found)[1].rows, std::int64_t{3000});
    }

    void anEmptyTopicHasNone() {
        const auto content = lookAt("empty");
        QVERIFY2(content.ok(), errorWords(content.status()).c_str());
        QVERIFY(content->messages.empty());
    }

    void aPatternStandsForAllThatMatch() {
        const auto content = lookAt("/orders.*/");
        QVERIFY2(content.ok(), errorWords(content.status()).c_str());
        QVERIFY(wordsOf(*content) == (std::vector<std::string>{"0:0=old", "0:0=a", "1:0=b", "0:1=NULL"}));
        const auto none = lookAt("/nothing/");
        QVERIFY(!none.ok() && none.error().code == ErrorCode::NotFound && !none.error().fix.empty());
    }

    void whatIsNotThereIsAnError() {
        const auto missing = lookAt("no topic has this name");
        QVERIFY(!missing.ok() && !missing.error().fix.empty());
        const Connection nobody{
            "nobody", "kafka", {{"address", "127.0.0.1:1"}, {"security", "plaintext"}}, {}};
        const auto all =
            std::make_shared<const Connections>(std::vector<Connection>{nobody}, environmentSecret);
        const auto away = browseConnection(NodeConnection(nobody, all), kafkaAlone(), nullptr, {}, 1500);
        QVERIFY(!away.ok() && !away.error().fix.empty());
    }

    void itCanBeCancelled() {
        const std::atomic<bool> cancelled{true};
        const auto found = browseConnection(m_world.connection(), kafkaAlone(), &cancelled);
        QVERIFY(!found.ok() && found.error().code == ErrorCode::Cancelled);
        const auto content = browseSubject(m_world.connection(), "many", kafkaAlone(), &cancelled);
        QVERIFY(!content.ok() && content.error().code == ErrorCode::Cancelled);
    }

    void sharesGoToWhereMessagesAre() {
        using Shares = std::vector<std::int64_t>;
        QVERIFY(sharesOfNewest({}, 10) == Shares());
        QVERIFY(sharesOfNewest({0, 100}, 10) == (Shares{0, 10}));
        QVERIFY(sharesOfNewest({100, 2, 100}, 10) == (Shares{4, 2, 4}));
        QVERIFY(sharesOfNewest({1, 1}, 10) == (Shares{1, 1}));
        QVERIFY(sharesOfNewest({5, 5, 5}, 2) == (Shares{1, 1, 1}));
    }
};

QTEST_APPLESS_MAIN(TestKafkaBrowser)
#include "test_kafka_browser.moc"
