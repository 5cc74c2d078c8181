// The operators of a plan: as Flink explained it, as a record keeps them, and compared with another's.
#include <QtTest/QtTest>

#include "tests/unit/cluster/layout_case.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string section(const std::string& json) {
    return "== Abstract Syntax Tree ==\n{ no JSON }\n\n== Physical Execution Plan ==\n" + json;
}

std::string wordsFor(const std::string& explained) {
    const Result<FlinkGraph> graph = readFlinkGraph(explained);
    return graph.ok() ? "ok" : english(graph.error());
}

std::string nodeJson(int id, const std::string& contents, const std::vector<int>& before = {}) {
    Json json{{"id", id}, {"contents", contents}, {"predecessors", Json::array()}};
    for (const int each : before) json["predecessors"].push_back({{"id", each}});
    return json.dump();
}

std::string planOf(const std::vector<std::string>& nodes) {
    return section(fmt::format("{{\"nodes\": [{}]}}", fmt::join(nodes, ",")));
}

FlinkGraph chain(const std::vector<const char*>& types) {
    FlinkGraph out;
    for (const char* type : types) {
        FlinkOperator& added = out.operators.emplace_back();
        added.type = type;
        added.number = static_cast<int>(out.operators.size()) + 20;
        added.text = "what it computes";
        if (out.operators.size() > 1) added.inputs = {out.operators.size() - 2};
    }
    return out;
}

}  // namespace

class TestFlinkGraph : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aPlanIsRead() {
        const FlinkGraph graph = graphNamed("late_and_rejected");
        QCOMPARE(graph.operators.size(), std::size_t{22});
        const FlinkOperator& scan = graph.operators.front();
        QCOMPARE(scan.number, 1294);
        QCOMPARE(scan.type, std::string("TableSourceScan"));
        QCOMPARE(scan.text, std::string("table=[[default_catalog, default_database, bids$cells]], "
                                        "fields=[auction, price, k, ts]"));
        QVERIFY(scan.inputs.empty());
        const FlinkOperator& guard = graph.operators[6];
        QCOMPARE(guard.number, 1300);
        QVERIFY(
            guard.text.ends_with("where=[(stamp IS NULL OR (stamp < CAST(window_time AS TIMESTAMP(3))))]"));
        QCOMPARE(guard.inputs, std::vector<std::size_t>{5});
        const FlinkOperator& writer = graph.operators[10];
        QCOMPARE(writer.number, -1);
        QCOMPARE(writer.type, std::string("StreamingFileWriter"));
        QCOMPARE(writer.text, std::string());
        QCOMPARE(graph.operators.back().type, std::string("end: Writer"));
    }

    void bothSidesOfAJoinAreInTheirOrder() {
        const FlinkGraph graph = graphNamed("window_join");
        for (const FlinkOperator& made : graph.operators) {
            if (made.type != "WindowJoin") continue;
            QCOMPARE(made.inputs.size(), std::size_t{2});
            QCOMPARE(graph.operators[made.inputs[0]].number, 99);
            QCOMPARE(graph.operators[made.inputs[1]].number, 107);
        }
    }

    void thoseThatSendRowsStandBefore() {
        const auto graph = readFlinkGraph(
            planOf({nodeJson(9, "[3]:Calc(a)", {5}), nodeJson(5, "[2]:Calc((b))", {1}), nodeJson(1, "X")}));
        QVERIFY(graph.ok());
        QCOMPARE(graph->operators[0].type, std::string("X"));
        QCOMPARE(graph->operators[1].text, std::string("(b)"));
        QCOMPARE(graph->operators[2].number, 3);
        QCOMPARE(graph->operators[2].inputs, std::vector<std::size_t>{1});
    }

    void wordsOfAPersonAreNoSection() {
        const auto graph =
            readFlinkGraph(planOf({nodeJson(1, "[1]:Calc(select=['== Physical Execution Plan ==\n{'])")}));
        QVERIFY2(graph.ok(), graph.ok() ? "" : english(graph.error()).c_str());
        QCOMPARE(graph->operators[0].text, std::string("select=['== Physical Execution Plan ==\n{']"));
    }

    void whatIsNoPlanIsRefused() {
        const std::string lead = "Flink's plan of the job can't be read: ";
        QVERIFY(wordsFor("").starts_with(lead + "it lacks “Physical Execution Plan”"));
        QVERIFY(wordsFor(section("{")).starts_with(lead + "it lacks “nodes”"));
        QVERIFY(wordsFor(section("[1, 2]")).starts_with(lead + "it lacks “nodes”"));
        QVERIFY(wordsFor(section("{\"nodes\": 7}")).starts_with(lead + "it lacks “nodes”"));
        QVERIFY(wordsFor(section("{\"nodes\": [7]}")).starts_with(lead + "it lacks “id”"));
        QVERIFY(wordsFor(section("{\"nodes\": [{\"id\": 7}]}")).starts_with(lead + "it lacks “contents”"));
        const std::string loose = lead + "its operators do not hang together";
        QVERIFY(wordsFor(planOf({nodeJson(1, "A", {2})})).starts_with(loose));
        QVERIFY(wordsFor(planOf({nodeJson(1, "A", {2}), nodeJson(2, "B", {1})})).starts_with(loose));
        QVERIFY(wordsFor(planOf({nodeJson(1, "A"), nodeJson(1, "B")})).starts_with(loose));
    }

    void aNumberIsOneOrNone() {
        const auto graph =
            readFlinkGraph(planOf({nodeJson(1, "[12x]:A(b)"), nodeJson(2, "[99999999999]:A(b)"),
                                   nodeJson(3, "[]:A"), nodeJson(4, "[0]:A()")}));
        QVERIFY(graph.ok());
        QCOMPARE(graph->operators[0].number, -1);
        QCOMPARE(graph->operators[1].number, -1);
        QCOMPARE(graph->operators[2].number, -1);
        QCOMPARE(graph->operators[3].number, 0);
        QCOMPARE(graph->operators[3].text, std::string());
    }

    void aRecordKeepsIt() {
        const FlinkGraph graph = graphNamed("union_then_window");
        const FlinkGraph again = flinkGraphOf(Json::parse(flinkGraphJson(graph).dump()));
        QCOMPARE(again.operators.size(), graph.operators.size());
        for (std::size_t i = 0; i < graph.operators.size(); ++i) {
            QCOMPARE(again.operators[i].number, graph.operators[i].number);
            QCOMPARE(again.operators[i].type, graph.operators[i].type);
            QCOMPARE(again.operators[i].text, graph.operators[i].text);
            QCOMPARE(again.operators[i].inputs, graph.operators[i].inputs);
        }
    }

    void aBrokenRecordIsAnEmptyGraph() {
        QVERIFY(flinkGraphOf(Json()).empty());
        QVERIFY(flinkGraphOf(Json("text")).empty());
        QVERIFY(flinkGraphOf(Json{{"operators", 7}}).empty());
        const Json first{{"type", "A"}, {"inputs", Json::array()}};
        for (const Json& input : {Json(1), Json(-1), Json("0"), Json(0.5), Json(1e30)}) {
            const Json second{{"type", "B"}, {"inputs", Json::array({input})}};
            QVERIFY(flinkGraphOf(Json{{"operators", Json::array({first, second})}}).empty());
        }
        const Json good{{"type", "B"}, {"inputs", Json::array({0})}};
        QCOMPARE(flinkGraphOf(Json{{"operators", Json::array({first, good})}}).operators.size(),
                 std::size_t{2});
    }

    void whatOperatorsComputeDoesNotCount() {
        const FlinkGraph a = chain({"TableSourceScan", "Calc", "Sink"});
        FlinkGraph b = a;
        b.operators[1].text = "other";
        b.operators[1].number = 99;
        QVERIFY(sameOperators(a, b));
    }

    void placesOfOperatorsCount() {
        const FlinkGraph a = chain({"TableSourceScan", "Calc", "Sink"});
        QVERIFY(!sameOperators(a, chain({"TableSourceScan", "Sink"})));
        QVERIFY(!sameOperators(a, chain({"TableSourceScan", "Sink", "Calc"})));
        FlinkGraph wired = a;
        wired.operators[2].inputs = {0};
        QVERIFY(!sameOperators(a, wired));
    }
};

QTEST_APPLESS_MAIN(TestFlinkGraph)
#include "test_flink_graph.moc"
