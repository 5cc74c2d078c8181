// The state that nodes keep: the rows of the table name things that are there, and the rest follows from
// declarations.
#include "core/forecast/state_rules.h"

#include <QtTest/QtTest>
#include <algorithm>

#include "core/forecast/losses.h"
#include "tests/unit/forecast/forecast_case.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;
using forecasting::StateRule;
using forecasting::stateRules;
using forecasting::StateSort;

namespace {

/// The node between sources of the sample columns and a sink, as far as it has such ends.
Drawn around(const NodeKind& kind, const Json& params) {
    Drawn out;
    const NodeKind& whole = withPorts(kind, params);
    for (std::size_t port = 0; port < whole.inputs.size(); ++port) {
        const std::string source = "rows" + std::to_string(port);
        out.nodes.push_back(
            drawnNode(source.c_str(), "csv_source",
                      {{"path", source + ".csv"},
                       {"columns", {"k STRING", "v INT", "d DOUBLE", "b BOOLEAN", "ts TIMESTAMP(3)"}},
                       {"event_time", "ts"}}));
        out.wires.push_back(source + ">tried." + whole.inputs[port].name);
    }
    out.nodes.push_back(drawnNode("tried", kind.type.c_str(), params));
    if (whole.outputs.empty()) return out;
    out.nodes.push_back(drawnNode("shown", "table_view"));
    out.nodes.push_back(drawnNode("kept", "ndjson_sink", {{"path", "kept.ndjson"}}));
    out.wires.push_back("tried." + whole.outputs.front().name + ">shown");
    out.wires.push_back("tried." + whole.outputs.front().name + ">kept");
    return out;
}

bool runs(const Drawn& drawn) {
    ValidateOptions options;
    options.files = false;
    return validate(drawnPipeline(drawn), forecastKinds(), options).runnable();
}

}  // namespace

class TestStateRules : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsAreOfTypes() {
        std::vector<std::string> types, rows;
        for (const StateRule& rule : stateRules()) rows.emplace_back(rule.type);
        for (const NodeKind& kind : forecastKinds().kinds()) {
            if (std::count(rows.begin(), rows.end(), kind.type) > 0) types.push_back(kind.type);
        }
        for (const std::string& row : rows)
            QVERIFY2(std::count(types.begin(), types.end(), row) == 1,
                     ("core/forecast/state_rules.cpp has a row of " + row + ", which is no node").c_str());
        QVERIFY2(rows == types,
                 "the rows of core/forecast/state_rules.cpp stand in the order of nodes.def, each once");
    }

    void whatARowNamesIsAParameter() {
        for (const StateRule& rule : stateRules()) {
            const NodeKind* const kind = forecastKinds().find(rule.type);
            QVERIFY2(kind != nullptr, rule.type.data());
            for (const std::string_view param : rule.params)
                QVERIFY2(kind->param(param) != nullptr, (kind->type + "." + std::string(param)).c_str());
        }
    }

    /// What people are told before they agree to it.
    void whatIsLostSaysWhatThatMeans() {
        const auto told = [](const char* type) { return english(lossOf(*forecastKinds().find(type))); };
        QCOMPARE(told("deduplicate"), std::string("Rows that it has seen may pass again."));
        for (const char* windowed : {"window_aggregate", "window_join"})
            QCOMPARE(told(windowed), std::string("Rows in open windows are in no result."));
        QCOMPARE(told("group_aggregate"), std::string("Results from now on leave out the rows so far."));
        QVERIFY2(told("anomaly").starts_with("What it has learnt is gone"), told("anomaly").c_str());
        for (const StateRule& rule : stateRules()) {
            const NodeKind& kind = *forecastKinds().find(rule.type);
            // Of a source it is said where it reads from.
            QVERIFY2(lossOf(kind).empty() == kind.inputs.empty(), kind.type.c_str());
        }
    }

    /// The words of a node about its state agree with its row, where it has one.
    void whatSaysThatItKeepsStateHasARuleForIt() {
        for (const NodeKind& kind : forecastKinds().kinds()) {
            if (kind.bind == nullptr) continue;  // a subflow is the nodes inside it
            for (const Json& params : variants(kind)) {
                const NodeKind& whole = withPorts(kind, params);
                const BoundForTest bound = bindNode(whole, params, inputsOf(whole, sampleStream()));
                if (!bound.node || bound.node->state.empty()) continue;
                QVERIFY2(forecasting::stateRuleOf(kind, *bound.node).sort == StateSort::Rows,
                         ("core/forecast/state_rules.cpp: " + kind.type + " keeps “" +
                          english(bound.node->state) + "”, so its row has StateSort::Rows")
                             .c_str());
            }
        }
    }

    void theSamePipelineKeepsAll() {
        for (const NodeKind& kind : forecastKinds().kinds()) {
            if (kind.bind == nullptr) continue;  // a subflow is the nodes inside it
            for (const Json& params : variants(kind)) {
                const Drawn drawn = around(kind, params);
                if (!runs(drawn)) continue;
                for (const StateKeeper keeper : {StateKeeper::Embedded, StateKeeper::FlinkSql,
                                                 StateKeeper::FlinkPlan, StateKeeper::Spark}) {
                    const Forecast told = forecastOf(drawn, drawn, {keeper});
                    const std::string tried = kind.type + " " + params.dump() + "\n" + allOf(told);
                    QVERIFY2(told.possible() && !told.anythingLost && !told.refusedAsIs, tried.c_str());
                    for (const auto& [id, node] : told.nodes)
                        QVERIFY2(node.fate != StateFate::StartsAnew && node.was == id, tried.c_str());
                }
            }
        }
    }

    void aTypeWithoutARowKeepsWhatItsDeclarationSays_data() {
        QTest::addColumn<bool>("in");
        QTest::addColumn<bool>("out");
        QTest::addColumn<bool>("chart");
        QTest::addColumn<bool>("tells");
        QTest::addColumn<int>("sort");
        const auto row = [](const char* name, bool in, bool out, bool chart, bool tells, StateSort sort) {
            QTest::newRow(name) << in << out << chart << tells << static_cast<int>(sort);
        };
        row("source", false, true, false, false, StateSort::Position);
        row("transform", true, true, false, false, StateSort::None);
        row("transform with state", true, true, false, true, StateSort::Rows);
        row("sink", true, false, false, false, StateSort::None);
        row("chart", true, false, true, false, StateSort::Picture);
    }
    void aTypeWithoutARowKeepsWhatItsDeclarationSays() {
        QFETCH(bool, in);
        QFETCH(bool, out);
        QFETCH(bool, chart);
        QFETCH(bool, tells);
        QFETCH(int, sort);
        NodeKind kind;
        kind.type = std::string("not_in_the_table_") + QTest::currentDataTag();
        if (in) kind.inputs = {{"in", {}}};
        if (out) kind.outputs = {{"out", {}}};
        kind.chart = chart;
        kind.params = {makeParam("size", ParamKind::Duration, {}, {})};
        BoundNode bound;
        if (tells) bound.state = {"rules", "rows", {}};
        const StateRule& rule = forecasting::stateRuleOf(kind, bound);
        const bool keeps = static_cast<StateSort>(sort) != StateSort::None;
        QCOMPARE(static_cast<int>(rule.sort), sort);
        QVERIFY(rule.rows == keeps && rule.eventTime == keeps);
        QCOMPARE(rule.params.size(), std::size_t{keeps ? 1U : 0U});
        if (keeps) QVERIFY(rule.params.front() == "size");
    }
};

QTEST_GUILESS_MAIN(TestStateRules)
#include "test_state_rules.moc"
