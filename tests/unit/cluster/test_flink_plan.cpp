// Compiled plans: read, matched with the planner's explanation, given other numbers and words.
#include <fmt/format.h>

#include <QDir>
#include <QtTest/QtTest>
#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/cluster/plans/plan_owners.h"
#include "tests/unit/cluster/layout_case.h"
#include "tests/unit/cluster/made_plan.h"

using namespace rw;
using namespace rw::test;

namespace {

FlinkPlan planRead(const std::string& text) {
    Result<FlinkPlan> plan = FlinkPlan::read(text);
    if (!plan.ok()) qFatal("%s", english(plan.error()).c_str());
    return std::move(*plan);
}

std::string wordsFor(const std::string& text) {
    const Result<FlinkPlan> plan = FlinkPlan::read(text);
    return plan.ok() ? "ok" : english(plan.error());
}

/// The first operator of that name.
std::size_t placeOf(const FlinkPlan& plan, const std::string& name) {
    const auto& operators = plan.operators();
    return static_cast<std::size_t>(
        std::find_if(operators.begin(), operators.end(),
                     [&](const PlanOperator& made) { return made.name == name; }) -
        operators.begin());
}

std::string joined(const std::vector<NodeId>& nodes) {
    return fmt::format("{}", fmt::join(nodes, " "));
}

}  // namespace

class TestFlinkPlan : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aPlanIsRead() {
        // The reader of rows stands first in the file.
        const FlinkPlan plan = planRead(execPlan(
            {execNode(9, "Sink", "Sink(table=[a.b.out])"),
             execNode(4, "TableSourceScan", "TableSourceScan(x)"), execNode(7, "Calc", "Calc(select=[k])")},
            {execEdge(7, 9), execEdge(4, 7)}));
        QCOMPARE(plan.operators().size(), std::size_t{3});
        const PlanOperator& scan = plan.operators().front();
        QCOMPARE(scan.number, 4);
        QCOMPARE(scan.type, std::string("stream-exec-table-source-scan"));
        QCOMPARE(scan.name, std::string("TableSourceScan"));
        QVERIFY(scan.inputs.empty());
        QCOMPARE(plan.operators()[2].name, std::string("Sink"));
        QCOMPARE(plan.operators()[2].inputs, std::vector<std::size_t>{1});
    }

    void whatIsNoPlan() {
        const Json scan = execNode(1, "TableSourceScan", "TableSourceScan(x)"),
                   calc = execNode(2, "Calc", "Calc(y)");
        const auto of = [](const Json& nodes, const Json& edges) { return wordsFor(execPlan(nodes, edges)); };
        QVERIFY(wordsFor("").find("can't be read") != std::string::npos);
        QVERIFY(wordsFor("<html>").find("it lacks “nodes”") != std::string::npos);
        QVERIFY(wordsFor("{\"nodes\": 1}").find("it lacks “nodes”") != std::string::npos);
        QVERIFY(wordsFor("{\"nodes\": [{\"id\": 1}]}").find("it lacks “edges”") != std::string::npos);
        QVERIFY(of({scan, scan}, Json::array()).find("it lacks “id”") != std::string::npos);
        QVERIFY(of({scan, 3}, Json::array()).find("it lacks “id”") != std::string::npos);
        QVERIFY(of(Json::array({Json{{"id", 1}}}), Json::array()).find("it lacks “type”") !=
                std::string::npos);
        QVERIFY(of({scan, calc}, Json::array({execEdge(1, 5)})).find("do not hang together") !=
                std::string::npos);
        QVERIFY(of({scan, calc}, {execEdge(1, 2), execEdge(2, 1)}).find("do not hang together") !=
                std::string::npos);
        QCOMPARE(of({scan, calc}, Json::array({execEdge(1, 2)})), std::string("ok"));
    }

    void otherNumbersAndWords() {
        const std::string text =
            execPlan({execNode(4, "TableSourceScan", "TableSourceScan(x)"), execNode(7, "Calc", "Calc(y)")},
                     Json::array({execEdge(4, 7)}));
        const Json made = Json::parse(planRead(text).text({30, 2}, {"bids", ""}), nullptr, false);
        Json wanted = Json::parse(text, nullptr, false);
        wanted["nodes"][0]["id"] = 30;
        wanted["nodes"][0]["description"] = "bids: TableSourceScan(x)";
        wanted["nodes"][1]["id"] = 2;
        wanted["edges"][0]["source"] = 30;
        wanted["edges"][0]["target"] = 2;
        QCOMPARE(made.dump(), wanted.dump());  // all else is as it was
    }

    void numbersAreNoPlacesInTheFile() {
        // 4 becomes 7 and 7 becomes 4.
        const FlinkPlan plan = planRead(
            execPlan({execNode(4, "TableSourceScan", "TableSourceScan(x)"), execNode(7, "Calc", "Calc(y)")},
                     Json::array({execEdge(4, 7)})));
        const FlinkPlan again = planRead(plan.text({7, 4}, {"", ""}));
        QCOMPARE(again.operators()[0].number, 7);
        QCOMPARE(again.operators()[0].name, std::string("TableSourceScan"));
        QCOMPARE(again.operators()[1].number, 4);
        QCOMPARE(again.operators()[1].inputs, std::vector<std::size_t>{0});
    }

    void whoseWorkItIs() {
        const LayoutCase it("late_and_rejected");
        const FlinkPlan plan = planRead(compiledPlan(it.graph, it.sinks));
        const auto owners = planOwners(plan, it.graph, it.layout().nodesByOperator(), it.sinks);
        QVERIFY(owners.has_value());
        const PlanOwner& window = (*owners)[placeOf(plan, "WindowAggregate")];
        QCOMPARE(joined(window.nodes), std::string("per_minute"));
        QCOMPARE(joined(window.into), std::string("out"));
        const PlanOwner& scan = (*owners)[placeOf(plan, "TableSourceScan")];
        QCOMPARE(joined(scan.nodes), std::string("bids"));
        QCOMPARE(joined(scan.into), std::string("bad late_rows per_minute"));
        for (std::size_t i = 0; i < plan.operators().size(); ++i) {
            if (plan.operators()[i].name != "Sink") continue;
            QCOMPARE((*owners)[i].nodes.size(), std::size_t{1});
            QVERIFY((*owners)[i].into.empty());
        }
        const std::vector<std::string> heads = planHeads(*owners);
        QCOMPARE(heads[placeOf(plan, "WindowAggregate")], std::string("per_minute"));
    }

    /// Every recorded plan: facts that the layout knows of its operators are known of the compiled one.
    void allThatWereRecorded() {
        QDir folder(QStringLiteral(RILLWRIGHT_SOURCE "/tests/unit/cluster/plans"));
        const QStringList names = folder.entryList({QStringLiteral("*.txt")});
        QVERIFY(names.size() > 20);
        for (const QString& file : names) {
            const std::string name = file.chopped(4).toStdString();
            const LayoutCase it(name);
            const FlinkPlan plan = planRead(compiledPlan(it.graph, it.sinks));
            const FlinkLayout layout = it.layout();
            const auto owners = planOwners(plan, it.graph, layout.nodesByOperator(), it.sinks);
            QVERIFY2(owners.has_value(), name.c_str());
            for (const Node& node : it.pipeline.nodes) {
                const auto made = layout.operatorOf(node.id);
                if (!made || it.graph.operators[*made].number < 0) continue;
                const auto own = std::find_if(owners->begin(), owners->end(), [&](const PlanOwner& owner) {
                    return std::binary_search(owner.nodes.begin(), owner.nodes.end(), node.id);
                });
                QVERIFY2(own != owners->end(), (name + ": " + node.id).c_str());
            }
        }
    }

    /// The plans that Flink 2.3.0 compiled of them (members that we do not read are left out), some time after it
    /// had explained them: from other numbers on.
    void plansThatFlinkCompiled() {
        for (const auto& [name, wanted] : {std::pair("late_and_rejected",
                                                     "TableSourceScan bids > bad late_rows per_minute\n"
                                                     "WindowAggregate per_minute > out\n"
                                                     "Sink out > \nSink late_rows > \nSink bad > \n"),
                                           std::pair("temporal_join",
                                                     "TableSourceScan orders > j\nTableSourceScan rates > j\n"
                                                     "OverAggregate  > j\nDeduplicate  > j\n"
                                                     "TemporalJoin j > out\nSink out > \n")}) {
            const LayoutCase it(name);
            std::ifstream file(std::string(RILLWRIGHT_SOURCE) + "/tests/unit/cluster/plans/" + name +
                               ".plan.json");
            const FlinkPlan plan = planRead({std::istreambuf_iterator<char>(file), {}});
            const auto owners = planOwners(plan, it.graph, it.layout().nodesByOperator(), it.sinks);
            QVERIFY2(owners.has_value(), name);
            std::string said;
            for (std::size_t i = 0; i < owners->size(); ++i) {
                const PlanOperator& made = plan.operators()[i];
                const bool helps = made.name == "OverAggregate" || made.name == "Deduplicate";
                if (!helps && (*owners)[i].nodes.empty()) continue;
                said += fmt::format("{} {} > {}\n", made.name, joined((*owners)[i].nodes),
                                    joined((*owners)[i].into));
            }
            QCOMPARE(said, std::string(wanted));
        }
    }

    void aPlanOfOtherStatements() {
        const LayoutCase it("chain_to_window"), other("two_windows");
        const FlinkPlan plan = planRead(compiledPlan(other.graph, other.sinks));
        QVERIFY(!planOwners(plan, it.graph, it.layout().nodesByOperator(), it.sinks));
        QVERIFY(!planOwners(plan, FlinkGraph(), {}, {}));
    }
};

QTEST_GUILESS_MAIN(TestFlinkPlan)
#include "test_flink_plan.moc"
