// Bars show the latest value of a category, and whole windows only.
#include <QtTest/QtTest>

#include "core/views/bar_view.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"window_start", Type::of(TypeId::Timestamp)},
                                    {"window_end", Type::of(TypeId::Timestamp)},
                                    {"name", Type::of(TypeId::String)},
                                    {"cpu", Type::of(TypeId::Bigint)}});

std::vector<Value> row(const std::string& name, Value cpu, Instant end = 10) {
    return {end - 10, end, name, std::move(cpu)};
}

std::vector<Value> bar(const std::string& name, std::int64_t cpu, Instant end = 10) {
    return row(name, Value{cpu}, end);
}

BarInfo infoOf(bool windowed) {
    BarInfo info;
    info.category = {2, "name", Type::of(TypeId::String)};
    info.value = {3, "cpu", Type::of(TypeId::Bigint)};
    if (windowed) {
        info.windowStart = {0, "window_start", Type::of(TypeId::Timestamp)};
        info.windowEnd = {1, "window_end", Type::of(TypeId::Timestamp)};
        info.eventTime = 1;
    }
    return info;
}

}  // namespace

class TestBarView : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theLatestValueCounts() {
        BarView view(infoOf(false));
        view.add(batchOf(kSchema, {bar("a", 1), bar("b", 5), bar("a", 7)}));
        QCOMPARE(view.snapshot().bars, (std::vector<Bar>{{"a", 7}, {"b", 5}}));
    }

    void orderAndTopDecideWhatIsShown() {
        BarInfo info = infoOf(false);
        info.top = 2;
        const Batch rows = batchOf(kSchema, {bar("b", 1), bar("a", 2), bar("c", 3)});
        info.order = BarOrder::Largest;
        BarView largest(info);
        largest.add(rows);
        QCOMPARE(largest.snapshot().bars, (std::vector<Bar>{{"c", 3}, {"a", 2}}));
        QCOMPARE(largest.snapshot().categories, std::size_t{3});
        info.order = BarOrder::Smallest;
        BarView smallest(info);
        smallest.add(rows);
        QCOMPARE(smallest.snapshot().bars, (std::vector<Bar>{{"b", 1}, {"a", 2}}));
        info.order = BarOrder::Name;
        BarView names(info);
        names.add(rows);
        QCOMPARE(names.snapshot().bars, (std::vector<Bar>{{"a", 2}, {"b", 1}}));
    }

    void updatesReplaceAndDeletesTakeAway() {
        BarInfo info = infoOf(false);
        info.updating = true;
        BarView view(info);
        view.add(batchOf(kSchema, {bar("a", 1), bar("b", 5)}));
        view.add(batchOf(kSchema, {bar("a", 1), bar("a", 9), bar("b", 5)},
                         {RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete}));
        QCOMPARE(view.snapshot().bars, (std::vector<Bar>{{"a", 9}}));
    }

    void aHalfArrivedWindowWaits() {
        BarView view(infoOf(true));
        view.add(batchOf(kSchema, {bar("a", 1, 10), bar("b", 2, 10)}));
        view.setWatermark(8);
        view.add(batchOf(kSchema, {bar("a", 3, 20)}));
        BarSnapshot snapshot = view.snapshot();
        QCOMPARE(snapshot.windowEnd, Instant{10});
        QCOMPARE(snapshot.windowStart, Instant{0});
        QVERIFY(!snapshot.provisional);
        QCOMPARE(snapshot.bars, (std::vector<Bar>{{"b", 2}, {"a", 1}}));
        view.setWatermark(18);
        view.add(batchOf(kSchema, {bar("c", 4, 30)}));
        snapshot = view.snapshot();
        QCOMPARE(snapshot.windowEnd, Instant{20});
        QCOMPARE(snapshot.bars, (std::vector<Bar>{{"a", 3}}));  // b was of the window before
    }

    void theFirstWindowIsShownAsProvisional() {
        BarView view(infoOf(true));
        view.add(batchOf(kSchema, {bar("a", 1, 10)}));
        QVERIFY(view.snapshot().provisional);
        QCOMPARE(view.snapshot().bars, (std::vector<Bar>{{"a", 1}}));
    }

    void anUpdatingStreamShowsItsNewestWindow() {
        BarInfo info = infoOf(true);
        info.updating = true;
        BarView view(info);
        view.add(batchOf(kSchema, {bar("a", 1, 10), bar("a", 2, 20)}));
        view.setWatermark(8);
        QCOMPARE(view.snapshot().windowEnd, Instant{20});
        QVERIFY(view.snapshot().provisional);
    }

    void categoriesStayBounded() {
        BarView view(infoOf(false));
        for (int batch = 0; batch < 30; ++batch) {
            Rows rows;
            for (int i = 0; i < 1000; ++i) rows.push_back(bar("c" + std::to_string(batch * 1000 + i), i));
            view.add(batchOf(kSchema, rows));
            const std::size_t kept = view.snapshot().categories;
            QVERIFY(kept <= BarView::kMaxCategories);
            QVERIFY(batch < 8 || kept >= BarView::kMaxCategories * 4 / 5);  // a fifth goes at a time
        }
        const BarSnapshot snapshot = view.snapshot();
        QCOMPARE(snapshot.categories + snapshot.forgotten, std::size_t{30'000});
        QCOMPARE(snapshot.totals.rows, std::uint64_t{30'000});
    }

    /// 60 windows, each of thousands of categories with names of kilobytes.
    void windowsStayBoundedTogether() {
        BarInfo info = infoOf(true);
        BarView view(info);
        for (int window = 0; window < 60; ++window) {
            Rows rows;
            for (int i = 0; i < 2000; ++i) {
                rows.push_back(bar(std::string(1000, 'x') + std::to_string(i), i, 10 * (window + 1)));
            }
            view.add(batchOf(kSchema, rows));
        }
        const BarSnapshot snapshot = view.snapshot();
        QCOMPARE(snapshot.forgotten, 60 * std::size_t{2000} - BarView::kMaxInWindows);
        QCOMPARE(snapshot.windowEnd, Instant{10} * (60 - 20 + 1));  // the oldest of those that are kept
        QCOMPARE(snapshot.categories, std::size_t{2000});
        const std::string& label = snapshot.bars.front().category;
        QVERIFY(label.size() <= kLongestLabel && label.starts_with("xxx"));
    }

    void rowsWithoutAValueAreCounted() {
        BarView view(infoOf(false));
        view.add(batchOf(kSchema, {row("a", Value{}), bar("b", 1)}));
        QCOMPARE(view.snapshot().bars, (std::vector<Bar>{{"b", 1}}));
        QCOMPARE(view.snapshot().totals.skipped, std::uint64_t{1});
    }
};

QTEST_APPLESS_MAIN(TestBarView)
#include "test_bar_view.moc"
