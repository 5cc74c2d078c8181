// The rows that a run keeps for being looked at, those of taps and late and rejected ones: the newest, in order,
// bounded in rows and bytes, and without the memory that they came in.
#include <QtTest>

#include "core/runtime/metrics/kept_rows.h"
#include "core/runtime/tap.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kLateSchema = schemaOf({{"s", Type::of(TypeId::String)},
                                        {"ts", Type::of(TypeId::Timestamp)},
                                        {"late_by", Type::of(TypeId::Bigint)},
                                        {"late_for", Type::of(TypeId::Timestamp)}});

/// Rows first, first + 1 … with texts of `size` bytes; late by their number.
Batch lateRows(std::int64_t first, std::int64_t count, std::size_t size = 3) {
    Rows rows;
    for (std::int64_t i = first; i < first + count; ++i) {
        rows.push_back({std::string(size, 'x'), Instant{1000 + i}, i, Instant{5000}});
    }
    Batch batch = batchOf(kLateSchema, rows);
    batch.positions.first = first;
    return batch;
}

std::vector<std::int64_t> numbersOf(const std::vector<KeptRow>& rows) {
    std::vector<std::int64_t> numbers;
    for (const KeptRow& row : rows) numbers.push_back(row.position);
    return numbers;
}

std::vector<std::int64_t> numbersOf(const Tap& tap) {
    std::vector<std::int64_t> numbers;
    for (const Batch& batch : tap.recent()) {
        for (std::size_t row = 0; row < batch.rows; ++row) numbers.push_back(batch.positions.at(row));
    }
    return numbers;
}

/// first, first + 1 … last.
std::vector<std::int64_t> upTo(std::int64_t first, std::int64_t last) {
    std::vector<std::int64_t> numbers;
    for (std::int64_t i = first; i <= last; ++i) numbers.push_back(i);
    return numbers;
}

template <class Arg>
Text wrong(const Arg& what) {
    return RW_TEXT("test", "“%1” is wrong").with(what);
}

}  // namespace

class TestKeptRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theNewestLateRowsAreKeptInOrder() {
        KeptRows kept(10, systemClock());
        for (std::int64_t first = 0; first < 40; first += 4)
            kept.addLate({"n", "late"}, lateRows(first, 4), 1);
        const std::vector<KeptRow> rows = kept.since(0);
        QVERIFY(rows.size() >= 10 && rows.size() < 14);  // whole batches
        QCOMPARE(numbersOf(rows), upTo(40 - static_cast<std::int64_t>(rows.size()), 39));
        QCOMPARE(rows.back().number, std::uint64_t{40});
        QCOMPARE(rows.back().lateBy, Millis{39});
        QCOMPARE(rows.back().eventTime, Instant{1039});
        QCOMPARE(rows.back().kind, KeptRow::Kind::Late);
        QVERIFY(rows.back().row.starts_with("s=xxx, ts=1970-01-01 00:00:01.039"));
        QCOMPARE(numbersOf(kept.since(38)), upTo(38, 39));
        QVERIFY(kept.since(40).empty());
    }

    // A join has a late port for each of its inputs, with columns of its own.
    void lateRowsKnowTheirPort() {
        KeptRows kept(10, systemClock());
        kept.addLate({"n", "late_left"}, lateRows(0, 1), 1);
        Batch other = batchOf(schemaOf({{"at", Type::of(TypeId::Timestamp)},
                                        {"late_by", Type::of(TypeId::Bigint)},
                                        {"late_for", Type::of(TypeId::Timestamp)}}),
                              Rows{{Instant{7}, std::int64_t{3}, std::monostate{}}});
        kept.addLate({"n", "late_right"}, other, 0);
        const std::vector<KeptRow> rows = kept.since(0);
        QCOMPARE(rows.size(), std::size_t{2});
        QCOMPARE(rows[0].port, std::string("late_left"));
        QVERIFY(rows[0].row.starts_with("s=xxx"));
        QCOMPARE(rows[0].windowEnd, Instant{5000});
        QCOMPARE(rows[0].stamp, Instant{4999});  // late by nothing: it stood at the window's last moment
        QCOMPARE(rows[1].port, std::string("late_right"));
        QVERIFY(rows[1].row.starts_with("at=1970"));
        QCOMPARE(rows[1].windowEnd, kMinTimestamp);
        QCOMPARE(rows[1].stamp, Instant{10});
        QCOMPARE(rows[1].lateBy, Millis{3});
    }

    void aLargeBatchLeavesItsLastRows() {
        KeptRows kept(10, systemClock());
        kept.addLate({"n", "late"}, lateRows(0, 1000), 1);
        QCOMPARE(numbersOf(kept.since(0)), upTo(990, 999));
    }

    void theNewestRejectedRowsAreKeptAmongTheLate() {
        KeptRows kept(3, systemClock());
        for (std::int64_t i = 0; i < 5; ++i) {
            kept.addRejected("r", wrong(i), "row " + std::to_string(i), i);
            kept.addLate({"l", "late"}, lateRows(100 + i, 1), 1);
        }
        const std::vector<KeptRow> rows = kept.since(0);
        QCOMPARE(numbersOf(rows), (std::vector<std::int64_t>{2, 102, 3, 103, 4, 104}));
        QCOMPARE(rows.front().node, NodeId("r"));
        QCOMPARE(english(rows.front().reason), std::string("“2” is wrong"));
        QCOMPARE(rows.front().row, std::string("row 2"));
        for (std::size_t i = 1; i < rows.size(); ++i) QVERIFY(rows[i - 1].number < rows[i].number);
    }

    void longTextsOfRejectedRowsAreCut() {
        KeptRows kept(3, systemClock());
        const std::string huge(10'000'000, 'y');
        kept.addRejected("r", wrong(RW_TEXT("test", "%1").with(huge)), huge, 0);
        const KeptRow row = kept.since(0).front();
        QVERIFY(row.row.size() <= KeptRows::kLongestText && row.row.ends_with("…"));
        const std::string reason = english(row.reason);
        QVERIFY(reason.size() <= KeptRows::kLongestText + 30 && reason.find("yyy") != std::string::npos);
    }

    /// One row of every batch is late: the rows alone stay in memory, not the batches.
    void lateRowsDoNotKeepTheirBatches() {
        KeptRows kept(500, systemClock());
        std::vector<std::weak_ptr<const void>> heaps;
        for (std::int64_t i = 0; i < 300; ++i) {
            auto heap = std::make_shared<const std::string>(100'000, 'z');
            heaps.emplace_back(heap);
            ColumnBuilder texts(Type::of(TypeId::String));
            texts.append(StringRef(heap->data(), 50));
            texts.keepAlive({heap, heap->size()});
            Batch batch = lateRows(i, 1);
            batch.columns[0] = texts.finish();
            kept.addLate({"n", "late"}, batch, 1);
        }
        for (const auto& heap : heaps) QVERIFY2(heap.expired(), "a batch is kept for the sake of a row");
        QVERIFY(kept.since(0).front().row.starts_with("s=" + std::string(50, 'z')));
        QCOMPARE(kept.since(0).size(), std::size_t{300});
    }

    void lateRowsAreBoundedInBytes() {
        KeptRows kept(1'000'000, systemClock());
        for (std::int64_t i = 0; i < 100; ++i) kept.addLate({"n", "late"}, lateRows(i * 1000, 1000, 2000), 1);
        const std::vector<KeptRow> rows = kept.since(0);
        QVERIFY(rows.size() >= 1000 && rows.size() * KeptRows::kLongestText <= KeptRows::kLateBytes);
        QCOMPARE(rows.back().position, std::int64_t{99'999});
        for (const KeptRow& row : rows) QVERIFY(row.row.size() <= KeptRows::kLongestText);
    }

    void tapsDropTheOldest() {
        Tap tap(10);
        for (std::int64_t first = 0; first < 40; first += 4) tap.push(lateRows(first, 4));
        QCOMPARE(numbersOf(tap), upTo(30, 39));
        QCOMPARE(tap.version(), std::uint64_t{10});
        tap.push(lateRows(40, 0));
        QCOMPARE(tap.version(), std::uint64_t{10});
        tap.push(lateRows(40, 25));
        QCOMPARE(numbersOf(tap), upTo(55, 64));
    }

    /// A batch that fills the tap by itself costs the engine nothing.
    void aBatchThatFillsATapIsShared() {
        Tap tap(10);
        const Batch batch = lateRows(0, 10, 100);
        tap.push(batch);
        QCOMPARE(tap.recent().front().columns[0].get(), batch.columns[0].get());
    }

    void tapsAreBoundedInBytes() {
        Tap tap;
        const auto bytes = [&] {
            std::size_t sum = 0;
            for (const Batch& batch : tap.recent()) {
                for (std::size_t row = 0; row < batch.rows; ++row) sum += batch.column(0).string(row).size();
            }
            return sum;
        };
        tap.push(lateRows(0, 500, 100'000));
        QVERIFY(bytes() <= Tap::kMaxBytes + Tap::kLongestText);
        QVERIFY(!numbersOf(tap).empty() && numbersOf(tap).back() == 499);
        for (std::int64_t first = 500; first < 1000; first += 50) tap.push(lateRows(first, 50, 60'000));
        QVERIFY(bytes() <= Tap::kMaxBytes + Tap::kLongestText);
        QVERIFY(numbersOf(tap).size() >= 200);
        QCOMPARE(numbersOf(tap).back(), std::int64_t{999});
        const Batch rows = lateRows(1000, 1000, 30'000);
        tap.push(rows.slice(0, 1));
        QCOMPARE(numbersOf(tap).back(), std::int64_t{1000});
        QVERIFY(bytes() <= Tap::kMaxBytes + Tap::kLongestText);
    }
};

QTEST_APPLESS_MAIN(TestKeptRows)
#include "test_kept_rows.moc"
