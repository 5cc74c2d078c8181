// forecast: which steps are forecast and when, what becomes of gaps, and how forecasts are compared with what
// came.
#include <QtTest/QtTest>
#include <cmath>

#include "tests/unit/learning/series.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;
enum Out : std::size_t { kForecasts = 0, kScored = 1, kLate = 2 };

/// A line by a step of 10 s.
std::vector<SeriesRow> line(int count) {
    std::vector<SeriesRow> rows;
    for (int i = 0; i < count; ++i) rows.push_back({"a", 5.0 + 2 * i, i * 10'000});
    return rows;
}

}  // namespace

class TestForecast : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void eachRowIsAStep() {
        const Driven driven =
            drivenSeries("forecast", {{"value", "v"}, {"method", "linear"}, {"horizon", 2}}, line(4));
        QCOMPARE(driven.problems, Lines());
        const PortLog& out = driven.ports[kForecasts];
        // The first row says nothing yet; the other three do of two steps each.
        QCOMPARE(cells(out, "step"), (Lines{"1", "2", "1", "2", "1", "2"}));
        QCOMPARE(numbers(out, "forecast"), (std::vector<double>{9.0, 11.0, 11.0, 13.0, 13.0, 15.0}));
        QVERIFY2(cell(out.rows[0], "for_time").find("00:00:20") != std::string::npos, out.rows[0].c_str());
        QVERIFY2(cell(out.rows[5], "for_time").find("00:00:50") != std::string::npos, out.rows[5].c_str());
        QCOMPARE(cell(out.rows[0], "low"), std::string("NULL"));
        const PortLog& scored = driven.ports[kScored];
        QCOMPARE(cells(scored, "step"), (Lines{"1", "2", "1"}));
        QCOMPARE(numbers(scored, "actual"), (std::vector<double>{9.0, 11.0, 11.0}));
        QCOMPARE(numbers(scored, "error"), (std::vector<double>{0.0, 0.0, 0.0}));
    }
    void rowsOfAStepAreAveraged() {
        // Two rows a step; the step of 40 s is missing.
        std::vector<SeriesRow> rows;
        for (const int step : {0, 1, 2, 3, 5, 6}) {
            rows.push_back({"a", step * 4.0 - 1, step * 10'000 + 100});
            rows.push_back({"a", step * 4.0 + 1, step * 10'000 + 9'000});
        }
        const Driven driven = drivenSeries(
            "forecast", {{"value", "v"}, {"method", "linear"}, {"horizon", 1}, {"step", "10s"}}, rows);
        QCOMPARE(driven.problems, Lines());
        // Steps 0 to 3 and 5 are over; the line is known from the second on.
        QCOMPARE(numbers(driven.ports[kForecasts], "forecast"), (std::vector<double>{8.0, 12.0, 16.0, 24.0}));
        const Lines starts = cells(driven.ports[kForecasts], "for_time");
        QVERIFY2(starts[2].find("00:00:40") != std::string::npos, starts[2].c_str());
        QVERIFY2(starts[3].find("00:01:00") != std::string::npos, starts[3].c_str());
        // That of the missing step is never compared.
        QCOMPARE(numbers(driven.ports[kScored], "actual"), (std::vector<double>{8.0, 12.0}));
    }
    void theLastSeasonAndEvery() {
        std::vector<SeriesRow> rows;
        for (int i = 0; i < 9; ++i) rows.push_back({"a", i % 3 * 1.0, i * 1'000});
        const Driven driven = drivenSeries(
            "forecast", {{"value", "v"}, {"method", "last"}, {"season", 3}, {"horizon", 3}, {"every", 4}},
            rows);
        QCOMPARE(driven.problems, Lines());
        // Behind the fourth row and the eighth
        QCOMPARE(numbers(driven.ports[kForecasts], "forecast"),
                 (std::vector<double>{1.0, 2.0, 0.0, 2.0, 0.0, 1.0}));
        QCOMPARE(numbers(driven.ports[kScored], "error"), (std::vector<double>{0.0, 0.0, 0.0, 0.0}));
    }
    void bandsAreAsWideAsTheErrors() {
        std::vector<SeriesRow> rows;
        for (int i = 0; i < 200; ++i) rows.push_back({"a", i % 2 == 0 ? 1.0 : -1.0, i * 1'000});
        const Driven driven = drivenSeries(
            "forecast", {{"value", "v"}, {"method", "last"}, {"horizon", 4}, {"level", 90}}, rows);
        const std::string& last = driven.ports[kForecasts].rows.back();
        // Each error is 2; of a walk of four steps the deviation is twice as large.
        const double half = std::stod(cell(last, "high")) - std::stod(cell(last, "forecast"));
        QVERIFY2(std::fabs(half - 1.6448536269514722 * 4) < 1e-9, last.c_str());
    }
    void keysHaveSeriesOfTheirOwn() {
        std::vector<SeriesRow> rows;
        for (int i = 0; i < 6; ++i) {
            rows.push_back({"up", 1.0 * i, i * 1'000});
            rows.push_back({"down", -1.0 * i, i * 1'000});
        }
        const Driven driven = drivenSeries(
            "forecast", {{"value", "v"}, {"keys", {"k"}}, {"method", "linear"}, {"horizon", 1}}, rows);
        for (const std::string& row : driven.ports[kForecasts].rows) {
            const double forecast = std::stod(cell(row, "forecast"));
            QVERIFY2((forecast > 0) == (row.find("up") != std::string::npos), row.c_str());
        }
        QCOMPARE(driven.ports[kForecasts].rows.size(), std::size_t{10});
    }
    void hostileValues() {
        std::vector<SeriesRow> rows = line(5);
        rows.push_back({"a", std::nullopt, 50'000});
        rows.push_back({"a", std::nan(""), 50'000});
        rows.push_back({"a", HUGE_VAL, 50'000});
        rows.push_back({"a", 15, 50'000});
        const Json params = {{"value", "v"}, {"method", "linear"}, {"horizon", 1}};
        const Driven driven = drivenSeries("forecast", params, rows);
        QCOMPARE(driven.rejected.size(), std::size_t{3});
        QCOMPARE(std::stod(cell(driven.ports[kForecasts].rows.back(), "forecast")), 17.0);
        const Driven lenient = drivenSeries("forecast", params, rows, 7, true);
        QCOMPARE(lenient.rejected, Lines());
        QCOMPARE(lenient.ports[kForecasts].rows, driven.ports[kForecasts].rows);
    }
    void tooManyForecastsAreRefused() {
        const Driven driven = drivenSeries("forecast", {{"value", "v"}, {"horizon", 1'000}}, {});
        QVERIFY(driven.problems.at(0).find("would wait for their steps") != std::string::npos);
        QCOMPARE(drivenSeries("forecast", {{"value", "v"}, {"horizon", 1'000}, {"every", 100}}, {}).problems,
                 Lines());
    }
};

QTEST_APPLESS_MAIN(TestForecast)
#include "test_forecast.moc"
