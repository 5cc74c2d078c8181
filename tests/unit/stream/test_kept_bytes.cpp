// Rows that operators keep for long do not keep the batches in memory that they came in.
#include <QtTest>

#include "core/stream/rows/held_rows.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"k", Type::of(TypeId::Bigint)}, {"s", Type::of(TypeId::String)}});
constexpr std::size_t kLarge = 1'000'000;

/// Twenty rows with texts of 50 KB, all of stamp 7 and wire 0, with keys from `first`.
Batch rowsFrom(std::int64_t first) {
    Rows rows;
    for (std::int64_t i = 0; i < 20; ++i) rows.push_back({first + i, std::string(50'000, 'x')});
    Batch batch = batchOf(kSchema, rows);
    batch.stamps = std::make_shared<const std::vector<Instant>>(20, Instant{7});
    return batch;
}

}  // namespace

class TestKeptBytes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void heldRows_data() {
        QTest::addColumn<std::size_t>("batchRows");
        QTest::newRow("each a batch of its own") << std::size_t{1};
        QTest::newRow("all in a batch that takes more") << std::size_t{4096};
    }
    void heldRows() {
        QFETCH(std::size_t, batchRows);
        QVERIFY(rowsFrom(0).memoryBytes() > kLarge);
        HeldRows held(HeldUntil::Stamp, 0, batchRows);
        for (std::int64_t first = 0; first < 100; first += 20)
            held.hold(rowsFrom(first), std::vector<std::uint32_t>{3});
        const std::size_t bytes = held.memoryBytes();
        QVERIFY2(bytes > 5 * 50'000 && bytes < kLarge / 2, qPrintable(QString::number(bytes)));
        const HeldRows::Released released = held.release(8, 100);
        std::vector<std::int64_t> keys;
        for (const auto& [number, row] : released.order) {
            const Batch& batch = released.batches[number];
            keys.push_back(batch.column(0).at<std::int64_t>(row));
            QCOMPARE(batch.column(1).string(row).size(), std::size_t{50'000});
        }
        QCOMPARE(keys, (std::vector<std::int64_t>{3, 23, 43, 63, 83}));
    }
};

QTEST_APPLESS_MAIN(TestKeptBytes)
#include "test_kept_bytes.moc"
