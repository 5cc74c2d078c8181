// The rows that a producer hands to an exchange at once are bounded in bytes, for any batches.
#include <QtTest>

#include "core/runtime/sender.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Nothing runs.
class Nobody final : public Executor {
 public:
    void add(Task&) override {}
    Status start(std::function<void()>) override { return {}; }
    Status lend(std::shared_ptr<Task>) override { return {}; }
    bool drive(const std::function<bool()>&, std::int64_t) override { return false; }
    void schedule(Task&) override {}
    void scheduleAt(Task&, std::int64_t) override {}
    void end() override {}
    void join() override {}
};

class Idle final : public Task {
 protected:
    Step work() override { return Step::Wait; }
    void failed(const Status&) override {}
};

constexpr std::size_t kMebibyte = std::size_t{1} << 20;
const SchemaRef kSchema = schemaOf({{"s", Type::of(TypeId::String)}});

Batch rowsOf(std::size_t count, std::size_t size) {
    return batchOf(kSchema, Rows(count, {std::string(size, 'x')}));
}

struct SenderFixture {
    Nobody executor;
    Idle consumer;
    Inbox inbox{executor, systemClock(), 65'536};
    Exchange exchange;
    Sender sender;
    SenderFixture() : sender(exchange, {{&inbox, inbox.addSlot(false, 1)}}, kSchema, 0, nullptr, nullptr) {
        inbox.setConsumer(consumer);
    }
    std::vector<std::size_t> arrived() {
        sender.settle(kMinTimestamp);
        sender.flush();
        std::vector<std::size_t> rows;
        for (Delivery delivery; inbox.pop(delivery);) {
            for (const Batch& batch : delivery.batches) rows.push_back(batch.rows);
        }
        return rows;
    }
};

}  // namespace

class TestSender : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void largeBatchesComeInParts() {
        SenderFixture fixture;
        fixture.sender.send(rowsOf(20, kMebibyte));
        QCOMPARE(fixture.arrived(), (std::vector<std::size_t>{8, 8, 4}));
    }

    void aRowIsNeverCut() {
        SenderFixture fixture;
        fixture.sender.send(rowsOf(2, 20 * kMebibyte));
        QCOMPARE(fixture.arrived(), (std::vector<std::size_t>{1, 1}));
    }

    void othersStayWhole() {
        SenderFixture fixture;
        fixture.sender.send(rowsOf(4'096, 100));
        QCOMPARE(fixture.arrived(), (std::vector<std::size_t>{4'096}));
    }

    void itIsFullUntilItIsFlushed() {
        SenderFixture fixture;
        for (int i = 0; i < 7; ++i) fixture.sender.send(rowsOf(1, kMebibyte));
        QVERIFY(!fixture.sender.isFull());
        fixture.sender.send(rowsOf(1, kMebibyte));
        QVERIFY(fixture.sender.isFull());
        QCOMPARE(fixture.arrived().size(), std::size_t{8});
        QVERIFY(!fixture.sender.isFull());
    }
};

QTEST_APPLESS_MAIN(TestSender)
#include "test_sender.moc"
