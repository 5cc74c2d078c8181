// Partitions that come, go and have no broker, read from brokers in memory: no other one waits for them, and
// none is read from another place than its reading begins at.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/connect/kafka/kafka_partition.h"
#include "core/connect/kafka/kafka_source.h"
#include "core/data/state_writer.h"
#include "tests/unit/brokers/kafka_reading_kept.h"

using namespace rw;
using namespace rw::test;

class TestKafkaPartition : public QObject, private KafkaTopics {
    Q_OBJECT

 private Q_SLOTS:
    void itsStateIsReadBack() {
        const std::vector<KafkaPartition> all{
            {"a", 0, 7, -1}, {"a", 1, -1, -1}, {"b", 0, 3, 9}, {"c", 0, 5, -1, true}};
        StateWriter out;
        writePartitions(out, all);
        const std::string bytes = out.finish();
        const Result<StateReader> state = StateReader::open(bytes);
        QVERIFY(state.ok());
        const auto read = readPartitions(*state);
        QVERIFY(read.ok());
        QVERIFY(*read == all);
        QVERIFY(read->back().ended());
    }

    void topicsOfAPatternAreFoundLater() {
        const std::string first = topic(), other = "pattern-a";
        KafkaReading how = of("pattern-.*");
        how.isPattern = true;
        how.findEvery = 100;
        Reading reading(m_world, how);
        QVERIFY2(reading.until([&] { return reading.nothing; }), reading.said().c_str());
        const std::vector<std::string>& notes = reading.given.notes;
        QVERIFY(std::count(notes.begin(), notes.end(), "No topic matches “pattern-.*”.") == 1);
        m_world.createTopic(other);
        m_world.putValues(other, {"1"});
        QVERIFY2(reading.until([&] { return reading.given.count == 1; }), reading.said().c_str());
        QVERIFY(reading.given.names == std::vector<std::string>{"pattern-a/0"});
    }

    void aPartitionWithoutABrokerHoldsNoOtherBack() {
        const std::string name = topic(2), alive = name + "/0", dead = name + "/1";
        putInto(name, 0, numbers(0, 5));
        putInto(name, 1, numbers(5, 10));
        Reading first(m_world, of(name));
        QVERIFY2(first.until([&] { return first.given.count == 10; }), first.said().c_str());
        m_world.setLeader(name, 1, false);
        putInto(name, 0, {"more"});
        Reading second(m_world, of(name), first.given.place());
        QVERIFY2(second.until([&] { return second.given.count == 1; }), second.said().c_str());
        QVERIFY2(second.until([&] { return second.given.states[dead] == PartitionState::Disconnected; }),
                 second.said().c_str());
        QVERIFY(second.given.states[alive] != PartitionState::Disconnected);
        m_world.setLeader(name, 1, true);
        putInto(name, 1, {"back"});
        QVERIFY2(second.until([&] { return second.given.count == 2; }), second.said().c_str());
        QVERIFY(second.given.rows[dead] == std::vector<std::string>{"back"});
    }

    void aTopicWithoutABrokerThatIsFoundLaterHoldsNoOtherBack() {
        KafkaReading how = of("silent-.*");
        how.isPattern = true;
        how.findEvery = 100;
        m_world.createTopic("silent-a");
        Reading reading(m_world, how);
        QVERIFY2(reading.until([&] { return reading.nothing; }), reading.said().c_str());
        m_world.createTopic("silent-b");
        m_world.setLeader("silent-b", 0, false);
        QElapsedTimer timer;
        timer.start();
        (void)reading.until([&] { return timer.elapsed() > 500; });  // it is found meanwhile
        m_world.putValues("silent-a", {"1"});
        QVERIFY2(reading.until([&] { return reading.given.count == 1; }), reading.said().c_str());
        m_world.setLeader("silent-b", 0, true);
        m_world.putValues("silent-b", {"2"});
        QVERIFY2(reading.until([&] { return reading.given.count == 2; }), reading.said().c_str());
        QVERIFY(reading.given.rows["silent-b/0"] == std::vector<std::string>{"2"});
    }

    void aPartitionWithoutABrokerAtTheStartHoldsNoOtherBack_data() {
        QTest::addColumn<bool>("ends");
        QTest::newRow("live") << false;
        QTest::newRow("bounded") << true;
    }
    void aPartitionWithoutABrokerAtTheStartHoldsNoOtherBack() {
        QFETCH(const bool, ends);
        const std::string name = topic(2), alive = name + "/0", dead = name + "/1";
        putInto(name, 0, numbers(0, 5));
        putInto(name, 1, numbers(5, 10));
        m_world.setLeader(name, 1, false);
        Reading reading(m_world, ends ? bounded(name) : of(name));
        QVERIFY2(reading.until([&] { return reading.given.rows[alive].size() == 5; }),
                 reading.said().c_str());
        QVERIFY(reading.until([&] { return reading.given.states[dead] == PartitionState::Disconnected; }));
        QVERIFY(!reading.ended);
        QCOMPARE(reading.given.positions.at(1).next, std::int64_t{-1});
        m_world.setLeader(name, 1, true);
        QVERIFY2(reading.until([&] { return reading.given.rows[dead].size() == 5; }), reading.said().c_str());
        QVERIFY(reading.given.rows[dead] == numbers(5, 10));
        if (!ends) return;
        (void)reading.until([] { return false; });
        QVERIFY(reading.ended);
    }

    /// Its beginning is that of the reading, though the run was resumed meanwhile: nothing was written since.
    void whatHadNoBrokerBeginsWhereTheReadingDoes() {
        const std::string name = topic(2), dead = name + "/1";
        putInto(name, 1, numbers(0, 5));
        m_world.setLeader(name, 1, false);
        KafkaReading how = of(name);
        how.start = KafkaReading::Start::Latest;
        Reading first(m_world, how);
        QVERIFY2(first.until([&] { return first.given.states[dead] == PartitionState::Disconnected; }),
                 first.said().c_str());
        m_world.setLeader(name, 1, true);
        Reading second(m_world, how, first.given.place());
        QVERIFY2(second.until([&] { return second.given.positions.at(1).next == 5; }), second.said().c_str());
        putInto(name, 1, {"new"});
        QVERIFY(second.until([&] { return second.given.count == 1; }));
        QVERIFY(second.given.rows[dead] == std::vector<std::string>{"new"});
    }

    /// Nothing was there at the start: what comes, came later, also for a run that is resumed.
    void topicsThatCameLaterAreReadFromTheirBeginning() {
        KafkaReading how = of("later-.*");
        how.isPattern = true;
        how.start = KafkaReading::Start::Latest;
        Reading first(m_world, how);
        QVERIFY2(first.until([&] { return first.nothing; }), first.said().c_str());
        QVERIFY(*first.foundNothing);
        m_world.createTopic("later-a");
        m_world.putValues("later-a", numbers(0, 3));
        Reading second(m_world, how, {}, true);
        QVERIFY2(second.until([&] { return second.given.count == 3; }), second.said().c_str());
    }

    /// Else a run that resumes would take the rows that came meanwhile for older ones.
    void theStateSaysThatItHasLooked() {
        MessageFormat format;
        format.kind = FormatKind::Text;
        const auto columns = std::make_shared<Schema>(Schema{{{"line", Type::of(TypeId::String)}}});
        format.columns = *columns;
        format.parts.resize(1);
        DecoderOptions decoding;
        decoding.schema = columns;
        KafkaSourceOptions options;
        options.reading = of("nothing-.*");
        options.reading.isPattern = true;
        options.reading.start = KafkaReading::Start::Latest;
        options.decoder = makeMessageDecoder(format, decoding);
        MakeContext context;
        context.clock = systemClock();
        KafkaSource source(context, m_world.connection(), std::move(options));
        const auto looked = [&source] {
            StateWriter out;
            if (!source.snapshot(out).ok()) return false;
            const std::string bytes = out.finish();
            const Result<StateReader> state = StateReader::open(bytes);
            return state.ok() && state->has("looked");
        };
        QVERIFY(source.open().ok());
        QVERIFY(!looked());
        const auto polled = [&] {
            std::unique_ptr<Chunk> chunk;
            return source.poll(chunk).ok() && looked();
        };
        QTRY_VERIFY_WITH_TIMEOUT(polled(), 20'000);
    }

    void aTopicOfAPatternThatIsDroppedEndsAlone() {
        m_world.createTopic("drop-a");
        m_world.createTopic("drop-b");
        m_world.putValues("drop-a", {"1"});
        m_world.putValues("drop-b", {"2"});
        KafkaReading how = of("drop-.*");
        how.isPattern = true;
        how.missingFor = 500;
        how.findEvery = 100;
        Reading reading(m_world, how);
        QVERIFY2(reading.until([&] { return reading.given.count == 2; }), reading.said().c_str());
        m_world.dropTopic("drop-a");
        QVERIFY2(reading.until([&] { return reading.given.states["drop-a/0"] == PartitionState::Ended; }),
                 reading.said().c_str());
        QVERIFY(reading.given.notes.back().find("drop-a/0 is there no longer") != std::string::npos);
        QVERIFY(reading.given.positions.at(0).gone);
        m_world.putValues("drop-b", {"3"});
        QVERIFY2(reading.until([&] { return reading.given.count == 3; }), reading.said().c_str());
        // A run that resumes goes on without it, too.
        Reading second(m_world, how, reading.given.place());
        m_world.putValues("drop-b", {"4"});
        QVERIFY2(second.until([&] { return second.given.count == 1; }), second.said().c_str());
    }

    /// Brokers that have just started learn of their topics a moment later.
    void aTopicThatIsUnknownForAMomentIsReadOn() {
        const std::string name = topic();
        m_world.putValues(name, {"1"});
        KafkaReading how = of(name);
        how.findEvery = 100;
        Reading reading(m_world, how);
        QVERIFY2(reading.until([&] { return reading.given.count == 1; }), reading.said().c_str());
        m_world.dropTopic(name);
        QVERIFY2(
            reading.until([&] { return reading.given.states[name + "/0"] == PartitionState::Disconnected; }),
            reading.said().c_str());
        m_world.giveBackTopic(name);
        m_world.putValues(name, {"2"});
        QVERIFY2(reading.until([&] { return reading.given.count == 2; }), reading.said().c_str());
    }

    void aTopicThatIsDroppedIsTheEnd() {
        const std::string name = topic();
        m_world.putValues(name, {"1"});
        KafkaReading how = of(name);
        how.missingFor = 500;
        how.findEvery = 100;
        Reading reading(m_world, how);
        QVERIFY2(reading.until([&] { return reading.given.count == 1; }), reading.said().c_str());
        m_world.dropTopic(name);
        (void)reading.until([] { return false; });
        QVERIFY2(reading.said().find("no topic") != std::string::npos, reading.said().c_str());
        QVERIFY2(reading.status.error().lasts, "the run is not tried again ten times");
    }
};

QTEST_APPLESS_MAIN(TestKafkaPartition)
#include "test_kafka_partition.moc"
