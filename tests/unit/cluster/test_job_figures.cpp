// Counters of a job's operators as figures of nodes and wires.
#include <QtTest/QtTest>

#include "tests/unit/cluster/layout_case.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Rows of a window: through its function, its stamps and its guard.
MadeCounters& window(MadeCounters& counters, int function, std::uint64_t in, std::uint64_t onTime) {
    return counters.rows(function, in, in).rows(function + 1, in, in).rows(function + 2, in, onTime);
}

}  // namespace

class TestJobFigures : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void nothingIsKnownOfAJobWithoutCounters() {
        const LayoutCase of("late_and_rejected");
        const FlinkLayout layout = of.layout();
        for (const auto& counters : {MadeCounters(of.graph).all(), std::vector<OperatorCounters>()}) {
            const JobFigures figures = layout.figures(counters);
            QCOMPARE(figures.nodes.size(), std::size_t{5});
            QCOMPARE(wiresOf(figures), std::string("? ? ? ?"));
            QCOMPARE(rowsAt(figures, "per_minute"), std::string("in ? out ? late ? rejected ?"));
            QVERIFY(!figures.sourceRows);
            for (const auto& [node, at] : figures.nodes)
                QVERIFY(!at.watermark && !at.busy && !at.backpressure && !at.stateBytes);
        }
    }

    void aWindowWithLateAndRejectedRows() {
        const LayoutCase of("late_and_rejected");
        MadeCounters counters(of.graph);
        counters.rows(1294, 103, 103).rows(1306, 99, 99).rows(1310, 103, 2).rows(1309, 7, 7);
        // Rows on their way between two tasks are not late.
        window(counters, 1298, 100, 93).rows(1302, 80, 6).rows(1304, 5, 5);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("100 6 7 2"));
        QCOMPARE(rowsAt(figures, "bids"), std::string("in ? out 100 late ? rejected 2"));
        QCOMPARE(rowsAt(figures, "per_minute"), std::string("in 100 out 6 late 7 rejected ?"));
        QCOMPARE(rowsAt(figures, "late_rows"), std::string("in 7 out ? late ? rejected ?"));
        QCOMPARE(written(figures.sourceRows), std::string("100"));
    }

    void inTwoPhases() {
        const LayoutCase of("two_phases");
        MadeCounters counters(of.graph);
        window(counters, 22, 100, 93).rows(25, 93, 20).rows(27, 20, 6).rows(29, 6, 6).rows(31, 100, 7);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(rowsAt(figures, "per_minute"), std::string("in 100 out 6 late 7 rejected ?"));
    }

    void lateRowsWithoutAPortAreWhatTheGuardTook() {
        const LayoutCase of("two_windows");
        MadeCounters counters(of.graph);
        window(counters, 1377, 50, 45).rows(1381, 30, 4);
        window(counters, 1385, 50, 45).rows(1386, 49, 49);  // of another moment
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(rowsAt(figures, "a"), std::string("in 50 out 4 late 5 rejected ?"));
        QCOMPARE(rowsAt(figures, "b"), std::string("in 50 out ? late ? rejected ?"));
    }

    void inAHopARowIsSeveral() {
        const LayoutCase of("hop");
        MadeCounters counters(of.graph);
        counters.rows(1279, 50, 300).rows(1280, 300, 300).rows(1281, 300, 290).rows(1283, 290, 7);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(rowsAt(figures, "w"), std::string("in 50 out 7 late ? rejected ?"));
        QCOMPARE(rowsAt(figures, "s"), std::string("in ? out 50 late ? rejected ?"));
    }

    void conditionsThatAreTestedEarlySpoilCounts() {
        // The guard tests the filter behind the window, too.
        const LayoutCase behind("filter_behind_tumble");
        MadeCounters counters(behind.graph);
        counters.rows(1200, 90, 90).rows(1201, 90, 90).rows(1202, 90, 30).rows(1204, 30, 4).rows(1206, 4, 4);
        JobFigures figures = behind.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("90 ? 4"));
        QCOMPARE(rowsAt(figures, "w"), std::string("in 90 out ? late ? rejected ?"));
        QCOMPARE(rowsAt(figures, "f"), std::string("in ? out 4 late ? rejected ?"));
        // The left source does.
        const LayoutCase join("filter_behind_interval_join");
        MadeCounters sides(join.graph);
        sides.rows(1148, 51, 51).rows(1153, 61, 61).rows(1151, 51, 5).rows(1156, 61, 60);
        sides.rows(1158, 65, 9).rows(1160, 9, 9);
        figures = join.layout().figures(sides.all());
        QCOMPARE(wiresOf(figures), std::string("? ? ? 9"));
        QCOMPARE(rowsAt(figures, "j"), std::string("in ? out ? late ? rejected ?"));
        QCOMPARE(rowsAt(figures, "l"), std::string("in ? out 51 late ? rejected ?"));
        QCOMPARE(written(figures.sourceRows), std::string("112"));
    }

    void aUnionGivesTheSum() {
        const LayoutCase of("union_then_window");
        MadeCounters counters(of.graph);
        counters.rows(810, 11, 10).rows(814, 21, 20);
        JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("10 20 30 ?"));
        QCOMPARE(rowsAt(figures, "u"), std::string("in 30 out 30 late ? rejected ?"));
        QCOMPARE(rowsAt(figures, "agg"), std::string("in 30 out ? late ? rejected ?"));
        QCOMPARE(written(figures.sourceRows), std::string("30"));
        // One alone says nothing of the other.
        MadeCounters half(of.graph);
        half.rows(810, 11, 10).rows(816, 30, 30);
        figures = of.layout().figures(half.all());
        QCOMPARE(wiresOf(figures), std::string("10 ? 30 ?"));
        QVERIFY(!figures.sourceRows);
    }

    void aChainOfFiltersIsKnownAtItsEnd() {
        const LayoutCase of("filter_chain");
        MadeCounters counters(of.graph);
        counters.rows(1257, 101, 101).rows(1260, 101, 40).rows(1261, 40, 40).watermark(1260, 7'000);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("? ? ? 40"));
        QCOMPARE(rowsAt(figures, "s"), std::string("in ? out 101 late ? rejected ?"));
        for (const char* node : {"s", "f1", "sel", "f2", "out"})
            QCOMPARE(written(figures.nodes.at(node).watermark), std::string("7000"));
    }

    void aSelectPassesWhatItTakes() {
        const LayoutCase of("chain_to_window");
        MadeCounters counters(of.graph);
        window(counters, 1094, 40, 40).rows(1098, 40, 3);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("? 40 40 3"));
        QCOMPARE(rowsAt(figures, "f1"), std::string("in ? out 40 late ? rejected ?"));
        QCOMPARE(rowsAt(figures, "w"), std::string("in 40 out 3 late 0 rejected ?"));
    }

    void aNodeThatIsSwitchedOffIsPassedBy() {
        LayoutCase of("chain_to_window");
        of.pipeline.find("f1")->disabled = true;
        MadeCounters counters(of.graph);
        window(counters, 1094, 40, 40);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("40 40 40 ?"));
        QCOMPARE(rowsAt(figures, "s"), std::string("in ? out 40 late ? rejected ?"));
    }

    void branchesDoNotTellWhatARouteTook() {
        const LayoutCase of("route_three");
        MadeCounters counters(of.graph);
        window(counters, 1333, 10, 10);
        window(counters, 1341, 20, 19).rows(1349, 30, 30);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("? 10 20 ? ? 30"));
        QCOMPARE(rowsAt(figures, "r"), std::string("in ? out 60 late ? rejected ?"));
    }

    void whatEventTimeDoesNotTakeItRejects() {
        const LayoutCase of("event_time");
        MadeCounters counters(of.graph);
        window(counters, 1127, 95, 95).rows(1136, 100, 5);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("100 95 ? 100 5"));
        QCOMPARE(rowsAt(figures, "et"), std::string("in 100 out 95 late ? rejected 5"));
    }

    void beforeAnOverLateRowsComeOnTop() {
        const LayoutCase of("over");
        MadeCounters counters(of.graph);
        counters.rows(1325, 40, 38).rows(1328, 2, 2);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("42 38 2"));
        QCOMPARE(rowsAt(figures, "o"), std::string("in 42 out 38 late 2 rejected ?"));
    }

    void twinsDoTheSameWork() {
        const LayoutCase of("window_for_two");
        MadeCounters counters(of.graph);
        window(counters, 1424, 50, 49).rows(1428, 49, 5).rows(1431, 48, 6).rows(1429, 5, 5).rows(1432, 6, 6);
        counters.busy(1428, 0.5, 0).busy(1431, 0.6, 0).busy(1420, 0.25, 0.125);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(rowsAt(figures, "w"), std::string("in 50 out 6 late 1 rejected ?"));
        QVERIFY(!figures.nodes.at("w").busy);  // of which?
        QCOMPARE(written(figures.nodes.at("bids").busy), std::string("0.25"));
        QCOMPARE(written(figures.nodes.at("bids").backpressure), std::string("0.125"));
    }

    void aFullWindowJoinIsTwo() {
        const LayoutCase of("window_join_full");
        MadeCounters counters(of.graph);
        counters.rows(116, 10, 10).rows(124, 20, 20).rows(133, 9, 9).rows(128, 30, 12).rows(137, 30, 5);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("10 20 17"));
        QCOMPARE(rowsAt(figures, "j"), std::string("in 30 out 17 late ? rejected ?"));
    }

    void chartsAreNoPartOfTheJob() {
        const LayoutCase of("charts_too");
        MadeCounters counters(of.graph);
        window(counters, 1105, 50, 50).rows(1109, 50, 5);
        const JobFigures figures = of.layout().figures(counters.all());
        // Rows that leave the filter reach both windows.
        QCOMPARE(wiresOf(figures), std::string("? 50 5 50 ?"));
        QCOMPARE(rowsAt(figures, "w2"), std::string("in 50 out ? late ? rejected ?"));
        QCOMPARE(rowsAt(figures, "c"), std::string("in ? out ? late ? rejected ?"));
    }

    void rowsByHandAreNotCounted() {
        const LayoutCase of("rows");
        MadeCounters counters(of.graph);
        counters.rows(1350, 1, 1).rows(1351, 1, 1);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("? 1"));
        QVERIFY(!figures.sourceRows);
    }

    void watermarksAreThoseOfTheirPlaces() {
        const LayoutCase of("late_and_rejected");
        MadeCounters counters(of.graph);
        counters.watermark(1294, kMinTimestamp).watermark(1296, kMinTimestamp);
        counters.watermark(1297, 5'000).watermark(1302, 4'000).watermark(1303, 3'000);
        const JobFigures figures = of.layout().figures(counters.all());
        QCOMPARE(written(figures.nodes.at("bids").watermark), std::string("5000"));
        QCOMPARE(written(figures.nodes.at("per_minute").watermark), std::string("4000"));
        QCOMPARE(written(figures.nodes.at("out").watermark), std::string("3000"));
        // Flink has one there, but the rows have no event time.
        const LayoutCase plain("event_time");
        MadeCounters raw(plain.graph);
        raw.watermark(1126, 5'000).watermark(1134, 5'000);
        const JobFigures known = plain.layout().figures(raw.all());
        QVERIFY(!known.nodes.at("s").watermark);
        QVERIFY(!known.nodes.at("raw").watermark);
        QCOMPARE(written(known.nodes.at("et").watermark), std::string("5000"));
    }

    void aPlanThatDoesNotFitStillTellsOfItsWriters() {
        LayoutCase wrong("hop");
        wrong.graph = graphNamed("cumulate");
        MadeCounters counters(wrong.graph);
        counters.rows(1116, 50, 50).rows(1120, 50, 5).rows(1122, 5, 5);
        const JobFigures figures = wrong.layout().figures(counters.all());
        QCOMPARE(wiresOf(figures), std::string("? 5"));
    }
};

QTEST_APPLESS_MAIN(TestJobFigures)
#include "test_job_figures.moc"
