// Requests to a node of a run: when its instances take them, and what becomes of those that nobody took.
#include <QtTest>

#include "core/stream/node_requests.h"

using namespace rw;

class TestNodeRequests : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void allTakeItAtOneBarrier() {
        NodeRequests requests;
        requests.setAtBarriers(true);
        QVERIFY(!requests.takeAt(1));
        QVERIFY(requests.ask().ok() && requests.ask().ok());
        QVERIFY2(!requests.takeNow(), "it waits for a barrier");
        QVERIFY2(!requests.takeAt(1), "the others have passed that one without it");
        QVERIFY(requests.takeAt(2));
        QVERIFY(requests.ask().ok());
        QVERIFY(requests.takeAt(2));  // by another instance
        QVERIFY(requests.takeAt(3));
        QVERIFY2(!requests.takeAt(4), "each is taken once");
    }

    void anEarlierCheckpointIsWithoutIt() {
        NodeRequests requests;
        requests.setAtBarriers(true);
        QVERIFY(requests.ask().ok());
        QVERIFY(requests.takeAt(6));
        requests.beginFrom(6);
        QVERIFY2(!requests.takeAt(7), "the state of checkpoint 6 is behind it");
        requests.beginFrom(5);
        QVERIFY(requests.takeAt(6));
        QVERIFY(!requests.takeAt(7));
        requests.beginFrom(0);
        requests.setAtBarriers(false);
        QVERIFY(requests.takeNow());
    }

    void withoutCheckpointsTheFirstIsTold() {
        NodeRequests requests;
        QVERIFY(!requests.takeNow());
        QVERIFY(requests.ask().ok());
        QVERIFY2(!requests.takeAt(1), "a barrier of a snapshot is none of a checkpoint");
        QVERIFY(requests.takeNow());
        QVERIFY(!requests.takeNow());
    }

    void theEndTellsWhatWaits() {
        NodeRequests requests;
        QVERIFY(requests.ask().ok());
        QVERIFY(requests.end());
        QVERIFY(!requests.end());
        const Status late = requests.ask();
        QVERIFY(!late.ok() && !late.error().fix.empty());
        NodeRequests taken;
        QVERIFY(taken.ask().ok());
        QVERIFY(taken.takeNow());
        QVERIFY(!taken.end());
    }

    void anAttemptMayRefuse() {
        NodeRequests requests;
        requests.refuse({ErrorCode::Invalid, RW_TEXT("test", "No.")});
        QVERIFY(!requests.ask().ok());
        QVERIFY(!requests.end());
        NodeRequests again;
        again.refuse({ErrorCode::Invalid, RW_TEXT("test", "No.")});
        again.beginFrom(0);
        QVERIFY(again.ask().ok());
    }
};

QTEST_APPLESS_MAIN(TestNodeRequests)
#include "test_node_requests.moc"
