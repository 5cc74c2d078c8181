// A pipeline over a real Kafka and a real PostgreSQL, here, on a real Flink and on a real Spark: the messages
// and the tables that it leaves are the same, and the password of the database is nowhere.
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/servers/kafka_fixture.h"

using rw::servers::KafkaFixture;
using rw::servers::kafkaSink;
using rw::servers::source;
using rw::servers::wired;
using rw::testing::describe;
using rw::testing::Ended;

namespace {

constexpr int kOrders = 600;
const QByteArray kPassword = "not-for-every'one";

/// What psql prints: cells with tabs between, a row a line.
QByteArray askDatabase(const QByteArray& statement) {
    const QString address = qEnvironmentVariable("RILLWRIGHT_POSTGRESQL");
    QProcess client;
    client.start("psql",
                 {"-X", "-q", "-h", address.section(u':', 0, 0), "-p", address.section(u':', 1, 1), "-U",
                  "rill", "-d", "rill", "-A", "-t", "-F", "\t", "-c", QString::fromUtf8(statement)});
    client.waitForFinished(60'000);
    return client.readAllStandardOutput().trimmed();
}

/// One run: what it writes, and how it is begun.
struct Place {
    const char* name;
    const char* variable;  ///< says where it is; null: here
};
constexpr Place kHere{"here", nullptr};

}  // namespace

class TestKafkaOnClusters : public QObject {
    Q_OBJECT

    KafkaFixture m_fixture;
    QByteArray m_orders, m_prefix;

    /// “k”, and the database “db”, whose password the environment has.
    void connectBoth() const {
        const QJsonObject fields{{"address", qEnvironmentVariable("RILLWRIGHT_POSTGRESQL")},
                                 {"database", "rill"},
                                 {"user", "rill"},
                                 {"tls", "off"}};
        const QJsonObject password{{"environment", "RILL_TEST_DATABASE_PASSWORD"}};
        const QJsonObject database{{"name", "db"},
                                   {"kind", "postgresql"},
                                   {"fields", fields},
                                   {"secrets", QJsonObject{{"password", password}}}};
        m_fixture.connect({QJsonDocument(database).toJson()});
        qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "k,db");
        qputenv("RILL_TEST_DATABASE_PASSWORD", kPassword);
    }

    void writeTargets() const {
        const QJsonObject flink{{"gateway", qEnvironmentVariable("RILLWRIGHT_FLINK_GATEWAY")},
                                {"job_manager", qEnvironmentVariable("RILLWRIGHT_FLINK_REST")}};
        const QJsonObject spark{{"submit", qEnvironmentVariable("RILLWRIGHT_SPARK_SUBMIT")},
                                {"master", "local[1]"},
                                {"options", QJsonArray{"--conf", "spark.ui.enabled=false", "--conf",
                                                       "spark.driver.host=127.0.0.1", "--conf",
                                                       "spark.driver.bindAddress=127.0.0.1"}}};
        const QJsonArray targets{QJsonObject{{"name", "flink"}, {"engine", "flink"}, {"flink", flink}},
                                 QJsonObject{{"name", "spark"}, {"engine", "spark"}, {"spark", spark}}};
        m_fixture.write(".config/rillwright/targets.json",
                        QJsonDocument(QJsonObject{{"targets", targets}}).toJson());
    }

    QByteArray tableOf(const QByteArray& place, const QByteArray& what) const {
        return m_prefix + what + '_' + place;
    }

    /// PLACE.rill, with topics and tables of that place: rows of a topic that pass a filter, totals by key as
    /// an upsert, and a table as it is.
    void writePipeline(const QByteArray& place) const {
        const QByteArray filter =
            "{\"id\": \"big\", \"type\": \"filter\", \"params\": {\"condition\": \"v >= 50\"}}";
        const QByteArray totals =
            "{\"id\": \"totals\", \"type\": \"group_aggregate\", \"params\": {\"keys\": [\"k\"], "
            "\"aggregates\": [\"COUNT(*) AS n\", \"SUM(v) AS total\"]}}";
        const QByteArray prices =
            "{\"id\": \"prices\", \"type\": \"sql_source\", \"params\": {\"connection\": \"db\", \"table\": "
            "\"" +
            m_prefix + "prices\", \"columns\": [\"id BIGINT\", \"Name STRING\", \"price DECIMAL(10,2)\"]}}";
        const QByteArray table =
            "{\"id\": \"kept\", \"type\": \"sql_sink\", \"params\": {\"connection\": \"db\", \"mode\": "
            "\"upsert\", \"table\": \"" +
            tableOf(place, "totals") + "\"}}";
        m_fixture.pipeline(
            QString::fromUtf8(place),
            {source(m_orders, "id BIGINT, k STRING, v BIGINT", {"\"end\": \"latest\""}), filter, totals,
             prices, table, kafkaSink("out", m_fixture.topicName("out-" + place), {"\"key\": [\"id\"]"}),
             kafkaSink("copied", m_fixture.topicName("copied-" + place), {"\"key\": [\"id\"]"})},
            {wired("src", "big"), wired("big", "out"), wired("src", "totals"), wired("totals", "kept"),
             wired("prices", "copied")});
        for (const char* topic : {"out-", "copied-"}) m_fixture.topic(topic + place);
        askDatabase("CREATE TABLE " + tableOf(place, "totals") +
                    " (k text PRIMARY KEY, n bigint, total bigint)");
    }

    /// Key and value of each message, sorted; the value as JSON has it, for engines write numbers in their
    /// way.
    QByteArrayList messages(const QByteArray& topic) const {
        QByteArrayList all;
        for (const rw::servers::KafkaRow& row : m_fixture.kafka().rows(topic.toStdString())) {
            const QByteArray value = QByteArray::fromStdString(row.value.value_or("null"));
            all << QByteArray::fromStdString(row.key.value_or("no key")) + " " +
                       QJsonDocument(QJsonDocument::fromJson(value).object()).toJson(QJsonDocument::Compact);
        }
        std::sort(all.begin(), all.end());
        return all;
    }

    QByteArray totals(const QByteArray& place) const {
        return askDatabase("SELECT * FROM " + tableOf(place, "totals") + " ORDER BY k");
    }

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_KAFKA"), "run it by tests/run --servers");
        connectBoth();
        writeTargets();
        m_orders = m_fixture.topic("orders", 2);
        m_prefix = m_fixture.topicName("").replace('-', '_');
        std::vector<rw::servers::KafkaRow> rows;
        for (int i = 0; i < kOrders; ++i) {
            rw::servers::KafkaRow row;
            row.value =
                QJsonDocument(QJsonObject{{"id", i}, {"k", QString("k%1").arg(i % 7)}, {"v", i % 100}})
                    .toJson(QJsonDocument::Compact)
                    .toStdString();
            row.partition = i % 2;
            rows.push_back(row);
        }
        rows[5].value = "no JSON";
        m_fixture.kafka().put(m_orders.toStdString(), rows);
        askDatabase("CREATE TABLE " + m_prefix +
                    "prices (id bigint PRIMARY KEY, \"Name\" text, price numeric(10,2))");
        askDatabase("INSERT INTO " + m_prefix +
                    "prices SELECT i, 'n' || i, i + 0.25 FROM generate_series(1, 9) AS i");
        askDatabase("INSERT INTO " + m_prefix + "prices VALUES (10, NULL, NULL)");
        writePipeline(kHere.name);
        const Ended ended = m_fixture.runIt(kHere.name);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(messages(m_fixture.topicName("out-here")).size(), qsizetype{kOrders / 2});
        QCOMPARE(messages(m_fixture.topicName("copied-here")).size(), qsizetype{10});
        QCOMPARE(totals(kHere.name).split('\n').size(), qsizetype{7});
    }

    void leavesTheSame_data() {
        QTest::addColumn<QByteArray>("place");
        QTest::addColumn<QByteArray>("variable");
        QTest::newRow("flink") << QByteArray("flink") << QByteArray("RILLWRIGHT_FLINK_GATEWAY");
        QTest::newRow("spark") << QByteArray("spark") << QByteArray("RILLWRIGHT_SPARK_SUBMIT");
    }

    void leavesTheSame() {
        QFETCH(QByteArray, place);
        QFETCH(QByteArray, variable);
        if (!qEnvironmentVariableIsSet(variable.constData()))
            QSKIP("there is no cluster: run it with --with-cluster");
        writePipeline(place);
        const QString name = QString::fromUtf8(place);
        const Ended ended = m_fixture.run({"deploy", name + ".rill", "--target", name, "--wait"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(messages(m_fixture.topicName("out-" + place)), messages(m_fixture.topicName("out-here")));
        QCOMPARE(messages(m_fixture.topicName("copied-" + place)),
                 messages(m_fixture.topicName("copied-here")));
        QCOMPARE(totals(place), totals(kHere.name));
        QVERIFY(!ended.out.contains(kPassword) && !ended.err.contains(kPassword));
        const Ended jobs = m_fixture.run({"jobs", "--json"});
        QVERIFY2(jobs.status == 0 && !jobs.out.contains(kPassword), describe(jobs).constData());
    }

    void exportsHoldNoSecret() {
        for (const char* const format : {"flink-sql", "pyflink", "pyspark"}) {
            const Ended ended = m_fixture.run({"export", "here.rill", "--to", format});
            QVERIFY2(ended.status == 0, describe(ended).constData());
            QVERIFY2(ended.out.contains("DB_PASSWORD") && !ended.out.contains(kPassword), format);
            QVERIFY2(ended.out.contains("kafka"), format);
        }
    }

    /// A file that the designer did not save gives no secret to a cluster unless it is allowed to.
    void aStrangeFileIsNotDeployed() {
        if (!qEnvironmentVariableIsSet("RILLWRIGHT_FLINK_GATEWAY"))
            QSKIP("there is no cluster: run it with --with-cluster");
        qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "k");
        const Ended ended = m_fixture.run({"deploy", "here.rill", "--target", "flink", "--dry-run"});
        qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "k,db");
        QVERIFY2(ended.status == 2 && ended.err.contains("--allow-connections db"),
                 describe(ended).constData());
    }
};

QTEST_GUILESS_MAIN(TestKafkaOnClusters)
#include "test_kafka_on_clusters.moc"
