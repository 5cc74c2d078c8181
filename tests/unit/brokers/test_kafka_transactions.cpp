// The transactions that sinks of a connection share: which rows are in which, who decides, and what a run
// that resumes is told. The brokers are fake ones, which keep transactions.
#include <QtTest/QtTest>

#include "core/connect/kafka/kafka_sink.h"
#include "core/connect/kafka/kafka_transactions.h"
#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "tests/support/fake_broker.h"
#include "tests/unit/brokers/fixtures/fake_transactions.h"

using namespace rw;
using namespace rw::test;

namespace {

const std::string kOrders = "orders", kTotals = "totals";

/// A run with two sinks.
class Run2 {
 public:
    explicit Run2(FakeBroker& broker) : m_transactions(fakeTransactions(broker, "line")) {
        m_orders = m_transactions.join(kOrders);
        m_totals = m_transactions.join(kTotals);
    }
    KafkaTransactions& all() { return m_transactions; }
    Status send(const std::string& topic, const std::string& value) {
        KafkaRecord record;
        record.topic = &topic;
        record.value = value;
        return m_transactions.send(record);
    }
    Status prepare(Epoch epoch) {
        RW_TRY(m_transactions.prepare(m_orders, epoch));
        return m_transactions.prepare(m_totals, epoch);
    }
    std::size_t orders() const { return m_orders; }
    std::size_t totals() const { return m_totals; }

 private:
    KafkaTransactions m_transactions;
    std::size_t m_orders = 0, m_totals = 0;
};

using Rows = std::vector<std::string>;

}  // namespace

class TestKafkaTransactions : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsOfAllSinksAreInOneTransaction() {
        FakeBroker broker;
        Run2 run(broker);
        QVERIFY(run.all().open().ok());
        QVERIFY(run.send(kOrders, "1").ok());
        // One sink is at the barrier, the other still sends rows before it.
        QVERIFY(run.all().prepare(run.orders(), 1).ok());
        QVERIFY(run.send(kTotals, "2").ok());
        QCOMPARE(broker.calls("prepare"), 0);
        QVERIFY(run.all().prepare(run.totals(), 1).ok());
        QCOMPARE(broker.calls("prepare"), 1);
        QVERIFY(broker.committed("line").empty());
        QVERIFY(run.all().commit(1).ok());
        QVERIFY(run.all().commit(1).ok());  // the other sink
        QCOMPARE(broker.calls("commit"), 1);
        QVERIFY(broker.committed("line") == (Rows{"orders:1", "totals:2"}));
    }

    void aCheckpointWithoutRowsHasNoTransaction() {
        FakeBroker broker;
        Run2 run(broker);
        QVERIFY(run.all().open().ok());
        QVERIFY(run.prepare(1).ok());
        QVERIFY(run.all().commit(1).ok());
        QCOMPARE(broker.calls("prepare"), 0);
        QVERIFY(run.send(kOrders, "1").ok());
        QVERIFY(run.prepare(2).ok());
        QVERIFY(run.all().commit(2).ok());
        QVERIFY(broker.committed("line") == Rows{"orders:1"});
    }

    void whoResumesIsToldWhatWasCommitted_data() {
        QTest::addColumn<bool>("commits");
        QTest::newRow("committed") << true;
        QTest::newRow("prepared") << false;
    }
    void whoResumesIsToldWhatWasCommitted() {
        QFETCH(const bool, commits);
        FakeBroker broker;
        Run2 before(broker);
        QVERIFY(before.all().open().ok());
        QVERIFY(before.send(kOrders, "1").ok());
        QVERIFY(before.prepare(1).ok());
        if (commits) QVERIFY(before.all().commit(1).ok());
        // It may only seem to be gone.
        for (int times = 0; times < 2; ++times) {
            Run2 after(broker);
            after.all().resume(1, kOrders);
            const Result<bool> there = after.all().isCommitted(1);
            QVERIFY(there.ok());
            QCOMPARE(*there, commits);
        }
        if (!commits) QVERIFY(!before.all().commit(1).ok());
        QCOMPARE(broker.committed("line").size(), std::size_t(commits ? 1 : 0));
    }

    void itGoesOnBehindTheCheckpoint() {
        FakeBroker broker;
        {
            Run2 before(broker);
            QVERIFY(before.all().open().ok());
            QVERIFY(before.send(kOrders, "1").ok());
            QVERIFY(before.prepare(1).ok());
            QVERIFY(before.all().commit(1).ok());
            QVERIFY(before.send(kOrders, "lost").ok());
        }
        Run2 after(broker);
        after.all().resume(1, kOrders);
        QVERIFY(*after.all().isCommitted(1));
        QVERIFY(after.all().open().ok());
        QVERIFY(after.all().commit(1).ok());
        QVERIFY(after.send(kOrders, "2").ok());
        QVERIFY(after.prepare(2).ok());
        QVERIFY(after.all().commit(2).ok());
        QVERIFY(broker.committed("line") == (Rows{"orders:1", "orders:2"}));
    }

    void anOlderCheckpointIsRefused() {
        FakeBroker broker;
        Run2 before(broker);
        QVERIFY(before.all().open().ok());
        for (Epoch epoch = 1; epoch <= 2; ++epoch) {
            QVERIFY(before.send(kOrders, "row").ok());
            QVERIFY(before.prepare(epoch).ok());
            QVERIFY(before.all().commit(epoch).ok());
        }
        Run2 after(broker);
        after.all().resume(1, kOrders);
        const Status opened = after.all().open();
        QVERIFY(!opened.ok());
        QVERIFY2(english(opened.error()).find("up to checkpoint 2") != std::string::npos,
                 english(opened.error()).c_str());
    }

    void whatIsGivenUpIsNowhere() {
        FakeBroker broker;
        Run2 run(broker);
        QVERIFY(run.all().open().ok());
        QVERIFY(run.send(kOrders, "1").ok());
        run.all().abort();
        run.all().abort();
        QCOMPARE(broker.calls("abort"), 1);
        QVERIFY(run.send(kOrders, "2").ok());
        QVERIFY(run.prepare(1).ok());
        QVERIFY(run.all().commit(1).ok());
        QVERIFY(broker.committed("line") == Rows{"orders:2"});
    }

    /// By edits: a run that goes on in transactions must know what those before have committed.
    void whatWasCommittedIsKnownBehindRowsAtLeastOnce() {
        const auto all = std::make_shared<const Connections>(
            std::vector<Connection>{{"shop", "kafka", {{"address", "127.0.0.1:1"}}, {}}}, environmentSecret);
        const auto next = [&](const std::string& topic, bool exactlyOnce, const std::string& before,
                              Epoch epoch) {
            KafkaTarget target;
            target.connection = "shop";
            target.topic = topic;
            target.exactlyOnce = exactlyOnce;
            target.longest = 60'000;
            MakeContext context;
            context.clock = systemClock();
            context.checkpoints = "line";
            KafkaSink sink(target, context, NodeConnection(*all->named("shop"), all), {});
            if (!before.empty()) {
                const Result<StateReader> state = StateReader::open(before);
                if (!state.ok() || !sink.restore(*state).ok()) return std::string();
            }
            if (epoch > 0 && !sink.prepare(epoch).ok()) return std::string();
            StateWriter out;
            if (!sink.snapshot(out).ok()) return std::string();
            return out.finish();
        };
        const std::string exactly = next("old", true, {}, 5);
        const std::string least = next("new", false, exactly, 7);
        const std::string again = next("new", true, least, 0);
        const Result<StateReader> state = StateReader::open(again);
        QVERIFY(state.ok());
        QCOMPARE(*state->u64("epoch"), Epoch{7});
        QCOMPARE(*state->bytes("marker_topic"), std::string_view("old"));
    }

    void theMarkerStaysWhereItWas() {
        FakeBroker broker;
        Run2 run(broker);
        QCOMPARE(run.all().markerTopic(), kOrders);
        run.all().resume(3, "elsewhere");
        QCOMPARE(run.all().markerTopic(), std::string("elsewhere"));
    }
};

QTEST_APPLESS_MAIN(TestKafkaTransactions)
#include "test_kafka_transactions.moc"
