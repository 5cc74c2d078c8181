// Queues between tasks are bounded in rows and in bytes, those of strings too: a full one holds its producers
// back and wakes them when there is room.
#include <QtTest>

#include "core/runtime/executors/inbox.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Notes which tasks were scheduled; nothing runs.
class Notes final : public Executor {
 public:
    std::vector<const Task*> scheduled;
    void add(Task&) override {}
    Status start(std::function<void()>) override { return {}; }
    Status lend(std::shared_ptr<Task>) override { return {}; }
    bool drive(const std::function<bool()>&, std::int64_t) override { return false; }
    void schedule(Task& task) override { scheduled.push_back(&task); }
    void scheduleAt(Task& task, std::int64_t) override { scheduled.push_back(&task); }
    void end() override {}
    void join() override {}
};

class Idle final : public Task {
 protected:
    Step work() override { return Step::Wait; }
    void failed(const Status&) override {}
};

const SchemaRef kSchema = schemaOf({{"s", Type::of(TypeId::String)}});
constexpr std::size_t kRowLimit = 1000;
constexpr std::size_t kMebibyte = std::size_t{1} << 20;

Batch rowsOf(std::size_t count, std::size_t size) {
    return batchOf(kSchema, Rows(count, {std::string(size, 'x')}));
}

struct InboxFixture {
    Notes executor;
    Idle consumer, producer;
    Inbox inbox{executor, systemClock(), kRowLimit};
    InboxFixture() { inbox.setConsumer(consumer); }
    bool woken() const {
        return std::count(executor.scheduled.begin(), executor.scheduled.end(), &producer) > 0;
    }
};

}  // namespace

class TestInbox : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsFillIt() {
        InboxFixture fixture;
        const int slot = fixture.inbox.addSlot(false, 1);
        fixture.inbox.push(slot, 0, {rowsOf(kRowLimit - 1, 1)});
        QVERIFY(fixture.inbox.admit(slot, 0, fixture.producer));
        fixture.inbox.push(slot, 0, {rowsOf(1, 1)});
        QCOMPARE(fixture.inbox.queuedRows(slot), kRowLimit);
        QVERIFY(!fixture.inbox.admit(slot, 0, fixture.producer));
    }

    /// A few rows of megabytes are as much as many of a few bytes.
    void bytesOfStringsFillIt() {
        InboxFixture fixture;
        const int slot = fixture.inbox.addSlot(false, 1);
        std::size_t batches = 0;
        while (batches < 100 && fixture.inbox.admit(slot, 0, fixture.producer)) {
            fixture.inbox.push(slot, 0, {rowsOf(2, 2 * kMebibyte)});
            ++batches;
        }
        QCOMPARE(batches, std::size_t{8});  // 32 MiB
        QVERIFY(!fixture.woken());
        Delivery taken;
        QVERIFY(fixture.inbox.pop(taken));
        QCOMPARE(taken.rows, std::size_t{2});
        QVERIFY(fixture.woken());
        QVERIFY(fixture.inbox.admit(slot, 0, fixture.producer));
    }

    /// One row of each of many large batches keeps all of them in memory.
    void partsOfLargeBatchesFillIt() {
        InboxFixture fixture;
        const int slot = fixture.inbox.addSlot(false, 1);
        for (int i = 0; i < 8; ++i) fixture.inbox.push(slot, 0, {rowsOf(4, kMebibyte).slice(0, 1)});
        QVERIFY(!fixture.inbox.admit(slot, 0, fixture.producer));
        Delivery taken;
        while (fixture.inbox.pop(taken)) continue;
        QVERIFY(fixture.inbox.admit(slot, 0, fixture.producer));
        QCOMPARE(fixture.inbox.queuedRows(slot), std::size_t{0});
    }

    /// Batches cut from one block of input do not count it each.
    void batchesOfOneDeliveryShareTheirBytes() {
        InboxFixture fixture;
        const int slot = fixture.inbox.addSlot(false, 1);
        const Batch block = rowsOf(40, kMebibyte / 2);
        std::vector<Batch> parts;
        for (std::size_t row = 0; row < block.rows; ++row) parts.push_back(block.slice(row, 1));
        fixture.inbox.push(slot, 0, std::move(parts));
        QVERIFY(fixture.inbox.admit(slot, 0, fixture.producer));
    }

    /// Its barrier has come: until those of the others have, its rows must not keep them from sending.
    void whatIsHeldCountsForItsProducerAlone() {
        InboxFixture fixture;
        Idle other;
        const int slot = fixture.inbox.addSlot(false, 2);
        fixture.inbox.push(slot, 0, {rowsOf(kRowLimit, 1)});
        QVERIFY(!fixture.inbox.admit(slot, 1, other));
        fixture.inbox.hold(slot, 0);
        QVERIFY(std::count(fixture.executor.scheduled.begin(), fixture.executor.scheduled.end(), &other) > 0);
        QVERIFY(fixture.inbox.admit(slot, 1, other));
        QVERIFY(!fixture.inbox.admit(slot, 0, fixture.producer));
        fixture.inbox.releaseHeld();
        QVERIFY(!fixture.inbox.admit(slot, 1, other));
        Delivery taken;
        QVERIFY(fixture.inbox.pop(taken));
        QVERIFY(fixture.inbox.admit(slot, 0, fixture.producer));
        QVERIFY(fixture.inbox.admit(slot, 1, other));
    }
};

QTEST_APPLESS_MAIN(TestInbox)
#include "test_inbox.moc"
