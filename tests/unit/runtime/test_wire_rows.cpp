// Rows of wires up to a barrier, while their senders are at it or behind it, in any order.
#include <QtTest>
#include <random>

#include "core/runtime/metrics/wire_rows.h"

using namespace rw;

class TestWireRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatIsSentBehindABarrierIsNotBeforeIt() {
        WireRows rows(2);
        rows.add(0, 0, 5);
        rows.begin(1);
        rows.add(0, 1, 7);  // one has passed it
        rows.add(0, 0, 2);  // another has not
        rows.add(1, 1, 1);
        QVERIFY((rows.upTo(1) == std::vector<std::uint64_t>{7, 0}));
        QVERIFY((rows.all() == std::vector<std::uint64_t>{14, 1}));
        rows.begin(2);
        rows.add(0, 2, 100);
        rows.add(0, 1, 1);
        QVERIFY((rows.upTo(2) == std::vector<std::uint64_t>{15, 1}));
        QCOMPARE(rows.now(0), std::uint64_t{115});
    }

    void asManySendersAndBarriersAsYouLike() {
        std::mt19937 random(3);
        constexpr std::size_t kSenders = 5;
        WireRows rows(1);
        std::uint64_t expected = 0, all = 0;
        for (std::uint64_t barrier = 1; barrier < 50; ++barrier) {
            rows.begin(barrier);
            std::vector<std::uint64_t> passed(kSenders, barrier - 1);
            for (int step = 0; step < 40; ++step) {
                const std::size_t sender = random() % kSenders;
                if (random() % 8 == 0) passed[sender] = barrier;
                const std::uint64_t more = random() % 10;
                rows.add(0, passed[sender], more);
                if (passed[sender] < barrier) expected += more;
                all += more;
            }
            QCOMPARE(rows.upTo(barrier).front(), expected);
            QCOMPARE(rows.now(0), all);
            expected = all;  // all of that is before the next one
        }
    }
};

QTEST_APPLESS_MAIN(TestWireRows)
#include "test_wire_rows.moc"
