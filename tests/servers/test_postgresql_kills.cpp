// Kafka → windows → PostgreSQL, and changes of a PostgreSQL → SQLite, each row once, while the program and
// the servers are killed at random instants. $RILLWRIGHT_KILLS: how often, of each.
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QtTest/QtTest>
#include <functional>
#include <random>

#include "tests/servers/kafka_fixture.h"
#include "tests/servers/kills.h"
#include "tests/servers/own_server.h"
#include "tests/servers/sql_fixture.h"
#include "tests/support/random_cases.h"

using namespace rw::servers;
using namespace rw::testing;

namespace {

constexpr int kKilledRows = 90'000, kKilledPartitions = 3, kKilledRate = 30'000;  // rows a second
constexpr int kChangedKeys = 500;
const QString kOwnWord = QStringLiteral("pgkills");
const QStringList kKilledWords{"--checkpoint-every", "150ms", "--checkpoint-dir", "kept"};

/// The rows of a table in a file, as psql prints those of the other side; empty: it can't be read just now.
QByteArray rowsOfFile(const QString& path) {
    QByteArrayList rows;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("got"));
        database.setDatabaseName(path);
        if (database.open()) {
            QSqlQuery answer(database);
            if (answer.exec("SELECT id, v FROM got ORDER BY id")) {
                while (answer.next())
                    rows << answer.value(0).toByteArray() + '\t' + answer.value(1).toByteArray();
            }
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("got"));
    return rows.join('\n');
}

}  // namespace

class TestPostgresqlKills : public QObject {
    Q_OBJECT

    std::unique_ptr<OwnServer> m_kafka{}, m_database{};
    std::unique_ptr<KafkaFixture> m_input{};
    QByteArray m_from{}, m_expected{};
    std::mt19937 m_chance{rw::test::firstSeedOf(rw::test::suites::KillsOfTables)};

    int below(int count) { return static_cast<int>(m_chance() % static_cast<unsigned>(count)); }

    /// A folder whose connections lead to both, with the pipeline “windows”.
    std::unique_ptr<KafkaFixture> windows(const QByteArray& table) const {
        auto fixture = std::make_unique<KafkaFixture>(m_kafka->address());
        fixture->connect({"{\"name\": \"db\", \"kind\": \"postgresql\", \"fields\": {\"address\": \"" +
                          m_database->address() +
                          "\", \"database\": \"rill\", \"user\": \"rill\", \"tls\": \"off\"}}"});
        fixture->pipeline(
            "windows",
            {source(m_from, "k INT, v BIGINT, ts TIMESTAMP(3)",
                    {"\"format\": \"json\"", "\"event_time\": \"ts\"", "\"watermark_delay\": \"0s\"",
                     "\"end\": \"latest\""}),
             "{\"id\": \"slow\", \"type\": \"throttle\", \"params\": {\"rate\": " +
                 QByteArray::number(kKilledRate) + "}}",
             "{\"id\": \"w\", \"type\": \"window_aggregate\", \"params\": {\"window\": \"tumble\", \"size\": "
             "\"10s\", \"keys\": [\"k\"], \"aggregates\": [\"COUNT(*) AS n\", \"SUM(v) AS s\"]}}",
             "{\"id\": \"out\", \"type\": \"sql_sink\", \"params\": {\"connection\": \"db\", \"table\": \"" +
                 table + "\"}}"},
            {wired("src.out", "slow.in"), wired("slow.out", "w.in"), wired("w.out", "out.in")});
        qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "k,db");
        return fixture;
    }
    static QByteArray sorted(const SqlFixture& beside, const QByteArray& table) {
        return beside.ask("SELECT window_start, k, n, s FROM " + table + " ORDER BY 1, 2, 3, 4");
    }

    /// Resumes until a run ends by itself, and compares; `disturb` is called while one runs.
    void windowsWhile(const std::function<void(QProcess&)>& disturb) {
        const SqlFixture beside("postgresql", m_database->address());
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
                const Ended ended = fixture->ended(*run);
                if (ended.status == 0) break;
                // A server that is away when a run starts is an error.
                QVERIFY2(ended.status == -1 || ended.status == 1, describe(ended).constData());
            }
            QCOMPARE(sorted(beside, table), m_expected);
            beside.ask("DROP TABLE " + table);
        }
    }

    void killServer(OwnServer& server) {
        server.kill();
        QTest::qWait(below(1'000));
        QVERIFY(server.startAgain());
    }

    /// Some inserts, updates and deletes, each in a transaction of its own.
    void change(const SqlFixture& beside, const QByteArray& table) {
        QByteArray all;
        for (int i = 0; i < 60; ++i) {
            const QByteArray id = QByteArray::number(below(kChangedKeys)),
                             v = QByteArray::number(below(1'000'000));
            all += below(4) == 0 ? "DELETE FROM " + table + " WHERE id = " + id + ";\n"
                                 : "INSERT INTO " + table + " VALUES (" + id + ", " + v +
                                       ") ON CONFLICT (id) DO UPDATE SET v = excluded.v;\n";
            if (i % 5 == 4) all += "COMMIT; BEGIN;\n";
        }
        beside.ask("BEGIN;\n" + all + "COMMIT");
    }

    void changesWhile(const std::function<void(QProcess&)>& disturb) {
        SqlFixture beside("postgresql", m_database->address());
        const QByteArray table = beside.table("changed"), slot = table + "_slot";
        beside.ask("CREATE TABLE " + table + " (id bigint PRIMARY KEY, v bigint)");
        beside.ask("ALTER TABLE " + table + " REPLICA IDENTITY FULL");
        beside.write("changes.rill",
                     "{\"rill\": 1, \"nodes\": [{\"id\": \"src\", \"type\": \"sql_source\", \"params\": "
                     "{\"connection\": \"db\", \"mode\": \"changes\", \"key\": [\"id\"], \"columns\": [\"id "
                     "BIGINT\", \"v BIGINT\"], \"table\": \"" +
                         table + "\", \"slot\": \"" + slot +
                         "\"}}, {\"id\": \"out\", \"type\": \"sqlite_sink\", \"params\": {\"database\": "
                         "\"out.sqlite\", \"table\": \"got\", \"mode\": \"upsert\", \"key\": [\"id\"]}}], "
                         "\"wires\": [" +
                         wired("src.out", "out.in") + "]}");
        qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "db");
        QStringList words{"run", "changes.rill"};
        words += kKilledWords;
        std::unique_ptr<QProcess> run = beside.begin(words);
        for (int killed = 0; killed < killsOfEach(); ++killed) {
            change(beside, table);
            (void)run->waitForFinished(below(800));
            disturb(*run);
            if (QTest::currentTestFailed()) return;
            change(beside, table);
            if (run->state() != QProcess::NotRunning) continue;
            const Ended ended = beside.ended(*run);
            QVERIFY2(ended.status == -1 || ended.status == 1, describe(ended).constData());
            run = beside.begin(QStringList(words) << "--resume");
        }
        const auto there = [&] { return beside.ask("SELECT id, v FROM " + table + " ORDER BY id"); };
        QVERIFY(comes([&] { return rowsOfFile(beside.path("out.sqlite")) == there(); }));
        const Ended ended = KafkaFixture::stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(rowsOfFile(beside.path("out.sqlite")), there());
        QVERIFY(!there().isEmpty());
        const Ended dropped = beside.run({"connections", "slots", "db", "--drop", QString::fromLatin1(slot)});
        QVERIFY2(dropped.status == 0, describe(dropped).constData());
        beside.ask("DROP TABLE " + table);
    }

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_SERVER"), "run it by tests/run --servers");
        m_kafka = std::make_unique<OwnServer>("kafka", kOwnWord);
        m_database = std::make_unique<OwnServer>("postgresql", kOwnWord);
        QVERIFY(!m_kafka->address().isEmpty() && !m_database->address().isEmpty());
        m_input = std::make_unique<KafkaFixture>(m_kafka->address());
        m_from = m_input->topic("from", kKilledPartitions);
        m_input->kafka().put(m_from.toStdString(), timedRows(kKilledRows, kKilledPartitions));
        const SqlFixture beside("postgresql", m_database->address());
        const QByteArray table = beside.table("undisturbed");
        const Ended ended = windows(table)->runIt("windows", kKilledWords);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        m_expected = sorted(beside, table);
        QVERIFY(m_expected.count('\n') > 1'000);
    }
    void cleanupTestCase() {
        m_kafka.reset();
        m_database.reset();
    }

    void windowsWhileTheProgramIsKilled() {
        windowsWhile([](QProcess& run) { run.kill(); });
    }
    void windowsWhileTheDatabaseIsKilled() {
        windowsWhile([this](QProcess&) { killServer(*m_database); });
    }
    void windowsWhileKafkaIsKilled() {
        windowsWhile([this](QProcess&) { killServer(*m_kafka); });
    }

    void changesWhileTheProgramIsKilled() {
        changesWhile([](QProcess& run) {
            run.kill();
            (void)run.waitForFinished();
        });
    }
    void changesWhileTheDatabaseIsKilled() {
        changesWhile([this](QProcess&) { killServer(*m_database); });
    }
};

QTEST_GUILESS_MAIN(TestPostgresqlKills)
#include "test_postgresql_kills.moc"
