// When the pieces of a replay are due: at any speed, held, let go, and after the run stood still.
#include <QtTest/QtTest>

#include "core/tape/tape_pace.h"

using namespace rw;

class TestTapePace : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void asFastAsPossible() {
        TapePace pace(0);
        QCOMPARE(pace.due(0, 1'000), std::int64_t{1'000});
        QCOMPARE(pace.due(86'400'000, 1'000), std::int64_t{1'000});
    }

    void theFirstThatIsAskedForIsDue() {
        TapePace pace(1);
        QCOMPARE(pace.due(5'000, 1'000), std::int64_t{1'000});
        QCOMPARE(pace.due(5'100, 1'000), std::int64_t{1'100});
        QCOMPARE(pace.due(5'050, 1'000), std::int64_t{1'050});
        QVERIFY(pace.due(4'000, 1'000) <= 1'000);  // it was read before that
    }

    void atOtherSpeeds() {
        TapePace slow(0.5), fast(10);
        (void)slow.due(0, 0);
        (void)fast.due(0, 0);
        QCOMPARE(slow.due(80, 0), std::int64_t{160});
        QCOMPARE(fast.due(1'500, 0), std::int64_t{150});
    }

    /// Any times on a forged tape.
    void noTimeIsTooLarge() {
        for (const double speed : {1e-6, 1.0, 1e6}) {
            TapePace pace(speed);
            QCOMPARE(pace.due(0, 1'000), std::int64_t{1'000});
            QVERIFY(pace.due(kMaxTimestamp, 1'000) > 1'000);
            QVERIFY(pace.due(kMaxTimestamp - 1, 1'100) > 1'100);
            QVERIFY(pace.due(kMinTimestamp, 1'200) <= 1'200);
        }
        TapePace early(1), late(1);
        QCOMPARE(early.due(kMinTimestamp, 1'000), std::int64_t{1'000});
        QVERIFY(early.due(kMaxTimestamp, 1'000) > 1'000);
        QCOMPARE(late.due(kMaxTimestamp, 1'000), std::int64_t{1'000});
        QVERIFY(late.due(0, 1'000) <= 1'000);
    }

    /// For it may be told to be faster.
    void whoWaitsForLongAsksInBetween() {
        TapePace pace(1);
        (void)pace.due(0, 0);
        const std::int64_t asked = pace.due(3'600'000, 0);
        QVERIFY(asked > 0 && asked <= 1'000);
        pace.goOn(0);
        QCOMPARE(pace.due(3'600'000, asked), asked);
    }

    void whatStoodStillDoesNotHurry() {
        TapePace pace(1);
        (void)pace.due(0, 0);
        QCOMPARE(pace.due(100, 50), std::int64_t{100});
        QCOMPARE(pace.due(150, 50), std::int64_t{150});
        // Ten seconds later; both were kept by the same pause, which counts once.
        QCOMPARE(pace.due(100, 10'050), std::int64_t{10'100});
        QCOMPARE(pace.due(150, 10'050), std::int64_t{10'150});
        QCOMPARE(pace.due(250, 10'150), std::int64_t{10'250});
    }

    /// One that is kept waiting by others asks for nothing meanwhile.
    void oneThatDoesNotAskHoldsUpNobody() {
        TapePace pace(1);
        (void)pace.due(0, 0);
        QCOMPARE(pace.due(50, 0), std::int64_t{50});  // and it never asks again
        for (std::int64_t now = 0; now < 5'000; now += 100) QCOMPARE(pace.due(now, now), now);
    }

    void nothingLaterIsGivenWhileItIsHeld() {
        TapePace pace(0);
        pace.holdAt(500);
        QCOMPARE(pace.due(500, 1'000), std::int64_t{1'000});
        QVERIFY(pace.due(501, 1'000) > 1'000);
        QVERIFY(pace.due(501, 90'000) > 90'000);
        pace.goOn(1);
        QCOMPARE(pace.due(501, 90'000), std::int64_t{90'000});
        QCOMPARE(pace.due(601, 90'000), std::int64_t{90'100});
    }

    void isHeldOnceAllSourcesWaitThere() {
        TapePace pace(0);
        pace.begins(0);
        pace.begins(1);
        QVERIFY(!pace.isHeld());  // nothing holds it
        pace.holdAt(500);
        QVERIFY(!pace.isHeld());  // it was not asked yet
        (void)pace.due(501, 0, 0);
        QVERIFY(!pace.isHeld());  // the other one may have something to give
        (void)pace.due(500, 0, 1);
        QVERIFY(!pace.isHeld());
        (void)pace.due(700, 0, 1);
        QVERIFY(pace.isHeld());
        pace.holdAt(600);
        QVERIFY(!pace.isHeld());
        pace.holdAt(500);
        pace.ends(0);
        QVERIFY(pace.isHeld());
        pace.goOn(1);
        QVERIFY(!pace.isHeld());
    }

    void whoHasEndedIsNotWaitedFor() {
        TapePace pace(0);
        pace.holdAt(500);
        pace.begins(0);
        pace.begins(1);
        (void)pace.due(501, 0, 0);
        pace.ends(1);
        QVERIFY(pace.isHeld());
        pace.ends(0);  // the tape is over before that moment
        QVERIFY(!pace.isHeld());
    }
};

QTEST_APPLESS_MAIN(TestTapePace)
#include "test_tape_pace.moc"
