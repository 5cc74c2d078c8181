// Rows that an updating stream takes back are found among all that were kept: the right ones, and without a
// look at the others.
#include <QtTest/QtTest>
#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "core/lineage/collector.h"
#include "core/lineage/row_index.h"
#include "tests/support/batch_of.h"
#include "tests/unit/lineage/given_rows.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef& namedNumber() {
    static const SchemaRef kSchema =
        schemaOf({{"name", Type::of(TypeId::String)}, {"n", Type::of(TypeId::Bigint)}});
    return kSchema;
}

Batch oneRow(std::int64_t number, RowKind kind = RowKind::Insert) {
    Rows rows;
    rows.push_back({number % 3 == 0 ? Value() : Value("row " + std::to_string(number)), Value(number)});
    return batchOf(namedNumber(), rows, {kind});
}

std::int64_t numberIn(const Batch& row) {
    return row.column(1).at<std::int64_t>(0);
}

}  // namespace

class TestWithdrawnRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// The oldest are taken back first, which were found last.
    void eachIsFoundWithoutALookAtTheOthers() {
        constexpr std::int64_t kRows = 20'000;
        RowIndex index;
        std::vector<Batch> rows;
        for (std::int64_t number = 0; number < kRows; ++number) {
            rows.push_back(oneRow(number));
            index.add(rows.back());
        }
        std::size_t looked = 0;
        const auto rowAt = [&](std::size_t place) -> const Batch& {
            ++looked;
            return rows[place];
        };
        for (std::int64_t number = 0; number < kRows; ++number) {
            const auto place = index.take(oneRow(number), rowAt);
            QVERIFY(place.has_value());
            QCOMPARE(*place, static_cast<std::size_t>(number));
        }
        QVERIFY2(looked < 4 * kRows, qPrintable(QString::number(looked)));
        QVERIFY(!index.take(oneRow(1), rowAt));
        QCOMPARE(index.rows(), static_cast<std::size_t>(kRows));
    }

    void theNewestOfEqualRowsIsTakenFirst() {
        RowIndex index;
        const Batch row = oneRow(7);
        const auto rowAt = [&](std::size_t) -> const Batch& { return row; };
        QVERIFY(!index.take(row, rowAt));
        for (int i = 0; i < 100; ++i) index.add(row);
        for (std::size_t left = 100; left > 50; --left)
            QCOMPARE(index.take(row, rowAt), std::optional(left - 1));
        for (int i = 0; i < 100; ++i) index.add(row);  // it grows, and what was taken stays away
        for (std::size_t left = 200; left > 100; --left)
            QCOMPARE(index.take(row, rowAt), std::optional(left - 1));
        for (std::size_t left = 50; left > 0; --left)
            QCOMPARE(index.take(row, rowAt), std::optional(left - 1));
        QVERIFY(!index.take(row, rowAt));
    }

    /// As a list in which each row is looked for from its end.
    void theRowsAreThoseOfAPlainList_data() {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 8; ++seed) QTest::addRow("seed %u", seed) << seed;
    }
    void theRowsAreThoseOfAPlainList() {
        QFETCH(unsigned, seed);
        std::mt19937 random(seed);
        WantedRows wanted;
        wanted.condition = allRows();
        wanted.rows = 10'000;
        wanted.bytes = std::size_t{1} << 30U;
        StreamType type;
        type.schema = namedNumber();
        type.updating = true;
        RowCollector collector(std::move(wanted), std::move(type));
        using Named =
            std::pair<int, std::int64_t>;  // by wire, then by what is in it, as they stand at the end
        std::vector<Named> list;
        std::vector<std::int64_t> withdrawn;
        const auto numbers = static_cast<std::int64_t>(seed % 2 == 0 ? 20 : 3'000);
        for (int step = 0; step < 9'000; ++step) {
            const auto number = static_cast<std::int64_t>(random() % static_cast<unsigned>(numbers));
            // Many come, and then most go.
            const bool back = random() % 8 < (step < 4'000 ? 1U : 6U);
            Batch row = oneRow(number, back ? RowKind::Delete : RowKind::Insert);
            row.wire = static_cast<int>(random() % 3);
            collector.add(row);
            if (!back) {
                list.emplace_back(row.wire, number);
                continue;
            }
            const auto found = std::find_if(list.rbegin(), list.rend(),
                                            [number](const Named& each) { return each.second == number; });
            if (found == list.rend()) continue;
            withdrawn.push_back(number);
            list.erase(std::next(found).base());
        }
        const GatheredRows found = collector.finish();
        std::vector<Named> kept;
        for (const GatheredRow& each : found.rows) kept.emplace_back(each.row.wire, numberIn(each.row));
        std::sort(kept.begin(), kept.end());
        std::sort(list.begin(), list.end());
        QVERIFY(kept == list);
        QVERIFY(withdrawn.size() > 1'000);
        QCOMPARE(found.withdrawn.size(), std::size_t{100});
        for (std::size_t i = 0; i < 100; ++i)
            QCOMPARE(numberIn(found.withdrawn[i]), withdrawn[withdrawn.size() - 100 + i]);
    }
};

QTEST_APPLESS_MAIN(TestWithdrawnRows)
#include "test_withdrawn_rows.moc"
