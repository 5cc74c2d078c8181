// The rows that had come when a row was given last: as if all were copied each time, whatever comes in
// between.
#include <QtTest/QtTest>
#include <random>

#include "core/lineage/rows_of_version.h"
#include "tests/support/batch_of.h"
#include "tests/unit/lineage/given_rows.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef& numbered() {
    static const SchemaRef kSchema = schemaOf({{"n", Type::of(TypeId::Bigint)}});
    return kSchema;
}

Rows rowOf(std::int64_t number) {
    Rows rows;
    rows.push_back({Value(number)});
    return rows;
}

RowCollector collecting(std::size_t most) {
    WantedRows wanted;
    wanted.condition = allRows();
    wanted.rows = most;
    wanted.bytes = std::size_t{1} << 30U;
    StreamType type;
    type.schema = numbered();
    type.updating = true;
    return {std::move(wanted), std::move(type)};
}

std::vector<std::int64_t> numbersOf(const std::vector<GatheredRow>& rows) {
    std::vector<std::int64_t> out;
    for (const GatheredRow& each : rows) out.push_back(each.row.column(0).at<std::int64_t>(0));
    return out;
}

void areEqual(const GatheredRows& found, const GatheredRows& expected) {
    QCOMPARE(found.count, expected.count);
    QCOMPARE(found.withdrawn.size(), expected.withdrawn.size());
    QCOMPARE(found.cut, expected.cut);
    QVERIFY(numbersOf(found.rows) == numbersOf(expected.rows));
}

}  // namespace

class TestRowsOfVersion : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void itHasWhatCameBeforeTheLastTime() {
        RowsOfVersion rows(collecting(1'000));
        rows.came(batchOf(numbered(), rowOf(1)));
        rows.gave();
        rows.came(batchOf(numbered(), rowOf(2)));
        rows.gave();
        rows.gave();
        rows.came(batchOf(numbered(), rowOf(3)));
        const GatheredRows found = rows.finish();
        QCOMPARE(found.count, std::uint64_t{2});
        QVERIFY(numbersOf(found.rows) == (std::vector<std::int64_t>{1, 2}));
    }

    /// Rows come one by one and thousands at a time, and some are taken back.
    void itIsAsIfAllWereCopied_data() {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 6; ++seed) QTest::addRow("seed %u", seed) << seed;
    }
    void itIsAsIfAllWereCopied() {
        QFETCH(unsigned, seed);
        std::mt19937 random(seed);
        const std::size_t most = seed % 3 == 0 ? 10 : 1'000;
        RowsOfVersion rows(collecting(most));
        RowCollector all = collecting(most);
        std::optional<RowCollector> copied;
        std::int64_t number = 0;
        for (int step = 0; step < 80; ++step) {
            if (random() % 4 == 0) {
                rows.gave();
                copied.emplace(all);
                continue;
            }
            Rows some;
            std::vector<RowKind> kinds;
            for (auto left = random() % 5 == 0 ? random() % 1'500 : random() % 4; left > 0; --left) {
                const bool back = number > 0 && random() % 16 == 0;
                some.push_back(rowOf(back ? static_cast<std::int64_t>(random()) % number : number++).front());
                kinds.push_back(back ? RowKind::Delete : RowKind::Insert);
            }
            const Batch batch = batchOf(numbered(), some, kinds);
            rows.came(batch);
            all.add(batch);
        }
        areEqual(rows.finish(), (copied ? *copied : all).finish());
    }
};

QTEST_APPLESS_MAIN(TestRowsOfVersion)
#include "test_rows_of_version.moc"
