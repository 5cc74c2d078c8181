// lookup_join in a run that is recorded: which table rows meet while the next one is read.
#include <QtTest/QtTest>
#include <atomic>
#include <functional>
#include <thread>

#include "tests/unit/nodes/fixtures/lookup_shop.h"

using namespace rw;
using namespace rw::test;
using namespace rw::test::lookups;

namespace {

/// A run that is recorded, without keeping the records.
struct Recorder final : LookupRecorder {
    std::size_t lookups = 0, tables = 0;
    std::function<void()> whileReading = [] {};  ///< called before a table that was read again is recorded
    std::size_t addLookup(TapeLookup) override { return lookups++; }
    std::size_t addAsking(NodeId) override { return 0; }
    void add(std::size_t, Answers) override {}
    bool admits() override {
        whileReading();
        return true;
    }
    void add(std::size_t, TapeTable table) override {
        if (table.kind == TapeTable::Kind::Met) ++tables;
    }
};

}  // namespace

class TestRecordedLookup : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    // In a recorded run rows of one moment meet one table, whichever batch they are in.
    void rowsOfABatchMayMeetDifferentTables() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, '')");
        Recorder recorder;
        shop.recorder = &recorder;
        StreamType made = keyedStream();
        made.made = true;
        const BoundForTest bound = bindNode(lookupKind(), shop.params(), {{made}});
        QVERIFY2(bound.node, bound.said().c_str());
        const auto op = shop.make(*bound.node), other = shop.make(*bound.node);
        QCOMPARE(recorder.lookups, std::size_t{1});
        const auto at = [&](Operator& asked, const std::vector<Instant>& times) {
            Rows rows;
            for (const Instant time : times)
                rows.push_back({text("a"), static_cast<std::int32_t>(time), Value(kNoon + time)});
            Taken taken;
            const Status status = Shop::feed(asked, test::batchOf(keyedStream().schema, rows), taken);
            return status.ok() ? taken.lines() : Lines{english(status.error())};
        };
        QCOMPARE(at(*op, {5, 10}), (Lines{"a|5|a|1", "a|10|a|1"}));
        shop.exec("UPDATE items SET price = 2");
        shop.clock->advance(kRefresh);
        QCOMPARE(at(*op, {4}), (Lines{"a|4|a|1"}));  // behind it the table is read again
        QCOMPARE(recorder.tables, std::size_t{2});
        QCOMPARE(at(*other, {10, 11, 3, 12, 13}),
                 (Lines{"a|10|a|1", "a|11|a|2", "a|3|a|1", "a|12|a|2", "a|13|a|2"}));
        shop.clock->advance(kRefresh);
        QCOMPARE(at(*op, {14}), (Lines{"a|14|a|2"}));
        QCOMPARE(recorder.tables, std::size_t{2});  // the same as before
    }

    // A disk or a lock may block the reader: the other tasks do not wait for it.
    void whoReadsATableAnewHoldsUpNoOther() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, '')");
        Recorder recorder;
        shop.recorder = &recorder;
        const BoundForTest bound = shop.bind();
        QVERIFY2(bound.node, bound.said().c_str());
        const auto op = shop.make(*bound.node), other = shop.make(*bound.node);
        const auto feed = [](Operator& to) {
            Taken taken;
            const Status status = Shop::feed(to, batchOf({{text("a"), Value(std::int32_t{7})}}), taken);
            return status.ok() ? taken.lines() : Lines{english(status.error())};
        };
        QCOMPARE(feed(*op), Lines{"a|7|a|1"});
        shop.exec("UPDATE items SET price = 2");
        shop.clock->advance(kRefresh);
        Lines meanwhile;
        std::atomic<bool> over{false};
        std::thread beside;
        bool inTime = false;
        recorder.whileReading = [&] {
            if (beside.joinable()) return;
            beside = std::thread([&] {
                meanwhile = feed(*other);
                over = true;
            });
            inTime = QTest::qWaitFor([&over] { return over.load(); }, 30'000);
        };
        const Lines reading = feed(*op);
        QVERIFY(beside.joinable());
        beside.join();
        QVERIFY(inTime);
        QCOMPARE(meanwhile, Lines{"a|7|a|1"});  // by the table of before
        QCOMPARE(reading, Lines{"a|7|a|1"});
        QCOMPARE(feed(*other), Lines{"a|7|a|2"});
    }

    // … and rows that a source gave meet that of when they were read.
    void rowsMeetTheTableOfTheirArrival() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, '')");
        Recorder recorder;
        shop.recorder = &recorder;
        const BoundForTest bound = shop.bind();
        const auto op = shop.make(*bound.node), other = shop.make(*bound.node);
        const auto price = [&](Operator& asked, Instant arrived) {
            Batch batch = batchOf({{text("a"), 0}});
            batch.arrived = arrived;
            Taken taken;
            const Status status = Shop::feed(asked, batch, taken);
            return status.ok() ? taken.lines().at(0) : english(status.error());
        };
        QCOMPARE(price(*op, 100), std::string("a|0|a|1"));
        shop.exec("UPDATE items SET price = 2");
        shop.clock->advance(kRefresh);
        QCOMPARE(price(*op, 100), std::string("a|0|a|1"));
        QCOMPARE(price(*op, 101), std::string("a|0|a|2"));
        QCOMPARE(price(*other, 100), std::string("a|0|a|1"));  // it was slower
        QCOMPARE(price(*other, kNoMoment), std::string("a|0|a|2"));
    }
};

QTEST_APPLESS_MAIN(TestRecordedLookup)
#include "test_recorded_lookup.moc"
