// Memory for state that instances share: who has to let go of how much.
#include "core/store/state_memory.h"

#include <QtTest/QtTest>

using namespace rw;

class TestStateShare : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void oneAloneKeepsItsShare() {
        StateShare share(1'000, nullptr);
        QVERIFY(share.isBounded());
        QVERIFY(!share.isOver(1'000));
        QVERIFY(share.isOver(1'001));
        QCOMPARE(share.toKeep(), std::uint64_t{500});
        QVERIFY(!StateShare(0, nullptr).isBounded());
    }

    void oneMayTakeWhatOthersDoNot() {
        StateMemory more(1'000);
        StateShare first(250, &more), second(250, &more);
        QVERIFY(!second.isOver(100));
        QVERIFY(!first.isOver(1'250));
        QVERIFY(first.isNearlyOver());
        QVERIFY(!second.isNearlyOver());
        QVERIFY(first.isOver(1'251));
        QCOMPARE(first.toKeep(), std::uint64_t{750});
        QVERIFY(!second.isOver(250));  // no more than its share, however full it is
        QVERIFY(second.isOver(251));
        QCOMPARE(second.toKeep(), std::uint64_t{125});
        QVERIFY(!first.isOver(750));
        QVERIFY(!second.isOver(700));
    }

    void oneAsksBeforeItKeepsMore() {
        StateMemory more(1'000);
        StateShare first(250, &more), second(250, &more);
        QVERIFY(!first.isOverWith(1'250));
        QVERIFY(first.isOverWith(1'251));
        QVERIFY(!first.isOver(1'000));
        QVERIFY(!second.isOver(250));
        QVERIFY(!first.isOverWith(250) && first.isOverWith(251));
        QVERIFY(!second.isOverWith(250) && second.isOverWith(251));
        QVERIFY(!second.isOver(500));  // to ask takes nothing
        StateShare alone(100, nullptr);
        QVERIFY(!alone.isOver(60));
        QVERIFY(!alone.isOverWith(40) && alone.isOverWith(41));
        QVERIFY(!StateShare(0, nullptr).isOverWith(1'000'000));
    }

    void whatOneThatIsGoneHasTakenIsFree() {
        StateMemory more(1'000);
        StateShare stays(500, &more);
        {
            StateShare goes(500, &more);
            QVERIFY(!goes.isOver(1'500));
            QVERIFY(stays.isOver(501));
        }
        QVERIFY(!stays.isOver(1'500));
    }

    void oneWithoutABoundTakesNothingFromOthers() {
        StateMemory more(1'000);
        StateShare all(500, &more), other(500, &more);
        QVERIFY(all.isOver(5'000));
        all.unbound();
        QVERIFY(!all.isBounded());
        QVERIFY(!other.isOver(1'500));
    }
};

QTEST_APPLESS_MAIN(TestStateShare)
#include "test_state_share.moc"
