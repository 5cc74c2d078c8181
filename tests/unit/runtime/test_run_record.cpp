// The counts of a run that is restarted: the rows up to where it resumes, from any checkpoint.
#include <QtTest>

#include "core/pipeline/checks/settings_check.h"
#include "core/runtime/run_record.h"
#include "tests/support/simulated_clock.h"

using namespace rw;

namespace {

/// Of one node and one wire.
CountedRows counted(std::uint64_t rows) {
    CountedRows made;
    made.nodes["n"].out = rows;
    made.wires = {rows};
    made.sourceRows = rows;
    return made;
}

/// As it is shown while the newest try has counted nothing yet: rows of the node, the wire and all sources.
std::vector<std::uint64_t> shown(const RunRecord& record) {
    RunMetrics metrics;
    metrics.nodes["n"] = {};
    metrics.wires.resize(1);
    record.addBefore(metrics);
    return {metrics.nodes["n"].rowsOut, metrics.wires.front().rows, metrics.sourceRows};
}

std::vector<std::uint64_t> thrice(std::uint64_t rows) {
    return {rows, rows, rows};
}

const Plan kNothing;

}  // namespace

class TestRunRecord : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void goesOnFromAnyThatIsKept() {
        const auto clock = std::make_shared<test::SimulatedClock>();
        for (const int behind : {0, 1, 15, 16, 17, kMostCheckpointsKept - 1}) {
            const auto back = static_cast<std::uint64_t>(behind);
            RunRecord record(10, clock, kNothing);
            constexpr std::uint64_t kNewest = 250;
            for (std::uint64_t number = 1; number <= kNewest; ++number)
                record.checkpointed(number, counted(number * 10), {});
            record.startAgain(kNewest - back);
            QVERIFY2(shown(record) == thrice((kNewest - back) * 10), std::to_string(back).c_str());
        }
    }

    void triesAddUp() {
        RunRecord record(10, std::make_shared<test::SimulatedClock>(), kNothing);
        record.checkpointed(1, counted(10), {});
        record.checkpointed(2, counted(20), {});
        record.startAgain(1);
        record.checkpointed(2, counted(5), {});
        record.startAgain(2);
        QVERIFY(shown(record) == thrice(15));
        record.startAgain(1);
        QVERIFY(shown(record) == thrice(10));
    }

    void fromItsBeginningItHasWhatItBeganWith() {
        const auto clock = std::make_shared<test::SimulatedClock>();
        RunRecord record(10, clock, kNothing);
        record.checkpointed(1, counted(10), {});
        record.startAgain(0);
        QVERIFY(shown(record) == thrice(0));
        // A replay that resumes from a moment has the metrics of then.
        RunRecord later(10, clock, kNothing);
        later.takeOver(*record.seen(counted(40)));
        QVERIFY(shown(later) == thrice(40));
        later.checkpointed(7, counted(2), {});
        later.startAgain(7);
        QVERIFY(shown(later) == thrice(42));
        later.startAgain(0);
        QVERIFY(shown(later) == thrice(40));
    }

    void rowsDroppedAsNullAreCountedAsOthersAre() {
        RowMark mark;
        const RowCounts upTo{8, 3, 0, 1, 4}, now{20, 9, 0, 1, 10};
        mark.set(1, upTo);
        QCOMPARE(mark.at(1, now).nullDropped, std::uint64_t{4});
        RunRecord record(10, std::make_shared<test::SimulatedClock>(), kNothing);
        CountedRows rows;
        rows.nodes["n"] += mark.at(1, now);
        record.checkpointed(1, rows, {});
        record.startAgain(1);
        RunMetrics metrics;
        metrics.nodes["n"].nullDropped = 6;  // that came again
        record.addBefore(metrics);
        QCOMPARE(metrics.nodes["n"].nullDropped, std::uint64_t{10});
    }
};

QTEST_APPLESS_MAIN(TestRunRecord)
#include "test_run_record.moc"
