// Which operators of plans that a Flink made do the work of which node.
#include <QtTest/QtTest>

#include "core/cluster/layout/layout_kinds.h"
#include "core/deploy/engine_writer.h"
#include "core/nodes/catalogue.h"
#include "tests/unit/cluster/layout_case.h"

using namespace rw;
using namespace rw::test;

namespace {

/// “agg=WindowAggregate[60] out=StreamingFileWriter#0”
std::string operatorsOf(const LayoutCase& of) {
    const FlinkLayout layout = of.layout();
    std::map<NodeId, std::string> found;
    for (const Node& node : of.pipeline.nodes) {
        if (const auto made = layout.operatorOf(node.id)) found[node.id] = of.operatorName(*made);
    }
    std::string out;
    for (const auto& [node, name] : found) out += (out.empty() ? "" : " ") + node + "=" + name;
    return out;
}

void exchange(FlinkGraph& graph, const std::string& type, const std::string& by) {
    for (FlinkOperator& made : graph.operators) {
        if (made.type == type) made.type = by;
    }
}

}  // namespace

class TestFlinkLayout : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// A type whose operator is not known would show no figures there, and nobody would be told.
    void everyTypeThatFlinkHasHasItsRole() {
        const Catalogue kinds = builtin();
        for (const NodeFormEntry& form : writerOf(Engine::Flink).forms) {
            if (form.write == nullptr || form.verdict == Verdict::Refused) continue;
            const NodeKind* const kind = kinds.find(form.type);
            QVERIFY2(
                kind != nullptr && layoutKind(*kind).role != LayoutRole::Other,
                ("core/cluster/layout/layout_kinds.cpp needs a row of " + std::string(form.type)).c_str());
        }
    }

    void rolesFollowFromDeclarations() {
        NodeKind kind;
        kind.type = "in_no_table";
        kind.outputs = {{"out", {}}};
        QVERIFY(layoutKind(kind).role == LayoutRole::Source);
        kind.inputs = {{"in", {}}};
        QVERIFY(layoutKind(kind).role == LayoutRole::Other);
        kind.inputs.front().many = true;
        QVERIFY(layoutKind(kind).role == LayoutRole::Union);
        kind.outputs.clear();
        QVERIFY(layoutKind(kind).role == LayoutRole::Sink);
        kind.chart = true;
        QVERIFY(layoutKind(kind).role == LayoutRole::Other);
    }

    void nodesHaveTheirOperators_data() {
        QTest::addColumn<QString>("operators");
        const auto row = [](const char* name, const char* operators) {
            QTest::newRow(name) << QString::fromLatin1(operators);
        };
        row("chain_to_window", "out=StreamingFileWriter#0 s=TableSourceScan[1090] w=WindowAggregate[1098]");
        row("charts_too", "out=StreamingFileWriter#0 s=TableSourceScan[1101] w=WindowAggregate[1109]");
        row("cumulate", "out=StreamingFileWriter#0 s=TableSourceScan[1112] w=WindowAggregate[1120]");
        row("deduplicate", "d=Deduplicate[244] out=StreamingFileWriter#0 src=TableSourceScan[239]");
        row("event_time",
            "no=StreamingFileWriter#2 out=StreamingFileWriter#0 raw=StreamingFileWriter#1 "
            "s=TableSourceScan[1123] w=WindowAggregate[1131]");
        row("filter_behind_interval_join",
            "j=IntervalJoin[1158] l=TableSourceScan[1148] out=StreamingFileWriter#0 "
            "r=TableSourceScan[1153]");
        row("filter_behind_tumble",
            "bids=TableSourceScan[1196] out=StreamingFileWriter#0 w=WindowAggregate[1204]");
        row("filter_behind_window_join",
            "j=WindowJoin[1254] l=TableSourceScan[1238] out=StreamingFileWriter#0 "
            "r=TableSourceScan[1246]");
        row("filter_chain", "out=StreamingFileWriter#0 s=TableSourceScan[1257]");
        row("hop", "out=StreamingFileWriter#0 s=TableSourceScan[1275] w=WindowAggregate[1283]");
        row("interval_join",
            "j=IntervalJoin[349] left_in=TableSourceScan[339] out=StreamingFileWriter#0 "
            "right_in=TableSourceScan[344]");
        row("join", "j=Join[1292] l=TableSourceScan[1286] out=StreamingFileWriter#0 r=TableSourceScan[1289]");
        row("late_and_rejected",
            "bad=StreamingFileWriter#2 bids=TableSourceScan[1294] late_rows=StreamingFileWriter#1 "
            "out=StreamingFileWriter#0 per_minute=WindowAggregate[1302]");
        row("limit", "l=Limit[1317] out=StreamingFileWriter#0 s=TableSourceScan[1312]");
        row("over",
            "late=StreamingFileWriter#1 o=OverAggregate[1325] out=StreamingFileWriter#0 "
            "s=TableSourceScan[1320]");
        row("route_three",
            "oa=StreamingFileWriter#0 ob=StreamingFileWriter#1 rest=StreamingFileWriter#2 "
            "s=TableSourceScan[1329] wa=WindowAggregate[1337] wb=WindowAggregate[1345]");
        row("rows", "out=StreamingFileWriter#0");
        row("same_windows",
            "a=WindowAggregate[1361] b=WindowAggregate[1361] bids=TableSourceScan[1353] "
            "out_a=StreamingFileWriter#0 out_b=StreamingFileWriter#1");
        row("session", "out=StreamingFileWriter#0 s=TableSourceScan[1365] w=WindowAggregate[1370]");
        row("sort",
            "late=StreamingFileWriter#1 out=StreamingFileWriter#0 s=OverAggregate[544] "
            "src=TableSourceScan[539]");
        row("temporal_join",
            "j=TemporalJoin[582] orders=TableSourceScan[567] out=StreamingFileWriter#0 "
            "rates=TableSourceScan[572]");
        row("top_n",
            "agg=WindowAggregate[697] out=StreamingFileWriter#0 src=TableSourceScan[689] "
            "top=WindowRank[700]");
        row("two_phases",
            "bad=StreamingFileWriter#2 bids=TableSourceScan[18] late_rows=StreamingFileWriter#1 "
            "out=StreamingFileWriter#0 per_minute=GlobalWindowAggregate[27]");
        row("two_windows",
            "a=WindowAggregate[1381] b=WindowAggregate[1389] bids=TableSourceScan[1373] "
            "out_a=StreamingFileWriter#0 out_b=StreamingFileWriter#1");
        row("union_of_windows",
            "a=WindowAggregate[1400] b=WindowAggregate[1406] out=StreamingFileWriter#0 "
            "s=TableSourceScan[1392]");
        row("union_then_window",
            "agg=WindowAggregate[820] ones=TableSourceScan[807] out=StreamingFileWriter#0 "
            "twos=TableSourceScan[811]");
        row("union_two", "out=StreamingFileWriter#0 s=TableSourceScan[1410] t=TableSourceScan[1414]");
        row("window_for_two", "bids=TableSourceScan[1420] o1=StreamingFileWriter#0 o2=StreamingFileWriter#1");
        row("window_join",
            "j=WindowJoin[109] left_in=TableSourceScan[93] out=StreamingFileWriter#0 "
            "right_in=TableSourceScan[101]");
        row("window_join_full",
            "left_in=TableSourceScan[112] out=StreamingFileWriter#0 right_in=TableSourceScan[120]");
        row("window_on_window",
            "b=WindowAggregate[1457] mid=StreamingFileWriter#1 out=StreamingFileWriter#0 "
            "s=TableSourceScan[1446]");
        row("windows_carried",
            "a=WindowAggregate[1492] b=WindowAggregate[1495] out=StreamingFileWriter#0 "
            "s=TableSourceScan[1484]");
    }
    void nodesHaveTheirOperators() {
        QFETCH(QString, operators);
        QCOMPARE(QString::fromStdString(operatorsOf(LayoutCase(QTest::currentDataTag()))), operators);
    }

    void twinsAreLeftOut() {
        const LayoutCase twins("window_for_two");
        QVERIFY(!twins.layout().operatorOf("w"));
        QVERIFY(twins.layout().operatorOf("bids"));
    }

    void aPlanOfOtherWindowsIsNotTheirs() {
        LayoutCase wrong("hop");
        wrong.graph = graphNamed("cumulate");
        QCOMPARE(operatorsOf(wrong), std::string("out=StreamingFileWriter#0"));
    }

    void aWayToAnotherTableSaysNothing() {
        LayoutCase wrong("hop");
        for (FlinkOperator& made : wrong.graph.operators) {
            const std::size_t name = made.text.find(", s$cells");
            if (name != std::string::npos) made.text.replace(name, 9, ", t$cells");
        }
        QCOMPARE(operatorsOf(wrong), std::string("out=StreamingFileWriter#0"));
    }

    void anOperatorThatIsNotKnownStopsTheWay() {
        LayoutCase strange("window_on_window");
        exchange(strange.graph, "WatermarkAssigner", "Novelty");
        QCOMPARE(operatorsOf(strange), std::string("mid=StreamingFileWriter#1 out=StreamingFileWriter#0"));
        // Nodes above the strange one are told by another way.
        LayoutCase join("window_join");
        for (FlinkOperator& made : join.graph.operators) {
            if (made.number == 95) made.type = "Novelty";
        }
        QCOMPARE(operatorsOf(join), std::string("out=StreamingFileWriter#0 right_in=TableSourceScan[101]"));
    }

    void sinksAndWritersMustBeAsMany() {
        LayoutCase fewer("late_and_rejected");
        fewer.sinks.pop_back();
        QCOMPARE(operatorsOf(fewer), std::string());
        LayoutCase unknown("late_and_rejected");
        unknown.sinks.back() = "nobody";
        QCOMPARE(operatorsOf(unknown), std::string());
        LayoutCase none("late_and_rejected");
        none.graph = {};
        QCOMPARE(operatorsOf(none), std::string());
    }

    void aPipelineThatCannotBeTypedHasNone() {
        LayoutCase broken("hop");
        broken.pipeline.find("w")->params["size"] = "much";
        QVERIFY(!broken.layout().operatorOf("w"));
        QVERIFY(!broken.layout().operatorOf("s"));
        LayoutCase loop("filter_chain");
        loop.pipeline.wires[0].from = {"f2", "out"};
        QCOMPARE(operatorsOf(loop), std::string());
    }

    void variablesArePutIn() {
        LayoutCase with("hop");
        with.pipeline.variables.push_back({"kind", "hop"});
        with.pipeline.find("w")->params["window"] = "${kind}";
        QVERIFY(with.layout().operatorOf("w"));
    }
};

QTEST_APPLESS_MAIN(TestFlinkLayout)
#include "test_flink_layout.moc"
