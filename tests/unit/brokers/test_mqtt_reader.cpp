// The reader of an MQTT source against a broker in memory: what is acknowledged and when, sessions, what it
// says of a broker that refuses, forgets or is away.
#include <QtTest/QtTest>
#include <algorithm>
#include <cerrno>
#include <thread>

#include "core/connect/mqtt/mqtt_reader.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/worlds/mqtt_world.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kPatience = 30'000;  // milliseconds

/// Keeps what a reader gives.
class TakenRows final : public ReadOutput {
 public:
    void give(std::unique_ptr<Chunk> chunk, std::size_t, int) override {
        const auto& piece = static_cast<const JournalChunk&>(*chunk);
        for (std::size_t i = 0; i < piece.messages.size(); ++i) {
            rows.emplace_back(*piece.messages.value(i));
            topics.emplace_back(piece.messages.topic(i));
            retained.emplace_back(piece.messages.header(i, 0).value_or("NULL"));
        }
        behind = piece.behind;
    }
    int partition(const std::string&) override { return 0; }
    void tell(PartitionState now, Text reason, int) override {
        state = now;
        if (!reason.empty()) why = english(reason);
    }
    void note(Text text) override { notes.push_back(english(text)); }
    bool wants(int) const override { return true; }

    std::vector<std::string> rows{}, topics{}, retained{}, notes{};
    PartitionState state = PartitionState::Live;
    std::string why{};
    std::uint64_t behind = 0;
};

std::vector<std::string> messagesOf(int from, int until) {
    std::vector<std::string> out;
    for (int i = from; i < until; ++i) out.push_back("m" + std::to_string(i));
    return out;
}

/// A program that reads, as far as it comes.
class Program {
 public:
    Program(const MqttWorld& world, const std::shared_ptr<MemoryOutputs>& disk, MqttReading how = {},
            const std::optional<JournalPosition>& from = {}) {
        JournalOptions options;
        options.path = disk ? "/d/.x.rill-journal" : "";
        options.files = disk;
        options.id = "first run";
        journal = *Journal::open(std::move(options), from);
        JournalReading reading;
        reading.journal = journal;
        reading.wanted.topic = true;
        reading.wanted.headers = {"retained"};
        if (how.filter.empty()) how.filter = "t/#";
        how.clientId = "program";
        how.clock = systemClock();
        reader = std::make_unique<MqttReader>(std::move(reading), world.connection(), std::move(how));
    }
    /// Until that holds, or an error. Whether it holds.
    template <class Done>
    bool until(Done done) {
        const std::int64_t end = systemClock()->steadyMillis() + kPatience;
        while (systemClock()->steadyMillis() < end && status.ok()) {
            if (done()) return true;
            const Result<SourceReader::Read> read = reader->read(20, given);
            status = read.status();
        }
        return done();
    }
    bool untilRows(std::size_t count) {
        return until([&] { return given.rows.size() >= count; });
    }
    bool isSaid(const char* words) const {
        return std::any_of(given.notes.begin(), given.notes.end(), [words](const std::string& note) {
            return note.find(words) != std::string::npos;
        });
    }

    std::shared_ptr<Journal> journal{};
    std::unique_ptr<MqttReader> reader{};
    TakenRows given{};
    Status status{};
};

}  // namespace

class TestMqttReader : public QObject {
    Q_OBJECT

    MqttWorld m_world{};
    const std::shared_ptr<MemoryOutputs> m_disk = std::make_shared<MemoryOutputs>();

    void publish(int from, int until, const std::string& topic = "t/x") {
        for (const std::string& message : messagesOf(from, until)) m_world.publish(topic, message);
    }
    bool ready(Program& program) {
        return program.until([this] { return !m_world.filters().empty(); });
    }

 private Q_SLOTS:
    void messagesComeInOrderAndAreAcknowledged() {
        Program program(m_world, m_disk);
        QVERIFY(ready(program));
        publish(0, 2'000);
        QVERIFY(program.untilRows(2'000));
        QVERIFY(program.given.rows == messagesOf(0, 2'000));
        QCOMPARE(program.given.topics.front(), std::string("t/x"));
        QCOMPARE(program.given.retained.front(), std::string("false"));
        QVERIFY(program.until([this] { return m_world.acknowledged() == 2'000; }));
        QCOMPARE(program.given.behind, std::uint64_t{2'000});
        QVERIFY(program.journal->figures().bytes > 0);
    }

    void messagesOfNoBytesAndOfManyAreMessages() {
        Program program(m_world, m_disk);
        QVERIFY(ready(program));
        const std::string large(std::size_t{1} << 20, 'x');
        std::thread publisher([&] {
            m_world.publish("t/x", "");
            m_world.publish("t/x", large);
            m_world.publish("t/x", "");
        });
        const bool came = program.untilRows(3);
        publisher.join();
        QVERIFY(came);
        QVERIFY(program.given.rows == (std::vector<std::string>{"", large, ""}));
        QVERIFY(program.until([this] { return m_world.acknowledged() == 3; }));
    }

    void nothingIsAcknowledgedBeforeItIsOnDisk() {
        Program program(m_world, m_disk);
        QVERIFY(ready(program));
        std::size_t before = 0;
        m_disk->fails = [&](const std::string& what, const std::string&) {
            if (what == "sync") before = std::max(before, m_world.acknowledged());
            return what == "sync" ? EIO : 0;
        };
        publish(0, 10);
        QVERIFY(program.until([&] { return program.given.state == PartitionState::Disconnected; }));
        QCOMPARE(m_world.acknowledged(), std::size_t{0});
        QCOMPARE(before, std::size_t{0});
        QCOMPARE(m_world.unacknowledged(), std::size_t{10});
        QVERIFY(program.given.rows.empty());
        QVERIFY(program.isSaid("can't be taken now"));
        // There is room again.
        m_disk->fails = [](const std::string&, const std::string&) { return 0; };
        QVERIFY(program.untilRows(10));
        QVERIFY(program.given.rows == messagesOf(0, 10));
        QVERIFY(program.given.state == PartitionState::Live);
        QVERIFY(program.until([this] { return m_world.unacknowledged() == 0; }));
    }

    void aKilledProgramHasTheRestInItsJournal() {
        std::string id;
        {
            Program program(m_world, m_disk);
            QVERIFY(ready(program));
            publish(0, 50);
            QVERIFY(program.untilRows(50));
            id = program.journal->begin().journal;
            QVERIFY(program.until([this] { return m_world.acknowledged() == 50; }));
        }
        m_world.awaitClients(0);
        publish(50, 60);  // while it is away
        Program next(m_world, m_disk, {}, JournalPosition{id, 30});
        QVERIFY(next.untilRows(30));
        QVERIFY(next.given.rows == messagesOf(30, 60));
    }

    void aBrokerThatForgotIsAskedAgain() {
        Program program(m_world, m_disk);
        QVERIFY(ready(program));
        publish(0, 5);
        QVERIFY(program.untilRows(5));
        m_world.setAway(true);
        QVERIFY(program.until([&] { return program.given.state == PartitionState::Disconnected; }));
        QVERIFY(!program.given.why.empty());
        m_world.awaitClients(0);
        m_world.forgetSessions();
        const std::size_t asked = m_world.filters().size();
        m_world.setAway(false);
        QVERIFY(program.until([&] { return m_world.filters().size() > asked; }));
        QVERIFY(program.until([&] { return program.given.state == PartitionState::Live; }));
        publish(5, 10);
        QVERIFY(program.untilRows(10));
        QVERIFY(program.isSaid("did not know this client any more"));
    }

    /// Two clients of one id drive each other out: that is no news each time, nor worth a storm of
    /// connections.
    void whoIsDrivenOutComesBackInPauses() {
        Program program(m_world, m_disk);
        QVERIFY(ready(program));
        QElapsedTimer took;
        took.start();
        for (int i = 0; i < 3; ++i) {
            m_world.cutClients();
            QVERIFY(program.until([&] { return program.given.state == PartitionState::Disconnected; }));
            QVERIFY(program.until([&] { return program.given.state == PartitionState::Live; }));
        }
        QVERIFY(took.elapsed() >= 1'500);
        const auto told = std::count_if(
            program.given.notes.begin(), program.given.notes.end(),
            [](const std::string& note) { return note.find("can't be taken now") != std::string::npos; });
        QVERIFY2(told <= 2, std::to_string(told).c_str());
    }

    void aBrokerThatKnowsItGivesWhatCameMeanwhile() {
        Program program(m_world, m_disk);
        QVERIFY(ready(program));
        m_world.setAway(true);
        QVERIFY(program.until([&] { return program.given.state == PartitionState::Disconnected; }));
        publish(0, 5);
        m_world.setAway(false);
        QVERIFY(program.untilRows(5));
        QVERIFY(!program.isSaid("did not know"));
    }

    void retainedMessagesSaySo() {
        m_world.publish("t/kept", "old", true);
        Program program(m_world, m_disk);
        QVERIFY(program.untilRows(1));
        QCOMPARE(program.given.retained.front(), std::string("true"));
    }

    void refusalsEndTheRun_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("kind");
        QTest::newRow("password") << 4 << static_cast<int>(ErrorCode::Denied);
        QTest::newRow("rights") << 5 << static_cast<int>(ErrorCode::Denied);
        QTest::newRow("id") << 2 << static_cast<int>(ErrorCode::Refused);
    }
    void refusalsEndTheRun() {
        QFETCH(int, code);
        QFETCH(int, kind);
        MqttWorld world;
        world.refuse(code);
        Program program(world, m_disk);
        (void)program.until([&] { return !program.status.ok(); });
        QVERIFY(!program.status.ok());
        QCOMPARE(static_cast<int>(program.status.error().code), kind);
        QVERIFY(!program.status.error().fix.empty());
    }

    void aTopicThatMayNotBeReadEndsTheRun() {
        MqttWorld world;
        world.setGranted(128);
        Program program(world, m_disk);
        (void)program.until([&] { return !program.status.ok(); });
        QVERIFY(!program.status.ok());
        QVERIFY(program.status.error().code == ErrorCode::Denied);
    }

    void lessThanWasAskedForIsTold() {
        MqttWorld world;
        world.setGranted(0);
        Program program(world, m_disk);
        QVERIFY(program.until([&] { return program.isSaid("QoS 0 only"); }));
    }

    void itGivesUpAfterThatTime() {
        MqttWorld world;
        world.setAway(true);
        MqttReading how;
        how.giveUpAfter = 1;
        Program program(world, m_disk, how);
        (void)program.until([&] { return !program.status.ok(); });
        QVERIFY(!program.status.ok());
        QVERIFY(program.status.error().code == ErrorCode::Io);
    }

    void filtersMatchAsTheBrokerDoes() {
        QVERIFY(matchesFilter("a/+/c", "a/b/c"));
        QVERIFY(!matchesFilter("a/+/c", "a/b/d"));
        QVERIFY(matchesFilter("$share/readers/a/#", "a/b/d"));
        QVERIFY(usableFilter("$share/readers/a/#").ok());
        QVERIFY(!usableFilter("a/#/b").ok() && !usableFilter("").ok() &&
                !usableFilter("$share/readers").ok());
        QVERIFY(usableTopic("a/b").ok() && !usableTopic("a/+").ok() && !usableTopic("").ok());
    }

    void init() {
        for (const auto& [path, content] : m_disk->contents()) m_disk->remove(path);
        m_disk->fails = [](const std::string&, const std::string&) { return 0; };
        m_world.cutClients();
        m_world.awaitClients(0);
        m_world.forgetAll();
    }
};

QTEST_APPLESS_MAIN(TestMqttReader)
#include "test_mqtt_reader.moc"
