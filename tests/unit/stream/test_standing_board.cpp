// How a sink stands: not reached yet, away until a time, and there again.
#include "core/stream/waiting/standing_board.h"

#include <QtTest/QtTest>

using namespace rw;

class TestStandingBoard : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void itIsConnectingFirst() {
        const StandingBoard board;
        QVERIFY(board.now().state == PartitionState::Connecting);
    }

    void itIsAwayUntilItIsReached() {
        StandingBoard board;
        board.reached();
        QVERIFY(board.now().state == PartitionState::Live);
        const Instant before = systemClock()->now();
        board.away(Text{"test", "Nothing answers."}, 5000);
        const SinkStanding away = board.now();
        QVERIFY(away.state == PartitionState::Disconnected);
        QCOMPARE(english(away.reason), std::string("Nothing answers."));
        QVERIFY(away.nextTry >= before + 5000);
        board.reached();
        QVERIFY(board.now().state == PartitionState::Live);
        QVERIFY(board.now().reason.empty() && board.now().nextTry == 0);
    }
};

QTEST_APPLESS_MAIN(TestStandingBoard)
#include "test_standing_board.moc"
