// How sources and sinks stand to the outside world, in words, and what follows from it: why nodes behind are
// empty, what holds the watermark, and what to do.
#include <QtTest>

#include "core/diagnose/live_state.h"
#include "core/diagnose/watermark_hold.h"
#include "tests/unit/diagnose/run_case.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kWall = 1'763'700'000'000;  // 2025-11-21 04:40:00

PartitionMetrics partition(const char* name, PartitionState state, std::optional<std::uint64_t> lag = {}) {
    PartitionMetrics made;
    made.name = name;
    made.state = state;
    made.since = kWall;
    made.lag = lag;
    made.watermark = kNoon;
    return made;
}

NodeMetrics of(std::vector<PartitionMetrics> partitions) {
    NodeMetrics made;
    made.partitions = std::move(partitions);
    return made;
}

QString text(const Text& words) {
    return QString::fromStdString(english(words));
}

QString summarized(const NodeMetrics& node) {
    const std::optional<LiveSummary> live = liveSummary(node);
    return live ? text(liveWords(*live)) : QString();
}

/// A source of three partitions, a window, and a sink.
struct Orders : RunCase {
    Orders() {
        NodeMetrics& in = add("in", "rows", 0, 100);
        in.watermark = kNoon;
        in.watermarkSince = kWall - 9'000;
        in.partitions = {partition("t/0", PartitionState::Live, 12),
                         partition("t/1", PartitionState::Live, 9),
                         partition("t/2", PartitionState::Idle, 0)};
        for (PartitionMetrics& each : in.partitions) each.watermarkSince = kWall;
        NodeMetrics& window = add("w", "window_aggregate", 100, 0);
        window.watermark = kNoon;
        window.openFrom = kNoon;
        window.openUntil = kNoon + 60'000;
        add("out", "table_view", 0, 0);
        connect("in", "w");
        connect("w", "out");
    }
    PartitionMetrics& blocked() {
        PartitionMetrics& third = metrics.nodes["in"].partitions[2];
        third.state = PartitionState::Blocked;
        third.reason = Text{"test", "A transaction is open."};
        third.lag = 1'301;
        third.watermark = kNoon - 60'000;
        metrics.nodes["in"].watermark = third.watermark;
        return third;
    }
    const Finding* found(const char* node, const std::vector<Finding>& all) const {
        for (const Finding& finding : all) {
            if (finding.issue.node == node) return &finding;
        }
        return nullptr;
    }
};

}  // namespace

class TestLiveState : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aNodeStandsAsItsWorstPartition() {
        using State = PartitionState;
        QCOMPARE(summarized({}), QString());
        QCOMPARE(summarized(of({partition("", State::Live)})), QStringLiteral("Live"));
        QCOMPARE(summarized(of({partition("", State::Connecting)})), QStringLiteral("Connecting"));
        const PartitionMetrics live = partition("a", State::Live), idle = partition("b", State::Idle);
        QCOMPARE(summarized(of({live, idle})), QStringLiteral("Live"));
        QCOMPARE(summarized(of({idle, partition("c", State::Ended)})),
                 QStringLiteral("1 of 2 partitions idle"));
        PartitionMetrics held = live;
        held.held = true;
        QCOMPARE(summarized(of({held, idle})), QStringLiteral("1 of 2 partitions held"));
        QCOMPARE(summarized(of({live, partition("c", State::Blocked)})),
                 QStringLiteral("1 of 2 partitions blocked"));
        QCOMPARE(summarized(of({partition("a", State::Disconnected), partition("b", State::Disconnected),
                                partition("c", State::Blocked)})),
                 QStringLiteral("2 of 3 partitions disconnected"));
        QCOMPARE(summarized(of({partition("a", State::Disconnected), partition("b", State::Disconnected)})),
                 QStringLiteral("Disconnected"));
        QCOMPARE(summarized(of({partition("c", State::Ended)})), QStringLiteral("Ended"));
    }

    void theLagIsThatOfAll() {
        const std::optional<LiveSummary> live =
            liveSummary(of({partition("a", PartitionState::Live, 1'301), partition("b", PartitionState::Live),
                            partition("c", PartitionState::Idle, 21)}));
        QVERIFY(live && live->lag == std::uint64_t{1'322});
        QCOMPARE(text(lagText(*live->lag, live->unit)), QStringLiteral("1\u2009322 rows"));
        QCOMPARE(text(lagText(1, PartitionProgress::Unit::Rows)), QStringLiteral("1 row"));
        QCOMPARE(text(lagText(2'048, PartitionProgress::Unit::Bytes)), QStringLiteral("2\u2009KiB"));
        QVERIFY(!liveSummary(of({partition("a", PartitionState::Live)}))->lag);
    }

    void theWorstPartitionComesFirst() {
        const NodeMetrics node =
            of({partition("a", PartitionState::Idle), partition("b", PartitionState::Live, 5),
                partition("c", PartitionState::Live, 70), partition("d", PartitionState::Disconnected),
                partition("e", PartitionState::Blocked, 2)});
        QString names;
        for (const PartitionMetrics* each : worstFirst(node.partitions))
            names += QString::fromStdString(each->name);
        QCOMPARE(names, QStringLiteral("deacb"));
        PartitionMetrics told = node.partitions[4];
        told.position = "918011";
        QCOMPARE(text(partitionText(told)), QStringLiteral("e · blocked · at 918011 · lag 2 rows"));
    }

    void whySinceWhenAndTheNextTryAreTold() {
        PartitionMetrics away = partition("t/1", PartitionState::Disconnected);
        away.reason = Text{"test", "The brokers can't be reached."};
        away.nextTry = kWall + 8'000;
        const LiveSummary live = *liveSummary(of({away}));
        QCOMPARE(text(liveText(live)),
                 QStringLiteral("Partition “t/1”: Disconnected since 2025-11-21 04:40:00 UTC. The brokers "
                                "can't be reached. Next try at 2025-11-21 04:40:08 UTC."));
        QVERIFY(text(liveText(live, kWall)).endsWith(QStringLiteral("Next try in 8\u2009s.")));
        for (const Millis later : {7'500, 8'000, 60'000})  // never “in 0 s”
            QVERIFY(text(liveText(live, kWall + later)).endsWith(QStringLiteral("It is being tried again.")));
        QVERIFY(text(liveMend(live)).contains(QStringLiteral("test its connection")));
        QVERIFY(liveText(*liveSummary(of({partition("a", PartitionState::Live)}))).empty());
    }

    /// A system that knows says so itself.
    void ofWhatIsBlockedItIsSaidWhatIsNotKnown() {
        PartitionMetrics blocked = partition("t/1", PartitionState::Blocked);
        const QString unknown = QStringLiteral("The system does not tell who ends that, nor when.");
        QVERIFY2(text(liveText(*liveSummary(of({blocked})))).endsWith(unknown),
                 qPrintable(text(liveText(*liveSummary(of({blocked}))))));
        blocked.reason = Text{"test", "A transaction is open."};
        QVERIFY(
            text(liveText(*liveSummary(of({blocked})))).endsWith(QStringLiteral("A transaction is open.")));
        QVERIFY(
            !text(liveText(*liveSummary(of({partition("t/1", PartitionState::Idle)})))).contains(unknown));
    }

    void aBlockedPartitionIsWhyAWindowIsEmpty() {
        Orders c;
        (void)c.blocked();
        const std::vector<Finding> all = c.findings();
        const Finding* source = c.found("in", all);
        QVERIFY(source != nullptr);
        QCOMPARE(QString::fromStdString(std::string(nameOf(source->reason))), QStringLiteral("source_held"));
        QCOMPARE(text(source->summary), QStringLiteral("1 of 3 partitions blocked"));
        QCOMPARE(text(source->issue.message),
                 QStringLiteral("Partition “t/2”: Blocked since 2025-11-21 04:40:00 UTC. A transaction is "
                                "open."));
        QVERIFY(text(source->issue.fix).contains(QStringLiteral("ends its transaction")));
        const Finding* window = c.found("w", all);
        QVERIFY(window != nullptr);
        QVERIFY2(text(window->issue.message).contains(QStringLiteral("A transaction is open.")),
                 qPrintable(text(window->issue.message)));
        QVERIFY(text(window->issue.fix).contains(QStringLiteral("ends its transaction")));
        QCOMPARE(window->cause, NodeId("in"));
        QVERIFY2(window->issue.quickFixes.empty(), "an idle timeout lets nobody go on without it");
    }

    void whatHoldsTheWatermarkIsNamedWithItsState() {
        Orders c;
        (void)c.blocked();
        const Evidence evidence(c.pipeline, diagnosedKinds(), c.metrics, true);
        const std::optional<WatermarkHold> hold = whatHoldsWatermark(evidence, *evidence.find("w"));
        QVERIFY(hold.has_value());
        QCOMPARE(hold->partition, std::string("t/2"));
        QVERIFY(hold->state == LiveState::Blocked);
        QVERIFY(text(holdText(*hold)).endsWith(QStringLiteral("A transaction is open.")));
        QVERIFY(!hold->mend.empty());
        // One that is only behind stands as ever.
        c.metrics.nodes["in"].partitions[2].state = PartitionState::Live;
        const std::optional<WatermarkHold> behind = whatHoldsWatermark(evidence, *evidence.find("w"));
        QVERIFY(behind && behind->why.empty() && behind->partition == "t/2");
    }

    void aDisconnectedSourceIsWhyNothingComes() {
        RunCase c;
        NodeMetrics& in = c.add("in", "rows", 0, 0);
        in.partitions = {partition("", PartitionState::Disconnected)};
        in.partitions.front().reason = Text{"test", "No such host."};
        c.add("some", "filter", 0, 0);
        c.connect("in", "some");
        const QStringList lines = told(c.findings());
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[0].startsWith(QStringLiteral("in source_held: Disconnected | Disconnected since ")),
                 qPrintable(lines[0]));
        QVERIFY2(lines[1].startsWith(QStringLiteral("some no_rows: “in”: Disconnected | ")) &&
                     lines[1].endsWith(QStringLiteral("No such host.")),
                 qPrintable(lines[1]));
    }

    void aSinkThatCanNotHandOverItsRowsSaysSo() {
        Orders c;
        c.metrics.nodes["out"].partitions = {partition("", PartitionState::Disconnected)};
        const std::vector<Finding> all = c.findings();
        const Finding* sink = c.found("out", all);
        QVERIFY(sink != nullptr && sink->reason == Finding::Reason::SinkHeld && sink->waiting());
        c.metrics.nodes["out"].ended = true;
        const std::vector<Finding> after = c.findings();
        const Finding* ended = c.found("out", after);
        QVERIFY(ended == nullptr || ended->reason != Finding::Reason::SinkHeld);
    }

    void anIdleSourceIsNotHeld() {
        Orders c;
        NodeMetrics& in = c.metrics.nodes["in"];
        in.rowsOut = 0;
        for (PartitionMetrics& each : in.partitions) each.state = PartitionState::Idle;
        c.metrics.nodes["w"].rowsIn = 0;
        const std::vector<Finding> all = c.findings();
        QVERIFY(c.found("in", all) == nullptr);
        const Finding* window = c.found("w", all);
        QVERIFY(window != nullptr);
        QCOMPARE(text(window->summary), QStringLiteral("“in” is idle and has given no rows"));
        QVERIFY(text(window->issue.fix).contains(QStringLiteral("when rows come")));
    }

    void aHeldSourceNamesWhoIsOutOfReach() {
        RunCase c;
        NodeMetrics& fast = c.add("fast", "rows", 0, 100);
        fast.waitsForSlower = true;
        fast.holds = Text{"test", "Waits for slower sources"};
        NodeMetrics& slow = c.add("slow", "rows", 0, 1);
        slow.partitions = {partition("", PartitionState::Live)};
        std::vector<Finding> all = c.findings();
        QCOMPARE(text(all.front().summary), QStringLiteral("Waits for slower sources"));
        QVERIFY(text(all.front().issue.fix).contains(QStringLiteral("caught up")));
        slow.partitions.front().state = PartitionState::Disconnected;
        all = c.findings();
        QCOMPARE(text(all.front().summary), QStringLiteral("Waits for “slow”"));
        QVERIFY(text(all.front().issue.message).contains(QStringLiteral("Disconnected since")));
        QVERIFY(text(all.front().issue.fix).contains(QStringLiteral("test its connection")));
    }
};

QTEST_GUILESS_MAIN(TestLiveState)
#include "test_live_state.moc"
