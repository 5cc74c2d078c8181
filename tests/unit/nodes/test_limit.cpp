// limit: the first rows, when it wants no more, and rows that have no order to be the first in.
#include <QtTest/QtTest>

#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/pipeline_of.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& kinds() {
    static const Catalogue kBuiltin = builtin();
    return kBuiltin;
}

StreamType inOrder() {
    StreamType stream = sampleStream();
    stream.sourceOrder = true;
    return stream;
}

std::unique_ptr<Operator> limitOf(int count) {
    const NodeKind& kind = *kinds().find("limit");
    const BoundForTest bound = bindNode(kind, {{"count", count}}, {{inOrder()}});
    if (!bound.node) qFatal("%s", bound.said().c_str());
    Result<Made> made = kind.make(*bound.node, MakeContext{});
    return std::get<std::unique_ptr<Operator>>(std::move(*made));
}

class Counting final : public Output {
 public:
    std::size_t rows = 0;
    void emit(int, Batch batch) override { rows += batch.rows; }
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text&) override { return {}; }
    void countLate(std::size_t, Millis) override {}
};

Node source(const char* id) {
    return node(id, "rows",
                {{"columns", {"ts TIMESTAMP(3)", "k STRING"}},
                 {"event_time", "ts"},
                 {"rows", Json::array({Json::array({"2024-03-01 12:00:00", "a"})})}});
}

/// A limit behind “last”, behind two sources `a` and `b` and the nodes there.
Validated limited(std::vector<Node> nodes, std::vector<Wire> wires, const char* last,
                  const char* port = "out") {
    Pipeline pipeline;
    pipeline.nodes = {source("a"), source("b"), node("first", "limit", {{"count", 3}})};
    pipeline.wires = std::move(wires);
    pipeline.wires.push_back(wire(last, "first", port));
    for (Node& one : nodes) pipeline.nodes.push_back(std::move(one));
    return validate(pipeline, kinds(), {});
}

/// The error about the limit; null when there is none.
const Issue* refusal(const Validated& validated) {
    for (const Issue& issue : validated.issues) {
        if (issue.node == "first" && issue.severity == Severity::Error) return &issue;
    }
    return nullptr;
}

Node window() {
    return node("w", "window_aggregate",
                {{"size", "10s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}});
}

}  // namespace

class TestLimit : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theFirstRowsGoOn_data() {
        QTest::addColumn<int>("count");
        for (const int count : {1, 6, 7, 8, 199, 200, 201}) QTest::addRow("%d", count) << count;
    }
    void theFirstRowsGoOn() {
        QFETCH(int, count);
        const NodeKind& kind = *kinds().find("limit");
        const BoundForTest bound = bindNode(kind, {{"count", count}}, {{inOrder()}});
        const auto all = batches(inOrder(), sampleRows(200, 1), 7);
        const BoundForTest many = bindNode(kind, {{"count", 1'000}}, {{inOrder()}});
        const Driven whole = drive(kind, many.node, {inOrder()}, all);
        const Driven driven = drive(kind, bound.node, {inOrder()}, all);
        QVERIFY(driven.status.ok() && driven.problems.empty());
        std::vector<std::string> expected = whole.ports[0].rows;
        QCOMPARE(expected.size(), std::size_t{200});
        expected.resize(std::min<std::size_t>(expected.size(), static_cast<std::size_t>(count)));
        QVERIFY(driven.ports[0].rows == expected);
    }

    void wantsNoMoreWhenItHasThem() {
        const auto op = limitOf(10);
        Counting out;
        const auto input = batches(inOrder(), sampleRows(20, 1), 5);
        std::size_t rows = 0;
        for (const Batch& batch : input) {
            QCOMPARE(op->wantsMore(), rows < 10);
            QVERIFY(op->onBatch(0, batch, out).ok());
            rows += batch.rows;
            QCOMPARE(out.rows, std::min<std::size_t>(rows, 10));
        }
        QVERIFY(!op->wantsMore());
    }

    void aStateKnowsHowManyWent() {
        const auto input = batches(inOrder(), sampleRows(20, 1), 4);
        const auto op = limitOf(10);
        Counting out;
        QVERIFY(op->onBatch(0, input.front(), out).ok());
        StateWriter state;
        QVERIFY(op->snapshot(state).ok());
        const std::string bytes = state.finish();
        const Result<StateReader> reader = StateReader::open(bytes);
        const auto next = limitOf(10), fewer = limitOf(3);
        QVERIFY(next->restore(*reader, KeyGroups{}).ok() && fewer->restore(*reader, KeyGroups{}).ok());
        QVERIFY(next->wantsMore() && !fewer->wantsMore());
        Counting rest;
        for (std::size_t i = 1; i < input.size(); ++i) QVERIFY(next->onBatch(0, input[i], rest).ok());
        QCOMPARE(rest.rows, std::size_t{6});
        QVERIFY(!next->wantsMore());
    }

    void oneWireInOrderIsTaken() {
        QVERIFY(!refusal(limited({}, {}, "a")));
        QVERIFY(!refusal(limited({node("f", "filter", {{"condition", "k = 'a'"}})}, {wire("a", "f")}, "f")));
        QVERIFY(!refusal(limited({}, {}, "a", "rejected")));
        const Validated sorted = limited({node("both", "union"), node("s", "sort")},
                                         {wire("a", "both"), wire("b", "both"), wire("both", "s")}, "s");
        QVERIFY(!refusal(sorted));
        QVERIFY(sorted.nodes.at("first").bound->outputs[0].sourceOrder);
        QVERIFY(!refusal(limited({window(), node("s", "sort")}, {wire("a", "w"), wire("w", "s")}, "s")));
    }

    void rowsWithoutOrderAreRefused_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("said");
        QTest::addColumn<bool>("sortable");
        QTest::newRow("two wires") << "union"
                                   << "brings rows of several streams" << true;
        QTest::newRow("made") << "window"
                              << "makes its rows itself" << true;
        QTest::newRow("late") << "late"
                              << "brings late rows" << true;
        QTest::newRow("rejected") << "rejected"
                                  << "brings rejected rows" << false;
    }
    void rowsWithoutOrderAreRefused() {
        QFETCH(QString, what);
        QFETCH(QString, said);
        QFETCH(bool, sortable);
        const Validated validated =
            what == "union" ? limited({node("both", "union")}, {wire("a", "both"), wire("b", "both")}, "both")
            : what == "rejected"
                ? limited({node("f", "filter", {{"condition", "CAST(k AS INT) = 1"}})}, {wire("a", "f")}, "f",
                          "rejected")
                : limited({window()}, {wire("a", "w")}, "w", what == "late" ? "late" : "out");
        const Issue* const issue = refusal(validated);
        QVERIFY(issue != nullptr);
        QVERIFY2(QString::fromStdString(english(*issue)).contains(said), english(*issue).c_str());
        QCOMPARE(issue->port, std::string("in"));
        QCOMPARE(issue->quickFixes.size(), std::size_t{sortable ? 1U : 0U});
        if (!sortable) return;
        const QuickFix& fix = issue->quickFixes.front();
        QVERIFY(fix.kind == QuickFix::Kind::AddNode && fix.param == "sort" && fix.node == "first");
    }

    void changingRowsAreRefused() {
        StreamType changing = inOrder();
        changing.updating = true;
        changing.key = {0};
        const BoundForTest bound = bindNode(*kinds().find("limit"), {{"count", 3}}, {{changing}});
        QVERIFY(!bound.node);
        QVERIFY2(QString::fromStdString(bound.said()).contains("before they are aggregated"),
                 bound.said().c_str());
    }
};

QTEST_APPLESS_MAIN(TestLimit)
#include "test_limit.moc"
