// The pace of sources: rows come evenly, by number or by event time, and not all at once after a pause.
#include <QtTest/QtTest>

#include "core/stream/rows/row_pacer.h"

using namespace rw;

namespace {

/// When each of the next `count` rows goes, asked again and again from `now` on as a source is.
std::vector<std::int64_t> times(RowPacer& pacer, std::int64_t now, int count) {
    std::vector<std::int64_t> went;
    while (static_cast<int>(went.size()) < count) {
        if (const std::int64_t due = pacer.due(now); due > now) {
            now = due;
            continue;
        }
        pacer.sent();
        went.push_back(now);
    }
    return went;
}

using Times = std::vector<std::int64_t>;

}  // namespace

class TestRowPacer : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void withoutAPaceEverythingIsDue() {
        RowPacer pacer(Pace{});
        std::int64_t until = 0;
        QVERIFY(pacer.unpaced());
        QCOMPARE(times(pacer, 7, 3), (Times{7, 7, 7}));
        QCOMPARE(pacer.acquire(7, 500, until), std::uint64_t{500});
    }

    void rowsComeAtTheirRate() {
        RowPacer pacer(Pace{.rate = 3});
        QCOMPARE(times(pacer, 1'000, 5), (Times{1'000, 1'334, 1'667, 2'000, 2'334}));
    }

    void theFirstRowOfAStartedPaceIsAnIntervalAway() {
        RowPacer pacer(Pace{.every = 250});
        pacer.start(1'000);
        QCOMPARE(times(pacer, 1'000, 3), (Times{1'250, 1'500, 1'750}));
    }

    void aPauseIsMadeUpForByASecondAtMost() {
        RowPacer rows(Pace{.rate = 2}), many(Pace{.rate = 1000});
        QCOMPARE(times(rows, 0, 2), (Times{0, 500}));
        QCOMPARE(times(rows, 60'000, 5), (Times{60'000, 60'000, 60'000, 60'500, 61'000}));

        many.start(0);
        std::uint64_t given = 0;
        std::int64_t until = 0;
        while (const std::uint64_t piece = many.acquire(60'000, 16'384, until)) given += piece;
        QCOMPARE(given, std::uint64_t{1000});
        QCOMPARE(until, std::int64_t{60'010});
    }

    void aRowWithoutATimeDoesNotHoldUpThoseAfterIt() {
        constexpr Instant kHour = 3'600'000;
        RowPacer pacer(Pace{.replaySpeed = 1});
        for (const Instant time : {Instant{0}, kHour}) {
            QCOMPARE(pacer.due(time, time), time);
            pacer.sent(time);
        }
        QVERIFY(pacer.due(kHour) <= kHour);
        pacer.sent();
        QCOMPARE(pacer.due(kHour, kHour + 5), kHour + 5);
    }

    void onlyWholeRowsAreMadeUp() {
        RowPacer pacer(Pace{.rate = 2.5});
        pacer.start(0);
        std::int64_t until = 0;
        QCOMPARE(pacer.acquire(10'000, 100, until), std::uint64_t{2});
        QCOMPARE(pacer.acquire(10'000, 100, until), std::uint64_t{0});
        QCOMPARE(until, std::int64_t{10'400});
    }

    /// As a clock does that was not looked at: the next tick is where it would have been.
    void whatIsNotMadeUpKeepsTheBeat() {
        RowPacer pacer(Pace{.every = 100, .madeUp = 0});
        pacer.start(0);
        QCOMPARE(times(pacer, 0, 2), (Times{100, 200}));
        QCOMPARE(times(pacer, 301, 2), (Times{301, 400}));  // a millisecond late
        QCOMPARE(times(pacer, 955, 3), (Times{955, 1'000, 1'100}));
        QCOMPARE(times(pacer, 1'300, 2), (Times{1'300, 1'400}));
    }

    void eventTimePassesAsFastAsAsked() {
        RowPacer pacer(Pace{.replaySpeed = 10});
        const auto next = [&pacer](Instant time, std::int64_t now) {
            const std::int64_t due = pacer.due(now, time);
            pacer.sent(time);
            return static_cast<int>(due);
        };
        QVERIFY(pacer.byEventTime());
        QCOMPARE(next(1'000'000, 50), 50);
        QCOMPARE(next(1'002'000, 50), 250);
        QCOMPARE(next(1'001'000, 250), 250);          // out of order: it does not wait
        QCOMPARE(pacer.due(250), std::int64_t{250});  // its time is not known: beside those before
        QCOMPARE(next(1'003'000, 9'000), 8'000);      // a second is made up for
        QCOMPARE(next(1'023'000, 9'000), 10'000);
        QCOMPARE(pacer.largest(), std::optional<Instant>(1'023'000));
    }

    void goesOnBehindAnEventTime() {
        RowPacer pacer(Pace{.replaySpeed = 1});
        pacer.resumeFrom(5'000);
        QCOMPARE(pacer.due(100, 5'700), std::int64_t{800});
    }

    void aRateHoldsBesideEventTime() {
        RowPacer pacer(Pace{.rate = 10, .replaySpeed = 1});
        QCOMPARE(pacer.due(0, 0), std::int64_t{0});
        pacer.sent(0);
        QCOMPARE(pacer.due(0, 30), std::int64_t{100});
        QCOMPARE(pacer.due(0, 130), std::int64_t{130});
    }

    void aRateNextToNothingWaitsForLong() {
        RowPacer pacer(Pace{.rate = 1e-300});
        pacer.start(0);
        std::int64_t until = 0;
        QCOMPARE(pacer.acquire(5, 100, until), std::uint64_t{0});
        QVERIFY(until > 1'000'000'000'000);
        QVERIFY(pacer.due(5) > 1'000'000'000'000);
    }

    void piecesAreEven_data() {
        QTest::addColumn<double>("rate");
        for (const double rate : {0.5, 1.0, 7.0, 1000.0, 123'456.0, 1e6})
            QTest::newRow(qPrintable(QString::number(rate))) << rate;
    }

    /// At any moment the rows handed out are those due, but for a piece of 10 ms.
    void piecesAreEven() {
        QFETCH(double, rate);
        RowPacer pacer(Pace{.rate = rate});
        pacer.start(5);
        std::uint64_t given = 0;
        for (std::int64_t now = 5; now <= 20'005;) {
            std::int64_t until = 0;
            const std::uint64_t rows = pacer.acquire(now, 16'384, until);
            QVERIFY(rows <= static_cast<std::uint64_t>(std::max(1.0, rate * 0.02)));
            given += rows;
            const double due = static_cast<double>(now - 5) / 1000 * rate;
            QVERIFY(static_cast<double>(given) <= due + 1e-9);
            if (rows == 0) {
                QVERIFY(due - static_cast<double>(given) <= rate * 0.011 + 1);
                QVERIFY(until > now);
                now = until;
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestRowPacer)
#include "test_row_pacer.moc"
