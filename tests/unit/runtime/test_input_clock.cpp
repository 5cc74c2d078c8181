// The watermarks at the inputs of a task: the smallest of its producers, by port and over all; and their ends.
#include <QtTest>

#include "core/runtime/input_clock.h"

using namespace rw;

namespace {

Batch at(Instant watermark, Control control = Control::None) {
    Batch batch;
    batch.watermark = watermark;
    batch.control = control;
    return batch;
}

}  // namespace

class TestInputClock : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aPortHasTheSmallestOfItsProducersAlone() {
        InputClock clock(2);
        clock.addSlot(0, 2);
        clock.addSlot(1, 1);
        clock.addSlot(0, 1);
        QVERIFY(!clock.advance(0, 0, at(50)));
        QVERIFY(!clock.advance(0, 1, at(40)));
        QCOMPARE(clock.port(0), kMinTimestamp);  // the third has said nothing yet
        QVERIFY(clock.advance(2, 0, at(60)));
        QCOMPARE(clock.port(0), Instant{40});  // whatever the other port has
        QCOMPARE(clock.port(1), kMinTimestamp);
        QCOMPARE(clock.all(), kMinTimestamp);
        QVERIFY(clock.advance(1, 0, at(45)));
        QCOMPARE(clock.all(), Instant{40});
        QVERIFY(clock.advance(0, 1, at(70)));
        QCOMPARE(clock.port(0), Instant{50});
        QCOMPARE(clock.port(1), Instant{45});
        QCOMPARE(clock.all(), Instant{45});
    }

    void whatIsOlderChangesNothing() {
        InputClock clock(1);
        clock.addSlot(0, 1);
        QVERIFY(clock.advance(0, 0, at(5)));
        QVERIFY(!clock.advance(0, 0, at(5)));
        QVERIFY(!clock.advance(0, 0, at(4)));
        QCOMPARE(clock.all(), Instant{5});
    }

    void oneThatWasStoppedStopsAll() {
        InputClock clock(1);
        clock.addSlot(0, 3);
        QVERIFY(clock.advance(0, 0, at(1, Control::End)));
        QVERIFY(clock.advance(0, 1, at(1, Control::Stop)));
        QCOMPARE(clock.open(), 1);
        QVERIFY(!clock.ended());
        QVERIFY(clock.advance(0, 2, at(kMaxTimestamp, Control::End)));
        QVERIFY(clock.ended());
        QCOMPARE(clock.control(), Control::Stop);  // also where the last one came to its end
    }

    void anEndIsCountedOnce() {
        InputClock clock(1);
        clock.addSlot(0, 2);
        QVERIFY(clock.advance(0, 0, at(kMinTimestamp, Control::End)));
        QVERIFY(!clock.advance(0, 0, at(kMinTimestamp, Control::End)));
        QCOMPARE(clock.open(), 1);
        QVERIFY(clock.advance(0, 1, at(kMinTimestamp, Control::End)));
        QCOMPARE(clock.control(), Control::End);
    }
};

QTEST_GUILESS_MAIN(TestInputClock)
#include "test_input_clock.moc"
