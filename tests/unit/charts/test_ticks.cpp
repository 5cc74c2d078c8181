// Where axes put their marks, and the texts beside them.
#include <QtTest>
#include <cmath>
#include <limits>

#include "widgets/charts/drawing/ticks.h"
#include "widgets/document/number_text.h"

using namespace rw;
using namespace rw::ui;

class TestTicks : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void numbersAreRound() {
        const auto ticks = numberTicks(0, 100, 5);
        QCOMPARE(ticks.size(), std::size_t{6});
        QCOMPARE(ticks[1].at, 20.0);
        QCOMPARE(ticks[5].label, QStringLiteral("100"));
    }

    void smallStepsKeepTheirDigits() {
        const auto ticks = numberTicks(0.1, 0.35, 5);
        QStringList labels;
        for (const Tick& tick : ticks) labels << tick.label;
        QCOMPARE(labels,
                 (QStringList{QStringLiteral("0.10"), QStringLiteral("0.15"), QStringLiteral("0.20"),
                              QStringLiteral("0.25"), QStringLiteral("0.30"), QStringLiteral("0.35")}));
    }

    void largeNumbersTakeUnits() {
        QCOMPARE(numberTicks(0, 40'000, 4).back().label, QStringLiteral("40\u2009k"));
        QCOMPARE(roundedText(12'412), QStringLiteral("12.4\u2009k"));
        QCOMPARE(roundedText(0.51234), QStringLiteral("0.512"));
        QCOMPARE(roundedText(9'999), QStringLiteral("9\u2009999"));
        QCOMPARE(numberTicks(0, 40'000, 4).front().label, QStringLiteral("0"));
        QCOMPARE(shownNumber(1'234'567.25), QStringLiteral("1\u2009234\u2009567.25"));
    }

    void manyRangesGiveFewTicksInside() {
        for (int seed = 1; seed < 500; ++seed) {
            const double from = seed * 37.7 - 5000, to = from + std::pow(1.1, seed % 90) * 0.01;
            const auto ticks = numberTicks(from, to, 6);
            QVERIFY(ticks.size() >= 2 && ticks.size() <= 14);
            for (const Tick& tick : ticks)
                QVERIFY(tick.at >= from - (to - from) * 1e-6 && tick.at <= to + (to - from) * 1e-6);
        }
    }

    /// Adding a step to 10^17 would not change it.
    void rangesThatAreTooFineHaveNoTicks() { QVERIFY(numberTicks(1e17, 1e17 + 32, 30).empty()); }

    void timesAreRoundInTheirZone() {
        const QTimeZone vienna("Europe/Vienna");
        QVERIFY(vienna.isValid());
        const Instant from = QDateTime(QDate(2024, 3, 1), QTime(14, 28, 4), vienna).toMSecsSinceEpoch();
        const auto ticks = timeTicks(from, from + 5 * 60'000, 5, vienna);
        QCOMPARE(ticks.size(), std::size_t{5});
        QCOMPARE(ticks.front().label, QStringLiteral("14:29"));
        QCOMPARE(static_cast<Instant>(ticks.front().at) % 60'000, Instant{0});
    }

    void spansSayTheirDaysWhereTheyMust() {
        const QTimeZone utc = QTimeZone::utc();
        const auto at = [&](int day, int hour, int minute) {
            return QDateTime(QDate(2024, 3, day), QTime(hour, minute), utc).toMSecsSinceEpoch();
        };
        QCOMPARE(spanText(at(5, 14, 31), at(5, 14, 32), utc), QStringLiteral("14:31:00 – 14:32:00"));
        QCOMPARE(spanText(at(5, 0, 0), at(6, 0, 0), utc), QStringLiteral("2024-03-05"));
        QCOMPARE(spanText(at(1, 0, 0), at(8, 0, 0), utc), QStringLiteral("2024-03-01 – 2024-03-08"));
        QCOMPARE(spanText(at(5, 23, 30), at(6, 0, 30), utc), QStringLiteral("03-05 23:30 – 03-06 00:30"));
    }

    void anotherDaySaysItsDate() {
        const Instant from = QDateTime(QDate(2024, 3, 1), QTime(23, 0), QTimeZone::utc()).toMSecsSinceEpoch();
        const auto ticks = timeTicks(from, from + 2 * 3'600'000, 2, QTimeZone::utc());
        QCOMPARE(ticks.at(1).label, QStringLiteral("03-02 00:00"));
    }

    void anHourThatComesTwiceHarmsNothing() {
        const QTimeZone vienna("Europe/Vienna");
        const Instant from = QDateTime(QDate(2024, 10, 27), QTime(0, 0), vienna).toMSecsSinceEpoch();
        const auto ticks = timeTicks(from, from + 6 * 3'600'000, 6, vienna);
        QVERIFY(ticks.size() >= 4);
        for (std::size_t i = 1; i < ticks.size(); ++i) QVERIFY(ticks[i].at > ticks[i - 1].at);
    }

    void rangesAreRoundAndNeverEmpty() {
        QCOMPARE(roundRange(0, 97, true), (Range{0, 100}));
        QCOMPARE(roundRange(3, 97, true).from, 0.0);
        QVERIFY(roundRange(5, 5, false).length() > 0);
        QVERIFY(roundRange(0, 0, true).length() > 0);
        QCOMPARE(roundRange(std::nan(""), 1, false), (Range{0, 1}));
    }

    /// The least DOUBLE alone, two with none between them, and two farther apart than any DOUBLE is long.
    void extremeRangesAreRangesToo() {
        constexpr double kLeast = std::numeric_limits<double>::denorm_min(),
                         kMost = std::numeric_limits<double>::max();
        const std::vector<Range> extremes{
            {0, kLeast}, {kLeast, kLeast}, {-kLeast, kLeast}, {1, std::nextafter(1.0, 2.0)}, {-kMost, kMost}};
        for (const Range& each : extremes) {
            for (const bool fromZero : {false, true}) {
                const Range round = roundRange(each.from, each.to, fromZero);
                QVERIFY(std::isfinite(round.length()) && round.length() > 0);
            }
        }
        QVERIFY(numberTicks(0, kLeast, 5).empty());
        QVERIFY(numberTicks(-kMost, kMost, 5).empty());
    }

    void allOfTimeHasFewTicks() {
        constexpr Instant kFar = 9'000'000'000'000'000'000;
        for (const int wanted : {1, 5}) {
            const auto ticks = timeTicks(-kFar, kFar, wanted, QTimeZone::utc());
            QVERIFY(!ticks.empty() && ticks.size() <= 14);
        }
        QVERIFY(timeTicks(kFar - 1'000, kFar, 5, QTimeZone::utc()).empty());
    }

    void zonesAreNamedWithTheirOffset() {
        QCOMPARE(zoneText(QTimeZone("UTC"), 0), QStringLiteral("UTC"));
        const Instant winter = QDateTime(QDate(2024, 1, 1), QTime(), QTimeZone::utc()).toMSecsSinceEpoch();
        QCOMPARE(zoneText(QTimeZone("Europe/Vienna"), winter), QStringLiteral("Europe/Vienna, UTC+1"));
        QCOMPARE(zoneText(QTimeZone("Asia/Kolkata"), winter), QStringLiteral("Asia/Kolkata, UTC+5:30"));
        QCOMPARE(zoneOf("No/Where"), QTimeZone::utc());
        QCOMPARE(zoneOf("local"), QTimeZone::systemTimeZone());
    }
};

QTEST_APPLESS_MAIN(TestTicks)
#include "test_ticks.moc"
#include "widgets/document/number_text.h"
