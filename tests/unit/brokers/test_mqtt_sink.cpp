// The sink of an MQTT broker against one in memory: what a checkpoint waits for, topics by a column, and what
// happens when the broker goes away.
#include <QtTest/QtTest>
#include <algorithm>
#include <atomic>
#include <optional>
#include <set>
#include <thread>

#include "core/connect/mqtt/mqtt_sink.h"
#include "tests/support/batch_of.h"
#include "tests/support/worlds/mqtt_world.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kRows = schemaOf({{"topic", Type(TypeId::String)}, {"line", Type(TypeId::String)}});

Batch lines(int from, int until, const std::string& topic = "t/x") {
    Rows rows;
    for (int i = from; i < until; ++i) rows.push_back({Value(topic), Value("r" + std::to_string(i))});
    return batchOf(kRows, rows);
}

MqttTarget target() {
    MqttTarget made;
    made.topic = "t/x";
    made.encoder.schema = kRows;
    made.encoder.format = FormatKind::Text;
    made.encoder.text = 1;
    made.encoder.key = {0};
    return made;
}

MakeContext context() {
    MakeContext made;
    made.node = "out";
    made.clock = systemClock();
    made.checkpoints = "line";
    return made;
}

/// A sink, and how its run is stopped.
struct Sinking {
    explicit Sinking(const MqttWorld& world, MqttTarget into = target()) : to(std::move(into)) {
        MakeContext made = context();
        made.stopping = [this] { return stopping.load(); };
        sink.emplace(to, made, world.connection(), std::nullopt);
    }
    std::atomic<bool> stopping{false};
    const MqttTarget to;
    std::optional<MqttSink> sink{};
};

}  // namespace

class TestMqttSink : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// They were read before anything was sent that could fail.
    void whatTheBrokerHasTakenIsNotSentAgain() {
        MqttWorld world;
        Sinking sinking(world);
        MqttSink& sink = *sinking.sink;
        QVERIFY(sink.open().ok());
        QVERIFY(sink.onBatch(lines(0, 10)).ok());
        for (int tries = 0; tries < 1'000 && world.taken().size() < 10; ++tries) QTest::qSleep(10);
        world.resetClients();
        QVERIFY(sink.onBatch(lines(10, 11)).ok());
        QVERIFY(sink.prepare(1).ok());
        QCOMPARE(world.taken().size(), std::size_t{11});
        sink.close();
    }

    void aPasswordIsNotSentToAnotherComputerInTheClear() {
        int asked = 0;
        const Connection plant{"plant",
                               "mqtt",
                               {{"address", "192.0.2.1:1883"}, {"tls", "off"}, {"user", "me"}},
                               {{"password", {SecretRef::Kind::Environment, "PLANT"}}}};
        const auto all = std::make_shared<const Connections>(std::vector<Connection>{plant},
                                                             [&asked](const SecretRef&) -> Result<Secret> {
                                                                 ++asked;
                                                                 return Secret("hunter2");
                                                             });
        const MqttTarget to = target();
        MqttSink sink(to, context(), NodeConnection(plant, all), std::nullopt);
        const Status opened = sink.open();
        QVERIFY(!opened.ok());
        QVERIFY(english(opened.error()).find("Switch TLS on") != std::string::npos);
        QCOMPARE(asked, 0);
    }

    void aCheckpointWaitsUntilAllIsTaken() {
        MqttWorld world;
        Sinking sinking(world);
        MqttSink& sink = *sinking.sink;
        QVERIFY(sink.open().ok());
        world.setTakes(false);
        QVERIFY(sink.onBatch(lines(0, 10)).ok());
        std::thread later([&world] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            world.setTakes(true);
            world.cutClients();  // it sends them again when it is back
        });
        const bool prepared = sink.prepare(1).ok();
        later.join();
        QVERIFY(prepared);
        QVERIFY(sink.commit(1).ok());
        const std::vector<std::string> taken = world.taken();
        QCOMPARE(taken.size(), std::size_t{10});
        QCOMPARE(taken.front(), std::string("t/x=r0"));
        QVERIFY(!sink.takeNotes().empty());
        sink.close();
    }

    void manyRowsGoAtOnce() {
        MqttWorld world;
        Sinking sinking(world);
        MqttSink& sink = *sinking.sink;
        QVERIFY(sink.open().ok());
        for (int i = 0; i < 10; ++i) QVERIFY(sink.onBatch(lines(500 * i, 500 * (i + 1))).ok());
        QVERIFY(sink.onEnd().ok());
        QCOMPARE(world.taken().size(), std::size_t{5'000});
        sink.close();
    }

    void aColumnHasTheTopic() {
        MqttWorld world;
        MqttTarget to = target();
        to.topic.clear();
        to.topicColumn = 0;
        Sinking sinking(world, to);
        MqttSink& sink = *sinking.sink;
        QVERIFY(sink.open().ok());
        QVERIFY(sink.onBatch(lines(0, 1, "a/b")).ok());
        QVERIFY(sink.onBatch(lines(1, 2, "a/+")).ok());
        const std::vector<Sink::Unwritable> left = sink.takeUnwritable();
        QCOMPARE(left.size(), std::size_t{1});
        QVERIFY(english(left.front().reason).find("a/+") != std::string::npos);
        QVERIFY(sink.prepare(1).ok());
        QVERIFY(world.taken() == std::vector<std::string>{"a/b=r0"});
        sink.close();
    }

    void aBrokerThatRefusesKeepsTheRunFromStarting() {
        MqttWorld world;
        world.refuse(5);
        Sinking sinking(world);
        MqttSink& sink = *sinking.sink;
        const Status opened = sink.open();
        QVERIFY(!opened.ok());
        QVERIFY(opened.error().code == ErrorCode::Denied);
    }

    /// It answers, but takes nothing: there is no room for more.
    void aFullBrokerHoldsNoStopBack() {
        MqttWorld world;
        Sinking sinking(world);
        MqttSink& sink = *sinking.sink;
        QVERIFY(sink.open().ok());
        world.setTakes(false);
        QVERIFY(sink.onBatch(lines(0, 1'000)).ok());
        std::thread later([&sinking] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            sinking.stopping = true;
        });
        QElapsedTimer took;
        took.start();
        const Status status = sink.onBatch(lines(1'000, 1'001));
        later.join();
        QVERIFY(!status.ok());
        QVERIFY2(took.elapsed() < 20'000, std::to_string(took.elapsed()).c_str());
    }

    /// QoS 0 waits for no answer: what the socket does not take must not pile up in memory.
    void longMessagesWithoutAnswersAreThere() {
        MqttWorld world;
        MqttTarget to = target();
        to.qos = 0;
        Sinking sinking(world, to);
        MqttSink& sink = *sinking.sink;
        QVERIFY(sink.open().ok());
        Rows rows;
        for (int i = 0; i < 40; ++i) rows.push_back({Value("t/x"), Value(std::string(200'000, 'x'))});
        QVERIFY(sink.onBatch(batchOf(kRows, rows)).ok());
        QVERIFY(sink.onEnd().ok());
        for (int tries = 0; tries < 1'000 && world.taken().size() < 40; ++tries) QTest::qSleep(10);
        QCOMPARE(world.taken().size(), std::size_t{40});
        sink.close();
    }

    void aBrokerThatDropsThisClientIsAskedInPauses() {
        MqttWorld world;
        Sinking sinking(world);
        MqttSink& sink = *sinking.sink;
        QVERIFY(sink.open().ok());
        QElapsedTimer took;
        took.start();
        for (int i = 0; i < 4; ++i) {
            world.cutClients();
            QTest::qSleep(50);
            QVERIFY(sink.onBatch(lines(i, i + 1)).ok());
            QVERIFY(sink.onIdle().ok());
        }
        QVERIFY2(took.elapsed() >= 1'000, "it waits longer each time");
        QVERIFY2(sink.takeNotes().size() <= 2, "and does not tell it each time");
        QVERIFY(sink.prepare(1).ok());
        // Those whose acknowledgement was lost with a connection come again.
        const std::vector<std::string> taken = world.taken();
        QCOMPARE(std::set<std::string>(taken.begin(), taken.end()).size(), std::size_t{4});
        sink.close();
    }

    /// Else a stop that meets a connection which is just being made again reads as “cancelled”.
    void aStopTellsWhyThereIsNoConnection() {
        MqttWorld world;
        Sinking sinking(world);
        MqttSink& sink = *sinking.sink;
        QVERIFY(sink.open().ok());
        world.setAway(true);
        std::thread later([&sinking] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            sinking.stopping = true;
        });
        Status status;
        for (int tries = 0; tries < 500 && status.ok(); ++tries) {
            status = sink.onIdle();
            QTest::qSleep(2);
        }
        later.join();
        QVERIFY(!status.ok());
        QCOMPARE(status.error().code, ErrorCode::Io);
    }

    void aRunThatIsStoppedWaitsNoLonger() {
        MqttWorld world;
        Sinking sinking(world);
        MqttSink& sink = *sinking.sink;
        QVERIFY(sink.open().ok());
        world.setTakes(false);
        QVERIFY(sink.onBatch(lines(0, 3)).ok());
        world.setAway(true);
        sinking.stopping = true;
        QElapsedTimer took;
        took.start();
        (void)sink.prepare(1);
        sink.abort();
        QVERIFY(took.elapsed() < 5'000);
        const std::vector<Text> notes = sink.takeNotes();
        QVERIFY(std::any_of(notes.begin(), notes.end(), [](const Text& note) {
            return english(note).find("not known of 3 messages") != std::string::npos;
        }));
    }
};

QTEST_APPLESS_MAIN(TestMqttSink)
#include "test_mqtt_sink.moc"
