// Who may speak with a real Kafka, and with whom the program speaks: passwords, certificates, names. A secret
// is nowhere where others can read it.
#include <librdkafka/rdkafka.h>

#include <QDirIterator>
#include <QtTest/QtTest>

#include "tests/servers/kafka_fixture.h"

using rw::servers::comes;
using rw::servers::csvSink;
using rw::servers::KafkaFixture;
using rw::servers::source;
using rw::servers::wired;
using rw::testing::describe;
using rw::testing::Ended;

namespace {

const QByteArray kMarker = "marker-a81c77";

QByteArray passwordOfServer() {
    QFile file(qEnvironmentVariable("RILLWRIGHT_KAFKA_PASSWORD_FILE"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

}  // namespace

class TestKafkaSecurity : public QObject {
    Q_OBJECT

    /// The connection “s” to the port with TLS, and the pipeline “reads” over it.
    static QByteArray secured(const KafkaFixture& fixture, const std::map<QByteArray, QByteArray>& changed,
                              const QByteArray& password) {
        std::map<QByteArray, QByteArray> fields{{"address", qgetenv("RILLWRIGHT_KAFKA_TLS")},
                                                {"security", "sasl_ssl"},
                                                {"mechanism", "PLAIN"},
                                                {"user", "rill"},
                                                {"ca_file", qgetenv("RILLWRIGHT_KAFKA_CA")}};
        for (const auto& [name, value] : changed) fields[name] = value;
        if (fields["ca_file"].isEmpty()) fields.erase("ca_file");
        qputenv("TEST_KAFKA_PASSWORD", password);
        qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "k,s");
        fixture.connect({KafkaFixture::connection("s", fields, "TEST_KAFKA_PASSWORD")});
        QByteArray topic = fixture.topic("secured");
        fixture.kafka().putValues(topic.toStdString(), {"a", "b"});
        QByteArray node = source(topic, "v STRING", {"\"format\": \"text\"", "\"end\": \"latest\""});
        node.replace("\"connection\": \"k\"", "\"connection\": \"s\"");
        fixture.pipeline("reads", {node, csvSink("out", "out.csv")}, {wired("src.out", "out.in")});
        return topic;
    }

    static void bothSay(const KafkaFixture& fixture, const QByteArray& said) {
        const Ended tested = fixture.run({"connections", "test", "s"});
        QVERIFY2(tested.status == 1 && tested.err.contains(said), describe(tested).constData());
        const Ended ended = fixture.runIt("reads");
        QVERIFY2(ended.status == 1 && ended.err.contains(said), describe(ended).constData());
    }

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_KAFKA_TLS"), "run it by tests/run --servers");
        QVERIFY(!passwordOfServer().isEmpty());
    }
    void cleanup() { qunsetenv("TEST_KAFKA_PASSWORD"); }

    void aPasswordOverTls() {
        const KafkaFixture fixture;
        secured(fixture, {}, passwordOfServer());
        const Ended tested = fixture.run({"connections", "test", "s"});
        QVERIFY2(tested.status == 0 && tested.out.contains("Sign in"), describe(tested).constData());
        const Ended ended = fixture.runIt("reads");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv"), (QByteArrayList{"a", "b"}));
    }

    void aWrongPasswordEndsTheRun() {
        const KafkaFixture fixture;
        secured(fixture, {}, kMarker);
        bothSay(fixture, "did not accept the user");
    }

    /// Debian's librdkafka can't: then the message says which one can.
    void scram_data() {
        QTest::addColumn<QByteArray>("mechanism");
        QTest::newRow("256") << QByteArray("SCRAM-SHA-256");
        QTest::newRow("512") << QByteArray("SCRAM-SHA-512");
    }
    void scram() {
        QFETCH(const QByteArray, mechanism);
        const KafkaFixture fixture;
        secured(fixture, {{"mechanism", mechanism}}, passwordOfServer());
        if ((rd_kafka_version() >> 8) < 0x020601) {
            bothSay(fixture, "Install librdkafka 2.6.1 or newer, or sign in with PLAIN over TLS");
            return;
        }
        const Ended ended = fixture.runIt("reads");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv").size(), 2);
    }

    /// Its CA file is the mend, as aPasswordOverTls() shows.
    void aCertificateThatNobodyKnows() {
        const KafkaFixture fixture;
        secured(fixture, {{"ca_file", ""}}, passwordOfServer());
        bothSay(fixture, "Choose in the connection the CA file that signed it");
    }

    /// The port without TLS, spoken to with it, and the other way round; nobody; no such name.
    void addressesWhereNoKafkaIs_data() {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<QByteArray>("security");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("no such name") << QByteArray("no-such-host.invalid:9092") << QByteArray("plaintext")
                                      << QByteArray("Failed to resolve");
        QTest::newRow("nobody") << QByteArray("127.0.0.1:1") << QByteArray("plaintext")
                                << QByteArray("Connection refused");
        QTest::newRow("no TLS there")
            << qgetenv("RILLWRIGHT_KAFKA") << QByteArray("ssl") << QByteArray("SSL");
        QTest::newRow("TLS there") << qgetenv("RILLWRIGHT_KAFKA_TLS") << QByteArray("plaintext")
                                   << QByteArray("security.protocol");
    }
    void addressesWhereNoKafkaIs() {
        QFETCH(const QByteArray, address);
        QFETCH(const QByteArray, security);
        QFETCH(const QByteArray, said);
        const KafkaFixture fixture;
        secured(fixture, {{"address", address}, {"security", security}}, kMarker);
        // It waits for them, and can be stopped; or gives up, when it is told to.
        const Ended waits = fixture.runIt("reads", {"--for", "4s"});
        QVERIFY2(waits.status == 0 && waits.err.contains("can't be reached") && waits.err.contains(said),
                 describe(waits).constData());
        const QByteArrayList lines = waits.err.split('\n');
        const auto notes = std::count_if(lines.begin(), lines.end(), [](const QByteArray& line) {
            return line.startsWith("note: src: The brokers at");
        });
        QVERIFY2(notes <= 3, describe(waits).constData());
        QByteArray file = fixture.read("reads.rill");
        file.replace("\"end\"", "\"give_up_after\": \"1s\", \"end\"");
        fixture.write("reads.rill", file);
        const Ended givesUp = fixture.runIt("reads");
        QVERIFY2(givesUp.status == 1 && givesUp.err.contains(said), describe(givesUp).constData());
    }

    /// Neither in what the program says nor in its files, arguments and children.
    void aSecretStaysSecret() {
        const KafkaFixture fixture;
        const QByteArray password = passwordOfServer();
        const QByteArray topic = secured(fixture, {}, password);
        QByteArray node = source(topic, "v STRING", {"\"format\": \"text\""});
        node.replace("\"connection\": \"k\"", "\"connection\": \"s\"");
        fixture.pipeline("lives", {node, csvSink("out", "out.csv")}, {wired("src.out", "out.in")});
        const std::unique_ptr<QProcess> run =
            fixture.beginIt("lives", {"--checkpoint-every", "200ms", "--checkpoint-dir", "kept", "--metrics",
                                      "m.json", "--record", "tape"});
        QVERIFY(comes([&] { return fixture.rowsIn("out.csv").size() == 2; }));
        QFile arguments("/proc/" + QString::number(run->processId()) + "/cmdline");
        QVERIFY(arguments.open(QIODevice::ReadOnly));
        QVERIFY(!arguments.readAll().contains(password));
        const Ended ended = fixture.stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY(!ended.out.contains(password) && !ended.err.contains(password));
        for (const QStringList& words :
             {QStringList{"connections", "--json"}, QStringList{"connections", "export"},
              QStringList{"connections", "test", "s", "--json"}}) {
            const Ended said = fixture.run(words);
            QVERIFY2(said.status == 0, describe(said).constData());
            QVERIFY(!said.out.contains(password) && !said.err.contains(password));
        }
        QDirIterator files(fixture.path("."), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int seen = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(password), qPrintable(file.fileName()));
            ++seen;
        }
        QVERIFY(seen > 3);
    }
};

QTEST_GUILESS_MAIN(TestKafkaSecurity)
#include "test_kafka_security.moc"
