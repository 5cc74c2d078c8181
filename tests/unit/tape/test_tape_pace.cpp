// When the pieces of a replay are due: at any speed, held, let go, and after the run stood still.
#include <QtTest/QtTest>

#include "core/tape/tape_pace.h"

using namespace rw;

class TestTapePace : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void asFastAsPossible() {
        TapePace pace(0);
        QCOMPARE(pace.due(0, 0, 1'000), std::int64_t{1'000});
        QCOMPARE(pace.due(1, 86'400'000, 1'000), std::int64_t{1'000});
    }

    void theFirstThatIsAskedForIsDue() {
        TapePace pace(1);
        QCOMPARE(pace.due(0, 5'000, 1'000), std::int64_t{1'000});
        QCOMPARE(pace.due(0, 5'100, 1'000), std::int64_t{1'100});
        QCOMPARE(pace.due(1, 5'050, 1'000), std::int64_t{1'050});
        QVERIFY(pace.due(1, 4'000, 1'000) <= 1'000);  // it was read before that
    }

    void atOtherSpeeds() {
        TapePace slow(0.5), fast(10);
        (void)slow.due(0, 0, 0);
        (void)fast.due(0, 0, 0);
        QCOMPARE(slow.due(0, 80, 0), std::int64_t{160});
        QCOMPARE(fast.due(0, 1'500, 0), std::int64_t{150});
    }

    /// For it may be told to be faster.
    void whoWaitsForLongAsksInBetween() {
        TapePace pace(1);
        (void)pace.due(0, 0, 0);
        const std::int64_t asked = pace.due(0, 3'600'000, 0);
        QVERIFY(asked > 0 && asked <= 1'000);
        pace.goOn(0);
        QCOMPARE(pace.due(0, 3'600'000, asked), asked);
    }

    void whatStoodStillDoesNotHurry() {
        TapePace pace(1);
        (void)pace.due(0, 0, 0);
        QCOMPARE(pace.due(0, 100, 50), std::int64_t{100});
        QCOMPARE(pace.due(1, 150, 50), std::int64_t{150});
        // Ten seconds later; both were kept by the same pause, which counts once.
        QVERIFY(pace.due(0, 100, 10'100) <= 10'100);
        QCOMPARE(pace.due(1, 150, 10'100), std::int64_t{10'150});
        QCOMPARE(pace.due(0, 250, 10'150), std::int64_t{10'250});
    }

    void nothingLaterIsGivenWhileItIsHeld() {
        TapePace pace(0);
        pace.holdAt(500);
        QCOMPARE(pace.due(0, 500, 1'000), std::int64_t{1'000});
        QVERIFY(pace.due(0, 501, 1'000) > 1'000);
        QVERIFY(pace.due(0, 501, 90'000) > 90'000);
        pace.goOn(1);
        QCOMPARE(pace.due(0, 501, 90'000), std::int64_t{90'000});
        QCOMPARE(pace.due(0, 601, 90'000), std::int64_t{90'100});
    }
};

QTEST_APPLESS_MAIN(TestTapePace)
#include "test_tape_pace.moc"
