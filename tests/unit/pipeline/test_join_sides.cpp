// Design time's knowledge of the two sides of a join: their columns, how to begin its condition, and which
// wire is at fault when one side lacks a column.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/join_sides.h"
#include "core/pipeline/validate.h"
#include "tests/support/pair_kind.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

Schema columns(std::vector<Field> fields) {
    return Schema{std::move(fields)};
}

JoinSides sidesOf(std::vector<Field> left, std::vector<Field> right) {
    return {{{"left", columns(std::move(left))}, {"right", columns(std::move(right))}}};
}

const Type kInt = Type::of(TypeId::Int), kText = Type::of(TypeId::String);

Node rowsOf(const char* id, const char* params) {
    return node(id, "rows", Json::parse(params));
}

/// Sources `users` and `orders`, and a join of them.
Pipeline joined(Json params) {
    Pipeline pipeline;
    pipeline.nodes = {
        rowsOf("users", R"json({"columns": ["id INT", "name STRING"], "rows": [[1, "Ann"]]})json"),
        rowsOf("orders", R"json({"columns": ["id INT", "buyer INT"], "rows": [[7, 1]]})json"),
        node("both", "pairs", std::move(params))};
    pipeline.wires = {{{"users", "out"}, {"both", "left"}}, {{"orders", "out"}, {"both", "right"}}};
    return pipeline;
}

}  // namespace

class TestJoinSides : public QObject {
    Q_OBJECT
    const Catalogue m_kinds = withPairs(builtin());

    std::vector<Issue> issuesOf(const Pipeline& pipeline, const NodeId& node) {
        std::vector<Issue> mine = validate(pipeline, m_kinds, {}).issues;
        std::erase_if(mine, [&](const Issue& issue) {
            return issue.node != node || issue.severity != Severity::Error;
        });
        return mine;
    }

 private Q_SLOTS:
    void columnsOfOneNameAreLikelyToMeet() {
        using Conditions = std::vector<std::string>;
        const Conditions equal{"left.id = right.id"};
        QCOMPARE(likelyConditions(sidesOf({{"id", kInt}}, {{"id", kInt}})), equal);
        QCOMPARE(likelyConditions(sidesOf({{"id", kInt}}, {{"id", Type::of(TypeId::Bigint)}})), equal);
        QCOMPARE(likelyConditions(sidesOf({{"id", kInt}}, {{"id", kText}})), Conditions{});
        QCOMPARE(likelyConditions(sidesOf({{"id", kInt}}, {{"ID", kInt}})), Conditions{});
        QCOMPARE(likelyConditions(sidesOf({{"id", kInt}}, {})), Conditions{});
        QCOMPARE(likelyConditions(sidesOf({{"odd name", kText}}, {{"odd name", kText}})),
                 Conditions{"left.`odd name` = right.`odd name`"});
        const std::vector<Field> measured{{"ts", Type::of(TypeId::Timestamp)},
                                          {"load", Type::of(TypeId::Double)}};
        QCOMPARE(likelyConditions(sidesOf(measured, measured)), Conditions{});
        const std::vector<Field> many{{"a", kInt}, {"b", kInt}, {"c", kInt}, {"d", kInt}};
        QCOMPARE(likelyConditions(sidesOf(many, many)).size(), std::size_t{3});
    }

    void theRightSideOfOneInputIsDeclared() {
        NodeKind one = pairsKind();
        StreamType stream;
        stream.schema = std::make_shared<const Schema>(columns({{"id", kInt}}));
        const Json params = {{"columns", {"`odd name` STRING", "price DECIMAL(10,2)", "nonsense", 7}}};
        JoinSides sides = joinSides(one, params, {{stream}, {}});
        QCOMPARE(sides[0].name, std::string("left"));
        QCOMPARE(sides[0].columns.size(), std::size_t{1});
        QVERIFY(sides[1].columns.fields.empty());  // nothing is wired there
        one.inputs.resize(1);
        sides = joinSides(one, params, {{stream}});
        QVERIFY(sides[1].columns == columns({{"odd name", kText}, {"price", Type::decimal(10, 2)}}));
        QVERIFY(joinSides(one, Json::object(), {}).front().columns.fields.empty());
    }

    void aMissingConditionIsOffered() {
        const std::vector<Issue> issues = issuesOf(joined(Json::object()), "both");
        QCOMPARE(issues.size(), std::size_t{1});
        QVERIFY(issues[0].missing);
        QCOMPARE(issues[0].param, std::string("on"));
        QCOMPARE(issues[0].quickFixes.size(), std::size_t{1});
        const QuickFix& fix = issues[0].quickFixes[0];
        QCOMPARE(fix.value, Json("left.id = right.id"));
        QVERIFY(issuesOf(joined({{fix.param, fix.value}}), "both").empty());
        Pipeline half = joined(Json::object());
        half.wires.pop_back();
        for (const Issue& issue : issuesOf(half, "both")) QVERIFY(issue.quickFixes.empty());
    }

    void theSideThatLacksAColumnIsAtFault() {
        const std::vector<Issue> issues = issuesOf(joined({{"on", "left.id = right.seller"}}), "both");
        QCOMPARE(issues.size(), std::size_t{1});
        QCOMPARE(issues[0].port, std::string("right"));
        QCOMPARE(issues[0].column, std::string("seller"));
        const auto fault = [this](const char* on) {
            return issuesOf(joined({{"on", on}}), "both").at(0).port;
        };
        QCOMPARE(fault("left.seller = right.id"), std::string("left"));
        QCOMPARE(fault("seller = right.id"), std::string());  // may be meant of either
    }

    void aWireIsRefusedForItsOwnColumnsOnly() {
        Pipeline pipeline = joined({{"on", "left.id = right.seller"}});
        const Wire left = pipeline.wires[0], right = pipeline.wires[1];
        pipeline.wires = {right};
        QVERIFY(!checkWire(pipeline, m_kinds, {}, left));
        pipeline.wires = {left};
        const std::optional<Issue> refused = checkWire(pipeline, m_kinds, {}, right);
        QVERIFY(refused);
        QCOMPARE(english(refused->message),
                 std::string("“both” needs column “seller”; “orders” has id, buyer."));
        QCOMPARE(refused->port, std::string("right"));
    }
};

QTEST_GUILESS_MAIN(TestJoinSides)
#include "test_join_sides.moc"
