// Transactions of a real Kafka: those of other programs, and ours.
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>

#include "tests/servers/kafka_fixture.h"

using rw::servers::comes;
using rw::servers::csvSink;
using rw::servers::ForeignTransaction;
using rw::servers::KafkaFixture;
using rw::servers::kafkaSink;
using rw::servers::source;
using rw::servers::wired;
using rw::testing::describe;
using rw::testing::Ended;

namespace {

std::vector<std::string> textNumbers(int from, int to) {
    std::vector<std::string> all;
    for (int i = from; i < to; ++i) all.push_back(std::to_string(i));
    return all;
}

const QByteArray kText = "\"format\": \"text\"";

}  // namespace

class TestKafkaTransactions : public QObject {
    Q_OBJECT

    static void writeReading(const KafkaFixture& fixture, const QByteArray& topic,
                             const QByteArrayList& more = {}) {
        fixture.pipeline("reads",
                         {source(topic, "v STRING", QByteArrayList{kText} + more), csvSink("out", "out.csv")},
                         {wired("src.out", "out.in")});
    }

    static void writeCopying(const KafkaFixture& fixture, const QByteArray& from, const QByteArray& to,
                             const QByteArrayList& more = {}) {
        fixture.pipeline(
            "copies", {source(from, "v STRING", {kText}), kafkaSink("ks", to, QByteArrayList{kText} + more)},
            {wired("src.out", "ks.in")});
    }

    static std::size_t written(const KafkaFixture& fixture, const QByteArray& topic) {
        return fixture.kafka().values(topic.toStdString()).size();
    }

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_KAFKA"), "run it by tests/run --servers");
    }

    /// Blocked, and never idle.
    void rowsBehindAnOpenTransactionWait() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("open");
        const std::string name = topic.toStdString();
        ForeignTransaction foreign(fixture.kafka(), name);
        fixture.kafka().putValues(name, {"before"});
        foreign.begin();
        foreign.put(name, "inside");
        fixture.kafka().putValues(name, {"behind"});
        writeReading(fixture, topic, {"\"idle_timeout\": \"200ms\""});
        const QStringList words{"--checkpoint-every", "0s", "--metrics", "m.json"};
        const std::unique_ptr<QProcess> waits = fixture.beginIt("reads", words);
        QByteArray said;
        QVERIFY(comes([&] {
            (void)waits->waitForReadyRead(10);
            said += waits->readAllStandardError();
            return said.contains("A transaction of another program is open") &&
                   said.contains("which is 15 minutes unless set");
        }));
        const Ended stopped = fixture.stop(*waits);
        QVERIFY2(stopped.status == 0, describe(stopped).constData());
        QCOMPARE(fixture.rowsIn("out.csv"), QByteArrayList{"before"});
        const QJsonObject waiting = fixture.sourceIn("m.json")["partitions"].toArray().at(0).toObject();
        QCOMPARE(waiting["state"].toString(), QStringLiteral("blocked"));
        QVERIFY2(waiting["lag_rows"].toInt() >= 2, fixture.read("m.json").constData());

        const std::unique_ptr<QProcess> goesOn = fixture.beginIt("reads", words);
        QVERIFY(comes([&] { return fixture.rowsIn("out.csv").size() == 1; }));
        foreign.commit();
        QVERIFY(comes([&] { return fixture.rowsIn("out.csv").size() == 3; }));
        QCOMPARE(fixture.stop(*goesOn).status, 0);
        QVERIFY(fixture.sourceIn("m.json")["partitions"].toArray().at(0).toObject()["state"].toString() !=
                QStringLiteral("blocked"));
    }

    void rowsOfATransactionThatWasAbortedAreNone() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("aborted");
        const std::string name = topic.toStdString();
        ForeignTransaction foreign(fixture.kafka(), name);
        foreign.begin();
        foreign.put(name, "lost");
        foreign.abort();
        fixture.kafka().putValues(name, {"kept"});
        foreign.begin();
        foreign.put(name, "lost, too");
        foreign.abort();
        writeReading(fixture, topic, {"\"end\": \"latest\""});
        const Ended ended = fixture.runIt("reads");
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv"), QByteArrayList{"kept"});
    }

    /// Aborted rows and the marks of transactions have offsets, too.
    void aRecordedRowNamesItsOffset() {
        const KafkaFixture fixture;
        const QByteArray topic = fixture.topic("places");
        const std::string name = topic.toStdString();
        ForeignTransaction foreign(fixture.kafka(), name);
        fixture.kafka().putValues(name, {"a", "b"});
        foreign.begin();
        foreign.put(name, "lost");
        foreign.abort();
        foreign.begin();
        foreign.put(name, "c");
        foreign.commit();
        fixture.kafka().putValues(name, {"d"});
        fixture.pipeline("reads",
                         {source(topic, "v STRING, o BIGINT FROM OFFSET", {kText, "\"end\": \"latest\""}),
                          R"json({"id": "some", "type": "filter", "params": {"condition": "v <> ''"}})json",
                          csvSink("out", "out.csv")},
                         {wired("src.out", "some.in"), wired("some.out", "out.in")});
        const Ended ended = fixture.runIt("reads", {"--record", "t.tape"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QCOMPARE(fixture.rowsIn("out.csv").size(), 4);
        for (const char* value : {"a", "b", "c", "d"}) {
            const Ended why = fixture.run({"why", "reads.rill", "--node", "some", "--where",
                                           QStringLiteral("v = '%1'").arg(QLatin1String(value)), "--replay",
                                           "t.tape", "--json"});
            QVERIFY2(why.status == 0, describe(why).constData());
            const QJsonArray steps = QJsonDocument::fromJson(why.out).object()["steps"].toArray();
            const QJsonObject row = steps.first()["rows"].toArray().first().toObject();
            const QJsonObject origin = row["origin"].toObject();
            QCOMPARE(origin["topic"].toString().toUtf8(), topic);
            QCOMPARE(origin["partition"].toInt(-1), 0);
            QVERIFY2(origin["offset"].isDouble(), why.out.constData());
            QCOMPARE(origin["offset"].toInteger(), row["values"].toObject()["o"].toInteger(-1));
        }
    }

    /// With a copy of its checkpoints, as on another computer: the first one is shut out, and no row is
    /// twice.
    void aSecondRunShutsOutTheFirst() {
        const KafkaFixture fixture;
        const QByteArray from = fixture.topic("from"), to = fixture.topic("to");
        fixture.kafka().putValues(from.toStdString(), textNumbers(0, 10));
        writeCopying(fixture, from, to);
        const QStringList often{"--checkpoint-every", "300ms", "--checkpoint-dir"};
        const std::unique_ptr<QProcess> one = fixture.beginIt("copies", QStringList(often) << "kept");
        QVERIFY(comes([&] { return written(fixture, to) == 10; }));
        QCOMPARE(fixture.stop(*one).status, 0);
        QDir(fixture.path(".")).mkpath("copied");
        for (const QFileInfo& file : QDir(fixture.path("kept")).entryInfoList(QDir::Files))
            QVERIFY(QFile::copy(file.filePath(), fixture.path("copied/" + file.fileName())));

        const std::unique_ptr<QProcess> first = fixture.beginIt("copies", QStringList(often) << "kept"
                                                                                             << "--resume");
        fixture.kafka().putValues(from.toStdString(), textNumbers(10, 20));
        QVERIFY(comes([&] { return written(fixture, to) == 20; }));
        const Ended second = fixture.runIt("copies", QStringList(often) << "copied"
                                                                        << "--resume"
                                                                        << "--for"
                                                                        << "5s");
        // It resumes from an older checkpoint than the topics have.
        QVERIFY2(second.status == 1 && second.err.contains("rows that were committed can't be taken back"),
                 describe(second).constData());
        fixture.kafka().putValues(from.toStdString(), textNumbers(20, 30));
        const Ended ended = fixture.ended(*first);
        QVERIFY2(ended.status == 1 && ended.err.contains("this one was shut out"),
                 describe(ended).constData());

        const std::unique_ptr<QProcess> last = fixture.beginIt("copies", QStringList(often) << "kept"
                                                                                            << "--resume");
        QVERIFY(comes([&] { return written(fixture, to) == 30; }));
        QCOMPARE(fixture.stop(*last).status, 0);
    }

    void aTransactionThatLastsTooLong() {
        const KafkaFixture fixture;
        const QByteArray from = fixture.topic("from"), to = fixture.topic("to");
        fixture.kafka().putValues(from.toStdString(), textNumbers(0, 10));
        writeCopying(fixture, from, to, {"\"transaction_timeout\": \"2s\""});
        const QStringList kept{"--checkpoint-dir", "kept", "--restart", "none"};
        const Ended ended = fixture.runIt("copies", QStringList(kept) << "--checkpoint-every"
                                                                      << "15s");
        QVERIFY2(ended.status == 1 && ended.err.contains("open for longer than 2\u2009s"),
                 describe(ended).constData());
        QVERIFY(fixture.kafka().values(to.toStdString()).empty());
        const std::unique_ptr<QProcess> run =
            fixture.beginIt("copies", QStringList(kept) << "--checkpoint-every"
                                                        << "300ms"
                                                        << "--resume");
        QVERIFY(comes([&] { return written(fixture, to) == 10; }));
        QCOMPARE(fixture.stop(*run).status, 0);
    }

    void atLeastOnceNeedsNoCheckpoint() {
        const KafkaFixture fixture;
        const QByteArray from = fixture.topic("from"), to = fixture.topic("to");
        fixture.kafka().putValues(from.toStdString(), textNumbers(0, 10));
        writeCopying(fixture, from, to, {"\"delivery\": \"at_least_once\""});
        const std::unique_ptr<QProcess> run = fixture.beginIt("copies", {"--checkpoint-every", "1h"});
        QVERIFY(comes([&] { return written(fixture, to) == 10; }));
        QCOMPARE(fixture.stop(*run).status, 0);
    }
};

QTEST_GUILESS_MAIN(TestKafkaTransactions)
#include "test_kafka_transactions.moc"
