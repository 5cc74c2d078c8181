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

    void oneMayKeepWhatOthersDoNot() {
        StateMemory memory(1'000);
        StateShare first(250, &memory), second(250, &memory);
        QVERIFY(!second.isOver(100));
        QVERIFY(!first.isOver(900));
        QVERIFY(first.isOver(901));
        QCOMPARE(first.toKeep(), std::uint64_t{400});
        QVERIFY(!second.isOver(250));  // no more than its share, however full it is
        QVERIFY(second.isOver(251));
        QCOMPARE(second.toKeep(), std::uint64_t{125});
        QVERIFY(!first.isOver(400));
        QVERIFY(!second.isOver(600));
    }

    void whatOneThatIsGoneHasKeptIsFree() {
        StateMemory memory(1'000);
        StateShare stays(500, &memory);
        {
            StateShare goes(500, &memory);
            QVERIFY(!goes.isOver(800));
            QVERIFY(stays.isOver(501));
        }
        QVERIFY(!stays.isOver(1'000));
    }
};

QTEST_APPLESS_MAIN(TestStateShare)
#include "test_state_share.moc"
