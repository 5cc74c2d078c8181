// Which operator of a plan has the number that it had, and which a new one.
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <algorithm>

#include "core/cluster/plans/plan_numbers.h"
#include "tests/support/pipeline_of.h"
#include "tests/unit/cluster/made_plan.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char *kScan = "TableSourceScan", *kCalc = "Calc", *kWindow = "WindowAggregate",
                     *kOver = "OverAggregate", *kSink = "Sink";

/// An operator as a test draws it: its type, its words, whose work it does, and the places of its inputs.
struct DrawnOperator {
    const char* type = kCalc;
    std::string text{};
    std::vector<NodeId> nodes{};
    std::vector<int> inputs{};
};

struct DrawnPlan {
    FlinkPlan plan{};
    std::vector<PlanOwner> owners{};

    explicit DrawnPlan(const std::vector<DrawnOperator>& operators) : owners(operators.size()) {
        Json nodes = Json::array(), edges = Json::array();
        for (std::size_t i = 0; i < operators.size(); ++i) {
            nodes.push_back(execNode(static_cast<int>(i) + 100, operators[i].type, operators[i].text));
            owners[i].nodes = operators[i].nodes;
            for (const int input : operators[i].inputs)
                edges.push_back(execEdge(input + 100, static_cast<int>(i) + 100));
        }
        for (std::size_t i = operators.size(); i-- > 0;) {
            const PlanOwner reader = owners[i];
            for (const int input : operators[i].inputs) {
                std::vector<NodeId>& into = owners[static_cast<std::size_t>(input)].into;
                const auto& more = reader.nodes.empty() ? reader.into : reader.nodes;
                into.insert(into.end(), more.begin(), more.end());
                std::sort(into.begin(), into.end());
                into.erase(std::unique(into.begin(), into.end()), into.end());
            }
        }
        Result<FlinkPlan> read = FlinkPlan::read(execPlan(nodes, edges));
        if (!read.ok()) qFatal("%s", english(read.error()).c_str());
        plan = std::move(*read);
    }
};

/// bids → calc → w → out
const std::vector<DrawnOperator>& counting() {
    static const std::vector<DrawnOperator> kPlan{{kScan, "scan", {"bids"}, {}},
                                                  {kCalc, "calc", {}, {0}},
                                                  {kWindow, "window", {"w"}, {1}},
                                                  {kSink, "sink", {"out"}, {2}}};
    return kPlan;
}

/// Those that keep state, and those that have none; both were there by the same name.
Forecast told(const std::vector<NodeId>& keep, const std::vector<NodeId>& without,
              const std::vector<NodeId>& anew = {}) {
    Forecast out;
    for (const NodeId& id : keep) out.nodes[id] = {StateFate::Keeps, {}, {}, id, false};
    for (const NodeId& id : without) out.nodes[id] = {StateFate::NoState, {}, {}, id, false};
    for (const NodeId& id : anew) out.nodes[id] = {StateFate::StartsAnew, {}, {}, id, false};
    return out;
}

std::string numbersOf(const PlanNumbers& numbers) {
    std::string out;
    for (const PlannedOperator& made : numbers.record.operators) out += fmt::format("{} ", made.number);
    return out + fmt::format("| {} | {}", numbers.record.next, fmt::join(numbers.lost, " "));
}

PlanRecord recordOf(const std::vector<DrawnOperator>& operators) {
    const DrawnPlan drawn(operators);
    return planNumbers(drawn.plan, drawn.owners).record;
}

/// The numbers when the other one resumes from it.
std::string after(const std::vector<DrawnOperator>& before, const std::vector<DrawnOperator>& now,
                  const Forecast& forecast, const Pipeline& edited = {}) {
    const DrawnPlan drawn(now);
    return numbersOf(planNumbers(drawn.plan, drawn.owners, recordOf(before), forecast, edited));
}

}  // namespace

class TestPlanNumbers : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void anew() {
        const DrawnPlan drawn(counting());
        QCOMPARE(numbersOf(planNumbers(drawn.plan, drawn.owners)), std::string("1 2 3 4 | 5 | "));
    }

    void theSameAgain() {
        QCOMPARE(after(counting(), counting(), told({"bids", "w"}, {"out"})), std::string("1 2 3 4 | 5 | "));
    }

    void aFilterAdded() {
        const std::vector<DrawnOperator> now{{kScan, "scan", {"bids"}, {}},
                                             {kCalc, "filter", {}, {0}},
                                             {kCalc, "calc", {}, {1}},
                                             {kWindow, "window", {"w"}, {2}},
                                             {kSink, "sink", {"out"}, {3}}};
        QCOMPARE(after(counting(), now, told({"bids", "w"}, {"out"})), std::string("1 5 2 3 4 | 6 | "));
    }

    void aSinkAdded() {
        std::vector<DrawnOperator> now = counting();
        now.push_back({kSink, "raw", {"raw"}, {0}});
        QCOMPARE(after(counting(), now, told({"bids", "w"}, {"out"})), std::string("1 2 3 4 5 | 6 | "));
    }

    void anotherMeaning() {
        // The window starts without state: under its old number it would get the sums of the old one.
        QCOMPARE(after(counting(), counting(), told({"bids"}, {"out"}, {"w"})),
                 std::string("1 5 6 4 | 7 | "));
    }

    void otherNames() {
        std::vector<DrawnOperator> now = counting();
        now[2].nodes = {"counts"};
        Forecast renamed = told({"bids"}, {"out"});
        renamed.nodes["counts"] = {StateFate::Keeps, {}, {}, "w", false};
        QCOMPARE(after(counting(), now, renamed), std::string("1 2 3 4 | 5 | "));
    }

    void aSinkGone() {
        std::vector<DrawnOperator> before = counting();
        before.push_back({kSink, "raw", {"raw"}, {0}});
        Forecast forecast = told({"bids", "w"}, {"out"});
        QCOMPARE(after(before, counting(), forecast), std::string("1 2 3 4 | 6 | "));
    }

    void numbersAreNotUsedAgain() {
        const DrawnPlan drawn(counting());
        const PlanNumbers second =
            planNumbers(drawn.plan, drawn.owners, recordOf(counting()), told({"bids"}, {"out"}, {"w"}), {});
        QCOMPARE(second.record.next, 7);
        const PlanNumbers third =
            planNumbers(drawn.plan, drawn.owners, second.record, told({"bids"}, {"out"}, {"w"}), {});
        QCOMPARE(numbersOf(third), std::string("1 7 8 4 | 9 | "));
    }

    void whatThePlannerMakesOtherwise() {
        std::vector<DrawnOperator> now = counting();
        now[2].type = "GlobalWindowAggregate";
        QCOMPARE(after(counting(), now, told({"bids", "w"}, {"out"})), std::string("1 2 5 4 | 6 | w"));
    }

    void whatHasNoOperatorAnyMore() {
        std::vector<DrawnOperator> now = counting();
        now[2].nodes.clear();
        const std::string it = after(counting(), now, told({"bids", "w"}, {"out"}));
        QVERIFY2(it.ends_with("| w"), it.c_str());
    }

    void aSourceThatIsReadTwiceNow() {
        std::vector<DrawnOperator> now = counting();
        now.push_back({kScan, "another scan", {"bids"}, {}});
        now.push_back({kSink, "raw", {"raw"}, {4}});
        const DrawnPlan drawn(now);
        const PlanNumbers it =
            planNumbers(drawn.plan, drawn.owners, recordOf(counting()), told({"bids", "w"}, {"out"}), {});
        QCOMPARE(numbersOf(it), std::string("1 2 3 4 5 6 | 7 | bids"));
        QCOMPARE(it.reread, std::vector<NodeId>{"bids"});
    }

    void aSourceThatIsReadTwiceAsBefore() {
        // Each scan is known by its reader, in any order.
        const std::vector<DrawnOperator> before{{kScan, "a", {"bids"}, {}},
                                                {kScan, "b", {"bids"}, {}},
                                                {kWindow, "window", {"w"}, {0}},
                                                {kSink, "sink", {"out"}, {2}},
                                                {kSink, "raw", {"raw"}, {1}}};
        const std::vector<DrawnOperator> now{{kScan, "c", {"bids"}, {}},
                                             {kSink, "raw", {"raw"}, {0}},
                                             {kScan, "a", {"bids"}, {}},
                                             {kWindow, "window", {"w"}, {2}},
                                             {kSink, "sink", {"out"}, {3}}};
        QCOMPARE(after(before, now, told({"bids", "w"}, {"out", "raw"})), std::string("2 5 1 3 4 | 6 | "));
    }

    void twoOfANode() {
        // A full join of windows: told apart by their words alone, and not at all where these changed.
        const auto drawn = [](const char* left, const char* right) {
            return std::vector<DrawnOperator>{{kScan, "scan", {"bids"}, {}},
                                              {"WindowJoin", left, {"j"}, {0}},
                                              {"WindowJoin", right, {"j"}, {0}},
                                              {kSink, "sink", {"out"}, {1, 2}}};
        };
        const Forecast forecast = told({"bids", "j"}, {"out"});
        QCOMPARE(after(drawn("left", "anti"), drawn("anti", "left"), forecast),
                 std::string("1 3 2 4 | 5 | "));
        QCOMPARE(after(drawn("left", "anti"), drawn("left", "other"), forecast),
                 std::string("1 2 3 4 | 5 | "));
        QCOMPARE(after(drawn("left", "anti"), drawn("a", "b"), forecast), std::string("1 5 6 4 | 7 | j"));
    }

    void twoNodesOfOneOperator() {
        // Windows that mean the same are one operator; one of them is changed.
        const std::vector<DrawnOperator> before{{kScan, "scan", {"bids"}, {}},
                                                {kWindow, "window", {"v", "w"}, {0}},
                                                {kSink, "a", {"a"}, {1}},
                                                {kSink, "b", {"b"}, {1}}};
        const std::vector<DrawnOperator> now{{kScan, "scan", {"bids"}, {}},
                                             {kWindow, "longer", {"v"}, {0}},
                                             {kWindow, "window", {"w"}, {0}},
                                             {kSink, "a", {"a"}, {1}},
                                             {kSink, "b", {"b"}, {2}}};
        QCOMPARE(after(before, now, told({"bids", "w"}, {"a", "b"}, {"v"})), std::string("1 5 2 3 4 | 6 | "));
    }

    void helpersThatKeepSomething() {
        // The versions of a temporal join are made by operators that no node stands for.
        const std::vector<DrawnOperator> before{{kScan, "scan", {"bids"}, {}},
                                                {kOver, "over", {}, {0}},
                                                {"TemporalJoin", "join", {"j"}, {0, 1}},
                                                {kSink, "sink", {"out"}, {2}}};
        QCOMPARE(after(before, before, told({"bids", "j"}, {"out"})), std::string("1 2 3 4 | 5 | "));
        // A node whose operator is not known may hide behind the helper of another one.
        const std::string hidden = after(before, before, told({"bids", "j"}, {"out"}, {"first"}));
        QCOMPARE(hidden, std::string("1 5 3 4 | 6 | j"));
    }

    void rowsByHand() {
        const std::vector<DrawnOperator> drawn{
            {"Values", "values", {}, {}}, {kWindow, "window", {"w"}, {0}}, {kSink, "sink", {"out"}, {1}}};
        Pipeline edited;
        edited.nodes = {node("few", "rows", Json::object())};
        QCOMPARE(after(drawn, drawn, told({"few", "w"}, {"out"}), edited), std::string("1 2 3 | 4 | "));
    }

    void aRecordIsReadAsItWasWritten() {
        const PlanRecord record = recordOf(counting());
        const Json json = planRecordJson(record);
        const PlanRecord read = planRecordOf(json);
        QCOMPARE(planRecordJson(read).dump(), json.dump());
        QCOMPARE(read.next, 5);
        QCOMPARE(read.operators[2].nodes, std::vector<NodeId>{"w"});
        QCOMPARE(read.operators[2].type, std::string("stream-exec-window-aggregate"));
    }

    void noRecord() {
        Json twice = planRecordJson(recordOf(counting()));
        twice["operators"][1]["number"] = 1;
        Json used = planRecordJson(recordOf(counting()));
        used["next"] = 4;
        Json large = planRecordJson(recordOf(counting()));
        large["next"] = std::int64_t{1} << 40;
        for (const Json& json :
             {Json(), Json("x"), Json::array({1}), Json{{"operators", 7}}, twice, used, large})
            QVERIFY2(planRecordOf(json).empty(), json.dump().c_str());
    }
};

QTEST_GUILESS_MAIN(TestPlanNumbers)
#include "test_plan_numbers.moc"
