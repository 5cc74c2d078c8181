// State in files: told of a node that slows its run down, with the memory that would hold it, and of no
// other.
#include <QtTest>

#include "core/base/byte_size.h"
#include "tests/unit/diagnose/run_case.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::uint64_t kMiB = 1 << 20;

/// A source that waits for a window, most of whose state is in files, and a sink.
struct Spilling : RunCase {
    Spilling() {
        add("in", "rows", 0, 200'000).busy = 0.2;
        NodeMetrics& made = add("w", "window_aggregate", 200'000, 900);
        made.queueLimit = 65'536;
        made.full = 0.9;
        made.busy = 0.9;
        made.stateBytes = 200 * kMiB;
        made.stateSpilled = 3'000 * kMiB;
        made.memoryForState = 3'400 * kMiB;
        NodeMetrics& sink = add("out", "table_view", 900, 0);
        sink.queueLimit = 65'536;
        sink.busy = 0.05;
        connect("in", "w");
        connect("w", "out");
    }
    NodeMetrics& window() { return metrics.nodes["w"]; }
    NodeMetrics& source() { return metrics.nodes["in"]; }
    /// Those that tell of files.
    std::vector<Finding> ofFiles() const {
        std::vector<Finding> found = findings();
        std::erase_if(found, [](const Finding& one) { return one.reason != Finding::Reason::StateInFiles; });
        return found;
    }
};

}  // namespace

class TestStateInFiles : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theSlowNodeTellsIt() {
        const Spilling c;
        const std::vector<Finding> found = c.ofFiles();
        QCOMPARE(told(found),
                 QStringList{QStringLiteral("w state_in_files: 2.93\u2009GiB of state in files | It works "
                                            "90\u00A0% of the time, and 2.93\u2009GiB of its state is in "
                                            "files, beside 200\u2009MiB in memory.")});
        const std::string fix = english(found.front().issue.fix);
        QVERIFY2(fix.find("set “state_memory” to 3584MB (--state-memory 3584MB)") != std::string::npos,
                 fix.c_str());
        QVERIFY(!found.front().waiting() && !found.front().notice());
    }

    void whoIsHeldUpIsAdvisedSo() {
        Spilling c;
        const auto advice = [&c] {
            for (const Finding& finding : c.findings()) {
                if (finding.reason == Finding::Reason::HeldUp) return english(finding.issue.fix);
            }
            return std::string();
        };
        QVERIFY2(advice().find("raise “state_memory”") != std::string::npos, advice().c_str());
        c.window().stateSpilled = 0;
        QVERIFY(advice().find("Let fewer rows get there") == 0);
    }

    void filesThatCostNothingAreNotTold() {
        Spilling c;
        c.window().busy = 0.49;
        QVERIFY(c.ofFiles().empty());
        c.window().busy = 0.5;
        QCOMPARE(c.ofFiles().size(), std::size_t{1});
        c.window().stateSpilled = 0;
        QVERIFY(c.ofFiles().empty());
    }

    void aNodeThatIsSlowedByAnotherIsNotTold() {
        Spilling c;
        c.source().busy = 0.95;  // but it waits for the window
        QCOMPARE(c.ofFiles().size(), std::size_t{1});
        c.window().full = 0;
        QVERIFY(c.ofFiles().empty());
        // In one task no queue tells who waits: the one that works most does not.
        c.source().busy = 0.9;
        QCOMPARE(c.ofFiles().size(), std::size_t{1});
    }

    void aRunThatHasHardlyBegunIsLeft() {
        Spilling c;
        c.metrics.seconds = 1.9;
        QVERIFY(c.ofFiles().empty());
    }

    void ofARunThatHasEndedTheWholeOfItCounts() {
        Spilling c;
        c.running = false;
        c.metrics.state = RunState::Stopped;
        c.window().busy = 0;  // of the last second
        c.window().busiestSeconds = 40;
        c.window().fullSeconds = 0;
        QCOMPARE(c.ofFiles().size(), std::size_t{1});
        c.window().busiestSeconds = 20;
        QVERIFY(c.ofFiles().empty());
    }

    void whatIsSetHoldsAllOfIt_data() {
        QTest::addColumn<quint64>("needed");
        QTest::addColumn<QString>("set");
        QTest::newRow("a byte") << quint64{1} << QStringLiteral("1MB");
        QTest::newRow("megabytes") << quint64{600 * kMiB} << QStringLiteral("640MB");
        QTest::newRow("exactly") << quint64{1'024 * kMiB} << QStringLiteral("1152MB");
        QTest::newRow("gigabytes") << quint64{3'993 * kMiB} << QStringLiteral("4GB");
        QTest::newRow("a terabyte") << quint64{1'024 * 1'024 * kMiB} << QStringLiteral("1152GB");
    }
    void whatIsSetHoldsAllOfIt() {
        QFETCH(quint64, needed);
        QFETCH(QString, set);
        Spilling c;
        c.window().memoryForState = needed;
        const QString fix = QString::fromStdString(english(c.ofFiles().front().issue.fix));
        QVERIFY2(fix.contains(QStringLiteral("to %1 (").arg(set)), qPrintable(fix));
        const Result<std::uint64_t> read = parseByteSize(set.toStdString());
        QVERIFY(read.ok() && *read > needed);
    }

    void aDiskThatFillsIsToldInTime() {
        constexpr Millis kHour = 3'600'000, kDay = 24 * kHour;
        Spilling c;
        const auto fills = [&c](Millis in) {
            c.metrics.stateDisk = {"/data/p.rill-state", 3.0 * 1'024 * kMiB, in};
            std::vector<Finding> found = c.findings();
            std::erase_if(found, [](const Finding& one) { return one.reason != Finding::Reason::DiskFills; });
            return told(found).value(0);
        };
        QCOMPARE(fills(0), QString());
        QCOMPARE(fills(7 * kDay + 1), QString());
        QCOMPARE(
            fills(3 * kDay + 5 * kHour),
            QStringLiteral("w disk_fills: Its disk may be full in 3\u2009d | The state in files grows by "
                           "3\u2009GiB an hour. At this rate the disk of “/data/p.rill-state” has no "
                           "more room for it in 3\u2009d."));
        QVERIFY(fills(47 * kHour + 1).contains(QStringLiteral("in 47\u2009h.")));
        QVERIFY(fills(100 * 60'000 + 1).contains(QStringLiteral("in 100\u2009min.")));
        QVERIFY(fills(1).contains(QStringLiteral("in 1\u2009min.")));
        c.window().stateSpilled = 0;  // it is gone meanwhile
        QCOMPARE(fills(kDay), QString());
        c.window().stateSpilled = kMiB;
        c.running = false;
        QCOMPARE(fills(kDay), QString());
    }

    void keysThatGrowCountThoseInFiles() {
        RunCase c;
        NodeMetrics& first = c.add("first", "deduplicate", 3'000'000, 1'200'345);
        first.stateKeys = 1'200'345;
        first.stateBytes = 100 * kMiB;
        first.stateSpilled = 412 * kMiB;
        first.keysGrew = 10;
        QVERIFY2(told(c.findings()).value(0).contains(QStringLiteral("keys in 512\u2009MiB")),
                 qPrintable(told(c.findings()).join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(TestStateInFiles)
#include "test_state_in_files.moc"
