// Where reading of a real Kafka begins, goes on and ends: starts, groups, topics and partitions that come, go
// and lose rows.
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/servers/kafka_fixture.h"

using rw::servers::comes;
using rw::servers::csvSink;
using rw::servers::GroupMember;
using rw::servers::KafkaFixture;
using rw::servers::KafkaRow;
using rw::servers::source;
using rw::servers::wired;
using rw::testing::describe;
using rw::testing::Ended;

namespace {

const QStringList kOften{"--checkpoint-every", "300ms", "--checkpoint-dir", "kept"};

/// “text” messages of these numbers.
std::vector<std::string> numbersTo(int from, int to) {
    std::vector<std::string> all;
    for (int i = from; i < to; ++i) all.push_back(std::to_string(i));
    return all;
}

QByteArrayList plusText(const QByteArrayList& more) {
    return QByteArrayList{"\"format\": \"text\""} + more;
}

}  // namespace

class TestKafkaPositions : public QObject {
    Q_OBJECT

    static void write(const KafkaFixture& fixture, const QByteArray& topic, const QByteArrayList& more) {
        fixture.pipeline(
            "reads",
            {source(topic, "v STRING, o BIGINT FROM OFFSET", plusText(more)), csvSink("out", "out.csv")},
            {wired("src.out", "out.in")});
    }

    /// Reads ten rows, stops behind a checkpoint, and leaves a topic of 20 rows of which 15 are gone.
    static void losePosition(const KafkaFixture& fixture, const QByteArray& topic) {
        const std::string name = topic.toStdString();
        fixture.kafka().putValues(name, numbersTo(0, 10));
        write(fixture, topic, {"\"group\": \"" + topic + '"'});
        const std::unique_ptr<QProcess> run = fixture.beginIt("reads", kOften);
        QVERIFY(comes([&] { return fixture.kafka().committed(name, name) == 10; }));
        const Ended ended = fixture.stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        fixture.kafka().putValues(name, numbersTo(10, 20));
        fixture.kafka().deleteBefore(name, 0, 15);
    }

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_KAFKA"), "run it by tests/run --servers");
    }

    void starts_data() {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<int>("rows");
        QTest::newRow("earliest") << QByteArray("\"start\": \"earliest\"") << 10;
        QTest::newRow("latest") << QByteArray("\"start\": \"latest\"") << 0;
        QTest::newRow("time") << QByteArray("\"start\": \"time\", \"start_time\": \"2023-11-14 22:13:25\"")
                              << 5;
        QTest::newRow("a time to come")
            << QByteArray("\"start\": \"time\", \"start_time\": \"2093-11-14 22:13:25\"") << 0;
        QTest::newRow("a group that read nothing")
            << QByteArray("\"start\": \"group\", \"group\": \"nobody-knows-it\"") << 10;
    }
    void starts() {
        QFETCH(const QByteArray, more);
        QFETCH(const int, rows);
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("starts");
        std::vector<KafkaRow> all;
        for (int i = 0; i < 10; ++i) {
            KafkaRow& row = all.emplace_back();
            row.value = std::to_string(i);
            row.timestamp = 1700000000000 + i * 1000;
        }
        fixture.kafka().put(topic.toStdString(), all);
        write(fixture, topic, {more, "\"end\": \"latest\""});
        const Ended ended = fixture.runIt("reads");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv").size(), rows);
    }

    /// They are the group's when a checkpoint is durable, and one that begins there goes on behind them.
    void aGroupSeesWhatCheckpointsHave() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("group");
        const std::string name = topic.toStdString();
        fixture.kafka().putValues(name, numbersTo(0, 5));
        write(fixture, topic, {"\"group\": \"" + topic + '"'});
        const std::unique_ptr<QProcess> never =
            fixture.beginIt("reads", {"--checkpoint-every", "0s", "--metrics", "m.json"});
        QVERIFY(comes([&] { return fixture.rowsIn("out.csv").size() == 5; }));
        QVERIFY(fixture.kafka().committed(name, name) < 0);
        QCOMPARE(fixture.stop(*never).status, 0);
        const std::unique_ptr<QProcess> run = fixture.beginIt("reads", kOften);
        QVERIFY(comes([&] { return fixture.kafka().committed(name, name) == 5; }));
        fixture.kafka().putValues(name, numbersTo(5, 9));
        QVERIFY(comes([&] { return fixture.kafka().committed(name, name) == 9; }));
        QCOMPARE(fixture.stop(*run).status, 0);
        fixture.kafka().putValues(name, numbersTo(9, 11));
        write(fixture, topic, {"\"group\": \"" + topic + '"', "\"start\": \"group\"", "\"end\": \"latest\""});
        const Ended ended = fixture.runIt("reads");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv"), (QByteArrayList{"10,10", "9,9"}));
    }

    void aGroupThatAnotherProgramReadsWith() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("shared");
        const std::string name = topic.toStdString();
        fixture.kafka().putValues(name, numbersTo(0, 5));
        GroupMember other(fixture.kafka(), name, name);
        write(fixture, topic, {"\"group\": \"" + topic + '"'});
        const std::unique_ptr<QProcess> run = fixture.beginIt("reads", kOften);
        QByteArray said;
        QVERIFY(comes([&] {
            other.poll();
            (void)run->waitForReadyRead(10);
            said += run->readAllStandardError();
            return said.contains("Another program reads as a member of the group");
        }));
        const Ended ended = fixture.stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        // Once, and not with each checkpoint.
        const QByteArrayList lines = (said + ended.err).split('\n');
        const auto notes = std::count_if(lines.begin(), lines.end(), [](const QByteArray& line) {
            return line.startsWith("note: src: Another program reads");
        });
        QVERIFY2(notes == 1, describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv").size(), 5);
    }

    void topicsOfAPattern() {
        const KafkaFixture fixture;
        const QByteArray one = fixture.topic("of-1"), two = fixture.topic("of-2"),
                         not_ = fixture.topic("other");
        for (const QByteArray& each : {one, two, not_})
            fixture.kafka().putValues(each.toStdString(), {each.toStdString()});
        write(fixture, "/" + fixture.topicName("of-.*") + "/", {"\"end\": \"latest\""});
        const Ended ended = fixture.runIt("reads");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv"), (QByteArrayList{one + ",0", two + ",0"}));
        write(fixture, "/" + fixture.topicName("none-.*") + "/", {"\"end\": \"latest\""});
        const Ended none = fixture.runIt("reads");
        QVERIFY2(none.status == 0 && none.err.contains("No topic matches"), describe(none).constData());
    }

    /// Found within half a minute, and read from their beginning.
    void topicsAndPartitionsThatComeLater() {
        const KafkaFixture fixture;
        const QByteArray first = fixture.topic("grows-1");
        write(fixture, "/" + fixture.topicName("grows-.*") + "/", {});
        const std::unique_ptr<QProcess> run =
            fixture.beginIt("reads", {"--checkpoint-every", "0s", "--metrics", "m.json"});
        fixture.kafka().putValues(first.toStdString(), {"first"});
        QVERIFY(comes([&] { return fixture.rowsIn("out.csv").size() == 1; }));
        const QByteArray second = fixture.topic("grows-2");
        fixture.kafka().putValues(second.toStdString(), {"second"});
        fixture.kafka().addPartitions(first.toStdString(), 2);
        KafkaRow third;
        third.value = "third";
        third.partition = 1;
        fixture.kafka().put(first.toStdString(), {third});
        QVERIFY(comes([&] { return fixture.rowsIn("out.csv").size() == 3; }));
        const Ended ended = fixture.stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv"), (QByteArrayList{"first,0", "second,0", "third,0"}));
        QCOMPARE(fixture.sourceIn("m.json")["partitions"].toArray().size(), 3);
    }

    void retentionThatPassedThePosition() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("gone");
        losePosition(fixture, topic);
        if (QTest::currentTestFailed()) return;
        const QStringList resumed = QStringList(kOften) << "--resume"
                                                        << "--for"
                                                        << "5s";
        const Ended refused = fixture.runIt("reads", resumed);
        QVERIFY2(refused.status == 1 && refused.err.contains("Position that is gone") &&
                     refused.err.contains("the rows 15 to 19"),
                 describe(refused).constData());
        write(fixture, topic, {"\"group\": \"" + topic + '"', "\"lost_position\": \"earliest\""});
        const Ended ended = fixture.runIt("reads", resumed);
        QVERIFY2(ended.status == 0 && ended.err.contains("reading goes on at row 15"),
                 describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv").size(), 15);
    }

    /// While nobody reads: the rows of a run that goes on, and not those of the topic before.
    void aTopicThatIsMadeAnewDuringTheRun() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("anew");
        const std::string name = topic.toStdString();
        fixture.kafka().putValues(name, numbersTo(0, 10));
        write(fixture, topic, {"\"lost_position\": \"earliest\""});
        const std::unique_ptr<QProcess> run = fixture.beginIt("reads", {"--checkpoint-every", "0s"});
        QVERIFY(comes([&] { return fixture.rowsIn("out.csv").size() == 10; }));
        fixture.kafka().deleteTopic(name);
        QTest::qWait(1000);
        fixture.kafka().createTopic(name);
        fixture.kafka().putValues(name, {"new"});
        QVERIFY(comes([&] {
            return fixture.rowsIn("out.csv").contains("new,0") || run->state() != QProcess::Running;
        }));
        const Ended ended = fixture.stop(*run);
        QVERIFY2(ended.status == 0 && ended.err.contains("or the topic was made anew"),
                 describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv").size(), 11);
    }

    void aTopicThatIsDropped() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("dropped");
        fixture.kafka().putValues(topic.toStdString(), {"a"});
        write(fixture, topic, {});
        const std::unique_ptr<QProcess> run =
            fixture.beginIt("reads", {"--checkpoint-every", "0s", "--restart", "none"});
        QVERIFY(comes([&] { return fixture.rowsIn("out.csv").size() == 1; }));
        fixture.kafka().deleteTopic(topic.toStdString());
        const Ended ended = fixture.ended(*run);
        QVERIFY2(ended.status == 1 && ended.err.contains("There is no topic “" + topic),
                 describe(ended).constData());
        const Ended again = fixture.runIt("reads", {"--restart", "none"});
        QVERIFY2(again.status == 1 && again.err.contains("There is no topic “" + topic),
                 describe(again).constData());
    }

    /// Offsets have holes, and a tombstone among them.
    void aCompactedTopic() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("compacted", 1,
                                               {{"cleanup.policy", "compact"},
                                                {"segment.ms", "100"},
                                                {"min.cleanable.dirty.ratio", "0.001"},
                                                {"max.compaction.lag.ms", "500"}});
        const std::string name = topic.toStdString();
        const auto put = [&](int number) {
            KafkaRow row;
            row.key = std::to_string(number % 3);
            row.value = std::to_string(number);
            fixture.kafka().put(name, {row});
        };
        for (int i = 0; i < 12; ++i) put(i);
        int next = 12;
        QVERIFY(comes([&] {
            put(next++);
            QTest::qWait(500);
            return static_cast<int>(fixture.kafka().rows(name).size()) < next;
        }));
        write(fixture, topic, {"\"end\": \"latest\""});
        const Ended ended = fixture.runIt("reads");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QByteArrayList found = fixture.rowsIn("out.csv");
        QVERIFY(!found.isEmpty() && found.size() < next);
        QVERIFY(found.contains(QByteArray::number(next - 1) + ',' + QByteArray::number(next - 1)));
    }
};

QTEST_GUILESS_MAIN(TestKafkaPositions)
#include "test_kafka_positions.moc"
