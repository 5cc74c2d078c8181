// A scatter chart has the newest points, or those of the table that an updating stream describes.
#include <QtTest/QtTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "core/views/scatter_view.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const Type kReal = Type::of(TypeId::Double), kWhole = Type::of(TypeId::Bigint);
const SchemaRef kSchema =
    schemaOf({{"id", kWhole}, {"x", kReal}, {"y", kReal}, {"name", Type::of(TypeId::String)}});

ScatterInfo infoOf(std::size_t keep = 100) {
    ScatterInfo info;
    info.x = {1, "x", kReal};
    info.y = {2, "y", kReal};
    info.keep = keep;
    return info;
}

ScatterInfo updatingInfo(bool keyed) {
    ScatterInfo info = infoOf();
    info.updating = true;
    if (keyed) info.key = {{0, "id", kWhole}};
    return info;
}

std::vector<Value> row(std::int64_t id, Value x, Value y, const std::string& name = "a") {
    return {id, std::move(x), std::move(y), name};
}

using Points = std::vector<ScatterPoint>;

constexpr RowKind kInsert = RowKind::Insert, kBefore = RowKind::UpdateBefore, kAfter = RowKind::UpdateAfter,
                  kDelete = RowKind::Delete;

}  // namespace

class TestScatterView : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theNewestPointsAreKept() {
        ScatterView view(infoOf(3));
        view.add(batchOf(kSchema, {row(1, 1.0, 1.0), row(2, 2.0, 2.0)}));
        QCOMPARE(view.snapshot().forgotten, std::uint64_t{0});
        view.add(batchOf(kSchema, {row(3, 3.0, 3.0), row(4, 4.0, 4.0)}));
        const ScatterSnapshot snapshot = view.snapshot();
        QCOMPARE(snapshot.points, (Points{{2, 2}, {3, 3}, {4, 4}}));
        QCOMPARE(snapshot.forgotten, std::uint64_t{1});
        QCOMPARE(snapshot.totals.rows, std::uint64_t{4});
    }

    void whatHasNoPlaceIsCounted() {
        const double infinite = std::numeric_limits<double>::infinity();
        ScatterView view(infoOf());
        view.add(batchOf(kSchema, {row(1, Value{}, 1.0), row(2, 1.0, std::nan("")), row(3, infinite, 1.0),
                                   row(4, 1.0, -infinite), row(5, 5.0, 6.0)}));
        QCOMPARE(view.snapshot().points, (Points{{5, 6}}));
        QCOMPARE(view.snapshot().totals.skipped, std::uint64_t{4});
    }

    void theFarthestNumbersHaveNoPlace() {
        constexpr double kMost = std::numeric_limits<double>::max();
        ScatterView view(infoOf());
        view.add(batchOf(kSchema, {row(1, kMost, 1.0), row(2, 1.0, -kMost), row(3, -kFarthestPlace, 3.0)}));
        QCOMPARE(view.snapshot().points, (Points{{-kFarthestPlace, 3}}));
        QCOMPARE(view.snapshot().totals.skipped, std::uint64_t{2});
    }

    void timesAreMilliseconds() {
        const Type time = Type::of(TypeId::Timestamp);
        ScatterInfo info;
        info.x = {0, "ts", time};
        info.y = {1, "y", kReal};
        ScatterView view(info);
        view.add(batchOf(schemaOf({{"ts", time}, {"y", kReal}}), {{Instant{1'700'000'000'123}, 1.0}}));
        QCOMPARE(view.snapshot().points, (Points{{1'700'000'000'123.0, 1}}));
    }

    void eightSeriesHaveANameTheRestNone() {
        ScatterInfo info = infoOf();
        info.series = {3, "name", Type::of(TypeId::String)};
        ScatterView view(info);
        for (int i = 0; i < 10; ++i)
            view.add(batchOf(kSchema, {row(i, 1.0 * i, 0.0, "s" + std::to_string(i))}));
        view.add(batchOf(kSchema, {row(11, 11.0, 0.0, "s1"), row(12, Value{}, 0.0, "never seen")}));
        const ScatterSnapshot snapshot = view.snapshot();
        QCOMPARE(snapshot.series.size(), ScatterView::kMaxSeries);
        QCOMPARE(snapshot.series.front(), std::string("s0"));
        QVERIFY(snapshot.others);
        QCOMPARE(snapshot.points[7].series, std::size_t{7});
        QCOMPARE(snapshot.points[8].series, ScatterView::kMaxSeries);
        QCOMPARE(snapshot.points[9].series, ScatterView::kMaxSeries);
        QCOMPARE(snapshot.points[10].series, std::size_t{1});
    }

    void aPointMovesAndGoesWithItsRow() {
        ScatterView view(updatingInfo(true));
        view.add(batchOf(kSchema, {row(1, 1.0, 1.0), row(2, 2.0, 2.0)}));
        view.add(batchOf(kSchema, {row(1, 1.0, 1.0), row(1, 9.0, 9.0)}, {kBefore, kAfter}));
        QCOMPARE(view.snapshot().points, (Points{{2, 2}, {9, 9}}));
        view.add(batchOf(kSchema, {row(2, 2.0, 2.0), row(3, 3.0, 3.0)}, {kDelete, kInsert}));
        QCOMPARE(view.snapshot().points, (Points{{9, 9}, {3, 3}}));
        view.add(batchOf(kSchema, {row(1, 9.0, 9.0), row(1, Value{}, 9.0)}, {kBefore, kAfter}));
        QCOMPARE(view.snapshot().points, (Points{{3, 3}}));  // the row has no place any more
        QCOMPARE(view.snapshot().totals.skipped, std::uint64_t{1});
    }

    void withoutAKeyAWithdrawalTakesBackOneEqualPoint() {
        ScatterView view(updatingInfo(false));
        view.add(batchOf(kSchema, {row(1, 1.0, 1.0), row(2, 2.0, 2.0), row(3, 1.0, 1.0), row(4, 3.0, 3.0)}));
        view.add(batchOf(kSchema, {row(9, 1.0, 1.0)}, {kDelete}));
        QCOMPARE(view.snapshot().points, (Points{{1, 1}, {2, 2}, {3, 3}}));
        view.add(batchOf(kSchema, {row(9, 1.0, 1.0), row(9, 7.0, 7.0)}, {kBefore, kAfter}));
        QCOMPARE(view.snapshot().points, (Points{{2, 2}, {3, 3}, {7, 7}}));
        view.add(batchOf(kSchema, {row(9, 8.0, 8.0)}, {kDelete}));  // never came
        QCOMPARE(view.snapshot().points.size(), std::size_t{3});
    }

    /// Random changes: the points are those of a list that is kept by hand, for any batches.
    void thePointsAreWhatTheStreamDescribes_data() {
        QTest::addColumn<bool>("keyed");
        QTest::newRow("by key") << true;
        QTest::newRow("without a key") << false;
    }
    void thePointsAreWhatTheStreamDescribes() {
        QFETCH(bool, keyed);
        struct Held {
            std::int64_t id;
            ScatterPoint point;
        };
        std::mt19937 random(7);
        for (int run = 0; run < 200; ++run) {
            ScatterInfo info = updatingInfo(keyed);
            info.keep = 1 + random() % 12;
            ScatterView view(info);
            std::vector<Held> held;
            for (int batch = 0; batch < 10; ++batch) {
                Rows rows;
                std::vector<RowKind> kinds;
                for (auto left = random() % 8; left > 0; --left) {
                    const auto id = static_cast<std::int64_t>(random() % 6);
                    const ScatterPoint point{static_cast<double>(random() % 3),
                                             static_cast<double>(random() % 3)};
                    const auto kind = static_cast<RowKind>(random() % 4);
                    rows.push_back(row(id, point.x, point.y));
                    kinds.push_back(kind);
                    const bool withdrawn = kind == kBefore || kind == kDelete;
                    const auto same = [&](const Held& each) {
                        return keyed ? each.id == id : each.point == point;
                    };
                    const auto newest = std::find_if(held.rbegin(), held.rend(), same);
                    const bool goes = keyed ? kind != kBefore : withdrawn;
                    if (goes && newest != held.rend()) held.erase(std::next(newest).base());
                    if (!withdrawn) held.push_back({id, point});
                    while (held.size() > info.keep) held.erase(held.begin());
                }
                view.add(batchOf(kSchema, rows, kinds));
            }
            Points expected;
            for (const Held& each : held) expected.push_back(each.point);
            QCOMPARE(view.snapshot().points, expected);
        }
    }

    /// The names of rows count: those of twenty long columns do not all find room.
    void longKeysStayBounded() {
        ScatterInfo info = infoOf(50'000);
        info.updating = true;
        const Type text = Type::of(TypeId::String);
        for (int i = 0; i < 20; ++i) info.key.push_back({3, "name", text});
        ScatterView view(info);
        for (int batch = 0; batch < 20; ++batch) {
            Rows rows;
            for (int i = 0; i < 500; ++i) {
                rows.push_back(row(i, 1.0, 1.0, std::string(250, 'x') + std::to_string(batch * 500 + i)));
            }
            view.add(batchOf(kSchema, rows));
        }
        const ScatterSnapshot snapshot = view.snapshot();
        const std::size_t bytes = snapshot.points.size() * 20 * 250;
        QVERIFY(bytes < ChangingPoints<ScatterPoint>::kMaxBytes && bytes > (std::size_t{16} << 20));
        QCOMPARE(snapshot.points.size() + snapshot.forgotten, std::size_t{10'000});
    }
};

QTEST_APPLESS_MAIN(TestScatterView)
#include "test_scatter_view.moc"
