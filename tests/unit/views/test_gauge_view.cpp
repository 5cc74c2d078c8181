// A gauge shows the newest value; of rows that change, the newest of those that stand.
#include <QtTest/QtTest>
#include <algorithm>
#include <limits>
#include <random>

#include "core/views/gauge_view.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"ts", Type::of(TypeId::Timestamp)}, {"n", Type::of(TypeId::Double)}});

std::vector<Value> row(Value n, Value ts = Instant{1000}) {
    return {std::move(ts), std::move(n)};
}

GaugeInfo infoOf(bool timed, bool updating) {
    GaugeInfo info;
    info.value = {1, "n", Type::of(TypeId::Double)};
    info.eventTime = timed ? 0 : -1;
    info.updating = updating;
    return info;
}

using Kinds = std::vector<RowKind>;

}  // namespace

class TestGaugeView : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theNewestIsShown() {
        GaugeView view(infoOf(true, false));
        QVERIFY(!view.snapshot().value);
        view.add(
            batchOf(kSchema, {row(1.0, Instant{2000}), row(2.0, Instant{3000}), row(3.0, Instant{2500})}));
        QCOMPARE(*view.snapshot().value, 2.0);
        view.add(batchOf(kSchema, {row(4.0, Instant{3000})}));
        QCOMPARE(*view.snapshot().value, 4.0);
        QCOMPARE(view.snapshot().totals.rows, std::uint64_t{4});
    }

    void withoutEventTimeItIsTheLast() {
        GaugeView view(infoOf(false, false));
        view.add(batchOf(kSchema, {row(1.0, Instant{3000}), row(2.0, Instant{2000})}));
        QCOMPARE(*view.snapshot().value, 2.0);
    }

    void whatHasNoPlaceIsCounted() {
        GaugeView view(infoOf(true, false));
        view.add(batchOf(kSchema, {row(1.0), row(Value{}), row(std::numeric_limits<double>::quiet_NaN()),
                                   row(2.0, Value{})}));
        QCOMPARE(*view.snapshot().value, 1.0);
        QCOMPARE(view.snapshot().totals.skipped, std::uint64_t{3});
    }

    void whatIsTakenBackIsNotShown() {
        GaugeView view(infoOf(false, true));
        view.add(batchOf(kSchema, {row(5.0), row(7.0)}));
        view.add(batchOf(kSchema, {row(7.0), row(9.0)}, Kinds{RowKind::UpdateBefore, RowKind::UpdateAfter}));
        QCOMPARE(*view.snapshot().value, 9.0);
        view.add(batchOf(kSchema, {row(9.0)}, Kinds{RowKind::Delete}));
        QCOMPARE(*view.snapshot().value, 5.0);
        view.add(batchOf(kSchema, {row(5.0)}, Kinds{RowKind::Delete}));
        QVERIFY(!view.snapshot().value);
    }

    void oneOfEqualRowsIsTakenBack() {
        GaugeView view(infoOf(false, true));
        view.add(batchOf(kSchema, {row(5.0), row(5.0)}));
        view.add(batchOf(kSchema, {row(5.0)}, Kinds{RowKind::Delete}));
        QCOMPARE(*view.snapshot().value, 5.0);
    }

    void rowsThatChangeStayBounded() {
        GaugeView view(infoOf(false, true));
        constexpr int kRows = 3 * static_cast<int>(GaugeView::kMaxRows);
        for (int from = 0; from < kRows; from += 1000) {
            Rows rows;
            for (int i = from; i < from + 1000; ++i) rows.push_back(row(i + 0.5));
            view.add(batchOf(kSchema, rows));
        }
        StateWriter state;
        view.save(state);
        QVERIFY(state.finish().size() < GaugeView::kMaxRows * 4 * 9 + 10'000);
        QCOMPARE(*view.snapshot().value, kRows - 0.5);
    }

    /// One of the newest rows of the table, for any changes and wherever it was left.
    void theTableIsShown() {
        for (const unsigned seed : seedsOf(suites::GaugeViews)) {
            std::mt19937 random(seed);
            const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
            const GaugeInfo info = infoOf(true, true);
            auto view = std::make_unique<GaugeView>(info);
            Rows table;
            for (unsigned left = 1 + below(30); left > 0; --left) {
                const bool takes = !table.empty() && below(2) == 0;
                if (takes) {
                    const auto old = table.begin() + below(static_cast<unsigned>(table.size()));
                    view->add(batchOf(kSchema, {*old}, Kinds{RowKind::Delete}));
                    table.erase(old);
                } else {
                    table.push_back(row(static_cast<double>(below(4)), static_cast<Instant>(below(3))));
                    view->add(batchOf(kSchema, {table.back()}));
                }
                if (below(5) == 0) {
                    StateWriter out;
                    view->save(out);
                    const std::string bytes = out.finish();
                    view = std::make_unique<GaugeView>(info);
                    const auto state = StateReader::open(bytes);
                    QVERIFY(state.ok() && view->restore(*state).ok());
                }
                const auto newer = [](const auto& a, const auto& b) {
                    return std::get<Instant>(a[0]) < std::get<Instant>(b[0]);
                };
                const auto newest = std::max_element(table.begin(), table.end(), newer);
                const std::optional<double> shown = view->snapshot().value;
                QCOMPARE(shown.has_value(), !table.empty());
                QVERIFY2(
                    !shown || std::find(table.begin(), table.end(), row(*shown, (*newest)[0])) != table.end(),
                    std::to_string(seed).c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestGaugeView)
#include "test_gauge_view.moc"
