// The questions about time, keys and speed: the cause that holds a watermark and since when, heavy keys, the
// node that slows a source down; each by the figures that lead to it, and none by figures that do not.
#include <QtTest>

#include "core/diagnose/late_row.h"
#include "core/diagnose/watermark_hold.h"
#include "tests/unit/diagnose/run_case.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kWall = 1'763'700'000'000;  // 2025-11-21 04:40:00

/// “left: in ← p2, 40 s behind” of a node; empty where nothing holds it.
QString heldBy(const RunCase& c, const char* node) {
    const Evidence evidence(c.pipeline, diagnosedKinds(), c.metrics, c.running);
    const Evidence::Seen* seen = evidence.find(node);
    const auto hold = seen == nullptr ? std::nullopt : whatHoldsWatermark(evidence, *seen);
    if (!hold) return {};
    QStringList way;
    for (const NodeId& each : hold->way) way << QString::fromStdString(each);
    return QStringLiteral("%1: %2 | %3 %4 | %5 ms behind, since %6")
        .arg(QString::fromStdString(hold->input), way.join(QStringLiteral(" ← ")),
             QString::fromStdString(hold->source), QString::fromStdString(hold->partition))
        .arg(hold->behind)
        .arg(hold->since == 0 ? -1 : hold->since - kWall);
}

/// A source of partitions, a join with another source, and a window behind.
struct Joined : RunCase {
    Joined() {
        NodeMetrics& in = add("in", "csv_source", 0, 100, {{"follow", true}});
        in.watermark = kNoon - 40'000;
        in.watermarkSince = kWall - 9'000;
        in.partitions = {partition("p1", kNoon + 5'000, 0), partition("p2", kNoon - 40'000, -9'000),
                         partition("p3", kNoon - 90'000, 0, PartitionState::Idle)};
        NodeMetrics& other = add("other", "csv_source", 0, 100);
        other.watermark = kNoon + 20'000;
        other.watermarkSince = kWall;
        NodeMetrics& some = add("some", "filter", 100, 50);
        some.watermark = in.watermark;
        some.watermarkSince = in.watermarkSince;
        NodeMetrics& both = add("both", "pairs", 150, 80);
        both.watermark = kNoon - 40'000;
        both.inputWatermarks = {kNoon + 20'000, kNoon - 40'000};
        add("w", "window_aggregate", 80, 1).watermark = kNoon - 40'000;
        pipeline.wires = {{{"other", "out"}, {"both", "left"}}, {{"some", "out"}, {"both", "right"}}};
        connect("in", "some");
        connect("both", "w");
    }
    static PartitionMetrics partition(const char* name, Instant watermark, Millis rose,
                                      PartitionState state = PartitionState::Live) {
        PartitionMetrics made;
        made.name = name;
        made.state = state;
        made.watermark = watermark;
        made.watermarkSince = kWall + rose;
        return made;
    }
};

/// A source, a window in two tasks, a filter that runs in its task, and a sink.
struct Chain : RunCase {
    Chain() {
        add("in", "rows", 0, 200'000).busy = 0.2;
        NodeMetrics& window = add("w", "window_aggregate", 200'000, 900, {}, true);
        window.full = 0.9;
        window.busy = 0.6;
        add("some", "filter", 900, 900).busy = 0.1;
        add("out", "table_view", 900, 0, {}, true).busy = 0.05;
        connect("in", "w");
        connect("w", "some");
        connect("some", "out");
    }
    using RunCase::add;
    NodeMetrics& add(const char* id, const char* type, std::uint64_t in, std::uint64_t out, Json params,
                     bool queued) {
        NodeMetrics& made = add(id, type, in, out, std::move(params));
        if (queued) made.queueLimit = 65'536;
        return made;
    }
};

}  // namespace

class TestWhy : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theWayUpEndsAtThePartition() {
        Joined c;
        const QString hold = QStringLiteral("in p2 | 60000 ms behind, since -9000");
        QCOMPARE(heldBy(c, "w"), QStringLiteral("in: both ← some ← in | ") + hold);
        QCOMPARE(heldBy(c, "both"), QStringLiteral("right: some ← in | ") + hold);
        QCOMPARE(heldBy(c, "in"), QStringLiteral(":  | in p2 | 45000 ms behind, since -9000"));
        QCOMPARE(heldBy(c, "other"), QStringLiteral(":  | other  | 0 ms behind, since 0"));
        const Evidence evidence(c.pipeline, diagnosedKinds(), c.metrics, true);
        QCOMPARE(
            QString::fromStdString(english(holdText(*whatHoldsWatermark(evidence, *evidence.find("w"))))),
            QStringLiteral(
                "The watermark waits for the partition “p2” of “in”, where it has stood at "
                "2024-03-01 11:59:20 since 2025-11-21 04:39:51 UTC, 1\u2009min behind the others."));
    }

    // The port tells, not the node before it, whose rows may be made later than its own time.
    void thePortsOfAJoinTellWhichIsLast() {
        Joined c;
        c.metrics.nodes["both"].inputWatermarks = {kNoon - 50'000, kNoon - 40'000};
        QVERIFY(heldBy(c, "w").startsWith(QStringLiteral("in: both ← other | other ")));
    }

    void aNodeThatIsSwitchedOffIsPassedBy() {
        Joined c;
        c.pipeline.nodes[2].disabled = true;
        QVERIFY(heldBy(c, "both").startsWith(QStringLiteral("right: in | in p2 ")));
    }

    void whatHasEndedHoldsNothing() {
        Joined c;
        for (auto& [id, node] : c.metrics.nodes) {
            node.watermark = kMaxTimestamp;
            node.partitions.clear();
            node.inputWatermarks.clear();
        }
        QCOMPARE(heldBy(c, "w"), QString());
    }

    void rowsWithoutTimesHoldNothing() {
        RunCase c;
        c.add("in", "rows", 0, 500);
        c.add("some", "filter", 500, 500);
        c.connect("in", "some");
        QCOMPARE(heldBy(c, "some"), QString());
        // Stamped behind the source, the time is the stamping node's.
        NodeMetrics& stamping = c.add("et", "event_time", 500, 500);
        stamping.watermark = kNoon;
        stamping.watermarkSince = kWall + 7;
        c.add("w", "window_aggregate", 500, 1).watermark = kNoon;
        c.connect("some", "et");
        c.connect("et", "w");
        QCOMPARE(heldBy(c, "w"), QStringLiteral("in: et ← some ← in | in  | 0 ms behind, since 7"));
    }

    void whoIsBehindTellsSinceWhen() {
        Joined c;
        const QStringList lines = told(c.findings());
        QCOMPARE(lines.size(), 2);
        QCOMPARE(
            lines[0],
            QStringLiteral("in partition_behind: Waits for the partition “p2” | The watermark waits for the "
                           "partition “p2” of “in”, where it has stood at 2024-03-01 11:59:20 since "
                           "2025-11-21 04:39:51 UTC, 45\u2009s behind the others."));
        QCOMPARE(
            lines[1],
            QStringLiteral("both input_behind: Waits for “some” | Waits for “some”, whose watermark stands "
                           "at 2024-03-01 11:59:20, 1\u2009min behind the other inputs. It is held by the "
                           "partition “p2” of “in”, since 2025-11-21 04:39:51 UTC."));
        QCOMPARE(c.findings()[1].issue.quickFixes.at(0).node, std::string("in"));
        c.metrics.nodes["in"].partitions.clear();
        QVERIFY(told(c.findings())[0].endsWith(
            QStringLiteral("It is held by “in”, since 2025-11-21 04:39:51 UTC.")));
    }

    void partitionsThatAreAboutAsFarAreNotTold() {
        Joined c;
        c.metrics.nodes["in"].partitions[0].watermark = kNoon - 30'000;
        QVERIFY(!told(c.findings())[0].startsWith(QStringLiteral("in ")));
        // One that has no watermark yet keeps all from having one.
        c.metrics.nodes["in"].partitions[1].watermark = kMinTimestamp;
        QCOMPARE(
            told(c.findings())[0],
            QStringLiteral("in partition_behind: Waits for the partition “p2” | The watermark waits for the "
                           "partition “p2” of “in”, which has none yet."));
    }

    void aQueueThatIsFullIsFollowedToWhoWorks() {
        Chain c;
        QCOMPARE(told(c.findings()),
                 QStringList{
                     QStringLiteral("in held_up: Held up by “w” | Rows wait for “w”, which works 60\u00A0% "
                                    "of the time.")});
        QVERIFY(c.findings()[0].waiting());
        // The busiest of the nodes that share a task is to blame.
        c.metrics.nodes["some"].busy = 0.7;
        QCOMPARE(c.findings()[0].cause, std::string("some"));
        // The window waits itself, more than it works.
        c.metrics.nodes["w"].busy = c.metrics.nodes["some"].busy = 0.05;
        c.metrics.nodes["out"].full = 0.95;
        c.metrics.nodes["out"].busy = 0.99;
        const QString slow = QStringLiteral(
            "held_up: Held up by “out” | Rows wait for “out”, which works 99\u00A0% "
            "of the time.");
        QCOMPARE(told(c.findings()),
                 (QStringList{QStringLiteral("in ") + slow, QStringLiteral("w ") + slow}));
        // It works more than it waits.
        c.metrics.nodes["out"].full = 0.4;
        c.metrics.nodes["w"].busy = 0.6;
        QCOMPARE(c.findings()[0].cause, std::string("w"));
    }

    void queuesWithRoomAreNotTold() {
        Chain c;
        c.metrics.nodes["w"].full = 0.2;
        QCOMPARE(told(c.findings()), QStringList());
    }

    void whoSharesTheCoresIsTold() {
        Chain c;
        c.metrics.nodes["w"].busy = 0.3;
        QVERIFY(told(c.findings())[0].endsWith(
            QStringLiteral("works only 30\u00A0% of the time: it shares the cores with others.")));
    }

    // A finished run is described as a whole, not by its last second.
    void aRunThatEndedIsToldAsAWhole() {
        Chain c;
        c.running = false;
        c.metrics.state = RunState::Finished;
        QCOMPARE(told(c.findings()), QStringList());
        c.metrics.nodes["w"].fullSeconds = 45;
        c.metrics.nodes["w"].busiestSeconds = 54;
        QCOMPARE(told(c.findings()),
                 QStringList{
                     QStringLiteral("in held_up: Held up by “w” | Rows wait for “w”, which works 90\u00A0% "
                                    "of the time.")});
        c.metrics.seconds = 1;
        QCOMPARE(told(c.findings()), QStringList());
    }

    void whoKeepsACheckpointIsNamed() {
        Chain c;
        c.metrics.nodes["out"].keepsCheckpoint = kWall;
        const auto whole = [&c] {
            std::vector<Finding> found = c.findings();
            std::erase_if(found, [](const Finding& finding) {
                return finding.reason != Finding::Reason::KeepsCheckpoint;
            });
            return found;
        };
        QCOMPARE(told(whole()), QStringList{QStringLiteral(
                                    "out keeps_checkpoint: A checkpoint waits for it | The checkpoint that "
                                    "was begun at 2025-11-21 04:40:00 UTC waits for this node.")});
        QVERIFY(whole()[0].waiting());
        QVERIFY(english(whole()[0].issue.fix).find("still on their way") != std::string::npos);
        c.metrics.nodes["out"].inCallSeconds = 42.3;
        QVERIFY(english(whole()[0].issue.fix).find("One call of it has lasted for 42\u2009s") !=
                std::string::npos);
        c.running = false;
        QVERIFY(whole().empty());
    }

    void aNodeThatWaitsForSomethingElseIsNotHeldUp() {
        Chain c;
        c.metrics.nodes["in"].holds = Text{"test", "Disconnected"};
        QCOMPARE(told(c.findings()),
                 QStringList{QStringLiteral("in source_held: Disconnected | Disconnected")});
    }

    // Edited into a ring meanwhile: the search must end.
    void aRingOfFullQueuesIsLeft() {
        Chain c;
        c.metrics.nodes["out"].full = 0.95;
        c.connect("some", "w");
        (void)c.findings();
        QCOMPARE(heldBy(c, "w"), QString());
    }

    void heavyKeysOfAnUnevenNodeAreNamed() {
        Chain c;
        NodeMetrics& window = c.metrics.nodes["w"];
        window.full = 0;
        window.instanceRows = {150'000, 50'000};
        window.skew = 1.5;
        window.heavyKeys = {{"country=AT", 0.43}, {"country=DE", 0.12}, {"country=IT", 0.04}};
        QCOMPARE(told(c.findings()),
                 QStringList{
                     QStringLiteral("w hot_keys: One task of 2 has 75\u00A0% of the rows | One of 2 tasks "
                                    "gets 75\u00A0% of the rows. The heaviest keys: country=AT (43\u00A0%), "
                                    "country=DE (12\u00A0%).")});
        QVERIFY(!c.findings()[0].waiting());
        QVERIFY(english(c.findings()[0].issue.fix).find("two steps") != std::string::npos);
        // The one that holds others up.
        window.full = 0.9;
        QCOMPARE(c.findings().size(), std::size_t{2});
        QVERIFY(english(c.findings()[1].issue.fix).find("heaviest keys") != std::string::npos);
        window.full = 0;
        window.heavyKeys = {{"country=AT", 0.09}};
        QVERIFY(told(c.findings())[0].contains(QStringLiteral("no single key has many")));
    }

    void aSkewThatCostsNothingIsNotTold() {
        Chain c;
        NodeMetrics& window = c.metrics.nodes["w"];
        window.full = 0;
        window.instanceRows = {150'000, 50'000};
        window.skew = 1.4;
        QCOMPARE(told(c.findings()), QStringList());
        window.skew = 1.5;
        window.busy = 0.3;
        QCOMPARE(told(c.findings()), QStringList());
        window.busy = 0.9;
        window.rowsIn = 99'999;
        QCOMPARE(told(c.findings()), QStringList());
    }

    void keysWithoutEndAreTold() {
        RunCase c;
        NodeMetrics& first = c.add("first", "deduplicate", 3'000'000, 1'200'345);
        first.stateKeys = 1'200'345;
        first.stateBytes = 96'000'000;
        first.keysGrew = 10;
        QCOMPARE(told(c.findings()),
                 QStringList{QStringLiteral(
                     "first keys_grow: 1\u2009200\u2009345 keys, and ever more | It keeps "
                     "1\u2009200\u2009345 keys in 91.6\u2009MiB, and has only got more of them "
                     "for a while.")});
        first.keysGrew = 9;
        QCOMPARE(told(c.findings()), QStringList());
        first.keysGrew = 10;
        first.openUntil = kNoon;  // a window that will give them back
        QCOMPARE(told(c.findings()), QStringList());
        first.openUntil = kMaxTimestamp;
        first.stateKeys = 1'000'000;
        QCOMPARE(told(c.findings()), QStringList());
        first.stateKeys = 2'000'000;
        c.running = false;
        QCOMPARE(told(c.findings()), QStringList());
    }

    void lateRowsTellTheirWindowAndTheWatermark() {
        KeptRow row;
        row.kind = KeptRow::Kind::Late;
        row.eventTime = kNoon + 3'000;
        row.stamp = kNoon + 60'500;
        QCOMPARE(english(lateRowText(row)), std::string("The watermark had reached 12:01:00.500"));
        row.windowEnd = kNoon + 10'000;
        QCOMPARE(english(lateRowText(row)),
                 std::string("Window until 12:00:10 closed, watermark 12:01:00.500"));
        row.stamp = kNoon + 86'400'000;
        QCOMPARE(english(lateRowText(row)),
                 std::string("Window until 12:00:10 closed, watermark 2024-03-02 12:00:00"));
    }
};

QTEST_GUILESS_MAIN(TestWhy)
#include "test_why.moc"
