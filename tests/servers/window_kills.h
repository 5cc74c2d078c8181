// Kafka → windows → a table, each row once, while the program and the servers are killed at random instants.
#pragma once
#include <QtTest/QtTest>
#include <functional>
#include <memory>
#include <random>

#include "tests/servers/kafka_fixture.h"
#include "tests/servers/kills.h"
#include "tests/servers/own_server.h"
#include "tests/servers/sql_fixture.h"
#include "tests/support/random_cases.h"

namespace rw::servers {

inline const QStringList kKilledWords{"--checkpoint-every", "150ms", "--checkpoint-dir", "kept"};

/// A Kafka and a database of one test's own. What is not as it should be is a failure of that test.
class WindowKills {
 public:
    /// `kind`: of the database, as app/server and connections have it. `sink`: parameters of the sink besides
    /// its connection and table. A word of small letters tells the servers from others.
    WindowKills(QByteArray kind, QByteArrayList sink, const QString& word)
        : m_kind(std::move(kind)),
          m_sink(std::move(sink)),
          m_kafka(QStringLiteral("kafka"), word),
          m_database(QString::fromLatin1(m_kind), word) {}

    /// Finds out what a run writes that nobody disturbs.
    void prepare() {
        QVERIFY(!m_kafka.address().isEmpty() && !m_database.address().isEmpty());
        m_input = std::make_unique<KafkaFixture>(m_kafka.address());
        m_from = m_input->topic("from", kPartitions);
        m_input->kafka().put(m_from.toStdString(), timedRows(kRows, kPartitions));
        const SqlFixture beside(m_kind, m_database.address());
        const QByteArray table = beside.table("undisturbed");
        const rw::testing::Ended ended = windows(table)->runIt("windows", kKilledWords);
        QVERIFY2(ended.status == 0, rw::testing::describe(ended).constData());
        m_expected = sorted(beside, table);
        QVERIFY(m_expected.count('\n') > 1'000);
    }

    void programIsKilled() {
        killedBy([](QProcess& run) { run.kill(); });
    }
    void databaseIsKilled() {
        killedBy([this](QProcess&) { killServer(m_database); });
    }
    void kafkaIsKilled() {
        killedBy([this](QProcess&) { killServer(m_kafka); });
    }

    OwnServer& database() { return m_database; }
    int below(int count) { return static_cast<int>(m_chance() % static_cast<unsigned>(count)); }
    void killServer(OwnServer& server) {
        server.kill();
        QTest::qWait(below(1'000));
        QVERIFY(server.startAgain());
    }

 private:
    static constexpr int kRows = 90'000, kPartitions = 3, kRate = 30'000;  // rows a second

    /// A folder whose connections lead to both, with the pipeline “windows”.
    std::unique_ptr<KafkaFixture> windows(const QByteArray& table) const {
        auto fixture = std::make_unique<KafkaFixture>(m_kafka.address());
        fixture->connect({"{\"name\": \"db\", \"kind\": \"" + m_kind + "\", \"fields\": {\"address\": \"" +
                          m_database.address() +
                          "\", \"database\": \"rill\", \"user\": \"rill\", \"tls\": \"off\"}}"});
        QByteArrayList sink{"\"connection\": \"db\"", "\"table\": \"" + table + '"'};
        sink += m_sink;
        writeWindows(*fixture, m_from, kRate,
                     "{\"id\": \"out\", \"type\": \"sql_sink\", \"params\": {" + sink.join(", ") + "}}");
        qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "k,db");
        return fixture;
    }

    static QByteArray sorted(const SqlFixture& beside, const QByteArray& table) {
        return beside.ask("SELECT window_start, k, n, s FROM " + table + " ORDER BY 1, 2, 3, 4");
    }

    /// Resumes until a run ends by itself, and compares; `disturb` is called while one runs.
    void killedBy(const std::function<void(QProcess&)>& disturb) {
        const SqlFixture beside(m_kind, m_database.address());
        for (int killed = 0; killed < killsOfEach();) {
            const QByteArray table = beside.table("windows");
            const std::unique_ptr<KafkaFixture> fixture = windows(table);
            for (QStringList words = kKilledWords;; words = QStringList(kKilledWords) << "--resume") {
                const std::unique_ptr<QProcess> run = fixture->beginIt("windows", words);
                if (killed < killsOfEach() && !run->waitForFinished(100 + below(1'200))) {
                    disturb(*run);
                    if (QTest::currentTestFailed()) return;
                    ++killed;
                }
                const rw::testing::Ended ended = fixture->ended(*run);
                if (ended.status == 0) break;
                // A server that is away when a run starts is an error.
                QVERIFY2(ended.status == -1 || ended.status == 1, rw::testing::describe(ended).constData());
            }
            QCOMPARE(sorted(beside, table), m_expected);
            beside.ask("DROP TABLE " + table);
        }
    }

    const QByteArray m_kind;
    const QByteArrayList m_sink;
    OwnServer m_kafka, m_database;
    std::unique_ptr<KafkaFixture> m_input{};
    QByteArray m_from{}, m_expected{};
    std::mt19937 m_chance{rw::test::firstSeedOf(rw::test::suites::KillsOfTables)};
};

}  // namespace rw::servers
