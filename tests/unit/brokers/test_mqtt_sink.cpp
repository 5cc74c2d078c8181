// The sink of an MQTT broker against one in memory: what a checkpoint waits for, topics by a column, and what
// happens when the broker goes away.
#include <QtTest/QtTest>
#include <algorithm>
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

}  // namespace

class TestMqttSink : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aCheckpointWaitsUntilAllIsTaken() {
        MqttWorld world;
        const MqttTarget to = target();
        MqttSink sink(to, context(), world.connection(), std::nullopt);
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
        const MqttTarget to = target();
        MqttSink sink(to, context(), world.connection(), std::nullopt);
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
        MqttSink sink(to, context(), world.connection(), std::nullopt);
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
        const MqttTarget to = target();
        MqttSink sink(to, context(), world.connection(), std::nullopt);
        const Status opened = sink.open();
        QVERIFY(!opened.ok());
        QVERIFY(opened.error().code == ErrorCode::Denied);
    }

    /// It answers, but takes nothing: there is no room for more.
    void aFullBrokerHoldsNoStopBack() {
        MqttWorld world;
        const MqttTarget to = target();
        MakeContext stopped = context();
        std::atomic<bool> stopping{false};
        stopped.stopping = [&stopping] { return stopping.load(); };
        MqttSink sink(to, stopped, world.connection(), std::nullopt);
        QVERIFY(sink.open().ok());
        world.setTakes(false);
        QVERIFY(sink.onBatch(lines(0, 1'000)).ok());
        std::thread later([&stopping] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            stopping = true;
        });
        QElapsedTimer took;
        took.start();
        const Status status = sink.onBatch(lines(1'000, 1'001));
        later.join();
        QVERIFY(!status.ok());
        QVERIFY2(took.elapsed() < 1'500, std::to_string(took.elapsed()).c_str());
    }

    /// QoS 0 waits for no answer: what the socket does not take must not pile up in memory.
    void longMessagesWithoutAnswersAreThere() {
        MqttWorld world;
        MqttTarget to = target();
        to.qos = 0;
        MqttSink sink(to, context(), world.connection(), std::nullopt);
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
        const MqttTarget to = target();
        MqttSink sink(to, context(), world.connection(), std::nullopt);
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

    void aRunThatIsStoppedWaitsNoLonger() {
        MqttWorld world;
        const MqttTarget to = target();
        MakeContext stopped = context();
        std::atomic<bool> stopping{false};
        stopped.stopping = [&stopping] { return stopping.load(); };
        MqttSink sink(to, stopped, world.connection(), std::nullopt);
        QVERIFY(sink.open().ok());
        world.setTakes(false);
        QVERIFY(sink.onBatch(lines(0, 3)).ok());
        world.setAway(true);
        stopping = true;
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
