// Histograms count every value once, at round edges, in bounded memory; percentiles are near the true ones.
#include <QtTest/QtTest>
#include <numeric>
#include <random>

#include "core/views/histogram_view.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"ts", Type::of(TypeId::Timestamp)},
                                    {"kind", Type::of(TypeId::String)},
                                    {"value", Type::of(TypeId::Double)}});

HistogramInfo infoOf(TypeId type = TypeId::Double) {
    HistogramInfo info;
    info.value = {2, "value", Type::of(type)};
    info.eventTime = 0;
    return info;
}

Batch valuesOf(const std::vector<double>& values, Instant time = 0, const std::string& kind = "a") {
    Rows rows;
    for (const double value : values) rows.push_back({time, kind, value});
    return batchOf(kSchema, rows);
}

std::uint64_t sum(const std::vector<std::uint64_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

/// Whether all edges are multiples of 1, 2 or 5 × 10^k.
bool round(const std::vector<double>& edges) {
    double width = edges[1] - edges[0];
    const double power = std::pow(10.0, std::floor(std::log10(width) + 1e-9));
    const double mantissa = width / power;
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-6 * std::max(1.0, std::abs(b)); };
    if (!near(mantissa, 1) && !near(mantissa, 2) && !near(mantissa, 5)) return false;
    return std::all_of(edges.begin(), edges.end(),
                       [&](double edge) { return near(edge / width, std::round(edge / width)); });
}

}  // namespace

class TestHistogramView : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyValueFallsIntoItsBin() {
        HistogramView view(infoOf());
        std::vector<double> values;
        for (int i = 0; i < 40; ++i) values.push_back(i / 10.0);  // decimal fractions lie on edges
        view.add(valuesOf(values), 0);
        const HistogramSnapshot snapshot = view.snapshot();
        QCOMPARE(snapshot.edges.size(), std::size_t{41});
        QCOMPARE(snapshot.edges.front(), 0.0);
        QCOMPARE(snapshot.edges[3], 0.3);
        QCOMPARE(snapshot.series[0].counts, std::vector<std::uint64_t>(40, 1));
        QCOMPARE(snapshot.min, 0.0);
        QCOMPARE(snapshot.max, 3.9);
    }

    void integersGetBinsOfWholeNumbers() {
        HistogramView view(infoOf(TypeId::Int));
        const SchemaRef schema = schemaOf({{"ts", Type::of(TypeId::Timestamp)},
                                           {"kind", Type::of(TypeId::String)},
                                           {"value", Type::of(TypeId::Int)}});
        view.add(batchOf(schema, {{Instant{0}, std::string("a"), std::int32_t{1}},
                                  {Instant{0}, std::string("a"), std::int32_t{3}},
                                  {Instant{0}, std::string("a"), std::int32_t{3}}}),
                 0);
        QCOMPARE(view.snapshot().edges, (std::vector<double>{1, 2, 3, 4}));
        QCOMPARE(view.snapshot().series[0].counts, (std::vector<std::uint64_t>{1, 0, 2}));
    }

    void oneValueIsOneBar() {
        for (const double value : {0.0, 5.0, -0.001, 1e300, -1e300, 5e-324}) {
            HistogramView view(infoOf());
            view.add(valuesOf({value, value}), 0);
            const HistogramSnapshot snapshot = view.snapshot();
            QCOMPARE(snapshot.series[0].counts, (std::vector<std::uint64_t>{2}));
            QVERIFY(snapshot.edges[0] <= value && value <= snapshot.edges[1]);
        }
    }

    /// Any values in any order: all are counted, in few bins, at round edges, each in its own.
    void nothingIsLostWhileBinsGrow() {
        std::mt19937_64 random(3);
        int compared = 0;
        for (int round_ = 0; round_ < 60; ++round_) {
            HistogramInfo info = infoOf();
            info.bins = round_ % 3 == 0 ? 0 : 1 + random() % 100;
            HistogramView view(info);
            std::vector<double> values;
            std::lognormal_distribution<double> wide(0, 1 + static_cast<double>(round_ % 7));
            for (int i = 0; i < 2000; ++i) values.push_back(wide(random) * (random() % 4 == 0 ? -1 : 1));
            view.add(valuesOf(values), 0);
            const HistogramSnapshot snapshot = view.snapshot();
            const std::size_t most = info.bins == 0 ? 50 : std::max<std::size_t>(info.bins, 2);
            QVERIFY(snapshot.series[0].counts.size() <= most);
            QCOMPARE(snapshot.count, std::uint64_t{2000});
            QCOMPARE(sum(snapshot.series[0].counts), std::uint64_t{2000});
            QVERIFY(round(snapshot.edges));
            std::vector<std::uint64_t> expected(snapshot.series[0].counts.size());
            std::uint64_t onEdge = 0;
            const double width = snapshot.edges[1] - snapshot.edges[0];
            for (const double value : values) {
                const auto after = std::upper_bound(snapshot.edges.begin(), snapshot.edges.end(), value);
                ++expected[std::min(static_cast<std::size_t>(after - snapshot.edges.begin()) - 1,
                                    expected.size() - 1)];
                const double nearest = std::round(value / width) * width;
                if (std::abs(value - nearest) < width * 1e-9) ++onEdge;
            }
            if (onEdge > 0) continue;
            QCOMPARE(snapshot.series[0].counts, expected);
            ++compared;
        }
        QVERIFY2(compared > 20, qPrintable(QString::number(compared)));
    }

    void percentilesAreWithinOnePercent() {
        std::mt19937_64 random(5);
        std::lognormal_distribution<double> latency(3, 1);
        std::vector<double> values;
        for (int i = 0; i < 50'000; ++i) values.push_back(latency(random));
        HistogramView view(infoOf());
        view.add(valuesOf(values), 0);
        std::sort(values.begin(), values.end());
        const HistogramSnapshot snapshot = view.snapshot();
        const auto exact = [&](double fraction) {
            return values[static_cast<std::size_t>(fraction * 50'000) - 1];
        };
        QVERIFY(std::abs(snapshot.p50 - exact(0.50)) <= 0.01 * exact(0.50));
        QVERIFY(std::abs(snapshot.p95 - exact(0.95)) <= 0.01 * exact(0.95));
        QVERIFY(std::abs(snapshot.p99 - exact(0.99)) <= 0.01 * exact(0.99));
    }

    void oldSlicesLeaveTheSpan() {
        HistogramInfo info = infoOf();
        info.span = 1600;
        HistogramView view(info);
        for (Instant time = 0; time < 16'000; time += 10) view.add(valuesOf({1.0}, time), 0);
        const std::uint64_t count = view.snapshot().count;
        QVERIFY(count >= 150 && count <= 160);
        QCOMPARE(view.snapshot().totals.rows, std::uint64_t{1600});
    }

    void seriesShareTheEdges() {
        HistogramInfo info = infoOf();
        info.series = {1, "kind", Type::of(TypeId::String)};
        HistogramView view(info);
        view.add(batchOf(kSchema, {{Instant{0}, std::string("slow"), 100.0},
                                   {Instant{0}, std::string("fast"), 1.0},  // by name within a batch
                                   {Instant{0}, std::string("fast"), 2.0},
                                   {Instant{0}, std::string("fast"), 3.0},
                                   {Instant{0}, std::string("slow"), 200.0}}),
                 0);
        const HistogramSnapshot snapshot = view.snapshot();
        QCOMPARE(snapshot.series.size(), std::size_t{2});
        QCOMPARE(snapshot.series[0].name, std::string("fast"));
        QCOMPARE(sum(snapshot.series[0].counts), std::uint64_t{3});
        QCOMPARE(sum(snapshot.series[1].counts), std::uint64_t{2});
        QCOMPARE(snapshot.series[0].counts.size(), snapshot.edges.size() - 1);
        QCOMPARE(snapshot.series[1].counts.back(), std::uint64_t{1});
    }

    void moreSeriesAreFoldedIntoOthers() {
        HistogramInfo info = infoOf();
        info.series = {1, "kind", Type::of(TypeId::String)};
        HistogramView view(info);
        for (int i = 0; i < 20; ++i) view.add(valuesOf({1}, 0, std::to_string(i)), 0);
        const HistogramSnapshot snapshot = view.snapshot();
        QCOMPARE(snapshot.series.size(), HistogramView::kMaxSeries);
        QVERIFY(snapshot.others);
        QCOMPARE(snapshot.series.back().total, std::uint64_t{13});
        QCOMPARE(snapshot.count, std::uint64_t{20});
    }

    void valuesThatHaveNoPlaceAreCounted() {
        HistogramView view(infoOf());
        view.add(valuesOf({std::nan(""), std::numeric_limits<double>::infinity(), 1}), 0);
        QCOMPARE(view.snapshot().totals.skipped, std::uint64_t{2});
        QCOMPARE(view.snapshot().count, std::uint64_t{1});
    }
};

QTEST_APPLESS_MAIN(TestHistogramView)
#include "test_histogram_view.moc"
