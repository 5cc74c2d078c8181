// The reader of a Kafka source against brokers in memory: rows and their order, partitions and how they
// stand, and what it says when brokers, topics or positions are gone.
#include <QtTest/QtTest>
#include <algorithm>
#include <map>

#include "tests/unit/brokers/kafka_reading_kept.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::int16_t kFetch = 1;

}  // namespace

class TestKafkaReader : public QObject, private KafkaTopics {
    Q_OBJECT

 private Q_SLOTS:
    void aBoundedOneGivesWhatIsThereAndEnds() {
        const std::string name = topic(2);
        putInto(name, 0, numbers(0, 500));
        putInto(name, 1, numbers(500, 510));
        Reading reading(m_world, bounded(name));
        reading.until([] { return false; });
        QVERIFY2(reading.status.ok(), reading.said().c_str());
        QVERIFY(reading.ended);
        QVERIFY(reading.given.rows[name + "/0"] == numbers(0, 500));
        QVERIFY(reading.given.rows[name + "/1"] == numbers(500, 510));
        for (const auto& [partition, state] : reading.given.states)
            QVERIFY2(state == PartitionState::Ended, partition.c_str());
    }

    void anEmptyTopicEndsAtOnce() {
        Reading reading(m_world, bounded(topic()));
        reading.until([] { return false; });
        QVERIFY2(reading.ended, reading.said().c_str());
        QCOMPARE(reading.given.count, std::size_t{0});
    }

    void aLiveOneIsDrainedAndGoesOn() {
        const std::string name = topic();
        m_world.putValues(name, numbers(0, 3));
        Reading reading(m_world, of(name));
        QVERIFY2(reading.until([&] { return reading.given.count == 3; }), reading.said().c_str());
        QVERIFY(reading.until(
            [&] { return reading.nothing && reading.given.states[name + "/0"] == PartitionState::Drained; }));
        m_world.putValues(name, numbers(3, 5));
        QVERIFY(reading.until([&] { return reading.given.count == 5; }));
        QVERIFY(reading.given.rows[name + "/0"] == numbers(0, 5));
    }

    void latestBeginsBehindWhatIsThere() {
        const std::string name = topic();
        m_world.putValues(name, numbers(0, 10));
        KafkaReading how = of(name);
        how.start = KafkaReading::Start::Latest;
        Reading reading(m_world, how);
        QVERIFY2(reading.until([&] { return reading.nothing; }), reading.said().c_str());
        m_world.putValues(name, {"new"});
        QVERIFY(reading.until([&] { return reading.given.count == 1; }));
        QVERIFY(reading.given.rows[name + "/0"] == std::vector<std::string>{"new"});
    }

    void itGoesOnBehindAPosition() {
        const std::string name = topic(2);
        putInto(name, 0, numbers(0, 100));
        putInto(name, 1, numbers(100, 200));
        Reading first(m_world, bounded(name));
        QVERIFY(first.until([&] { return first.given.count > 0; }));
        const std::vector<KafkaPartition> place = first.given.place();
        QCOMPARE(place.size(), std::size_t{2});
        std::size_t before = first.given.count;
        Reading second(m_world, bounded(name), place);
        second.until([] { return false; });
        QVERIFY2(second.ended, second.said().c_str());
        QCOMPARE(before + second.given.count, std::size_t{200});
        for (const std::string& partition : {name + "/0", name + "/1"}) {
            std::vector<std::string> all = first.given.rows[partition];
            const auto& rest = second.given.rows[partition];
            all.insert(all.end(), rest.begin(), rest.end());
            QVERIFY(all == (partition.back() == '0' ? numbers(0, 100) : numbers(100, 200)));
        }
    }

    void whatCameSinceTheBeginningIsBehindTheEndOfABoundedOne() {
        const std::string name = topic();
        m_world.putValues(name, numbers(0, 5));
        Reading first(m_world, bounded(name));
        QVERIFY(first.until([&] { return !first.given.positions.empty(); }));
        m_world.putValues(name, numbers(5, 9));
        first.until([] { return false; });
        QVERIFY(first.ended);
        QVERIFY(first.given.rows[name + "/0"] == numbers(0, 5));
    }

    void aPartitionThatIsHeldGivesNothing() {
        const std::string name = topic(2);
        putInto(name, 0, numbers(0, 10));
        putInto(name, 1, numbers(10, 20));
        Reading reading(m_world, of(name));
        reading.given.held = 0;
        QVERIFY2(reading.until([&] { return reading.given.rows[name + "/1"].size() == 10; }),
                 reading.said().c_str());
        putInto(name, 1, {"more"});
        QVERIFY(reading.until([&] { return reading.given.rows[name + "/1"].size() == 11; }));
        reading.given.held = -1;
        QVERIFY(reading.until([&] { return reading.given.rows[name + "/0"].size() == 10; }));
        QVERIFY(reading.given.rows[name + "/0"] == numbers(0, 10));
    }

    /// Versions 2.2.0 to 2.13.1 of the client would go on behind the row that comes next.
    void aPartitionThatIsHeldAtItsEndLosesNoRow() {
        const std::string name = topic(2);
        const std::string held = name + "/0", other = name + "/1";
        putInto(name, 0, numbers(0, 3));
        Reading reading(m_world, of(name));
        for (int round = 0; round < 3; ++round) {
            reading.given.held = -1;
            const auto drained = [&] {
                return reading.given.rows[held].size() == static_cast<std::size_t>(3 + 2 * round) &&
                       reading.given.states[held] == PartitionState::Drained;
            };
            QVERIFY2(reading.until(drained), reading.said().c_str());
            reading.given.held = 0;
            const std::size_t before = reading.given.rows[other].size();
            putInto(name, 1, {"goes on"});
            QVERIFY(reading.until([&] { return reading.given.rows[other].size() == before + 1; }));
            putInto(name, 0, numbers(3 + 2 * round, 5 + 2 * round));
            putInto(name, 1, {"goes on"});
            QVERIFY(reading.until([&] { return reading.given.rows[other].size() == before + 2; }));
            QCOMPARE(reading.given.rows[held].size(), static_cast<std::size_t>(3 + 2 * round));
        }
        reading.given.held = -1;
        QVERIFY(reading.until([&] { return reading.given.rows[held].size() == 9; }));
        QVERIFY(reading.given.rows[held] == numbers(0, 9));
    }

    void aMissingTopicIsAnError() {
        m_world.refuseTopic("nowhere");
        Reading reading(m_world, of("nowhere"));
        reading.until([] { return false; });
        QVERIFY2(reading.said().find("no topic “nowhere”") != std::string::npos, reading.said().c_str());
    }

    void tombstonesAndEmptyMessagesAreTwoThings() {
        const std::string name = topic();
        std::vector<KafkaWorld::Message> messages(2);
        messages[1].value = "";
        messages[0].key = "k";
        m_world.put(name, messages);
        Reading reading(m_world, bounded(name));
        reading.until([] { return false; });
        QVERIFY2(reading.ended, reading.said().c_str());
        QVERIFY(reading.given.rows[name + "/0"] == (std::vector<std::string>{"NULL", ""}));
    }

    void aPositionThatIsGoneIsRefused_data() {
        QTest::addColumn<int>("lost");
        QTest::addColumn<int>("rows");
        QTest::newRow("fail") << static_cast<int>(KafkaReading::Lost::Fail) << 0;
        QTest::newRow("earliest") << static_cast<int>(KafkaReading::Lost::Earliest) << 3;
    }
    void aPositionThatIsGoneIsRefused() {
        QFETCH(const int, lost);
        QFETCH(const int, rows);
        const std::string name = topic();
        m_world.putValues(name, numbers(0, 3));
        KafkaReading how = of(name);
        how.lost = static_cast<KafkaReading::Lost>(lost);
        // Behind the end: the topic was made anew.
        Reading reading(m_world, how, {KafkaPartition{name, 0, 500, -1}});
        reading.until([&] { return rows > 0 && reading.given.count == static_cast<std::size_t>(rows); });
        if (rows == 0) {
            QVERIFY2(reading.said().find("made anew") != std::string::npos, reading.said().c_str());
            QVERIFY(reading.said().find("Position that is gone") != std::string::npos);
        } else {
            QVERIFY2(reading.status.ok(), reading.said().c_str());
            QCOMPARE(reading.given.count, std::size_t{3});
            QVERIFY(!reading.given.notes.empty());
        }
    }

    void tellsWhereItsPartitionsEnd() {
        const std::string name = topic(2);
        m_world.putValues(name, numbers(0, 3));
        Reading reading(m_world, of(name));
        QVERIFY(reading.until([&] { return reading.given.states[name + "/0"] == PartitionState::Drained; }));
        const auto endOf = [&](const std::string& partition, std::int64_t next) {
            reading.board->place(partition, next);
            for (const PartitionProgress& progress : reading.board->all()) {
                if (progress.name == partition) return progress.lag;
            }
            return std::optional<std::uint64_t>();
        };
        QVERIFY(reading.until([&] { return endOf(name + "/0", 0) == std::uint64_t{3}; }));
        QVERIFY(reading.until([&] { return endOf(name + "/1", 0) == std::uint64_t{0}; }));
        m_world.putValues(name, numbers(3, 5));
        QVERIFY(reading.until([&] { return endOf(name + "/0", 3) == std::uint64_t{2}; }));
        m_world.setDown(true);
        QVERIFY(reading.until([&] { return reading.board->all().front().nextTry != 0; }));
        m_world.setDown(false);
        QVERIFY(reading.until([&] { return reading.board->all().front().nextTry == 0; }));
    }

    void brokersThatAreAwayAreNoIdleness() {
        const std::string name = topic();
        m_world.putValues(name, numbers(0, 3));
        Reading reading(m_world, of(name));
        const std::string partition = name + "/0";
        QVERIFY(reading.until([&] { return reading.given.states[partition] == PartitionState::Drained; }));
        m_world.setDown(true);
        QVERIFY2(
            reading.until([&] { return reading.given.states[partition] == PartitionState::Disconnected; }),
            reading.said().c_str());
        QVERIFY2(reading.given.why.find("can't be reached") != std::string::npos, reading.given.why.c_str());
        m_world.setDown(false);
        QVERIFY(
            reading.until([&] { return reading.given.states[partition] != PartitionState::Disconnected; }));
        m_world.putValues(name, numbers(3, 4));
        QVERIFY(reading.until([&] { return reading.given.count == 4; }));
        QVERIFY(reading.given.rows[partition] == numbers(0, 4));
    }

    void brokersThatAreAwayAtTheStartAreWaitedFor() {
        const std::string name = topic();
        m_world.putValues(name, numbers(0, 3));
        m_world.setDown(true);
        Reading reading(m_world, of(name));
        QVERIFY2(reading.until([&] { return !reading.given.notes.empty(); }), reading.said().c_str());
        m_world.setDown(false);
        QVERIFY(reading.until([&] { return reading.given.count == 3; }));
    }

    void giveUpAfterIsTheEnd() {
        KafkaReading how = of(topic());
        how.giveUpAfter = 300;
        m_world.setDown(true);
        Reading reading(m_world, how);
        reading.until([] { return false; });
        m_world.setDown(false);
        QVERIFY2(reading.said().find("can't be reached") != std::string::npos, reading.said().c_str());
    }

    void errorsOfABrokerThatPassCostNoRow() {
        const std::string name = topic();
        m_world.putValues(name, numbers(0, 50));
        m_world.fail(kFetch, {RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                              RD_KAFKA_RESP_ERR__TRANSPORT});
        Reading reading(m_world, bounded(name));
        reading.until([] { return false; });
        QVERIFY2(reading.ended, reading.said().c_str());
        QVERIFY(reading.given.rows[name + "/0"] == numbers(0, 50));
    }

    /// The client has counted those rows as read: they come once.
    void rowsBehindAFaultThatPassesAreTaken() {
        const std::string name = topic();
        m_world.putValues(name, numbers(0, 50));
        m_world.fail(kFetch, {RD_KAFKA_RESP_ERR_UNKNOWN});
        Reading reading(m_world, of(name));
        QVERIFY2(reading.until([&] { return !reading.given.names.empty(); }), reading.said().c_str());
        QTest::qSleep(2'000);  // meanwhile the client keeps the fault, and the rows behind it
        QVERIFY2(reading.until([&] { return reading.given.count == 50; }), reading.said().c_str());
        QVERIFY(reading.given.rows[name + "/0"] == numbers(0, 50));
    }

    /// Also those of the last checkpoint, behind the last read.
    void offsetsThatAreNotCommittedAreTold() {
        KafkaReading how = of(topic());
        how.group = "away";
        m_world.setDown(true);
        Reading reading(m_world, how);
        QVERIFY(reading.reader->commit({KafkaPartition{how.topic, 0, 7, -1}}).ok());
        m_world.setDown(false);
        const std::vector<Text> notes = reading.reader->takeNotes();
        QCOMPARE(notes.size(), std::size_t{1});
        QVERIFY(english(notes.front()).find("not committed in the group “away”") != std::string::npos);
        QVERIFY(reading.reader->takeNotes().empty());
    }

    void offsetsAreCommittedInTheGroup() {
        const std::string name = topic();
        m_world.putValues(name, numbers(0, 10));
        KafkaReading how = of(name);
        how.group = "shop";
        Reading reading(m_world, how);
        QVERIFY(reading.until([&] { return reading.given.count == 10; }));
        QCOMPARE(m_world.committed("shop", name), std::int64_t{-1001});
        // A call does not wait long for its answer.
        const auto committed = [&] {
            return reading.reader->commit({KafkaPartition{name, 0, 7, -1}}).ok() &&
                   m_world.committed("shop", name) == 7;
        };
        QTRY_VERIFY_WITH_TIMEOUT(committed(), 20'000);

        how.start = KafkaReading::Start::Group;
        how.bounded = true;
        Reading behind(m_world, how);
        behind.until([] { return false; });
        QVERIFY2(behind.ended, behind.said().c_str());
        QVERIFY(behind.given.rows[name + "/0"] == numbers(7, 10));
    }
};

QTEST_APPLESS_MAIN(TestKafkaReader)
#include "test_kafka_reader.moc"
