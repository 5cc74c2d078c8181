// Messages of a chunk: their parts are those that were added, whatever the order of their topics.
#include "core/connect/formats/received_messages.h"

#include <QtTest/QtTest>

using namespace rw;

class TestReceivedMessages : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void topicsStayWithTheirMessages() {
        WantedParts wanted;
        wanted.topic = true;
        ReceivedMessages messages(wanted);
        const std::vector<std::string> topics{"a", "b", "a", "a", "c", "b", ""};
        for (const std::string& topic : topics) {
            ReceivedMessage message;
            message.value = "v";
            message.topic = topic;
            messages.add(message);
        }
        for (std::size_t i = 0; i < topics.size(); ++i) QCOMPARE(std::string(messages.topic(i)), topics[i]);
    }

    /// Each sensor may write to a topic of its own.
    void manyTopicsTakeNoLongTime() {
        constexpr int kTopics = 50'000;
        WantedParts wanted;
        wanted.topic = true;
        ReceivedMessages messages(wanted);
        QElapsedTimer took;
        took.start();
        for (int i = 0; i < kTopics; ++i) {
            const std::string topic = "plant/line/sensor-with-a-long-name-" + std::to_string(i);
            ReceivedMessage message;
            message.value = "1";
            message.topic = topic;
            messages.add(message);
        }
        QCOMPARE(messages.size(), std::size_t{kTopics});
        QCOMPARE(std::string(messages.topic(7)), std::string("plant/line/sensor-with-a-long-name-7"));
        QVERIFY2(took.elapsed() < 3'000, std::to_string(took.elapsed()).c_str());
    }
};

QTEST_APPLESS_MAIN(TestReceivedMessages)
#include "test_received_messages.moc"
