// What a user would not find by looking at one node: a source that others have waited for for long, a join
// that never has a pair, rows that a condition drops as NULL; and that none of them is told too early.
#include <QtTest>

#include "core/base/figures.h"
#include "tests/unit/diagnose/run_case.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kClock = 1'763'700'000'000;  // 2025-11-21 04:40:00

/// Two sources that meet, a window behind: “b” has stood still for 40 s of the wall, a minute behind “a”.
struct Halls : RunCase {
    Instant now = kClock;
    Halls() {
        NodeMetrics& ahead = add("a", "csv_source", 0, 500);
        ahead.watermark = kNoon + 60'000;
        ahead.watermarkSince = kClock;
        NodeMetrics& behind = add("b", "csv_source", 0, 60, {{"follow", true}});
        behind.watermark = kNoon;
        behind.watermarkSince = kClock - 40'000;
        NodeMetrics& both = add("both", "union", 560, 560);
        both.watermark = kNoon;
        NodeMetrics& window = add("w", "window_aggregate", 560, 3);
        window.watermark = kNoon;
        window.openFrom = kNoon;
        window.openUntil = kNoon + 10'000;
        connect("a", "both");
        connect("b", "both");
        connect("both", "w");
    }
    Finding lasting() const {
        for (const Finding& finding : diagnose(Evidence(pipeline, diagnosedKinds(), metrics, running, now))) {
            if (finding.reason == Finding::Reason::HoldsOthers) return finding;
        }
        return {};
    }
    bool isTold() const { return !lasting().issue.node.empty(); }
};

/// A join of so many rows of left and right.
struct Pairs : RunCase {
    Pairs(const char* type, std::uint64_t left, std::uint64_t right, Json params = {}) {
        add("l", "csv_source", 0, left, {}).watermark = kMaxTimestamp;
        add("r", "csv_source", 0, right, {}).watermark = kMaxTimestamp;
        NodeMetrics& join = add("j", type, left + right, 0, std::move(params));
        join.hasPair = false;
        pipeline.wires = {{{"l", "out"}, {"j", "left"}}, {{"r", "out"}, {"j", "right"}}};
    }
    QStringList toldOfPairs() const { return told(findings()).filter(QStringLiteral("no_pairs")); }
};

/// Three followed sources: payments join orders, an hour ahead; returns, silent for long, are united with
/// them.
struct Zones : RunCase {
    Zones() {
        source("orders", "Orders", kNoon, kClock - 20'000);
        source("payments", "Payments", kNoon + 64 * 60'000, kClock - 20'000);
        source("returns", "Returns", kNoon - 57 * 60'000, kClock - 50'000);
        NodeMetrics& paid = add("paid", "interval_join", 12'000, 0, {{"lower", "0s"}, {"upper", "5min"}});
        paid.hasPair = false;
        paid.stateKeys = 6'000;
        paid.watermark = kNoon;
        add("both", "union", 6'100, 6'100).watermark = kNoon - 57 * 60'000;
        NodeMetrics& window = add("moves", "window_aggregate", 6'100, 3);
        window.watermark = kNoon - 57 * 60'000;
        window.openFrom = kNoon - 57 * 60'000;
        window.openUntil = kNoon - 56 * 60'000;
        pipeline.wires = {{{"orders", "out"}, {"paid", "left"}}, {{"payments", "out"}, {"paid", "right"}}};
        connect("orders", "both");
        connect("returns", "both");
        connect("both", "moves");
    }
    void source(const char* id, const char* title, Instant watermark, Instant since) {
        NodeMetrics& made = add(id, "csv_source", {{"follow", true}}, title);
        made.rowsOut = 6'000;
        made.watermark = watermark;
        made.watermarkSince = since;
        made.watermarkDelay = 5'000;
    }
    Finding findingAt(const NodeId& node, Finding::Reason reason) const {
        for (Finding& finding : diagnose(Evidence(pipeline, diagnosedKinds(), metrics, running, kClock))) {
            if (finding.issue.node == node && finding.reason == reason) return finding;
        }
        return {};
    }
};

}  // namespace

class TestLasting : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aSourceThatIsWaitedForIsTold() {
        const Finding finding = Halls().lasting();
        QCOMPARE(finding.issue.node, NodeId("b"));
        QCOMPARE(finding.issue.severity, Severity::Warning);
        QVERIFY(!finding.waiting());  // lists show it
        QCOMPARE(english(finding.summary), std::string("Holds back “w”"));
        QCOMPARE(
            english(finding.issue.message),
            english(figures::wholeAge(60'000)) +
                std::string(" behind the others: the watermark has stood at 2024-03-01 12:00:00 "
                            "since 2025-11-21 04:39:20 UTC. “w” keeps its windows from 2024-03-01 12:00:00 "
                            "on open."));
        QCOMPARE(finding.issue.quickFixes.size(), std::size_t{1});
        QCOMPARE(finding.issue.quickFixes.front().param, std::string("idle_timeout"));
        QCOMPARE(english(finding.issue.quickFixes.front().label),
                 std::string("Mark “b” idle after 30\u2009s"));
    }

    void itIsNotToldBeforeItLasts() {
        Halls c;
        c.metrics.nodes["b"].watermarkSince = kClock - 9'000;
        QVERIFY(!c.isTold());
        c.metrics.nodes["b"].watermarkSince = kClock - 10'000;
        QVERIFY(c.isTold());
        c.metrics.seconds = 9;  // the run is younger than the watermark, which it resumed with
        QVERIFY(!c.isTold());
    }

    void itGoesWhenRowsComeAgain() {
        Halls c;
        c.metrics.nodes["b"].watermark = kNoon + 1'000;
        c.metrics.nodes["b"].watermarkSince = kClock;
        QVERIFY(!c.isTold());
    }

    void aShortWayBehindIsNoProblem() {
        Halls c;
        c.metrics.nodes["a"].watermark = kNoon + 10'000;
        QVERIFY(!c.isTold());
    }

    void whereNothingWaitsItIsNoProblem() {
        Halls c;
        c.metrics.nodes["w"].openFrom = c.metrics.nodes["w"].openUntil = kMaxTimestamp;
        QVERIFY(!c.isTold());
        // Not even the others have come to the end of its window.
        c.metrics.nodes["w"].openFrom = kNoon;
        c.metrics.nodes["w"].openUntil = kNoon + 3'600'000;
        QVERIFY(!c.isTold());
    }

    void aRunThatStandsStillItselfWaitsForNobody() {
        Halls c;
        c.metrics.state = RunState::Paused;
        QVERIFY(!c.isTold());
        c.metrics.state = RunState::Running;
        c.metrics.held = true;
        QVERIFY(!c.isTold());
        c.metrics.held = false;
        c.now = 0;  // nobody knows what time it is
        QVERIFY(!c.isTold());
    }

    void aSourceWithoutAnyRowIsTold() {
        Halls c;
        NodeMetrics& silent = c.metrics.nodes["b"];
        silent.rowsOut = 0;
        silent.watermark = kMinTimestamp;
        silent.watermarkSince = 0;
        c.metrics.nodes["both"].watermark = c.metrics.nodes["w"].watermark = kMinTimestamp;
        QCOMPARE(english(c.lasting().issue.message),
                 std::string("No row since 2025-11-21 04:39:00 UTC, and others wait. “w” keeps its windows "
                             "from 2024-03-01 12:00:00 on open."));
    }

    void aPartitionIsNamed() {
        Halls c;
        PartitionMetrics live, still;
        live.name = "p1";
        live.watermark = kNoon + 60'000;
        live.watermarkSince = kClock;
        still.name = "p2";
        still.watermark = kNoon;
        still.watermarkSince = kClock - 40'000;
        c.metrics.nodes["b"].partitions = {live, still};
        QVERIFY(english(c.lasting().issue.message)
                    .starts_with(english(figures::wholeAge(60'000)) +
                                 " behind the others: the watermark of the partition “p2” has stood "));
    }

    void severalThatWaitAreCounted() {
        Halls c;
        NodeMetrics& other = c.add("w2", "window_aggregate", 560, 3);
        other.watermark = kNoon;
        other.openFrom = kNoon;
        other.openUntil = kNoon + 10'000;
        c.connect("both", "w2");
        QVERIFY(english(c.lasting().issue.message).ends_with("and 1 more node wait for it."));
    }

    void aJoinWithoutPairsIsTold() {
        const Pairs c("join", 1'500, 40, {{"kind", "left"}});
        QCOMPARE(c.toldOfPairs(), QStringList{QStringLiteral(
                                      "j no_pairs: No row has found a partner | 0 of 1\u2009500 rows "
                                      "from “l” met one of the 40 from “r”.")});
    }

    void aJoinIsNotToldOfTooEarly() {
        QCOMPARE(Pairs("join", 99, 100).toldOfPairs(), QStringList());
        QCOMPARE(Pairs("join", 100, 100).toldOfPairs().size(), 1);
        QCOMPARE(Pairs("join", 1'000'000, 9).toldOfPairs(), QStringList());
        QCOMPARE(Pairs("join", 0, 0).toldOfPairs(), QStringList());
        Pairs found("join", 500, 500);
        found.metrics.nodes["j"].hasPair = true;
        QCOMPARE(found.toldOfPairs(), QStringList());
        // The times of the two have not met yet: all rows are kept.
        Pairs apart("interval_join", 500, 500);
        apart.metrics.nodes["l"].watermark = kNoon;
        apart.metrics.nodes["r"].watermark = kNoon + 1'000'000;
        apart.metrics.nodes["j"].stateKeys = 1'000;
        QCOMPARE(apart.toldOfPairs(), QStringList());
        apart.metrics.nodes["j"].stateKeys = 981;  // 19 by 500 are too few yet
        QCOMPARE(apart.toldOfPairs(), QStringList());
        apart.metrics.nodes["j"].stateKeys = 980;
        QCOMPARE(apart.toldOfPairs().size(), 1);
        // One that waits for the versions of its right input has tried none.
        Pairs versions("temporal_join", 500, 500);
        versions.metrics.nodes["l"].watermark = kNoon + 1'000'000;
        versions.metrics.nodes["r"].watermark = kNoon;
        QCOMPARE(versions.toldOfPairs(), QStringList());
        QCOMPARE(Pairs("window_join", 500, 500, {{"kind", "anti"}}).toldOfPairs(), QStringList());
    }

    // Rows meet when they come, whatever their times: one input has ended, the other is followed.
    void aJoinWithoutTimesIsToldOfWhileItRuns() {
        Pairs c("join", 6'000, 200, {{"kind", "left"}});
        c.metrics.nodes["l"].watermark = kNoon;
        QCOMPARE(c.toldOfPairs().size(), 1);
        c.running = false;
        QCOMPARE(c.toldOfPairs().size(), 1);
    }

    void whatCanFindNoPartnerAnyMoreIsCounted() {
        Pairs c("interval_join", 6'000, 6'000, {{"lower", "0s"}, {"upper", "5min"}});
        c.metrics.nodes["j"].stateKeys = 6'000;
        c.metrics.nodes["j"].late = 40;
        const auto mend = [&c] {
            for (const Finding& finding : c.findings()) {
                if (finding.reason == Finding::Reason::NoPairs) return english(finding.issue.fix);
            }
            return std::string();
        };
        QVERIFY(
            mend().starts_with("5\u2009960 rows can find a partner no more: their time has passed. “Why"));
        c.running = false;
        QVERIFY(mend().starts_with("“Why no row?”"));
    }

    // Orders and payments, an hour apart but for the minutes that a payment takes; returns, silent for long.
    void anotherTimeZoneIsSaidBeforeWaiting() {
        Zones c;
        const Finding behind = c.findingAt("paid", Finding::Reason::InputBehind);
        QCOMPARE(english(behind.summary), std::string("“Payments” is ahead: another time zone?"));
        QCOMPARE(english(behind.issue.message),
                 std::string("“Payments” is 1\u2009h ahead of “Orders”: the two "
                             "may be in different time zones."));
        QVERIFY(behind.issue.quickFixes.empty());
        const Finding holds = c.findingAt("orders", Finding::Reason::HoldsOthers);
        QCOMPARE(english(holds.issue.message),
                 english(behind.issue.message) + " 6\u2009000 rows wait in “paid”.");
        QVERIFY(holds.issue.quickFixes.empty());
        QVERIFY(english(c.findingAt("paid", Finding::Reason::NoPairs).issue.fix)
                    .starts_with("“Payments” is 1\u2009h ahead"));
        // Their times fit: pairs were found.
        c.metrics.nodes["paid"].hasPair = true;
        c.metrics.nodes["paid"].rowsOut = 7;
        QCOMPARE(english(c.findingAt("paid", Finding::Reason::InputBehind).summary),
                 std::string("Waits for “Orders”"));
    }

    void whatIsNoWholeShiftIsNoTimeZone() {
        Zones c;
        const auto said = [&c](Millis ahead) {
            c.metrics.nodes["payments"].watermark = kNoon + ahead;
            return QString::fromStdString(
                english(c.findingAt("paid", Finding::Reason::InputBehind).issue.message));
        };
        constexpr Millis kMinute = 60'000;
        QVERIFY(said(330 * kMinute).contains(QStringLiteral("5\u2009h 30\u2009min ahead")));
        QVERIFY(said(50 * kMinute).contains(QStringLiteral("45\u2009min ahead")));
        QVERIFY(said(14 * 60 * kMinute).contains(QStringLiteral("14\u2009h ahead")));
        QVERIFY(said(40 * kMinute).startsWith(QStringLiteral("Waits for “Orders”")));
        QVERIFY(said(15 * 60 * kMinute).startsWith(QStringLiteral("Waits for “Orders”")));
        // One that fell silent long before the other is behind.
        c.metrics.nodes["orders"].watermarkSince = kClock - 90'000;
        QVERIFY(said(64 * kMinute).startsWith(QStringLiteral("Waits for “Orders”")));
    }

    // Payments that come up to an hour and five minutes after their order are ahead by as much.
    void inputsAsFarApartAsPairsAreWaitForNobody() {
        Zones c;
        c.metrics.nodes["paid"].hasPair = true;
        c.metrics.nodes["paid"].rowsOut = 5'000;
        QVERIFY(!c.findingAt("paid", Finding::Reason::InputBehind).issue.node.empty());
        c.pipeline.find("paid")->params["lower"] = "1h";
        c.pipeline.find("paid")->params["upper"] = "65min";
        QVERIFY(c.findingAt("paid", Finding::Reason::InputBehind).issue.node.empty());
        QVERIFY(c.findingAt("orders", Finding::Reason::HoldsOthers).issue.node.empty());
        c.metrics.nodes["payments"].watermark = kNoon + 66 * 60'000;
        QVERIFY(!c.findingAt("paid", Finding::Reason::InputBehind).issue.node.empty());
    }

    // What has come to its end together goes on together.
    void sourcesThatFellSilentTogetherAreNotMarkedIdle() {
        Zones c;
        const auto fixes = [&c] {
            return c.findingAt("returns", Finding::Reason::HoldsOthers).issue.quickFixes.size();
        };
        QCOMPARE(fixes(), std::size_t{1});
        c.metrics.nodes["returns"].watermarkSince = c.metrics.nodes["orders"].watermarkSince;
        QCOMPARE(fixes(), std::size_t{0});
        // Both have stood since the run began: it went on from a checkpoint, and nothing is known of before.
        c.metrics.seconds = 21;
        QCOMPARE(fixes(), std::size_t{1});
    }

    // To mark the orders idle would lead them back to the returns: they are no further.
    void idlenessIsOfferedWhereResultsGoOn() {
        Zones c;
        const Finding returns = c.findingAt("returns", Finding::Reason::HoldsOthers);
        QCOMPARE(returns.issue.quickFixes.size(), std::size_t{1});
        QCOMPARE(returns.issue.quickFixes.front().node, NodeId("returns"));
        // With a shift that is none, orders hold the join.
        c.metrics.nodes["payments"].watermark = kNoon + 40 * 60'000;
        const Finding orders = c.findingAt("orders", Finding::Reason::HoldsOthers);
        QVERIFY(orders.issue.quickFixes.empty());
        // Orders that are idle themselves lead nobody on.
        c.pipeline.find("orders")->params["idle_timeout"] = "5s";
        QVERIFY(c.findingAt("returns", Finding::Reason::HoldsOthers).issue.quickFixes.empty());
        c.pipeline.find("orders")->params.erase("idle_timeout");
        c.pipeline.find("returns")->params["idle_timeout"] = "30s";
        QCOMPARE(english(c.findingAt("returns", Finding::Reason::HoldsOthers).issue.fix),
                 std::string("Results go on when rows with later times come from “Returns”, or when it has "
                             "given none for 30\u2009s."));
    }

    void rowsThatAreNullAreANotice() {
        RunCase c;
        c.add("in", "csv_source", 0, 1'500);
        c.add("f", "filter", 1'500, 1'300, {{"condition", "discount < 50"}}).nullDropped = 206;
        c.connect("in", "f");
        const std::vector<Finding> findings = c.findings();
        QCOMPARE(told(findings), QStringList{QStringLiteral(
                                     "f null_dropped: 206 rows dropped as NULL | 206 rows were dropped "
                                     "because the condition was NULL. It reads “discount”.")});
        const Finding& notice = findings.front();
        QVERIFY(notice.notice() && !notice.waiting());
        QCOMPARE(notice.issue.quickFixes[0].value, Json("(discount < 50) IS NOT FALSE"));
        QCOMPARE(notice.issue.quickFixes[1].value, Json("(discount < 50) IS TRUE"));
    }

    // Figures of the run are about the condition that it had.
    void aMendedConditionIsNoNotice() {
        for (const char* mended : {"(discount < 50) IS NOT FALSE", "(discount < 50) IS TRUE"}) {
            RunCase c;
            c.add("f", "filter", 1'500, 1'300, {{"condition", mended}}).nullDropped = 206;
            QCOMPARE(told(c.findings()), QStringList());
        }
    }

    void aConditionThatCantBeReadNamesNoColumn() {
        RunCase c;
        c.add("f", "filter", 2, 1, {{"condition", "discount <"}}).nullDropped = 1;
        QCOMPARE(english(c.findings().front().issue.message),
                 std::string("1 row was dropped because the condition was NULL."));
    }

    void rowsDroppedAsNullExplainNoEmptyNode() {
        RunCase c;
        c.add("in", "csv_source", 0, 2);
        c.add("f", "filter", 2, 0, {{"condition", "discount < 50"}}).nullDropped = 1;
        c.add("t", "table_view");
        c.connect("in", "f");
        c.connect("f", "t");
        QVERIFY(!told(c.findings()).join(u'\n').contains(QStringLiteral("t no_rows: “f”: 1 row")));
    }
};

QTEST_GUILESS_MAIN(TestLasting)
#include "test_lasting.moc"
