// Metrics of several looks at a run: shares of the last second, since when watermarks stand, heavy
// keys.
#include <QtTest>

#include "core/runtime/metrics/run_looks.h"

using namespace rw;

namespace {

constexpr Instant kStart = 1'700'000'000'000;

/// A run with a source of two partitions, a node of two instances and the wire between them.
struct Looked {
    RunLooks looks{};
    RunMetrics metrics{};
    RunSums sums{};

    Looked() {
        metrics.wires.resize(1);
        metrics.nodes["in"].partitions = {{"a"}, {"b"}};
        metrics.nodes["n"];
        metrics.nodes["sink"].partitions.resize(1);  // it does not tell since when it stands so
        sums.wireFullMillis = {0};
        sums.nodes["n"].busyNanos = {0, 0};
    }
    /// A look so many milliseconds later.
    RunMetrics after(std::int64_t millis) {
        sums.millis += millis;
        sums.nanos += millis * 1'000'000;
        RunMetrics out = metrics;
        looks.tell(out, sums, kStart + sums.millis);
        return out;
    }
};

}  // namespace

class TestRunLooks : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aSinkStandsSoSinceALookSawIt() {
        Looked run;
        const auto since = [&run](std::int64_t millis) {
            return run.after(millis).nodes.at("sink").partitions.front().since - kStart;
        };
        PartitionState& state = run.metrics.nodes["sink"].partitions.front().state;
        QCOMPARE(since(5), Instant{5});
        QCOMPARE(since(100), Instant{5});
        state = PartitionState::Disconnected;
        QCOMPARE(since(100), Instant{205});
        QCOMPARE(since(100), Instant{205});
        state = PartitionState::Live;
        QCOMPARE(since(10), Instant{315});
    }

    void filesThatGrowTellWhenTheirDiskIsFull() {
        Looked run;
        run.metrics.stateDisk.folder = "/state";
        run.sums.room = 7'200'000;
        std::uint64_t& files = run.metrics.nodes["n"].stateSpilled;
        StateDiskMetrics disk;
        for (int second = 0; second < 120; ++second) {  // 3.6 MB an hour
            files += 1'000;
            disk = run.after(1'000).stateDisk;
            QCOMPARE(disk.fullIn, Millis{0});
        }
        for (int second = 0; second < 120; ++second) {
            files += 1'000;
            disk = run.after(1'000).stateDisk;
        }
        QVERIFY2(disk.bytesPerHour > 3'500'000 && disk.bytesPerHour < 3'700'000,
                 std::to_string(disk.bytesPerHour).c_str());
        QVERIFY2(disk.fullIn > 7'000'000 && disk.fullIn < 7'400'000, std::to_string(disk.fullIn).c_str());
        run.sums.room.reset();
        QCOMPARE(run.after(1'000).stateDisk.fullIn, Millis{0});
    }

    /// As windows fill them and give them back.
    void filesThatComeAndGoFillNoDisk() {
        Looked run;
        run.metrics.stateDisk.folder = "/state";
        run.sums.room = 10'000;
        for (int second = 0; second < 3'000; ++second) {
            run.metrics.nodes["n"].stateSpilled = static_cast<std::uint64_t>(second % 60) * 1'000;
            QCOMPARE(run.after(1'000).stateDisk.fullIn, Millis{0});
        }
    }

    void sharesAreOfTheLastSecond() {
        Looked run;
        QCOMPARE(run.after(0).nodes["n"].busy, 0.0);
        for (int i = 0; i < 40; ++i) {
            run.sums.nodes["n"].busyNanos[0] += 10'000'000;  // of 100 ms
            run.sums.nodes["n"].busyNanos[1] += 60'000'000;
            run.sums.nodes["n"].fullMillis += 30;
            run.sums.wireFullMillis[0] += 30;
            const RunMetrics told = run.after(100);
            QCOMPARE(qRound(told.nodes.at("n").busy * 100), 60);  // of the busiest
            QCOMPARE(qRound(told.nodes.at("n").full * 100), 30);
            QCOMPARE(qRound(told.wires[0].backpressure * 100), 30);
        }
        for (int i = 0; i < 5; ++i) run.after(100);
        QVERIFY(qAbs(run.after(0).nodes["n"].busy - 0.3) < 0.07);  // half a second ago it worked
        for (int i = 0; i < 10; ++i) run.after(100);
        QCOMPARE(run.after(0).nodes["n"].busy, 0.0);
        QCOMPARE(run.after(0).nodes["n"].full, 0.0);
    }

    void theHitRateIsThatOfTheLastSecond() {
        Looked run;
        RunSums::OfNode& node = run.sums.nodes["n"];
        QVERIFY(!run.after(0).nodes["n"].stateHitRate);
        node.stateLookups = 1'000;
        node.stateHits = 250;
        QCOMPARE(run.after(500).nodes["n"].stateHitRate.value_or(-1), 0.25);
        run.after(1'000);
        node.stateLookups += 10;
        node.stateHits += 9;
        QCOMPARE(run.after(1'000).nodes["n"].stateHitRate.value_or(-1), 0.9);
        run.after(1'000);
        QVERIFY(!run.after(1'000).nodes["n"].stateHitRate);
    }

    /// A call that ended is known to have taken its time a moment later, and may end a long one at once.
    void sharesStayBetweenNothingAndAll() {
        Looked run;
        run.after(0);
        run.sums.nodes["n"].busyNanos[0] = 5'000'000'000;
        QCOMPARE(run.after(100).nodes["n"].busy, 1.0);
        run.after(2'000);
        run.sums.nodes["n"].busyNanos[0] = 4'900'000'000;
        QCOMPARE(run.after(2'000).nodes["n"].busy, 0.0);
    }

    void watermarksTellSinceWhenTheyStand() {
        Looked run;
        QCOMPARE(run.after(0).nodes["in"].watermarkSince, Instant{0});
        run.metrics.nodes["in"].watermark = 10;
        run.metrics.nodes["in"].partitions[1].watermark = 20;
        QCOMPARE(run.after(100).nodes["in"].watermarkSince, kStart + 100);
        QCOMPARE(run.after(500).nodes["in"].watermarkSince, kStart + 100);
        run.metrics.nodes["in"].partitions[0].watermark = 10;
        const NodeMetrics in = run.after(100).nodes["in"];
        QCOMPARE(in.watermarkSince, kStart + 100);
        QCOMPARE(in.partitions[0].watermarkSince, kStart + 700);
        QCOMPARE(in.partitions[1].watermarkSince, kStart + 100);
        run.metrics.nodes["in"].watermark = 11;
        QCOMPARE(run.after(100).nodes["in"].watermarkSince, kStart + 800);
    }

    void growthIsCountedBySeconds() {
        Looked run;
        run.after(0);
        std::uint32_t grew = 0;
        for (int i = 0; i < 50; ++i) {
            run.metrics.nodes["n"].stateKeys += 5;
            grew = run.after(100).nodes["n"].keysGrew;
        }
        QCOMPARE(grew, std::uint32_t{5});
        QCOMPARE(run.after(1'000).nodes["n"].keysGrew, std::uint32_t{0});  // as many as before
        run.metrics.nodes["n"].stateKeys += 5;
        QCOMPARE(run.after(1'000).nodes["n"].keysGrew, std::uint32_t{1});
        run.metrics.nodes["n"].stateKeys -= 50;
        QCOMPARE(run.after(1'000).nodes["n"].keysGrew, std::uint32_t{0});
    }
};

QTEST_APPLESS_MAIN(TestRunLooks)
#include "test_run_looks.moc"
