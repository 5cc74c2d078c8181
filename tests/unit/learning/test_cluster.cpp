// cluster: the clusters of rows, their distances, and the centres that leave now and then.
#include <QtTest/QtTest>
#include <cmath>

#include "tests/unit/learning/series.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;
enum Out : std::size_t { kOut = 0, kCentres = 1 };

std::vector<SeriesRow> series(const std::vector<double>& values) {
    std::vector<SeriesRow> rows;
    for (const double value : values) rows.push_back({"a", value, static_cast<Instant>(rows.size()) * 1'000});
    return rows;
}

}  // namespace

class TestCluster : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void firstRowsBegin() {
        const Driven driven =
            drivenSeries("cluster", {{"features", {"v"}}, {"k", 2}, {"every", 3}, {"rate", 0}},
                         series({1, 1, 9, 8, 2, 3}));
        QCOMPARE(driven.problems, Lines());
        QCOMPARE(cells(driven.ports[kOut], "cluster"), (Lines{"0", "0", "1", "1", "0", "0"}));
        QCOMPARE(cells(driven.ports[kOut], "distance").front(), std::string("NULL"));
        QCOMPARE(std::stod(cells(driven.ports[kOut], "distance")[3]), 1.0);
        // Behind the third row and the sixth, each with two clusters
        QCOMPARE(cells(driven.ports[kCentres], "cluster"), (Lines{"0", "1", "0", "1"}));
        QCOMPARE(cells(driven.ports[kCentres], "rows"), (Lines{"2", "1", "4", "2"}));
        QCOMPARE(numbers(driven.ports[kCentres], "v"), (std::vector<double>{1.0, 9.0, 1.75, 8.5}));
    }
    void aRadiusBegins() {
        const Driven driven = drivenSeries(
            "cluster", {{"features", {"v", "v * 2 AS w"}}, {"by", "radius"}, {"radius", 3}, {"most", 2}},
            series({0, 1, 10, 30, 0}));
        QCOMPARE(driven.problems, Lines());
        QCOMPARE(cells(driven.ports[kOut], "cluster"), (Lines{"0", "0", "1", "1", "0"}));
    }
    void distancesOfTheFeatures() {
        const Driven driven = drivenSeries(
            "cluster",
            {{"features", {"v", "v * 2 AS w"}}, {"k", 2}, {"rate", 0}, {"explain", true}, {"warm_up", 1}},
            series({1, 1, 5, 4}));
        QCOMPARE(driven.problems, Lines());
        QCOMPARE(cells(driven.ports[kOut], "distances"),
                 (Lines{"NULL", "{\"v\":0,\"w\":0}", "{\"v\":4,\"w\":8}", "{\"v\":-1,\"w\":-2}"}));
    }
    void hostileValues() {
        const Driven driven = drivenSeries("cluster", {{"features", {"v"}}, {"k", 2}},
                                           series({1, std::nan(""), HUGE_VAL, 1e308, -1e308, 1}));
        QCOMPARE(driven.rejected.size(), std::size_t{2});
        QCOMPARE(cells(driven.ports[kOut], "cluster"), (Lines{"0", "1", "0", "0"}));
    }
};

QTEST_APPLESS_MAIN(TestCluster)
#include "test_cluster.moc"
