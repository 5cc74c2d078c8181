// A heat map has the last value of each column and row: by time or number across, by text or bins of numbers
// upwards, bounded, and following rows that change.
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <cmath>
#include <limits>
#include <map>
#include <random>

#include "core/views/heat_map_view.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const Type kTime = Type::of(TypeId::Timestamp), kReal = Type::of(TypeId::Double),
           kWhole = Type::of(TypeId::Bigint), kText = Type::of(TypeId::String);
const SchemaRef kSchema =
    schemaOf({{"ts", kTime}, {"name", kText}, {"n", kWhole}, {"d", kReal}, {"value", kReal}});
const ChartColumn kTs{0, "ts", kTime}, kName{1, "name", kText}, kN{2, "n", kWhole}, kD{3, "d", kReal},
    kValue{4, "value", kReal};
constexpr HeatQuery kAll{10'000, 10'000};

HeatMapInfo infoOf(const ChartColumn& x, const ChartColumn& y, Millis span = 0) {
    HeatMapInfo info;
    info.x = x;
    info.y = y;
    info.value = kValue;
    info.eventTime = 0;
    info.span = span;
    return info;
}

struct Reading {
    Instant time = 0;
    std::string name = "a";
    std::int64_t n = 0;
    double d = 0;
    double value = 0;
};

std::vector<Value> row(const Reading& reading) {
    return {reading.time, reading.name, reading.n, reading.d, reading.value};
}

Batch readings(const std::vector<Reading>& all, std::vector<RowKind> kinds = {}) {
    Rows rows;
    for (const Reading& each : all) rows.push_back(row(each));
    return batchOf(kSchema, rows, std::move(kinds));
}

HeatPicture pictureOf(const HeatMapInfo& info, const std::vector<Reading>& all, HeatQuery query = kAll) {
    HeatMapView view(info);
    view.add(readings(all));
    return view.snapshot(query).picture;
}

/// By where a cell begins and the name of its row, or its lower end.
using Cells = std::map<std::pair<double, std::string>, double>;

Cells cellsOf(const HeatPicture& picture) {
    Cells cells;
    for (const HeatCell& cell : picture.cells) {
        const double fromTop = picture.top - cell.y - picture.height;
        cells[{cell.x, picture.names.empty() ? fmt::format("{}", cell.y)
                                             : picture.names[static_cast<std::size_t>(fromTop + 0.5)]}] =
            cell.value;
    }
    return cells;
}

}  // namespace

class TestHeatMapView : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aCellHasItsLastValue() {
        const HeatPicture picture =
            pictureOf(infoOf(kTs, kName, 300'000), {{.time = 1'000, .name = "b", .value = 1},
                                                    {.time = 2'000, .name = "a", .value = 2},
                                                    {.time = 2'500, .name = "a", .value = 3},
                                                    {.time = 2'100, .name = "a", .value = 4}});
        QCOMPARE(cellsOf(picture), (Cells{{{1'000, "b"}, 1}, {{2'000, "a"}, 4}}));
        QCOMPARE(picture.names, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(picture.width, 1'000.0);
        QCOMPARE(picture.least, 1.0);
        QCOMPARE(picture.most, 4.0);
    }

    void readingsApartLeaveNoGaps() {
        std::vector<Reading> all;
        for (int i = 0; i < 10; ++i) all.push_back({.time = 30'000 * i, .value = 1.0 * i});
        const HeatPicture picture = pictureOf(infoOf(kTs, kName, 300'000), all);
        QCOMPARE(picture.width, 30'000.0);
        QCOMPARE(picture.left, 0.0);
        QCOMPARE(picture.right, 300'000.0);
    }

    void whatIsBeforeTheSpanGoes() {
        HeatMapView view(infoOf(kTs, kName, 10'000));
        view.add(
            readings({{.time = 0, .name = "old", .value = 1}, {.time = 5'000, .name = "a", .value = 2}}));
        view.add(readings({{.time = 12'000, .name = "a", .value = 3}}));
        view.add(readings({{.time = 1'000, .name = "late", .value = 4}}));
        const HeatPicture picture = view.snapshot(kAll).picture;
        QCOMPARE(picture.names, std::vector<std::string>{"a"});
        QCOMPARE(picture.cells.size(), std::size_t{2});
        QCOMPARE(view.snapshot(kAll).totals.skipped, std::uint64_t{0});
    }

    void theWholeRunGrowsCoarser() {
        HeatMapView view(infoOf(kTs, kName));
        for (int batch = 0; batch < 50; ++batch) {
            std::vector<Reading> all;
            for (int i = 0; i < 1'000; ++i) {
                const int at = batch * 1'000 + i;
                all.push_back({.time = Instant{at} * 1'000, .value = 1.0 * at});
            }
            view.add(readings(all));
        }
        const HeatPicture picture = view.snapshot(kAll).picture;
        QCOMPARE(picture.width, 300'000.0);  // 50 000 s in at most 600 columns of round times
        QCOMPARE(picture.cells.size(), std::size_t{167});
        QCOMPARE(picture.cells.front().value, 299.0);  // the last of those five minutes
    }

    void windowsStandWhereTheyBeginAndAreAsLongAsTheyAre() {
        const SchemaRef schema =
            schemaOf({{"window_start", kTime}, {"window_time", kTime}, {"value", kReal}});
        HeatMapInfo info;
        info.x = {1, "window_time", kTime};
        info.windowStart = {0, "window_start", kTime};
        info.y = info.value = {2, "value", kReal};
        info.eventTime = 1;
        HeatMapView view(info);
        view.add(
            batchOf(schema, {{Instant{0}, Instant{9'999}, 1.0}, {Instant{60'000}, Instant{69'999}, 2.0}}));
        view.setWatermark(9'998);  // rows of a window are a millisecond before its end and two behind this
        const HeatMapSnapshot snapshot = view.snapshot(kAll);
        QCOMPARE(snapshot.picture.width, 10'000.0);
        QCOMPARE(snapshot.picture.cells.back().x, 60'000.0);
        QCOMPARE(snapshot.openFrom.value(), Instant{60'000});
        view.setWatermark(69'998);
        QVERIFY(!view.snapshot(kAll).openFrom);
    }

    void numbersAcrossMayBeAnything() {
        const HeatPicture whole = pictureOf(infoOf(kN, kName), {{.n = 3, .value = 1}, {.n = 5, .value = 2}});
        QCOMPARE(whole.width, 2.0);  // an integer stands in the middle of its cell
        QCOMPARE(cellsOf(whole), (Cells{{{2, "a"}, 1}, {{4, "a"}, 2}}));
        std::vector<Reading> all;
        for (int i = 0; i < 5'000; ++i) all.push_back({.d = i * 0.001, .value = 1.0 * i});
        const HeatPicture picture = pictureOf(infoOf(kD, kName), all);
        QCOMPARE(picture.width, 0.01);
        QCOMPARE(picture.cells.size(), std::size_t{500});
        QCOMPARE(picture.cells[1].value, 19.0);
        QCOMPARE(pictureOf(infoOf(kD, kName), all, {100, 10}).cells.size(), std::size_t{100});
    }

    void integersHaveARowEachWhileTheyAreFew() {
        std::vector<Reading> all;
        for (int i = 0; i < 16; ++i) all.push_back({.n = i, .value = 1.0 * i});
        const HeatPicture few = pictureOf(infoOf(kTs, kN), all);
        QCOMPARE(few.height, 1.0);
        QCOMPARE(few.low, -0.5);
        QCOMPARE(few.top, 15.5);
        QCOMPARE(few.cells.front().value, 15.0);  // from the top
        const HeatPicture binned = pictureOf(infoOf(kTs, kN), all, {100, 4});
        QCOMPARE(binned.height, 5.0);
        QCOMPARE(binned.cells.size(), std::size_t{4});
        QCOMPARE(binned.low, -0.5);
        QCOMPARE(binned.cells.back().value, 4.0);  // 0 to 4, of which 4 came last
    }

    void rowsOfNumbersAreRoundBins() {
        std::vector<Reading> all;
        for (int i = 0; i < 1'000; ++i) all.push_back({.d = i * 0.37, .value = 1.0 * i});
        const HeatPicture picture = pictureOf(infoOf(kTs, kD), all, {100, 40});
        QCOMPARE(picture.height, 10.0);
        QCOMPARE(picture.low, 0.0);
        QCOMPARE(picture.top, 370.0);
        const HeatPicture same = pictureOf(infoOf(kTs, kD), {{.d = 3.75, .value = 1}});
        QCOMPARE(same.height, 0.1);
    }

    /// A value far from the others makes the bins wide only as long as it is in sight.
    void aFarNumberLeaves() {
        HeatMapView view(infoOf(kTs, kD, 10'000));
        std::vector<Reading> all{{.time = 0, .d = 1e9, .value = 0}};
        for (int i = 1; i < 12; ++i) all.push_back({.time = 1'000 * i, .d = 0.1 * i, .value = 1});
        view.add(readings(all));
        const HeatPicture picture = view.snapshot({100, 50}).picture;
        QVERIFY(picture.height < 0.2);
        QVERIFY(picture.top < 2);
    }

    void ofManyTextsTheLargestAreShown() {
        std::vector<Reading> all;
        for (int i = 0; i < 30; ++i) all.push_back({.name = "k" + std::to_string(i), .value = i % 10 * 1.0});
        const HeatPicture picture = pictureOf(infoOf(kTs, kName), all, {100, 3});
        QCOMPARE(picture.names, (std::vector<std::string>{"k19", "k29", "k9"}));
        QCOMPARE(picture.allNames, std::size_t{30});
        QVERIFY(!picture.more);
        QCOMPARE(picture.cells.size(), std::size_t{3});
    }

    void textsStayBoundedAndMakeRoom() {
        HeatMapView view(infoOf(kTs, kName, 10'000));
        std::vector<Reading> all;
        for (int i = 0; i < 1'000; ++i) all.push_back({.name = "k" + std::to_string(i), .value = 1});
        view.add(readings(all));
        HeatPicture picture = view.snapshot(kAll).picture;
        QCOMPARE(picture.allNames, static_cast<std::size_t>(HeatGrid::kMaxRows));
        QVERIFY(picture.more);
        view.add(readings({{.time = 60'000, .name = "new", .value = 1}}));
        picture = view.snapshot(kAll).picture;
        QCOMPARE(picture.names, std::vector<std::string>{"new"});
        QVERIFY(!picture.more);
    }

    void whatHasNoPlaceIsCounted() {
        const double nan = std::nan(""), infinite = std::numeric_limits<double>::infinity();
        HeatMapView view(infoOf(kTs, kD));
        Rows rows;
        for (const double value : {nan, infinite}) {
            rows.push_back(row({.d = value, .value = 1}));
            rows.push_back(row({.d = 1, .value = value}));
        }
        rows.push_back(row({.value = 1}));
        rows.back()[0] = Value{};
        rows.push_back(row({.d = 1, .value = 1}));
        view.add(batchOf(kSchema, rows));
        QCOMPARE(view.snapshot(kAll).picture.cells.size(), std::size_t{1});
        QCOMPARE(view.snapshot(kAll).totals.skipped, std::uint64_t{5});
    }

    /// A picture of these two would be longer than any DOUBLE.
    void theFarthestNumbersHaveNoPlace() {
        constexpr double kMost = std::numeric_limits<double>::max();
        HeatMapView view(infoOf(kD, kD));
        view.add(readings({{.d = kMost, .value = 1}, {.d = -kMost, .value = 2}}));
        QCOMPARE(view.snapshot(kAll).totals.skipped, std::uint64_t{2});
        view.add(readings({{.d = kFarthestPlace, .value = kMost}, {.d = -kFarthestPlace, .value = -kMost}}));
        for (const HeatQuery& query : {kAll, HeatQuery{1, 1}}) {
            const HeatMapSnapshot shot = view.snapshot(query);
            QCOMPARE(shot.totals.skipped, std::uint64_t{2});
            QVERIFY(!shot.picture.cells.empty());
            QVERIFY(std::isfinite(shot.picture.right - shot.picture.left));
            QVERIFY(std::isfinite(shot.picture.top - shot.picture.low));
        }
    }

    void aCellFollowsItsRow() {
        HeatMapInfo info = infoOf(kTs, kName);
        info.updating = true;
        info.key = {kN};
        HeatMapView view(info);
        const Reading one{.time = 1, .name = "a", .n = 1, .value = 1},
            two{.time = 1, .name = "a", .n = 2, .value = 2};
        const Reading moved{.time = 5, .name = "b", .n = 2, .value = 3};
        view.add(readings({one, two}));
        QCOMPARE(cellsOf(view.snapshot(kAll).picture), (Cells{{{1, "a"}, 2}}));
        view.add(readings({two, moved}, {RowKind::UpdateBefore, RowKind::UpdateAfter}));
        QCOMPARE(cellsOf(view.snapshot(kAll).picture), (Cells{{{1, "a"}, 1}, {{5, "b"}, 3}}));
        view.add(readings({one}, {RowKind::Delete}));
        QCOMPARE(cellsOf(view.snapshot(kAll).picture), (Cells{{{5, "b"}, 3}}));
        view.add(readings({moved}, {RowKind::Delete}));
        QVERIFY(view.snapshot(kAll).picture.cells.empty());
    }

    void withoutAKeyAWithdrawalTakesBackOneEqualRow() {
        HeatMapInfo info = infoOf(kTs, kName);
        info.updating = true;
        HeatMapView view(info);
        const Reading first{.time = 1, .value = 1}, second{.time = 1, .value = 2};
        view.add(readings({first, second, second}));
        view.add(readings({second}, {RowKind::Delete}));
        QCOMPARE(cellsOf(view.snapshot(kAll).picture), (Cells{{{1, "a"}, 2}}));
        view.add(readings({second}, {RowKind::Delete}));
        QCOMPARE(cellsOf(view.snapshot(kAll).picture), (Cells{{{1, "a"}, 1}}));
    }

    /// Random rows, in disorder, kept and changed: the cells are those of a list of all rows.
    void theCellsAreThoseOfAllRows_data() {
        QTest::addColumn<bool>("keyed");
        QTest::newRow("rows that stay") << false;
        QTest::newRow("rows that change") << true;
    }
    void theCellsAreThoseOfAllRows() {
        QFETCH(bool, keyed);
        constexpr Millis kSpan = 600'000, kWidth = 1'000;
        std::mt19937 random(11);
        for (int run = 0; run < 100; ++run) {
            const bool bins = run % 2 == 0;
            HeatMapInfo info = infoOf(kTs, bins ? kN : kName, kSpan);
            info.updating = keyed;
            if (keyed) info.key = {kD};
            HeatMapView view(info);
            std::vector<Reading> held;
            Instant newest = 0;
            for (int batch = 0; batch < 12; ++batch) {
                std::vector<Reading> all;
                std::vector<RowKind> kinds;
                for (auto left = random() % 9; left > 0; --left) {
                    newest += static_cast<Instant>(random() % 90'000);
                    const Reading reading{.time = newest - static_cast<Instant>(random() % 200'000),
                                          .name = "k" + std::to_string(random() % 3),
                                          .n = static_cast<std::int64_t>(random() % 4),
                                          .d = static_cast<double>(random() % 12),
                                          .value = static_cast<double>(random() % 50)};
                    const auto kind = keyed && random() % 4 == 0 ? RowKind::Delete : RowKind::Insert;
                    all.push_back(reading);
                    kinds.push_back(kind);
                    if (keyed) std::erase_if(held, [&](const Reading& each) { return each.d == reading.d; });
                    if (kind == RowKind::Insert) held.push_back(reading);
                }
                view.add(readings(all, kinds));
            }
            Instant last = std::numeric_limits<Instant>::min();
            for (const Reading& each : held) last = std::max(last, each.time);
            const HeatPicture picture = view.snapshot(kAll).picture;
            std::map<std::pair<Instant, std::string>, double> expected, seen;
            for (const Reading& each : held) {
                const Instant column = floorDiv(each.time, kWidth);
                if (column <= floorDiv(last - kSpan, kWidth)) continue;
                expected[{column * kWidth, bins ? std::to_string(each.n) : each.name}] = each.value;
            }
            for (const HeatCell& cell : picture.cells) {
                const double middle = cell.y + picture.height / 2;
                const std::string name = bins ? std::to_string(std::lround(middle))
                                              : picture.names[static_cast<std::size_t>(picture.top - middle)];
                seen[{static_cast<Instant>(cell.x), name}] = cell.value;
            }
            QVERIFY2(seen == expected, std::to_string(run).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestHeatMapView)
#include "test_heat_map_view.moc"
