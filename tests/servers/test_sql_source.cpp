// sql_source of a real PostgreSQL, and of a real MariaDB: the rows of one moment, rows that commit late, and
// changes, of which none is missed and none comes twice while the program, or its sessions, are killed.
// $RILLWRIGHT_KILLS: how often, of each. lookup_join with the same tables.
#include <QThread>
#include <QtTest/QtTest>
#include <atomic>
#include <functional>
#include <memory>
#include <random>
#include <thread>

#include "tests/servers/kafka_fixture.h"
#include "tests/servers/kills.h"
#include "tests/servers/sql_fixture.h"

using rw::servers::comes;
using rw::servers::KafkaFixture;
using rw::servers::killsOfEach;
using rw::servers::SqlFixture;
using rw::testing::describe;
using rw::testing::Ended;

namespace {

/// What goes on beside a test until it ends, however it does.
class Meanwhile {
 public:
    explicit Meanwhile(std::function<void(const std::atomic<bool>& over)> work)
        : m_thread([this, work = std::move(work)] { work(m_over); }) {}
    ~Meanwhile() { end(); }
    void end() {
        m_over = true;
        if (m_thread.joinable()) m_thread.join();
    }

 private:
    std::atomic<bool> m_over{false};
    std::thread m_thread;
};

const QStringList kKeptThere{"--checkpoint-every", "100ms", "--checkpoint-dir", "kept"};

QByteArray node(const char* id, const char* type, const QByteArrayList& params) {
    return "{\"id\": \"" + QByteArray(id) + "\", \"type\": \"" + type + "\", \"params\": {" +
           params.join(", ") + "}}";
}

/// A table of a server into one of an SQLite file.
void pipelineOf(const SqlFixture& fixture, const QByteArray& table, const QByteArrayList& more,
                const QByteArrayList& sinkMore) {
    QByteArrayList source{"\"connection\": \"db\"", "\"table\": \"" + table + '"',
                          "\"columns\": [\"id BIGINT\", \"name STRING\", \"price DECIMAL(10,2)\"]"};
    QByteArrayList sink{"\"database\": \"out.sqlite\"", "\"table\": \"got\""};
    source += more;
    sink += sinkMore;
    fixture.write("read.rill", "{\"rill\": 1, \"nodes\": [" + node("src", "sql_source", source) + ",\n" +
                                   node("out", "sqlite_sink", sink) +
                                   "], \"wires\": [{\"from\": \"src.out\", \"to\": \"out.in\"}]}");
}

/// What the file has, as SqlFixture::ask() shows it.
QByteArray askFile(const SqlFixture& fixture, const QByteArray& statement) {
    QProcess shell;
    shell.start("sqlite3", {"-separator", "\t", fixture.path("out.sqlite"), QString::fromUtf8(statement)});
    shell.waitForFinished(60000);
    return shell.readAllStandardOutput().trimmed();
}

const QByteArray kSums = "SELECT count(*), coalesce(sum(id), 0), coalesce(sum(length(name)), 0) FROM ";
const QByteArray kTable = " (id bigint PRIMARY KEY, name varchar(50), price decimal(10,2))";

QByteArray slotOf(const QByteArray& table) {
    return table + "_slot";
}

/// Whether a run reads the changes of the table.
bool isReadFrom(const SqlFixture& fixture, const QByteArray& table) {
    return fixture.ask("SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = '" +
                       slotOf(table) + "'") == "1";
}

/// Whether a run has put so many rows into the file.
bool hasRows(const SqlFixture& fixture, int count) {
    // Asked before it is there, the client would make it.
    return QFile::exists(fixture.path("out.sqlite")) &&
           askFile(fixture, "SELECT count(*) FROM got") == QByteArray::number(count);
}

QByteArrayList changesOf(const QByteArray& table) {
    return {"\"mode\": \"changes\"", "\"key\": [\"id\"]", "\"slot\": \"" + slotOf(table) + '"'};
}

}  // namespace

class TestSqlSourceOnServers : public QObject {
    Q_OBJECT

    std::mt19937 m_chance{11};

    void kinds() {
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("postgresql") << QByteArray("postgresql");
        QTest::newRow("mariadb") << QByteArray("mariadb");
    }
    static void fill(const SqlFixture& fixture, const QByteArray& table, int rows) {
        fixture.ask("CREATE TABLE " + table + kTable);
        QByteArrayList values;
        for (int id = 0; id < rows; ++id)
            values << "(" + QByteArray::number(id) + ",'n" + QByteArray::number(id) + "'," +
                          QByteArray::number(id % 100) + ".50)";
        for (int from = 0; from < rows; from += 2000)
            fixture.ask("INSERT INTO " + table + " VALUES " + values.mid(from, 2000).join(','));
    }

 private Q_SLOTS:
    void initTestCase() {
        for (const char* server : {"RILLWRIGHT_POSTGRESQL", "RILLWRIGHT_MARIADB"})
            QVERIFY2(qEnvironmentVariableIsSet(server), "run it by tests/run --servers");
    }

    void rowsThatAreThere_data() { kinds(); }
    void rowsThatAreThere() {
        QFETCH(const QByteArray, kind);
        const SqlFixture fixture(kind);
        const QByteArray table = fixture.table("there");
        fill(fixture, table, 20000);
        pipelineOf(fixture, table, {}, {});
        const Ended ended = fixture.run({"run", "read.rill"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(askFile(fixture, kSums + "got"), fixture.ask(kSums + table));
        QCOMPARE(askFile(fixture, "SELECT name, price FROM got WHERE id = 4321"), QByteArray("n4321\t21.50"));
    }

    void theResultOfAQuery_data() { kinds(); }
    void theResultOfAQuery() {
        QFETCH(const QByteArray, kind);
        const SqlFixture fixture(kind);
        const QByteArray table = fixture.table("asked");
        fill(fixture, table, 1000);
        pipelineOf(fixture, table,
                   {"\"read\": \"query\"",
                    "\"query\": \"SELECT id, name, price FROM " + table + " WHERE id < 10;\""},
                   {});
        const Ended ended = fixture.run({"run", "read.rill"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(askFile(fixture, "SELECT count(*) FROM got"), QByteArray("10"));
    }

    // A row that commits behind one of a higher number: naive cursors miss it for ever.
    void rowsThatCommitLateAreNotMissed_data() {
        QTest::addColumn<QByteArray>("columns");
        QTest::addColumn<QByteArray>("cursor");
        QTest::newRow("of the server's note") << QByteArray() << QByteArray("\"id\"");
        QTest::newRow("of a column") << QByteArray(", x xid8 DEFAULT pg_current_xact_id()")
                                     << QByteArray("\"x\", \"id\"");
    }
    void rowsThatCommitLateAreNotMissed() {
        QFETCH(const QByteArray, columns);
        QFETCH(const QByteArray, cursor);
        const SqlFixture fixture;
        const QByteArray table = fixture.table("late");
        fixture.ask("CREATE TABLE " + table + " (id bigserial PRIMARY KEY, name text, price numeric(10,2)" +
                    columns + ")");
        pipelineOf(fixture, table,
                   {"\"mode\": \"growing\"", "\"cursor\": [" + cursor + "]", "\"every\": \"50ms\""},
                   {"\"mode\": \"append\""});
        fixture.ask("INSERT INTO " + table + "(name) VALUES ('first')");
        const std::unique_ptr<QProcess> run = fixture.begin({"run", "read.rill", "--for", "60s"});
        QVERIFY(comes([&] { return hasRows(fixture, 1); }));
        const auto late = [&] {
            fixture.ask("BEGIN; INSERT INTO " + table + "(name) VALUES ('late'); SELECT pg_sleep(2); COMMIT");
        };
        std::unique_ptr<QThread> slow(QThread::create(late));
        slow->start();
        const bool sleeps = comes([&] {
            return fixture.ask(
                       "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query "
                       "LIKE '%" +
                       table + "%'") == "1";
        });
        fixture.ask("INSERT INTO " + table + "(name) VALUES ('early')");
        slow->wait();
        QVERIFY(sleeps);
        QVERIFY(comes([&] { return hasRows(fixture, 3) || run->state() != QProcess::Running; }));
        const Ended ended = KafkaFixture::stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(askFile(fixture, "SELECT name FROM got ORDER BY id"), QByteArray("first\nlate\nearly"));
    }

    void changesAreComplete_data() {
        QTest::addColumn<bool>("ofTheServer");
        QTest::newRow("the program is killed") << false;
        QTest::newRow("its sessions are killed") << true;
    }
    void changesAreComplete() {
        QFETCH(const bool, ofTheServer);
        const SqlFixture fixture;
        const QByteArray table = fixture.table(ofTheServer ? "cutoff" : "changed");
        fill(fixture, table, 20000);
        fixture.ask("ALTER TABLE " + table + " REPLICA IDENTITY FULL");
        pipelineOf(fixture, table, changesOf(table), {"\"mode\": \"upsert\""});
        Meanwhile writer([&](const std::atomic<bool>& over) {
            for (int i = 0; !over; ++i) {
                const QByteArray id = QByteArray::number(i * 37 % 21000);
                fixture.ask("BEGIN; UPDATE " + table + " SET name = 'u" + QByteArray::number(i) +
                            "' WHERE id % 997 = " + QByteArray::number(i % 997) + "; DELETE FROM " + table +
                            " WHERE id = " + id + "; INSERT INTO " + table + " VALUES (" +
                            QByteArray::number(30000 + i) + ", 'new', 1); UPDATE " + table +
                            " SET id = -id WHERE id = " + QByteArray::number(i * 41 % 20000 + 1) +
                            "; COMMIT");
            }
        });
        for (int killed = 0; killed < killsOfEach(); ++killed) {
            const QStringList words = killed == 0 ? kKeptThere : QStringList(kKeptThere) << "--resume";
            const std::unique_ptr<QProcess> run = fixture.begin(QStringList{"run", "read.rill"} + words);
            if (run->waitForFinished(400 + static_cast<int>(m_chance() % 1500)))
                QFAIL(describe(fixture.ended(*run)).constData());
            if (ofTheServer) {
                fixture.ask(
                    "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" +
                    slotOf(table) + "' AND active");
                QTest::qWait(700);
            }
            run->kill();
            (void)fixture.ended(*run);
        }
        writer.end();
        const std::unique_ptr<QProcess> run =
            fixture.begin(QStringList{"run", "read.rill", "--resume", "--for", "5s"} + kKeptThere);
        const Ended ended = fixture.ended(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(askFile(fixture, kSums + "got"), fixture.ask(kSums + table));
        const Ended listed = fixture.run({"connections", "slots", "db"});
        QVERIFY2(listed.out.contains(slotOf(table)), describe(listed).constData());
        const Ended dropped =
            fixture.run({"connections", "slots", "db", "--drop", QString::fromUtf8(slotOf(table))});
        QVERIFY2(dropped.status == 0, describe(dropped).constData());
        QCOMPARE(fixture.ask("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + slotOf(table) +
                             "'"),
                 QByteArray("0"));
        QCOMPARE(fixture.ask("SELECT count(*) FROM pg_publication WHERE pubname = '" + slotOf(table) + "'"),
                 QByteArray("0"));
    }

    void whatKeepsChangesFromBeingReadIsSaid() {
        const SqlFixture fixture;
        const QByteArray table = fixture.table("refused");
        fill(fixture, table, 10);
        pipelineOf(fixture, table, changesOf(table), {"\"mode\": \"upsert\""});
        const Ended ended = fixture.run({"run", "read.rill", "--for", "5s"});
        QVERIFY(ended.status == 1);
        QVERIFY2(ended.err.contains("REPLICA IDENTITY FULL"), describe(ended).constData());
    }

    void aTruncatedTableStopsTheRun() {
        const SqlFixture fixture;
        const QByteArray table = fixture.table("emptied");
        fill(fixture, table, 10);
        fixture.ask("ALTER TABLE " + table + " REPLICA IDENTITY FULL");
        pipelineOf(fixture, table, changesOf(table), {"\"mode\": \"upsert\""});
        const std::unique_ptr<QProcess> run = fixture.begin({"run", "read.rill", "--for", "60s"});
        QVERIFY(comes([&] { return isReadFrom(fixture, table) && hasRows(fixture, 10); }));
        fixture.ask("TRUNCATE " + table);
        const Ended ended = fixture.ended(*run);
        QVERIFY2(ended.status == 1 && ended.err.contains("TRUNCATE"), describe(ended).constData());
        (void)fixture.run({"connections", "slots", "db", "--drop", QString::fromUtf8(slotOf(table))});
    }

    /// The server gives a slot to one session alone.
    void aSecondRunWaitsForTheSlot() {
        const SqlFixture first, second;
        const QByteArray table = first.table("shared");
        fill(first, table, 100);
        first.ask("ALTER TABLE " + table + " REPLICA IDENTITY FULL");
        pipelineOf(first, table, changesOf(table), {"\"mode\": \"upsert\""});
        pipelineOf(second, table, changesOf(table), {"\"mode\": \"upsert\""});
        const std::unique_ptr<QProcess> one = first.begin({"run", "read.rill"});
        QVERIFY(comes([&] { return isReadFrom(first, table) && hasRows(first, 100); }));
        const std::unique_ptr<QProcess> other = second.begin({"run", "read.rill"});
        QTest::qWait(2'000);  // in which it could have taken the slot
        first.ask("INSERT INTO " + table + " VALUES (1000, 'new', 1)");
        QVERIFY(comes([&] { return hasRows(first, 101); }));
        const Ended before = KafkaFixture::stop(*one);
        QVERIFY(comes([&] { return hasRows(second, 101); }));
        const Ended behind = KafkaFixture::stop(*other);
        QVERIFY2(before.status == 0, describe(before).constData());
        QVERIFY2(behind.status == 0, describe(behind).constData());
        QCOMPARE(askFile(first, kSums + "got"), first.ask(kSums + table));
        QCOMPARE(askFile(second, kSums + "got"), first.ask(kSums + table));
        (void)first.run({"connections", "slots", "db", "--drop", QString::fromUtf8(slotOf(table))});
    }

    void aTableThatIsChangedStopsTheRun_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QByteArray>("words");
        for (const char* kind : {"postgresql", "mariadb"}) {
            QTest::addRow("%s, dropped", kind)
                << QByteArray(kind) << QByteArray("DROP TABLE ") << QByteArray("A table is missing");
            QTest::addRow("%s, altered", kind)
                << QByteArray(kind) << QByteArray("ALTER TABLE ") << QByteArray("are not as expected");
        }
    }
    void aTableThatIsChangedStopsTheRun() {
        QFETCH(const QByteArray, kind);
        QFETCH(const QByteArray, change);
        QFETCH(const QByteArray, words);
        const SqlFixture fixture(kind);
        const QByteArray table = fixture.table("gone");
        fill(fixture, table, 10);
        pipelineOf(fixture, table, {"\"mode\": \"growing\"", "\"cursor\": [\"id\"]", "\"every\": \"50ms\""},
                   {"\"mode\": \"append\""});
        // A table that is dropped may come again, so the run is tried again, here not for five minutes.
        const std::unique_ptr<QProcess> run =
            fixture.begin({"run", "read.rill", "--for", "30s", "--restart", "fixed:100ms:2"});
        QVERIFY(comes([&] { return hasRows(fixture, 10); }));
        fixture.ask(change + table + (change.startsWith("ALTER") ? " DROP COLUMN name" : ""));
        const Ended ended = fixture.ended(*run);
        QVERIFY2(ended.status == 1 && ended.err.contains(words), describe(ended).constData());
    }

    void rowsAreLookedUp_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("by");
        QTest::newRow("whole") << QByteArray("postgresql") << QByteArray("whole");
        QTest::newRow("by key") << QByteArray("postgresql") << QByteArray("key");
        QTest::newRow("whole, mariadb") << QByteArray("mariadb") << QByteArray("whole");
        QTest::newRow("by key, mariadb") << QByteArray("mariadb") << QByteArray("key");
    }
    void rowsAreLookedUp() {
        QFETCH(const QByteArray, kind);
        QFETCH(const QByteArray, by);
        const SqlFixture fixture(kind);
        const QByteArray table = fixture.table("items");
        fill(fixture, table, 1000);
        const QByteArray source =
            node("src", "generator", {"\"columns\": [\"n BIGINT = i * 7 % 1500\"]", "\"rows\": 30000"});
        const QByteArray lookup =
            node("met", "lookup_join",
                 {"\"from\": \"server\"", "\"connection\": \"db\"", "\"table\": \"" + table + '"',
                  "\"by\": \"" + by + '"', "\"columns\": [\"id BIGINT\", \"name STRING\"]",
                  "\"on\": \"left.n = right.id\"", "\"kind\": \"left\""});
        const QByteArray sink =
            node("out", "sqlite_sink", {"\"database\": \"out.sqlite\"", "\"table\": \"got\""});
        fixture.write(
            "look.rill",
            "{\"rill\": 1, \"nodes\": [" + source + ",\n" + lookup + ",\n" + sink +
                "], \"wires\": [{\"from\": \"src.out\", \"to\": \"met.in\"}, {\"from\": \"met.out\", "
                "\"to\": \"out.in\"}]}");
        const Ended ended = fixture.run({"run", "look.rill"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(askFile(fixture,
                         "SELECT count(*), count(name), count(*) FILTER (WHERE name = 'n' || n) FROM got"),
                 QByteArray("30000\t20000\t20000"));
    }
};

QTEST_GUILESS_MAIN(TestSqlSourceOnServers)
#include "test_sql_source.moc"
