// Lines keep the smallest and the largest value of every stretch of time, in bounded memory.
#include <QtTest/QtTest>
#include <random>

#include "core/views/line_view.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"ts", Type::of(TypeId::Timestamp)},
                                    {"core", Type::of(TypeId::Int)},
                                    {"load", Type::of(TypeId::Double)},
                                    {"peak", Type::of(TypeId::Double)}});

std::vector<Value> row(Instant time, std::int32_t core, Value load, Value peak = {}) {
    return {time, core, std::move(load), std::move(peak)};
}

LineInfo infoOf(Millis span = 0) {
    LineInfo info;
    info.x = {0, "ts", Type::of(TypeId::Timestamp)};
    info.y = {{2, "load", Type::of(TypeId::Double)}};
    info.series = {1, "core", Type::of(TypeId::Int)};
    info.span = span;
    return info;
}

QStringList names(const LineSnapshot& snapshot) {
    QStringList found;
    for (const LineSeries& series : snapshot.series) found << QString::fromStdString(series.name);
    return found;
}

constexpr Instant kMinute = 60'000, kDay = 24 * 60 * kMinute;

const SchemaRef kResults = schemaOf({{"window_time", Type::of(TypeId::Timestamp)},
                                     {"window_start", Type::of(TypeId::Timestamp)},
                                     {"n", Type::of(TypeId::Double)}});

std::vector<Value> result(Instant start, Instant end) {
    return {end - 1, start, static_cast<double>(start + end)};
}

LineInfo infoOfWindows() {
    LineInfo info;
    info.x = {0, "window_time", Type::of(TypeId::Timestamp)};
    info.windowStart = {1, "window_start", Type::of(TypeId::Timestamp)};
    info.y = {{2, "n", Type::of(TypeId::Double)}};
    info.span = 0;
    return info;
}

}  // namespace

class TestLineView : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void eachValueOfTheSeriesColumnIsALine() {
        LineView view(infoOf());
        view.add(batchOf(kSchema, {row(1, 10, 0.5), row(1, 2, 0.25), row(2, 2, 0.75)}));
        const LineSnapshot snapshot = view.snapshot({});
        QCOMPARE(names(snapshot), (QStringList{"2", "10"}));  // by number, not by text
        QCOMPARE(snapshot.series[0].points, (std::vector<LinePoint>{{1, 0.25}, {2, 0.75}}));
        QCOMPARE(snapshot.series[1].points, (std::vector<LinePoint>{{1, 0.5}}));
        QCOMPARE(snapshot.totals.newest, Instant{2});
    }

    void pointsStandWhereTheirWindowBegins() {
        LineView view(infoOfWindows());
        view.add(batchOf(kResults, {result(0, kDay), result(kDay, 2 * kDay), result(2 * kDay, 3 * kDay)}));
        view.setWatermark(3 * kDay);
        const LineSnapshot snapshot = view.snapshot({});
        QCOMPARE(snapshot.series[0].at, (std::vector<Instant>{0, kDay, 2 * kDay}));
        QCOMPARE(snapshot.series[0].points[1].start, kDay);
        QCOMPARE(snapshot.series[0].points[1].time, 2 * kDay - 1);
        QCOMPARE(snapshot.extent.from, Instant{0});
        QCOMPARE(snapshot.extent.to, 2 * kDay);
        LineQuery second;
        second.from = second.to = kDay;
        QCOMPARE(view.snapshot(second).series[0].at, std::vector<Instant>{kDay});
        second.around = true;
        QCOMPARE(view.snapshot(second).series[0].at, (std::vector<Instant>{0, kDay, 2 * kDay}));
    }

    /// A range finds the windows that begin in it, also where they are much longer than the range.
    void windowsThatOverlapAreFoundByTheirStart() {
        LineView view(infoOfWindows());
        for (Instant start = 0; start < 100 * kMinute; start += kMinute)
            view.add(batchOf(kResults, {result(start, start + 60 * kMinute)}));
        LineQuery query;
        query.from = 10 * kMinute;
        query.to = 12 * kMinute;
        QCOMPARE(view.snapshot(query).series[0].at,
                 (std::vector<Instant>{10 * kMinute, 11 * kMinute, 12 * kMinute}));
    }

    /// The day so far, hour by hour: all of these windows begin at midnight.
    void growingWindowsStandSideBySide() {
        LineView view(infoOfWindows());
        const Instant hour = 60 * kMinute;
        view.add(batchOf(kResults, {result(0, hour), result(0, 2 * hour), result(0, 3 * hour),
                                    result(kDay, kDay + hour), result(kDay, kDay + 2 * hour)}));
        QCOMPARE(view.snapshot({}).series[0].at,
                 (std::vector<Instant>{0, hour, 2 * hour, kDay, kDay + hour}));
        QCOMPARE(view.extent().to, kDay + hour);
        LineQuery query;
        query.from = 2 * hour;
        query.to = kDay;
        QCOMPARE(view.snapshot(query).series[0].at, (std::vector<Instant>{2 * hour, kDay}));
    }

    void windowsThatAreOpenReachToTheirEnd() {
        LineView view(infoOfWindows());
        view.add(batchOf(kResults, {result(0, kDay), result(kDay, 2 * kDay)}));
        QVERIFY(!view.extent().openFrom);
        view.setWatermark(kDay + 5);
        QCOMPARE(view.extent().openFrom, std::optional<Instant>(kDay));
        QCOMPARE(view.extent().to, 2 * kDay);
        view.setWatermark(2 * kDay);
        QVERIFY(!view.extent().openFrom);
        QCOMPARE(view.extent().to, kDay);
    }

    /// Sessions of several keys in one line end in another order than they begin.
    void pointsAreInTheOrderOfTheirPlaces() {
        LineView view(infoOfWindows());
        view.add(batchOf(kResults, {result(5000, 6000), result(1000, 9000), result(2000, 9000)}));
        const LineSnapshot snapshot = view.snapshot({});
        QCOMPARE(snapshot.series[0].at, (std::vector<Instant>{1000, 2000, 5000}));
        QCOMPARE(snapshot.series[0].points[2].time, Instant{5999});
    }

    void linesKeepTheirPlace() {
        LineView view(infoOf());
        view.add(batchOf(kSchema, {row(1, 5, 1.0)}));
        view.add(batchOf(kSchema, {row(2, 3, 1.0)}));
        QCOMPARE(names(view.snapshot({})), (QStringList{"5", "3"}));
    }

    void columnsAreLinesWithoutASeries() {
        LineInfo info = infoOf();
        info.series = {};
        info.y.push_back({3, "peak", Type::of(TypeId::Double)});
        LineView view(info);
        view.add(batchOf(kSchema, {row(1, 0, 0.5, 0.9), row(2, 0, 0.6, Value{})}));
        const LineSnapshot snapshot = view.snapshot({});
        QCOMPARE(names(snapshot), (QStringList{"load", "peak"}));
        QCOMPARE(snapshot.series[1].points, (std::vector<LinePoint>{{1, 0.9}}));
        QCOMPARE(snapshot.totals.skipped, std::uint64_t{0});
    }

    void whatCannotBeDrawnIsCounted() {
        LineView view(infoOf());
        const double nan = std::numeric_limits<double>::quiet_NaN();
        view.add(batchOf(kSchema, {row(1, 0, Value{}), row(2, 0, nan), row(3, 0, 1.0)}));
        QCOMPARE(view.snapshot({}).totals.skipped, std::uint64_t{2});
        QCOMPARE(view.snapshot({}).totals.rows, std::uint64_t{3});
    }

    void eightLinesAreShownAndTheOthersWaitToBePicked() {
        LineView view(infoOf());
        Rows rows;
        for (std::int32_t core = 0; core < 100; ++core) rows.push_back(row(1, core, 1.0));
        view.add(batchOf(kSchema, rows));
        const LineSnapshot snapshot = view.snapshot({});
        QCOMPARE(snapshot.series.size(), LineView::kMaxSeries);
        QCOMPARE(snapshot.notKept, 100 - LineView::kMaxSeries);
        for (std::size_t i = 0; i < snapshot.series.size(); ++i) {
            QCOMPARE(snapshot.series[i].points.empty(), i >= LineView::kShownSeries);
        }
        LineQuery picked;
        picked.lines = {20};
        QCOMPARE(view.snapshot(picked).series[20].points.size(), std::size_t{1});
        QVERIFY(view.snapshot(picked).series[0].points.empty());
    }

    /// Lines beyond those kept are counted, and where counting ends that is said.
    void countingLinesEnds() {
        LineView view(infoOf());
        std::int32_t core = 0;
        const auto addLines = [&](std::size_t count) {
            Rows rows;
            for (std::size_t i = 0; i < count; ++i) rows.push_back(row(1, core++, 1.0));
            view.add(batchOf(kSchema, rows));
        };
        addLines(LineView::kMaxSeries + LineView::kMaxCounted);
        QCOMPARE(view.snapshot({}).notKept, LineView::kMaxCounted);
        QVERIFY(!view.snapshot({}).moreNotKept);
        addLines(5);
        QCOMPARE(view.snapshot({}).notKept, LineView::kMaxCounted);
        QVERIFY(view.snapshot({}).moreNotKept);
        QCOMPARE(view.snapshot({}).series.size(), LineView::kMaxSeries);
    }

    void onlyTheRangeIsGiven() {
        LineView view(infoOf());
        Rows rows;
        for (Instant time = 0; time < 100; ++time)
            rows.push_back(row(time, 0, 1.0 * static_cast<double>(time)));
        view.add(batchOf(kSchema, rows));
        LineQuery query;
        query.from = 10;
        query.to = 12;
        QCOMPARE(view.snapshot(query).series[0].points,
                 (std::vector<LinePoint>{{10, 10}, {11, 11}, {12, 12}}));
        query.around = true;  // so that lines go on to the edges
        QCOMPARE(view.snapshot(query).series[0].points,
                 (std::vector<LinePoint>{{9, 9}, {10, 10}, {11, 11}, {12, 12}, {13, 13}}));
    }

    void oldPointsLeaveTheSpan() {
        LineView view(infoOf(1000));
        for (Instant time = 0; time < 10'000; time += 10) view.add(batchOf(kSchema, {row(time, 0, 1.0)}));
        const LineSnapshot snapshot = view.snapshot({});
        QVERIFY(snapshot.totals.oldest >= 9990 - 2000);
        QVERIFY(snapshot.totals.oldest <= 9990 - 1000);  // the whole span is there
        QCOMPARE(snapshot.totals.rows, std::uint64_t{1000});
    }

    void anUpdateTakesThePlaceOfItsPoint() {
        LineInfo info = infoOf(60'000);
        info.updating = true;
        LineView view(info);
        view.add(batchOf(kSchema, {row(1000, 0, 1.0), row(2000, 0, 2.0)}));
        view.add(batchOf(kSchema, {row(1000, 0, 1.0), row(1000, 0, 5.0), row(2000, 0, 2.0)},
                         {RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete}));
        QCOMPARE(view.snapshot({}).series[0].points, (std::vector<LinePoint>{{1000, 5.0}}));
        view.add(batchOf(kSchema, {row(1000, 0, 3.0)}, {RowKind::UpdateAfter}));  // upsert without a before
        QCOMPARE(view.snapshot({}).series[0].points, (std::vector<LinePoint>{{1000, 3.0}}));
    }

    void theNewestPointIsOneThatStillStands() {
        LineInfo info = infoOf(60'000);
        info.updating = true;
        LineView view(info);
        const auto last = [&view] { return view.snapshot({}).series[0].last; };
        view.add(batchOf(kSchema, {row(1000, 0, 1.0), row(2000, 0, 2.0)}));
        view.add(batchOf(kSchema, {row(1000, 0, 1.0)}, {RowKind::Delete}));
        QCOMPARE(last(), std::optional(LinePoint{2000, 2.0}));
        view.add(
            batchOf(kSchema, {row(1000, 0, 1.0), row(2000, 0, 2.0)}, {RowKind::Insert, RowKind::Delete}));
        QCOMPARE(last(), std::optional(LinePoint{1000, 1.0}));
        view.add(batchOf(kSchema, {row(1000, 0, 1.0)}, {RowKind::Delete}));
        QVERIFY(!last());
    }

    void theVersionGrowsWithEveryChange() {
        LineView view(infoOf());
        const std::uint64_t first = view.version();
        view.add(batchOf(kSchema, {row(1, 0, 1.0)}));
        const std::uint64_t second = view.version();
        QVERIFY(second > first);
        view.setWatermark(5);
        QVERIFY(view.version() > second);
        QCOMPARE(view.snapshot({}).totals.version, view.version());
        const std::uint64_t third = view.version();
        view.setWatermark(4);  // never goes back
        QCOMPARE(view.version(), third);
        QCOMPARE(view.snapshot({}).totals.watermark, Instant{5});
    }

    /// Any rows in any order: the line drawn holds the extremes of every pixel, and no value that never came.
    void decimationKeepsTheExtremes() {
        std::mt19937_64 random(7);
        for (int round = 0; round < 40; ++round) {
            const Millis range = 1 << (random() % 20);
            LineView view(infoOf());
            std::map<Instant, std::vector<double>> all;
            for (int batch = 0; batch < 20; ++batch) {
                Rows rows;
                for (int i = 0; i < 300; ++i) {
                    const Instant time =
                        static_cast<Instant>(random() % static_cast<std::uint64_t>(range)) - range / 2;
                    const double value = static_cast<double>(random() % 1000) / 8;
                    rows.push_back(row(time, 0, value));
                    all[time].push_back(value);
                }
                view.add(batchOf(kSchema, rows));
            }
            LineQuery query;
            query.maxPoints = 200;
            const LineSnapshot snapshot = view.snapshot(query);
            const auto& points = snapshot.series[0].points;
            QVERIFY(points.size() <= query.maxPoints);
            double low = 1e9, high = -1e9, drawnLow = 1e9, drawnHigh = -1e9;
            for (const auto& [time, values] : all) {
                for (const double value : values) {
                    low = std::min(low, value);
                    high = std::max(high, value);
                }
            }
            Instant last = kMinTimestamp;
            for (const LinePoint& point : points) {
                QVERIFY(point.time >= last);
                last = point.time;
                const auto& values = all[point.time];
                QVERIFY(std::find(values.begin(), values.end(), point.value) != values.end());
                drawnLow = std::min(drawnLow, point.value);
                drawnHigh = std::max(drawnHigh, point.value);
            }
            QCOMPARE(drawnLow, low);
            QCOMPARE(drawnHigh, high);
        }
    }

    /// A fast run brings the same rows in larger batches: the same picture comes of them.
    void bucketsAreTheSameHoweverRowsCome() {
        std::mt19937_64 random(13);
        for (const Millis span : {0, 40'000}) {
            Rows all;
            for (int i = 0; i < 20'000; ++i) {
                const auto time = i * 5 + static_cast<Instant>(random() % 100'000);
                // Of equal values which one is kept is not promised.
                all.push_back(row(time, 0, static_cast<double>(random() % 1'000'000'007)));
            }
            const auto fed = [&](const auto& sizeOfNext) {
                LineView view(infoOf(span));
                for (std::size_t at = 0; at < all.size();) {
                    const std::size_t end = std::min<std::size_t>(at + sizeOfNext(), all.size());
                    view.add(batchOf(kSchema, Rows(all.begin() + static_cast<std::ptrdiff_t>(at),
                                                   all.begin() + static_cast<std::ptrdiff_t>(end))));
                    at = end;
                }
                LineQuery query;
                query.maxPoints = 2 * LineView::kMaxBuckets;
                return view.snapshot(query);
            };
            const LineSnapshot whole = fed([&] { return all.size(); });
            QVERIFY(whole.series[0].points.size() > 3'000);
            for (const LineSnapshot& other :
                 {fed([] { return 1U; }), fed([&] { return 1 + random() % 3'000; })}) {
                QCOMPARE(other.resolution, whole.resolution);
                QCOMPARE(other.series[0].points, whole.series[0].points);
                QCOMPARE(other.extent.from, whole.extent.from);
                QCOMPARE(other.extent.to, whole.extent.to);
            }
        }
    }

    /// Where buckets are finer than pixels, each pixel shows exactly its smallest and its largest value.
    void everyPixelShowsItsExtremes() {
        std::mt19937_64 random(11);
        LineBuckets buckets;
        std::map<Instant, std::pair<double, double>> extremes;  // by pixel of 10 ms
        for (int i = 0; i < 20'000; ++i) {
            const Instant time = static_cast<Instant>(random() % 1000);
            const double value = static_cast<double>(random() % 100'000);
            buckets.add(1, {time, value});
            auto [pixel, first] = extremes.try_emplace(time / 10, value, value);
            pixel->second.first = std::min(pixel->second.first, value);
            pixel->second.second = std::max(pixel->second.second, value);
        }
        std::map<Instant, std::pair<double, double>> drawn;
        for (const LinePoint& point : buckets.points(0, 999, 100)) {
            auto [pixel, first] = drawn.try_emplace(point.time / 10, point.value, point.value);
            pixel->second.first = std::min(pixel->second.first, point.value);
            pixel->second.second = std::max(pixel->second.second, point.value);
        }
        QCOMPARE(drawn, extremes);
    }

    void tenMillionPointsStayBounded() {
        LineView view(infoOf());
        constexpr std::size_t kRows = 100'000;
        for (std::int64_t batch = 0; batch < 100; ++batch) {
            ColumnBuilder ts(Type::of(TypeId::Timestamp)), core(Type::of(TypeId::Int)),
                load(Type::of(TypeId::Double)), peak(Type::of(TypeId::Double));
            for (std::size_t i = 0; i < kRows; ++i) {
                const auto number = batch * static_cast<std::int64_t>(kRows) + static_cast<std::int64_t>(i);
                ts.append(number * 3);
                core.append(std::int32_t{0});
                load.append(static_cast<double>(number % 1000));
                peak.append(0.0);
            }
            Batch rows;
            rows.schema = kSchema;
            rows.rows = kRows;
            rows.columns = {ts.finish(), core.finish(), load.finish(), peak.finish()};
            view.add(rows);
        }
        LineQuery everything;
        everything.maxPoints = SIZE_MAX / 2;
        const LineSnapshot snapshot = view.snapshot(everything);
        QVERIFY(snapshot.series[0].points.size() <= 2 * LineView::kMaxBuckets);
        QVERIFY(snapshot.series[0].points.size() > LineView::kMaxBuckets / 2);
        QCOMPARE(snapshot.totals.rows, std::uint64_t{10'000'000});
        QCOMPARE(snapshot.totals.oldest, Instant{0});
    }
};

QTEST_APPLESS_MAIN(TestLineView)
#include "test_line_view.moc"
