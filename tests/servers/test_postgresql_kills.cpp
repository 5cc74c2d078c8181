// Kafka → windows → PostgreSQL, and changes of a PostgreSQL → SQLite, each row once, while the program and
// the servers are killed at random instants. $RILLWRIGHT_KILLS: how often, of each.
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QtTest/QtTest>
#include <functional>

#include "tests/servers/window_kills.h"

using namespace rw::servers;
using namespace rw::testing;

namespace {

constexpr int kChangedKeys = 500;

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

    std::unique_ptr<WindowKills> m_kills{};

    /// Some inserts, updates and deletes, each in a transaction of its own.
    void change(const SqlFixture& beside, const QByteArray& table) {
        QByteArray all;
        for (int i = 0; i < 60; ++i) {
            const QByteArray id = QByteArray::number(m_kills->below(kChangedKeys)),
                             v = QByteArray::number(m_kills->below(1'000'000));
            all += m_kills->below(4) == 0 ? "DELETE FROM " + table + " WHERE id = " + id + ";\n"
                                          : "INSERT INTO " + table + " VALUES (" + id + ", " + v +
                                                ") ON CONFLICT (id) DO UPDATE SET v = excluded.v;\n";
            if (i % 5 == 4) all += "COMMIT; BEGIN;\n";
        }
        beside.ask("BEGIN;\n" + all + "COMMIT");
    }

    void changesWhile(const std::function<void(QProcess&)>& disturb) {
        SqlFixture beside("postgresql", m_kills->database().address());
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
            (void)run->waitForFinished(m_kills->below(800));
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
        m_kills = std::make_unique<WindowKills>("postgresql", QByteArrayList(), QStringLiteral("pgkills"));
        m_kills->prepare();
    }
    void cleanupTestCase() { m_kills.reset(); }

    void windowsWhileTheProgramIsKilled() { m_kills->programIsKilled(); }
    void windowsWhileTheDatabaseIsKilled() { m_kills->databaseIsKilled(); }
    void windowsWhileKafkaIsKilled() { m_kills->kafkaIsKilled(); }

    void changesWhileTheProgramIsKilled() {
        changesWhile([](QProcess& run) {
            run.kill();
            (void)run.waitForFinished();
        });
    }
    void changesWhileTheDatabaseIsKilled() {
        changesWhile([this](QProcess&) { m_kills->killServer(m_kills->database()); });
    }
};

QTEST_GUILESS_MAIN(TestPostgresqlKills)
#include "test_postgresql_kills.moc"
