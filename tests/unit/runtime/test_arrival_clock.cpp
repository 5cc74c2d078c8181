// Times of arrival while the clock on the wall is set: never back, and otherwise as it says.
#include <QtTest>

#include "core/runtime/metrics/arrival_clock.h"

using namespace rw;

namespace {

constexpr Millis kHour = 3'600'000;

/// Both clocks by hand. Each look at one takes `look` milliseconds.
class SetClock final : public Clock {
 public:
    Instant wall = 1'700'000'000'000;
    std::int64_t steady = 5'000;
    Millis look = 0;

    Instant now() const override { return wall + looked(); }
    std::int64_t steadyMillis() const override { return steady + looked(); }
    void pass(Millis millis) {
        wall += millis;
        steady += millis;
    }

 private:
    Millis looked() const { return m_looked += look; }
    mutable Millis m_looked = 0;
};

}  // namespace

class TestArrivalClock : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void isThatOnTheWall() {
        SetClock clock;
        ArrivalClock arrivals;
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(arrivals.of(clock.wall - 3, clock), clock.wall - 3);
            clock.pass(700);
        }
        clock.wall += kHour;  // set forward
        QCOMPARE(arrivals.of(clock.wall, clock), clock.wall);
    }

    void goesOnWhereItIsSetBack() {
        SetClock clock;
        ArrivalClock arrivals;
        const Instant first = clock.wall;
        QCOMPARE(arrivals.of(clock.wall, clock), first);
        clock.pass(1'000);
        clock.wall -= kHour;
        QCOMPARE(arrivals.of(clock.wall, clock), first + 1'000);
        clock.pass(2 * kHour);  // also when it has caught up
        QCOMPARE(arrivals.of(clock.wall, clock), first + 1'000 + 2 * kHour);
        clock.wall += kHour;
        QCOMPARE(arrivals.of(clock.wall, clock), clock.wall);
        clock.wall += 10;
        QCOMPARE(arrivals.of(clock.wall, clock), clock.wall);
    }

    /// A thread may have to wait between two of its looks.
    void looksThatTakeLongSetNothingBack() {
        SetClock clock;
        ArrivalClock arrivals;
        for (const Millis look : {0, 50, 0, 900, 1, 0}) {
            clock.look = look;
            QCOMPARE(arrivals.of(clock.wall, clock), clock.wall);
            clock.pass(10);
        }
    }
};

QTEST_APPLESS_MAIN(TestArrivalClock)
#include "test_arrival_clock.moc"
