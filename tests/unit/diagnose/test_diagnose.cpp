// The findings on a run: each question is answered by the figures that lead to it, and none by figures that do
// not.
#include <QtTest>

#include "core/diagnose/null_rows.h"
#include "core/runtime/run.h"
#include "tests/unit/diagnose/run_case.h"

using namespace rw;
using namespace rw::test;

class TestDiagnose : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aRunThatGoesWellSaysNothing() {
        RunCase c;
        c.add("in", "rows", 0, 500);
        c.add("busy", "filter", 500, 200, {{"condition", "a > 1"}});
        c.add("out", "table_view", 200, 0);
        c.connect("in", "busy");
        c.connect("busy", "out");
        QCOMPARE(told(c.findings()), QStringList());
    }

    /// They are told, but nothing is wrong: reports have words of their own.
    void rowsDroppedAsNullAreNoWarning() {
        RunCase c;
        c.add("in", "rows", 0, 500);
        c.add("busy", "filter", 500, 200, {{"condition", "a > 1"}}).nullDropped = 206;
        c.add("out", "table_view", 200, 0);
        c.connect("in", "busy");
        c.connect("busy", "out");
        for (const Finding& finding : c.findings()) QVERIFY(finding.notice());
        QCOMPARE(english(nullRowsText(206)),
                 std::string("206 rows were dropped because the condition was NULL for them. To keep such "
                             "rows, write “(condition) IS NOT FALSE”."));
        QVERIFY(english(nullRowsText(1)).starts_with("1 row was dropped because "));
    }

    void lateRowsProposeTheLatenessThatKeepsThem() {
        RunCase c;
        NodeMetrics& window = c.add("w", "window_aggregate", 90, 10, {{"allowed_lateness", "2s"}});
        window.late = 41;
        window.largestLateBy = 6400;
        const std::vector<Finding> findings = c.findings();
        QCOMPARE(told(findings),
                 QStringList{QStringLiteral("w late_rows: 41 rows came too late | Allowed "
                                            "lateness 2\u2009s is shorter than the delays seen.")});
        QCOMPARE(findings[0].issue.quickFixes.size(), std::size_t{1});
        QCOMPARE(findings[0].issue.quickFixes[0].value, Json("7s"));
        QVERIFY(!findings[0].waiting());
        // A cause that was fixed since is not told again.
        c.pipeline.nodes[0].params["allowed_lateness"] = "7s";
        QCOMPARE(told(c.findings()), QStringList());
    }

    /// Of one source: results stay final then.
    void lateRowsProposeTheDelayThatKeepsThem() {
        RunCase c;
        c.add("in", "csv_source", Json{{"watermark_delay", "10s"}}, "Readings").watermarkDelay = 10'000;
        NodeMetrics& window = c.add("w", "window_aggregate", 90, 10);
        window.late = 41;
        window.largestLateBy = 6400;
        c.connect("in", "w");
        const std::vector<QuickFix> fixes = c.findings().at(0).issue.quickFixes;
        QCOMPARE(fixes.size(), std::size_t{2});
        QCOMPARE(fixes[0].node + "." + fixes[0].param, std::string("in.watermark_delay"));
        QCOMPARE(fixes[0].value, Json("17s"));
        QCOMPARE(english(fixes[0].label), std::string("Delay of 17\u2009s in “Readings”"));
        QCOMPARE(fixes[1].value, Json("7s"));
        c.pipeline.nodes[1].params["allowed_lateness"] = "1s";  // results change already
        QCOMPARE(c.findings().at(0).issue.quickFixes[1].value, Json("17s"));
        c.pipeline.nodes[1].params.erase("allowed_lateness");
        c.pipeline.nodes[0].params["watermark_delay"] = "12s";
        QCOMPARE(c.findings().at(0).issue.quickFixes[0].value, Json("17s"));
        c.pipeline.nodes[0].params["watermark_delay"] = "17s";  // changed since
        QCOMPARE(told(c.findings()), QStringList());
        c.pipeline.nodes[0].params["watermark_delay"] = "10s";
        c.metrics.nodes["in"].watermarkDelay.reset();  // as of a run elsewhere
        QCOMPARE(c.findings().at(0).issue.quickFixes.size(), std::size_t{1});
        c.metrics.nodes["in"].watermarkDelay = 10'000;
        c.add("other", "csv_source", Json::object(), "").watermarkDelay = 0;
        c.connect("other", "w");
        QCOMPARE(c.findings().at(0).issue.quickFixes.size(), std::size_t{1});
    }

    /// The event time is declared behind the source: its delay decides. There is no lateness to set.
    void lateRowsOfOtherNodesProposeADelay() {
        RunCase c;
        c.add("in", "csv_source", 0, 90).watermarkDelay = 0;
        c.add("time", "event_time", 90, 90, {{"column", "ts"}}).watermarkDelay = 0;
        NodeMetrics& first = c.add("first", "deduplicate", 90, 10, {{"keys", {"k"}}});
        first.late = 80;
        first.largestLateBy = 3'600'000;
        c.connect("in", "time");
        c.connect("time", "first");
        const std::vector<Finding> findings = c.findings();
        QCOMPARE(told(findings), QStringList("first late_rows: 80 rows came too late | 80 rows came too late."));
        QCOMPARE(findings[0].issue.port, std::string("late"));
        QCOMPARE(findings[0].issue.quickFixes.size(), std::size_t{1});
        QCOMPARE(findings[0].issue.quickFixes[0].node, NodeId("time"));
        QCOMPARE(findings[0].issue.quickFixes[0].value, Json("61min"));
        c.pipeline.nodes[1].params["watermark_delay"] = "61min";  // followed
        QCOMPARE(told(c.findings()), QStringList());
        c.pipeline.nodes[1].params.erase("watermark_delay");
        c.add("late", "table_view", 80, 0);
        c.connect("first", "late", "late");
        QCOMPARE(told(c.findings()), QStringList());
    }

    void aConditionOfNoRowsIsTold() {
        RunCase c;
        c.add("busy", "filter", 16'240, 0, {{"condition", "a > 1"}});
        QCOMPARE(told(c.findings()),
                 QStringList{
                     QStringLiteral("busy no_row_matches: 0 of 16\u2009240 rows match | The condition held "
                                    "for none of 16\u2009240 rows.")});
        QCOMPARE(c.findings()[0].issue.param, std::string("condition"));
        c.metrics.nodes["busy"].rowsIn = 999;  // so few may be chance
        QCOMPARE(told(c.findings()), QStringList());
        c.metrics.nodes["busy"].rowsIn = 16'240;
        c.metrics.nodes["busy"].rowsOut = 1;
        QCOMPARE(told(c.findings()), QStringList());
    }

    void rowsThatAreAllRejectedAreTold() {
        RunCase c;
        c.add("in", "csv_source", 0, 0).rejected = 12;
        c.add("busy", "filter", 7, 0, {{"condition", "CAST(a AS INT) > 1"}}).rejected = 7;
        QCOMPARE(told(c.findings()).size(), 2);
        QVERIFY(
            told(c.findings())
                .contains(QStringLiteral(
                    "in all_rejected: All 12 rows were rejected | All 12 rows were rejected, so that none "
                    "leaves “in”.")));
        c.metrics.nodes["busy"].rejected = 6;  // the others were left out by the condition
        QCOMPARE(told(c.findings()).size(), 1);
    }

    void whoIsBehindIsNamed_data() {
        QTest::addColumn<Instant>("slow");
        QTest::addColumn<Instant>("fast");
        QTest::addColumn<QString>("said");
        QTest::newRow("nothing yet") << kMinTimestamp << kNoon
                                     << QStringLiteral("Waits for “Slow one”, which has no watermark yet.");
        QTest::newRow("behind") << kNoon - 40'000 << kNoon
                                << QStringLiteral(
                                       "Waits for “Slow one”, whose watermark stands at 2024-03-01 "
                                       "11:59:20, 40\u2009s behind the other inputs.");
        QTest::newRow("ended") << kNoon + 20 << kMaxTimestamp
                               << QStringLiteral(
                                      "Waits for “Slow one”, whose watermark stands at 2024-03-01 "
                                      "12:00:00.020; the other inputs have ended.");
        QTest::newRow("near") << kNoon - 10'000 << kNoon << QString();
    }

    void whoIsBehindIsNamed() {
        QFETCH(Instant, slow);
        QFETCH(Instant, fast);
        QFETCH(QString, said);
        RunCase c;
        NodeMetrics& slowOne = c.add("slow", "csv_source", {{"follow", true}}, "Slow one");
        slowOne.rowsOut = slow == kMinTimestamp ? 0 : 5;
        slowOne.watermark = slow;
        c.add("fast", "csv_source", 0, 5).watermark = fast;
        c.add("both", "union", 10, 10);
        c.connect("fast", "both");
        c.connect("slow", "both");
        const std::vector<Finding> findings = c.findings();
        if (said.isEmpty()) {
            QCOMPARE(told(findings).join(QLatin1String("; ")), QString());
            return;
        }
        QCOMPARE(told(findings),
                 QStringList{QStringLiteral("both input_behind: Waits for “Slow one” | ") + said});
        QCOMPARE(findings[0].cause, std::string("slow"));
        QVERIFY(findings[0].waiting());
        // Idle sources go on with those that are neither idle nor ended.
        const bool helps = fast != kMaxTimestamp;
        QCOMPARE(findings[0].issue.quickFixes.size(), std::size_t{helps ? 1U : 0U});
        if (helps) {
            QCOMPARE(findings[0].issue.quickFixes[0].node, std::string("slow"));
            QCOMPARE(findings[0].issue.quickFixes[0].value, Json("30s"));
        }
        // One that has a time says so already.
        c.pipeline.nodes[0].params = {{"follow", true}, {"idle_timeout", "5s"}};
        QVERIFY(c.findings()[0].issue.quickFixes.empty());
        QCOMPARE(QString::fromStdString(english(c.findings()[0].issue.fix)),
                 QStringLiteral("Results go on when rows with later times come from “Slow one”") +
                     (helps ? QStringLiteral(", or when it has given none for 5\u2009s.")
                            : QStringLiteral(". Its being idle lets nothing go on: each source that it meets "
                                             "has ended, is idle too, or is no further.")));
        // Nothing waits once the run has ended.
        c.running = false;
        QCOMPARE(told(c.findings()), QStringList());
    }

    void rowsWithoutTimesHoldNobody() {
        RunCase c;
        c.add("timed", "rows", 0, 5).watermark = kMaxTimestamp;
        c.add("timeless", "rows", 0, 5);
        c.add("both", "union", 10, 10);
        c.connect("timed", "both");
        c.connect("timeless", "both");
        QCOMPARE(told(c.findings()), QStringList());
    }

    void aWindowThatIsOpenSaysWhenItCloses() {
        RunCase c;
        c.add("in", "rows", 0, 100);
        NodeMetrics& window = c.add("w", "window_aggregate", 100, 0);
        window.watermark = kNoon + 52'000;
        window.openFrom = kNoon;
        window.openUntil = kNoon + 60'000;
        c.add("out", "table_view", 0, 0);
        c.connect("in", "w");
        c.connect("w", "out");
        const QString sentence = QStringLiteral(
            "The window 2024-03-01 12:00:00 – 2024-03-01 12:01:00 closes when the watermark passes its end. "
            "It "
            "stands at 2024-03-01 12:00:52, 8\u2009s before.");
        QCOMPARE(told(c.findings()),
                 (QStringList{
                     QStringLiteral("w window_open: First window closes at 12:01:00 | ") + sentence,
                     QStringLiteral("out no_rows: “w”: First window closes at 12:01:00 | No rows come from "
                                    "“w”: ") +
                         sentence}));
        QCOMPARE(c.findings()[1].cause, std::string("w"));
        c.metrics.seconds = 2;  // too early to wonder
        QCOMPARE(told(c.findings()), QStringList());
        c.metrics.held = true;  // but a replay that is held, from wherever it began, has given all
        QCOMPARE(told(c.findings()).size(), 2);
        c.metrics.held = false;
        c.metrics.seconds = 60;
        c.metrics.nodes["w"].rowsOut = 3;  // one has closed
        c.metrics.nodes["out"].rowsIn = 3;
        QCOMPARE(told(c.findings()), QStringList());
    }

    void noRowsAreFollowedToWhereTheyEnd() {
        RunCase c;
        c.add("in", "rows", 0, 2000);
        c.add("busy", "filter", 2000, 0, {{"condition", "a > 1"}});
        c.add("more", "select", 0, 0);
        c.add("out", "table_view", 0, 0);
        c.connect("in", "busy");
        c.connect("busy", "more");
        c.connect("more", "out");
        const QStringList lines = told(c.findings());
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[2],
                 QStringLiteral("out no_rows: “busy”: 0 of 2\u2009000 rows match | No rows come from “busy”: "
                                "The condition held for none of 2\u2009000 rows."));
        // A node that is switched off passes rows by.
        c.pipeline.nodes[1].disabled = true;
        c.metrics.nodes["in"].rowsOut = 0;
        QCOMPARE(
            told(c.findings()),
            (QStringList{QStringLiteral("more no_rows: “in” has given no rows | “in” has given no rows"),
                         QStringLiteral("out no_rows: “in” has given no rows | “in” has given no rows")}));
    }

    /// The counters of a run that goes on from a checkpoint begin again.
    void aSourceThatGaveRowsBeforeHasGivenNoneSince() {
        RunCase c;
        c.add("in", "rows", 0, 0);
        c.add("out", "table_view", 0, 0);
        c.connect("in", "out");
        Evidence evidence(c.pipeline, diagnosedKinds(), c.metrics, true);
        QVERIFY(told(diagnose(evidence))[0].endsWith(QStringLiteral("“in” has given no rows")));
        // Its watermark is that of the checkpoint, where idleness can't have raised it.
        c.metrics.nodes["in"].watermark = kNoon;
        QVERIFY(told(diagnose(evidence))[0].endsWith(
            QStringLiteral("“in” has given no rows since the run went on")));
        c.metrics.nodes["in"].watermark = kMinTimestamp;
        evidence.setGaveBefore({"in"});
        QVERIFY(told(diagnose(evidence))[0].endsWith(
            QStringLiteral("“in” has given no rows since the run went on")));
    }

    // Rows come to the join, but by one of its inputs only.
    void anInputWithoutRowsIsNamed() {
        RunCase c;
        c.add("a", "rows", 0, 500);
        c.add("b", "rows", 0, 0);
        c.add("both", "pairs", 500, 0);
        c.add("out", "table_view", 0, 0);
        c.pipeline.wires = {{{"a", "out"}, {"both", "left"}}, {{"b", "out"}, {"both", "right"}}};
        c.connect("both", "out");
        QCOMPARE(told(c.findings()),
                 (QStringList{QStringLiteral("both no_rows: “b” has given no rows | “b” has given no rows"),
                              QStringLiteral("out no_rows: “both”: “b” has given no rows | No rows come from "
                                             "“both”: “b” has given no rows")}));
        c.metrics.nodes["b"].rowsOut = 7;  // they may not meet
        QCOMPARE(told(c.findings()),
                 QStringList{
                     QStringLiteral("out no_rows: No row has left “both” yet | No row has left “both” yet")});
        c.metrics.nodes["b"].rowsOut = 0;
        c.metrics.nodes["both"].rowsOut = 20;  // a left join gives its left rows
        c.metrics.nodes["out"].rowsIn = 20;
        QCOMPARE(told(c.findings()), QStringList());
    }

    void portsThatNothingLeavesByAreNoFault() {
        RunCase c;
        c.add("in", "rows", 0, 2000);
        c.add("w", "window_aggregate", 2000, 20);
        c.add("late", "table_view", 0, 0);
        c.add("wrong", "table_view", 0, 0);
        c.connect("in", "w");
        c.connect("w", "late", "late");
        c.connect("in", "wrong", "rejected");
        QCOMPARE(
            told(c.findings()),
            (QStringList{QStringLiteral("wrong no_rows: “in” rejected no row | “in” rejected no row"),
                         QStringLiteral("late no_rows: No row of “w” was late | No row of “w” was late")}));
    }

    void loopsAndStrangersAreLeftOut() {
        RunCase c;
        c.add("a", "filter", 0, 0);
        c.add("b", "filter", 0, 0);
        c.add("x", "of_the_future", 0, 0);
        c.connect("a", "b");
        c.connect("b", "a");
        c.connect("x", "b");
        c.connect("gone", "a");
        QCOMPARE(told(c.findings()), QStringList());
    }

    // The figures come from the engine: the first window of a run whose rows do not reach its end.
    void theEngineTellsTheFirstOpenWindow_data() {
        QTest::addColumn<QString>("window");
        QTest::addColumn<QString>("more");
        QTest::addColumn<Instant>("from");
        QTest::addColumn<Instant>("until");
        QTest::newRow("tumble") << "tumble"
                                << "" << kNoon << kNoon + 60'000;
        QTest::newRow("hop") << "hop"
                             << "slide" << kNoon - 45'000 << kNoon + 15'000;
        QTest::newRow("cumulate") << "cumulate"
                                  << "step" << kNoon << kNoon + 15'000;
    }

    void theEngineTellsTheFirstOpenWindow() {
        QFETCH(QString, window);
        QFETCH(QString, more);
        Json params = {{"window", window.toStdString()}, {"size", "1min"}, {"aggregates", {"COUNT(*) AS n"}}};
        if (!more.isEmpty()) params[more.toStdString()] = "15s";
        Pipeline pipeline;
        pipeline.nodes = {
            node("in", "generator",
                 {{"rows", 0},
                  {"rate", 0},
                  {"columns", {"i BIGINT = i", "ts TIMESTAMP(3) = TIMESTAMP '2024-03-01 12:00:05'"}},
                  {"event_time", "ts"}}),
            node("w", "window_aggregate", params), node("out", "table_view")};
        pipeline.wires = {wire("in", "w"), wire("w", "out")};
        const Planned planned = makePlan(pipeline, diagnosedKinds(), {});
        QVERIFY(planned.plan);
        auto run = Run::start(planned.plan, {});
        QVERIFY(run.ok());
        QTRY_VERIFY_WITH_TIMEOUT((*run)->metrics().nodes.at("w").openUntil != kMaxTimestamp, 60'000);
        const NodeMetrics metrics = (*run)->metrics().nodes.at("w");
        QTEST(metrics.openFrom, "from");
        QTEST(metrics.openUntil, "until");
        (*run)->stop(StopMode::Now);
        (*run)->wait();
    }
};

QTEST_GUILESS_MAIN(TestDiagnose)
#include "test_diagnose.moc"
