// The producer of Kafka sinks against brokers in memory: which messages are there, in which partition, and
// what it says when a topic is missing, a message is too long or the brokers are away.
#include <QtTest/QtTest>
#include <atomic>

#include "core/connect/kafka/kafka_producer.h"
#include "tests/support/worlds/kafka_world.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::int16_t kProduce = 0, kInitProducerId = 22, kAddPartitions = 24;

using Lines = std::vector<std::string>;

}  // namespace

class TestKafkaProducer : public QObject {
    Q_OBJECT

    KafkaWorld m_world{};
    int m_topics = 0;
    std::atomic<bool> m_stopping{false};

    std::string topic(int partitions = 1) {
        std::string name = "out-" + std::to_string(++m_topics);
        m_world.createTopic(name, partitions);
        return name;
    }
    std::unique_ptr<KafkaProducer> producer(const std::string& transactionalId = {}) {
        KafkaProducer::About about;
        about.transactionalId = transactionalId;
        about.longest = 60'000;
        about.clock = systemClock();
        about.stopping = [this] { return m_stopping.load(); };
        return std::make_unique<KafkaProducer>(m_world.connection(), std::move(about));
    }
    static Status send(KafkaProducer& to, const std::string& topic, std::optional<std::string_view> key,
                       std::optional<std::string_view> value, std::int32_t partition = -1) {
        KafkaRecord record;
        record.topic = &topic;
        record.key = key;
        record.value = value;
        record.partition = partition;
        return to.send(record);
    }
    static std::string said(const Status& status) {
        return status.ok() ? std::string() : english(status.error());
    }

 private Q_SLOTS:
    void init() { m_stopping = false; }

    void messagesAreThereInTheirOrder() {
        const std::string name = topic();
        const auto out = producer();
        const Result<std::int32_t> partitions = out->partitionsOf(name);
        QVERIFY2(partitions.ok(), said(partitions.status()).c_str());
        QCOMPARE(*partitions, 1);
        for (const char* const value : {"1", "2", "3"}) QVERIFY(send(*out, name, "k", value).ok());
        QVERIFY(send(*out, name, "k", std::nullopt).ok());
        QVERIFY(send(*out, name, std::nullopt, "").ok());
        QVERIFY2(out->flush().ok(), "flushed");
        QVERIFY(m_world.messages(name) == (Lines{"k=1", "k=2", "k=3", "k=NULL", "NULL="}));
    }

    void aPartitionCanBeNamed() {
        const std::string name = topic(3);
        const auto out = producer();
        QCOMPARE(*out->partitionsOf(name), 3);
        QVERIFY(send(*out, name, std::nullopt, "there", 2).ok());
        QVERIFY(out->flush().ok());
        QVERIFY(m_world.messages(name, 2) == Lines{"NULL=there"});
        QVERIFY(m_world.messages(name, 0).empty());
    }

    void aMissingTopicIsFoundBeforeARowIsSent() {
        const auto partitions = producer()->partitionsOf("nowhere");
        QVERIFY(!partitions.ok());
        QVERIFY2(said(partitions.status()).find("no topic “nowhere”") != std::string::npos,
                 said(partitions.status()).c_str());
        const auto again = producer()->partitionsOf("nowhere");
        QVERIFY2(!again.ok(), "asking for a topic does not make it");
    }

    /// Once, and only where the sink may.
    void aMissingTopicIsMade() {
        const std::string name = "made-" + std::to_string(++m_topics);
        int made = 0;
        KafkaProducer::About about;
        about.longest = 60'000;
        about.clock = systemClock();
        about.create = [&](KafkaClient&, const std::string& wanted) {
            ++made;
            m_world.createTopic(wanted, 2);
            return Status();
        };
        KafkaProducer out(m_world.connection(), std::move(about));
        QVERIFY(!out.partitionsOf(name).ok());
        QCOMPARE(made, 0);
        const Result<std::int32_t> partitions = out.partitionsOf(name, true);
        QVERIFY2(partitions.ok(), said(partitions.status()).c_str());
        QCOMPARE(*partitions, 2);
        QCOMPARE(*out.partitionsOf(name, true), 2);
        QCOMPARE(made, 1);
    }

    void aTopicThatMayNotBeMadeIsTold() {
        KafkaProducer::About about;
        about.longest = 60'000;
        about.clock = systemClock();
        about.create = [](KafkaClient& with, const std::string& wanted) {
            return with.status(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, wanted);
        };
        KafkaProducer out(m_world.connection(), std::move(about));
        const Result<std::int32_t> partitions = out.partitionsOf("forbidden", true);
        QVERIFY(!partitions.ok());
        QCOMPARE(static_cast<int>(partitions.status().error().code), static_cast<int>(ErrorCode::Denied));
    }

    void aMessageThatIsTooLongIsARowsOwnMatter() {
        const std::string name = topic();
        const auto out = producer();
        const Status status = send(*out, name, std::nullopt, std::string(2'000'000, 'x'));
        QVERIFY(!status.ok());
        QCOMPARE(static_cast<int>(status.error().code), static_cast<int>(ErrorCode::Row));
        QVERIFY(send(*out, name, std::nullopt, "short").ok());
        QVERIFY(out->flush().ok());
        QVERIFY(m_world.messages(name) == Lines{"NULL=short"});
    }

    /// What the topic takes is asked for before a row is sent.
    void aMessageThatTheTopicDoesNotTakeIsARowsOwnMatter() {
        const std::string name = topic();
        KafkaProducer::About about;
        about.longest = 60'000;
        about.clock = systemClock();
        std::set<std::string> asked;
        about.limits = [&](KafkaClient&, const std::set<std::string>& topics) {
            asked = topics;
            return KafkaLimits{{name, 1'000}};
        };
        KafkaProducer out(m_world.connection(), std::move(about));
        out.expect(name);
        QVERIFY(out.partitionsOf(name).ok());
        QVERIFY(asked == std::set<std::string>{name});
        const Status status = send(out, name, "k", std::string(1'000 - kBatchOverhead, 'x'));
        QVERIFY(!status.ok());
        QCOMPARE(static_cast<int>(status.error().code), static_cast<int>(ErrorCode::Row));
        QVERIFY2(said(status).find("batches of up to") != std::string::npos, said(status).c_str());
        const std::string longest(999 - kBatchOverhead, 'x');
        QVERIFY(send(out, name, "k", longest).ok());
        QVERIFY(out.flush().ok());
        QVERIFY(m_world.messages(name) == Lines{"k=" + longest});
    }

    void aCommitHoldsNoStopBack() {
        const std::string name = topic();
        const auto out = producer("stopped");
        QVERIFY(out->partitionsOf(name).ok());
        QVERIFY(out->init().ok());
        QVERIFY(out->begin().ok());
        QVERIFY(send(*out, name, std::nullopt, "row").ok());
        QVERIFY(out->prepare(name, 1).ok());
        m_world.setDown(true);
        m_stopping = true;
        QElapsedTimer timer;
        timer.start();
        const Status status = out->commit();
        const std::int64_t took = timer.elapsed();
        m_world.setDown(false);
        QVERIFY(!status.ok());
        QCOMPARE(static_cast<int>(status.error().code), static_cast<int>(ErrorCode::Cancelled));
        QVERIFY2(took < 10'000, std::to_string(took).c_str());
    }

    void errorsThatPassCostAndDoubleNothing() {
        const std::string name = topic();
        const auto out = producer();
        QVERIFY(out->partitionsOf(name).ok());
        m_world.fail(kProduce, {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR__TRANSPORT});
        Lines expected;
        for (int i = 0; i < 20; ++i) {
            const std::string value = std::to_string(i);
            QVERIFY(send(*out, name, std::nullopt, value).ok());
            expected.push_back("NULL=" + value);
        }
        const Status flushed = out->flush();
        QVERIFY2(flushed.ok(), said(flushed).c_str());
        QVERIFY(m_world.messages(name) == expected);
    }

    /// Of few messages, and without waiting for them.
    void aMessageThatIsGivenUpIsNoticed() {
        const std::string name = topic();
        const auto out = producer();
        QVERIFY(out->partitionsOf(name).ok());
        QVERIFY(out->check().ok());
        m_world.fail(kProduce, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
        QVERIFY(send(*out, name, std::nullopt, "1").ok());
        for (int tries = 0; tries < 1'000 && out->check().ok(); ++tries) QTest::qSleep(10);
        QVERIFY(!out->check().ok());
        QCOMPARE(static_cast<int>(out->check().error().code), static_cast<int>(ErrorCode::Denied));
    }

    void brokersThatAreAwayHoldNoStopBack() {
        const std::string name = topic();
        const auto out = producer();
        QVERIFY(out->partitionsOf(name).ok());
        m_world.setDown(true);
        QVERIFY(send(*out, name, std::nullopt, "1").ok());
        m_stopping = true;
        QElapsedTimer timer;
        timer.start();
        const Status status = out->flush();
        m_world.setDown(false);
        QVERIFY(!status.ok());
        QCOMPARE(static_cast<int>(status.error().code), static_cast<int>(ErrorCode::Cancelled));
        QVERIFY2(timer.elapsed() < 10'000, "it gives up soon");
    }

    /// The brokers in memory keep no transactions; that the calls are made in an order that the client takes
    /// is seen here.
    void aTransactionTakesItsCourse() {
        const std::string name = topic();
        const auto out = producer("line");
        QVERIFY(out->partitionsOf(name).ok());
        const auto took = [&](const Status& status) {
            if (!status.ok()) qWarning("%s", said(status).c_str());
            return status.ok();
        };
        QVERIFY(took(out->init()));
        const Result<Epoch> marker = out->marker(name);
        QVERIFY2(marker.ok(), said(marker.status()).c_str());
        QCOMPARE(*marker, Epoch{0});
        for (Epoch epoch = 1; epoch <= 2; ++epoch) {
            QVERIFY(took(out->begin()));
            QVERIFY(took(send(*out, name, std::nullopt, "row")));
            QVERIFY(took(out->prepare(name, epoch)));
            QVERIFY(took(out->commit()));
        }
        QVERIFY(took(out->begin()));
        QVERIFY(took(send(*out, name, std::nullopt, "given up")));
        out->abort();
        QVERIFY(took(out->begin()));
        QVERIFY(m_world.messages(name).size() >= 2);  // these brokers show what is given up, too
    }

    void aTransactionThatFailedSaysWhy_data() {
        QTest::addColumn<int>("error");
        QTest::addColumn<int>("kind");
        QTest::newRow("for good") << static_cast<int>(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
                                  << static_cast<int>(ErrorCode::Denied);
        QTest::newRow("it may pass") << static_cast<int>(RD_KAFKA_RESP_ERR_POLICY_VIOLATION)
                                     << static_cast<int>(ErrorCode::Io);
    }
    void aTransactionThatFailedSaysWhy() {
        QFETCH(const int, error);
        QFETCH(const int, kind);
        const std::string name = topic();
        const auto out = producer("failing-" + std::to_string(error));
        QVERIFY(out->partitionsOf(name).ok());
        QVERIFY(out->init().ok());
        QVERIFY(out->begin().ok());
        m_world.fail(kAddPartitions, {static_cast<rd_kafka_resp_err_t>(error)});
        Status status;
        for (int tries = 0; tries < 1'000 && status.ok(); ++tries) {
            status = send(*out, name, std::nullopt, "row");
            QTest::qSleep(10);
        }
        QVERIFY(!status.ok());
        QVERIFY2(static_cast<int>(status.error().code) == kind, said(status).c_str());
        QVERIFY(!status.error().fix.empty());
    }

    void whoWasShutOutIsTold() {
        const std::string name = topic();
        const auto out = producer("fenced");
        QVERIFY(out->init().ok());
        QVERIFY(out->begin().ok());
        m_world.fail(kProduce, {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH});
        // The client asks for a new epoch then, and is told that another has it.
        m_world.fail(kInitProducerId, {RD_KAFKA_RESP_ERR_PRODUCER_FENCED});
        Status status = send(*out, name, std::nullopt, "row");
        if (status.ok()) status = out->prepare(name, 1);
        if (status.ok()) status = out->commit();
        QVERIFY(!status.ok());
    }
};

QTEST_APPLESS_MAIN(TestKafkaProducer)
#include "test_kafka_producer.moc"
