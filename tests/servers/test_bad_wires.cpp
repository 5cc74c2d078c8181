// Kafka, PostgreSQL, MariaDB and mosquitto over a bad line: slow, in pieces, cut, reset, refused and silent
// for a while. Whatever it does, at the end all rows are there, each once.
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QtTest/QtTest>

#include "tests/servers/kafka_fixture.h"
#include "tests/servers/own_mosquitto.h"
#include "tests/servers/sql_fixture.h"
#include "tests/support/worlds/wire_badness.h"

using rw::servers::comes;
using rw::servers::csvSink;
using rw::servers::KafkaFixture;
using rw::servers::KafkaRow;
using rw::servers::kafkaSink;
using rw::servers::MqttPublisher;
using rw::servers::OwnMosquitto;
using rw::servers::source;
using rw::servers::SqlFixture;
using rw::servers::wired;
using rw::test::BadWire;
using rw::test::kBadnesses;
using rw::test::kSilentTurns;
using rw::test::WirePorts;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

constexpr int kWiredRows = 12'000, kWiredRate = 4'000;  // rows, rows a second
constexpr int kBetweenCuts = 250;                       // milliseconds
constexpr int kSilentFor = kSilentTurns * kBetweenCuts;
constexpr std::size_t kManyBytes = 3'000;
const QStringList kWiredWords{"--checkpoint-every", "150ms", "--checkpoint-dir", "kept"};

QByteArray asPlace(const BadWire& wire) {
    return QByteArray::fromStdString(wire.place());
}

/// The rows from 0 on, with a time each.
QByteArray generatorOf(int rows) {
    return "{\"id\": \"src\", \"type\": \"generator\", \"params\": {\"columns\": [\"n BIGINT = i\"], "
           "\"rows\": " +
           QByteArray::number(rows) + ", \"rate\": " + QByteArray::number(kWiredRate) + "}}";
}

}  // namespace

class TestBadWires : public QObject {
    Q_OBJECT

    static void eachBadness() {
        QTest::addColumn<int>("badness");
        for (int i = 0; i < static_cast<int>(std::size(kBadnesses)); ++i)
            QTest::newRow(kBadnesses[i].name) << i;
    }

    /// Worsens the line again and again until the run ends, or for so long, and mends it.
    static void disturb(QProcess& run, BadWire& wire, int badness, int millis) {
        const QDeadlineTimer until(millis);
        for (int turn = 0; !until.hasExpired() && run.state() != QProcess::NotRunning; ++turn) {
            kBadnesses[badness].worsen(wire.faults(), turn, kManyBytes);
            if (run.waitForFinished(kBetweenCuts)) break;
        }
        mend(wire.faults());
    }

    /// A run that ends by itself. It may have given up while it was disturbed, for a server that is away when
    /// a run starts is an error; then it resumes.
    template <class Begin>
    static void toItsEnd(const Begin& begin, BadWire& wire, int badness) {
        constexpr int kDisturbed = 2 * 1'000 * kWiredRows / kWiredRate;
        for (int starts = 0; starts < 10; ++starts) {
            const std::unique_ptr<QProcess> run =
                begin(starts == 0 ? kWiredWords : QStringList(kWiredWords) << "--resume");
            disturb(*run, wire, badness, starts == 0 ? kDisturbed : 0);
            const Ended ended = ProgramFixture::ended(*run);
            if (ended.status == 0) return;
            QVERIFY2(ended.status == 1, describe(ended).constData());
        }
        QFAIL("it never comes to its end");
    }

    static QByteArrayList numbers(int from, int until) {
        QByteArrayList all;
        for (int n = from; n < until; ++n) all << QByteArray::number(n);
        std::sort(all.begin(), all.end());
        return all;
    }

    static int keysIn(const QString& path) {
        int found = -1;
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("wired"));
            database.setDatabaseName(path);
            if (database.open()) {
                QSqlQuery answer(database);
                if (answer.exec("SELECT count(*) FROM keys") && answer.next())
                    found = answer.value(0).toInt();
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("wired"));
        return found;
    }

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_KAFKA") &&
                     qEnvironmentVariableIsSet("RILLWRIGHT_POSTGRESQL") &&
                     qEnvironmentVariableIsSet("RILLWRIGHT_MARIADB"),
                 "run it by tests/run --servers");
    }

    void fromKafka_data() { eachBadness(); }
    void fromKafka() {
        QFETCH(const int, badness);
        WirePorts ports;  // brokers say where they are: the program is to come by the wire again
        BadWire wire("http://" + qgetenv("RILLWRIGHT_KAFKA").toStdString(), &ports);
        const KafkaFixture fixture(asPlace(wire));
        const QByteArray topic = fixture.topic("wired", 3);
        std::vector<KafkaRow> rows;
        for (int n = 0; n < kWiredRows; ++n) {
            KafkaRow& row = rows.emplace_back();
            row.value = "{\"n\":" + std::to_string(n) + "}";
            row.partition = n % 3;
        }
        fixture.kafka().put(topic.toStdString(), rows);
        fixture.pipeline("wired",
                         {source(topic, "n BIGINT", {"\"format\": \"json\"", "\"end\": \"latest\""}),
                          "{\"id\": \"slow\", \"type\": \"throttle\", \"params\": {\"rate\": " +
                              QByteArray::number(kWiredRate) + "}}",
                          csvSink("out", "out.csv")},
                         {wired("src.out", "slow.in"), wired("slow.out", "out.in")});
        const int before = wire.came();
        toItsEnd([&](const QStringList& words) { return fixture.beginIt("wired", words); }, wire, badness);
        if (QTest::currentTestFailed()) return;
        QVERIFY(wire.came() > before);
        QCOMPARE(fixture.rowsIn("out.csv"), numbers(0, kWiredRows));
    }

    void intoKafka_data() { eachBadness(); }
    void intoKafka() {
        QFETCH(const int, badness);
        WirePorts ports;
        BadWire wire("http://" + qgetenv("RILLWRIGHT_KAFKA").toStdString(), &ports);
        const KafkaFixture fixture(asPlace(wire));
        const QByteArray topic = fixture.topic("taken", 2);
        fixture.pipeline("wired",
                         {generatorOf(kWiredRows), kafkaSink("out", topic, {"\"format\": \"json\""})},
                         {wired("src.out", "out.in")});
        toItsEnd([&](const QStringList& words) { return fixture.beginIt("wired", words); }, wire, badness);
        if (QTest::currentTestFailed()) return;
        std::vector<std::string> expected;
        for (int n = 0; n < kWiredRows; ++n) expected.push_back("{\"n\":" + std::to_string(n) + "}");
        std::sort(expected.begin(), expected.end());
        QVERIFY(fixture.kafka().values(topic.toStdString()) == expected);
    }

    void intoTables_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<int>("badness");
        for (const char* kind : {"postgresql", "mariadb"}) {
            for (int i = 0; i < static_cast<int>(std::size(kBadnesses)); ++i)
                QTest::addRow("%s, %s", kind, kBadnesses[i].name) << QByteArray(kind) << i;
        }
    }
    void intoTables() {
        QFETCH(const QByteArray, kind);
        QFETCH(const int, badness);
        const bool mariadb = kind == "mariadb";
        const QByteArray server = qgetenv(mariadb ? "RILLWRIGHT_MARIADB" : "RILLWRIGHT_POSTGRESQL");
        BadWire wire("http://" + server.toStdString());
        const SqlFixture fixture(kind, {}, asPlace(wire));
        const QByteArray table = fixture.table("wired");
        fixture.pipeline("wired", table, {}, kWiredRows, kWiredRate);
        toItsEnd([&](const QStringList& words) { return fixture.beginIt("wired", words); }, wire, badness);
        if (QTest::currentTestFailed()) return;
        QVERIFY(wire.came() > 0);
        QCOMPARE(fixture.ask("SELECT count(*), count(DISTINCT id), max(id) FROM " + table),
                 QByteArray::number(kWiredRows) + '\t' + QByteArray::number(kWiredRows) + '\t' +
                     QByteArray::number(kWiredRows - 1));
    }

    void fromPostgresql_data() { eachBadness(); }
    void fromPostgresql() {
        QFETCH(const int, badness);
        BadWire wire("http://" + qgetenv("RILLWRIGHT_POSTGRESQL").toStdString());
        const SqlFixture fixture("postgresql", {}, asPlace(wire));
        const QByteArray table = fixture.table("read");
        fixture.ask("CREATE TABLE " + table + " (n bigint PRIMARY KEY); INSERT INTO " + table +
                    " SELECT generate_series(0, " + QByteArray::number(kWiredRows - 1) + ")");
        fixture.write("wired.rill",
                      "{\"rill\": 1, \"nodes\": [{\"id\": \"src\", \"type\": \"sql_source\", \"params\": "
                      "{\"connection\": \"db\", \"columns\": [\"n BIGINT\"], \"table\": \"" +
                          table + "\"}}, {\"id\": \"slow\", \"type\": \"throttle\", \"params\": {\"rate\": " +
                          QByteArray::number(kWiredRate) + "}}, " + csvSink("out", "out.csv") +
                          "], \"wires\": [" + wired("src.out", "slow.in") + ", " +
                          wired("slow.out", "out.in") + "]}");
        toItsEnd([&](const QStringList& words) { return fixture.beginIt("wired", words); }, wire, badness);
        if (QTest::currentTestFailed()) return;
        QByteArrayList rows = fixture.read("out.csv").split('\n');
        rows.removeFirst();
        rows.removeAll(QByteArray());
        std::sort(rows.begin(), rows.end());
        QCOMPARE(rows, numbers(0, kWiredRows));
    }

    /// At least once: every key is there.
    void fromMosquitto_data() { eachBadness(); }
    void fromMosquitto() {
        QFETCH(const int, badness);
        OwnMosquitto broker;
        QVERIFY(broker.start());
        BadWire wire("http://" + broker.address().toStdString());
        const ProgramFixture fixture;
        const Ended added =
            fixture.run({"connections", "add", "b", "mqtt", "--field",
                         "address=" + QString::fromLatin1(asPlace(wire)), "--field", "tls=off"});
        QVERIFY2(added.status == 0, describe(added).constData());
        fixture.write(
            "wired.rill",
            "{\"rill\": 1, \"nodes\": ["
            "{\"id\": \"in\", \"type\": \"mqtt_source\", \"params\": {\"connection\": \"b\", "
            "\"topic\": \"plant/+\", \"columns\": [\"n BIGINT\"]}},"
            "{\"id\": \"keys\", \"type\": \"sqlite_sink\", \"params\": {\"database\": \"out.sqlite\", "
            "\"table\": \"keys\", \"mode\": \"upsert\", \"key\": [\"n\"]}}], \"wires\": [" +
                wired("in.out", "keys.in") + "]}");
        const std::unique_ptr<QProcess> run =
            fixture.begin(QStringList{"run", "wired.rill", "--allow-connections", "b"} + kWiredWords);
        MqttPublisher publisher(broker.port());
        // From the first that comes on the broker keeps messages for it.
        QVERIFY(comes([&] {
            publisher.publish("plant/a", "{\"n\":-1}");
            return publisher.flush() && keysIn(fixture.path("out.sqlite")) == 1;
        }));
        for (int n = 0; n < kWiredRows; ++n)
            publisher.publish("plant/" + QByteArray::number(n % 5), "{\"n\":" + QByteArray::number(n) + "}");
        disturb(*run, wire, badness, kSilentFor);
        QVERIFY(publisher.flush());
        QVERIFY(comes([&] { return keysIn(fixture.path("out.sqlite")) == kWiredRows + 1; }));
        const Ended ended = KafkaFixture::stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
    }
};

QTEST_GUILESS_MAIN(TestBadWires)
#include "test_bad_wires.moc"
