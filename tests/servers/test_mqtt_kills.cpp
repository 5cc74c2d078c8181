// MQTT → SQLite by key: the program is killed at random instants, and every key that the broker had taken is
// there. The broker is killed: it may lose what it had not written to disk, which is counted here.
// $RILLWRIGHT_KILLS: how often.
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QtTest/QtTest>
#include <random>

#include "tests/cli/program_fixture.h"
#include "tests/servers/kafka_fixture.h"
#include "tests/servers/kills.h"
#include "tests/servers/own_mosquitto.h"
#include "tests/support/random_cases.h"

using rw::servers::comes;
using rw::servers::KafkaFixture;
using rw::servers::MqttPublisher;
using rw::servers::OwnMosquitto;
using rw::servers::wired;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

constexpr int kKeysOfALeg = 2'000;
const QStringList kKept{"--checkpoint-every",  "150ms", "--checkpoint-dir", "kept",
                        "--allow-connections", "b"};

}  // namespace

class TestMqttKills : public QObject {
    Q_OBJECT

    std::mt19937 m_chance{rw::test::firstSeedOf(rw::test::suites::KillsOfTables)};
    std::unique_ptr<OwnMosquitto> m_broker{};
    std::unique_ptr<ProgramFixture> m_fixture{};
    int m_published = 0;

    int below(int count) { return static_cast<int>(m_chance() % static_cast<unsigned>(count)); }

    std::unique_ptr<QProcess> beginAgain(bool resumes) const {
        QStringList words{"run", "keys.rill"};
        words += kKept;
        if (resumes) words << "--resume";
        return m_fixture->begin(words);
    }

    void publishSome() {
        MqttPublisher publisher(m_broker->port());
        for (int i = 0; i < kKeysOfALeg; ++i, ++m_published)
            publisher.publish("plant/" + QByteArray::number(i % 5),
                              "{\"n\":" + QByteArray::number(m_published) + "}");
        QVERIFY(publisher.flush());
    }

    /// A number that a query of the database gives; -1: none just now.
    int asked(const QString& query) const {
        int found = -1;
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
            database.setDatabaseName(m_fixture->path(QStringLiteral("out.sqlite")));
            if (database.open()) {
                QSqlQuery answer(database);
                if (answer.exec(query) && answer.next()) found = answer.value(0).toInt();
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("look"));
        return found;
    }
    int keys() const { return asked(QStringLiteral("SELECT count(*) FROM keys")); }
    int rows() const { return asked(QStringLiteral("SELECT count(*) FROM every")); }

    /// A run is connected: it takes messages with that key, of which the broker gets some.
    bool takes(int key) {
        MqttPublisher publisher(m_broker->port());
        const QString taken = QStringLiteral("SELECT count(*) FROM keys WHERE n = %1").arg(key);
        return comes([&] {
            publisher.publish("plant/sign", "{\"n\":" + QByteArray::number(key) + "}");
            return publisher.flush() && asked(taken) == 1;
        });
    }

    /// The session of the program is there: from now on the broker keeps messages for it.
    void subscribe() {
        const std::unique_ptr<QProcess> run = beginAgain(false);
        QVERIFY(takes(-1));
        const Ended ended = KafkaFixture::stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
    }

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_SERVER"), "run it by tests/run --servers");
    }

    void init() {
        m_published = 0;
        m_broker = std::make_unique<OwnMosquitto>();
        QVERIFY(m_broker->start());
        m_fixture = std::make_unique<ProgramFixture>();
        const Ended added =
            m_fixture->run({"connections", "add", "b", "mqtt", "--field",
                            "address=" + QString::fromUtf8(m_broker->address()), "--field", "tls=off"});
        QVERIFY2(added.status == 0, describe(added).constData());
        m_fixture->write(
            "keys.rill",
            "{\"rill\": 1, \"nodes\": ["
            "{\"id\": \"in\", \"type\": \"mqtt_source\", \"params\": {\"connection\": \"b\", \"topic\": "
            "\"plant/+\", \"columns\": [\"n BIGINT\"]}},"
            "{\"id\": \"keys\", \"type\": \"sqlite_sink\", \"params\": {\"database\": \"out.sqlite\", "
            "\"table\": \"keys\", \"mode\": \"upsert\", \"key\": [\"n\"]}},"
            "{\"id\": \"every\", \"type\": \"sqlite_sink\", \"params\": {\"database\": \"out.sqlite\", "
            "\"table\": \"every\", \"mode\": \"append\"}}],"
            "\"wires\": [" +
                wired("in.out", "keys.in") + "," + wired("in.out", "every.in") + "]}");
        subscribe();
    }
    void cleanup() {
        m_fixture.reset();
        m_broker.reset();
    }

    void theProgramIsKilled() {
        for (int kill = 0; kill < rw::servers::killsOfEach(); ++kill) {
            const std::unique_ptr<QProcess> run = beginAgain(true);
            publishSome();
            if (QTest::currentTestFailed()) return;
            (void)run->waitForFinished(below(900));
            run->kill();
            (void)run->waitForFinished();
        }
        const std::unique_ptr<QProcess> last = beginAgain(true);
        QVERIFY(takes(-2));  // a run that has not begun yet would end by a signal
        QVERIFY(comes([this] { return keys() == m_published + 2; }));
        qInfo("%d keys, %d rows came again", m_published, rows() - keys());
        const Ended ended = KafkaFixture::stop(*last);
        QVERIFY2(ended.status == 0, describe(ended).constData());
    }

    void theBrokerIsKilled() {
        const std::unique_ptr<QProcess> run = beginAgain(true);
        for (int kill = 0; kill < rw::servers::killsOfEach(); ++kill) {
            publishSome();
            if (QTest::currentTestFailed()) return;
            QTest::qWait(below(900));
            m_broker->kill();
            QTest::qWait(below(500));
            QVERIFY(m_broker->start());
        }
        // A broker that was killed may have forgotten the session: what comes before the next greeting is
        // lost.
        QVERIFY(takes(-2));
        publishSome();
        // What came last is there; before that the broker may have lost some.
        const QString lastKeys =
            QStringLiteral("SELECT count(*) FROM keys WHERE n >= %1").arg(m_published - kKeysOfALeg);
        QVERIFY(comes([&] { return asked(lastKeys) == kKeysOfALeg; }));
        QTest::qWait(500);
        qInfo("of %d keys %d were lost by the broker, and %d rows came again", m_published,
              m_published + 2 - keys(), rows() - keys());
        const Ended ended = KafkaFixture::stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
    }
};

QTEST_GUILESS_MAIN(TestMqttKills)
#include "test_mqtt_kills.moc"
