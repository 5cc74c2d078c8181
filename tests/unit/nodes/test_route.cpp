// route: which branch takes a row, the effect of a condition that fails, and ports that go by a parameter.
#include <QtTest>

#include "core/stream/stamper.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& routeCatalogue() {
    static const Catalogue kinds = builtin();
    return kinds;
}

const NodeKind& routeOf(const Json& params) {
    return *routeCatalogue().of("route", params);
}

StreamType numbers() {
    StreamType stream;
    stream.schema = std::make_shared<const Schema>(
        Schema{{{"a", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}}});
    stream.eventTime = 1;
    return stream;
}

QString sentence(const std::string& text) {
    return QString::fromStdString(text);
}

QStringList lines(const std::vector<std::string>& rows) {
    QStringList out;
    for (const std::string& row : rows) out << sentence(row).section(QStringLiteral(", ts="), 0, 0);
    return out;
}

Driven routed(const Json& branches, const StreamType& input, const std::vector<Batch>& batches,
              bool nullOnError = false) {
    const Json params = {{"branches", branches}};
    const BoundForTest bound = bindNode(routeOf(params), params, {{input}});
    if (!bound.node) qFatal("%s", bound.said().c_str());
    Driven driven = drive(routeOf(params), bound.node, {input}, batches, nullOnError);
    if (!driven.problems.empty()) qFatal("%s", driven.problems.front().c_str());
    return driven;
}

BoundForTest refused(const Json& branches) {
    const Json params = {{"branches", branches}};
    return bindNode(routeOf(params), params, {{numbers()}});
}

const std::vector<Row> kNumbers{{1, Instant{5'000}},
                                {0, Instant{6'000}},
                                {Value{}, Instant{7'000}},
                                {20, Instant{8'000}},
                                {200, Instant{9'000}}};

}  // namespace

class TestRoute : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theFirstBranchThatHoldsTakesTheRow() {
        const Driven driven =
            routed({"big: a > 100", "some: a > 10"}, numbers(), batches(numbers(), kNumbers, 2));
        QCOMPARE(lines(driven.ports[0].rows), QStringList{"+I a=200"});
        QCOMPARE(lines(driven.ports[1].rows), QStringList{"+I a=20"});
        QCOMPARE(lines(driven.ports[2].rows), QStringList({"+I a=1", "+I a=0", "+I a=NULL"}));
        QVERIFY(driven.rejected.empty());
    }

    // A row that an earlier branch took is not put to the later conditions.
    void aConditionFailsForTheRowsThatReachIt() {
        const Json branches{"zero: a = 0", "few: 20 / a > 5"};
        const Driven driven = routed(branches, numbers(), batches(numbers(), kNumbers, 2));
        QCOMPARE(lines(driven.ports[0].rows), QStringList{"+I a=0"});
        QVERIFY(driven.rejected.empty());
        const Json other{"few: 20 / a > 5", "zero: a = 0"};
        const Driven failing = routed(other, numbers(), batches(numbers(), kNumbers, 2));
        QCOMPARE(failing.rejected.size(), std::size_t{1});
        QVERIFY(failing.ports[1].rows.empty());
        const Driven nulled = routed(other, numbers(), batches(numbers(), kNumbers, 2), true);
        QVERIFY(nulled.rejected.empty());
        QCOMPARE(lines(nulled.ports[1].rows), QStringList{"+I a=0"});
    }

    void aChangeMayEnterAnotherBranch() {
        StreamType input = numbers();
        input.updating = true;
        input.key = {1};
        std::vector<Batch> changes =
            batches(input, {{5, Instant{1'000}}, {5, Instant{1'000}}, {500, Instant{1'000}}}, 3);
        changes.front().kinds = std::make_shared<const std::vector<RowKind>>(
            std::vector<RowKind>{RowKind::Insert, RowKind::UpdateBefore, RowKind::UpdateAfter});
        const Driven driven = routed({"big: a > 100"}, input, changes);
        QCOMPARE(lines(driven.ports[0].rows), QStringList{"+I a=500"});
        QCOMPARE(lines(driven.ports[1].rows), QStringList({"+I a=5", "-D a=5"}));
    }

    void portsGoByTheBranches() {
        QStringList names;
        for (const PortSpec& port : routeOf({{"branches", {"b: a > 1", "a: a > 0"}}}).outputs)
            names << sentence(port.name);
        QCOMPARE(names, QStringList({"b", "a", "otherwise", "rejected"}));
        // A name that can't be a port keeps its place, so that the others keep theirs.
        const NodeKind& odd =
            routeOf({{"branches", {"Big: a > 1", "a: a > 0", "a: TRUE", 7, "otherwise: TRUE"}}});
        QCOMPARE(odd.outputs.size(), std::size_t{7});
        QCOMPARE(odd.outputPort("a"), 1);
        QCOMPARE(odd.outputPort("otherwise"), 5);
        QCOMPARE(&routeOf({{"branches", {"x: TRUE"}}}), &routeOf({{"branches", {"x: a > 0"}}}));
    }

    void saysWhatIsWrongAndWhere() {
        const BoundForTest condition = refused({"big: aa > 1"});
        QVERIFY(!condition.node && condition.issues.size() == 1);
        QCOMPARE(condition.issues[0].position, std::size_t{5});
        QVERIFY(!condition.issues[0].quickFixes.empty());
        QCOMPARE(condition.issues[0].quickFixes[0].value, Json::array({"big: a > 1"}));
        QVERIFY(sentence(refused({"a > 1"}).said()).contains("This branch has no name."));
        QVERIFY(sentence(refused({"Big: a > 1"}).said()).contains("“Big” can't be the name of a branch."));
        QVERIFY(sentence(refused({"rejected: a > 1"}).said()).contains("can't be the name"));
        QVERIFY(sentence(refused({"x: a > 1", "x: a > 2"}).said()).contains("Two branches are called “x”."));
        QVERIFY(sentence(refused({"x:"}).said()).size() > 0);
        QVERIFY(!refused({"x:"}).node);
        Json many = Json::array();
        for (int i = 0; i < 65; ++i) many.push_back(fmt::format("b{}: TRUE", i));
        QVERIFY(sentence(refused(many).said()).contains("65 branches are too many: at most 64."));
    }

    void readsItsConditions() {
        const Json params = {{"branches", {"x: v > 1", "y: b"}}};
        const BoundForTest bound = bindNode(routeOf(params), params, {{sampleStream()}});
        QVERIFY2(bound.node, bound.said().c_str());
        const ColumnSet nobody(5, false);
        const ColumnSet expected{false, true, false, true, false};
        QVERIFY(bound.node->reads({nobody, nobody, nobody, {}}, {sampleStream()}).front() == expected);
    }
};

QTEST_APPLESS_MAIN(TestRoute)
#include "test_route.moc"
