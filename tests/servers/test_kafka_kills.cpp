// Kafka → window → Kafka, exactly once: the program and the server are killed at random instants, and at the
// end `read_committed` shows the rows of an undisturbed run. $RILLWRIGHT_KILLS: how often, of each.
#include <QtTest/QtTest>
#include <random>

#include "tests/servers/kafka_fixture.h"
#include "tests/servers/kills.h"
#include "tests/servers/own_server.h"
#include "tests/support/random_cases.h"

using namespace rw::servers;
using namespace rw::testing;

namespace {

constexpr int kRows = 120000, kPartitions = 3, kRate = 40000;  // rows a second
const QStringList kKept{"--checkpoint-every", "150ms", "--checkpoint-dir", "kept"};

}  // namespace

class TestKafkaKills : public QObject {
    Q_OBJECT

    std::unique_ptr<OwnServer> m_server{};
    std::unique_ptr<KafkaFixture> m_input{};
    QByteArray m_from{};
    std::vector<std::string> m_expected{};
    std::mt19937 m_chance{rw::test::firstSeedOf(rw::test::suites::KillsOfTables)};

    int below(int count) { return static_cast<int>(m_chance() % static_cast<unsigned>(count)); }

    /// The pipeline “windows”, over the same input in each fixture, and the topic that it writes.
    QByteArray writeWindows(const KafkaFixture& fixture) const {
        QByteArray to = fixture.topic("to", 2);
        rw::servers::writeWindows(fixture, m_from, kRate,
                                  kafkaSink("out", to, {"\"format\": \"json\"", "\"key\": [\"k\"]"}));
        return to;
    }

    /// Resumes until a run ends by itself, and compares; `disturb` is called while one runs.
    void campaign(int kills, const std::function<void(QProcess&)>& disturb) {
        for (int killed = 0; killed < kills;) {
            const KafkaFixture fixture(m_server->address());
            const QByteArray to = writeWindows(fixture);
            for (QStringList words = kKept;; words = QStringList(kKept) << "--resume") {
                const std::unique_ptr<QProcess> run = fixture.beginIt("windows", words);
                if (killed < kills && !run->waitForFinished(100 + below(1200))) {
                    disturb(*run);
                    if (QTest::currentTestFailed()) return;
                    ++killed;
                }
                const Ended ended = fixture.ended(*run);
                if (ended.status == 0) break;
                // A server that is away for half a minute when a run starts is an error.
                QVERIFY2(ended.status == -1 || ended.status == 1, describe(ended).constData());
            }
            QCOMPARE(fixture.kafka().values(to.toStdString()), m_expected);
        }
    }

    void killServer(int downFor) {
        m_server->kill();
        QTest::qWait(downFor);
        QVERIFY(m_server->startAgain());
    }

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_SERVER"), "run it by tests/run --servers");
        m_server = std::make_unique<OwnServer>("kafka", "kills");
        QVERIFY(!m_server->address().isEmpty());
        m_input = std::make_unique<KafkaFixture>(m_server->address());
        m_from = m_input->topic("from", kPartitions);
        m_input->kafka().put(m_from.toStdString(), timedRows(kRows, kPartitions));
        const QByteArray to = writeWindows(*m_input);
        const Ended ended = m_input->runIt("windows", kKept);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        m_expected = m_input->kafka().values(to.toStdString());
        QVERIFY(m_expected.size() > 2000);
    }
    void cleanupTestCase() { m_server.reset(); }

    void theProgramIsKilled() {
        campaign(killsOfEach(), [](QProcess& run) { run.kill(); });
    }

    void theServerIsKilled() {
        campaign(killsOfEach(), [this](QProcess&) { killServer(below(1500)); });
    }

    void bothAreKilled() {
        campaign(killsOfEach(), [this](QProcess& run) {
            killServer(below(500));
            run.kill();
        });
    }

    /// Nobody waits longer than a second or two when it is there again, and none of that is idleness.
    void aRunWaitsForTheServer() {
        const KafkaFixture fixture(m_server->address());
        const QByteArray topic = fixture.topic("live", 2);
        const std::string name = topic.toStdString();
        fixture.kafka().putValues(name, {"before"});
        fixture.pipeline("lives",
                         {source(topic, "v STRING", {"\"format\": \"text\"", "\"idle_timeout\": \"1s\""}),
                          csvSink("out", "out.csv")},
                         {wired("src.out", "out.in")});
        const QStringList words{"--checkpoint-every", "0s", "--metrics", "m.json"};
        std::unique_ptr<QProcess> run = fixture.beginIt("lives", words);
        QVERIFY(comes([&] { return fixture.rowsIn("out.csv").size() == 1; }));
        m_server->kill();
        QByteArray said;
        QVERIFY(comes([&] {
            (void)run->waitForReadyRead(10);
            said += run->readAllStandardError();
            return said.contains("can't be reached");
        }));
        // The others of its partitions are found to be away one after the other.
        QTest::qWait(3000);
        Ended ended = fixture.stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QJsonArray partitions = fixture.sourceIn("m.json")["partitions"].toArray();
        QCOMPARE(partitions.size(), 2);
        for (const QJsonValue& each : partitions)
            QCOMPARE(each.toObject()["state"].toString(), QStringLiteral("disconnected"));

        // Away when it begins.
        run = fixture.beginIt("lives", words);
        QVERIFY(m_server->startAgain());
        QVERIFY(comes([&] { return fixture.rowsIn("out.csv").size() == 1; }));
        killServer(0);
        fixture.kafka().putValues(name, {"after"});
        QVERIFY(comes([&] { return fixture.rowsIn("out.csv").size() == 2; }));
        ended = fixture.stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
    }
};

QTEST_GUILESS_MAIN(TestKafkaKills)
#include "test_kafka_kills.moc"
